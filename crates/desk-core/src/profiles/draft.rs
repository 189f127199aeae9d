//! A profile as somebody typed it, and the one gate through which every profile comes in: typed, imported or read back
//! from a file. All fields are checked at once, and each problem names its field.

use std::str::FromStr;

use cubu_s2s::{AddressOverride, CustomerIdSpelling, InvalidAddress, InvalidTemplate, Method};
use serde::Deserialize;
use ts_rs::TS;

use super::{EndpointAddress, Profile, ProfileId};
use crate::{fields::FieldError, messages, text::Text};

const LONGEST_NAME: usize = 80;
const LONGEST_ADDRESS: usize = 2000;

/// A profile as typed. Without an id it becomes a new one.
#[derive(Clone, Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ProfileDraft {
    /// The profile to change.
    #[serde(default)]
    #[ts(optional)]
    pub id: Option<ProfileId>,
    /// What people call it.
    pub name: String,
    /// Where tokens come from.
    pub authority: String,
    /// Where the API is.
    pub base_url: String,
    /// The directory that issues the tokens.
    pub tenant_id: String,
    /// The client id of the registered application.
    pub client_id: String,
    /// The registered application.
    pub application_id: String,
    /// Cubu in the browser.
    #[serde(default)]
    #[ts(type = "string")]
    pub cubu_web_url: Option<String>,
    /// Which spelling of the customer id is sent.
    #[serde(default)]
    pub customer_id_spelling: CustomerIdSpelling,
    /// Corrected addresses.
    #[serde(default)]
    #[ts(as = "Vec<EndpointAddress>")]
    pub addresses: Vec<AddressDraft>,
}

/// The corrected address of one call, as typed.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AddressDraft {
    /// The call.
    pub endpoint: String,
    /// Its method.
    pub method: String,
    /// Its path template.
    pub path: String,
}

impl ProfileDraft {
    /// The profile, or everything that is wrong with the draft.
    pub fn check(self) -> Result<Profile, Vec<FieldError>> {
        let mut faults = Faults::default();
        let name = self.name.trim().to_owned();
        if name.is_empty() {
            faults.note("name", messages::field_empty());
        } else if name.chars().count() > LONGEST_NAME {
            faults.note("name", messages::field_too_long(80));
        }
        let authority = faults.settle("authority", server(&self.authority));
        let base_url = faults.settle("baseUrl", server(&self.base_url));
        let tenant_id = faults.settle("tenantId", id(&self.tenant_id));
        let client_id = faults.settle("clientId", id(&self.client_id));
        let application_id = faults.settle("applicationId", id(&self.application_id));
        let web = self
            .cubu_web_url
            .as_deref()
            .map(str::trim)
            .filter(|text| !text.is_empty());
        let cubu_web_url = match web.map(page) {
            Some(checked) => faults.settle("cubuWebUrl", checked),
            None => None,
        };
        let addresses = addresses(&self.addresses, &mut faults);
        // An Option that is None here has left its note.
        let profile = (|| {
            Some(Profile {
                id: self.id.unwrap_or_else(ProfileId::fresh),
                name,
                authority: authority?,
                base_url: base_url?,
                tenant_id: tenant_id?,
                client_id: client_id?,
                application_id: application_id?,
                cubu_web_url,
                customer_id_spelling: self.customer_id_spelling,
                addresses,
            })
        })();
        match profile {
            Some(profile) if faults.0.is_empty() => Ok(profile),
            _ => Err(faults.0),
        }
    }
}

#[derive(Default)]
struct Faults(Vec<FieldError>);

impl Faults {
    fn note(&mut self, field: impl Into<String>, message: Text) {
        self.0.push(FieldError::new(field, message));
    }

    fn settle<T>(&mut self, field: &str, checked: Result<T, Text>) -> Option<T> {
        checked.map_err(|message| self.note(field, message)).ok()
    }
}

fn id<Id: FromStr>(text: &str) -> Result<Id, Text> {
    if text.trim().is_empty() {
        return Err(messages::field_empty());
    }
    text.parse().map_err(|_| messages::field_not_an_id())
}

