//! How much went wrong: what the weather did to the requests, by kind.

use std::collections::BTreeMap;

use serde_json::Value;

use super::town::list;

/// What the weather did so far.
#[derive(Default)]
pub struct Strikes {
    /// Requests that something befell.
    pub touched: u64,
    /// How often each kind of fault struck the API.
    pub calls: BTreeMap<String, u64>,
    /// The same at the token endpoint.
    pub sign_in: BTreeMap<String, u64>,
}

impl Strikes {
    /// Adds what the present rules did, as the simulator reports it.
    pub fn note(&mut self, report: &Value) {
        self.touched += report["touchedRequests"].as_u64().unwrap_or_default();
        for rule in list(report, "rules") {
            let kinds = if rule["endpoint"] == "Token" {
                &mut self.sign_in
            } else {
                &mut self.calls
            };
            let fault = rule["fault"].as_str().unwrap_or_default();
            // How long, or how much, is no other kind; a clock that is behind is.
            let kind = match fault.split_once('=') {
                Some((name, by)) if by.starts_with('-') => format!("{name} behind"),
                Some((name, _)) => name.to_owned(),
                None => fault.to_owned(),
            };
            *kinds.entry(kind).or_default() += rule["struck"].as_u64().unwrap_or_default();
        }
    }

    /// Whether every kind that can strike has struck.
    pub fn all_kinds(&self) -> bool {
        let mut kinds = self.calls.values().chain(self.sign_in.values());
        !self.calls.is_empty() && kinds.all(|struck| *struck > 0)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn strikes_add_up_by_kind_and_place() {
        let rule = |endpoint: &str, fault: &str, struck: u64| json!({ "endpoint": endpoint, "fault": fault, "struck": struck });
        let report = json!({ "touchedRequests": 6, "rules": [
            rule("BookAppointment", "latency=250", 3), rule("QueueUp", "latency=900", 2),
            rule("QueueUp", "clock=-600", 1), rule("Token", "reset-after", 0),
        ]});
        let mut strikes = Strikes::default();
        strikes.note(&report);
        strikes.note(&report);
        assert_eq!(strikes.touched, 12);
        assert_eq!(
            (strikes.calls["latency"], strikes.calls["clock behind"]),
            (10, 2)
        );
        assert!(!strikes.all_kinds(), "the token endpoint was never reset");
    }
}
