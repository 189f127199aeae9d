//! Desks and counters: who sits where. Leaves out calling customers to them (`queue`).

use chrono::{DateTime, Utc};
use serde_json::json;
use uuid::Uuid;

use crate::model::Workstation;
use crate::rules::Refusal;
use crate::state::State;

/// The workstations of the agent's current unit.
pub(crate) fn list(state: &State, user: Uuid) -> Result<Vec<&Workstation>, Refusal> {
    let unit = state
        .user(user)?
        .current_unit
        .ok_or_else(|| Refusal::forbidden("The agent has no current unit."))?;
    Ok(state
        .workstations
        .iter()
        .filter(|workstation| workstation.unit == unit)
        .collect())
}

pub(crate) fn occupy(
    state: &mut State,
    user: Uuid,
    workstation: Uuid,
    vacate_others: bool,
    now: DateTime<Utc>,
) -> Result<(), Refusal> {
    let unit = state.user(user)?.current_unit;
    let found = state.workstation(workstation)?;
    if Some(found.unit) != unit {
        return Err(Refusal::unknown("workstation"));
    }
    if !found.active {
        return Err(Refusal::numbered(1002, "The workstation is inactive."));
    }
    if found.occupied_by.is_some_and(|other| other != user) {
        return Err(Refusal::numbered(
            1003,
            "The workstation is occupied by another user.",
        ));
    }
    for other in &mut state.workstations {
        if other.id == workstation {
            other.occupied_by = Some(user);
        } else if vacate_others && other.occupied_by == Some(user) {
            other.occupied_by = None;
        }
    }
    let facts =
        json!({ "userId": user, "workstationId": workstation, "vacateOthers": vacate_others });
    state.ledger.note(now, "OccupyWorkstation", facts);
    Ok(())
}

/// The assumed endpoint. A desk that nobody holds answers 404; another's desk is left by Power Agents only.
pub(crate) fn vacate(
    state: &mut State,
    user: Uuid,
    workstation: Uuid,
    now: DateTime<Utc>,
) -> Result<(), Refusal> {
    let agent = state.user(user)?;
    let holder = state
        .workstation(workstation)?
        .occupied_by
        .ok_or_else(|| Refusal::unknown("occupied workstation"))?;
    if holder != user && !agent.is_power_agent() {
        return Err(Refusal::forbidden(
            "Only a Power Agent may vacate another agent's workstation.",
        ));
    }
    for desk in &mut state.workstations {
        if desk.id == workstation {
            desk.occupied_by = None;
        }
    }
    let facts = json!({ "userId": user, "workstationId": workstation });
    state.ledger.note(now, "VacateWorkstation", facts);
    Ok(())
}
