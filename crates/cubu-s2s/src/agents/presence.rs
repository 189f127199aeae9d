//! The agent's day: clocking in and out, the current unit, available or not.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{AGENT, agent};
use crate::decode::{self, DecodeError, RawAnswer, id_or_none, null_as_default};
use crate::endpoint::{
    CustomerIdSpelling, Endpoint, EndpointSummary, Evidence, Fault, Method, Retry, Role,
};
use crate::ids::{BackOfficeTaskId, DataTableId, OrganizationId, UnitId, UserId, WorkspaceId};
use crate::wire::JsonBody;

const TRACKING_OFF: Fault =
    Fault::status(403, "the organization does not track the status of agents");
const BAD_TOKEN: Fault = Fault::status(401, "the access token is not valid");

/// Starts the agent's work day in a unit.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(optional_fields))]
#[serde(rename_all = "camelCase")]
pub struct ClockIn {
    /// The agent.
    pub user_id: UserId,
    /// The unit the agent is in now.
    pub unit_id: UnitId,
}

impl Endpoint for ClockIn {
    const SUMMARY: &'static EndpointSummary = &EndpointSummary {
        name: "ClockIn",
        title: "Clock-in",
        method: Method::Post,
        path: "/{applicationId}/agents/{userId}/actions/clockIn",
        required_placeholders: AGENT,
        role: Role::AgentImpersonator,
        evidence: Evidence::Documented,
        retry: Retry::Write,
        faults: &[
            BAD_TOKEN,
            TRACKING_OFF,
            Fault::status(
                403,
                "the agent may not work in this unit, or it is not in the organization",
            ),
            Fault::conflict(3301, "the agent's status is not Away"),
        ],
    };
    type Response = ();

    fn path_parameters(&self) -> Vec<(&'static str, String)> {
        agent(self.user_id)
    }

    fn body(&self, _: CustomerIdSpelling) -> Option<Value> {
        JsonBody::new().with("unitId", self.unit_id).done()
    }

    fn decode(answer: &RawAnswer<'_>) -> Result<(), DecodeError> {
        decode::nothing(answer)
    }
}

/// Why an agent leaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub enum ClockOutReason {
    /// The shift is over.
    EndOfShift,
    /// Something else, which must be described.
    Other,
}

impl From<ClockOutReason> for Value {
    fn from(reason: ClockOutReason) -> Self {
        match reason {
            ClockOutReason::EndOfShift => "EndOfShift".into(),
            ClockOutReason::Other => "Other".into(),
        }
    }
}

/// Ends the agent's work day.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(optional_fields))]
#[serde(rename_all = "camelCase")]
pub struct ClockOut {
    /// The agent.
    pub user_id: UserId,
    /// Why.
    pub clock_out_reason: ClockOutReason,
    /// In words, at most 200 characters; needed when the reason is Other.
    #[serde(default)]
    pub clock_out_description: Option<String>,
}

impl Endpoint for ClockOut {
    const SUMMARY: &'static EndpointSummary = &EndpointSummary {
        name: "ClockOut",
        title: "Clock-out",
        method: Method::Post,
        path: "/{applicationId}/agents/{userId}/actions/clockOut",
        required_placeholders: AGENT,
        role: Role::AgentImpersonator,
        evidence: Evidence::Documented,
        retry: Retry::Write,
        faults: &[
            BAD_TOKEN,
            TRACKING_OFF,
            Fault::status(
                403,
                "the agent may not work in the unit, or it is not in the organization",
            ),
            Fault::conflict(
                3301,
                "the agent's status is not Away (as printed; doubtful)",
            ),
        ],
    };
    type Response = ();

    fn path_parameters(&self) -> Vec<(&'static str, String)> {
        agent(self.user_id)
    }

    fn body(&self, _: CustomerIdSpelling) -> Option<Value> {
        JsonBody::new()
            .with("clockOutReason", self.clock_out_reason)
            .with_some("clockOutDescription", self.clock_out_description.clone())
            .done()
    }

    fn decode(answer: &RawAnswer<'_>) -> Result<(), DecodeError> {
        decode::nothing(answer)
    }
}

