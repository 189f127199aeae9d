//! The moment that a date and a minute of the unit's wall clock stand for, so that times of different zones can be sorted, and
//! what this PC's clock shows then. Reads no clock: the offset of this PC is asked for by [`Clock`].

use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, Utc};
use chrono_tz::Tz;

use super::shapes::TimeHere;
use crate::{
    clock::Clock,
    zones::{self, ClockChange},
};

/// When a time of day is.
pub struct Moment {
    /// The moment.
    pub at: DateTime<Utc>,
    /// What this PC's clock shows then, where that is something else.
    pub here: Option<TimeHere>,
    /// What the change of clocks does to the time.
    pub clock_change: Option<ClockChange>,
}

/// When a minute of a day is, in the unit's zone, or in this PC's where the unit's is not known.
pub fn moment(clock: Clock, zone: Option<Tz>, date: NaiveDate, minute: u16) -> Moment {
    let Some(zone) = zone else {
        let local = date.and_time(NaiveTime::MIN) + TimeDelta::minutes(i64::from(minute));
        let offset = clock.here_at(local.and_utc());
        let at = local.and_utc() - TimeDelta::seconds(i64::from(offset.local_minus_utc()));
        return Moment {
            at,
            here: None,
            clock_change: None,
        };
    };
    let (at, clock_change) = match zones::instant(date, minute, &zone) {
        zones::Instant::Once(at) => (at, None),
        zones::Instant::Skipped(at) => (at, Some(ClockChange::Skipped)),
        zones::Instant::Twice(at) => (at, Some(ClockChange::Twice)),
    };
    let here = clock.here_at(at);
    let shown = zones::wall_clock(at, &here);
    let here = zones::differs(at, zone, here).then_some(TimeHere {
        date: shown.date,
        minute: shown.minute,
    });
    Moment {
        at,
        here,
        clock_change,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_of_two_zones_sort_by_the_moment_they_stand_for_across_both_edges_of_summer_time() {
        let pc = Clock::Still("2026-01-01T12:00:00+02:00".parse().unwrap());
        let jerusalem = zones::find("Israel Standard Time");
        let london = zones::find("GMT Standard Time");
        for (zone, date, minute, at, here, change) in [
            (
                jerusalem,
                "2026-03-27",
                90,
                "2026-03-26T23:30:00Z",
                None,
                None,
            ),
            (
                jerusalem,
                "2026-03-27",
                150,
                "2026-03-27T00:30:00Z",
                Some(150),
                Some(ClockChange::Skipped),
            ),
            (
                jerusalem,
                "2026-03-27",
                180,
                "2026-03-27T00:00:00Z",
                Some(120),
                None,
            ),
            (
                jerusalem,
                "2026-10-25",
                90,
                "2026-10-24T22:30:00Z",
                Some(30),
                Some(ClockChange::Twice),
            ),
            (
                jerusalem,
                "2026-10-25",
                120,
                "2026-10-25T00:00:00Z",
                None,
                None,
            ),
            (
                london,
                "2026-03-29",
                59,
                "2026-03-29T00:59:00Z",
                Some(179),
                None,
            ),
            (
                london,
                "2026-03-29",
                60,
                "2026-03-29T01:00:00Z",
                Some(180),
                Some(ClockChange::Skipped),
            ),
            (
                london,
                "2026-03-29",
                120,
                "2026-03-29T01:00:00Z",
                Some(180),
                None,
            ),
            (
                london,
                "2026-10-25",
                60,
                "2026-10-25T00:00:00Z",
                Some(120),
                Some(ClockChange::Twice),
            ),
            (
                london,
                "2026-10-25",
                120,
                "2026-10-25T02:00:00Z",
                Some(240),
                None,
            ),
            (None, "2026-10-25", 120, "2026-10-25T00:00:00Z", None, None),
        ] {
            let moment = moment(pc, zone, date.parse().unwrap(), minute);
            assert_eq!(
                (
                    moment.at,
                    moment.here.map(|here| here.minute),
                    moment.clock_change
                ),
                (at.parse().unwrap(), here, change),
                "{zone:?} {date} {minute}"
            );
        }
    }
}
