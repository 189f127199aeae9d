//! What can go wrong with a call, told apart by what the caller can do about it.
//!
//! Nothing here prints a secret, a token, a request body or the server's own words: those may hold personal data, and
//! are reachable only through [`ServerMessage::as_str`].

use std::fmt;
use std::time::Duration;

use crate::decode::DecodeError;
use crate::endpoint::{EndpointSummary, Fault, Retry};
use crate::token::TokenError;

/// A call that failed.
#[derive(Clone, Debug, thiserror::Error)]
#[error("{}: {kind}", endpoint.title)]
pub struct Error {
    /// The call.
    pub endpoint: &'static EndpointSummary,
    /// What happened.
    pub kind: ErrorKind,
    /// The server's id of the request, for support.
    pub request_id: Option<String>,
}

impl Error {
    /// Whether the call may have changed something although it failed.
    pub fn outcome_unknown(&self) -> bool {
        self.endpoint.retry == Retry::Write
            && matches!(
                self.kind,
                ErrorKind::Timeout
                    | ErrorKind::Interrupted
                    | ErrorKind::Server(_)
                    | ErrorKind::Decode(_)
                    | ErrorKind::TooLarge { .. }
            )
    }

    /// Whether the same call may succeed a little later without anyone changing anything, and repeating it does no harm.
    pub fn retryable(&self) -> bool {
        match &self.kind {
            ErrorKind::Offline | ErrorKind::RateLimited { .. } => true,
            ErrorKind::Timeout | ErrorKind::Interrupted | ErrorKind::Server(_) => {
                self.endpoint.retry == Retry::Read
            }
            ErrorKind::Token(error) => error.retryable(),
            _ => false,
        }
    }

    /// What the server said when it refused the call.
    pub fn refusal(&self) -> Option<&Refusal> {
        match &self.kind {
            ErrorKind::Unauthorized(refusal)
            | ErrorKind::Forbidden(refusal)
            | ErrorKind::NotFound(refusal)
            | ErrorKind::MethodNotAllowed(refusal)
            | ErrorKind::Conflict(refusal)
            | ErrorKind::Rejected(refusal)
            | ErrorKind::Server(refusal) => Some(refusal),
            _ => None,
        }
    }

    /// The documented failures of this endpoint that fit: by `errorCode` where there is one, otherwise by status.
    pub fn faults(&self) -> impl Iterator<Item = &'static Fault> + use<> {
        let seen = self
            .refusal()
            .map(|refusal| (refusal.status, refusal.error_code));
        self.endpoint
            .faults
            .iter()
            .filter(move |fault| match (seen, fault.code) {
                (Some((status, Some(code))), Some(known)) => {
                    status == fault.status && code == known
                }
                (Some((status, _)), None) => status == fault.status,
                _ => false,
            })
    }
}

/// What happened to a call.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum ErrorKind {
    /// No connection could be made: nothing was sent.
    #[error("no connection to the server")]
    Offline,
    /// The answer did not come in time; the request may have arrived.
    #[error("no answer in time")]
    Timeout,
    /// The connection broke after the request may have been sent.
    #[error("the connection broke before the answer was complete")]
    Interrupted,
    /// 429, and waiting longer than a caller should.
    #[error("the server is busy")]
    RateLimited {
        /// How long the server wants to be left alone.
        retry_after: Option<Duration>,
    },
    /// No access token could be had.
    #[error("no access token: {0}")]
    Token(#[from] TokenError),
    /// 401 even with a fresh token.
    #[error("the server does not accept the access token ({0})")]
    Unauthorized(Refusal),
    /// 403: the role is missing, or one of the endpoint's documented conditions.
    #[error("not allowed ({0})")]
    Forbidden(Refusal),
    /// 404.
    #[error("not found ({0})")]
    NotFound(Refusal),
    /// 405: the address is not right.
    #[error("the address does not take this method ({0})")]
    MethodNotAllowed(Refusal),
    /// 409.
    #[error("in conflict with the present state ({0})")]
    Conflict(Refusal),
    /// Any other 4xx.
    #[error("refused ({0})")]
    Rejected(Refusal),
    /// 5xx.
    #[error("the server failed ({0})")]
    Server(Refusal),
    /// 3xx: redirects are never followed, since the token would go along.
    #[error("the server sends elsewhere (HTTP {status})")]
    Redirected {
        /// HTTP status.
        status: u16,
    },
    /// A successful answer that can't be read.
    #[error(transparent)]
    Decode(#[from] DecodeError),
    /// The answer is longer than the client takes.
    #[error("the answer is longer than {limit} bytes")]
    TooLarge {
        /// The limit.
        limit: usize,
    },
}

/// An answer with an error status. The form of error bodies is not documented, so everything but the status may be missing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// HTTP status.
    pub status: u16,
    /// The vendor's `errorCode`; its meaning depends on the endpoint.
    pub error_code: Option<u32>,
    /// What the server said, if it said something readable.
    pub message: Option<ServerMessage>,
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "HTTP {}", self.status)?;
        self.error_code
            .map_or(Ok(()), |code| write!(f, ", error {code}"))
    }
}

/// The server's own words. They may name people, so they are printed only where someone asks for them.
#[derive(Clone, PartialEq, Eq)]
pub struct ServerMessage(pub(crate) String);

impl ServerMessage {
    /// The words, at most 300 characters of plain text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for ServerMessage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ServerMessage({} characters)", self.0.chars().count())
    }
}
