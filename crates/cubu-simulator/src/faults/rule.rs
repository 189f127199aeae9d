//! A rule: which call, which fault, how often. Leaves out the draws.

use std::fmt;
use std::str::FromStr;

use super::{Fault, Kind, TOKEN};
use crate::routes::ROUTES;

/// Which fault befalls which call how often. As text: `BookAppointment:reset-after:0.2:seed=9:limit=3`, where all that
/// follows the fault may be left out.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct FaultRule {
    /// A call's name, `Token` for the token endpoint, or `*` for all of them.
    pub endpoint: String,
    /// What goes wrong.
    pub fault: Fault,
    /// The share of requests that it befalls, from 0 to 1.
    #[serde(default = "always")]
    pub rate: f64,
    /// The same seed strikes the same requests, counted from the moment the rules are set.
    #[serde(default)]
    pub seed: u64,
    /// How often it strikes at most.
    #[serde(default)]
    pub limit: Option<u64>,
}

const fn always() -> f64 {
    1.0
}

impl FaultRule {
    /// A rule that strikes every time.
    #[must_use]
    pub fn new(endpoint: &str, fault: Fault) -> Self {
        Self {
            endpoint: endpoint.to_owned(),
            fault,
            rate: always(),
            seed: 0,
            limit: None,
        }
    }

    /// With this rate.
    #[must_use]
    pub fn rate(self, rate: f64) -> Self {
        Self { rate, ..self }
    }

    /// With this seed.
    #[must_use]
    pub fn seed(self, seed: u64) -> Self {
        Self { seed, ..self }
    }

    /// At most so many times.
    #[must_use]
    pub fn limit(self, limit: u64) -> Self {
        Self {
            limit: Some(limit),
            ..self
        }
    }

    /// Refuses a rule that could never mean anything.
    pub(crate) fn check(&self) -> Result<(), BadRule> {
        let known = ["*", TOKEN].contains(&self.endpoint.as_str())
            || ROUTES.iter().any(|route| route.name == self.endpoint);
        if !known {
            let message = format!("There is no endpoint \"{}\".", self.endpoint);
            return Err(BadRule::new(message));
        }
        if !(0.0..=1.0).contains(&self.rate) {
            return Err(BadRule::new("The rate must be from 0 to 1."));
        }
        Ok(())
    }

    pub(super) fn covers(&self, endpoint: &str, kind: Kind) -> bool {
        (self.endpoint == "*" || self.endpoint == endpoint) && self.fault.befalls(kind)
    }
}

impl FromStr for FaultRule {
    type Err = BadRule;

    fn from_str(text: &str) -> Result<Self, BadRule> {
        let wrong =
            |part: &str| BadRule::new(format!("\"{part}\" in \"{text}\" is not understood."));
        let mut parts = text.split(':');
        let (Some(endpoint), Some(fault)) = (parts.next(), parts.next()) else {
            return Err(BadRule::new("A rule is ENDPOINT:FAULT[:RATE]."));
        };
        let mut rule = Self::new(endpoint, fault.parse()?);
        for part in parts {
            match part.split_once('=') {
                Some(("seed", seed)) => rule.seed = seed.parse().map_err(|_| wrong(part))?,
                Some(("limit", limit)) => {
                    rule.limit = Some(limit.parse().map_err(|_| wrong(part))?);
                }
                Some(_) => return Err(wrong(part)),
                None => rule.rate = part.parse().map_err(|_| wrong(part))?,
            }
        }
        rule.check()?;
        Ok(rule)
    }
}

/// Why a rule is no rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadRule(String);

impl BadRule {
    pub(super) fn new(message: impl Into<String>) -> Self {
        Self(message.into())
    }
}

impl fmt::Display for BadRule {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

impl std::error::Error for BadRule {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_reads_its_rate_seed_and_limit() {
        let rule: FaultRule = "BookAppointment:latency=800:0.2:seed=9:limit=3"
            .parse()
            .unwrap();
        let latency = Fault::Latency(std::time::Duration::from_millis(800));
        assert_eq!(
            rule,
            FaultRule::new("BookAppointment", latency)
                .rate(0.2)
                .seed(9)
                .limit(3)
        );
        let rule: FaultRule = "*:clock=-600".parse().unwrap();
        assert_eq!(rule, FaultRule::new("*", Fault::Clock(-600)));
    }

    #[test]
    fn every_fault_reads_back_as_it_is_written() {
        let names = "latency=500 refused=1000 reset-before reset-after 500-before 502-before 503-before 500-after 502-after \
                     503-after 429-seconds=1 429-date=2 half-body drip=2000 malformed token-expired clock=600 late-write=2000 \
                     stale-read=2000";
        for name in names.split_whitespace() {
            let fault: Fault = name.parse().unwrap();
            assert_eq!(fault.to_string(), name);
            let bare = name.split('=').next().unwrap();
            assert_eq!(bare.parse(), Ok(fault), "the number that stands for none");
        }
    }

    #[test]
    fn a_rule_that_means_nothing_is_refused() {
        for text in [
            "BookAppointment",
            "Book:reset-after",
            "*:explode",
            "*:504-after",
            "*:reset-after=3",
            "*:latency=soon",
            "*:latency=3600001",
            "*:reset-after:1.5",
            "*:reset-after:often",
            "*:reset-after:NaN",
            "*:reset-after:seed=x",
            "*:reset-after:colour=red",
        ] {
            assert!(text.parse::<FaultRule>().is_err(), "{text}");
        }
    }
}
