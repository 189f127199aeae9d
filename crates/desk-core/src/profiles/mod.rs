//! Connection profiles: which organisation this desk talks to and as which registered application. Never the secret,
//! which is kept by [`crate::secrets`] under the profile's id.

mod draft;
mod shelf;

use std::{fmt, str::FromStr};

use cubu_s2s::{ApplicationId, ClientId, CustomerIdSpelling, Method, TenantId};
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use uuid::Uuid;

pub use draft::{AddressDraft, ProfileDraft};
pub use shelf::{FORMAT as STORED, Shelf};

/// The id of a profile on this desk.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[ts(type = "string")]
#[serde(transparent)]
pub struct ProfileId(Uuid);

impl ProfileId {
    /// An id that no other profile has.
    pub fn fresh() -> Self {
        Self(Uuid::new_v4())
    }
}

impl fmt::Display for ProfileId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}

impl FromStr for ProfileId {
    type Err = uuid::Error;

    fn from_str(text: &str) -> Result<Self, uuid::Error> {
        text.parse().map(Self)
    }
}

/// A checked profile: what [`ProfileDraft::check`] lets through.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Profile {
    /// Its id on this desk.
    pub id: ProfileId,
    /// What people call it.
    pub name: String,
    /// Where tokens come from, `https://login.microsoftonline.com`.
    pub authority: String,
    /// Where the API is, `https://s2s.api.app.cubu.com`.
    pub base_url: String,
    /// The directory that issues the tokens.
    pub tenant_id: TenantId,
    /// The client id of the registered application.
    pub client_id: ClientId,
    /// The registered application.
    pub application_id: ApplicationId,
    /// Cubu in the browser, for what the API can't do.
    pub cubu_web_url: Option<String>,
    /// Which spelling of the customer id is sent.
    pub customer_id_spelling: CustomerIdSpelling,
    /// Corrected addresses of calls whose address is assumed.
    pub addresses: Vec<EndpointAddress>,
}

impl Profile {
    /// Whether both lead to the same application of the same organisation by the same way, so that a secret given for
    /// one may be used for the other.
    pub fn shares_secret_with(&self, other: &Self) -> bool {
        let way = |profile: &Self| {
            (
                profile.authority.clone(),
                profile.base_url.clone(),
                profile.tenant_id,
                profile.client_id,
                profile.application_id,
            )
        };
        way(self) == way(other)
    }
}

/// The corrected address of one call.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct EndpointAddress {
    /// The call, `CancelAppointment`.
    pub endpoint: String,
    /// Its method.
    pub method: Method,
    /// Its path template.
    pub path: String,
}

/// A profile in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ProfileSummary {
    /// Its id.
    pub id: ProfileId,
    /// What people call it.
    pub name: String,
    /// Whether it is the practice organisation.
    pub practice: bool,
    /// Where the API is.
    pub base_url: String,
    /// Whether its client secret is at hand.
    pub has_secret: bool,
}

impl ProfileSummary {
    pub(crate) fn of(profile: &Profile, practice: bool, has_secret: bool) -> Self {
        Self {
            id: profile.id,
            name: profile.name.clone(),
            practice,
            base_url: profile.base_url.clone(),
            has_secret,
        }
    }
}
