//! About the calls themselves: what is known of each of the 27, for "About this call" and the table of endpoints.

use cubu_s2s::{EndpointSummary, Evidence, Method, Retry, Role, endpoints};
use serde::Serialize;
use ts_rs::TS;

use super::Nothing;
use crate::{desk::Desk, error::Error, profiles::EndpointAddress};

/// What is known of a call.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct EndpointCard {
    /// The vendor's verb and noun, `ListVacancies`.
    pub name: &'static str,
    /// The title of the vendor's page.
    pub title: &'static str,
    /// HTTP method, as documented or assumed.
    pub method: Method,
    /// Path template, as documented or assumed.
    pub path: &'static str,
    /// The role it needs.
    pub role: Role,
    /// How much of its documentation was seen.
    pub evidence: Evidence,
    /// Whether it only reads.
    pub retry: Retry,
    /// The command that makes it.
    #[ts(type = "CommandName")]
    pub command: String,
    /// Whether its address can be corrected in the profile.
    pub overridable: bool,
    /// The corrected address of the connected profile.
    #[serde(rename = "override")]
    pub corrected: Option<EndpointAddress>,
}

impl EndpointCard {
    /// The card of an endpoint, without any profile.
    pub fn of(endpoint: &EndpointSummary) -> Self {
        Self {
            name: endpoint.name,
            title: endpoint.title,
            method: endpoint.method,
            path: endpoint.path,
            role: endpoint.role,
            evidence: endpoint.evidence,
            retry: endpoint.retry,
            command: command(endpoint.name),
            overridable: endpoint.evidence == Evidence::Assumed,
            corrected: None,
        }
    }
}

/// The command of an endpoint: its name in snake case.
pub fn command(endpoint: &str) -> String {
    let mut command = String::new();
    for letter in endpoint.chars() {
        if letter.is_ascii_uppercase() && !command.is_empty() {
            command.push('_');
        }
        command.push(letter.to_ascii_lowercase());
    }
    command
}

/// Tells about all calls.
pub async fn list_endpoints(desk: &Desk, _: Nothing) -> Result<Vec<EndpointCard>, Error> {
    let connection = desk.connected().await;
    let addresses = connection
        .as_ref()
        .map_or(&[][..], |connection| &connection.profile().addresses);
    Ok(endpoints::ALL
        .iter()
        .map(|endpoint| EndpointCard {
            corrected: addresses
                .iter()
                .find(|address| address.endpoint == endpoint.name)
                .cloned(),
            ..EndpointCard::of(endpoint)
        })
        .collect())
}
