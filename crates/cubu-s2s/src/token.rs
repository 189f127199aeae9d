//! Access tokens: one client-credentials request shared by all callers, and what its refusals mean.
//!
//! The secret goes into the request's body and nowhere else; the token into a header marked sensitive.

use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, PoisonError, RwLock};

use chrono::{DateTime, TimeDelta, Utc};
use reqwest::header::HeaderValue;
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use tokio::sync::Mutex;
use url::Url;

use crate::endpoint::Retry;
use crate::ids::ClientId;
use crate::retry::Failure;
use crate::transport::Transport;

/// No access token could be had.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{advice}{}", number.map(|number| format!(" (AADSTS{number})")).unwrap_or_default())]
pub struct TokenError {
    /// What to do about it.
    pub advice: TokenAdvice,
    /// The `error` of the answer, like `invalid_client`.
    pub error: Option<String>,
    /// The first of the answer's error numbers.
    pub number: Option<u32>,
    /// The identity provider's id of the request, for support.
    pub correlation_id: Option<String>,
    /// HTTP status, if there was an answer.
    pub status: Option<u16>,
}

/// What to do about a refused or failed token request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TokenAdvice {
    /// The secret is not the right one: check it, or create a new one under Registered applications.
    CheckSecret,
    /// The secret has run out: create a new one under Registered applications.
    RenewSecret,
    /// The tenant does not know the client id: check both on the Getting Started tab.
    CheckClientAndTenant,
    /// The tenant id is not known or malformed.
    CheckTenant,
    /// The scope was refused: the client id is wrong.
    CheckClientId,
    /// The answer does not come from an identity provider: check the sign-in address.
    CheckAuthority,
    /// The identity provider is busy or failing: wait and try again.
    TryLater,
    /// No connection.
    CheckConnection,
    /// Something else: an administrator should look at the registered application.
    AskAdministrator,
}

impl fmt::Display for TokenAdvice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::CheckSecret => "the client secret is not accepted",
            Self::RenewSecret => "the client secret has expired",
            Self::CheckClientAndTenant => "the tenant does not know the client id",
            Self::CheckTenant => "the tenant id is not known",
            Self::CheckClientId => "the client id is not accepted",
            Self::CheckAuthority => "the sign-in address does not answer as one",
            Self::TryLater => "sign-in is busy",
            Self::CheckConnection => "no connection to the sign-in address",
            Self::AskAdministrator => "sign-in was refused",
        })
    }
}

impl TokenError {
    /// Whether waiting may help.
    pub fn retryable(&self) -> bool {
        matches!(
            self.advice,
            TokenAdvice::TryLater | TokenAdvice::CheckConnection
        )
    }

    fn plain(advice: TokenAdvice, status: Option<u16>) -> Self {
        Self {
            advice,
            error: None,
            number: None,
            correlation_id: None,
            status,
        }
    }

    /// Behaviour follows `error` alone; a known number only refines the advice.
    fn from_answer(status: u16, body: &[u8]) -> Self {
        #[derive(Deserialize)]
        struct Answer {
            error: String,
            #[serde(default)]
            error_codes: Vec<u32>,
            #[serde(default)]
            correlation_id: Option<String>,
        }
        let answer = serde_json::from_slice::<Answer>(body).ok();
        let error = answer.as_ref().map(|answer| answer.error.as_str());
        let number = answer
            .as_ref()
            .and_then(|answer| answer.error_codes.first().copied());
        let advice = match (error, number) {
            (Some("invalid_client"), Some(7_000_222)) => TokenAdvice::RenewSecret,
            (Some("invalid_client"), _) => TokenAdvice::CheckSecret,
            (Some("unauthorized_client"), _) => TokenAdvice::CheckClientAndTenant,
            (Some("invalid_request"), _) => TokenAdvice::CheckTenant,
            (Some("invalid_scope"), _) => TokenAdvice::CheckClientId,
            (Some("temporarily_unavailable"), _) => TokenAdvice::TryLater,
            _ if status == 429 || status >= 500 => TokenAdvice::TryLater,
            (Some(_), _) => TokenAdvice::AskAdministrator,
            (None, _) => TokenAdvice::CheckAuthority,
        };
        Self {
            advice,
            number,
            status: Some(status),
            error: error.map(|error| {
                error
                    .chars()
                    .filter(char::is_ascii_graphic)
                    .take(60)
                    .collect()
            }),
            correlation_id: answer
                .and_then(|answer| answer.correlation_id)
                .map(|id| id.chars().filter(char::is_ascii_graphic).take(60).collect()),
        }
    }
}

/// A token that can be put on a request.
pub(crate) struct Token {
    pub(crate) header: HeaderValue,
    expires: DateTime<Utc>,
    refresh_after: DateTime<Utc>,
    serial: u64,
}

/// Gets tokens and keeps the current one.
pub(crate) struct TokenSource {
    transport: Arc<Transport>,
    url: Url,
    client_id: ClientId,
    secret: SecretString,
    current: RwLock<Option<Arc<Token>>>,
    /// Held by whoever is fetching; keeps the last failure for those who waited meanwhile.
    fetching: Mutex<Option<TokenError>>,
    /// Counts finished fetches, so that a waiter knows whether one ended while it waited.
    rounds: AtomicU64,
}

