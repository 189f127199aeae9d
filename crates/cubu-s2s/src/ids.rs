//! The ids of the API, each its own type, so that a unit id can't be given where a case id is wanted.
//!
//! They only carry and check the form of an id; whether an id exists is for the server to say.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// The text given is not an id of the wanted kind.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not {wanted}: it should look like 5b0d6c1e-1111-4a6e-9d10-00000000a001")]
pub struct InvalidId {
    /// What was asked for, with its article: "a unit id".
    pub wanted: &'static str,
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident = $wanted:literal;)+) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(type = "string"))]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = InvalidId;

            fn from_str(text: &str) -> Result<Self, InvalidId> {
                Uuid::parse_str(text.trim()).map(Self).map_err(|_| InvalidId { wanted: $wanted })
            }
        }

        impl From<$name> for serde_json::Value {
            fn from(id: $name) -> Self {
                Self::String(id.to_string())
            }
        }
    )+};
}

ids! {
    /// The registered application that calls; first segment of every path.
    ApplicationId = "an application id";
    /// A user of the organization; an agent when impersonated.
    UserId = "a user id";
    /// A case: one customer's matter. An appointment is a case.
    CaseId = "a case id";
    /// A desk or counter of a unit.
    WorkstationId = "a workstation id";
    /// A service: how cases come in.
    ServiceId = "a service id";
    /// A service type: fixes how long a case takes.
    ServiceTypeId = "a service type id";
    /// A category of services.
    ServiceCategoryId = "a service category id";
    /// A record of the built-in Customers table.
    CustomerRecordId = "a customer record id";
    /// A unit (branch, office) of the organization.
    UnitId = "a unit id";
    /// A workspace: a set of inboxes with priorities.
    WorkspaceId = "a workspace id";
    /// An inbox: a queue of cases.
    InboxId = "an inbox id";
    /// The organization itself.
    OrganizationId = "an organization id";
    /// The directory (tenant) that issues access tokens.
    TenantId = "a tenant id";
    /// The client id of the registered application.
    ClientId = "a client id";
    /// A field type of a case or customer.
    FieldTypeId = "a field type id";
    /// A tag of a case.
    TagId = "a tag id";
    /// A kind of back-office work.
    BackOfficeTaskId = "a back-office task id";
    /// A data table, such as Customers.
    DataTableId = "a data table id";
}

/// Number of a calendar within one service and day (the vendor's "capacity unit index").
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(type = "number"))]
#[serde(transparent)]
pub struct CuIndex(pub u32);

impl fmt::Display for CuIndex {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for CuIndex {
    type Err = InvalidId;

    fn from_str(text: &str) -> Result<Self, InvalidId> {
        text.trim().parse().map(Self).map_err(|_| InvalidId {
            wanted: "a calendar number",
        })
    }
}
