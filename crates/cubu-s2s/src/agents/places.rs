//! Where the agent works: workspaces and inboxes, workstations to occupy and vacate.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{AGENT, agent};
use crate::decode::{self, DecodeError, RawAnswer, null_as_default};
use crate::endpoint::{
    CustomerIdSpelling, Endpoint, EndpointSummary, Evidence, Fault, Method, Retry, Role,
};
use crate::ids::{InboxId, UserId, WorkspaceId, WorkstationId};
use crate::values::{StartNextBehavior, Timestamp, UserRef, WorkstationStatus};
use crate::wire::JsonBody;

/// Lists the inboxes of the agent's current workspace.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(optional_fields))]
#[serde(rename_all = "camelCase")]
pub struct ListInboxes {
    /// The agent.
    pub user_id: UserId,
}

impl Endpoint for ListInboxes {
    const SUMMARY: &'static EndpointSummary = &EndpointSummary {
        name: "ListInboxes",
        title: "List Inboxes",
        method: Method::Get,
        path: "/{applicationId}/agents/{userId}/inboxes",
        required_placeholders: AGENT,
        role: Role::AgentImpersonator,
        evidence: Evidence::Documented,
        retry: Retry::Read,
        faults: &[
            Fault::conflict(1010, "the agent has no current unit"),
            Fault::conflict(1011, "the agent has no current workspace"),
        ],
    };
    type Response = Vec<Inbox>;

    fn path_parameters(&self) -> Vec<(&'static str, String)> {
        agent(self.user_id)
    }

    fn decode(answer: &RawAnswer<'_>) -> Result<Vec<Inbox>, DecodeError> {
        decode::list(answer)
    }
}

/// A queue of cases.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Inbox {
    /// The inbox.
    pub inbox_id: InboxId,
    /// Its name.
    #[serde(default)]
    pub inbox_name: Option<String>,
    /// Its type, `Process` in the sample.
    #[serde(default, rename = "type")]
    pub kind: Option<String>,
    /// Order in the workspace.
    #[serde(default)]
    pub position: Option<i32>,
    /// How the next case is weighed.
    #[serde(default)]
    pub priorities: Option<InboxPriorities>,
    /// Moves whenever the queue changes.
    #[serde(default)]
    pub queue_timestamp: Option<Timestamp>,
    /// Cases that wait.
    #[serde(default)]
    pub waiting_count: Option<u32>,
    /// Cases that wait for something.
    #[serde(default)]
    pub pending_count: Option<u32>,
    /// Colour, `#rrggbb`.
    #[serde(default)]
    pub color_code: Option<String>,
    /// `Active` in the sample.
    #[serde(default)]
    pub record_state: Option<String>,
    /// Whether the agent may see into it.
    #[serde(default)]
    pub can_access: Option<bool>,
}

/// How an inbox is weighed when the next case is picked.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct InboxPriorities {
    /// The plain priority.
    #[serde(default)]
    pub default_priority: Option<i32>,
    /// What raises it; the items are not documented.
    #[serde(default, deserialize_with = "null_as_default")]
    #[cfg_attr(feature = "ts", ts(type = "JsonValue[]"))]
    pub boosters: Vec<Value>,
}

/// Lists the workspaces of the agent's current unit.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(optional_fields))]
#[serde(rename_all = "camelCase")]
pub struct ListWorkspaces {
    /// The agent.
    pub user_id: UserId,
}

impl Endpoint for ListWorkspaces {
    const SUMMARY: &'static EndpointSummary = &EndpointSummary {
        name: "ListWorkspaces",
        title: "List Workspaces",
        method: Method::Get,
        path: "/{applicationId}/agents/{userId}/workspaces",
        required_placeholders: AGENT,
        role: Role::AgentImpersonator,
        evidence: Evidence::Documented,
        retry: Retry::Read,
        faults: &[],
    };
    type Response = Vec<Workspace>;

    fn path_parameters(&self) -> Vec<(&'static str, String)> {
        agent(self.user_id)
    }

    fn decode(answer: &RawAnswer<'_>) -> Result<Vec<Workspace>, DecodeError> {
        decode::list(answer)
    }
}

/// A set of inboxes with priorities.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Workspace {
    /// The workspace.
    pub workspace_id: WorkspaceId,
    /// Its name.
    #[serde(default)]
    pub workspace_name: Option<String>,
    /// In words.
    #[serde(default)]
    pub description: Option<String>,
    /// What happens to active cases when the next one starts.
    #[serde(default)]
    pub start_next_behavior: Option<StartNextBehavior>,
}

