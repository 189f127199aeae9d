//! Which calendars are worth asking and which of their times fit. Only what Cubu documents of a calendar keeps it from being
//! asked; what it leaves out counts as open. Pure: no clock, no network.

use chrono::{Datelike, NaiveDate};
use cubu_s2s::{Calendar, CuIndex, UserId};

use super::shapes::{FindCriteria, NotBefore};
use crate::{error::Error, fields::FieldError, messages, zones::WallClock};

/// The most days that are searched.
pub const MOST_DAYS: u16 = 60;
const MOST_TIMES: u16 = 5_000;
const MOST_WANTED: usize = 60;
const MINUTES_OF_A_DAY: u16 = 24 * 60;

/// Refuses what can't be searched for, field by field.
pub fn check(criteria: &FindCriteria) -> Result<(), Error> {
    let mut faults = Vec::new();
    let mut hold = |holds: bool, field: &str, message| {
        if !holds {
            faults.push(FieldError::new(field, message));
        }
    };
    let range = |least, most: u16| messages::field_out_of_range(least, i32::from(most));
    hold(
        !criteria.wanted.is_empty(),
        "criteria.wanted",
        messages::field_empty(),
    );
    hold(
        criteria.wanted.len() <= MOST_WANTED,
        "criteria.wanted",
        range(1, 60),
    );
    hold(
        (1..=MOST_DAYS).contains(&criteria.days),
        "criteria.days",
        range(1, MOST_DAYS),
    );
    hold(
        (1..=MOST_TIMES).contains(&criteria.most),
        "criteria.most",
        range(1, MOST_TIMES),
    );
    hold(
        criteria.from_minute < criteria.to_minute && criteria.to_minute <= MINUTES_OF_A_DAY,
        "criteria.toMinute",
        messages::field_out_of_range(
            i32::from(criteria.from_minute) + 1,
            i32::from(MINUTES_OF_A_DAY),
        ),
    );
    hold(
        criteria.weekdays.iter().all(|day| (1..=7).contains(day)),
        "criteria.weekdays",
        range(1, 7),
    );
    hold(
        criteria
            .not_before
            .is_none_or(|before| before.minute < MINUTES_OF_A_DAY),
        "criteria.notBefore.minute",
        range(0, MINUTES_OF_A_DAY - 1),
    );
    if faults.is_empty() {
        Ok(())
    } else {
        Err(Error::Fields(faults))
    }
}

/// Why a calendar is not asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Skip {
    /// Somebody else's, or not of the numbers that are wanted.
    NotWanted,
    /// The day is over, or agents may not book in it, or it has no working time.
    Closed,
    /// The day is outside the agents' booking window.
    OutsideWindow,
    /// It does not open in the wanted part of the day.
    OutsideHours,
    /// Nothing is free in it.
    Full,
}

/// What narrows a search.
#[derive(Clone, Debug)]
pub struct Filter {
    not_before: Option<NotBefore>,
    from_minute: u16,
    to_minute: u16,
    weekdays: Vec<u8>,
    user_ids: Vec<UserId>,
    cu_indexes: Vec<CuIndex>,
}

impl Filter {
    /// The narrowing part of what is looked for.
    pub fn of(criteria: &FindCriteria) -> Self {
        Self {
            not_before: criteria.not_before,
            from_minute: criteria.from_minute,
            to_minute: criteria.to_minute,
            weekdays: criteria.weekdays.clone(),
            user_ids: criteria.user_ids.clone(),
            cu_indexes: criteria.cu_indexes.clone(),
        }
    }

    /// The first day worth asking about, where it is `now`.
    pub fn first_day(&self, now: WallClock) -> NaiveDate {
        self.not_before
            .map_or(now.date, |before| before.date.max(now.date))
    }

    /// Whether a day is one of the wanted weekdays.
    pub fn takes_day(&self, date: NaiveDate) -> bool {
        let weekday = date.weekday().number_from_monday();
        self.weekdays.is_empty() || self.weekdays.iter().any(|day| u32::from(*day) == weekday)
    }

