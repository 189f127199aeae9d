//! Moving an appointment, and the moves that are not over.

use cubu_s2s::BookAppointment;
use serde::Deserialize;
use ts_rs::TS;

use super::{MINUTES_OF_A_DAY, Nothing};
use crate::{
    desk::Desk,
    error::Error,
    messages,
    moves::{self, AppointmentMove, ContactOnCard, MoveId, MovedFrom, Order},
};

/// Moves an appointment.
#[derive(Clone, Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct MoveAppointment {
    /// The move, when the window has named one.
    #[serde(default)]
    #[ts(optional)]
    pub move_id: Option<MoveId>,
    /// What is moved.
    pub from: MovedFrom,
    /// Where to.
    pub to: BookAppointment,
    /// Which comes first.
    #[serde(default)]
    pub order: Order,
    /// How to reach the customer, as their card says. Taken where neither the bookings above nor the one that this desk made
    /// say it.
    #[serde(default)]
    #[ts(optional)]
    pub contact_on_card: Option<ContactOnCard>,
}

/// A move.
#[derive(Clone, Copy, Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct MoveRef {
    /// The move.
    pub move_id: MoveId,
}

/// Which of two appointments stays.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum Keep {
    /// The old one.
    Old,
    /// The new one.
    New,
}

/// Ends a move that holds two appointments.
#[derive(Clone, Copy, Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct EndMove {
    /// The move.
    pub move_id: MoveId,
    /// The one that stays; the other one is cancelled.
    pub keep: Keep,
}

/// Moves an appointment: books the new time, then cancels the old one, or the other way about where somebody says so.
pub async fn move_appointment(
    desk: &Desk,
    request: MoveAppointment,
) -> Result<AppointmentMove, Error> {
    let MoveAppointment {
        move_id,
        from,
        to,
        order,
        contact_on_card,
    } = request;
    for (field, booking) in [
        ("from.booking.startTime", &from.booking),
        ("to.startTime", &to),
    ] {
        if booking.start_time >= MINUTES_OF_A_DAY {
            let range = messages::field_out_of_range(0, i32::from(MINUTES_OF_A_DAY) - 1);
            return Err(Error::field(field, range));
        }
    }
    let id = move_id.unwrap_or_else(MoveId::fresh);
    let writer = desk.writer().await?;
    moves::begin(&writer, id, from, to, order, contact_on_card).await
}

/// Lists the moves of the connected organisation that are not over, or whose end nobody has been told, oldest first.
pub async fn list_moves(desk: &Desk, _: Nothing) -> Result<Vec<AppointmentMove>, Error> {
    if desk.connected().await.is_none() {
        return Ok(Vec::new());
    }
    moves::list(&desk.writer().await?).await
}

/// Goes on with a move that waits for somebody.
pub async fn resume_move(desk: &Desk, request: MoveRef) -> Result<AppointmentMove, Error> {
    moves::resume(&desk.writer().await?, request.move_id).await
}

/// Ends a move that holds two appointments: the other one is cancelled.
pub async fn end_move(desk: &Desk, request: EndMove) -> Result<AppointmentMove, Error> {
    let keeps_old = request.keep == Keep::Old;
    moves::end(&desk.writer().await?, request.move_id, keeps_old).await
}

/// Closes a move that is over, or that somebody has looked after in Cubu. Answers what is left.
pub async fn close_move(desk: &Desk, request: MoveRef) -> Result<Vec<AppointmentMove>, Error> {
    moves::close(&desk.writer().await?, request.move_id).await
}
