//! The one place that reads the time. Leaves out time zones: units carry those.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};

/// The simulator's clock: the machine's, or one that stands still until it is moved.
pub(crate) struct Clock {
    standing_at: Option<DateTime<Utc>>,
    moved_by: Mutex<TimeDelta>,
}

impl Clock {
    pub(crate) fn new(standing_at: Option<DateTime<Utc>>, offset: TimeDelta) -> Self {
        Self {
            standing_at,
            moved_by: Mutex::new(offset),
        }
    }

    pub(crate) fn now(&self) -> DateTime<Utc> {
        let moved_by = *self.moved_by.lock().unwrap_or_else(PoisonError::into_inner);
        self.standing_at.unwrap_or_else(Utc::now) + moved_by
    }

    pub(crate) fn advance(&self, by: Duration) {
        let by = TimeDelta::from_std(by).unwrap_or(TimeDelta::MAX);
        let mut moved_by = self.moved_by.lock().unwrap_or_else(PoisonError::into_inner);
        *moved_by = moved_by.checked_add(&by).unwrap_or(*moved_by);
    }
}