    /// Why a calendar need not be asked, if it need not.
    pub fn skips(&self, calendar: &Calendar) -> Option<Skip> {
        let said = |flag: Option<bool>, word: bool| flag == Some(word);
        let stats = calendar.stats.as_ref();
        if !self.wants(calendar) {
            Some(Skip::NotWanted)
        } else if said(calendar.is_past_date, true)
            || said(calendar.agents_booking_active, false)
            || stats.is_some_and(|stats| stats.capacity_minutes == Some(0))
        {
            Some(Skip::Closed)
        } else if said(calendar.is_in_agents_booking_window, false) {
            Some(Skip::OutsideWindow)
        } else if stats.is_some_and(|stats| said(stats.is_fully_booked, true)) {
            Some(Skip::Full)
        } else if !self.meets(calendar) {
            Some(Skip::OutsideHours)
        } else {
            None
        }
    }

    fn wants(&self, calendar: &Calendar) -> bool {
        let owner = calendar.user.as_ref().map(|user| user.user_id);
        let agent =
            self.user_ids.is_empty() || owner.is_some_and(|owner| self.user_ids.contains(&owner));
        let number = self.cu_indexes.is_empty() || self.cu_indexes.contains(&calendar.cu_index);
        agent && number
    }

    fn meets(&self, calendar: &Calendar) -> bool {
        calendar.working_hours.is_empty()
            || calendar
                .working_hours
                .iter()
                .any(|open| open.start < self.to_minute && open.end > self.from_minute)
    }

