//! The agent's cases: which are being served, the next one, calling again, resolving.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{AGENT, agent};
use crate::decode::{self, DecodeError, RawAnswer, id_or_none};
use crate::endpoint::{
    CustomerIdSpelling, Endpoint, EndpointSummary, Evidence, Fault, Method, Retry, Role,
};
use crate::ids::{
    CaseId, InboxId, ServiceCategoryId, ServiceTypeId, UnitId, UserId, WorkstationId,
};
use crate::values::{CaseStatus, Channel, CustomerRef, OnlineMeeting, Ticket, Timestamp, UserRef};
use crate::wire::JsonBody;

/// Announces a called customer once more, on signs and over the loudspeaker.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(optional_fields))]
#[serde(rename_all = "camelCase")]
pub struct CallAgain {
    /// The agent.
    pub user_id: UserId,
    /// The case that was called.
    pub case_id: CaseId,
}

impl Endpoint for CallAgain {
    const SUMMARY: &'static EndpointSummary = &EndpointSummary {
        name: "CallAgain",
        title: "Call Again",
        method: Method::Post,
        path: "/{applicationId}/agents/{userId}/cases/{caseId}/actions/callAgain",
        required_placeholders: &["applicationId", "userId", "caseId"],
        role: Role::AgentImpersonator,
        evidence: Evidence::Documented,
        retry: Retry::Write,
        faults: &[
            Fault::status(403, "the case is not locked by this agent"),
            Fault::conflict(1010, "the case is not active"),
        ],
    };
    type Response = ();

    fn path_parameters(&self) -> Vec<(&'static str, String)> {
        vec![
            ("userId", self.user_id.to_string()),
            ("caseId", self.case_id.to_string()),
        ]
    }

    fn decode(answer: &RawAnswer<'_>) -> Result<(), DecodeError> {
        decode::nothing(answer)
    }
}

/// Lists the cases the agent is serving in the current unit.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(optional_fields))]
#[serde(rename_all = "camelCase")]
pub struct ListActiveCases {
    /// The agent.
    pub user_id: UserId,
}

impl Endpoint for ListActiveCases {
    const SUMMARY: &'static EndpointSummary = &EndpointSummary {
        name: "ListActiveCases",
        title: "List Active Cases",
        method: Method::Get,
        path: "/{applicationId}/agents/{userId}/activeCases",
        required_placeholders: AGENT,
        role: Role::AgentImpersonator,
        evidence: Evidence::Documented,
        retry: Retry::Read,
        faults: &[
            Fault::status(403, "the agent has no current unit"),
            Fault::conflict(1011, "the agent has no current workspace"),
        ],
    };
    type Response = Vec<Case>;

    fn path_parameters(&self) -> Vec<(&'static str, String)> {
        agent(self.user_id)
    }

    fn decode(answer: &RawAnswer<'_>) -> Result<Vec<Case>, DecodeError> {
        decode::list(answer)
    }
}

/// One customer's matter.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Case {
    /// The case.
    pub case_id: CaseId,
    /// The number the customer is called by.
    #[serde(default)]
    pub ticket: Option<Ticket>,
    /// Category of its service.
    #[serde(default, deserialize_with = "id_or_none")]
    pub service_category_id: Option<ServiceCategoryId>,
    /// Name of the category.
    #[serde(default)]
    pub service_category_name: Option<String>,
    /// Service type.
    #[serde(default, deserialize_with = "id_or_none")]
    pub service_type_id: Option<ServiceTypeId>,
    /// Name of the service type.
    #[serde(default)]
    pub service_type_name: Option<String>,
    /// Where it stands.
    #[serde(default)]
    pub status: Option<CaseStatus>,
    /// Since when.
    #[serde(default)]
    pub status_date: Option<Timestamp>,
    /// Creation of a walk-in, or time of the appointment.
    #[serde(default)]
    pub reference_date: Option<Timestamp>,
    /// When it was opened.
    #[serde(default)]
    pub date_opened: Option<Timestamp>,
    /// When it was closed.
    #[serde(default)]
    pub date_closed: Option<Timestamp>,
    /// Whom it is meant for.
    #[serde(default)]
    pub assigned_to: Option<UserRef>,
    /// Who is serving it.
    #[serde(default)]
    pub locked_by: Option<UserRef>,
    /// How customer and agent meet.
    #[serde(default)]
    pub channel: Option<Channel>,
    /// Place in the queue, a number of the order of 1e37.
    #[serde(default)]
    pub rank: Option<f64>,
    /// The unit.
    #[serde(default, deserialize_with = "id_or_none")]
    pub unit_id: Option<UnitId>,
    /// Its name.
    #[serde(default)]
    pub unit_name: Option<String>,
    /// The inbox.
    #[serde(default, deserialize_with = "id_or_none")]
    pub inbox_id: Option<InboxId>,
    /// Its name.
    #[serde(default)]
    pub inbox_name: Option<String>,
    /// Its colour, `#rrggbb`.
    #[serde(default)]
    pub inbox_color_code: Option<String>,
    /// Moves whenever the case changes.
    #[serde(default)]
    pub case_timestamp: Option<Timestamp>,
    /// The workstation the customer was called to.
    #[serde(default, deserialize_with = "id_or_none")]
    pub workstation_id: Option<WorkstationId>,
    /// Its name.
    #[serde(default)]
    pub workstation_name: Option<String>,
    /// The customer.
    #[serde(default)]
    pub customer: Option<CustomerRef>,
    /// The online meeting of a video case.
    #[serde(default)]
    pub online_meeting: Option<OnlineMeeting>,
    /// Whether a ticket was printed.
    #[serde(default)]
    pub printed_ticket: Option<bool>,
    /// Telephone number for this case.
    #[serde(default)]
    pub contact_phone_number: Option<String>,
    /// E-mail address for this case.
    #[serde(default)]
    pub contact_email: Option<String>,
    /// How it came in, `WalkIn` in the sample.
    #[serde(default)]
    pub entry_mode: Option<String>,
    /// Always null in this call.
    #[serde(default)]
    #[cfg_attr(feature = "ts", ts(type = "JsonValue"))]
    pub fields: Value,
    /// Always null in this call.
    #[serde(default)]
    #[cfg_attr(feature = "ts", ts(type = "JsonValue"))]
    pub tags: Value,
}

