//! Whether to try again, and when: a pure decision. Waiting is the sender's business.

use std::time::Duration;

use crate::endpoint::Retry;

/// How an attempt failed, as far as trying again is concerned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Failure {
    /// It is known that nothing was sent.
    NotSent,
    /// No answer in time.
    Timeout,
    /// The connection broke, before or within the answer.
    Broken,
    /// The answer is longer than the client takes.
    TooLarge,
    /// An answer with this status, and how long the server wants to be left alone.
    Status {
        status: u16,
        retry_after: Option<Duration>,
    },
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Decision {
    Stop,
    Continue(Duration),
}

/// Limits of trying again.
#[derive(Clone, Copy, Debug)]
pub struct RetryLimits {
    /// Tries in all.
    pub tries: u32,
    /// Wait before the second try; it doubles from there.
    pub first_delay: Duration,
    /// The longest wait. A server that asks for more gets no further try.
    pub longest_delay: Duration,
}

impl Default for RetryLimits {
    fn default() -> Self {
        Self {
            tries: 3,
            first_delay: Duration::from_millis(250),
            longest_delay: Duration::from_secs(20),
        }
    }
}

/// `attempt` counts from 1, `jitter` is between 0 and 1.
pub(crate) fn decide(
    limits: &RetryLimits,
    retry: Retry,
    failure: Failure,
    attempt: u32,
    jitter: f64,
) -> Decision {
    let (may_repeat, wanted) = match failure {
        Failure::NotSent => (true, None),
        Failure::Timeout | Failure::Broken => (retry == Retry::Read, None),
        Failure::TooLarge => (false, None),
        Failure::Status {
            status: 429,
            retry_after,
        } => (true, retry_after),
        Failure::Status {
            status: 502..=504,
            retry_after,
        } => (retry == Retry::Read, retry_after),
        Failure::Status { .. } => (false, None),
    };
    if !may_repeat || attempt >= limits.tries {
        return Decision::Stop;
    }
    let doubled = limits
        .first_delay
        .saturating_mul(1 << (attempt - 1).min(16));
    // Between half and all of the doubled delay; what the server asks for is never cut short, only stretched a little.
    let own = doubled
        .mul_f64(0.5 + jitter / 2.0)
        .min(limits.longest_delay);
    match wanted {
        Some(wanted) if wanted > limits.longest_delay => Decision::Stop,
        Some(wanted) => Decision::Continue(wanted.max(own) + limits.first_delay.mul_f64(jitter)),
        None => Decision::Continue(own),
    }
}

#[cfg(test)]
mod tests {
    use super::{Decision, Failure, RetryLimits, decide};
    use crate::endpoint::Retry::{self, Read, Write};
    use std::time::Duration;

    const fn status(status: u16) -> Failure {
        Failure::Status {
            status,
            retry_after: None,
        }
    }

    const fn busy(seconds: u64) -> Failure {
        Failure::Status {
            status: 429,
            retry_after: Some(Duration::from_secs(seconds)),
        }
    }

    fn delay(retry: Retry, failure: Failure, attempt: u32, jitter: f64) -> Option<u128> {
        match decide(&RetryLimits::default(), retry, failure, attempt, jitter) {
            Decision::Stop => None,
            Decision::Continue(delay) => Some(delay.as_millis()),
        }
    }

    #[test]
    fn what_is_repeated_and_after_how_many_milliseconds() {
        let table: &[(Retry, Failure, u32, Option<u128>)] = &[
            (Read, Failure::NotSent, 1, Some(250)),
            (Read, Failure::NotSent, 2, Some(500)),
            (Read, Failure::NotSent, 3, None),
            (Read, Failure::Timeout, 1, Some(250)),
            (Read, Failure::Broken, 1, Some(250)),
            (Read, Failure::TooLarge, 1, None),
            (Read, status(500), 1, None),
            (Read, status(501), 1, None),
            (Read, status(502), 1, Some(250)),
            (Read, status(503), 2, Some(500)),
            (Read, status(504), 1, Some(250)),
            (Read, status(504), 3, None),
            (Read, status(429), 1, Some(250)),
            (Read, busy(2), 1, Some(2250)),
            (Read, busy(20), 1, Some(20_250)),
            (Read, busy(21), 1, None),
            (Read, busy(2), 3, None),
            (Read, status(400), 1, None),
            (Read, status(401), 1, None),
            (Read, status(403), 1, None),
            (Read, status(404), 1, None),
            (Read, status(408), 1, None),
            (Read, status(409), 1, None),
            (Read, status(301), 1, None),
            (Write, Failure::NotSent, 1, Some(250)),
            (Write, Failure::NotSent, 3, None),
            (Write, Failure::Timeout, 1, None),
            (Write, Failure::Broken, 1, None),
            (Write, Failure::TooLarge, 1, None),
            (Write, status(500), 1, None),
            (Write, status(502), 1, None),
            (Write, status(503), 1, None),
            (Write, status(504), 1, None),
            (Write, status(429), 1, Some(250)),
            (Write, busy(2), 1, Some(2250)),
            (Write, busy(90), 1, None),
            (Write, status(409), 1, None),
        ];
        for (retry, failure, attempt, expected) in table {
            assert_eq!(
                delay(*retry, *failure, *attempt, 1.0),
                *expected,
                "{retry:?} {failure:?} attempt {attempt}"
            );
        }
    }

    #[test]
    fn jitter_spreads_own_delays_and_never_shortens_what_the_server_asks_for() {
        assert_eq!(delay(Read, Failure::NotSent, 1, 0.0), Some(125));
        assert_eq!(delay(Read, Failure::NotSent, 1, 0.5), Some(187));
        assert_eq!(delay(Write, busy(2), 1, 0.0), Some(2000));
    }
}