    /// The times of a day that fit, in order and each once. What has begun where it is `now` is over.
    pub fn fitting(&self, date: NaiveDate, now: WallClock, slots: &[u16]) -> Vec<u16> {
        let mut least = self.from_minute;
        if date == now.date {
            least = least.max(now.minute);
        }
        if let Some(before) = self.not_before.filter(|before| before.date == date) {
            least = least.max(before.minute);
        }
        let gone = date < now.date || self.not_before.is_some_and(|before| date < before.date);
        let mut fitting: Vec<u16> = slots
            .iter()
            .copied()
            .filter(|slot| !gone && (least..self.to_minute).contains(slot))
            .collect();
        fitting.sort_unstable();
        fitting.dedup();
        fitting
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn criteria(change: Value) -> FindCriteria {
        let mut whole = json!({
            "wanted": [{
                "serviceId": "5b0d6c1e-7777-4a6e-9d10-000000000001",
                "serviceTypeId": "5b0d6c1e-2222-4a6e-9d10-0000000ce101",
            }],
            "days": 14,
            "most": 100,
        });
        for (field, value) in change.as_object().unwrap() {
            whole[field] = value.clone();
        }
        serde_json::from_value(whole).unwrap()
    }

    fn now() -> WallClock {
        WallClock {
            date: "2026-11-23".parse().unwrap(),
            minute: 600,
        }
    }

    #[test]
    fn what_cubu_says_of_a_calendar_decides_whether_it_is_asked() {
        let agent = "5b0d6c1e-0000-4a6e-9d10-0000000000a1";
        let other = "5b0d6c1e-0000-4a6e-9d10-0000000000a2";
        for (narrowed, calendar, skip) in [
            (json!({}), json!({}), None),
            (
                json!({}),
                json!({ "stats": { "isFullyBooked": true } }),
                Some(Skip::Full),
            ),
            (
                json!({}),
                json!({ "stats": { "bookingRate": 1.2, "isFullyBooked": false } }),
                None,
            ),
            (
                json!({}),
                json!({ "stats": { "capacityMinutes": 0 } }),
                Some(Skip::Closed),
            ),
            (
                json!({}),
                json!({ "agentsBookingActive": false }),
                Some(Skip::Closed),
            ),
            (json!({}), json!({ "isPastDate": true }), Some(Skip::Closed)),
            (
                json!({}),
                json!({ "isInAgentsBookingWindow": false }),
                Some(Skip::OutsideWindow),
            ),
            (
                json!({}),
                json!({ "isInSelfBookingWindow": false, "selfBookingActive": false }),
                None,
            ),
            (
                json!({ "fromMinute": 720 }),
                json!({ "workingHours": [{ "start": 480, "end": 720 }] }),
                Some(Skip::OutsideHours),
            ),
            (
                json!({ "fromMinute": 720 }),
                json!({ "workingHours": [{ "start": 480, "end": 721 }] }),
                None,
            ),
            (json!({ "fromMinute": 720 }), json!({}), None),
            (
                json!({ "userIds": [agent] }),
                json!({ "user": { "userId": other } }),
                Some(Skip::NotWanted),
            ),
            (
                json!({ "userIds": [agent] }),
                json!({ "user": null }),
                Some(Skip::NotWanted),
            ),
            (
                json!({ "userIds": [agent] }),
                json!({ "user": { "userId": agent } }),
                None,
            ),
            (
                json!({ "cuIndexes": [1, 2] }),
                json!({}),
                Some(Skip::NotWanted),
            ),
        ] {
            let mut whole = json!({ "cuIndex": 0 });
            for (field, value) in calendar.as_object().unwrap() {
                whole[field] = value.clone();
            }
            let filter = Filter::of(&criteria(narrowed.clone()));
            let whole: Calendar = serde_json::from_value(whole).unwrap();
            assert_eq!(filter.skips(&whole), skip, "{narrowed} {calendar}");
        }
    }

    #[test]
    fn a_time_fits_by_its_part_of_the_day_and_not_before_what_is_wanted_or_over() {
        let slots = [720, 540, 600, 599, 600, 1380];
        for (narrowed, date, fitting) in [
            (json!({}), "2026-11-22", vec![]),
            (json!({}), "2026-11-23", vec![600, 720, 1380]),
            (json!({}), "2026-11-24", vec![540, 599, 600, 720, 1380]),
            (
                json!({ "toMinute": 720 }),
                "2026-11-24",
                vec![540, 599, 600],
            ),
            (
                json!({ "fromMinute": 600, "toMinute": 721 }),
                "2026-11-24",
                vec![600, 720],
            ),
            (
                json!({ "notBefore": { "date": "2026-11-24", "minute": 600 } }),
                "2026-11-23",
                vec![],
            ),
            (
                json!({ "notBefore": { "date": "2026-11-24", "minute": 600 } }),
                "2026-11-24",
                vec![600, 720, 1380],
            ),
            (
                json!({ "notBefore": { "date": "2026-11-24", "minute": 600 } }),
                "2026-11-25",
                vec![540, 599, 600, 720, 1380],
            ),
        ] {
            let filter = Filter::of(&criteria(narrowed.clone()));
            let found = filter.fitting(date.parse().unwrap(), now(), &slots);
            assert_eq!(found, fitting, "{narrowed} {date}");
        }
    }

    #[test]
    fn the_first_day_is_today_or_later() {
        for (narrowed, first) in [
            (json!({}), "2026-11-23"),
            (
                json!({ "notBefore": { "date": "2026-11-01" } }),
                "2026-11-23",
            ),
            (
                json!({ "notBefore": { "date": "2026-12-24" } }),
                "2026-12-24",
            ),
        ] {
            let filter = Filter::of(&criteria(narrowed));
            assert_eq!(filter.first_day(now()).to_string(), first);
        }
        let filter = Filter::of(&criteria(json!({ "weekdays": [1, 7] })));
        let takes = |date: &str| filter.takes_day(date.parse().unwrap());
        assert!(takes("2026-11-22") && takes("2026-11-23") && !takes("2026-11-24"));
    }

    #[test]
    fn what_cannot_be_searched_for_is_refused_by_its_field() {
        for (change, field) in [
            (json!({ "wanted": [] }), "criteria.wanted"),
            (json!({ "days": 0 }), "criteria.days"),
            (json!({ "days": 61 }), "criteria.days"),
            (json!({ "most": 0 }), "criteria.most"),
            (
                json!({ "fromMinute": 720, "toMinute": 720 }),
                "criteria.toMinute",
            ),
            (json!({ "toMinute": 1441 }), "criteria.toMinute"),
            (json!({ "weekdays": [0] }), "criteria.weekdays"),
            (
                json!({ "notBefore": { "date": "2026-11-24", "minute": 1440 } }),
                "criteria.notBefore.minute",
            ),
        ] {
            let Err(Error::Fields(faults)) = check(&criteria(change.clone())) else {
                panic!("{change} was taken");
            };
            assert_eq!(faults[0].field, field);
        }
        assert!(check(&criteria(json!({ "days": 60 }))).is_ok());
    }
}
