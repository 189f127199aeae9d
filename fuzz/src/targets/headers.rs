//! What comes with an answer or in place of one: the answer to a token request, error bodies, the headers about time.

use std::time::{Duration, SystemTime};

use cubu_s2s::fuzzing;

use crate::mutate::PRIVATE;

/// The first line is left out of no answer, and both are told apart by the statuses that occur.
const STATUSES: [u16; 7] = [200, 302, 400, 401, 409, 429, 503];

pub fn token_answer(body: &[u8]) {
    let now = chrono::DateTime::from_timestamp(1_795_000_000, 0).expect("a moment");
    for status in STATUSES {
        if let Err(failure) = fuzzing::token_answer(status, body, now) {
            for kept in [&failure.error, &failure.correlation_id] {
                let kept = kept.as_deref().unwrap_or_default();
                assert!(kept.len() <= 60 && kept.bytes().all(|byte| byte.is_ascii_graphic()));
            }
        }
    }
}

pub fn refusal(body: &[u8]) {
    for status in STATUSES {
        let refusal = fuzzing::refusal(status, body);
        assert!(!format!("{refusal:?}").contains(PRIVATE), "{refusal:?}");
        if let Some(message) = refusal.message {
            let shown = message.as_str();
            assert!(shown.chars().count() <= 300 && !shown.chars().any(char::is_control));
        }
    }
}

/// The first line is `Date`, the rest `Retry-After`.
pub fn times(headers: &[u8]) {
    let mut lines = headers.splitn(2, |byte| *byte == b'\n');
    let (date, retry_after) = (
        lines.next().unwrap_or_default(),
        lines.next().unwrap_or_default(),
    );
    for now in [0, 1_795_000_000, 253_402_300_799] {
        let now = SystemTime::UNIX_EPOCH + Duration::from_secs(now);
        let (_, wait) = fuzzing::times(date, retry_after, now);
        assert!(
            wait.is_none_or(|wait| wait < Duration::from_secs(21)),
            "{wait:?}"
        );
    }
}
