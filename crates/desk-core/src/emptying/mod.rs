//! Emptying a calendar-day: somebody is ill, and each of their bookings needs another time. A list of them that outlives the
//! run, a time proposed for each, and how each came out. The moving and cancelling itself is done where it always is
//! ([`crate::moves`], [`crate::writes`]): how a booking stands is read from the journal, so that what was in flight when the
//! desk was killed ends here as it ended there.

mod offers;
mod propose;
mod rows;

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use cubu_s2s::{Appointment, CaseId, ListAppointments, ListCalendars, UserRef};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use ts_rs::TS;

pub use offers::{Proposal, Proposals};
pub use rows::{MovedTo, Row, RowState};

use self::{
    offers::Reading,
    propose::{Booking, Emptied},
};
use crate::{
    catalogue::Learn,
    connection::Connection,
    error::{CommandError, Error},
    fields::FieldError,
    journal::{CalendarDay, EmptyingRow, Fault, Held, Journal, Lane, Worklist},
    messages,
    moves::fates,
    zones::WallClock,
};

/// A calendar-day that is being emptied.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Emptying {
    /// Which one.
    #[serde(flatten)]
    pub at: CalendarDay,
    /// Whose calendar it is, so far as Cubu says.
    pub user: Option<UserRef>,
    /// When it was begun.
    #[ts(type = "string")]
    pub begun_at: DateTime<Utc>,
    /// Somebody has said that it is done.
    pub is_over: bool,
    /// Its bookings, the earliest first.
    pub rows: Vec<Row>,
    /// The same bookings as Cubu lists them now, those that are still there.
    pub appointments: Vec<Appointment>,
    /// Why they could not be read.
    pub unread: Option<CommandError>,
}

/// What is said of a calendar-day that is being emptied.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
struct Head {
    user: Option<UserRef>,
}

/// What somebody says of a booking.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(rename = "EmptiedMark")]
pub enum Mark {
    /// It is still to be seen to.
    ToDo,
    /// The customer could not be reached.
    NotReached,
    /// It stays as it is.
    Skipped,
}

impl From<Mark> for RowState {
    fn from(mark: Mark) -> Self {
        match mark {
            Mark::ToDo => Self::ToDo,
            Mark::NotReached => Self::NotReached,
            Mark::Skipped => Self::Skipped,
        }
    }
}

/// Begins to empty a calendar-day, or goes on: reads its bookings and tells how each stands. One that was said to be done
/// and has new bookings is not done any more.
pub(crate) async fn open(
    connection: &Connection,
    journal: &Journal,
    at: CalendarDay,
) -> Result<Emptying, Error> {
    let _held = hold(connection, journal, at).await;
    let known = find(connection, journal, at).await?;
    let request = ListAppointments {
        service_id: at.service_id,
        date: at.date,
        cu_index: at.cu_index,
        customer_record_id: None,
    };
    let (listed, unread) = match connection.send(&request).await {
        Ok(listed) => (Some(listed), None),
        Err(failure) if known.is_none() => return Err(failure),
        Err(failure) => (None, Some(failure.of("list_appointments"))),
    };
    if let Some(listed) = &listed {
        connection
            .learn(Learn::Appointments(at.service_id, listed))
            .await;
    }
    let list = match known {
        Some(list) => list,
        None => begin(connection, at).await?,
    };
    let mut stands = stand(connection, journal, list, listed.as_deref()).await?;
    if stands.rows.iter().any(|row| row.state == RowState::ToDo) {
        stands.is_over = false;
    }
    save(connection, journal, &stands).await?;
    let mut appointments = listed.unwrap_or_default();
    add_contacts(connection, journal, &mut appointments).await?;
    Ok(Emptying {
        appointments,
        unread,
        ..stands
    })
}

/// Whom to call is not in Cubu's list; where this desk made the booking, its journal knows.
async fn add_contacts(
    connection: &Connection,
    journal: &Journal,
    listed: &mut [Appointment],
) -> Result<(), Error> {
    let profile = connection.profile().id;
    for one in listed {
        let booked = journal.booking_of(profile, one.case_id).await?;
        let known = |member: &str| {
            let value = booked.as_ref()?.get(member)?.as_str()?;
            Some(value.to_owned())
        };
        one.contact_phone_number = one
            .contact_phone_number
            .take()
            .or_else(|| known("contactPhoneNumber"));
        one.contact_email = one.contact_email.take().or_else(|| known("contactEmail"));
    }
    Ok(())
}

/// The calendar-days that are being emptied, then those that were, each as the journal has it.
pub(crate) async fn list(
    connection: &Connection,
    journal: &Journal,
) -> Result<Vec<Emptying>, Error> {
    let mut lists = Vec::new();
    for list in journal.worklists(connection.profile().id).await? {
        lists.push(stand(connection, journal, list, None).await?);
    }
    Ok(lists)
}

/// Proposes a time for each booking that somebody may still see to.
pub(crate) async fn propose_times(
    connection: &Connection,
    journal: &Journal,
    at: CalendarDay,
    now: WallClock,
) -> Result<Proposals, Error> {
    let list = find(connection, journal, at).await?.ok_or_else(unknown)?;
    let stands = stand(connection, journal, list, None).await?;
    let wanted = |row: &&Row| matches!(row.state, RowState::ToDo | RowState::NotReached);
    let bookings = stands.rows.iter().filter(wanted);
    let bookings = bookings.filter_map(|row| {
        Some(Booking {
            case: row.case_id,
            start: row.start_time,
            service_type: row.service_type_id?,
        })
    });
    let reading = Reading {
        connection,
        service_id: at.service_id,
        emptied: Emptied {
            date: at.date,
            cu_index: at.cu_index,
            user: stands.user.as_ref().map(|user| user.user_id),
        },
        bookings: bookings.collect(),
        now,
    };
    reading.run().await
}