/// Resolves a pending, waiting or active case.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(optional_fields))]
#[serde(rename_all = "camelCase")]
pub struct ResolveCase {
    /// The agent.
    pub user_id: UserId,
    /// The case.
    pub case_id: CaseId,
}

impl Endpoint for ResolveCase {
    const SUMMARY: &'static EndpointSummary = &EndpointSummary {
        name: "ResolveCase",
        title: "Resolve a Case",
        method: Method::Post,
        path: "/{applicationId}/agents/{userId}/cases/{caseId}/actions/resolve",
        required_placeholders: &["applicationId", "userId", "caseId"],
        role: Role::AgentImpersonator,
        evidence: Evidence::Documented,
        retry: Retry::Write,
        faults: &[
            Fault::conflict(1001, "the case is not active, pending or waiting"),
            Fault::conflict(1002, "another agent is serving the case"),
            Fault::conflict(1004, "the case is assigned to another agent"),
        ],
    };
    type Response = ResolvedCase;

    fn path_parameters(&self) -> Vec<(&'static str, String)> {
        vec![
            ("userId", self.user_id.to_string()),
            ("caseId", self.case_id.to_string()),
        ]
    }

    fn decode(answer: &RawAnswer<'_>) -> Result<ResolvedCase, DecodeError> {
        decode::optional(answer).map(Option::unwrap_or_default)
    }
}

/// What resolving leaves.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct ResolvedCase {
    /// The case's new change stamp.
    #[serde(default)]
    pub case_timestamp: Option<Timestamp>,
}

/// Calls the next case of the workspace, or of one inbox.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(optional_fields))]
#[serde(rename_all = "camelCase")]
pub struct StartNextCase {
    /// The agent.
    pub user_id: UserId,
    /// Where the customer is called to.
    #[serde(default)]
    pub workstation_id: Option<WorkstationId>,
    /// Take the next case of this inbox instead of the whole workspace.
    #[serde(default)]
    pub inbox_id: Option<InboxId>,
    /// Resolve the agent's active cases if the workspace is set so.
    #[serde(default)]
    pub apply_workspace_behavior: Option<bool>,
    /// No announcement.
    #[serde(default)]
    pub silent: Option<bool>,
}

impl Endpoint for StartNextCase {
    const SUMMARY: &'static EndpointSummary = &EndpointSummary {
        name: "StartNextCase",
        title: "Start Processing the Next Case",
        method: Method::Post,
        path: "/{applicationId}/agents/{userId}/actions/startNext",
        required_placeholders: AGENT,
        role: Role::AgentImpersonator,
        evidence: Evidence::Documented,
        retry: Retry::Write,
        faults: &[],
    };
    /// `None` when nobody is waiting.
    type Response = Option<StartedCase>;

    fn path_parameters(&self) -> Vec<(&'static str, String)> {
        agent(self.user_id)
    }

    fn body(&self, _: CustomerIdSpelling) -> Option<Value> {
        JsonBody::new()
            .with_some("workstationId", self.workstation_id)
            .with_some("inboxId", self.inbox_id)
            .with_some("applyWorkspaceBehavior", self.apply_workspace_behavior)
            .with_some("silent", self.silent)
            .done()
    }

    /// Only a 204 says that nobody waits: a 200 without a body may have started a case, and is not taken for "nobody".
    fn decode(answer: &RawAnswer<'_>) -> Result<Option<StartedCase>, DecodeError> {
        if answer.status == 204 {
            Ok(None)
        } else {
            decode::required(answer).map(Some)
        }
    }
}

/// The case that was called.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct StartedCase {
    /// The case.
    pub case_id: CaseId,
    /// Where it stands: active.
    #[serde(default)]
    pub status: Option<CaseStatus>,
    /// Since when.
    #[serde(default)]
    pub status_date: Option<Timestamp>,
    /// Change stamp of the queue.
    #[serde(default)]
    pub queue_timestamp: Option<Timestamp>,
    /// The number the customer is called by.
    #[serde(default)]
    pub ticket: Option<Ticket>,
    /// The online meeting of a video case.
    #[serde(default)]
    pub online_meeting: Option<OnlineMeeting>,
}
