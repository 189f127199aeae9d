//! Agents, their inboxes, workspaces and workstations. The status call prints no availability status, odd as that is.

use serde_json::{Value, json};
use uuid::Uuid;

use super::{picture, timestamp, user_data};
use crate::model::{CaseStatus, User, Workspace, Workstation};
use crate::rules::Refusal;
use crate::state::State;

pub(crate) fn status(state: &State, user: &User) -> Value {
    let organization = &state.organization;
    let unit = user.current_unit.and_then(|id| state.unit(id).ok());
    let workspace = user
        .current_workspace
        .and_then(|id| state.workspace(id).ok());
    json!({
        "userId": user.id,
        "email": user.email,
        "displayName": user.display_name,
        "initials": user.initials,
        "organizationId": organization.id,
        "organizationName": organization.name,
        "organizationStatus": "Active",
        "organizationCustomersDataTableId": organization.customers_table,
        "unitId": unit.map(|unit| unit.id),
        "unitName": unit.map(|unit| unit.name),
        "workspaceId": workspace.map(|workspace| workspace.id),
        "workspaceName": workspace.map(|workspace| workspace.name),
        "emailVerified": true,
        "picture": picture(user.id),
        "isTrialSubscription": false,
        "subscriptionExpiry": null,
        "unitPath": [],
        "isOrganizationOwner": false,
        "isAccountManager": false,
        "ssoEnabled": false,
        "rejoinRequired": null,
        "isLicensed": true,
        "roles": user.roles,
    })
}

pub(crate) fn inbox(
    state: &State,
    id: Uuid,
    position: usize,
    priority: u32,
) -> Result<Value, Refusal> {
    let inbox = state.inbox(id)?;
    Ok(json!({
        "inboxId": inbox.id,
        "inboxName": inbox.name,
        "type": "Process",
        "position": position,
        "priorities": { "defaultPriority": priority, "boosters": [] },
        "queueTimestamp": timestamp(inbox.stamp),
        "waitingCount": state.count_in_inbox(id, CaseStatus::Waiting),
        "pendingCount": state.count_in_inbox(id, CaseStatus::Pending),
        "colorCode": inbox.color,
        "recordState": "Active",
        "canAccess": true,
    }))
}

pub(crate) fn workspace(workspace: &Workspace) -> Value {
    json!({
        "workspaceId": workspace.id,
        "workspaceName": workspace.name,
        "description": workspace.description,
        "startNextBehavior": workspace.start_next.name(),
    })
}

pub(crate) fn workstation(state: &State, workstation: &Workstation) -> Value {
    json!({
        "workstationId": workstation.id,
        "workstationName": workstation.name,
        "description": workstation.description,
        "isActive": workstation.active,
        "status": if workstation.occupied_by.is_some() { "OccupiedOpen" } else { "Empty" },
        "user": user_data(state, workstation.occupied_by),
    })
}

/// A user as List Users prints it.
pub(crate) fn user(user: &User) -> Value {
    json!({ "userId": user.id, "email": user.email, "displayName": user.display_name })
}
