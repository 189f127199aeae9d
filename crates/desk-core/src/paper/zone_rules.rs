//! The rules of a time zone as an iCalendar VTIMEZONE, from the same tables the rest of the core reckons with.
//!
//! Calendars differ in how much of RFC 5545 they take. Most know the zone by its name and look no further; Outlook makes one
//! yearly change each way of it, from DTSTART, the offsets and an RRULE with a single weekday, and ignores the rest. So there
//! is at most one STANDARD and one DAYLIGHT, true for the time of the appointment; a rule for the years after only where the
//! zone keeps to one that can be said so. No clock is read here.

use chrono::{DateTime, Datelike, Days, NaiveDateTime, Offset, TimeDelta, TimeZone, Utc, Weekday};
use chrono_tz::Tz;

/// How far back a change of clocks may lie and still be one of a zone that goes on changing.
const RECENT: TimeDelta = TimeDelta::days(400);
/// Every date falls on every weekday within so many years, so a rule that fits them all is the rule.
const CYCLE: i32 = 28;

/// A change of clocks.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Onset {
    at: DateTime<Utc>,
    from: i32,
    to: i32,
}

impl Onset {
    /// What the clocks showed when they were changed.
    fn local(self) -> NaiveDateTime {
        self.at.naive_utc() + TimeDelta::seconds(i64::from(self.from))
    }

    fn is_forward(self) -> bool {
        self.to > self.from
    }
}

/// The lines of the VTIMEZONE that holds from `begins` to `ends`.
pub fn lines(zone: Tz, begins: DateTime<Utc>, ends: DateTime<Utc>) -> Vec<String> {
    let mut lines = vec![
        "BEGIN:VTIMEZONE".to_owned(),
        format!("TZID:{}", zone.name()),
    ];
    let onsets = onsets(zone, begins - RECENT, ends);
    let last = |forward: bool| {
        let mut backwards = onsets.iter().rev();
        backwards.find(|onset| onset.is_forward() == forward)
    };
    let mut found: Vec<_> = [last(false), last(true)].into_iter().flatten().collect();
    found.sort_by_key(|onset| onset.at);
    match found.first() {
        // A zone whose clocks stand still, or that has changed them for good not long ago.
        None => observance(&mut lines, still(zone, begins), None),
        Some(first) => {
            if first.at > begins {
                observance(&mut lines, still(zone, begins), None);
            }
            for onset in &found {
                observance(&mut lines, **onset, rule(zone, **onset));
            }
        }
    }
    lines.push("END:VTIMEZONE".to_owned());
    lines
}

fn offset(zone: Tz, at: DateTime<Utc>) -> i32 {
    let there = zone.offset_from_utc_datetime(&at.naive_utc());
    there.fix().local_minus_utc()
}

fn still(zone: Tz, at: DateTime<Utc>) -> Onset {
    let to = offset(zone, at);
    let beginning = DateTime::UNIX_EPOCH - TimeDelta::seconds(i64::from(to));
    Onset {
        at: beginning,
        from: to,
        to,
    }
}

/// The changes of clocks after `from`, up to `until`.
fn onsets(zone: Tz, from: DateTime<Utc>, until: DateTime<Utc>) -> Vec<Onset> {
    let mut found = Vec::new();
    let mut day = from;
    while day < until {
        let next = (day + Days::new(1)).min(until);
        let (before, after) = (offset(zone, day), offset(zone, next));
        if before != after {
            found.push(Onset {
                at: change_between(zone, day, next),
                from: before,
                to: after,
            });
        }
        day = next;
    }
    found
}

/// The first second with the offset of `late`, between two moments of which the other has another.
fn change_between(zone: Tz, early: DateTime<Utc>, late: DateTime<Utc>) -> DateTime<Utc> {
    let after = offset(zone, late);
    let (mut before, mut there) = (early.timestamp(), late.timestamp());
    while there - before > 1 {
        let middle = before + (there - before) / 2;
        let moment = DateTime::from_timestamp(middle, 0).unwrap_or(late);
        if offset(zone, moment) == after {
            there = middle;
        } else {
            before = middle;
        }
    }
    DateTime::from_timestamp(there, 0).unwrap_or(late)
}

/// The yearly rule of a change, if the zone keeps to one that names a single weekday of a month.
fn rule(zone: Tz, first: Onset) -> Option<String> {
    let until = first.at + TimeDelta::days(366 * i64::from(CYCLE));
    let mut all = vec![first];
    let later = onsets(zone, first.at, until).into_iter();
    all.extend(later.filter(|onset| onset.is_forward() == first.is_forward()));
    let year = first.local().year();
    let all: Vec<_> = all
        .into_iter()
        .filter(|onset| onset.local().year() < year + CYCLE)
        .collect();
    let yearly = all
        .iter()
        .zip(year..year + CYCLE)
        .all(|(onset, year)| onset.local().year() == year);
    let alike = all.iter().all(|onset| {
        let (one, other) = (onset.local(), first.local());
        (onset.from, onset.to) == (first.from, first.to)
            && one.time() == other.time()
            && one.month() == other.month()
            && one.weekday() == other.weekday()
    });
    if all.len() != usize::try_from(CYCLE).ok()? || !yearly || !alike {
        return None;
    }
    let which = if all.iter().all(|onset| is_last(onset.local())) {
        "-1".to_owned()
    } else {
        let week = |onset: &Onset| (onset.local().day() - 1) / 7;
        let first_week = week(&first);
        all.iter()
            .all(|onset| week(onset) == first_week)
            .then(|| (first_week + 1).to_string())?
    };
    let local = first.local();
    Some(format!(
        "RRULE:FREQ=YEARLY;BYMONTH={};BYDAY={which}{}",
        local.month(),
        two_letters(local.weekday())
    ))
}

