//! Other people: walk-ins arrive, colleagues book, call and resolve. They go through the same rules as the API and leave
//! alone the agents for whom the API has acted. Leaves out cancelling, so that nobody's booking vanishes unasked.

use chrono::{DateTime, TimeDelta, Utc};
use rand::RngExt;
use rand::rngs::StdRng;
use rand::seq::{IndexedRandom, IteratorRandom};
use uuid::Uuid;

use crate::ledger::Cause;
use crate::model::{CaseStatus, Presence, ServiceKind};
use crate::rules::booking::{self, Booking};
use crate::rules::queue::{self, Next, WalkIn};
use crate::rules::{Refusal, cases, vacancies};
use crate::state::{State, wall_clock};
use crate::world::contact_for;

/// Nobody joins a queue that is longer than this.
const LONGEST_QUEUE: usize = 25;
const DAYS_AHEAD: i64 = 10;

/// One act of somebody, or none when nobody can do what came to mind.
pub(crate) fn act(state: &mut State, rng: &mut StdRng, now: DateTime<Utc>) {
    state.ledger.cause = Cause::Life;
    let outcome = match rng.random_range(0..10) {
        0..3 => arrive(state, rng, now),
        3..5 => book(state, rng, now),
        5..7 => call_next(state, rng, now),
        7 => make_ready(state, now),
        _ => resolve(state, rng, now),
    };
    if let Err(refusal) = outcome {
        tracing::debug!(reason = %refusal.message, "somebody was refused");
    }
}

fn arrive(state: &mut State, rng: &mut StdRng, now: DateTime<Utc>) -> Result<(), Refusal> {
    let Some(service) = state
        .services
        .iter()
        .filter(|service| service.kind == ServiceKind::WalkIn)
        .filter(|service| queue_length(state, service.inbox) < LONGEST_QUEUE)
        .choose(rng)
    else {
        return Ok(());
    };
    let Some(service_type) = service.types.choose(rng).copied() else {
        return Ok(());
    };
    let walk_in = WalkIn {
        service: service.id,
        service_type,
        locale: None,
        channel: None,
        contact: contact_for(state, service, rng),
        fields: Default::default(),
        tags: Vec::new(),
    };
    queue::queue_up(state, walk_in, now).map(drop)
}

fn book(state: &mut State, rng: &mut StdRng, now: DateTime<Utc>) -> Result<(), Refusal> {
    let Some(service) = state
        .services
        .iter()
        .filter(|service| service.kind == ServiceKind::Appointment)
        .choose(rng)
    else {
        return Ok(());
    };
    let (today, _) = wall_clock(now, state.unit(service.unit)?.zone);
    let date = today + TimeDelta::days(rng.random_range(0..DAYS_AHEAD));
    let calendars = state
        .calendars
        .keys()
        .filter(|key| key.service == service.id && key.date == date);
    let (Some(key), Some(service_type)) = (
        calendars.choose(rng).copied(),
        service.types.choose(rng).copied(),
    ) else {
        return Ok(());
    };
    let Some(start) = vacancies::vacancies(state, key, service_type, now)?
        .choose(rng)
        .copied()
    else {
        return Ok(());
    };
    let booking = Booking {
        key,
        service_type,
        start,
        language: None,
        contact: contact_for(state, service, rng),
        channel: None,
        bypass_timeslot_check: false,
        prevent_self_check_in: false,
        fields: Default::default(),
        tags: Vec::new(),
    };
    booking::book(state, booking, now).map(drop)
}

fn call_next(state: &mut State, rng: &mut StdRng, now: DateTime<Utc>) -> Result<(), Refusal> {
    let Some(user) = colleague(state, rng, |presence| presence == Presence::Available) else {
        return Ok(());
    };
    let workstation = state
        .workstations
        .iter()
        .find(|desk| desk.occupied_by == Some(user))
        .map(|desk| desk.id);
    let next = Next {
        user,
        workstation,
        inbox: None,
        apply_workspace_behavior: true,
        silent: false,
    };
    queue::start_next(state, &next, now).map(drop)
}

fn resolve(state: &mut State, rng: &mut StdRng, now: DateTime<Utc>) -> Result<(), Refusal> {
    let Some(user) = colleague(state, rng, |presence| presence == Presence::Active) else {
        return Ok(());
    };
    match cases::active_cases(state, user).first() {
        Some(case) => cases::resolve(state, user, *case, now).map(drop),
        None => Ok(()),
    }
}

/// Whatever the longest-pending case was waiting for has come.
fn make_ready(state: &mut State, now: DateTime<Utc>) -> Result<(), Refusal> {
    let pending = state
        .cases
        .values()
        .filter(|case| case.status == CaseStatus::Pending)
        .min_by(|left, right| left.rank.total_cmp(&right.rank));
    match pending.map(|case| case.id) {
        Some(case) => cases::make_ready(state, case, now),
        None => Ok(()),
    }
}

fn queue_length(state: &State, inbox: Uuid) -> usize {
    state.count_in_inbox(inbox, CaseStatus::Waiting)
        + state.count_in_inbox(inbox, CaseStatus::Pending)
}

fn colleague(state: &State, rng: &mut StdRng, wanted: impl Fn(Presence) -> bool) -> Option<Uuid> {
    state
        .users
        .iter()
        .filter(|user| wanted(user.presence) && user.current_workspace.is_some())
        .filter(|user| !state.impersonated.contains(&user.id))
        .choose(rng)
        .map(|user| user.id)
}
