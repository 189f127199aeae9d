//! Everything that can go wrong between a desk and Cubu, on demand and the same again with the same seed. A rule says what
//! befalls which call how often; each request that it covers is one draw. Leaves out when writes take hold (`timeline`).
//!
//! At most one harm befalls a request, the first rule's that draws it; latency adds up and goes with any harm. The doors under
//! `/_simulator` are spared, except that nobody gets in while the port refuses connections.

mod door;
mod fault;
mod line;
mod rule;
mod spoil;

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use serde_json::{Value, json};

pub(crate) use door::{Door, Doorway};
pub use fault::{Breakdown, Fault};
pub(crate) use line::Cord;
pub use rule::{BadRule, FaultRule};
pub(crate) use spoil::{broken_down, drip, half, malformed, too_many};

/// The token endpoint's name in rules and counters.
pub(crate) const TOKEN: &str = "Token";

/// What a request asks for, as far as faults care.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Token,
    Read,
    Write,
}

/// What befalls one request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Strike {
    pub latency: Duration,
    pub harm: Option<Fault>,
}

/// The part of a strike that matters while the request is being answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Twist {
    /// How far the answering server's clock is off.
    pub clock: TimeDelta,
    /// The token runs out before its time.
    pub token_expires: bool,
    /// The write takes hold this long after it was answered.
    pub late: Option<Duration>,
    /// The read sees the world as it was this long ago.
    pub stale: Option<Duration>,
}

impl Strike {
    pub(crate) fn twist(&self) -> Twist {
        let mut twist = Twist {
            clock: TimeDelta::zero(),
            token_expires: false,
            late: None,
            stale: None,
        };
        match self.harm {
            Some(Fault::Clock(seconds)) => twist.clock = TimeDelta::seconds(seconds.into()),
            Some(Fault::TokenExpired) => twist.token_expires = true,
            Some(Fault::LateWrite(by)) => twist.late = Some(by),
            Some(Fault::StaleRead(by)) => twist.stale = Some(by),
            _ => {}
        }
        twist
    }
}

impl Twist {
    /// The time on the answering server's clock.
    pub(crate) fn shown(&self, now: DateTime<Utc>) -> DateTime<Utc> {
        now.checked_add_signed(self.clock).unwrap_or(now)
    }
}

/// A rule at work, with its own source of chance.
struct Armed {
    rule: FaultRule,
    chance: StdRng,
    drawn: u64,
    struck: u64,
}

impl Armed {
    /// One draw for one covered request. It is made even where the limit is reached, so that a limit moves no later draw.
    fn draw(&mut self) -> bool {
        self.drawn += 1;
        let hit = self.chance.random::<f64>() < self.rule.rate;
        hit && self.rule.limit.is_none_or(|limit| self.struck < limit)
    }
}

/// The rules that hold right now.
#[derive(Default)]
pub(crate) struct Faults {
    armed: Vec<Armed>,
    /// How many requests were struck, by however many rules.
    touched: u64,
}

impl Faults {
    /// These rules, each from its first draw on. Two rules with one seed draw apart: their place counts as well.
    pub(crate) fn new(rules: &[FaultRule]) -> Self {
        let armed = rules.iter().enumerate().map(|(place, rule)| {
            let place = u64::try_from(place).unwrap_or_default();
            let seed = rule.seed ^ place.wrapping_mul(0x9e37_79b9_7f4a_7c15);
            Armed {
                rule: rule.clone(),
                chance: StdRng::seed_from_u64(seed),
                drawn: 0,
                struck: 0,
            }
        });
        Self {
            armed: armed.collect(),
            touched: 0,
        }
    }

    /// Counts a request that nothing was drawn for: it came over an open line while the port was shut.
    pub(crate) fn touch(&mut self) {
        self.touched += 1;
    }

    /// How many requests were struck.
    pub(crate) fn touched(&self) -> u64 {
        self.touched
    }

    /// Draws for one request.
    pub(crate) fn strike(&mut self, endpoint: &str, kind: Kind) -> Strike {
        let mut strike = Strike::default();
        for armed in &mut self.armed {
            if !armed.rule.covers(endpoint, kind) || !armed.draw() {
                continue;
            }
            match armed.rule.fault {
                Fault::Latency(latency) => strike.latency += latency,
                _ if strike.harm.is_some() => continue,
                fault => strike.harm = Some(fault),
            }
            armed.struck += 1;
        }
        self.touched += u64::from(strike != Strike::default());
        strike
    }

