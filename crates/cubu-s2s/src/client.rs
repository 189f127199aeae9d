//! The client: options, and sending one call through build → token → send → classify → decode.

use std::collections::HashMap;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use reqwest::header::{ACCEPT, AUTHORIZATION, CONTENT_LENGTH};
use secrecy::SecretString;
use url::Url;

use crate::address::{
    AddressOverride, InvalidAddress, InvalidTemplate, check_address, check_override, fill,
    is_loopback,
};
use crate::clock::{Clock, SystemClock};
use crate::decode::RawAnswer;
use crate::endpoint::{CustomerIdSpelling, Endpoint, EndpointSummary, Method};
use crate::error::{Error, ErrorKind};
use crate::ids::{ApplicationId, ClientId, TenantId};
use crate::refusal::refusal;
use crate::retry::{Failure, RetryLimits};
use crate::token::{Token, TokenError, TokenSource};
use crate::transport::{Received, Transport};

/// The vendor's identity provider.
pub const DEFAULT_AUTHORITY: &str = "https://login.microsoftonline.com";
/// The vendor's API.
pub const DEFAULT_BASE_URL: &str = "https://s2s.api.app.cubu.com";

/// Everything a client needs. [`ClientOptions::new`] fills in the usual values.
#[derive(Clone, Debug)]
pub struct ClientOptions {
    /// Address of the identity provider.
    pub authority: String,
    /// Address of the API.
    pub base_url: String,
    /// The tenant that issues tokens.
    pub tenant_id: TenantId,
    /// Client id of the registered application.
    pub client_id: ClientId,
    /// Its secret.
    pub client_secret: SecretString,
    /// Its application id.
    pub application_id: ApplicationId,
    /// Corrected addresses of assumed endpoints.
    pub address_overrides: Vec<AddressOverride>,
    /// How the customer's id is spelt when booking and queueing up.
    pub customer_id_spelling: CustomerIdSpelling,
    /// Time and size limits.
    pub limits: Limits,
    /// Where the time comes from.
    pub clock: Arc<dyn Clock>,
}

impl ClientOptions {
    /// Options for the vendor's own addresses.
    pub fn new(
        tenant_id: TenantId,
        client_id: ClientId,
        client_secret: SecretString,
        application_id: ApplicationId,
    ) -> Self {
        Self {
            authority: DEFAULT_AUTHORITY.to_owned(),
            base_url: DEFAULT_BASE_URL.to_owned(),
            tenant_id,
            client_id,
            client_secret,
            application_id,
            address_overrides: Vec::new(),
            customer_id_spelling: CustomerIdSpelling::default(),
            limits: Limits::default(),
            clock: Arc::new(SystemClock),
        }
    }
}

/// Time and size limits of a client.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// For making a connection.
    pub connect_timeout: Duration,
    /// For one try, from connecting to the last byte of the answer.
    pub request_timeout: Duration,
    /// Bytes of an answer.
    pub body: usize,
    /// Trying again.
    pub retry: RetryLimits,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connect_timeout: Duration::from_secs(10),
            request_timeout: Duration::from_secs(30),
            body: 8 * 1024 * 1024,
            retry: RetryLimits::default(),
        }
    }
}

/// Why no client can be made from the options.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SetupError {
    /// The address of the identity provider is not accepted.
    #[error("sign-in address: {0}")]
    Authority(InvalidAddress),
    /// The address of the API is not accepted.
    #[error("API address: {0}")]
    BaseUrl(InvalidAddress),
    /// A corrected address is not accepted.
    #[error("address of {endpoint}: {problem}")]
    Override {
        /// The endpoint's name as given.
        endpoint: String,
        /// What is wrong.
        problem: InvalidTemplate,
    },
    /// Encryption can't be set up on this computer.
    #[error("encryption can't be set up: {0}")]
    Tls(String),
    /// The HTTP client can't be set up on this computer.
    #[error("connections can't be set up: {0}")]
    Http(String),
}

/// A client of the API. Cheap to clone; clones share connections and the access token.
#[derive(Clone)]
pub struct Client {
    inner: Arc<Inner>,
}

struct Inner {
    transport: Arc<Transport>,
    tokens: TokenSource,
    base: Url,
    application_id: ApplicationId,
    overrides: HashMap<&'static str, (Method, String)>,
    spelling: CustomerIdSpelling,
    body_limit: usize,
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("base", &self.inner.base.as_str())
            .finish_non_exhaustive()
    }
}

impl Client {
    /// Checks the options; nothing is sent yet.
    pub fn new(options: ClientOptions) -> Result<Self, SetupError> {
        let authority = check_address(&options.authority).map_err(SetupError::Authority)?;
        let base = check_address(&options.base_url).map_err(SetupError::BaseUrl)?;
        let mut overrides = HashMap::new();
        for address in options.address_overrides {
            let endpoint = check_override(&address).map_err(|problem| SetupError::Override {
                endpoint: address.endpoint.clone(),
                problem,
            })?;
            overrides.insert(endpoint.name, (address.method, address.path));
        }
        let loopback_only = is_loopback(&authority) && is_loopback(&base);
        let transport = Arc::new(Transport::new(
            options.clock,
            options.limits,
            loopback_only,
        )?);
        let tenant = [("tenantId", options.tenant_id.to_string())];
        let token_url = fill(&authority, "/{tenantId}/oauth2/v2.0/token", &tenant);
        let tokens = TokenSource::new(
            Arc::clone(&transport),
            token_url,
            options.client_id,
            options.client_secret,
        );
        Ok(Self {
            inner: Arc::new(Inner {
                transport,
                tokens,
                base,
                application_id: options.application_id,
                overrides,
                spelling: options.customer_id_spelling,
                body_limit: options.limits.body,
            }),
        })
    }

