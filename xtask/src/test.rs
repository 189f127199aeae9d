//! `cargo xtask test`: set-up, then every check there is.
//!
//! The UI is built before Cargo, since the window's program carries it inside. A step that needs one that failed is
//! not run and counts as failed; the others go on, so that one run tells everything that is wrong.

use std::process::Command;
use std::time::Instant;

use crate::machine::{self, Needs};
use crate::run::{self, Outcome};
use crate::{programs, tree};

/// Runs all of it and ends with one line, `N passed, N failed`.
pub fn run() -> Outcome {
    let started = Instant::now();
    machine::set_up(Needs::Everything)?;
    let mut tally = Tally::default();

    tally.check("formatting", run::cargo(&["fmt", "--all", "--check"]));
    let ui_built = tally.check("UI: build", run::npm(&tree::ui(), &["run", "build"]));
    tally.check(
        "UI: types and style",
        run::npm(&tree::ui(), &["run", "check"]),
    );
    tally.tests(
        "UI: tests",
        run::npm(&tree::ui(), &["run", "test"]),
        count_vitest,
    );
    tally.check(
        "tests through the door: types",
        run::npm(&tree::e2e(), &["run", "check"]),
    );

    if ui_built {
        tally.check("lints", lints());
        let built = tally.check("build programs and tests", programs::cargo_build());
        if built {
            tally.tests(
                "Rust tests",
                run::cargo(&["test", "--workspace", "--locked", "--no-fail-fast"]),
                count_cargo,
            );
            tally.tests(
                "browser tests",
                run::npm(&tree::e2e(), &["run", "browser"]),
                count_vitest,
            );
            tally.tests(
                "real-window journey",
                run::npm(&tree::e2e(), &["run", "window"]),
                count_vitest,
            );
        } else {
            tally.not_run(
                "Rust, browser and window tests",
                "the programs do not build",
            );
        }
    } else {
        tally.not_run("everything that carries the UI", "the UI does not build");
    }

    println!(
        "\nAll checks took {:.0} s.",
        started.elapsed().as_secs_f32()
    );
    for failure in &tally.failures {
        println!("failed: {failure}");
    }
    println!("{} passed, {} failed", tally.passed, tally.failed);
    if tally.failed == 0 {
        Ok(())
    } else {
        Err("not every check passed".into())
    }
}

fn lints() -> Command {
    let mut arguments = vec!["clippy"];
    arguments.extend(programs::EVERYTHING);
    arguments.extend(["--", "--deny", "warnings"]);
    run::cargo(&arguments)
}

/// What passed and what did not, over all steps.
#[derive(Default)]
struct Tally {
    passed: u64,
    failed: u64,
    failures: Vec<String>,
}

impl Tally {
    /// A step that is one check in itself.
    fn check(&mut self, name: &str, mut command: Command) -> bool {
        let outcome = run::step(name, &mut command);
        self.passed += u64::from(outcome.is_ok());
        self.settle(name, outcome, 0)
    }

    /// A step that runs many tests and tells how many.
    fn tests(&mut self, name: &str, mut command: Command, count: fn(&str) -> Option<Counted>) {
        command
            .env("NO_COLOR", "1")
            .env("CARGO_TERM_COLOR", "never");
        let (mut passed, mut failed) = (0, 0);
        let outcome = run::step_heard(name, &mut command, |line| {
            if let Some(counted) = count(line) {
                passed += counted.passed;
                failed += counted.failed;
            }
        });
        self.passed += passed;
        let outcome = match outcome {
            Ok(()) if passed == 0 => Err("it ran no test".into()),
            other => other,
        };
        self.settle(name, outcome, failed);
    }

    fn not_run(&mut self, name: &str, reason: &str) {
        self.settle(name, Err(format!("not run, since {reason}").into()), 0);
    }

    fn settle(&mut self, name: &str, outcome: Outcome, counted: u64) -> bool {
        match outcome {
            Ok(()) => {
                self.failed += counted;
                counted == 0
            }
            Err(failure) => {
                self.failed += counted.max(1);
                self.failures.push(format!("{name}: {failure}"));
                false
            }
        }
    }
}

#[derive(Debug, PartialEq)]
struct Counted {
    passed: u64,
    failed: u64,
}

/// `test result: ok. 12 passed; 0 failed; …`
fn count_cargo(line: &str) -> Option<Counted> {
    let counts = line.trim().strip_prefix("test result: ")?;
    Some(Counted {
        passed: number_before(counts, "passed"),
        failed: number_before(counts, "failed"),
    })
}

/// `      Tests  1 failed | 12 passed (13)`
fn count_vitest(line: &str) -> Option<Counted> {
    let counts = line.trim().strip_prefix("Tests ")?;
    Some(Counted {
        passed: number_before(counts, "passed"),
        failed: number_before(counts, "failed"),
    })
}

fn number_before(text: &str, word: &str) -> u64 {
    let words: Vec<&str> = text.split_whitespace().collect();
    words
        .windows(2)
        .find(|pair| pair[1].trim_end_matches([';', '.']) == word)
        .and_then(|pair| pair[0].parse().ok())
        .unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cargo_s_closing_line_is_counted() {
        let line = "test result: FAILED. 12 passed; 3 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.10s";
        assert_eq!(
            count_cargo(line),
            Some(Counted {
                passed: 12,
                failed: 3
            })
        );
        assert_eq!(count_cargo("test a_test ... ok"), None);
    }

    #[test]
    fn vitest_s_closing_line_is_counted() {
        assert_eq!(
            count_vitest("      Tests  12 passed (12)\n"),
            Some(Counted {
                passed: 12,
                failed: 0
            })
        );
        let mixed = "      Tests  1 failed | 12 passed (13)";
        assert_eq!(
            count_vitest(mixed),
            Some(Counted {
                passed: 12,
                failed: 1
            })
        );
        assert_eq!(count_vitest(" Test Files  2 passed (2)"), None);
    }

    #[test]
    fn a_step_that_ran_no_test_has_failed() {
        let mut tally = Tally::default();
        tally.tests("nothing", Command::new("true"), count_cargo);
        assert_eq!((tally.passed, tally.failed), (0, 1));
    }
}