    /// The longest ago that a stale read may look.
    pub(crate) fn longest_stale(&self) -> Option<Duration> {
        let stale = self
            .armed
            .iter()
            .filter_map(|armed| match armed.rule.fault {
                Fault::StaleRead(by) => Some(by),
                _ => None,
            });
        stale.max()
    }

    /// Each rule with how often it was drawn for and how often it struck.
    pub(crate) fn report(&self) -> Value {
        self.armed
            .iter()
            .map(|armed| {
                json!({
                    "endpoint": armed.rule.endpoint,
                    "fault": armed.rule.fault,
                    "rate": armed.rule.rate,
                    "seed": armed.rule.seed,
                    "limit": armed.rule.limit,
                    "drawn": armed.drawn,
                    "struck": armed.struck,
                })
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn strikes(rules: &[FaultRule], requests: usize) -> Vec<Strike> {
        let mut faults = Faults::new(rules);
        (0..requests)
            .map(|_| faults.strike("BookAppointment", Kind::Write))
            .collect()
    }

    #[test]
    fn the_same_seed_strikes_the_same_requests_and_another_seed_others() {
        let rule = FaultRule::new("*", Fault::ResetAfter).rate(0.3);
        let first = strikes(&[rule.clone().seed(1)], 200);
        assert_eq!(first, strikes(&[rule.clone().seed(1)], 200));
        assert_ne!(first, strikes(&[rule.seed(2)], 200));
        let struck = first.iter().filter(|strike| strike.harm.is_some()).count();
        assert!((40..80).contains(&struck), "{struck} of 200");
    }

    #[test]
    fn one_harm_befalls_a_request_and_latency_adds_to_it() {
        let second = Duration::from_secs(1);
        let strike = strikes(
            &[
                FaultRule::new("*", Fault::Latency(second)),
                FaultRule::new("BookAppointment", Fault::ResetAfter),
                FaultRule::new("*", Fault::Malformed),
                FaultRule::new("*", Fault::Latency(second)),
            ],
            1,
        );
        assert_eq!(strike[0].latency, 2 * second);
        assert_eq!(strike[0].harm, Some(Fault::ResetAfter));
    }

    #[test]
    fn a_request_is_touched_once_however_many_rules_strike_it() {
        let latency = FaultRule::new("*", Fault::Latency(Duration::from_secs(1)));
        let harm = FaultRule::new("BookAppointment", Fault::ResetAfter);
        let mut faults = Faults::new(&[latency.limit(1), harm.limit(1)]);
        for _ in 0..3 {
            faults.strike("BookAppointment", Kind::Write);
        }
        assert_eq!(faults.touched(), 1);
    }

    #[test]
    fn a_limit_ends_a_rule_and_leaves_the_turn_to_the_next() {
        let rules = [
            FaultRule::new("*", Fault::ResetBefore).limit(2),
            FaultRule::new("*", Fault::ResetAfter),
        ];
        let harms: Vec<_> = strikes(&rules, 3)
            .iter()
            .map(|strike| strike.harm)
            .collect();
        assert_eq!(
            harms,
            [Fault::ResetBefore, Fault::ResetBefore, Fault::ResetAfter].map(Some)
        );
    }

    #[test]
    fn a_late_write_befalls_writes_only_and_a_stale_read_reads_only() {
        let second = Duration::from_secs(1);
        let mut faults = Faults::new(&[
            FaultRule::new("*", Fault::LateWrite(second)),
            FaultRule::new("*", Fault::StaleRead(second)),
        ]);
        let harm = |kind, faults: &mut Faults| faults.strike("any", kind).harm;
        assert_eq!(
            harm(Kind::Write, &mut faults),
            Some(Fault::LateWrite(second))
        );
        assert_eq!(
            harm(Kind::Read, &mut faults),
            Some(Fault::StaleRead(second))
        );
        assert_eq!(harm(Kind::Token, &mut faults), None);
    }
}
