//! The agent's day: unit, clock-in, breaks, clock-out. Leaves out workstations and cases.
//!
//! The contract calls two 409s doubtful. Clock-out prints "not Away" as its conflict, which would keep everyone at work
//! who came; here an agent who *is* Away is refused, unless the options ask for the letter. Change Status to Unavailable
//! prints 3304, which contradicts its purpose; it is answered only when the options ask for the letter.

use chrono::{DateTime, Utc};
use serde_json::json;
use uuid::Uuid;

use crate::model::{Presence, Workspace};
use crate::rules::Refusal;
use crate::state::State;

/// Why an agent leaves or pauses: the reason's name and the words given with it.
pub(crate) struct Reason {
    pub name: Option<&'static str>,
    pub description: Option<String>,
    pub back_office_task: Option<Uuid>,
}

const LONGEST_DESCRIPTION: usize = 200;

pub(crate) fn clock_in(
    state: &mut State,
    user: Uuid,
    unit: Uuid,
    now: DateTime<Utc>,
) -> Result<(), Refusal> {
    needs_tracking(state)?;
    needs_access(state, user, unit)?;
    if state.user(user)?.presence != Presence::Away {
        return Err(Refusal::numbered(3301, "The agent's status is not Away."));
    }
    move_to_unit(state, user, unit)?;
    set_presence(state, user, Presence::Available)?;
    state
        .ledger
        .note(now, "ClockIn", json!({ "userId": user, "unitId": unit }));
    Ok(())
}

pub(crate) fn clock_out(
    state: &mut State,
    user: Uuid,
    reason: &Reason,
    now: DateTime<Utc>,
) -> Result<(), Refusal> {
    needs_tracking(state)?;
    check_description(reason, "clockOutDescription", "clockOutReason")?;
    let away = state.user(user)?.presence == Presence::Away;
    if state.habits.doubtful_conflicts_as_printed {
        if !away {
            return Err(Refusal::numbered(3301, "The agent's status is not Away."));
        }
    } else if away {
        return Err(Refusal::numbered(
            3301,
            "The agent's status is Away already.",
        ));
    }
    set_presence(state, user, Presence::Away)?;
    let facts = json!({ "userId": user, "reason": reason.name, "description": reason.description });
    state.ledger.note(now, "ClockOut", facts);
    Ok(())
}

/// The assumed endpoint: an Unavailable agent becomes Available; one who is already stays so.
pub(crate) fn become_available(
    state: &mut State,
    user: Uuid,
    now: DateTime<Utc>,
) -> Result<(), Refusal> {
    needs_tracking(state)?;
    let presence = state.user(user)?.presence;
    if !matches!(presence, Presence::Unavailable | Presence::Available) {
        return Err(Refusal::conflict(format!(
            "The agent's status is {}; Unavailable was expected.",
            presence.name()
        )));
    }
    set_presence(state, user, Presence::Available)?;
    state
        .ledger
        .note(now, "BecomeAvailable", json!({ "userId": user }));
    Ok(())
}

pub(crate) fn become_unavailable(
    state: &mut State,
    user: Uuid,
    reason: &Reason,
    now: DateTime<Utc>,
) -> Result<(), Refusal> {
    needs_tracking(state)?;
    check_description(reason, "unavailabilityDescription", "unavailabilityReason")?;
    if reason.name == Some("BackOfficeWork") {
        let task = reason.back_office_task.ok_or_else(|| {
            Refusal::invalid(
                "backOfficeTaskId is required when unavailabilityReason is BackOfficeWork.",
            )
        })?;
        if !state.back_office_tasks.iter().any(|known| known.id == task) {
            return Err(Refusal::unknown("back-office task"));
        }
    }
    let presence = state.user(user)?.presence;
    if !matches!(presence, Presence::Available | Presence::Unavailable) {
        return Err(Refusal::numbered(3303, "Invalid user status."));
    }
    if state.habits.doubtful_conflicts_as_printed && presence != Presence::Unavailable {
        return Err(Refusal::numbered(
            3304,
            "The agent's status is not Unavailable.",
        ));
    }
    set_presence(state, user, Presence::Unavailable)?;
    let facts = json!({
        "userId": user,
        "reason": reason.name,
        "description": reason.description,
        "backOfficeTaskId": reason.back_office_task,
    });
    state.ledger.note(now, "BecomeUnavailable", facts);
    Ok(())
}

pub(crate) fn select_unit(
    state: &mut State,
    user: Uuid,
    unit: Uuid,
    now: DateTime<Utc>,
) -> Result<(), Refusal> {
    needs_access(state, user, unit)?;
    move_to_unit(state, user, unit)?;
    state.ledger.note(
        now,
        "SelectCurrentUnit",
        json!({ "userId": user, "unitId": unit }),
    );
    Ok(())
}

/// The inboxes of the agent's current workspace, with their priorities, in order.
pub(crate) fn list_inboxes(state: &State, user: Uuid) -> Result<Vec<(Uuid, u32)>, Refusal> {
    let agent = state.user(user)?;
    if agent.current_unit.is_none() {
        return Err(Refusal::numbered(1010, "The agent has no current unit."));
    }
    let workspace = agent
        .current_workspace
        .ok_or_else(|| Refusal::numbered(1011, "The agent has no current workspace."))?;
    Ok(state.workspace(workspace)?.inboxes.clone())
}

/// The workspaces of the agent's current unit; none without a unit.
pub(crate) fn list_workspaces(state: &State, user: Uuid) -> Result<Vec<&Workspace>, Refusal> {
    let unit = state.user(user)?.current_unit;
    Ok(state
        .workspaces
        .iter()
        .filter(|workspace| Some(workspace.unit) == unit)
        .collect())
}

fn needs_tracking(state: &State) -> Result<(), Refusal> {
    if state.organization.tracks_agents {
        Ok(())
    } else {
        Err(Refusal::forbidden(
            "Track Agents Status is off for the organization.",
        ))
    }
}

fn needs_access(state: &State, user: Uuid, unit: Uuid) -> Result<(), Refusal> {
    if state.user(user)?.units.contains(&unit) {
        Ok(())
    } else {
        Err(Refusal::forbidden(
            "The unit is not in this organization, or the agent may not access it.",
        ))
    }
}

fn check_description(reason: &Reason, field: &str, reason_field: &str) -> Result<(), Refusal> {
    let length = reason
        .description
        .as_deref()
        .map_or(0, |text| text.chars().count());
    if length > LONGEST_DESCRIPTION {
        return Err(Refusal::invalid(format!(
            "{field} may have at most {LONGEST_DESCRIPTION} characters."
        )));
    }
    if reason.name == Some("Other")
        && reason
            .description
            .as_deref()
            .is_none_or(|text| text.trim().is_empty())
    {
        return Err(Refusal::invalid(format!(
            "{field} is required when {reason_field} is Other."
        )));
    }
    Ok(())
}

fn move_to_unit(state: &mut State, user: Uuid, unit: Uuid) -> Result<(), Refusal> {
    let workspace = state
        .workspaces
        .iter()
        .find(|workspace| workspace.unit == unit)
        .map(|workspace| workspace.id);
    let user = state.user_mut(user)?;
    if user.current_unit != Some(unit) {
        user.current_unit = Some(unit);
        user.current_workspace = workspace;
    }
    Ok(())
}

fn set_presence(state: &mut State, user: Uuid, presence: Presence) -> Result<(), Refusal> {
    state.user_mut(user)?.presence = presence;
    Ok(())
}