/// Lists the workstations of the agent's current unit.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(optional_fields))]
#[serde(rename_all = "camelCase")]
pub struct ListWorkstations {
    /// The agent.
    pub user_id: UserId,
}

impl Endpoint for ListWorkstations {
    const SUMMARY: &'static EndpointSummary = &EndpointSummary {
        name: "ListWorkstations",
        title: "List Workstations",
        method: Method::Get,
        path: "/{applicationId}/agents/{userId}/workstations",
        required_placeholders: AGENT,
        role: Role::AgentImpersonator,
        evidence: Evidence::Documented,
        retry: Retry::Read,
        faults: &[Fault::status(403, "the agent has no current unit")],
    };
    type Response = Vec<Workstation>;

    fn path_parameters(&self) -> Vec<(&'static str, String)> {
        agent(self.user_id)
    }

    fn decode(answer: &RawAnswer<'_>) -> Result<Vec<Workstation>, DecodeError> {
        decode::list(answer)
    }
}

/// A desk or counter.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Workstation {
    /// The workstation.
    pub workstation_id: WorkstationId,
    /// Its name.
    #[serde(default)]
    pub workstation_name: Option<String>,
    /// In words.
    #[serde(default)]
    pub description: Option<String>,
    /// Whether it is in use at all.
    #[serde(default)]
    pub is_active: Option<bool>,
    /// Whether it is taken.
    #[serde(default)]
    pub status: Option<WorkstationStatus>,
    /// Who occupies it.
    #[serde(default)]
    pub user: Option<UserRef>,
}

/// Takes a workstation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(optional_fields))]
#[serde(rename_all = "camelCase")]
pub struct OccupyWorkstation {
    /// The agent.
    pub user_id: UserId,
    /// The workstation.
    pub workstation_id: WorkstationId,
    /// Leave every other workstation this agent occupies.
    #[serde(default)]
    pub vacate_others: Option<bool>,
}

impl Endpoint for OccupyWorkstation {
    const SUMMARY: &'static EndpointSummary = &EndpointSummary {
        name: "OccupyWorkstation",
        title: "Occupy a Workstation",
        method: Method::Post,
        path: "/{applicationId}/agents/{userId}/workstations/{workstationId}/actions/occupy",
        required_placeholders: &["applicationId", "userId", "workstationId"],
        role: Role::AgentImpersonator,
        evidence: Evidence::Documented,
        retry: Retry::Write,
        faults: &[
            Fault::status(401, "the access token is not valid"),
            Fault::status(404, "the workstation is not in the agent's current unit"),
            Fault::conflict(1002, "the workstation is inactive"),
            Fault::conflict(1003, "someone else occupies the workstation"),
        ],
    };
    type Response = ();

    fn path_parameters(&self) -> Vec<(&'static str, String)> {
        workstation(self.user_id, self.workstation_id)
    }

    fn body(&self, _: CustomerIdSpelling) -> Option<Value> {
        JsonBody::new()
            .with_some("vacateOthers", self.vacate_others)
            .done()
    }

    fn decode(answer: &RawAnswer<'_>) -> Result<(), DecodeError> {
        decode::nothing(answer)
    }
}

/// Leaves a workstation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(optional_fields))]
#[serde(rename_all = "camelCase")]
pub struct VacateWorkstation {
    /// The agent.
    pub user_id: UserId,
    /// The workstation.
    pub workstation_id: WorkstationId,
}

impl Endpoint for VacateWorkstation {
    const SUMMARY: &'static EndpointSummary = &EndpointSummary {
        name: "VacateWorkstation",
        title: "Vacate a Workstation",
        method: Method::Post,
        path: "/{applicationId}/agents/{userId}/workstations/{workstationId}/actions/vacate",
        required_placeholders: &["applicationId", "workstationId"],
        role: Role::AgentImpersonator,
        evidence: Evidence::Assumed,
        retry: Retry::Write,
        faults: &[],
    };
    type Response = ();

    fn path_parameters(&self) -> Vec<(&'static str, String)> {
        workstation(self.user_id, self.workstation_id)
    }

    fn decode(answer: &RawAnswer<'_>) -> Result<(), DecodeError> {
        decode::nothing(answer)
    }
}

fn workstation(user_id: UserId, workstation_id: WorkstationId) -> Vec<(&'static str, String)> {
    vec![
        ("userId", user_id.to_string()),
        ("workstationId", workstation_id.to_string()),
    ]
}
