//! A watch as it stands in the journal. It holds as little of a person as it can: whose appointment it is, and their name.

use chrono::{DateTime, NaiveDate, Utc};
use cubu_s2s::{CaseId, CuIndex, CustomerRecordId, ServiceId, ServiceTypeId, UserId, UserRef};
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use uuid::Uuid;

use crate::{
    error::Error,
    find::{Filter, FindCriteria, WantedType},
    journal::{CalendarDay, Fault, WatchRow},
    profiles::ProfileId,
    zones::WallClock,
};

/// A watch. The window gives its id, so that pressing twice watches once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[ts(type = "string")]
#[serde(transparent)]
pub struct WatchId(pub Uuid);

/// A date and a time on it, at the unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Before {
    /// The date.
    #[ts(type = "string")]
    pub date: NaiveDate,
    /// Minutes past midnight.
    pub minute: u16,
}

/// What is watched for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct WatchFor {
    /// The service types, each at a service that offers it.
    pub wanted: Vec<WantedType>,
    /// Times that begin before this.
    pub before: Before,
    /// The part of the day: times that begin at this minute or later.
    #[serde(default)]
    #[ts(as = "Option<u16>", optional)]
    pub from_minute: u16,
    /// The part of the day: times that begin before this minute.
    #[serde(default = "end_of_day")]
    #[ts(as = "Option<u16>", optional)]
    pub to_minute: u16,
    /// These weekdays only, Monday being 1 and Sunday 7; none for all.
    #[serde(default)]
    #[ts(as = "Option<Vec<u8>>", optional)]
    pub weekdays: Vec<u8>,
    /// The calendars of these agents only; none for all.
    #[serde(default)]
    #[ts(as = "Option<Vec<UserId>>", optional)]
    pub user_ids: Vec<UserId>,
}

const fn end_of_day() -> u16 {
    24 * 60
}

impl WatchFor {
    /// The same as a search over so many days.
    pub(super) fn criteria(&self, days: u16) -> FindCriteria {
        FindCriteria {
            from_minute: self.from_minute,
            to_minute: self.to_minute,
            weekdays: self.weekdays.clone(),
            user_ids: self.user_ids.clone(),
            ..FindCriteria::of_whole_days(self.wanted.clone(), days)
        }
    }

    pub(super) fn filter(&self) -> Filter {
        Filter::of(&self.criteria(1))
    }

    /// Whether there is nothing left to watch for, where it is `now`.
    pub(super) fn is_over(&self, now: WallClock) -> bool {
        (self.before.date, self.before.minute) <= (now.date, now.minute)
    }
}

/// The appointment that an earlier time is wanted for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct WatchedAppointment {
    /// Its case.
    pub case_id: CaseId,
    /// The calendar and the day it is in.
    pub at: CalendarDay,
    /// Minutes past midnight.
    pub start_time: u16,
    /// Whose it is.
    pub customer_record_id: Option<CustomerRecordId>,
    /// Their name.
    pub customer_name: Option<String>,
}

/// A time that became free.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(rename = "FreedTime")]
pub struct Hit {
    /// The calendar and the day.
    #[serde(flatten)]
    pub at: CalendarDay,
    /// The service type.
    pub service_type_id: ServiceTypeId,
    /// Minutes past midnight.
    pub start_time: u16,
    /// How many minutes it takes.
    pub duration: Option<u16>,
    /// The agent whose calendar it is.
    pub user: Option<UserRef>,
    /// When it was found.
    #[ts(type = "string")]
    pub found_at: DateTime<Utc>,
}

/// Why a watch is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum WatchEnd {
    /// Its time came.
    Expired,
    /// The appointment was moved at this desk.
    Moved,
    /// The appointment was cancelled at this desk.
    Cancelled,
    /// The appointment is gone from its calendar, or the customer has come.
    Gone,
}

/// Where times are free: a calendar-day and a service type.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Place {
    pub service_id: ServiceId,
    pub date: NaiveDate,
    pub cu_index: CuIndex,
    pub service_type_id: ServiceTypeId,
}

/// What fitted in a place when it was last read.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Seen {
    #[serde(flatten)]
    pub place: Place,
    pub slots: Vec<u16>,
}

/// A watch.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Record {
    pub id: WatchId,
    pub asked_at: DateTime<Utc>,
    pub wish: WatchFor,
    pub appointment: Option<WatchedAppointment>,
    /// What was free and fitted when each place was last read: only what is free since is news.
    pub seen: Vec<Seen>,
    /// The days that were read in whole at least once.
    pub known_days: Vec<(ServiceId, NaiveDate)>,
    pub hits: Vec<Hit>,
    pub end: Option<(WatchEnd, DateTime<Utc>)>,
}

impl Record {
    pub fn row(&self, profile: ProfileId) -> Result<WatchRow, Error> {
        Ok(WatchRow {
            id: self.id.0,
            profile,
            until: self.wish.before.date,
            body: serde_json::to_value(self).map_err(|_| Error::Stopped)?,
        })
    }

    pub fn of_row(row: WatchRow) -> Result<Self, Error> {
        serde_json::from_value(row.body).map_err(|_| Fault::Unreadable.into())
    }

    /// It is over: what it knew of a person beside their name goes.
    pub fn close(&mut self, end: WatchEnd, at: DateTime<Utc>) {
        self.end = Some((end, at));
        self.seen.clear();
        self.known_days.clear();
        self.hits.clear();
        if let Some(appointment) = &mut self.appointment {
            appointment.customer_record_id = None;
        }
    }
}
