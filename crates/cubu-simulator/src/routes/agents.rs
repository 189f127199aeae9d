//! Agent Impersonation: 15 calls in the name of one agent. Leaves out the rules (`rules::agents`, `cases`, `queue`,
//! `workstations`).

use chrono::{DateTime, Utc};
use serde_json::{Value, json};
use uuid::Uuid;

use super::{Answer, Call};
use crate::rules::agents::Reason;
use crate::rules::queue::Next;
use crate::rules::{Refusal, agents, cases, queue, workstations};
use crate::state::State;
use crate::wire;

type Outcome = Result<Answer, Refusal>;

/// The agent in the path, who must exist. A write in their name keeps other people's life away from them.
fn acting(state: &mut State, call: &Call) -> Result<Uuid, Refusal> {
    let user = state.user(call.id("userId")?)?.id;
    state.impersonated.insert(user);
    Ok(user)
}

pub(super) fn call_again(state: &mut State, call: &Call, now: DateTime<Utc>) -> Outcome {
    let user = acting(state, call)?;
    cases::call_again(state, user, call.id("caseId")?, now)?;
    Ok(Answer::OkEmpty)
}

pub(super) fn clock_in(state: &mut State, call: &Call, now: DateTime<Utc>) -> Outcome {
    let user = acting(state, call)?;
    agents::clock_in(state, user, call.required_id("unitId")?, now)?;
    Ok(Answer::OkEmpty)
}

pub(super) fn clock_out(state: &mut State, call: &Call, now: DateTime<Utc>) -> Outcome {
    let user = acting(state, call)?;
    let reason = Reason {
        name: call.one_of("clockOutReason", &["EndOfShift", "Other"])?,
        description: call.owned_text("clockOutDescription")?,
        back_office_task: None,
    };
    agents::clock_out(state, user, &reason, now)?;
    Ok(Answer::OkEmpty)
}

pub(super) fn get_status(state: &mut State, call: &Call, _now: DateTime<Utc>) -> Outcome {
    let user = state.user(call.id("userId")?)?;
    Ok(Answer::Ok(wire::agents::status(state, user)))
}

pub(super) fn list_active_cases(state: &mut State, call: &Call, _now: DateTime<Utc>) -> Outcome {
    let cases = cases::list_active(state, call.id("userId")?)?;
    let printed: Result<Vec<Value>, Refusal> = cases
        .into_iter()
        .map(|case| wire::cases::active_case(state, case))
        .collect();
    Ok(Answer::Ok(printed?.into()))
}

pub(super) fn list_inboxes(state: &mut State, call: &Call, _now: DateTime<Utc>) -> Outcome {
    let inboxes = agents::list_inboxes(state, call.id("userId")?)?;
    let printed: Result<Vec<Value>, Refusal> = inboxes
        .into_iter()
        .enumerate()
        .map(|(position, (inbox, priority))| wire::agents::inbox(state, inbox, position, priority))
        .collect();
    Ok(Answer::Ok(printed?.into()))
}

pub(super) fn list_workspaces(state: &mut State, call: &Call, _now: DateTime<Utc>) -> Outcome {
    let workspaces = agents::list_workspaces(state, call.id("userId")?)?;
    Ok(Answer::Ok(
        workspaces
            .into_iter()
            .map(wire::agents::workspace)
            .collect(),
    ))
}

pub(super) fn list_workstations(state: &mut State, call: &Call, _now: DateTime<Utc>) -> Outcome {
    let workstations = workstations::list(state, call.id("userId")?)?;
    Ok(Answer::Ok(
        workstations
            .into_iter()
            .map(|workstation| wire::agents::workstation(state, workstation))
            .collect(),
    ))
}

pub(super) fn occupy(state: &mut State, call: &Call, now: DateTime<Utc>) -> Outcome {
    let user = acting(state, call)?;
    workstations::occupy(
        state,
        user,
        call.id("workstationId")?,
        call.flag("vacateOthers")?,
        now,
    )?;
    Ok(Answer::OkEmpty)
}

pub(super) fn vacate(state: &mut State, call: &Call, now: DateTime<Utc>) -> Outcome {
    let user = acting(state, call)?;
    workstations::vacate(state, user, call.id("workstationId")?, now)?;
    Ok(Answer::OkEmpty)
}

pub(super) fn resolve(state: &mut State, call: &Call, now: DateTime<Utc>) -> Outcome {
    let user = acting(state, call)?;
    let stamp = cases::resolve(state, user, call.id("caseId")?, now)?;
    Ok(Answer::Ok(
        json!({ "caseTimestamp": wire::timestamp(stamp) }),
    ))
}

pub(super) fn select_unit(state: &mut State, call: &Call, now: DateTime<Utc>) -> Outcome {
    let user = acting(state, call)?;
    agents::select_unit(state, user, call.required_id("unitId")?, now)?;
    Ok(Answer::OkEmpty)
}

pub(super) fn start_next(state: &mut State, call: &Call, now: DateTime<Utc>) -> Outcome {
    let next = Next {
        user: acting(state, call)?,
        workstation: call.optional_id("workstationId")?,
        inbox: call.optional_id("inboxId")?,
        apply_workspace_behavior: call.flag("applyWorkspaceBehavior")?,
        silent: call.flag("silent")?,
    };
    match queue::start_next(state, &next, now)? {
        Some(case) => Ok(Answer::Ok(wire::cases::started_case(state, case)?)),
        None => Ok(Answer::NoContent),
    }
}

pub(super) fn become_available(state: &mut State, call: &Call, now: DateTime<Utc>) -> Outcome {
    let user = acting(state, call)?;
    agents::become_available(state, user, now)?;
    Ok(Answer::OkEmpty)
}

pub(super) fn become_unavailable(state: &mut State, call: &Call, now: DateTime<Utc>) -> Outcome {
    let user = acting(state, call)?;
    let reason = Reason {
        name: call.one_of(
            "unavailabilityReason",
            &["Other", "Break", "Meeting", "BackOfficeWork"],
        )?,
        description: call.owned_text("unavailabilityDescription")?,
        back_office_task: call.optional_id("backOfficeTaskId")?,
    };
    agents::become_unavailable(state, user, &reason, now)?;
    Ok(Answer::OkEmpty)
}
