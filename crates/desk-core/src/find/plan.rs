//! What to ask and in which order: the earliest day first, and of a day the free times before the next list of calendars, so
//! that the first times are there after two answers; the emptier calendars before the fuller ones. Pure: it is told what
//! came back and never asks anything itself.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};
use cubu_s2s::{Calendar, CuIndex, ServiceId, UserRef};

use super::{
    filter::{Filter, Skip},
    shapes::{Progress, WantedType},
};
use crate::zones::WallClock;

/// Where a question stands in the line. The order of the fields is the order of the questions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    date: NaiveDate,
    is_list: bool,
    /// How full the calendar is, in thousandths.
    fullness: u32,
    wanted: usize,
    cu_index: u32,
}

/// A question to Cubu.
#[derive(Clone, Debug, PartialEq)]
pub enum Question {
    /// Which calendars a service has on a day.
    Calendars(ServiceId, NaiveDate),
    /// What is free in a calendar, and whose it is.
    Vacancies {
        /// What is wanted.
        wanted: WantedType,
        /// Its place among all that is wanted.
        number: usize,
        /// The day.
        date: NaiveDate,
        /// The calendar.
        cu_index: CuIndex,
        /// The agent whose calendar it is.
        user: Option<UserRef>,
    },
}

/// The questions of a search: those that wait, those on their way, and those that failed.
#[derive(Debug)]
pub struct Plan {
    wanted: Vec<WantedType>,
    filter: Filter,
    waiting: BTreeMap<Place, Question>,
    asked: BTreeMap<Place, Question>,
    failed: BTreeMap<Place, Question>,
    progress: Progress,
    /// How many times were found on each day.
    found: BTreeMap<NaiveDate, usize>,
    most: usize,
    /// What `most` grows by when the search goes on.
    step: usize,
}

impl Plan {
    /// The plan for what is wanted; `now` tells the date and minute where a service is.
    pub fn new(
        wanted: Vec<WantedType>,
        filter: Filter,
        days: u16,
        most: u16,
        now: impl Fn(ServiceId) -> WallClock,
    ) -> Self {
        let mut waiting = BTreeMap::new();
        for (number, service_id) in services(&wanted) {
            let first = filter.first_day(now(service_id));
            let dates =
                (0..u64::from(days)).filter_map(|day| first.checked_add_days(Days::new(day)));
            for date in dates.filter(|date| filter.takes_day(*date)) {
                let place = Place {
                    date,
                    is_list: true,
                    fullness: 0,
                    wanted: number,
                    cu_index: 0,
                };
                waiting.insert(place, Question::Calendars(service_id, date));
            }
        }
        let progress = Progress {
            days: count(waiting.len()),
            ..Progress::default()
        };
        Self {
            wanted,
            filter,
            waiting,
            asked: BTreeMap::new(),
            failed: BTreeMap::new(),
            progress,
            found: BTreeMap::new(),
            most: usize::from(most),
            step: usize::from(most),
        }
    }

    /// How far it is.
    pub fn progress(&self) -> Progress {
        self.progress
    }

    /// What narrows the search.
    pub fn filter(&self) -> &Filter {
        &self.filter
    }

    /// The next question, if one is worth asking.
    pub fn next(&mut self) -> Option<(Place, Question)> {
        let (place, _) = self.waiting.first_key_value()?;
        if self.has_enough_before(place.date) {
            return None;
        }
        let (place, question) = self.waiting.pop_first()?;
        self.asked.insert(place, question.clone());
        Some((place, question))
    }

    /// Whether nothing is on its way and nothing is left that is worth asking.
    pub fn is_over(&self) -> bool {
        self.asked.is_empty() && (self.waiting.is_empty() || self.has_enough())
    }

    /// Whether questions are left only because enough was found.
    pub fn has_enough(&self) -> bool {
        self.waiting
            .first_key_value()
            .is_some_and(|(place, _)| self.has_enough_before(place.date))
    }

    fn has_enough_before(&self, date: NaiveDate) -> bool {
        self.found
            .range(..date)
            .map(|(_, times)| times)
            .sum::<usize>()
            >= self.most
    }

    /// The calendars of a day came: those worth asking join the line.
    pub fn calendars_came(&mut self, place: Place, calendars: Vec<Calendar>) {
        let Some(Question::Calendars(service_id, date)) = self.asked.remove(&place) else {
            return;
        };
        self.progress.days_asked += 1;
        for calendar in calendars {
            match self.filter.skips(&calendar) {
                None => self.line_up(service_id, date, &calendar),
                Some(Skip::Full) => self.progress.full += 1,
                Some(Skip::Closed) => self.progress.closed += 1,
                Some(Skip::OutsideWindow) => self.progress.outside_window += 1,
                Some(Skip::OutsideHours) => self.progress.outside_hours += 1,
                Some(Skip::NotWanted) => {}
            }
        }
    }

    fn line_up(&mut self, service_id: ServiceId, date: NaiveDate, calendar: &Calendar) {
        let here = self.wanted.iter().enumerate();
        for (number, wanted) in here.filter(|(_, wanted)| wanted.service_id == service_id) {
            let place = Place {
                date,
                is_list: false,
                fullness: fullness(calendar),
                wanted: number,
                cu_index: calendar.cu_index.0,
            };
            let question = Question::Vacancies {
                wanted: *wanted,
                number,
                date,
                cu_index: calendar.cu_index,
                user: calendar.user.clone(),
            };
            if self.waiting.insert(place, question).is_none() {
                self.progress.calendars += 1;
            }
        }
    }

    /// The free times of a calendar came, and so many of them fit.
    pub fn vacancies_came(&mut self, place: Place, fitting: usize) {
        if self.asked.remove(&place).is_some() {
            self.progress.calendars_asked += 1;
            *self.found.entry(place.date).or_default() += fitting;
        }
    }

    /// A question was not answered.
    pub fn failed(&mut self, place: Place) {
        if let Some(question) = self.asked.remove(&place) {
            self.failed.insert(place, question);
        }
    }

    /// What is on its way will not be waited for: it is to be asked again.
    pub fn recall(&mut self) {
        self.waiting.append(&mut self.asked);
    }

    /// Asks again what failed, and wants more where enough was found. Tells whether there is anything to ask.
    pub fn go_on(&mut self) -> bool {
        if self.has_enough() {
            self.most += self.step;
        }
        self.waiting.append(&mut self.failed);
        !self.waiting.is_empty()
    }
}

/// Each service once, with its place among what is wanted.
fn services(wanted: &[WantedType]) -> Vec<(usize, ServiceId)> {
    let mut services: Vec<(usize, ServiceId)> = Vec::new();
    for (number, wanted) in wanted.iter().enumerate() {
        if services
            .iter()
            .all(|(_, known)| *known != wanted.service_id)
        {
            services.push((number, wanted.service_id));
        }
    }
    services
}

/// In thousandths; a calendar that does not tell is taken for half full.
fn fullness(calendar: &Calendar) -> u32 {
    let rate = calendar.stats.as_ref().and_then(|stats| stats.booking_rate);
    let rate = rate.filter(|rate| rate.is_finite()).unwrap_or(0.5);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "between nought and a million"
    )]
    let thousandths = (rate.clamp(0.0, 1000.0) * 1000.0) as u32;
    thousandths
}

fn count(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}

#[cfg(test)]
#[path = "plan_tests.rs"]
mod tests;
