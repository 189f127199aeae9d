//! What an agent does with a case in hand: list, call again, resolve. Leaves out how the case came there (`queue`, `booking`).

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::model::{CaseStatus, Presence};
use crate::rules::Refusal;
use crate::state::State;

/// The cases this agent is serving, oldest first.
pub(crate) fn active_cases(state: &State, user: Uuid) -> Vec<Uuid> {
    let mut cases: Vec<_> = state
        .cases
        .values()
        .filter(|case| case.status == CaseStatus::Active && case.locked_by == Some(user))
        .collect();
    cases.sort_by_key(|case| case.status_date);
    cases.iter().map(|case| case.id).collect()
}

/// The same, in the agent's current unit only.
pub(crate) fn list_active(state: &State, user: Uuid) -> Result<Vec<Uuid>, Refusal> {
    let agent = state.user(user)?;
    let unit = agent
        .current_unit
        .ok_or_else(|| Refusal::forbidden("The agent has no current unit."))?;
    if agent.current_workspace.is_none() {
        return Err(Refusal::numbered(
            1011,
            "The agent has no current workspace.",
        ));
    }
    let mut cases = active_cases(state, user);
    cases.retain(|id| state.cases.get(id).is_some_and(|case| case.unit == unit));
    Ok(cases)
}

/// Announces a called customer once more.
pub(crate) fn call_again(
    state: &mut State,
    user: Uuid,
    case: Uuid,
    now: DateTime<Utc>,
) -> Result<(), Refusal> {
    state.user(user)?;
    let found = state.case(case)?;
    if found.status != CaseStatus::Active {
        return Err(Refusal::numbered(
            1010,
            format!("The case is {}; Active was expected.", found.status.name()),
        ));
    }
    if found.locked_by != Some(user) {
        return Err(Refusal::forbidden(
            "The agent does not hold the lock on the case.",
        ));
    }
    state.touch_case(case, now);
    state
        .ledger
        .note(now, "CallAgain", json!({ "caseId": case, "userId": user }));
    Ok(())
}

/// Resolves a case and gives its new change stamp.
pub(crate) fn resolve(
    state: &mut State,
    user: Uuid,
    case: Uuid,
    now: DateTime<Utc>,
) -> Result<DateTime<Utc>, Refusal> {
    state.user(user)?;
    let found = state.case(case)?;
    match found.status {
        CaseStatus::Active if found.locked_by != Some(user) => {
            return Err(Refusal::numbered(
                1002,
                "Another user holds the lock on the case.",
            ));
        }
        CaseStatus::Pending | CaseStatus::Waiting
            if found.assigned_to.is_some_and(|owner| owner != user) =>
        {
            return Err(Refusal::numbered(
                1004,
                "The case is assigned to another user.",
            ));
        }
        CaseStatus::Active | CaseStatus::Pending | CaseStatus::Waiting => {}
        CaseStatus::Planned | CaseStatus::Resolved => {
            return Err(Refusal::numbered(
                1001,
                format!(
                    "The case is {}; Active, Pending or Waiting was expected.",
                    found.status.name()
                ),
            ));
        }
    }
    let since = state.stamp(now);
    if let Some(case) = state.cases.get_mut(&case) {
        case.status = CaseStatus::Resolved;
        case.status_date = since;
        case.closed = Some(since);
        case.locked_by = None;
    }
    state.touch_case(case, now);
    if active_cases(state, user).is_empty() {
        let agent = state.user_mut(user)?;
        if agent.presence == Presence::Active {
            agent.presence = Presence::Available;
        }
    }
    state.ledger.note(
        now,
        "ResolveCase",
        json!({ "caseId": case, "userId": user }),
    );
    Ok(state.case(case)?.stamp)
}

/// Turns a pending case into a waiting one. No call of the API does this; people in Cubu's own screens do.
pub(crate) fn make_ready(state: &mut State, case: Uuid, now: DateTime<Utc>) -> Result<(), Refusal> {
    let since = state.stamp(now);
    let found = state
        .cases
        .get_mut(&case)
        .ok_or_else(|| Refusal::unknown("case"))?;
    found.status = CaseStatus::Waiting;
    found.status_date = since;
    state.touch_case(case, now);
    state
        .ledger
        .note(now, "MakeReady", json!({ "caseId": case }));
    Ok(())
}

/// Refuses fields and tags that the organisation does not have.
pub(crate) fn check_fields_and_tags(
    state: &State,
    fields: &BTreeMap<Uuid, Value>,
    tags: &[Uuid],
) -> Result<(), Refusal> {
    for id in fields.keys() {
        if !state.case_fields.iter().any(|field| field.id == *id) {
            return Err(Refusal::invalid(format!("Cases have no field {id}.")));
        }
    }
    for id in tags {
        if !state.tags.iter().any(|tag| tag.id == *id) {
            return Err(Refusal::invalid(format!("There is no tag {id}.")));
        }
    }
    Ok(())
}