const EARLY: TimeDelta = TimeDelta::minutes(5);
const AFTER_FAILED_REFRESH: TimeDelta = TimeDelta::seconds(30);

impl TokenSource {
    pub(crate) fn new(
        transport: Arc<Transport>,
        url: Url,
        client_id: ClientId,
        secret: SecretString,
    ) -> Self {
        Self {
            transport,
            url,
            client_id,
            secret,
            current: RwLock::new(None),
            fetching: Mutex::new(None),
            rounds: AtomicU64::new(0),
        }
    }

    /// A token that is valid now. However many ask at once, one request is made.
    pub(crate) async fn get(&self) -> Result<Arc<Token>, TokenError> {
        let round = self.rounds.load(Ordering::Acquire);
        let now = self.transport.clock.now();
        if let Some(token) = self.current() {
            if now < token.refresh_after {
                return Ok(token);
            }
            if now < token.expires {
                return Ok(self.refresh_early(token).await);
            }
        }
        self.fetch_once(round, |token| now < token.expires).await
    }

    /// A token other than the one the server has just rejected.
    pub(crate) async fn replace(&self, rejected: &Token) -> Result<Arc<Token>, TokenError> {
        let round = self.rounds.load(Ordering::Acquire);
        self.fetch_once(round, |token| token.serial != rejected.serial)
            .await
    }

    /// One caller refreshes, the others go on with the token that still holds; so does the one if refreshing fails.
    async fn refresh_early(&self, token: Arc<Token>) -> Arc<Token> {
        let Ok(mut last_failure) = self.fetching.try_lock() else {
            return token;
        };
        match self.fetch(&mut last_failure).await {
            Ok(fresh) => fresh,
            Err(error) => {
                tracing::warn!(%error, "early token refresh failed; the present token still holds");
                let later = Arc::new(Token {
                    header: token.header.clone(),
                    expires: token.expires,
                    refresh_after: self.transport.clock.now() + AFTER_FAILED_REFRESH,
                    serial: token.serial,
                });
                self.keep(&later);
                later
            }
        }
    }

    async fn fetch_once(
        &self,
        round: u64,
        good: impl Fn(&Token) -> bool,
    ) -> Result<Arc<Token>, TokenError> {
        let mut last_failure = self.fetching.lock().await;
        if let Some(token) = self.current().filter(|token| good(token)) {
            return Ok(token);
        }
        if self.rounds.load(Ordering::Acquire) != round
            && let Some(error) = last_failure.as_ref()
        {
            return Err(error.clone());
        }
        self.fetch(&mut last_failure).await
    }

    async fn fetch(&self, last_failure: &mut Option<TokenError>) -> Result<Arc<Token>, TokenError> {
        let result = self.request().await.map(Arc::new);
        *last_failure = result.as_ref().err().cloned();
        if let Ok(token) = &result {
            self.keep(token);
        }
        self.rounds.fetch_add(1, Ordering::Release);
        result
    }

    async fn request(&self) -> Result<Token, TokenError> {
        let client_id = self.client_id.to_string();
        let scope = format!("{client_id}/.default");
        let received = self
            .transport
            .send("token", Retry::Read, || {
                self.transport.http.post(self.url.clone()).form(&[
                    ("grant_type", "client_credentials"),
                    ("client_id", client_id.as_str()),
                    ("client_secret", self.secret.expose_secret()),
                    ("scope", scope.as_str()),
                ])
            })
            .await
            .map_err(|failure| match failure {
                Failure::NotSent | Failure::Broken | Failure::Timeout => {
                    TokenError::plain(TokenAdvice::CheckConnection, None)
                }
                Failure::TooLarge | Failure::Status { .. } => {
                    TokenError::plain(TokenAdvice::CheckAuthority, None)
                }
            })?;
        read(
            received.status,
            &received.body,
            self.transport.clock.now(),
            self.rounds.load(Ordering::Acquire),
        )
    }

    fn current(&self) -> Option<Arc<Token>> {
        self.current
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    fn keep(&self, token: &Arc<Token>) {
        *self.current.write().unwrap_or_else(PoisonError::into_inner) = Some(Arc::clone(token));
    }
}

/// Reads the answer to a token request that was received at `now`.
pub(crate) fn read(
    status: u16,
    body: &[u8],
    now: DateTime<Utc>,
    serial: u64,
) -> Result<Token, TokenError> {
    #[derive(Deserialize)]
    struct Answer {
        access_token: String,
        #[serde(default, deserialize_with = "crate::decode::text_or_number")]
        expires_in: String,
    }
    if !(200..300).contains(&status) {
        return Err(TokenError::from_answer(status, body));
    }
    let unreadable = || TokenError::plain(TokenAdvice::CheckAuthority, Some(status));
    let answer: Answer = serde_json::from_slice(body).map_err(|_| unreadable())?;
    let mut header = HeaderValue::from_str(&format!("Bearer {}", answer.access_token))
        .map_err(|_| unreadable())?;
    header.set_sensitive(true);
    let seconds = answer
        .expires_in
        .parse()
        .unwrap_or(3599_i64)
        .clamp(1, 86_400);
    let lifetime = TimeDelta::seconds(seconds);
    let expires = now + lifetime;
    Ok(Token {
        header,
        expires,
        refresh_after: expires - EARLY.min(lifetime / 2),
        serial,
    })
}
