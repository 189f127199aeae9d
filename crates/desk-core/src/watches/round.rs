//! One round over the watched days: the calendars of each day by their stamps, and the free times of those alone that moved.
//! It goes two reads at a time, so that whoever works at the desk never waits for it.

use std::collections::{BTreeSet, HashMap, HashSet};

use chrono::NaiveDate;
use cubu_s2s::{
    Calendar, CaseId, CaseStatus, CuIndex, ListAppointments, ListCalendars, ListVacancies,
    ServiceId, Vacancies,
};
use futures_util::{StreamExt as _, stream};

use super::{
    record::{Place, Record, WatchedAppointment},
    rules::{self, Reading},
};
use crate::{
    connection::Connection, day::KnownCalendar, error::Error, find::Skip, journal::CalendarDay,
    settle::rules::is_cancelled, zones::WallClock,
};

/// Reads of a round that are under way at once.
const AT_ONCE: usize = 2;

/// What is remembered from round to round.
#[derive(Debug, Default)]
pub(super) struct Memory {
    /// How many rounds there were.
    round: u64,
    /// How each calendar-day read when its free times were last asked for.
    stamps: HashMap<CalendarDay, KnownCalendar>,
    free: HashMap<Place, Vacancies>,
    /// How the calendar of a watched appointment read when the appointment was last seen in it.
    looked: HashMap<CaseId, KnownCalendar>,
}

/// What a round found.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// The calendars of the days that were read.
    days: HashMap<(ServiceId, NaiveDate), Vec<Calendar>>,
    /// Places that could not be read.
    unread: HashSet<Place>,
    /// Appointments that are not in their calendars any more, or past waiting for.
    gone: HashSet<CaseId>,
    /// The first thing that failed.
    pub trouble: Option<Error>,
}

impl Memory {
    /// Reads what is due for some watches. `now` tells the date and minute where a service is.
    pub async fn look(
        &mut self,
        connection: &Connection,
        records: &[Record],
        now: impl Fn(ServiceId) -> WallClock,
    ) -> Found {
        let mut found = Found::default();
        let round = self.round;
        self.round += 1;
        let mut due = BTreeSet::new();
        for record in records {
            for wanted in &record.wish.wanted {
                let service = wanted.service_id;
                let today = now(service).date;
                for date in rules::days_of(&record.wish, today) {
                    let is_new = !record.known_days.contains(&(service, date));
                    if is_new || rules::is_due(date, today, round) {
                        due.insert((service, date));
                    }
                }
            }
            if let Some(WatchedAppointment { at, .. }) = &record.appointment
                && rules::is_due(at.date, now(at.service_id).date, round)
            {
                due.insert((at.service_id, at.date));
            }
        }
        let lists = stream::iter(due).map(async |(service_id, date)| {
            let answer = connection.send(&ListCalendars { service_id, date }).await;
            ((service_id, date), answer)
        });
        let mut lists = lists.buffer_unordered(AT_ONCE);
        while let Some((day, answer)) = lists.next().await {
            match answer {
                Ok(calendars) => {
                    found.days.insert(day, calendars);
                }
                Err(failure) => {
                    found.trouble.get_or_insert(failure);
                }
            }
        }
        self.read_free(connection, records, &mut found).await;
        self.read_appointments(connection, records, &mut found)
            .await;
        found
    }

    /// Asks for the free times of the calendars that moved.
    async fn read_free(&mut self, connection: &Connection, records: &[Record], found: &mut Found) {
        let mut questions = HashSet::new();
        for (&(service_id, date), calendars) in &found.days {
            for calendar in calendars {
                let at = CalendarDay {
                    service_id,
                    date,
                    cu_index: calendar.cu_index,
                };
                let same = self.stamps.get(&at);
                if !same.is_some_and(|known| known.still_reads(calendar)) {
                    self.free.retain(|place, _| calendar_day(*place) != at);
                    self.stamps.remove(&at);
                }
                let places = records
                    .iter()
                    .filter(|record| record.wish.filter().skips(calendar).is_none())
                    .flat_map(|record| places_of(record, at));
                questions.extend(places.filter(|place| !self.free.contains_key(place)));
                if let Some(known) = KnownCalendar::of(calendar) {
                    self.stamps.insert(at, known);
                }
            }
        }
        let asked = stream::iter(questions).map(async |place: Place| {
            let call = ListVacancies {
                service_id: place.service_id,
                date: place.date,
                cu_index: place.cu_index,
                service_type_id: place.service_type_id,
            };
            (place, connection.send(&call).await)
        });
        let mut asked = asked.buffer_unordered(AT_ONCE);
        while let Some((place, answer)) = asked.next().await {
            match answer {
                Ok(vacancies) => {
                    self.free.insert(place, vacancies);
                }
                Err(failure) => {
                    found.unread.insert(place);
                    found.trouble.get_or_insert(failure);
                }
            }
        }
    }

