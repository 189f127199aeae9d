//! One search under way: asks the questions of its plan, a few at a time, and keeps what came for whoever reads. Stopping it
//! drops the requests that are on their way. Leaves out the order of questions and which times fit.

use std::{
    collections::BTreeSet,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use chrono_tz::Tz;
use cubu_s2s::{
    Calendar, ErrorKind, ListCalendars, ListVacancies, ServiceId, ServiceTypeId, Vacancies,
};
use futures_util::{StreamExt as _, stream::FuturesUnordered};
use tokio::{
    sync::{Notify, watch},
    task::AbortHandle,
};

use super::{
    filter::{self, Filter},
    moment::{Moment, moment},
    plan::{Place, Plan, Question},
    shapes::{
        FindCriteria, FoundTime, FoundTimes, MissedQuestion, SearchEnd, SearchId, SearchedService,
    },
};
use crate::{
    catalogue::{Catalogue, Learn},
    clock::Clock,
    connection::{self, Connection},
    day,
    error::Error,
    zones::{self, WallClock},
};

/// How many answers a search runs ahead of its reader.
const AHEAD: u32 = 4 * 6;

/// How long a reader is kept waiting when nothing happens.
const PATIENCE: Duration = Duration::from_secs(15);

/// A search.
#[derive(Debug)]
pub struct Search {
    /// Its id.
    pub id: SearchId,
    connection: Arc<Connection>,
    clock: Clock,
    services: Vec<ServiceNow>,
    state: Mutex<State>,
    /// Counts what happened; readers wait for it to move.
    moved: watch::Sender<u32>,
    /// A reader has come.
    read: Notify,
}

/// Where a service is and what its clock shows when the search begins.
#[derive(Debug)]
struct ServiceNow {
    id: ServiceId,
    zone: Option<Tz>,
    now: WallClock,
}

#[derive(Debug)]
struct State {
    plan: Plan,
    /// Each with the count of what had happened when it came.
    times: Vec<(u32, FoundTime)>,
    missed: Vec<MissedQuestion>,
    ended: Option<SearchEnd>,
    /// How far the readers are.
    read_to: u32,
    learnt: BTreeSet<(ServiceId, Option<ServiceTypeId>)>,
}

/// What came of a question.
enum Answer {
    Calendars(Result<Vec<Calendar>, Error>),
    Vacancies(Result<Vacancies, Error>),
}

/// Asks what is to be asked, in a task of its own.
pub fn ask_on(search: &Arc<Search>) -> AbortHandle {
    tokio::spawn(ask_all(Arc::clone(search))).abort_handle()
}

async fn ask_all(search: Arc<Search>) {
    let mut on_their_way = FuturesUnordered::new();
    loop {
        while on_their_way.len() < connection::READS_AT_ONCE {
            let Some((place, question)) = search.next() else {
                break;
            };
            on_their_way.push(search.ask(place, question));
        }
        if search.is_ended() {
            return;
        }
        tokio::select! {
            Some((place, question, answer)) = on_their_way.next() => {
                search.learn(&question, &answer).await;
                search.take(place, &question, answer);
            }
            () = search.read.notified() => {}
        }
    }
}

impl Search {
    /// A search that has not asked anything yet.
    pub fn new(
        id: SearchId,
        connection: Arc<Connection>,
        clock: Clock,
        catalogue: &Catalogue,
        criteria: FindCriteria,
    ) -> Result<Self, Error> {
        filter::check(&criteria)?;
        connection.client()?;
        let filter = Filter::of(&criteria);
        let mut services: Vec<ServiceNow> = Vec::new();
        for wanted in &criteria.wanted {
            let id = wanted.service_id;
            if services.iter().all(|known| known.id != id) {
                let now = day::today(clock, catalogue, Some(id));
                services.push(ServiceNow {
                    id,
                    zone: now.time_zone.as_deref().and_then(zones::find),
                    now: WallClock {
                        date: now.today,
                        minute: now.now_minute,
                    },
                });
            }
        }
        let now = |id: ServiceId| {
            let known = services.iter().find(|known| known.id == id);
            known.map_or_else(
                || zones::wall_clock(clock.now(), &clock.here()),
                |known| known.now,
            )
        };
        let plan = Plan::new(criteria.wanted, filter, criteria.days, criteria.most, now);
        Ok(Self {
            id,
            connection,
            clock,
            services,
            state: Mutex::new(State {
                plan,
                times: Vec::new(),
                missed: Vec::new(),
                ended: None,
                read_to: 0,
                learnt: BTreeSet::new(),
            }),
            moved: watch::Sender::new(0),
            read: Notify::new(),
        })
    }

    /// Whether it asks over this connection.
    pub fn is_of(&self, connection: &Arc<Connection>) -> bool {
        Arc::ptr_eq(&self.connection, connection)
    }

    /// Ends it for its readers.
    pub fn stop(&self) {
        let mut state = self.state();
        if state.ended.is_none() {
            state.ended = Some(SearchEnd::Stopped);
        }
        self.moved.send_modify(|count| *count += 1);
    }

    /// Makes a search that looked no further look on. Tells whether there is anything to ask.
    pub fn reopen(&self) -> bool {
        let mut state = self.state();
        if state.ended.is_none() || !state.plan.go_on() {
            return false;
        }
        state.ended = None;
        state.missed.clear();
        self.moved.send_modify(|count| *count += 1);
        true
    }

    /// Waits until there is more than `after`, and tells it.
    pub async fn read(&self, after: u32) -> FoundTimes {
        let mut moved = self.moved.subscribe();
        self.state().read_to = after;
        self.read.notify_one();
        let changed = moved.wait_for(|count| *count > after);
        // Nothing new is an answer too: whoever asks sees that the search is alive.
        let waited = tokio::time::timeout(PATIENCE, changed).await;
        drop(waited);
        let services = self.searched_services().await;
        let state = self.state();
        let cursor = *self.moved.borrow();
        let mut times: Vec<FoundTime> = state
            .times
            .iter()
            .filter(|(count, _)| *count > after)
            .map(|(_, time)| time.clone())
            .collect();
        times.sort_by_key(|time| (time.at, time.seat));
        FoundTimes {
            search_id: self.id,
            cursor,
            times,
            services,
            progress: state.plan.progress(),
            missed: state.missed.clone(),
            ended: state.ended.clone(),
        }
    }

    async fn searched_services(&self) -> Vec<SearchedService> {
        let catalogue = self.connection.catalogue().await;
        let told = |known: &ServiceNow| {
            let service = catalogue.service(known.id);
            let unit = service.and_then(|service| catalogue.unit(service.unit_id?));
            SearchedService {
                service_id: known.id,
                service_name: service.map(|service| service.name.clone()),
                unit_id: unit.map(|unit| unit.unit_id),
                unit_name: unit.map(|unit| unit.name.clone()),
                now: day::today(self.clock, &catalogue, Some(known.id)),
            }
        };
        self.services.iter().map(told).collect()
    }

    fn next(&self) -> Option<(Place, Question)> {
        let mut state = self.state();
        let ahead = self.moved.borrow().saturating_sub(state.read_to);
        if state.ended.is_some() || ahead >= AHEAD {
            return None;
        }
        state.plan.next()
    }

    async fn ask(&self, place: Place, question: Question) -> (Place, Question, Answer) {
        let answer = match &question {
            Question::Calendars(service_id, date) => {
                let call = ListCalendars {
                    service_id: *service_id,
                    date: *date,
                };
                Answer::Calendars(self.connection.send(&call).await)
            }
            Question::Vacancies {
                wanted,
                date,
                cu_index,
                ..
            } => {
                let call = ListVacancies {
                    service_id: wanted.service_id,
                    date: *date,
                    cu_index: *cu_index,
                    service_type_id: wanted.service_type_id,
                };
                Answer::Vacancies(self.connection.send(&call).await)
            }
        };
        (place, question, answer)
    }

    /// The first answer about a service or a type teaches the catalogue what all the others say too.
    async fn learn(&self, question: &Question, answer: &Answer) {
        let first = |key| self.state().learnt.insert(key);
        match (question, answer) {
            (Question::Calendars(id, _), Answer::Calendars(Ok(calendars)))
                if !calendars.is_empty() && first((*id, None)) =>
            {
                self.connection
                    .learn(Learn::Calendars(*id, calendars))
                    .await;
            }
            (Question::Vacancies { wanted, .. }, Answer::Vacancies(Ok(vacancies)))
                if first((wanted.service_id, Some(wanted.service_type_id))) =>
            {
                let (service, service_type) = (wanted.service_id, wanted.service_type_id);
                self.connection
                    .learn(Learn::Vacancies(service, service_type, vacancies))
                    .await;
            }
            _ => {}
        }
    }

    /// Whether it looks no further; notices when there is nothing more to look for.
    fn is_ended(&self) -> bool {
        let mut state = self.state();
        if state.ended.is_none() && state.plan.is_over() {
            state.ended = Some(if state.plan.has_enough() {
                SearchEnd::Enough
            } else {
                SearchEnd::Complete
            });
            self.moved.send_modify(|count| *count += 1);
        }
        state.ended.is_some()
    }

    /// Puts an answer away.
    fn take(&self, place: Place, question: &Question, answer: Answer) {
        let mut state = self.state();
        if state.ended.is_some() {
            return;
        }
        let count = *self.moved.borrow() + 1;
        match answer {
            Answer::Calendars(Ok(calendars)) => state.plan.calendars_came(place, calendars),
            Answer::Vacancies(Ok(vacancies)) => {
                let times = self.times(state.plan.filter(), question, &vacancies);
                state.plan.vacancies_came(place, times.len());
                state
                    .times
                    .extend(times.into_iter().map(|time| (count, time)));
            }
            Answer::Calendars(Err(failure)) | Answer::Vacancies(Err(failure)) => {
                let (command, missed) = blame(question);
                if concerns_all(&failure) {
                    state.plan.recall();
                    let error = Box::new(failure.of(command));
                    state.ended = Some(SearchEnd::Halted { error });
                } else {
                    state.plan.failed(place);
                    state.missed.push(missed(failure.of(command)));
                }
            }
        }
        self.moved.send_replace(count);
    }

    fn times(&self, filter: &Filter, question: &Question, answer: &Vacancies) -> Vec<FoundTime> {
        let Question::Vacancies {
            wanted,
            number,
            date,
            cu_index,
            user,
        } = question
        else {
            return Vec::new();
        };
        let Some(service) = self
            .services
            .iter()
            .find(|known| known.id == wanted.service_id)
        else {
            return Vec::new();
        };
        let seat = u32::try_from(*number)
            .unwrap_or(u32::MAX)
            .saturating_mul(10_000);
        let fitting = filter.fitting(*date, service.now, &answer.slots);
        let time = |start_time| {
            let Moment {
                at,
                here,
                clock_change,
            } = moment(self.clock, service.zone, *date, start_time);
            FoundTime {
                service_id: wanted.service_id,
                service_type_id: wanted.service_type_id,
                date: *date,
                cu_index: *cu_index,
                start_time,
                duration: answer.duration,
                user: user.clone(),
                at: at.timestamp().div_euclid(60),
                seat: seat.saturating_add(cu_index.0.min(9_999)),
                here,
                clock_change,
            }
        };
        fitting.into_iter().map(time).collect()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Whether a failure would meet every other question too: then asking on is no use.
fn concerns_all(failure: &Error) -> bool {
    match failure {
        Error::SecretMissing => true,
        Error::Call(failure) => matches!(
            failure.kind,
            ErrorKind::Offline
                | ErrorKind::Token(_)
                | ErrorKind::Unauthorized(_)
                | ErrorKind::RateLimited { .. }
        ),
        _ => false,
    }
}

/// Names what was asked in vain.
fn blame(
    question: &Question,
) -> (
    &'static str,
    impl FnOnce(crate::error::CommandError) -> MissedQuestion,
) {
    let (command, service_id, date, cu_index) = match question {
        Question::Calendars(service_id, date) => ("list_calendars", *service_id, *date, None),
        Question::Vacancies {
            wanted,
            date,
            cu_index,
            ..
        } => ("list_vacancies", wanted.service_id, *date, Some(*cu_index)),
    };
    let missed = move |error| MissedQuestion {
        service_id,
        date,
        cu_index,
        error,
    };
    (command, missed)
}
