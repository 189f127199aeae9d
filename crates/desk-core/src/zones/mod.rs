//! Time zones: the names Cubu uses (Windows names) turned into IANA zones, and the date and minute it is there.
//! A name that is not in the table is said to be unknown; it is never guessed. No clock is read here.

mod windows;

use chrono::{
    DateTime, FixedOffset, LocalResult, NaiveDate, NaiveTime, Offset, TimeDelta, TimeZone,
    Timelike, Utc,
};
use chrono_tz::Tz;
use serde::Serialize;
use ts_rs::TS;

/// The zone behind a name from Cubu or from the catalogue: a Windows name or an IANA name.
pub fn find(name: &str) -> Option<Tz> {
    let name = name.trim();
    let windows = windows::WINDOWS_ZONES
        .iter()
        .find(|(windows, _)| windows.eq_ignore_ascii_case(name));
    match windows {
        Some((_, iana)) => iana.parse().ok(),
        None => Tz::from_str_insensitive(name).ok(),
    }
}

/// A date and a minute of that day, as a wall clock shows them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WallClock {
    /// The day.
    pub date: NaiveDate,
    /// Minutes since midnight on the wall clock.
    pub minute: u16,
}

/// What the wall clock shows at `instant` in `zone`.
pub fn wall_clock(instant: DateTime<Utc>, zone: &impl TimeZone) -> WallClock {
    let utc = instant.naive_utc();
    let offset = zone.offset_from_utc_datetime(&utc).fix();
    // Where time ends there is no other time to tell.
    let there = utc.checked_add_offset(offset).unwrap_or(utc);
    let minute = there.hour() * 60 + there.minute();
    WallClock {
        date: there.date(),
        minute: u16::try_from(minute).unwrap_or(u16::MAX),
    }
}

/// The moment at which a wall clock shows a minute of a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Instant {
    /// It shows it once.
    Once(DateTime<Utc>),
    /// It leaps over it: the moment at which it would have shown it without the leap.
    Skipped(DateTime<Utc>),
    /// It shows it twice: the first time.
    Twice(DateTime<Utc>),
}

const MINUTES_OF_A_DAY: u16 = 24 * 60;

/// No change of clocks comes sooner after another one.
const BEFORE_ANY_LEAP: TimeDelta = TimeDelta::hours(6);

/// When the wall clock in `zone` shows a minute of a day.
pub fn instant(date: NaiveDate, minute: u16, zone: &Tz) -> Instant {
    let local = date.and_time(NaiveTime::MIN) + TimeDelta::minutes(i64::from(minute));
    match zone.from_local_datetime(&local) {
        LocalResult::Single(at) => Instant::Once(at.to_utc()),
        LocalResult::Ambiguous(first, _) => Instant::Twice(first.to_utc()),
        LocalResult::None => {
            let before = zone.offset_from_local_datetime(&(local - BEFORE_ANY_LEAP));
            let offset = before
                .earliest()
                .map_or(0, |offset| offset.fix().local_minus_utc());
            Instant::Skipped(local.and_utc() - TimeDelta::seconds(i64::from(offset)))
        }
    }
}

/// What a change of clocks does to minutes of a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum ClockChange {
    /// The clock leaps over them that day.
    Skipped,
    /// The clock shows them twice that day.
    Twice,
}

/// Minutes of a day that a wall clock does not show once, as it shows all others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ClockShift {
    /// What becomes of them.
    pub change: ClockChange,
    /// The first of them, past midnight.
    pub from_minute: u16,
    /// The first after them.
    pub to_minute: u16,
}

/// The minutes of a day that the clock in `zone` leaps over or shows twice.
pub fn clock_shift(date: NaiveDate, zone: &Tz) -> Option<ClockShift> {
    let mut odd = (0..MINUTES_OF_A_DAY).filter_map(|minute| {
        let change = match instant(date, minute, zone) {
            Instant::Once(_) => return None,
            Instant::Skipped(_) => ClockChange::Skipped,
            Instant::Twice(_) => ClockChange::Twice,
        };
        Some((minute, change))
    });
    let (from_minute, change) = odd.next()?;
    let last = odd.next_back().map_or(from_minute, |(minute, _)| minute);
    Some(ClockShift {
        change,
        from_minute,
        to_minute: last + 1,
    })
}

