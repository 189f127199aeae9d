//! Emptying a calendar-day: its bookings, a time proposed for each, and how each came out.

use cubu_s2s::CaseId;
use serde::Deserialize;
use ts_rs::TS;

use super::Nothing;
use crate::{
    day,
    desk::Desk,
    emptying::{self, Emptying, Mark, Proposals},
    error::Error,
    journal::CalendarDay,
    zones::WallClock,
};

/// Marks a booking of a calendar-day that is emptied.
#[derive(Clone, Copy, Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct MarkEmptied {
    /// The calendar-day.
    pub at: CalendarDay,
    /// The booking's case.
    pub case_id: CaseId,
    /// What is said of it.
    pub mark: Mark,
}

/// Begins to empty a calendar-day, or goes on: its bookings as they are now, and how each stands.
pub async fn empty_calendar(desk: &Desk, at: CalendarDay) -> Result<Emptying, Error> {
    let writer = desk.writer().await?;
    emptying::open(&writer.connection, &writer.journal, at).await
}

/// Lists the calendar-days that are being emptied, then those that were, the latest first, without asking Cubu.
pub async fn list_emptyings(desk: &Desk, _: Nothing) -> Result<Vec<Emptying>, Error> {
    if desk.connected().await.is_none() {
        return Ok(Vec::new());
    }
    let writer = desk.writer().await?;
    emptying::list(&writer.connection, &writer.journal).await
}

/// Proposes a free time for each booking that is still to be seen to.
pub async fn propose_times(desk: &Desk, at: CalendarDay) -> Result<Proposals, Error> {
    let writer = desk.writer().await?;
    let catalogue = writer.connection.catalogue().await;
    let now = day::today(desk.clock(), &catalogue, Some(at.service_id));
    let now = WallClock {
        date: now.today,
        minute: now.now_minute,
    };
    emptying::propose_times(&writer.connection, &writer.journal, at, now).await
}

/// Marks a booking: could not be reached, left as it is, or to do again.
pub async fn mark_emptied(desk: &Desk, request: MarkEmptied) -> Result<Emptying, Error> {
    let MarkEmptied { at, case_id, mark } = request;
    let writer = desk.writer().await?;
    emptying::mark(&writer.connection, &writer.journal, at, case_id, mark).await
}

/// Says that a calendar-day is done.
pub async fn end_emptying(desk: &Desk, at: CalendarDay) -> Result<Emptying, Error> {
    let writer = desk.writer().await?;
    emptying::end(&writer.connection, &writer.journal, at).await
}