fn is_last(local: NaiveDateTime) -> bool {
    let week_on = local.date() + Days::new(7);
    week_on.month() != local.month()
}

fn two_letters(day: Weekday) -> &'static str {
    match day {
        Weekday::Mon => "MO",
        Weekday::Tue => "TU",
        Weekday::Wed => "WE",
        Weekday::Thu => "TH",
        Weekday::Fri => "FR",
        Weekday::Sat => "SA",
        Weekday::Sun => "SU",
    }
}

fn observance(lines: &mut Vec<String>, onset: Onset, rule: Option<String>) {
    let kind = if onset.is_forward() {
        "DAYLIGHT"
    } else {
        "STANDARD"
    };
    lines.push(format!("BEGIN:{kind}"));
    lines.push(format!("DTSTART:{}", onset.local().format("%Y%m%dT%H%M%S")));
    lines.extend(rule);
    lines.push(format!("TZOFFSETFROM:{}", signed(onset.from)));
    lines.push(format!("TZOFFSETTO:{}", signed(onset.to)));
    lines.push(format!("END:{kind}"));
}

/// "+0200"; old local mean times have seconds.
fn signed(seconds: i32) -> String {
    let sign = if seconds < 0 { '-' } else { '+' };
    let all = seconds.abs();
    let (hours, minutes, rest) = (all / 3600, all / 60 % 60, all % 60);
    if rest == 0 {
        format!("{sign}{hours:02}{minutes:02}")
    } else {
        format!("{sign}{hours:02}{minutes:02}{rest:02}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::zones;

    #[track_caller]
    fn check(zone: &str, begins: &str, expected: &[&str]) {
        let begins: DateTime<Utc> = begins.parse().unwrap();
        let zone = zones::find(zone).unwrap();
        let written = lines(zone, begins, begins + TimeDelta::minutes(30));
        let inner: Vec<_> = written[2..written.len() - 1]
            .iter()
            .filter(|line| !line.starts_with("END:"))
            .map(String::as_str)
            .collect();
        assert_eq!(inner, expected, "{zone} {begins}");
    }

    #[test]
    fn a_zone_that_keeps_to_one_rule_has_it_for_every_year() {
        check(
            "Europe/Berlin",
            "2026-11-24T08:20:00Z",
            &[
                "BEGIN:DAYLIGHT",
                "DTSTART:20260329T020000",
                "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU",
                "TZOFFSETFROM:+0100",
                "TZOFFSETTO:+0200",
                "BEGIN:STANDARD",
                "DTSTART:20261025T030000",
                "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU",
                "TZOFFSETFROM:+0200",
                "TZOFFSETTO:+0100",
            ],
        );
        check(
            "Eastern Standard Time",
            "2026-07-01T14:00:00Z",
            &[
                "BEGIN:STANDARD",
                "DTSTART:20251102T020000",
                "RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=1SU",
                "TZOFFSETFROM:-0400",
                "TZOFFSETTO:-0500",
                "BEGIN:DAYLIGHT",
                "DTSTART:20260308T020000",
                "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=2SU",
                "TZOFFSETFROM:-0500",
                "TZOFFSETTO:-0400",
            ],
        );
    }

    #[test]
    fn a_rule_that_no_single_weekday_can_say_is_not_bent_into_one() {
        // Israel goes forward on the Friday before the last Sunday of March, which may be the fourth or the fifth.
        check(
            "Israel Standard Time",
            "2026-07-01T08:00:00Z",
            &[
                "BEGIN:STANDARD",
                "DTSTART:20251026T020000",
                "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU",
                "TZOFFSETFROM:+0300",
                "TZOFFSETTO:+0200",
                "BEGIN:DAYLIGHT",
                "DTSTART:20260327T020000",
                "TZOFFSETFROM:+0200",
                "TZOFFSETTO:+0300",
            ],
        );
    }

    #[test]
    fn a_zone_whose_clocks_stand_still_has_one_offset() {
        let one = |offset: &'static str| {
            [
                "BEGIN:STANDARD",
                "DTSTART:19700101T000000",
                offset,
                match offset {
                    "TZOFFSETFROM:+0530" => "TZOFFSETTO:+0530",
                    _ => "TZOFFSETTO:+0300",
                },
            ]
        };
        check(
            "Asia/Kolkata",
            "2026-07-01T08:00:00Z",
            &one("TZOFFSETFROM:+0530"),
        );
        // Russia has stood still since 2014.
        check(
            "Europe/Moscow",
            "2026-07-01T08:00:00Z",
            &one("TZOFFSETFROM:+0300"),
        );
    }

    #[test]
    fn the_southern_summer_spans_the_new_year() {
        check(
            "Australia/Sydney",
            "2027-01-05T01:00:00Z",
            &[
                "BEGIN:STANDARD",
                "DTSTART:20260405T030000",
                "RRULE:FREQ=YEARLY;BYMONTH=4;BYDAY=1SU",
                "TZOFFSETFROM:+1100",
                "TZOFFSETTO:+1000",
                "BEGIN:DAYLIGHT",
                "DTSTART:20261004T020000",
                "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=1SU",
                "TZOFFSETFROM:+1000",
                "TZOFFSETTO:+1100",
            ],
        );
    }
}
