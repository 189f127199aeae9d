//! Everything the simulated organisation knows right now, with the look-ups the rules need. Leaves out the rules themselves
//! and the world's making (`world`). One `State` sits behind one lock.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDate, NaiveDateTime, SubsecRound, TimeDelta, TimeZone, Timelike, Utc};
use chrono_tz::Tz;
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use uuid::Uuid;

use crate::ledger::Ledger;
use crate::model::{
    Calendar, CalendarKey, Case, CaseStatus, Customer, FieldType, Inbox, Minute, Named,
    Organization, Service, ServiceCategory, ServiceType, Ticket, Unit, User, Workspace,
    Workstation,
};
use crate::options::{BookAnswer, CustomerIdSpelling, Role};
use crate::rules::Refusal;

/// Queue ranks begin here and grow by `RANK_STEP`: as huge as the ones Cubu prints.
const FIRST_RANK: f64 = 1.0e37;
const RANK_STEP: f64 = 1.0e31;

/// The parts of [`crate::Options`] that the rules look at.
#[derive(Clone)]
pub(crate) struct Habits {
    pub customer_id_spelling: CustomerIdSpelling,
    pub book_answer: BookAnswer,
    pub one_appointment_each: bool,
    pub doubtful_conflicts_as_printed: bool,
}

pub(crate) struct State {
    pub application_id: Uuid,
    pub roles: Vec<Role>,
    pub habits: Habits,
    pub organization: Organization,
    pub units: Vec<Unit>,
    pub categories: Vec<ServiceCategory>,
    pub service_types: Vec<ServiceType>,
    pub services: Vec<Service>,
    pub inboxes: Vec<Inbox>,
    pub workspaces: Vec<Workspace>,
    pub workstations: Vec<Workstation>,
    pub users: Vec<User>,
    pub back_office_tasks: Vec<Named>,
    pub tags: Vec<Named>,
    pub case_fields: Vec<Named>,
    pub customer_fields: Vec<FieldType>,
    pub customers: BTreeMap<Uuid, Customer>,
    pub calendars: BTreeMap<CalendarKey, Calendar>,
    pub cases: BTreeMap<Uuid, Case>,
    pub ledger: Ledger,
    /// Users for whom the API has acted; other people's life leaves them alone.
    pub impersonated: BTreeSet<Uuid>,
    pub rng: StdRng,
    pub last_stamp: DateTime<Utc>,
    pub last_rank: u32,
}

/// A version-4 shaped id from a seeded source.
pub(crate) fn fresh_id(rng: &mut StdRng) -> Uuid {
    uuid::Builder::from_random_bytes(rng.random()).into_uuid()
}

impl State {
    /// A copy to try things on, with an empty ledger and a chance of its own.
    pub(crate) fn draft(&self) -> Self {
        Self {
            application_id: self.application_id,
            roles: self.roles.clone(),
            habits: self.habits.clone(),
            organization: self.organization.clone(),
            units: self.units.clone(),
            categories: self.categories.clone(),
            service_types: self.service_types.clone(),
            services: self.services.clone(),
            inboxes: self.inboxes.clone(),
            workspaces: self.workspaces.clone(),
            workstations: self.workstations.clone(),
            users: self.users.clone(),
            back_office_tasks: self.back_office_tasks.clone(),
            tags: self.tags.clone(),
            case_fields: self.case_fields.clone(),
            customer_fields: self.customer_fields.clone(),
            customers: self.customers.clone(),
            calendars: self.calendars.clone(),
            cases: self.cases.clone(),
            ledger: Ledger::new(),
            impersonated: self.impersonated.clone(),
            rng: StdRng::seed_from_u64(0),
            last_stamp: self.last_stamp,
            last_rank: self.last_rank,
        }
    }

    /// A change stamp: now in steps of 100 ns, and always later than the stamp before it.
    pub(crate) fn stamp(&mut self, now: DateTime<Utc>) -> DateTime<Utc> {
        let now = now.trunc_subsecs(7);
        self.last_stamp = now.max(self.last_stamp + TimeDelta::nanoseconds(100));
        self.last_stamp
    }

    pub(crate) fn next_rank(&mut self) -> f64 {
        self.last_rank += 1;
        FIRST_RANK + RANK_STEP * f64::from(self.last_rank)
    }

    pub(crate) fn next_ticket(&mut self, service: Uuid) -> Result<Ticket, Refusal> {
        let service = self
            .services
            .iter_mut()
            .find(|candidate| candidate.id == service)
            .ok_or_else(|| Refusal::unknown("service"))?;
        service.next_ticket += 1;
        Ok(Ticket {
            prefix: service.prefix,
            number: service.next_ticket,
        })
    }

    pub(crate) fn unit(&self, id: Uuid) -> Result<&Unit, Refusal> {
        find(&self.units, id, |unit| unit.id, "unit")
    }

    pub(crate) fn category(&self, id: Uuid) -> Result<&ServiceCategory, Refusal> {
        find(
            &self.categories,
            id,
            |category| category.id,
            "service category",
        )
    }

    pub(crate) fn service_type(&self, id: Uuid) -> Result<&ServiceType, Refusal> {
        find(&self.service_types, id, |kind| kind.id, "service type")
    }