/// Reads the agent's profile and current unit and workspace. It does not tell whether the agent is available.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(optional_fields))]
#[serde(rename_all = "camelCase")]
pub struct GetAgentStatus {
    /// The agent.
    pub user_id: UserId,
}

impl Endpoint for GetAgentStatus {
    const SUMMARY: &'static EndpointSummary = &EndpointSummary {
        name: "GetAgentStatus",
        title: "Get Agent Status",
        method: Method::Get,
        path: "/{applicationId}/agents/{userId}/status",
        required_placeholders: AGENT,
        role: Role::AgentImpersonator,
        evidence: Evidence::Documented,
        retry: Retry::Read,
        faults: &[],
    };
    type Response = AgentStatus;

    fn path_parameters(&self) -> Vec<(&'static str, String)> {
        agent(self.user_id)
    }
}

/// Profile and place of an agent.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct AgentStatus {
    /// The agent.
    pub user_id: UserId,
    /// E-mail address.
    #[serde(default)]
    pub email: Option<String>,
    /// Name to show.
    #[serde(default)]
    pub display_name: Option<String>,
    /// Initials.
    #[serde(default)]
    pub initials: Option<String>,
    /// The organization.
    #[serde(default, deserialize_with = "id_or_none")]
    pub organization_id: Option<OrganizationId>,
    /// Its name.
    #[serde(default)]
    pub organization_name: Option<String>,
    /// Its status, `Active` in the sample.
    #[serde(default)]
    pub organization_status: Option<String>,
    /// Its Customers table.
    #[serde(default, deserialize_with = "id_or_none")]
    pub organization_customers_data_table_id: Option<DataTableId>,
    /// The current unit, if one is chosen.
    #[serde(default, deserialize_with = "id_or_none")]
    pub unit_id: Option<UnitId>,
    /// Its name.
    #[serde(default)]
    pub unit_name: Option<String>,
    /// The current workspace, if there is one.
    #[serde(default, deserialize_with = "id_or_none")]
    pub workspace_id: Option<WorkspaceId>,
    /// Its name.
    #[serde(default)]
    pub workspace_name: Option<String>,
    /// Whether the e-mail address is verified.
    #[serde(default)]
    pub email_verified: Option<bool>,
    /// Address of a picture.
    #[serde(default)]
    pub picture: Option<String>,
    /// Whether the organization is on trial.
    #[serde(default)]
    pub is_trial_subscription: Option<bool>,
    /// When the subscription ends; the type is not documented.
    #[serde(default)]
    #[cfg_attr(feature = "ts", ts(type = "JsonValue"))]
    pub subscription_expiry: Value,
    /// Place of the unit in the organization; the items are not documented.
    #[serde(default, deserialize_with = "null_as_default")]
    #[cfg_attr(feature = "ts", ts(type = "JsonValue[]"))]
    pub unit_path: Vec<Value>,
    /// Whether the agent owns the organization.
    #[serde(default)]
    pub is_organization_owner: Option<bool>,
    /// Whether the agent manages the account.
    #[serde(default)]
    pub is_account_manager: Option<bool>,
    /// Whether single sign-on is on.
    #[serde(default)]
    pub sso_enabled: Option<bool>,
    /// Not documented.
    #[serde(default)]
    #[cfg_attr(feature = "ts", ts(type = "JsonValue"))]
    pub rejoin_required: Value,
    /// Whether the agent has a licence.
    #[serde(default)]
    pub is_licensed: Option<bool>,
    /// The agent's roles as a user.
    #[serde(default, deserialize_with = "null_as_default")]
    pub roles: Vec<String>,
}

/// Sets the agent's current unit.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(optional_fields))]
#[serde(rename_all = "camelCase")]
pub struct SelectCurrentUnit {
    /// The agent.
    pub user_id: UserId,
    /// The unit to make current.
    pub unit_id: UnitId,
}

