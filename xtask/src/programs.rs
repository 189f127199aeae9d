//! Building the workspace's programs.
//!
//! Always the whole workspace at once and with its tests' features: Cargo then sees one set of features, and nothing
//! is compiled twice between a lint run, a test run and the programs that the journeys start.

use std::process::Command;

use crate::run::{self, Outcome};
use crate::tree;

/// The programs and every test, as Cargo arguments.
pub const EVERYTHING: &[&str] = &[
    "--workspace",
    "--bins",
    "--lib",
    "--tests",
    "--examples",
    "--locked",
];

/// Builds the web front that the window and desk-host show.
pub fn build_ui() -> Outcome {
    run::step(
        "build the UI",
        &mut run::npm(&tree::ui(), &["run", "build"]),
    )
}

/// Builds every program with the development profile.
pub fn build() -> Outcome {
    run::step("build the programs", &mut cargo_build())
}

/// `cargo build` of everything.
pub fn cargo_build() -> Command {
    let mut arguments = vec!["build"];
    arguments.extend(EVERYTHING);
    run::cargo(&arguments)
}
