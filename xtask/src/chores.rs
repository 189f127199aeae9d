//! Chores that need the project's own crates: handed to the `chores` program.

use crate::run::{self, Outcome};

/// Runs one of them as the development profile builds it; its standard output is the answer and nothing else.
pub fn run(chore: &str, arguments: &[&str]) -> Outcome {
    hand_over(
        &["run", "--quiet", "--locked", "--package", "chores", "--"],
        chore,
        arguments,
    )
}

/// The same with a build that is optimised like a release but linked quickly, for chores that measure or work hard.
pub fn run_fast(chore: &str, arguments: &[&str]) -> Outcome {
    let words = [
        "run",
        "--quiet",
        "--locked",
        "--package",
        "chores",
        "--profile",
        "measure",
        "--",
    ];
    hand_over(&words, chore, arguments)
}

fn hand_over(cargo: &[&str], chore: &str, arguments: &[&str]) -> Outcome {
    let words: Vec<&str> = cargo
        .iter()
        .copied()
        .chain([chore])
        .chain(arguments.iter().copied())
        .collect();
    let status = run::cargo(&words)
        .status()
        .map_err(|error| format!("could not run cargo: {error}"))?;
    if status.success() {
        Ok(())
    } else {
        Err(format!("{chore} ended with {status}").into())
    }
}
