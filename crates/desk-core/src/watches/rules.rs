//! What a reading means for a watch: which times are news, which are old, which days are worth reading. Pure.

use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};
use cubu_s2s::{ServiceId, UserRef};

use super::record::{Hit, Place, Record, Seen, WatchFor};
use crate::{find, journal::CalendarDay, zones::WallClock};

/// Days that are read in every round.
const NEAR: u64 = 2;
/// Days that are read in every third round; what lies beyond, in every tenth.
const MIDDLE: u64 = 13;

/// How long a watch that is over stays to be read.
const SHOWN: TimeDelta = TimeDelta::days(1);

/// The days of a watch, from today on. Never more than may be watched: a PC's clock may have been set back by years.
pub(super) fn days_of(wish: &WatchFor, today: NaiveDate) -> Vec<NaiveDate> {
    let filter = wish.filter();
    (0..u64::from(find::MOST_DAYS))
        .map_while(|ahead| today.checked_add_days(Days::new(ahead)))
        .take_while(|date| *date <= wish.before.date)
        .filter(|date| filter.takes_day(*date))
        .collect()
}

/// Whether a day is read in a round: what is near changes under the clerk's hand, what is far can wait some minutes.
pub(super) fn is_due(date: NaiveDate, today: NaiveDate, round: u64) -> bool {
    let ahead = (date - today).num_days().unsigned_abs();
    let every = match ahead {
        ..=NEAR => 1,
        ahead if ahead <= MIDDLE => 3,
        _ => 10,
    };
    round.is_multiple_of(every)
}

/// What was free in a place.
#[derive(Clone, Debug)]
pub(super) struct Reading {
    pub place: Place,
    pub duration: Option<u16>,
    pub user: Option<UserRef>,
    pub slots: Vec<u16>,
}

/// Takes a reading in. A time is news when it was not free at the last reading; the first reading of a day is none.
pub(super) fn take(record: &mut Record, reading: &Reading, now: WallClock, at: DateTime<Utc>) {
    let place = reading.place;
    let before = record.wish.before;
    let mut fitting = record
        .wish
        .filter()
        .fitting(place.date, now, &reading.slots);
    fitting.retain(|start| (place.date, *start) < (before.date, before.minute));
    if let Some(appointment) = &record.appointment {
        let own = (appointment.at, appointment.start_time);
        fitting.retain(|start| (calendar_day(place), *start) != own);
    }
    let is_known = record.known_days.contains(&(place.service_id, place.date));
    let seen = record.seen.iter_mut().find(|seen| seen.place == place);
    let old = match &seen {
        Some(seen) => seen.slots.clone(),
        None if is_known => Vec::new(),
        None => fitting.clone(),
    };
    record.hits.retain(|hit| {
        let here = (hit.at, hit.service_type_id) == (calendar_day(place), place.service_type_id);
        !here || fitting.contains(&hit.start_time)
    });
    let news = fitting.iter().filter(|start| !old.contains(start));
    record.hits.extend(news.map(|start| Hit {
        at: calendar_day(place),
        service_type_id: place.service_type_id,
        start_time: *start,
        duration: reading.duration,
        user: reading.user.clone(),
        found_at: at,
    }));
    record
        .hits
        .sort_by_key(|hit| (hit.at.date, hit.start_time, hit.at.cu_index));
    match seen {
        Some(seen) => seen.slots = fitting,
        None => record.seen.push(Seen {
            place,
            slots: fitting,
        }),
    }
}

/// A day was read in whole: whatever is free in it from now on is news.
pub(super) fn know(record: &mut Record, service: ServiceId, date: NaiveDate) {
    if !record.known_days.contains(&(service, date)) {
        record.known_days.push((service, date));
    }
}

/// Drops what lies behind.
pub(super) fn forget_past(record: &mut Record, now: WallClock) {
    record.seen.retain(|seen| seen.place.date >= now.date);
    record.known_days.retain(|(_, date)| *date >= now.date);
    record
        .hits
        .retain(|hit| (hit.at.date, hit.start_time) >= (now.date, now.minute));
}

