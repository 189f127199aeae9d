//! The only reader of the clock and of this PC's time zone. Everything else is given the time.

use chrono::{DateTime, FixedOffset, Local, Offset, TimeZone, Utc};

/// Where the time comes from: the PC, or a moment that stands still.
#[derive(Clone, Copy, Debug, Default)]
pub enum Clock {
    /// The PC's clock.
    #[default]
    System,
    /// Always this moment, on a PC with this offset from UTC.
    Still(DateTime<FixedOffset>),
}

impl Clock {
    /// The moment it is.
    pub fn now(&self) -> DateTime<Utc> {
        match self {
            Self::System => Utc::now(),
            Self::Still(moment) => moment.to_utc(),
        }
    }

    /// This PC's offset from UTC at the moment it is.
    pub fn here(&self) -> FixedOffset {
        match self {
            Self::System => Local::now().offset().fix(),
            Self::Still(moment) => *moment.offset(),
        }
    }

    /// This PC's offset from UTC at another moment: the season may be another.
    pub fn here_at(&self, moment: DateTime<Utc>) -> FixedOffset {
        match self {
            Self::System => Local.offset_from_utc_datetime(&moment.naive_utc()).fix(),
            Self::Still(still) => *still.offset(),
        }
    }
}
