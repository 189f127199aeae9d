//! Organization: its users and its back-office tasks.

use serde::{Deserialize, Serialize};

use crate::decode::{self, DecodeError, RawAnswer};
use crate::endpoint::{Endpoint, EndpointSummary, Evidence, Fault, Method, Retry, Role};
use crate::ids::{BackOfficeTaskId, UserId};

/// Lists the kinds of back-office work.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct ListBackOfficeTasks {}

impl Endpoint for ListBackOfficeTasks {
    const SUMMARY: &'static EndpointSummary = &EndpointSummary {
        name: "ListBackOfficeTasks",
        title: "List Back-office tasks",
        method: Method::Get,
        path: "/{applicationId}/organization/backOfficeTasks",
        required_placeholders: &["applicationId"],
        role: Role::OrganizationReader,
        evidence: Evidence::Assumed,
        retry: Retry::Read,
        faults: &[],
    };
    type Response = Vec<BackOfficeTask>;

    fn path_parameters(&self) -> Vec<(&'static str, String)> {
        Vec::new()
    }

    fn decode(answer: &RawAnswer<'_>) -> Result<Vec<BackOfficeTask>, DecodeError> {
        decode::list(answer)
    }
}

/// A kind of back-office work. Its member names are assumed, so the likely others are read too.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct BackOfficeTask {
    /// The task.
    #[serde(alias = "id", alias = "taskId")]
    pub back_office_task_id: BackOfficeTaskId,
    /// Its name.
    #[serde(default, alias = "taskName", alias = "displayName")]
    pub name: Option<String>,
}

/// Lists the users of the organization.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct ListUsers {}

impl Endpoint for ListUsers {
    const SUMMARY: &'static EndpointSummary = &EndpointSummary {
        name: "ListUsers",
        title: "List Users",
        method: Method::Get,
        path: "/{applicationId}/organization/users",
        required_placeholders: &["applicationId"],
        role: Role::OrganizationReader,
        evidence: Evidence::Documented,
        retry: Retry::Read,
        faults: &[Fault::status(
            403,
            "the application may not read the organization",
        )],
    };
    type Response = Vec<User>;

    fn path_parameters(&self) -> Vec<(&'static str, String)> {
        Vec::new()
    }

    fn decode(answer: &RawAnswer<'_>) -> Result<Vec<User>, DecodeError> {
        decode::list(answer)
    }
}

/// A user of the organization.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct User {
    /// The user.
    pub user_id: UserId,
    /// E-mail address.
    #[serde(default)]
    pub email: Option<String>,
    /// Name to show.
    #[serde(default)]
    pub display_name: Option<String>,
}