    /// Looks for the watched appointments in the calendars that moved.
    async fn read_appointments(
        &mut self,
        connection: &Connection,
        records: &[Record],
        found: &mut Found,
    ) {
        for appointment in records
            .iter()
            .filter_map(|record| record.appointment.as_ref())
        {
            let (at, case) = (appointment.at, appointment.case_id);
            let Some(calendars) = found.days.get(&(at.service_id, at.date)) else {
                continue;
            };
            let calendar = calendars
                .iter()
                .find(|calendar| calendar.cu_index == at.cu_index);
            let looked = self.looked.get(&case);
            if let (Some(calendar), Some(looked)) = (calendar, looked)
                && looked.still_reads(calendar)
            {
                continue;
            }
            let request = ListAppointments {
                service_id: at.service_id,
                date: at.date,
                cu_index: at.cu_index,
                customer_record_id: None,
            };
            match connection.send(&request).await {
                Ok(listed) => {
                    let waits = listed.iter().any(|listed| {
                        listed.case_id == case
                            && !is_cancelled(listed)
                            && matches!(listed.status, None | Some(CaseStatus::Planned))
                    });
                    if !waits {
                        found.gone.insert(case);
                    } else if let Some(known) = calendar.and_then(KnownCalendar::of) {
                        self.looked.insert(case, known);
                    }
                }
                Err(failure) => {
                    found.trouble.get_or_insert(failure);
                }
            }
        }
    }

    /// What a round found for one watch.
    pub fn tell(
        &self,
        record: &mut Record,
        found: &Found,
        now: impl Fn(ServiceId) -> WallClock,
        at: chrono::DateTime<chrono::Utc>,
    ) {
        for (&(service_id, date), calendars) in &found.days {
            if !rules::days_of(&record.wish, now(service_id).date).contains(&date) {
                continue;
            }
            let mut is_whole = true;
            let mut is_wanted = false;
            for calendar in calendars {
                let skip = record.wish.filter().skips(calendar);
                let cu_index = calendar.cu_index;
                let day = CalendarDay {
                    service_id,
                    date,
                    cu_index,
                };
                for place in places_of(record, day).collect::<Vec<_>>() {
                    is_wanted = true;
                    let free = self.free.get(&place);
                    let slots = match (skip, free) {
                        (Some(Skip::NotWanted), _) => continue,
                        (Some(_), _) => Vec::new(),
                        (None, Some(free)) => free.slots.clone(),
                        (None, None) => {
                            is_whole = false;
                            continue;
                        }
                    };
                    let reading = Reading {
                        place,
                        duration: free.and_then(|free| free.duration),
                        user: calendar.user.clone(),
                        slots,
                    };
                    rules::take(record, &reading, now(service_id), at);
                }
            }
            if is_whole && (is_wanted || calendars.is_empty()) {
                rules::know(record, service_id, date);
            }
        }
    }

    /// Forgets what no watch asks about any more.
    pub fn forget_past(&mut self, records: &[Record], yesterday: NaiveDate) {
        self.stamps.retain(|at, _| at.date > yesterday);
        self.free.retain(|place, _| place.date > yesterday);
        let watched = |case: &CaseId| {
            let mut cases = records
                .iter()
                .filter_map(|record| record.appointment.as_ref());
            cases.any(|appointment| appointment.case_id == *case)
        };
        self.looked.retain(|case, _| watched(case));
    }
}

impl Found {
    /// Whether an appointment was looked for in vain.
    pub fn lacks(&self, case: CaseId) -> bool {
        self.gone.contains(&case)
    }
}

fn places_of(record: &Record, at: CalendarDay) -> impl Iterator<Item = Place> {
    let of_service = record.wish.wanted.iter();
    of_service
        .filter(move |wanted| wanted.service_id == at.service_id)
        .map(move |wanted| Place {
            service_id: at.service_id,
            date: at.date,
            cu_index: at.cu_index,
            service_type_id: wanted.service_type_id,
        })
}

fn calendar_day(place: Place) -> CalendarDay {
    let Place {
        service_id,
        date,
        cu_index,
        ..
    } = place;
    CalendarDay {
        service_id,
        date,
        cu_index: CuIndex(cu_index.0),
    }
}