/// Marks a booking: could not be reached, left as it is, or to do again.
pub(crate) async fn mark(
    connection: &Connection,
    journal: &Journal,
    at: CalendarDay,
    case: CaseId,
    mark: Mark,
) -> Result<Emptying, Error> {
    let _held = hold(connection, journal, at).await;
    let list = find(connection, journal, at).await?.ok_or_else(unknown)?;
    let mut stands = stand(connection, journal, list, None).await?;
    let row = stands.rows.iter_mut().find(|row| row.case_id == case);
    let row = row.filter(|row| row.state.is_open() || row.state == RowState::NoneHeld);
    row.ok_or_else(|| Error::field("caseId", messages::emptying_row_closed()))?
        .state = mark.into();
    if mark == Mark::ToDo {
        stands.is_over = false;
    }
    save(connection, journal, &stands).await?;
    Ok(stands)
}

/// Says that a calendar-day is done, whatever is left of it.
pub(crate) async fn end(
    connection: &Connection,
    journal: &Journal,
    at: CalendarDay,
) -> Result<Emptying, Error> {
    let _held = hold(connection, journal, at).await;
    let list = find(connection, journal, at).await?.ok_or_else(unknown)?;
    let mut stands = stand(connection, journal, list, None).await?;
    stands.is_over = true;
    save(connection, journal, &stands).await?;
    Ok(stands)
}

async fn hold(connection: &Connection, journal: &Journal, at: CalendarDay) -> Held {
    let lane = Lane::Emptying(at.service_id, at.date, at.cu_index);
    let profile = connection.profile().id;
    journal.lanes().hold(profile, vec![lane]).await
}

fn unknown() -> Error {
    Error::Fields(vec![FieldError::new(
        "cuIndex",
        messages::emptying_unknown(),
    )])
}

async fn find(
    connection: &Connection,
    journal: &Journal,
    at: CalendarDay,
) -> Result<Option<Worklist>, Error> {
    let lists = journal.worklists(connection.profile().id).await?;
    Ok(lists.into_iter().find(|list| list.at == at))
}

/// A list without bookings yet. Whose calendar it is helps to propose, and is no reason not to begin.
async fn begin(connection: &Connection, at: CalendarDay) -> Result<Worklist, Error> {
    let request = ListCalendars {
        service_id: at.service_id,
        date: at.date,
    };
    let calendars = connection.send(&request).await.unwrap_or_default();
    let calendar = calendars
        .into_iter()
        .find(|calendar| calendar.cu_index == at.cu_index);
    let head = Head {
        user: calendar.and_then(|calendar| calendar.user),
    };
    Ok(Worklist {
        at,
        begun_at: connection.now(),
        is_over: false,
        body: serde_json::to_value(head).map_err(|_| Error::Stopped)?,
        rows: Vec::new(),
    })
}

/// What a list tells as it was kept: how many bookings can be shown.
#[cfg(feature = "fuzzing")]
pub(crate) fn read(list: Worklist) -> Result<usize, Error> {
    let (_, kept) = unfold(list.body, list.rows)?;
    Ok(rows::merge(kept, None, &HashMap::new()).len())
}

fn unfold(head: Value, rows: Vec<EmptyingRow>) -> Result<(Head, Vec<Row>), Error> {
    let unreadable = |_| Error::from(Fault::Unreadable);
    let head = serde_json::from_value(head).map_err(unreadable)?;
    let rows = rows.into_iter();
    let rows = rows.map(|row| serde_json::from_value(row.body).map_err(unreadable));
    Ok((head, rows.collect::<Result<_, _>>()?))
}

/// How a list stands, seen from the journal and from what Cubu lists now.
async fn stand(
    connection: &Connection,
    journal: &Journal,
    list: Worklist,
    listed: Option<&[Appointment]>,
) -> Result<Emptying, Error> {
    let (head, kept) = unfold(list.body, list.rows)?;
    let mut cases: Vec<CaseId> = kept.iter().map(|row| row.case_id).collect();
    cases.extend(listed.into_iter().flatten().map(|listed| listed.case_id));
    let profile = connection.profile().id;
    let fates: HashMap<_, _> = fates(journal, profile, cases).await?;
    Ok(Emptying {
        at: list.at,
        user: head.user,
        begun_at: list.begun_at,
        is_over: list.is_over,
        rows: rows::merge(kept, listed, &fates),
        appointments: Vec::new(),
        unread: None,
    })
}

async fn save(connection: &Connection, journal: &Journal, stands: &Emptying) -> Result<(), Error> {
    let written = |_| Error::Stopped;
    let head = Head {
        user: stands.user.clone(),
    };
    let rows = stands.rows.iter().map(|row| {
        Ok(EmptyingRow {
            case: row.case_id,
            body: serde_json::to_value(row).map_err(written)?,
        })
    });
    let list = Worklist {
        at: stands.at,
        begun_at: stands.begun_at,
        is_over: stands.is_over,
        body: serde_json::to_value(head).map_err(written)?,
        rows: rows.collect::<Result<_, Error>>()?,
    };
    journal.put_worklist(connection.profile().id, list).await
}
