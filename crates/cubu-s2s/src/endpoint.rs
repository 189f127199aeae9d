//! What an endpoint is: its fixed facts ([`EndpointSummary`]) and how one call of it is written and read ([`Endpoint`]).
//!
//! Nothing here sends anything; [`crate::Client`] does.

use std::fmt;
use std::str::FromStr;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::decode::{self, DecodeError, RawAnswer};

/// One call of the API: a plain request struct that knows its address, its body and its answer.
pub trait Endpoint: Send + Sync {
    /// The fixed facts of the endpoint.
    const SUMMARY: &'static EndpointSummary;
    /// The vendor's verb and noun, `ListVacancies`.
    const NAME: &'static str = Self::SUMMARY.name;

    /// What a successful answer is read into.
    type Response: DeserializeOwned + Send;

    /// Values for the placeholders of the path, `applicationId` excepted: the client fills that in.
    fn path_parameters(&self) -> Vec<(&'static str, String)>;

    /// The query of the address.
    fn query(&self) -> Vec<(&'static str, String)> {
        Vec::new()
    }

    /// The JSON body, if the call has one.
    fn body(&self, spelling: CustomerIdSpelling) -> Option<Value> {
        let _ = spelling;
        None
    }

    /// Reads a successful answer.
    fn decode(answer: &RawAnswer<'_>) -> Result<Self::Response, DecodeError> {
        decode::required(answer)
    }
}

/// The fixed facts of one endpoint.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct EndpointSummary {
    /// The vendor's verb and noun, `ListVacancies`.
    pub name: &'static str,
    /// The vendor's page title, "List Vacancies in a Calendar".
    pub title: &'static str,
    /// HTTP method.
    pub method: Method,
    /// Path template with `{placeholders}`, relative to the base address.
    pub path: &'static str,
    /// Placeholders that no address of this call can do without.
    #[serde(skip)]
    pub required_placeholders: &'static [&'static str],
    /// The role the registered application needs.
    pub role: Role,
    /// How much of the vendor's page has been seen.
    pub evidence: Evidence,
    /// Whether the call may be repeated.
    pub retry: Retry,
    /// What the vendor's page says can go wrong.
    pub faults: &'static [Fault],
}

impl EndpointSummary {
    /// The names of the placeholders of the path template, in order.
    pub fn placeholders(&self) -> impl Iterator<Item = &'static str> + use<> {
        self.path
            .split('/')
            .filter_map(|segment| segment.strip_prefix('{')?.strip_suffix('}'))
    }
}

/// A failure the vendor's page names. The number means something for its endpoint only.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Fault {
    /// HTTP status.
    pub status: u16,
    /// The vendor's `errorCode`, where the page gives one.
    pub code: Option<u32>,
    /// What it means, in words that follow "because".
    pub meaning: &'static str,
}

impl Fault {
    /// A fault told by its HTTP status alone.
    pub const fn status(status: u16, meaning: &'static str) -> Self {
        Self {
            status,
            code: None,
            meaning,
        }
    }

    /// A 409 with an `errorCode`.
    pub const fn conflict(code: u32, meaning: &'static str) -> Self {
        Self {
            status: 409,
            code: Some(code),
            meaning,
        }
    }
}

/// HTTP methods that occur, or that a corrected address may use.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "UPPERCASE")]
pub enum Method {
    /// GET
    Get,
    /// POST
    Post,
    /// PUT
    Put,
    /// PATCH
    Patch,
    /// DELETE
    Delete,
}

impl Method {
    /// The method in capitals.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Patch => "PATCH",
            Self::Delete => "DELETE",
        }
    }
}

impl fmt::Display for Method {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The text given is not one of the methods a corrected address may use.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the method must be GET, POST, PUT, PATCH or DELETE")]
pub struct UnknownMethod;

impl FromStr for Method {
    type Err = UnknownMethod;

    fn from_str(text: &str) -> Result<Self, UnknownMethod> {
        [Self::Get, Self::Post, Self::Put, Self::Patch, Self::Delete]
            .into_iter()
            .find(|method| method.as_str().eq_ignore_ascii_case(text.trim()))
            .ok_or(UnknownMethod)
    }
}

/// Roles of a registered application.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum Role {
    /// Act for an agent.
    AgentImpersonator,
    /// Calendars and appointments.
    AppointmentsManager,
    /// Walk-in cases.
    CaseManager,
    /// Customer records.
    CustomersManager,
    /// Users and back-office tasks of the organization.
    OrganizationReader,
}

impl Role {
    /// All roles, in the order of the contract.
    pub const ALL: [Self; 5] = [
        Self::AgentImpersonator,
        Self::AppointmentsManager,
        Self::CaseManager,
        Self::CustomersManager,
        Self::OrganizationReader,
    ];

    /// The role as the vendor's pages write it.
    pub const fn label(self) -> &'static str {
        match self {
            Self::AgentImpersonator => "Agent Impersonator",
            Self::AppointmentsManager => "Appointments Manager",
            Self::CaseManager => "Case Manager",
            Self::CustomersManager => "Customers Manager",
            Self::OrganizationReader => "Organization Reader",
        }
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.label())
    }
}

/// How much of the vendor's page about an endpoint has been seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum Evidence {
    /// The whole page.
    Documented,
    /// Part of the page.
    Partial,
    /// Nothing but the title: the address is inferred from its siblings, and correctable.
    Assumed,
}

/// Whether a call may be repeated. It belongs to the endpoint, not to the HTTP method: Find is a POST that only reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum Retry {
    /// Changes nothing: repeated on passing failures.
    Read,
    /// Changes something: repeated only when it is known not to have been sent, or was turned away with a 429.
    Write,
}

/// Under which name a customer's id is sent when booking and queueing up.
///
/// The vendor's pages misspell it (`cusotmerRecordId`), and which spelling the server reads is not documented.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum CustomerIdSpelling {
    /// Both spellings.
    #[default]
    Both,
    /// `cusotmerRecordId` only.
    AsPrinted,
    /// `customerRecordId` only.
    Correct,
}

impl CustomerIdSpelling {
    /// The member names to send.
    pub const fn names(self) -> &'static [&'static str] {
        match self {
            Self::Both => &["cusotmerRecordId", "customerRecordId"],
            Self::AsPrinted => &["cusotmerRecordId"],
            Self::Correct => &["customerRecordId"],
        }
    }
}
