//! The shapes of a search: what is looked for and what is told about it.

use chrono::NaiveDate;
use cubu_s2s::{CuIndex, ServiceId, ServiceTypeId, UnitId, UserId, UserRef};
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use uuid::Uuid;

use crate::{day::Today, error::CommandError, zones::ClockChange};

/// A search. The window gives it, so that it can stop a search before the first answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(type = "string")]
#[serde(transparent)]
pub struct SearchId(pub Uuid);

/// A window, which has one search at a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, TS)]
#[ts(type = "string")]
#[serde(transparent)]
pub struct WindowId(pub Uuid);

/// Looks for free times.
#[derive(Clone, Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FindTimes {
    /// The new search.
    pub search_id: SearchId,
    /// The window it is for.
    pub window_id: WindowId,
    /// What is looked for.
    pub criteria: FindCriteria,
}

/// What is looked for.
#[derive(Clone, Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FindCriteria {
    /// The service types, each at a service that offers it.
    pub wanted: Vec<WantedType>,
    /// How many days, from today or from `notBefore` on.
    pub days: u16,
    /// Nothing before this, in the unit's time.
    #[serde(default)]
    #[ts(optional)]
    pub not_before: Option<NotBefore>,
    /// The part of the day: times that begin at this minute or later.
    #[serde(default)]
    #[ts(optional, as = "Option<u16>")]
    pub from_minute: u16,
    /// The part of the day: times that begin before this minute.
    #[serde(default = "end_of_day")]
    #[ts(optional, as = "Option<u16>")]
    pub to_minute: u16,
    /// These weekdays only, Monday being 1 and Sunday 7; none for all.
    #[serde(default)]
    #[ts(optional, as = "Option<Vec<u8>>")]
    pub weekdays: Vec<u8>,
    /// The calendars of these agents only; none for all.
    #[serde(default)]
    #[ts(optional, as = "Option<Vec<UserId>>")]
    pub user_ids: Vec<UserId>,
    /// Calendars with these numbers only; none for all.
    #[serde(default)]
    #[ts(optional, as = "Option<Vec<CuIndex>>")]
    pub cu_indexes: Vec<CuIndex>,
    /// How many times are enough: later days are not asked about once there are so many on earlier ones.
    pub most: u16,
}

impl FindCriteria {
    /// Any time of these, whole days from today on.
    pub(crate) fn of_whole_days(wanted: Vec<WantedType>, days: u16) -> Self {
        Self {
            wanted,
            days,
            not_before: None,
            from_minute: 0,
            to_minute: end_of_day(),
            weekdays: Vec::new(),
            user_ids: Vec::new(),
            cu_indexes: Vec::new(),
            most: 1,
        }
    }
}

const fn end_of_day() -> u16 {
    24 * 60
}

/// A service type at a service.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct WantedType {
    /// The service.
    pub service_id: ServiceId,
    /// The service type.
    pub service_type_id: ServiceTypeId,
}

/// A date and a time on it.
#[derive(Clone, Copy, Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct NotBefore {
    /// The date.
    #[ts(type = "string")]
    pub date: NaiveDate,
    /// Minutes past midnight; later days are free from their first minute on.
    #[serde(default)]
    #[ts(optional, as = "Option<u16>")]
    pub minute: u16,
}

/// Waits for what a search finds.
#[derive(Clone, Copy, Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct MoreTimes {
    /// The search.
    pub search_id: SearchId,
    /// The `cursor` of the last answer.
    pub after: u32,
}

/// Names a search.
#[derive(Clone, Copy, Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SearchRef {
    /// The search.
    pub search_id: SearchId,
}

/// The same moment by this PC's clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TimeHere {
    /// The date here.
    #[ts(type = "string")]
    pub date: NaiveDate,
    /// Minutes past midnight.
    pub minute: u16,
}

/// A free time.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FoundTime {
    /// The service.
    pub service_id: ServiceId,
    /// The service type.
    pub service_type_id: ServiceTypeId,
    /// The day, at the unit.
    #[ts(type = "string")]
    pub date: NaiveDate,
    /// The calendar.
    pub cu_index: CuIndex,
    /// Minutes past midnight, at the unit.
    pub start_time: u16,
    /// How many minutes it takes.
    pub duration: Option<u16>,
    /// The agent whose calendar it is.
    pub user: Option<UserRef>,
    /// Sorts times of different zones: minutes of universal time.
    #[ts(type = "number")]
    pub at: i64,
    /// Sorts what begins at the same moment, in the order of what was wanted.
    pub seat: u32,
    /// The time by this PC's clock, where that is another.
    pub here: Option<TimeHere>,
    /// What the change of clocks does to it.
    pub clock_change: Option<ClockChange>,
}

/// A service that is searched, with the date and minute it is there.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SearchedService {
    /// The service.
    pub service_id: ServiceId,
    /// Its name.
    pub service_name: Option<String>,
    /// Its unit.
    pub unit_id: Option<UnitId>,
    /// The unit's name.
    pub unit_name: Option<String>,
    /// The date and minute it is there.
    #[serde(flatten)]
    pub now: Today,
}

/// How far a search is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Progress {
    /// Lists of calendars to ask for: services by days.
    pub days: u32,
    /// Of these, how many were asked and answered.
    pub days_asked: u32,
    /// Calendars found so far that may have free times, once for each service type.
    pub calendars: u32,
    /// Of these, how many were asked and answered.
    pub calendars_asked: u32,
    /// Calendars not asked because Cubu says that they are fully booked.
    pub full: u32,
    /// Calendars not asked because nothing can be booked in them.
    pub closed: u32,
    /// Calendars not asked because the day is outside their booking window.
    pub outside_window: u32,
    /// Calendars not asked because they do not open in the wanted part of the day.
    pub outside_hours: u32,
}

/// A question that Cubu did not answer.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct MissedQuestion {
    /// The service.
    pub service_id: ServiceId,
    /// The day.
    #[ts(type = "string")]
    pub date: NaiveDate,
    /// The calendar; without one, the day's calendars could not be listed.
    pub cu_index: Option<CuIndex>,
    /// Why.
    pub error: CommandError,
}

/// Why a search looks no further.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(tag = "end", rename_all = "camelCase")]
pub enum SearchEnd {
    /// Everything was asked.
    Complete,
    /// There are as many times as were wanted.
    Enough,
    /// Stopped, by the window or by a newer search.
    Stopped,
    /// Nothing can be asked just now.
    Halted {
        /// Why.
        error: Box<CommandError>,
    },
}

/// What a search has found since the last answer.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FoundTimes {
    /// The search.
    pub search_id: SearchId,
    /// To be named in the next question.
    pub cursor: u32,
    /// New free times, the earliest first.
    pub times: Vec<FoundTime>,
    /// The services that are searched.
    pub services: Vec<SearchedService>,
    /// How far it is.
    pub progress: Progress,
    /// Everything that was asked in vain.
    pub missed: Vec<MissedQuestion>,
    /// Why it looks no further, once it does not.
    pub ended: Option<SearchEnd>,
}
