//! The walk-in's way into a queue and the agent's way to the next case. Leaves out what happens to a case that is already
//! being served (`cases`).

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::model::{Case, CaseStatus, Channel, Presence, ServiceKind, StartNextBehavior};
use crate::rules::contact::{Contact, channel_of};
use crate::rules::{Refusal, cases};
use crate::state::{State, fresh_id};

/// A walk-in who wants to be served.
pub(crate) struct WalkIn {
    pub service: Uuid,
    pub service_type: Uuid,
    pub locale: Option<String>,
    pub channel: Option<Channel>,
    pub contact: Contact,
    pub fields: BTreeMap<Uuid, Value>,
    pub tags: Vec<Uuid>,
}

/// Opens a walk-in case at the end of its queue and gives it.
pub(crate) fn queue_up(
    state: &mut State,
    walk_in: WalkIn,
    now: DateTime<Utc>,
) -> Result<Uuid, Refusal> {
    let service = state.service(walk_in.service)?;
    if service.kind != ServiceKind::WalkIn {
        return Err(Refusal::conflict(
            "The service takes customers by appointment only.",
        ));
    }
    let kind = state.service_type(walk_in.service_type)?;
    if !service.types.contains(&kind.id) {
        return Err(Refusal::invalid(
            "The service does not offer this service type.",
        ));
    }
    let channel = channel_of(kind, walk_in.channel)?;
    let language = state.language(walk_in.locale.as_deref())?;
    let contact = walk_in.contact.settle(state, service)?;
    cases::check_fields_and_tags(state, &walk_in.fields, &walk_in.tags)?;

    let (category, service_type) = (kind.category, kind.id);
    let (service, unit, inbox, status) = (
        service.id,
        service.unit,
        service.inbox,
        service.first_status,
    );
    let id = fresh_id(&mut state.rng);
    let opened = state.stamp(now);
    let case = Case {
        id,
        service,
        category,
        service_type,
        unit,
        inbox,
        ticket: state.next_ticket(service)?,
        status,
        status_date: opened,
        reference_date: opened,
        opened,
        closed: None,
        assigned_to: None,
        locked_by: None,
        channel,
        rank: state.next_rank(),
        stamp: opened,
        workstation: None,
        customer: contact.customer,
        phone: contact.phone,
        email: contact.email,
        language,
        slot: None,
        fields: walk_in.fields,
        tags: walk_in.tags,
    };
    let facts = json!({
        "caseId": id,
        "serviceId": service,
        "serviceTypeId": service_type,
        "customerRecordId": case.customer,
        "contactPhoneNumber": case.phone,
        "contactEmail": case.email,
        "language": language,
        "channel": channel.name(),
        "fields": case.fields,
        "tagIds": case.tags,
    });
    state.cases.insert(id, case);
    state.touch_case(id, now);
    state.ledger.note(now, "QueueUp", facts);
    Ok(id)
}

/// The place of a case among those that wait, or are pending, in its inbox; 1 is next.
pub(crate) fn position(state: &State, case: &Case) -> usize {
    state
        .cases
        .values()
        .filter(|other| {
            other.inbox == case.inbox && other.status == case.status && other.rank <= case.rank
        })
        .count()
}

/// What an agent asks for when pressing Next.
pub(crate) struct Next {
    pub user: Uuid,
    pub workstation: Option<Uuid>,
    pub inbox: Option<Uuid>,
    pub apply_workspace_behavior: bool,
    pub silent: bool,
}

/// Starts the next waiting case and gives it; none when nobody waits. Where the workspace's behaviour says so, the agent's
/// active cases are resolved first, whether or not somebody waits.
pub(crate) fn start_next(
    state: &mut State,
    next: &Next,
    now: DateTime<Utc>,
) -> Result<Option<Uuid>, Refusal> {
    let user = state.user(next.user)?;
    let (Some(unit), Some(workspace)) = (user.current_unit, user.current_workspace) else {
        return Err(Refusal::conflict(
            "The agent has no current unit or workspace.",
        ));
    };
    if state.organization.tracks_agents
        && !matches!(user.presence, Presence::Available | Presence::Active)
    {
        return Err(Refusal::conflict(format!(
            "The agent is {}; only an available agent can start a case.",
            user.presence.name()
        )));
    }
    if let Some(workstation) = next.workstation
        && state.workstation(workstation)?.unit != unit
    {
        return Err(Refusal::unknown("workstation"));
    }
    let workspace = state.workspace(workspace)?;
    if let Some(inbox) = next.inbox {
        state.inbox(inbox)?;
        if !workspace.inboxes.iter().any(|(id, _)| *id == inbox) {
            return Err(Refusal::conflict(
                "The inbox is not in the agent's current workspace.",
            ));
        }
    }
    let closes = matches!(
        workspace.start_next,
        StartNextBehavior::Auto | StartNextBehavior::CloseActiveTabs
    );
    let priorities: Vec<(Uuid, u32)> = workspace
        .inboxes
        .iter()
        .filter(|(id, _)| next.inbox.is_none_or(|inbox| inbox == *id))
        .copied()
        .collect();
    if next.apply_workspace_behavior && closes {
        for case in cases::active_cases(state, next.user) {
            cases::resolve(state, next.user, case, now)?;
        }
    }
    let Some(id) = first_waiting(state, next.user, &priorities) else {
        return Ok(None);
    };
    start(state, next, id, now);
    Ok(Some(id))
}

/// By the inbox's priority, then by place in the queue; cases that are someone else's are passed over.
fn first_waiting(state: &State, user: Uuid, priorities: &[(Uuid, u32)]) -> Option<Uuid> {
    state
        .cases
        .values()
        .filter(|case| {
            case.status == CaseStatus::Waiting && case.assigned_to.is_none_or(|owner| owner == user)
        })
        .filter_map(|case| {
            let (_, priority) = priorities.iter().find(|(inbox, _)| *inbox == case.inbox)?;
            Some((*priority, case))
        })
        .min_by(|(left_priority, left), (right_priority, right)| {
            left_priority
                .cmp(right_priority)
                .then(left.rank.total_cmp(&right.rank))
        })
        .map(|(_, case)| case.id)
}

fn start(state: &mut State, next: &Next, id: Uuid, now: DateTime<Utc>) {
    let since = state.stamp(now);
    if let Some(case) = state.cases.get_mut(&id) {
        case.status = CaseStatus::Active;
        case.status_date = since;
        case.locked_by = Some(next.user);
        case.workstation = next.workstation;
    }
    state.touch_case(id, now);
    if state.organization.tracks_agents
        && let Ok(user) = state.user_mut(next.user)
    {
        user.presence = Presence::Active;
    }
    let facts = json!({
        "caseId": id,
        "userId": next.user,
        "workstationId": next.workstation,
        "inboxId": next.inbox,
        "silent": next.silent,
    });
    state.ledger.note(now, "StartNextCase", facts);
}
