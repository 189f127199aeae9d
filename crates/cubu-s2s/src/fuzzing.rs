//! Ways for a fuzzer into the readers that are otherwise reached through a connection only. Nothing that is shipped turns
//! this feature on. The answers of the endpoints need no way of their own: [`crate::Endpoint::decode`] is open to all.

use std::time::{Duration, SystemTime};

use reqwest::header::{DATE, HeaderMap, HeaderValue, RETRY_AFTER};

use crate::endpoint::Retry;
use crate::error::Refusal;
use crate::retry::{Decision, Failure, RetryLimits, decide};
use crate::token::TokenError;

/// Reads the answer to a token request. The token itself stays inside.
pub fn token_answer(
    status: u16,
    body: &[u8],
    now: chrono::DateTime<chrono::Utc>,
) -> Result<(), TokenError> {
    crate::token::read(status, body, now, 0).map(|_| ())
}

/// Reads the body of an error.
pub fn refusal(status: u16, body: &[u8]) -> Refusal {
    crate::refusal::refusal(status, body)
}

/// Reads `Date` and `Retry-After`: the clock skew in seconds, and the wait before the next try, if there is to be one.
pub fn times(date: &[u8], retry_after: &[u8], now: SystemTime) -> (Option<i64>, Option<Duration>) {
    let mut headers = HeaderMap::new();
    for (name, value) in [(DATE, date), (RETRY_AFTER, retry_after)] {
        if let Ok(value) = HeaderValue::from_bytes(value) {
            headers.insert(name, value);
        }
    }
    let times = crate::transport::times(&headers, now);
    let failure = Failure::Status {
        status: 429,
        retry_after: times.retry_after,
    };
    let wait = match decide(&RetryLimits::default(), Retry::Write, failure, 1, 1.0) {
        Decision::Stop => None,
        Decision::Continue(wait) => Some(wait),
    };
    (times.skew, wait)
}
