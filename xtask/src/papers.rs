//! `cargo xtask gen`: the committed files that come out of the code.
//!
//! The TypeScript bindings are written by a test of desk-core, since ts-rs exports from tests; the endpoint table by
//! the `chores` program. `--check` changes nothing and fails when a file is not current.

use crate::chores;
use crate::run::{self, Outcome};

/// Writes, or with `--check` compares, every generated file.
pub fn run(arguments: &[&str]) -> Outcome {
    match arguments {
        [] => {
            run::step(
                "write ui/src/bindings.ts",
                bindings().env("FRONT_DESK_WRITE", "1"),
            )?;
            chores::run("gen", &[])
        }
        ["--check"] => {
            run::step("check ui/src/bindings.ts", &mut bindings())?;
            chores::run("gen", &["--check"])
        }
        other => Err(format!("gen takes nothing or --check, not {}", other.join(" ")).into()),
    }
}

fn bindings() -> std::process::Command {
    run::cargo(&[
        "test",
        "--quiet",
        "--locked",
        "--package",
        "desk-core",
        "bindings",
    ])
}
