//! From a key to the picture it makes, in the real window with 10 and 30 columns: the 95th of a hundred.
//!
//! The window is driven by the `paint` project of the tests through the door, which leaves every time it took behind.
//! Leaves out the network: an arrow and a Tab ask for nothing.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::{env, fs, io};

use serde_json::Value;

use super::{Figure, Outcome};

/// At most so many milliseconds.
const LIMIT: f64 = 50.0;

/// Each row, and where its times stand.
const ROWS: [(&str, &str, &str); 4] = [
    ("key to paint, 10 columns, slot arrow: p95", "10", "arrow"),
    ("key to paint, 10 columns, focus: p95", "10", "focus"),
    ("key to paint, 30 columns, slot arrow: p95", "30", "arrow"),
    ("key to paint, 30 columns, focus: p95", "30", "focus"),
];

/// Measures all of it. The window's program has to be built.
pub fn measure() -> Outcome<Vec<Figure>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let target = env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), PathBuf::from);
    let left = target.join("paint.json");
    match fs::remove_file(&left) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error.into()),
        _ => {}
    }
    // The answer on standard output is the figures and nothing else.
    let status = Command::new("npm")
        .args(["run", "--silent", "paint"])
        .current_dir(root.join("e2e"))
        .stdout(Stdio::from(io::stderr()))
        .status()?;
    if !status.success() {
        return Err(format!("the window could not be measured: npm run paint {status}").into());
    }
    let measured: Value = serde_json::from_slice(&fs::read(&left)?)?;
    ROWS.iter()
        .map(|(name, columns, what)| {
            let times = measured[columns][what]
                .as_array()
                .ok_or("times are missing")?;
            Ok(Figure {
                name,
                value: p95(times.iter().filter_map(Value::as_f64).collect())
                    .ok_or("no time was taken")?,
                unit: "ms",
                limit: Some(LIMIT),
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
