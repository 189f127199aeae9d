//! Who is standing in the hall right now: walk-ins that wait, a few that are pending, and those being served by colleagues.
//! Leaves out appointments.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};
use rand::RngExt;
use rand::rngs::StdRng;
use rand::seq::IndexedRandom;
use uuid::Uuid;

use super::contact_for;
use crate::model::{Case, CaseStatus, Channel, Presence, ServiceKind};
use crate::state::{State, fresh_id};

const SERVED: usize = 2;
const WAITING: usize = 6;
const PENDING: usize = 2;

pub(super) fn fill(state: &mut State, rng: &mut StdRng, now: DateTime<Utc>) {
    let services: Vec<Uuid> = state
        .services
        .iter()
        .filter(|service| service.kind == ServiceKind::WalkIn)
        .map(|service| service.id)
        .collect();
    for service in services {
        let mut minutes_ago = 70;
        for place in 0..SERVED + WAITING + PENDING {
            minutes_ago -= rng.random_range(2..7);
            let opened = now
                - TimeDelta::minutes(minutes_ago)
                - TimeDelta::nanoseconds(rng.random_range(0..10_000_000) * 100);
            let status = match place {
                place if place < SERVED => CaseStatus::Active,
                place if place < SERVED + PENDING => CaseStatus::Pending,
                _ => CaseStatus::Waiting,
            };
            arrive(state, rng, service, status, opened);
        }
        assign_one(state, service);
    }
}

fn arrive(
    state: &mut State,
    rng: &mut StdRng,
    service: Uuid,
    status: CaseStatus,
    opened: DateTime<Utc>,
) {
    let Ok(ticket) = state.next_ticket(service) else {
        return;
    };
    let rank = state.next_rank();
    let Ok(service) = state.service(service) else {
        return;
    };
    let Some(kind) = service
        .types
        .choose(rng)
        .and_then(|id| state.service_type(*id).ok())
    else {
        return;
    };
    let contact = contact_for(state, service, rng);
    let agent = (status == CaseStatus::Active)
        .then(|| free_agent(state, service.unit))
        .flatten();
    let workstation = state
        .workstations
        .iter()
        .find(|desk| desk.occupied_by.is_some() && desk.occupied_by == agent);
    let case = Case {
        id: fresh_id(rng),
        service: service.id,
        category: kind.category,
        service_type: kind.id,
        unit: service.unit,
        inbox: service.inbox,
        ticket,
        // Without an agent to serve them, they wait.
        status: if status == CaseStatus::Active && agent.is_none() {
            CaseStatus::Waiting
        } else {
            status
        },
        status_date: opened,
        reference_date: opened,
        opened,
        closed: None,
        assigned_to: None,
        locked_by: agent,
        channel: Channel::FaceToFace,
        rank,
        stamp: opened,
        workstation: workstation.map(|desk| desk.id),
        customer: contact.customer,
        phone: contact.phone,
        email: contact.email,
        language: state
            .organization
            .languages
            .choose(rng)
            .copied()
            .unwrap_or("en-US"),
        slot: None,
        fields: BTreeMap::new(),
        tags: Vec::new(),
    };
    state.cases.insert(case.id, case);
    if let Some(agent) = agent
        && state.organization.tracks_agents
        && let Ok(agent) = state.user_mut(agent)
    {
        agent.presence = Presence::Active;
    }
}

fn free_agent(state: &State, unit: Uuid) -> Option<Uuid> {
    let serving = |id: Uuid| state.cases.values().any(|case| case.locked_by == Some(id));
    state
        .users
        .iter()
        .find(|user| {
            user.current_unit == Some(unit)
                && user.presence == Presence::Available
                && !serving(user.id)
        })
        .map(|user| user.id)
}

/// The last in the queue has asked for somebody in particular.
fn assign_one(state: &mut State, service: Uuid) {
    let Ok(unit) = state.service(service).map(|service| service.unit) else {
        return;
    };
    let owner = state
        .users
        .iter()
        .rfind(|user| user.current_unit == Some(unit));
    let owner = owner.map(|user| user.id);
    let last = state
        .cases
        .values_mut()
        .filter(|case| case.service == service && case.status == CaseStatus::Waiting)
        .max_by(|left, right| left.rank.total_cmp(&right.rank));
    if let Some(case) = last {
        case.assigned_to = owner;
    }
}
