//! Calendars, vacancies, appointments and walk-ins.

use cubu_s2s::{
    Appointment, BookAppointment, BookedAppointment, Calendar, CancelAppointment, ErrorKind,
    ListAppointments, ListCalendars, ListVacancies, QueueUp, QueuedCase, Vacancies,
};
use serde::Serialize;
use ts_rs::TS;

use super::{Nothing, kept::keep_day};
use crate::{
    catalogue::{Catalogue, Learn},
    day::{self, DayBoard, GetToday, LoadDay, LoadSpan, MoreOfDay, SpanBoard, Today},
    desk::Desk,
    draft::Draft,
    error::Error,
    memory::BoardView,
    messages,
    settle::Verdict,
};

pub(super) const MINUTES_OF_A_DAY: u16 = 24 * 60;

/// What became of cancelling an appointment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "outcome", rename_all = "camelCase")]
pub enum CancelOutcome {
    /// It is cancelled now.
    Cancelled,
    /// It was cancelled before.
    AlreadyCancelled,
}

/// Books an appointment.
pub async fn book_appointment(
    desk: &Desk,
    draft: Draft<BookAppointment>,
) -> Result<BookedAppointment, Error> {
    if draft.request.start_time >= MINUTES_OF_A_DAY {
        return Err(Error::field(
            "startTime",
            messages::field_out_of_range(0, i32::from(MINUTES_OF_A_DAY) - 1),
        ));
    }
    desk.write(draft).await
}

/// Cancels an appointment. The address of this call is assumed: when Cubu finds nothing there, the calendar tells
/// whether the appointment is gone already or the address is another.
pub async fn cancel_appointment(
    desk: &Desk,
    draft: Draft<CancelAppointment>,
) -> Result<CancelOutcome, Error> {
    let request = draft.request.clone();
    let failure = match desk.write(draft).await {
        Ok(()) => return Ok(CancelOutcome::Cancelled),
        Err(Error::Call(failure)) if matches!(failure.kind, ErrorKind::NotFound(_)) => failure,
        Err(failure) => return Err(failure),
    };
    match desk.writer().await?.find_out(&request).await {
        Verdict::Happened(()) => Ok(CancelOutcome::AlreadyCancelled),
        Verdict::DidNotHappen => Err(Error::AddressNotAccepted(failure)),
        Verdict::NeedsEyes | Verdict::Open => Err(Error::AddressOrGone(failure)),
    }
}

/// Lists the appointments of a calendar.
pub async fn list_appointments(
    desk: &Desk,
    request: ListAppointments,
) -> Result<Vec<Appointment>, Error> {
    let connection = desk.connection().await?;
    let appointments = connection.send(&request).await?;
    connection
        .learn(Learn::Appointments(request.service_id, &appointments))
        .await;
    Ok(appointments)
}

/// Lists the calendars of a service on a day.
pub async fn list_calendars(desk: &Desk, request: ListCalendars) -> Result<Vec<Calendar>, Error> {
    let connection = desk.connection().await?;
    let calendars = connection.send(&request).await?;
    connection
        .learn(Learn::Calendars(request.service_id, &calendars))
        .await;
    Ok(calendars)
}

/// Lists the free start times of a calendar.
pub async fn list_vacancies(desk: &Desk, request: ListVacancies) -> Result<Vacancies, Error> {
    let connection = desk.connection().await?;
    let vacancies = connection.send(&request).await?;
    connection
        .learn(Learn::Vacancies(
            request.service_id,
            request.service_type_id,
            &vacancies,
        ))
        .await;
    Ok(vacancies)
}

/// Opens a walk-in case.
pub async fn queue_up(desk: &Desk, draft: Draft<QueueUp>) -> Result<QueuedCase, Error> {
    desk.write(draft).await
}

/// Loads a service's day, whole or, for a reader, as it comes.
pub async fn load_day(desk: &Desk, request: LoadDay) -> Result<DayBoard, Error> {
    let connection = desk.connection().await?;
    if let Some(reader) = request.reader {
        return desk
            .days
            .start(connection, desk.clock(), request, reader)
            .await;
    }
    let board = day::load_day(&connection, desk.clock(), request).await?;
    keep_day(desk, &board).await;
    Ok(board)
}

/// Waits for more of the day a reader is reading: the columns that came since. Nothing, when it reads no day any more.
pub async fn more_of_day(desk: &Desk, request: MoreOfDay) -> Result<Option<DayBoard>, Error> {
    desk.connection().await?;
    let Some(news) = desk.days.more(request).await else {
        return Ok(None);
    };
    if let Some(whole) = &news.whole {
        keep_day(desk, whole).await;
    }
    Ok(Some(news.board))
}

/// Loads the days ahead of a service.
pub async fn load_span(desk: &Desk, request: LoadSpan) -> Result<SpanBoard, Error> {
    let connection = desk.connection().await?;
    day::load_span(&connection, desk.clock(), request).await
}

/// Tells the date and minute it is for a service, without asking Cubu.
pub async fn get_today(desk: &Desk, request: GetToday) -> Result<Today, Error> {
    let catalogue = match desk.connected().await {
        Some(connection) => connection.catalogue().await,
        None => Catalogue::default(),
    };
    Ok(day::today(desk.clock(), &catalogue, request.service_id))
}

/// Tells which services stood on the board when it was last looked at.
pub async fn board_view(desk: &Desk, _: Nothing) -> Result<BoardView, Error> {
    desk.board_view().await
}

/// Remembers which services stand on the board.
pub async fn keep_board_view(desk: &Desk, view: BoardView) -> Result<(), Error> {
    desk.keep_board_view(view).await
}
