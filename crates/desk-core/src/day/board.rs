//! The shapes of days: what is asked for and what is put together.

use chrono::{DateTime, NaiveDate, Utc};
use cubu_s2s::{Appointment, Calendar, CuIndex, ServiceId, ServiceTypeId, Timestamp, Vacancies};
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use uuid::Uuid;

use crate::{
    error::{CommandError, Error},
    text::Text,
    zones::ClockShift,
};

/// One of many reads.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(tag = "state", rename_all = "camelCase")]
pub enum Part<T> {
    /// It came.
    Loaded {
        /// What came.
        value: T,
    },
    /// It did not.
    Failed {
        /// Why.
        error: Box<CommandError>,
    },
    /// It was not asked for: the calendar reads as it did when the window last had it.
    Unchanged,
    /// It is on its way.
    Expected,
}

impl<T> Part<T> {
    pub(super) fn of(answer: Result<T, Error>, command: &str) -> Self {
        match answer {
            Ok(value) => Self::Loaded { value },
            Err(failure) => Self::Failed {
                error: Box::new(failure.of(command)),
            },
        }
    }

    pub(super) fn loaded(&self) -> Option<&T> {
        match self {
            Self::Loaded { value } => Some(value),
            Self::Failed { .. } | Self::Unchanged | Self::Expected => None,
        }
    }
}

/// Somebody who takes a day column by column, one day at a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, TS)]
#[ts(type = "string")]
#[serde(transparent)]
pub struct ReaderId(pub Uuid);

/// Waits for more of the day that is being read.
#[derive(Clone, Copy, Debug, Deserialize, TS)]
pub struct MoreOfDay {
    /// Who takes it.
    pub reader: ReaderId,
    /// How many columns have come so far.
    pub after: usize,
}

/// What to load of a day.
#[derive(Clone, Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct LoadDay {
    /// The service.
    pub service_id: ServiceId,
    /// The day.
    #[ts(type = "string")]
    pub date: NaiveDate,
    /// The service type to list vacancies for.
    #[serde(default)]
    #[ts(optional)]
    pub service_type_id: Option<ServiceTypeId>,
    /// The calendars whose bookings and free times (of this type) the window holds already. What has not moved since is
    /// not read again.
    #[serde(default)]
    #[ts(optional, as = "Option<Vec<KnownCalendar>>")]
    pub known: Vec<KnownCalendar>,
    /// Who takes the columns as they come, with `more_of_day`. The answer does not wait for them then, and nothing is known.
    #[serde(default)]
    #[ts(optional)]
    pub reader: Option<ReaderId>,
}

/// How a calendar read when the window last had all of it.
#[derive(Clone, Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct KnownCalendar {
    /// The calendar.
    pub cu_index: CuIndex,
    /// Its change stamp.
    pub calendar_timestamp: Timestamp,
    /// Appointments booked.
    pub appointment_count: Option<u32>,
    /// Minutes booked.
    pub minutes_booked: Option<u32>,
}

impl KnownCalendar {
    /// How a calendar reads now, so far as it carries a stamp.
    pub(crate) fn of(calendar: &Calendar) -> Option<Self> {
        let stats = calendar.stats.as_ref();
        Some(Self {
            cu_index: calendar.cu_index,
            calendar_timestamp: calendar.calendar_timestamp.clone()?,
            appointment_count: stats.and_then(|stats| stats.appointment_count),
            minutes_booked: stats.and_then(|stats| stats.minutes_booked),
        })
    }

    /// Whether the calendar still reads the same. That every booking moves the stamp is not documented, so the counts
    /// beside it have to agree as well.
    pub(crate) fn still_reads(&self, calendar: &Calendar) -> bool {
        let stats = calendar.stats.as_ref();
        self.cu_index == calendar.cu_index
            && Some(&self.calendar_timestamp) == calendar.calendar_timestamp.as_ref()
            && self.appointment_count == stats.and_then(|stats| stats.appointment_count)
            && self.minutes_booked == stats.and_then(|stats| stats.minutes_booked)
    }
}

/// Which days to load.
#[derive(Clone, Copy, Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct LoadSpan {
    /// The service.
    pub service_id: ServiceId,
    /// The first day.
    #[ts(type = "string")]
    pub from: NaiveDate,
    /// How many days.
    pub days: u16,
}

/// Whose today is wanted.
#[derive(Clone, Copy, Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct GetToday {
    /// The service; without one, this PC's today is told.
    #[serde(default)]
    #[ts(optional)]
    pub service_id: Option<ServiceId>,
}

/// The date and minute it is for a service.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Today {
    /// Today.
    #[ts(type = "string")]
    pub today: NaiveDate,
    /// Minutes since midnight.
    pub now_minute: u16,
    /// The IANA zone both are told in; without one they are this PC's.
    pub time_zone: Option<String>,
    /// Whether clocks there show another time than this PC's.
    pub time_zone_differs: bool,
    /// What is wrong with the zone's name.
    pub time_zone_problem: Option<Text>,
}

/// One calendar of a day.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct DayColumn {
    /// The calendar.
    pub calendar: Calendar,
    /// What is booked in it.
    pub appointments: Part<Vec<Appointment>>,
    /// What is free in it, if a service type was asked for.
    pub vacancies: Part<Option<Vacancies>>,
}

/// A day of a service.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct DayBoard {
    /// The service.
    pub service_id: ServiceId,
    /// Its name.
    pub service_name: Option<String>,
    /// The day.
    #[ts(type = "string")]
    pub date: NaiveDate,
    /// The date and minute it is there.
    #[serde(flatten)]
    pub now: Today,
    /// The minutes of the day that the clock there shows twice, or not at all.
    pub clock_shift: Option<ClockShift>,
    /// The name of its unit.
    pub unit_name: Option<String>,
    /// When this was loaded.
    #[ts(type = "string")]
    pub loaded_at: DateTime<Utc>,
    /// More columns are on their way.
    pub reading: bool,
    /// One column per calendar.
    pub columns: Vec<DayColumn>,
}

impl DayBoard {
    /// Whether no calendar was read again: each reads as it did.
    pub fn is_unchanged(&self) -> bool {
        self.columns.iter().all(|column| {
            matches!(column.appointments, Part::Unchanged)
                && matches!(column.vacancies, Part::Unchanged)
        })
    }

    /// Whether no part of it failed.
    pub fn is_whole(&self) -> bool {
        self.columns.iter().all(|column| {
            column.appointments.loaded().is_some() && column.vacancies.loaded().is_some()
        })
    }
}

/// The calendars of one day.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SpanDay {
    /// The day.
    #[ts(type = "string")]
    pub date: NaiveDate,
    /// Its calendars.
    pub calendars: Part<Vec<Calendar>>,
}

/// The days ahead.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SpanBoard {
    /// The service.
    pub service_id: ServiceId,
    /// The first day.
    #[ts(type = "string")]
    pub from: NaiveDate,
    /// The date and minute it is there.
    #[serde(flatten)]
    pub now: Today,
    /// When this was loaded.
    #[ts(type = "string")]
    pub loaded_at: DateTime<Utc>,
    /// One entry per day.
    pub days: Vec<SpanDay>,
}