    /// Makes one call. Dropping the future cancels it, waiting between tries included.
    pub async fn send<E: Endpoint>(&self, call: &E) -> Result<E::Response, Error> {
        let received = self.inner.exchange(call).await?;
        let answer = RawAnswer {
            status: received.status,
            body: &received.body,
        };
        E::decode(&answer).map_err(|error| Error {
            endpoint: E::SUMMARY,
            kind: ErrorKind::Decode(error),
            request_id: received.request_id.clone(),
        })
    }

    /// Gets an access token unless there is a valid one: the harmless way to try tenant, client id and secret.
    pub async fn check_token(&self) -> Result<(), TokenError> {
        self.inner.tokens.get().await.map(|_| ())
    }

    /// Seconds by which this computer's clock is ahead of the server's (behind: negative), once there has been an answer.
    pub fn clock_skew(&self) -> Option<i64> {
        self.inner.transport.clock_skew()
    }

    /// The time by the server's clock, as far as its last answer told.
    pub fn server_time(&self) -> Option<DateTime<Utc>> {
        let ahead = TimeDelta::try_seconds(self.clock_skew()?)?;
        self.inner.transport.clock.now().checked_sub_signed(ahead)
    }
}

impl Inner {
    async fn exchange<E: Endpoint>(&self, call: &E) -> Result<Received, Error> {
        let endpoint = E::SUMMARY;
        let url = self.url(call);
        let body = call.body(self.spelling);
        let failed = |kind, request_id| Error {
            endpoint,
            kind,
            request_id,
        };

        let mut token = self
            .tokens
            .get()
            .await
            .map_err(|error| failed(error.into(), None))?;
        let mut replaced = false;
        loop {
            let result = self
                .transport
                .send(endpoint.name, endpoint.retry, || {
                    self.request(endpoint, &url, body.as_ref(), &token)
                })
                .await;
            let received = match result {
                Ok(received) => received,
                Err(failure) => return Err(failed(self.kind_of(failure), None)),
            };
            match received.status {
                200..=299 => return Ok(received),
                // A 401 precedes any effect, so even a write may be sent again, once, with a fresh token.
                401 if !replaced => {
                    replaced = true;
                    let fresh = self.tokens.replace(&token).await;
                    token = fresh.map_err(|error| failed(error.into(), None))?;
                }
                _ => return Err(failed(classify(&received), received.request_id)),
            }
        }
    }

    fn url<E: Endpoint>(&self, call: &E) -> Url {
        let mut values = call.path_parameters();
        values.push(("applicationId", self.application_id.to_string()));
        let template = self
            .overrides
            .get(E::NAME)
            .map_or(E::SUMMARY.path, |(_, path)| path);
        let mut url = fill(&self.base, template, &values);
        let query = call.query();
        if !query.is_empty() {
            url.query_pairs_mut().extend_pairs(query);
        }
        url
    }

    fn request(
        &self,
        endpoint: &EndpointSummary,
        url: &Url,
        body: Option<&serde_json::Value>,
        token: &Token,
    ) -> reqwest::RequestBuilder {
        let method = self
            .overrides
            .get(endpoint.name)
            .map_or(endpoint.method, |(method, _)| *method);
        let verb = match method {
            Method::Get => reqwest::Method::GET,
            Method::Post => reqwest::Method::POST,
            Method::Put => reqwest::Method::PUT,
            Method::Patch => reqwest::Method::PATCH,
            Method::Delete => reqwest::Method::DELETE,
        };
        let request = self
            .transport
            .http
            .request(verb, url.clone())
            .header(AUTHORIZATION, token.header.clone())
            .header(ACCEPT, "application/json");
        match body {
            Some(body) => request.json(body),
            // Said even when there is nothing: some web servers refuse such a request without it (411).
            None if method != Method::Get => request.header(CONTENT_LENGTH, 0),
            None => request,
        }
    }

    fn kind_of(&self, failure: Failure) -> ErrorKind {
        match failure {
            Failure::NotSent => ErrorKind::Offline,
            Failure::Timeout => ErrorKind::Timeout,
            Failure::TooLarge => ErrorKind::TooLarge {
                limit: self.body_limit,
            },
            Failure::Broken | Failure::Status { .. } => ErrorKind::Interrupted,
        }
    }
}

fn classify(received: &Received) -> ErrorKind {
    let status = received.status;
    let refusal = || refusal(status, &received.body);
    match status {
        401 => ErrorKind::Unauthorized(refusal()),
        403 => ErrorKind::Forbidden(refusal()),
        404 => ErrorKind::NotFound(refusal()),
        405 => ErrorKind::MethodNotAllowed(refusal()),
        409 => ErrorKind::Conflict(refusal()),
        429 => ErrorKind::RateLimited {
            retry_after: received.retry_after,
        },
        400..=499 => ErrorKind::Rejected(refusal()),
        100..=399 => ErrorKind::Redirected { status },
        _ => ErrorKind::Server(refusal()),
    }
}
