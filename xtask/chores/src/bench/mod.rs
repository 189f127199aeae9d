//! Measuring, and telling what was measured in the one shape that every benchmark of the project prints.

pub mod board;
pub mod client;
mod day;
mod door;
pub mod paint;
pub mod polling;

use std::error::Error;
use std::fmt::Write as _;
use std::time::Duration;

use serde_json::{Value, json};

/// What a measurement comes to, or why it could not be made.
pub type Outcome<T> = Result<T, Box<dyn Error>>;

/// One measured number, with what is promised about it.
pub struct Figure {
    /// What was measured.
    pub name: &'static str,
    /// The number.
    pub value: f64,
    /// What it counts.
    pub unit: &'static str,
    /// The promise: at most this.
    pub limit: Option<f64>,
}

impl Figure {
    fn ok(&self) -> bool {
        self.limit.is_none_or(|limit| self.value <= limit)
    }

    fn json(&self) -> Value {
        json!({
            "name": self.name,
            "value": (self.value * 1000.0).round() / 1000.0,
            "unit": self.unit,
            "limit": self.limit,
            "ok": self.ok(),
        })
    }
}

/// All figures of a benchmark, as one JSON object or as lines to read.
pub fn report(figures: &[Figure], as_json: bool) -> String {
    if as_json {
        let figures: Vec<Value> = figures.iter().map(Figure::json).collect();
        return format!("{:#}\n", json!({ "figures": figures }));
    }
    let mut lines = String::new();
    for figure in figures {
        let limit = figure
            .limit
            .map(|limit| format!(" (at most {limit})"))
            .unwrap_or_default();
        let verdict = if figure.ok() { "ok" } else { "MISSED" };
        // Writing to a String cannot fail.
        let _ = writeln!(
            lines,
            "{:<72} {:>9.3} {}{limit} {verdict}",
            figure.name, figure.value, figure.unit
        );
    }
    lines
}

/// The median of at least one measurement.
fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times.get(times.len() / 2).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_has_the_promised_shape() {
        let figures = [
            Figure {
                name: "kept",
                value: 1.049_96,
                unit: "ratio",
                limit: Some(1.10),
            },
            Figure {
                name: "missed",
                value: 2.0,
                unit: "requests",
                limit: Some(1.0),
            },
            Figure {
                name: "free",
                value: 3.0,
                unit: "ms",
                limit: None,
            },
        ];
        let report: Value = serde_json::from_str(&report(&figures, true)).unwrap();
        assert_eq!(
            report,
            json!({ "figures": [
                { "name": "kept", "value": 1.05, "unit": "ratio", "limit": 1.1, "ok": true },
                { "name": "missed", "value": 2.0, "unit": "requests", "limit": 1.0, "ok": false },
                { "name": "free", "value": 3.0, "unit": "ms", "limit": null, "ok": true },
            ] })
        );
    }

    #[test]
    fn the_median_is_the_one_in_the_middle() {
        let times = [9, 1, 5].map(Duration::from_millis).to_vec();
        assert_eq!(median(times), Duration::from_millis(5));
    }
}
