//! Checking addresses on entry: the two servers' addresses, and corrected path templates of assumed endpoints.

use url::{Host, Url};

use crate::endpoint::{EndpointSummary, Evidence, Method};
use crate::endpoints;

/// Why a server address is not accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InvalidAddress {
    /// Not an address at all.
    #[error("not a web address; it should look like https://s2s.api.app.cubu.com")]
    Malformed,
    /// Neither https nor http.
    #[error("the address must start with https://")]
    Scheme,
    /// http to another computer: the secret or token could be read on the way.
    #[error("the address must start with https:// (http:// is taken for this computer only)")]
    NotLoopback,
    /// A user name or password in the address.
    #[error("the address must not hold a user name or password")]
    Credentials,
    /// `..` in the path.
    #[error("the address must not hold '..'")]
    Dots,
    /// `?` or `#`.
    #[error("the address must not hold '?' or '#'")]
    QueryOrFragment,
}

/// Checks the address of a server: https, or http to this very computer.
pub fn check_address(text: &str) -> Result<Url, InvalidAddress> {
    let text = text.trim();
    let lower = text.to_ascii_lowercase();
    if text.contains("..") || lower.contains("%2e") {
        return Err(InvalidAddress::Dots);
    }
    if text.contains(['?', '#']) {
        return Err(InvalidAddress::QueryOrFragment);
    }
    if text.contains('\\') || text.chars().any(|c| c.is_whitespace() || c.is_control()) {
        return Err(InvalidAddress::Malformed);
    }
    let url = Url::parse(text).map_err(|_| InvalidAddress::Malformed)?;
    if !matches!(url.scheme(), "https" | "http") {
        return Err(InvalidAddress::Scheme);
    }
    let authority = text.split('/').nth(2).unwrap_or_default();
    // `Url` repairs "https:/host", "https:host" and "https:///host"; an address typed like that is a mistake.
    let whole = lower.starts_with(&format!("{}://", url.scheme())) && !authority.is_empty();
    if url.host().is_none() || !whole {
        return Err(InvalidAddress::Malformed);
    }
    // An "@" before the path is a user name, even an empty one that `Url` drops.
    if authority.contains('@') {
        return Err(InvalidAddress::Credentials);
    }
    if url.scheme() == "http" && !is_loopback(&url) {
        return Err(InvalidAddress::NotLoopback);
    }
    Ok(url)
}

/// Whether an address is on this very computer.
pub(crate) fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name.trim_end_matches('.') == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

/// A corrected address of an assumed endpoint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AddressOverride {
    /// Name of the endpoint, `CancelAppointment`.
    pub endpoint: String,
    /// HTTP method.
    pub method: Method,
    /// Path template, `/{applicationId}/…`.
    pub path: String,
}

/// Why a corrected address is not accepted.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InvalidTemplate {
    /// There is no endpoint of that name.
    #[error("there is no call of that name")]
    UnknownEndpoint,
    /// The address is documented and can't be corrected.
    #[error("the address of this call is documented and can't be changed")]
    Documented,
    /// It does not start with a single `/`.
    #[error("the path must start with a single '/', without https:// or a server name")]
    NotAPath,
    /// `.` or `..`.
    #[error("the path must not hold '..'")]
    Dots,
    /// `?` or `#`.
    #[error("the path must not hold '?' or '#'")]
    QueryOrFragment,
    /// A part that is neither a placeholder nor plain text.
    #[error("'{segment}' is neither a {{placeholder}} nor letters, digits, '-', '_', '~' and '.'")]
    Segment {
        /// The part.
        segment: String,
    },
    /// A placeholder this call can't fill.
    #[error("this call knows no placeholder {{{name}}}")]
    UnknownPlaceholder {
        /// Its name.
        name: String,
    },
    /// A placeholder the call can't do without.
    #[error("the placeholder {{{name}}} is missing")]
    MissingPlaceholder {
        /// Its name.
        name: &'static str,
    },
}

/// Checks a corrected address; answers with the endpoint it is for.
pub fn check_override(address: &AddressOverride) -> Result<EndpointSummary, InvalidTemplate> {
    let endpoint = endpoints::named(&address.endpoint).ok_or(InvalidTemplate::UnknownEndpoint)?;
    if endpoint.evidence != Evidence::Assumed {
        return Err(InvalidTemplate::Documented);
    }
    check_template(&endpoint, &address.path)?;
    Ok(endpoint)
}

fn check_template(endpoint: &EndpointSummary, path: &str) -> Result<(), InvalidTemplate> {
    if path.contains(['?', '#']) {
        return Err(InvalidTemplate::QueryOrFragment);
    }
    let segments = path.strip_prefix('/').ok_or(InvalidTemplate::NotAPath)?;
    if segments.is_empty() || segments.contains("//") || segments.starts_with('/') {
        return Err(InvalidTemplate::NotAPath);
    }
    let mut found = Vec::new();
    for segment in segments.split('/') {
        if segment.contains("..") || segment == "." {
            return Err(InvalidTemplate::Dots);
        }
        if let Some(name) = segment
            .strip_prefix('{')
            .and_then(|rest| rest.strip_suffix('}'))
        {
            let known = endpoint.placeholders().find(|known| *known == name);
            found.push(known.ok_or_else(|| InvalidTemplate::UnknownPlaceholder {
                name: name.chars().take(40).collect(),
            })?);
        } else if segment.is_empty()
            || !segment
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b"-_~.".contains(&b))
        {
            return Err(InvalidTemplate::Segment {
                segment: segment.chars().take(40).collect(),
            });
        }
    }
    match endpoint
        .required_placeholders
        .iter()
        .find(|name| !found.contains(*name))
    {
        Some(name) => Err(InvalidTemplate::MissingPlaceholder { name }),
        None => Ok(()),
    }
}

/// Puts values into a template and appends it to the base address.
pub(crate) fn fill(base: &Url, template: &str, values: &[(&'static str, String)]) -> Url {
    let mut url = base.clone();
    if let Ok(mut path) = url.path_segments_mut() {
        path.pop_if_empty();
        for segment in template.split('/').filter(|segment| !segment.is_empty()) {
            let name = segment
                .strip_prefix('{')
                .and_then(|rest| rest.strip_suffix('}'));
            let value = values.iter().find(|(known, _)| Some(*known) == name);
            path.push(value.map_or(segment, |(_, value)| value.as_str()));
        }
    }
    url
}
