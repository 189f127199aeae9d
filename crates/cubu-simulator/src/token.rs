//! The token endpoint as Microsoft Entra answers it, errors included, and the tokens that are good right now. Leaves out what
//! a token opens: that is decided by the application's roles.

use std::collections::HashMap;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use rand::RngExt;
use rand::rngs::StdRng;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::state::fresh_id;

/// The registered application's credentials and the tokens given out for them.
pub(crate) struct Tokens {
    pub tenant_id: Uuid,
    pub client_id: Uuid,
    pub client_secret: String,
    pub secret_expired: bool,
    pub lifetime: Duration,
    pub rng: StdRng,
    pub good_until: HashMap<String, DateTime<Utc>>,
}

/// Why Entra gives no token.
pub(crate) struct Denial {
    pub status: u16,
    error: &'static str,
    number: u32,
    message: String,
}

impl Denial {
    fn new(status: u16, error: &'static str, number: u32, message: impl Into<String>) -> Self {
        Self {
            status,
            error,
            number,
            message: message.into(),
        }
    }
}

impl Tokens {
    /// Gives a token for the client credentials in `form`.
    pub(crate) fn grant(
        &mut self,
        tenant: &str,
        form: &HashMap<String, String>,
        now: DateTime<Utc>,
    ) -> Result<Value, Denial> {
        self.check(tenant, form)?;
        let lifetime = TimeDelta::from_std(self.lifetime).unwrap_or(TimeDelta::MAX);
        let token = format!(
            "{}.{}",
            fresh_id(&mut self.rng).simple(),
            fresh_id(&mut self.rng).simple()
        );
        self.good_until.retain(|_, until| *until > now);
        self.good_until.insert(token.clone(), now + lifetime);
        let seconds = self.lifetime.as_secs();
        Ok(json!({
            "token_type": "Bearer",
            "expires_in": seconds,
            "ext_expires_in": seconds,
            "access_token": token,
        }))
    }

    fn check(&self, tenant: &str, form: &HashMap<String, String>) -> Result<(), Denial> {
        let field = |name: &str| {
            form.get(name).map(String::as_str).ok_or_else(|| {
                let message =
                    format!("The request body must contain the following parameter: '{name}'.");
                Denial::new(400, "invalid_request", 900_144, message)
            })
        };
        match Uuid::try_parse(tenant) {
            Err(_) => {
                let message = format!(
                    "Specified tenant identifier '{tenant}' is neither a valid DNS name, nor a valid external domain."
                );
                return Err(Denial::new(400, "invalid_request", 900_023, message));
            }
            Ok(id) if id != self.tenant_id => {
                let message = format!(
                    "Tenant '{tenant}' not found. Check to make sure you have the correct tenant ID."
                );
                return Err(Denial::new(400, "invalid_request", 90_002, message));
            }
            Ok(_) => {}
        }
        let grant_type = field("grant_type")?;
        if grant_type != "client_credentials" {
            let message = format!("The app requested an unsupported grant type '{grant_type}'.");
            return Err(Denial::new(400, "unsupported_grant_type", 70_003, message));
        }
        let client_id = field("client_id")?;
        if Uuid::try_parse(client_id) != Ok(self.client_id) {
            let message = format!(
                "Application with identifier '{client_id}' was not found in the directory."
            );
            return Err(Denial::new(400, "unauthorized_client", 700_016, message));
        }
        if field("client_secret")? != self.client_secret {
            return Err(Denial::new(
                401,
                "invalid_client",
                7_000_215,
                "Invalid client secret provided.",
            ));
        }
        if self.secret_expired {
            let message = "The provided client secret keys are expired.";
            return Err(Denial::new(401, "invalid_client", 7_000_222, message));
        }
        let scope = field("scope")?;
        let Some(resource) = scope.strip_suffix("/.default") else {
            let message = format!(
                "The provided value for scope {scope} is not valid: it must end with /.default."
            );
            return Err(Denial::new(400, "invalid_scope", 1_002_012, message));
        };
        if Uuid::try_parse(resource) != Ok(self.client_id) {
            let message = format!(
                "The provided value for the input parameter 'scope' is not valid: {scope}."
            );
            return Err(Denial::new(400, "invalid_scope", 70_011, message));
        }
        Ok(())
    }

    /// The body of a denial, in Entra's shape.
    pub(crate) fn denial_body(&mut self, denial: &Denial, now: DateTime<Utc>) -> Value {
        let trace = fresh_id(&mut self.rng);
        let correlation = fresh_id(&mut self.rng);
        let timestamp = now.format("%Y-%m-%d %H:%M:%SZ").to_string();
        let number = denial.number;
        json!({
            "error": denial.error,
            "error_description": format!(
                "AADSTS{number}: {} Trace ID: {trace} Correlation ID: {correlation} Timestamp: {timestamp}",
                denial.message
            ),
            "error_codes": [number],
            "timestamp": timestamp,
            "trace_id": trace,
            "correlation_id": correlation,
            "error_uri": format!("https://login.microsoftonline.com/error?code={number}"),
        })
    }

    /// The tokens that are good, for whoever wants to see that they are found nowhere else.
    pub(crate) fn given_out(&self) -> Vec<String> {
        self.good_until.keys().cloned().collect()
    }

    /// Whether an `Authorization` header carries a token that is good at this time.
    pub(crate) fn accepts(&self, authorization: Option<&str>, now: DateTime<Utc>) -> bool {
        bearer(authorization)
            .and_then(|token| self.good_until.get(token))
            .is_some_and(|until| *until > now)
    }

    /// Makes the token in an `Authorization` header worthless.
    pub(crate) fn expire(&mut self, authorization: Option<&str>) {
        if let Some(token) = bearer(authorization) {
            self.good_until.remove(token);
        }
    }
}

fn bearer(authorization: Option<&str>) -> Option<&str> {
    authorization
        .and_then(|header| header.split_once(' '))
        .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"))
        .map(|(_, token)| token)
}

/// A client secret in the form Entra gives them.
pub(crate) fn fresh_secret(rng: &mut StdRng) -> String {
    const LETTERS: &[u8] = b"ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789_.-";
    let letters: String = (0..36)
        .filter_map(|_| LETTERS.get(rng.random_range(0..LETTERS.len())))
        .map(|letter| char::from(*letter))
        .collect();
    format!("sim8Q~{letters}")
}