    pub(crate) fn service(&self, id: Uuid) -> Result<&Service, Refusal> {
        find(&self.services, id, |service| service.id, "service")
    }

    pub(crate) fn inbox(&self, id: Uuid) -> Result<&Inbox, Refusal> {
        find(&self.inboxes, id, |inbox| inbox.id, "inbox")
    }

    pub(crate) fn workspace(&self, id: Uuid) -> Result<&Workspace, Refusal> {
        find(&self.workspaces, id, |workspace| workspace.id, "workspace")
    }

    pub(crate) fn workstation(&self, id: Uuid) -> Result<&Workstation, Refusal> {
        find(
            &self.workstations,
            id,
            |workstation| workstation.id,
            "workstation",
        )
    }

    pub(crate) fn user(&self, id: Uuid) -> Result<&User, Refusal> {
        find(&self.users, id, |user| user.id, "user")
    }

    pub(crate) fn user_mut(&mut self, id: Uuid) -> Result<&mut User, Refusal> {
        self.users
            .iter_mut()
            .find(|user| user.id == id)
            .ok_or_else(|| Refusal::unknown("user"))
    }

    pub(crate) fn customer(&self, id: Uuid) -> Result<&Customer, Refusal> {
        self.customers
            .get(&id)
            .ok_or_else(|| Refusal::unknown("customer record"))
    }

    pub(crate) fn calendar(&self, key: CalendarKey) -> Result<&Calendar, Refusal> {
        self.service(key.service)?;
        self.calendars
            .get(&key)
            .ok_or_else(|| Refusal::unknown("calendar"))
    }

    pub(crate) fn case(&self, id: Uuid) -> Result<&Case, Refusal> {
        self.cases.get(&id).ok_or_else(|| Refusal::unknown("case"))
    }

    /// The cases of a calendar, in order of their start.
    pub(crate) fn cases_in(&self, calendar: &Calendar) -> Vec<&Case> {
        let mut cases: Vec<&Case> = calendar
            .cases
            .iter()
            .filter_map(|id| self.cases.get(id))
            .collect();
        cases.sort_by_key(|case| {
            (
                case.slot.as_ref().map(|slot| slot.start),
                case.ticket.number,
            )
        });
        cases
    }

    /// How many cases of an inbox are in this status.
    pub(crate) fn count_in_inbox(&self, inbox: Uuid, status: CaseStatus) -> usize {
        self.cases
            .values()
            .filter(|case| case.inbox == inbox && case.status == status)
            .count()
    }

    /// Moves the stamps that a change to this case moves: its own, its inbox's and, for an appointment, its calendar's.
    pub(crate) fn touch_case(&mut self, id: Uuid, now: DateTime<Utc>) {
        let stamp = self.stamp(now);
        let Some(case) = self.cases.get_mut(&id) else {
            return;
        };
        case.stamp = stamp;
        if let Some(inbox) = self.inboxes.iter_mut().find(|inbox| inbox.id == case.inbox) {
            inbox.stamp = stamp;
        }
        if let Some(calendar) = case
            .slot
            .as_ref()
            .and_then(|slot| self.calendars.get_mut(&slot.key))
        {
            calendar.stamp = stamp;
        }
    }

    /// The language to use for a request: the one named, or the organisation's default.
    pub(crate) fn language(&self, named: Option<&str>) -> Result<&'static str, Refusal> {
        let languages = &self.organization.languages;
        match named.filter(|name| !name.is_empty()) {
            None => Ok(languages.first().copied().unwrap_or("en-US")),
            Some(name) => languages
                .iter()
                .find(|language| language.eq_ignore_ascii_case(name))
                .copied()
                .ok_or_else(|| {
                    Refusal::invalid(format!(
                        "The organization does not support the language \"{name}\"."
                    ))
                }),
        }
    }
}

fn find<'list, T>(
    list: &'list [T],
    id: Uuid,
    id_of: impl Fn(&T) -> Uuid,
    what: &str,
) -> Result<&'list T, Refusal> {
    list.iter()
        .find(|item| id_of(item) == id)
        .ok_or_else(|| Refusal::unknown(what))
}

/// The day and the minute that a wall clock in this zone shows.
pub(crate) fn wall_clock(now: DateTime<Utc>, zone: Tz) -> (NaiveDate, Minute) {
    let local = now.with_timezone(&zone);
    let minute = local.hour() * 60 + local.minute();
    (
        local.date_naive(),
        Minute::try_from(minute).unwrap_or_default(),
    )
}

/// A wall-clock time without zone.
pub(crate) fn local_time(date: NaiveDate, minute: Minute) -> NaiveDateTime {
    date.and_time(chrono::NaiveTime::MIN) + TimeDelta::minutes(i64::from(minute))
}

/// The instant of a wall-clock time; the earlier one where the clock goes back, an hour on where it jumps ahead.
pub(crate) fn instant(date: NaiveDate, minute: Minute, zone: Tz) -> DateTime<Utc> {
    let local = local_time(date, minute);
    zone.from_local_datetime(&local)
        .earliest()
        .or_else(|| {
            zone.from_local_datetime(&(local + TimeDelta::hours(1)))
                .earliest()
        })
        .map_or_else(|| local.and_utc(), |time| time.with_timezone(&Utc))
}