/// The address of a server: https, or http on this PC. What the client takes, the desk takes.
fn server(text: &str) -> Result<String, Text> {
    if text.trim().is_empty() {
        return Err(messages::field_empty());
    }
    if text.len() > LONGEST_ADDRESS {
        return Err(messages::field_too_long(2000));
    }
    match cubu_s2s::check_address(text) {
        Ok(url) => Ok(url.as_str().trim_end_matches('/').to_owned()),
        Err(problem) => Err(match problem {
            InvalidAddress::Malformed => messages::address_malformed(),
            InvalidAddress::Scheme => messages::address_needs_https(),
            InvalidAddress::NotLoopback => messages::address_http_elsewhere(),
            InvalidAddress::Credentials => messages::address_credentials(),
            InvalidAddress::Dots | InvalidAddress::QueryOrFragment => messages::address_too_much(),
        }),
    }
}

/// The address of a page: the browser is sent to https only, also on this PC.
fn page(text: &str) -> Result<String, Text> {
    server(text).and_then(|address| {
        if address.starts_with("https://") {
            Ok(address)
        } else {
            Err(messages::address_needs_https())
        }
    })
}

fn addresses(drafts: &[AddressDraft], faults: &mut Faults) -> Vec<EndpointAddress> {
    let mut checked: Vec<EndpointAddress> = Vec::new();
    for draft in drafts {
        let field = |part: &str| format!("addresses.{}.{part}", draft.endpoint.trim());
        let endpoint = draft.endpoint.trim().to_owned();
        if checked.iter().any(|address| address.endpoint == endpoint) {
            faults.note(field("endpoint"), messages::template_twice());
            continue;
        }
        let method = draft
            .method
            .parse::<Method>()
            .map_err(|_| messages::field_not_a_choice());
        let method = faults.settle(&field("method"), method);
        // A wrong method must not hide a wrong path.
        let address = AddressOverride {
            endpoint,
            method: method.unwrap_or(Method::Get),
            path: draft.path.trim().to_owned(),
        };
        match (cubu_s2s::check_override(&address), method) {
            (Ok(_), _) if address.path.len() > LONGEST_ADDRESS => {
                faults.note(field("path"), messages::field_too_long(2000));
            }
            (Ok(_), Some(method)) => {
                checked.push(EndpointAddress {
                    endpoint: address.endpoint,
                    method,
                    path: address.path,
                });
            }
            (Ok(_), None) => {}
            (Err(problem), _) => {
                let (part, message) = template_problem(problem);
                faults.note(field(part), message);
            }
        }
    }
    checked
}

fn template_problem(problem: InvalidTemplate) -> (&'static str, Text) {
    let message = match problem {
        InvalidTemplate::UnknownEndpoint => return ("endpoint", messages::template_unknown_call()),
        InvalidTemplate::Documented => return ("endpoint", messages::template_not_correctable()),
        InvalidTemplate::NotAPath => messages::template_not_a_path(),
        InvalidTemplate::Dots | InvalidTemplate::QueryOrFragment => messages::template_too_much(),
        InvalidTemplate::Segment { segment } => messages::template_segment(segment),
        InvalidTemplate::UnknownPlaceholder { name } => {
            messages::template_unknown_placeholder(name)
        }
        InvalidTemplate::MissingPlaceholder { name } => {
            messages::template_missing_placeholder(name)
        }
    };
    ("path", message)
}