/// Whether a clock in `zone` shows another time than one at `here` does at this instant.
pub fn differs(instant: DateTime<Utc>, zone: Tz, here: FixedOffset) -> bool {
    zone.offset_from_utc_datetime(&instant.naive_utc()).fix() != here
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    #[test]
    fn every_windows_name_stands_for_a_known_zone() {
        for (windows, iana) in windows::WINDOWS_ZONES {
            assert!(iana.parse::<Tz>().is_ok(), "{windows}: {iana}");
            assert_eq!(find(windows).map(Tz::name), Some(*iana));
        }
    }

    #[test]
    fn names_are_found_in_either_form_and_any_case() {
        for (name, zone) in [
            ("Israel Standard Time", Some("Asia/Jerusalem")),
            (" eastern standard time ", Some("America/New_York")),
            ("Europe/Berlin", Some("Europe/Berlin")),
            ("europe/berlin", Some("Europe/Berlin")),
            ("UTC", Some("Etc/UTC")),
            ("Middle Earth Standard Time", None),
            ("", None),
        ] {
            assert_eq!(find(name).map(Tz::name), zone, "{name:?}");
        }
    }

    #[test]
    fn the_wall_clock_follows_both_edges_of_summer_time() {
        let jerusalem = find("Israel Standard Time").unwrap();
        for (instant, date, minute) in [
            ("2026-03-26T23:59:00Z", "2026-03-27", 119),
            ("2026-03-27T00:00:00Z", "2026-03-27", 180),
            ("2026-10-24T22:59:00Z", "2026-10-25", 119),
            ("2026-10-24T23:00:00Z", "2026-10-25", 60),
            ("2026-11-22T22:30:00Z", "2026-11-23", 30),
        ] {
            let shown = wall_clock(at(instant), &jerusalem);
            assert_eq!(
                (shown.date.to_string().as_str(), shown.minute),
                (date, minute),
                "{instant}"
            );
        }
    }

    #[test]
    fn a_day_tells_which_of_its_minutes_come_twice_or_not_at_all() {
        use ClockChange::{Skipped, Twice};
        for (zone, date, shift) in [
            ("Asia/Jerusalem", "2027-03-26", Some((Skipped, 120, 180))),
            ("Asia/Jerusalem", "2027-10-31", Some((Twice, 60, 120))),
            ("Europe/London", "2027-03-28", Some((Skipped, 60, 120))),
            ("Europe/London", "2027-10-31", Some((Twice, 60, 120))),
            ("Europe/London", "2027-03-27", None),
            // By half an hour, and at midnight.
            ("Australia/Lord_Howe", "2027-04-04", Some((Twice, 90, 120))),
            ("Africa/Cairo", "2027-04-30", Some((Skipped, 0, 60))),
            ("Etc/UTC", "2027-03-28", None),
        ] {
            let found = clock_shift(date.parse().unwrap(), &find(zone).unwrap());
            let found = found.map(|found| (found.change, found.from_minute, found.to_minute));
            assert_eq!(found, shift, "{zone} {date}");
        }
    }

    #[test]
    fn the_wall_clock_stands_still_where_time_ends() {
        let (first, last) = (DateTime::<Utc>::MIN_UTC, DateTime::<Utc>::MAX_UTC);
        assert_eq!(
            wall_clock(first, &find("America/New_York").unwrap()).date,
            first.date_naive()
        );
        assert_eq!(
            wall_clock(last, &find("Pacific/Kiritimati").unwrap()).date,
            last.date_naive()
        );
    }

    #[test]
    fn a_zone_differs_by_its_offset_at_the_moment_and_not_by_its_name() {
        let here = FixedOffset::east_opt(2 * 3600).unwrap();
        let winter = at("2026-11-22T12:00:00Z");
        assert!(!differs(winter, find("Asia/Jerusalem").unwrap(), here));
        assert!(!differs(winter, find("Europe/Kyiv").unwrap(), here));
        assert!(differs(winter, find("Europe/Berlin").unwrap(), here));
        assert!(differs(
            at("2026-07-01T12:00:00Z"),
            find("Asia/Jerusalem").unwrap(),
            here
        ));
    }
}
