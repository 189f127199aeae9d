//! Reading what is free for the bookings of a calendar-day that is emptied: that day first, then the following ones, and no
//! further than needed. Which time is proposed for which booking is decided in [`super::propose`].

use chrono::{Days, NaiveDate};
use cubu_s2s::{
    Calendar, CaseId, CuIndex, ListCalendars, ListVacancies, ServiceId, ServiceTypeId, UserRef,
};
use futures_util::future::join_all;
use serde::Serialize;
use ts_rs::TS;

use super::propose::{Booking, Choice, Emptied, Offer, propose};
use crate::{
    catalogue::Learn,
    connection::Connection,
    error::Error,
    find::{Filter, FindCriteria, MissedQuestion, WantedType},
    journal::CalendarDay,
    zones::WallClock,
};

/// How many days are looked at, the emptied one included.
const SPAN: u16 = 14;

/// A time proposed for a booking.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Proposal {
    /// The booking.
    pub case_id: CaseId,
    /// The calendar and the day.
    #[serde(flatten)]
    pub at: CalendarDay,
    /// Minutes past midnight.
    pub start_time: u16,
    /// How many minutes it takes.
    pub duration: Option<u16>,
    /// What is booked.
    pub service_type_id: ServiceTypeId,
    /// The agent whose calendar it is.
    pub user: Option<UserRef>,
}

/// What is proposed for the bookings of a calendar-day that is emptied.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Proposals {
    /// At most one for each booking, and no two at one time.
    pub proposals: Vec<Proposal>,
    /// The last day that was looked at.
    #[ts(type = "string")]
    pub looked_to: NaiveDate,
    /// What was asked in vain.
    pub missed: Vec<MissedQuestion>,
}

/// The day's calendars and free times are asked for in turn until every booking has a time.
pub(super) struct Reading<'a> {
    pub connection: &'a Connection,
    pub service_id: ServiceId,
    pub emptied: Emptied,
    pub bookings: Vec<Booking>,
    /// The date and minute it is there.
    pub now: WallClock,
}

impl Reading<'_> {
    /// Reads and proposes.
    pub async fn run(self) -> Result<Proposals, Error> {
        let first = self.emptied.date.max(self.now.date);
        let mut offers = Vec::new();
        let mut missed = Vec::new();
        let mut first_failure = None;
        let mut looked_to = first;
        let mut answered = false;
        for day in 0..SPAN {
            let choices = propose(self.emptied, &self.bookings, &offers, false);
            let types = types_without(&self.bookings, &choices);
            let date = first.checked_add_days(Days::new(u64::from(day)));
            let (false, Some(date)) = (types.is_empty(), date) else {
                break;
            };
            looked_to = date;
            for (cu_index, answer) in self.day(date, &types).await {
                match answer {
                    Ok(found) => {
                        answered = true;
                        offers.extend(found);
                    }
                    Err(failure) => {
                        let command = cu_index.map_or("list_calendars", |_| "list_vacancies");
                        missed.push(MissedQuestion {
                            service_id: self.service_id,
                            date,
                            cu_index,
                            error: failure.clone().of(command),
                        });
                        first_failure.get_or_insert(failure);
                    }
                }
            }
            if let Some(failure) = first_failure.take_if(|_| !answered) {
                return Err(failure);
            }
        }
        let choices = propose(self.emptied, &self.bookings, &offers, true);
        Ok(Proposals {
            proposals: choices.iter().map(|choice| self.proposal(choice)).collect(),
            looked_to,
            missed,
        })
    }

    /// What a day offers: nothing for each list of calendars that came, and each question's answer.
    async fn day(
        &self,
        date: NaiveDate,
        types: &[ServiceTypeId],
    ) -> Vec<(Option<CuIndex>, Result<Option<Offer>, Error>)> {
        let service_id = self.service_id;
        let calendars = match self
            .connection
            .send(&ListCalendars { service_id, date })
            .await
        {
            Ok(calendars) => calendars,
            Err(failure) => return vec![(None, Err(failure))],
        };
        self.connection
            .learn(Learn::Calendars(service_id, &calendars))
            .await;
        let filter = self.filter(types);
        let worth_asking = calendars.iter().filter(|calendar| {
            let is_emptied =
                (date, calendar.cu_index) == (self.emptied.date, self.emptied.cu_index);
            !is_emptied && filter.skips(calendar).is_none()
        });
        let asked = worth_asking
            .flat_map(|calendar| types.iter().map(move |kind| (calendar, *kind)))
            .map(|(calendar, kind)| self.ask(date, calendar, kind, &filter));
        let mut answers = vec![(None, Ok(None))];
        answers.extend(join_all(asked).await);
        answers
    }

    async fn ask(
        &self,
        date: NaiveDate,
        calendar: &Calendar,
        service_type: ServiceTypeId,
        filter: &Filter,
    ) -> (Option<CuIndex>, Result<Option<Offer>, Error>) {
        let cu_index = calendar.cu_index;
        let call = ListVacancies {
            service_id: self.service_id,
            date,
            cu_index,
            service_type_id: service_type,
        };
        let offer = self.connection.send(&call).await.map(|vacancies| {
            Some(Offer {
                date,
                cu_index,
                user: calendar.user.clone(),
                service_type,
                minutes: vacancies.duration,
                slots: filter.fitting(date, self.now, &vacancies.slots),
            })
        });
        (Some(cu_index), offer)
    }

    fn filter(&self, types: &[ServiceTypeId]) -> Filter {
        let wanted = types.iter().map(|kind| WantedType {
            service_id: self.service_id,
            service_type_id: *kind,
        });
        Filter::of(&FindCriteria::of_whole_days(wanted.collect(), SPAN))
    }

    fn proposal(&self, choice: &Choice<'_>) -> Proposal {
        let offer = choice.offer;
        Proposal {
            case_id: choice.case,
            at: CalendarDay {
                service_id: self.service_id,
                date: offer.date,
                cu_index: offer.cu_index,
            },
            start_time: choice.start,
            duration: offer.minutes,
            service_type_id: offer.service_type,
            user: offer.user.clone(),
        }
    }
}

/// The types of the bookings that have no time yet.
fn types_without(bookings: &[Booking], choices: &[Choice<'_>]) -> Vec<ServiceTypeId> {
    let mut types: Vec<ServiceTypeId> = bookings
        .iter()
        .filter(|booking| choices.iter().all(|choice| choice.case != booking.case))
        .map(|booking| booking.service_type)
        .collect();
    types.sort_unstable();
    types.dedup();
    types
}