#[cfg(test)]
impl ProfileDraft {
    /// A draft that passes.
    pub(crate) fn sample(name: &str) -> Self {
        Self {
            id: None,
            name: name.to_owned(),
            authority: "https://login.microsoftonline.com".to_owned(),
            base_url: "https://s2s.api.app.cubu.com/".to_owned(),
            tenant_id: "5b0d6c1e-0000-4a6e-9d10-000000000001".to_owned(),
            client_id: "5b0d6c1e-0000-4a6e-9d10-000000000002".to_owned(),
            application_id: "5b0d6c1e-0000-4a6e-9d10-000000000003".to_owned(),
            cubu_web_url: Some("https://app.cubu.com/".to_owned()),
            customer_id_spelling: CustomerIdSpelling::Both,
            addresses: vec![AddressDraft {
                endpoint: "CancelAppointment".to_owned(),
                method: "post".to_owned(),
                path: "/{applicationId}/cases/{caseId}/actions/cancel".to_owned(),
            }],
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_good_draft_passes_trimmed_and_tidied() {
        let mut draft = ProfileDraft::sample("  Town hall ");
        draft.tenant_id = " 5B0D6C1E-0000-4A6E-9D10-000000000001 ".to_owned();
        let profile = draft.check().unwrap();
        assert_eq!(profile.name, "Town hall");
        assert_eq!(profile.base_url, "https://s2s.api.app.cubu.com");
        assert_eq!(
            profile.tenant_id.to_string(),
            "5b0d6c1e-0000-4a6e-9d10-000000000001"
        );
        assert_eq!(profile.addresses[0].method, Method::Post);
    }

    #[test]
    fn every_wrong_address_of_a_server_is_refused_with_its_reason() {
        for (address, message) in [
            ("", "field-empty"),
            ("  ", "field-empty"),
            ("s2s.api.app.cubu.com", "address-malformed"),
            ("https://", "address-malformed"),
            ("http://login.microsoftonline.com", "address-http-elsewhere"),
            ("http://127.0.0.1.example.org", "address-http-elsewhere"),
            ("http://localhost.example.org", "address-http-elsewhere"),
            ("ftp://s2s.api.app.cubu.com", "address-needs-https"),
            ("javascript:alert(1)", "address-needs-https"),
            (
                "https://user:word@s2s.api.app.cubu.com",
                "address-credentials",
            ),
            ("https://s2s.api.app.cubu.com/v1/../x", "address-too-much"),
            ("https://s2s.api.app.cubu.com?x=1", "address-too-much"),
            ("https://s2s.api.app.cubu.com/#a", "address-too-much"),
        ] {
            assert_eq!(server(address).unwrap_err().id, message, "{address}");
        }
        assert_eq!(
            page("http://localhost:3000").unwrap_err().id,
            "address-needs-https"
        );
        let long = format!("https://s2s.api.app.cubu.com/{}", "a".repeat(2000));
        assert_eq!(server(&long).unwrap_err().id, "field-too-long");
        for address in [
            "http://127.0.0.1:4010",
            "http://[::1]:4010/",
            "http://localhost",
            " https://relay.example.org:8443 ",
        ] {
            assert!(server(address).is_ok(), "{address}");
        }
    }

    #[test]
    fn all_wrong_fields_are_told_at_once() {
        let mut draft = ProfileDraft::sample("");
        draft.authority = "nowhere".to_owned();
        draft.client_id = "me".to_owned();
        draft.addresses.push(AddressDraft {
            endpoint: "CancelAppointment".into(),
            method: "POST".into(),
            path: "/x".into(),
        });
        draft.addresses.push(AddressDraft {
            endpoint: "VacateWorkstation".into(),
            method: "SHOUT".into(),
            path: "//evil.example/{userId}/{workstationId}".into(),
        });
        let fields: Vec<_> = draft
            .check()
            .unwrap_err()
            .into_iter()
            .map(|fault| fault.field)
            .collect();
        assert_eq!(
            fields,
            [
                "name",
                "authority",
                "clientId",
                "addresses.CancelAppointment.endpoint",
                "addresses.VacateWorkstation.method",
                "addresses.VacateWorkstation.path"
            ]
        );
    }

    proptest! {
        #[test]
        fn no_typed_text_makes_the_gate_panic(text in "\\PC*") {
            let mut draft = ProfileDraft::sample(&text);
            draft.authority = text.clone();
            draft.base_url = text.clone();
            draft.tenant_id = text.clone();
            draft.cubu_web_url = Some(text.clone());
            draft.addresses[0].path = text;
            let _ = draft.check();
        }
    }
}
