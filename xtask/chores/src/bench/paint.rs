//! From a key to the picture it makes, in the real window with 10 and 30 columns: the 95th of a hundred. An arrow and a Tab
//! ask for nothing; a day that was read before is shown at once and asked for again behind it, with Cubu 150 ms away.

use serde_json::Value;

use super::{Figure, Outcome, door};

/// Each row, where its times stand, and the most milliseconds it may take.
const ROWS: [(&str, &str, &str, f64); 6] = [
    (
        "key to paint, 10 columns, slot arrow: p95",
        "10",
        "arrow",
        50.0,
    ),
    ("key to paint, 10 columns, focus: p95", "10", "focus", 50.0),
    (
        "key to paint, 30 columns, slot arrow: p95",
        "30",
        "arrow",
        50.0,
    ),
    ("key to paint, 30 columns, focus: p95", "30", "focus", 50.0),
    (
        "switch to a cached day, 10 columns: p95",
        "10",
        "day",
        100.0,
    ),
    (
        "switch to a cached day, 30 columns: p95",
        "30",
        "day",
        100.0,
    ),
];

/// Measures all of it.
pub fn measure() -> Outcome<Vec<Figure>> {
    let measured = door::run("paint")?;
    ROWS.iter()
        .map(|(name, columns, what, limit)| {
            let times = measured[columns][what]
                .as_array()
                .ok_or("times are missing")?;
            Ok(Figure {
                name,
                value: p95(times.iter().filter_map(Value::as_f64).collect())
                    .ok_or("no time was taken")?,
                unit: "ms",
                limit: Some(*limit),
            })
        })
        .collect()
}

/// The smallest of them that 95 of 100 do not exceed.
fn p95(mut times: Vec<f64>) -> Option<f64> {
    times.sort_unstable_by(f64::total_cmp);
    let rank = (times.len() * 95).div_ceil(100);
    times.get(rank.checked_sub(1)?).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_95th_of_a_hundred_is_told_and_nothing_of_nothing() {
        assert_eq!(p95((1..=100).rev().map(f64::from).collect()), Some(95.0));
        assert_eq!(p95(vec![7.0]), Some(7.0));
        assert_eq!(p95(Vec::new()), None);
    }
}