impl Endpoint for SelectCurrentUnit {
    const SUMMARY: &'static EndpointSummary = &EndpointSummary {
        name: "SelectCurrentUnit",
        title: "Select Current Unit",
        method: Method::Post,
        path: "/{applicationId}/agents/{userId}/units/_current",
        required_placeholders: AGENT,
        role: Role::AgentImpersonator,
        evidence: Evidence::Documented,
        retry: Retry::Write,
        faults: &[Fault::status(403, "the agent may not work in this unit")],
    };
    type Response = ();

    fn path_parameters(&self) -> Vec<(&'static str, String)> {
        agent(self.user_id)
    }

    fn body(&self, _: CustomerIdSpelling) -> Option<Value> {
        JsonBody::new().with("unitId", self.unit_id).done()
    }

    fn decode(answer: &RawAnswer<'_>) -> Result<(), DecodeError> {
        decode::nothing(answer)
    }
}

/// Makes the agent available.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(optional_fields))]
#[serde(rename_all = "camelCase")]
pub struct BecomeAvailable {
    /// The agent.
    pub user_id: UserId,
}

impl Endpoint for BecomeAvailable {
    const SUMMARY: &'static EndpointSummary = &EndpointSummary {
        name: "BecomeAvailable",
        title: "Change Status to Available",
        method: Method::Post,
        path: "/{applicationId}/agents/{userId}/actions/becomeAvailable",
        required_placeholders: AGENT,
        role: Role::AgentImpersonator,
        evidence: Evidence::Assumed,
        retry: Retry::Write,
        faults: &[],
    };
    type Response = ();

    fn path_parameters(&self) -> Vec<(&'static str, String)> {
        agent(self.user_id)
    }

    fn decode(answer: &RawAnswer<'_>) -> Result<(), DecodeError> {
        decode::nothing(answer)
    }
}

/// Why an agent is unavailable.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub enum UnavailabilityReason {
    /// Something else, which must be described.
    Other,
    /// A break.
    Break,
    /// A meeting.
    Meeting,
    /// Back-office work, which must be named.
    BackOfficeWork,
}

impl From<UnavailabilityReason> for Value {
    fn from(reason: UnavailabilityReason) -> Self {
        match reason {
            UnavailabilityReason::Other => "Other".into(),
            UnavailabilityReason::Break => "Break".into(),
            UnavailabilityReason::Meeting => "Meeting".into(),
            UnavailabilityReason::BackOfficeWork => "BackOfficeWork".into(),
        }
    }
}

/// Makes the agent unavailable, or changes the reason of one who already is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(optional_fields))]
#[serde(rename_all = "camelCase")]
pub struct BecomeUnavailable {
    /// The agent.
    pub user_id: UserId,
    /// Why.
    pub unavailability_reason: UnavailabilityReason,
    /// In words, at most 200 characters; needed when the reason is Other.
    #[serde(default)]
    pub unavailability_description: Option<String>,
    /// Which back-office task; needed when the reason is BackOfficeWork.
    #[serde(default)]
    pub back_office_task_id: Option<BackOfficeTaskId>,
}

impl Endpoint for BecomeUnavailable {
    const SUMMARY: &'static EndpointSummary = &EndpointSummary {
        name: "BecomeUnavailable",
        title: "Change Status to Unavailable",
        method: Method::Post,
        path: "/{applicationId}/agents/{userId}/actions/becomeUnavailable",
        required_placeholders: AGENT,
        role: Role::AgentImpersonator,
        evidence: Evidence::Documented,
        retry: Retry::Write,
        faults: &[
            TRACKING_OFF,
            Fault::conflict(
                3304,
                "the agent's status is not Unavailable (as printed; doubtful)",
            ),
            Fault::conflict(3303, "the agent is neither available nor unavailable"),
        ],
    };
    type Response = ();

    fn path_parameters(&self) -> Vec<(&'static str, String)> {
        agent(self.user_id)
    }

    fn body(&self, _: CustomerIdSpelling) -> Option<Value> {
        JsonBody::new()
            .with("unavailabilityReason", self.unavailability_reason)
            .with_some(
                "unavailabilityDescription",
                self.unavailability_description.clone(),
            )
            .with_some("backOfficeTaskId", self.back_office_task_id)
            .done()
    }

    fn decode(answer: &RawAnswer<'_>) -> Result<(), DecodeError> {
        decode::nothing(answer)
    }
}
