//! `cargo xtask CHORE`: every chore of the project, the same on a desk and on a build machine.
//!
//! One module a chore. Anything that needs the project's own crates (the endpoint list, generated files,
//! benchmarks) is in the `chores` program beside this one, so that this one compiles before set-up.

mod bundle;
mod chores;
mod demo;
mod dev;
mod fuzz;
mod machine;
mod papers;
mod programs;
mod run;
mod shots;
mod test;
mod tree;

use std::process::ExitCode;

use run::Outcome;

const USAGE: &str = "\
cargo xtask CHORE

  setup              install what is missing: system packages (apt) and UI packages
  demo               set up, build, open the window in practice mode
                     (without a display: run the main job in a virtual one)
  test               set up, then every check: format, lints, Rust, UI, browser, real window
  dev                open the window with hot reload
  bundle             build the .deb and the .rpm
  endpoints --json   print the 27 calls
  gen [--check]      write the generated files (or only say whether they are current)
  bench NAME --json  measure (client, board)
  faults [--writes N] [--seed S] [--json]
                     run the real core on a bad network, and compare what it told with what Cubu did
  fuzz --seconds N [--json]
                     throw strange input at every reader (60 seconds in all)
  shots              picture every screen and state into target/shots/
";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let outcome = dispatch(&words);
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("xtask: {failure}");
            ExitCode::FAILURE
        }
    }
}

fn dispatch(words: &[&str]) -> Outcome {
    match words {
        ["setup"] => machine::set_up(machine::Needs::Everything),
        ["demo"] => demo::run(),
        ["test"] => test::run(),
        ["dev"] => dev::run(),
        ["bundle"] => bundle::run(),
        ["endpoints", rest @ ..] => chores::run("endpoints", rest),
        ["gen", rest @ ..] => papers::run(rest),
        ["bench", rest @ ..] => chores::run_fast("bench", rest),
        ["faults", rest @ ..] => chores::run_fast("faults", rest),
        ["fuzz", rest @ ..] => fuzz::run(rest),
        ["shots"] => shots::run(),
        ["help" | "--help" | "-h"] | [] => {
            print!("{USAGE}");
            Ok(())
        }
        other => Err(format!("no such chore: {}\n\n{USAGE}", other.join(" ")).into()),
    }
}