/// Whether a watch has been over for so long that nobody looks for it any more.
pub(super) fn is_old(record: &Record, now: DateTime<Utc>) -> bool {
    record.end.is_some_and(|(_, at)| now - at > SHOWN)
}

/// All that a round does with a watch by these rules, where it is a moment in UTC and half of what it knows is free.
#[cfg(feature = "fuzzing")]
pub(super) fn try_out(record: &mut Record, at: DateTime<Utc>) {
    use chrono::Timelike as _;

    let time = at.time();
    let now = WallClock {
        date: at.date_naive(),
        minute: (time.num_seconds_from_midnight() / 60) as u16,
    };
    let readings = record.seen.iter().map(|seen| Reading {
        place: seen.place,
        duration: None,
        user: None,
        slots: seen.slots.iter().step_by(2).copied().collect(),
    });
    let readings: Vec<_> = readings.collect();
    for date in days_of(&record.wish, now.date) {
        is_due(date, now.date, 1);
    }
    for reading in readings {
        take(record, &reading, now, at);
        know(record, reading.place.service_id, reading.place.date);
    }
    forget_past(record, now);
    is_old(record, at);
    record.wish.is_over(now);
}

fn calendar_day(place: Place) -> CalendarDay {
    CalendarDay {
        service_id: place.service_id,
        date: place.date,
        cu_index: place.cu_index,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    const SERVICE: &str = "5b0d6c1e-7777-4a6e-9d10-000000000001";
    const TYPE: &str = "5b0d6c1e-2222-4a6e-9d10-0000000ce101";

    fn now() -> WallClock {
        WallClock {
            date: "2026-11-23".parse().unwrap(),
            minute: 600,
        }
    }

    fn at() -> DateTime<Utc> {
        "2026-11-23T10:00:00Z".parse().unwrap()
    }

    fn wish(change: Value) -> WatchFor {
        let mut whole = json!({
            "wanted": [{ "serviceId": SERVICE, "serviceTypeId": TYPE }],
            "before": { "date": "2026-11-26", "minute": 600 },
        });
        for (member, value) in change.as_object().unwrap() {
            whole[member] = value.clone();
        }
        serde_json::from_value(whole).unwrap()
    }

    fn record(change: Value) -> Record {
        serde_json::from_value(json!({
            "id": "5b0d6c1e-9999-4a6e-9d10-000000000001", "askedAt": at(),
            "wish": wish(change), "appointment": null, "seen": [], "knownDays": [], "hits": [],
            "end": null,
        }))
        .unwrap()
    }

    fn reading(date: &str, cu_index: u32, slots: &[u16]) -> Reading {
        let place = json!({
            "serviceId": SERVICE, "date": date, "cuIndex": cu_index, "serviceTypeId": TYPE,
        });
        Reading {
            place: serde_json::from_value(place).unwrap(),
            duration: Some(10),
            user: None,
            slots: slots.to_vec(),
        }
    }

    fn starts(record: &Record) -> Vec<u16> {
        record.hits.iter().map(|hit| hit.start_time).collect()
    }

    #[test]
    fn a_time_is_told_once_each_time_it_becomes_free() {
        let mut record = record(json!({}));
        let service = reading("2026-11-24", 0, &[]).place.service_id;
        let day = "2026-11-24".parse().unwrap();
        for (what, slots, hits) in [
            ("what is free already is no news", vec![540, 560], vec![]),
            ("one more", vec![540, 560, 700], vec![700]),
            ("nothing new", vec![540, 560, 700], vec![700]),
            ("another one", vec![540, 700, 800], vec![700, 800]),
            ("taken by somebody else", vec![540, 800], vec![800]),
            ("free again", vec![540, 560, 800], vec![560, 800]),
        ] {
            take(&mut record, &reading("2026-11-24", 0, &slots), now(), at());
            know(&mut record, service, day);
            assert_eq!(starts(&record), hits, "{what}");
        }
        // Somebody has seen them; they stay free.
        record.hits.clear();
        let same = reading("2026-11-24", 0, &[540, 560, 800]);
        take(&mut record, &same, now(), at());
        assert!(starts(&record).is_empty());
        // A calendar that is opened on a day that was known.
        take(&mut record, &reading("2026-11-24", 5, &[900]), now(), at());
        assert_eq!(starts(&record), [900]);
    }

    #[test]
    fn only_times_that_fit_are_news() {
        let slots = [599, 600, 601, 720, 1000];
        for (change, date, hits) in [
            (json!({}), "2026-11-22", vec![]),
            (json!({}), "2026-11-23", vec![600, 601, 720, 1000]),
            (json!({}), "2026-11-25", vec![599, 600, 601, 720, 1000]),
            (json!({}), "2026-11-26", vec![599]),
            (json!({}), "2026-11-27", vec![]),
            (
                json!({ "fromMinute": 601, "toMinute": 720 }),
                "2026-11-25",
                vec![601],
            ),
        ] {
            let mut record = record(change.clone());
            let reading = reading(date, 0, &slots);
            let place = reading.place;
            know(&mut record, place.service_id, place.date);
            take(&mut record, &reading, now(), at());
            assert_eq!(starts(&record), hits, "{change} {date}");
        }
    }

    #[test]
    fn the_appointments_own_time_is_no_news() {
        let mut record = record(json!({}));
        let own = reading("2026-11-25", 0, &[700]);
        record.appointment = serde_json::from_value(json!({
            "caseId": "5b0d6c1e-6666-4a6e-9d10-000000000001", "startTime": 700,
            "at": { "serviceId": SERVICE, "date": "2026-11-25", "cuIndex": 0 },
            "customerRecordId": null, "customerName": null,
        }))
        .unwrap();
        know(&mut record, own.place.service_id, own.place.date);
        take(&mut record, &own, now(), at());
        assert!(starts(&record).is_empty());
    }

    #[test]
    fn the_days_of_a_watch_end_with_the_day_it_is_wanted_before() {
        let days = |change| -> Vec<String> {
            let days = days_of(&wish(change), now().date);
            days.iter().map(ToString::to_string).collect()
        };
        let all = ["2026-11-23", "2026-11-24", "2026-11-25", "2026-11-26"];
        assert_eq!(days(json!({})), all);
        assert_eq!(days(json!({ "weekdays": [2, 4] })), [all[1], all[3]]);
        let over = json!({ "before": { "date": "2026-11-20", "minute": 0 } });
        assert!(days(over).is_empty());
    }

    #[test]
    fn a_clock_that_was_set_back_by_years_makes_no_years_of_days() {
        let long_ago = "1970-01-01".parse().unwrap();
        assert_eq!(days_of(&wish(json!({})), long_ago).len(), 60);
    }

    #[test]
    fn what_is_near_is_read_in_every_round_and_what_is_far_now_and_then() {
        let rounds = |ahead: u64| {
            let date = now().date + Days::new(ahead);
            (0..30)
                .filter(|round| is_due(date, now().date, *round))
                .count()
        };
        for (ahead, count) in [(0, 30), (2, 30), (3, 10), (13, 10), (14, 3), (59, 3)] {
            assert_eq!(rounds(ahead), count, "{ahead} days ahead");
        }
        assert!(
            is_due(now().date + Days::new(40), now().date, 0),
            "the first"
        );
    }

    #[test]
    fn a_watch_is_over_when_its_time_has_come_and_keeps_nothing_of_what_lies_behind() {
        for (date, minute, over) in [
            ("2026-11-22", 1439, true),
            ("2026-11-23", 600, true),
            ("2026-11-23", 601, false),
        ] {
            let wish = wish(json!({ "before": { "date": date, "minute": minute } }));
            assert_eq!(wish.is_over(now()), over, "{date} {minute}");
        }
        let mut record = record(json!({}));
        for date in ["2026-11-23", "2026-11-24"] {
            let reading = reading(date, 0, &[650]);
            let place = reading.place;
            know(&mut record, place.service_id, place.date);
            take(&mut record, &reading, now(), at());
        }
        assert_eq!(starts(&record), [650, 650]);
        let later = WallClock {
            date: "2026-11-24".parse().unwrap(),
            minute: 640,
        };
        forget_past(&mut record, later);
        assert_eq!((record.seen.len(), record.known_days.len()), (1, 1));
        assert_eq!(starts(&record), [650]);
    }
}
