//! The chores that need the project's own crates: the endpoint list, the files made from it, benchmarks.
//!
//! Started by `cargo xtask`, which sets the machine up; whatever is printed to standard output is the answer.

mod bench;
mod endpoints;
mod papers;
mod table;

use std::error::Error;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

#[derive(Parser)]
#[command(
    name = "cargo xtask",
    about = "Chores that need the project's own crates"
)]
struct Arguments {
    #[command(subcommand)]
    chore: Chore,
}

#[derive(Subcommand)]
enum Chore {
    /// List the 27 calls.
    Endpoints {
        /// As a JSON array instead of a table.
        #[arg(long)]
        json: bool,
    },
    /// Write the files that are made from the code.
    Gen {
        /// Change nothing; fail when a file is not current.
        #[arg(long)]
        check: bool,
    },
    /// Measure.
    Bench {
        #[command(subcommand)]
        what: Bench,
    },
}

#[derive(Subcommand)]
enum Bench {
    /// The API client: its overhead, its token requests, the loading of a day.
    Client {
        /// As one JSON object.
        #[arg(long)]
        json: bool,
    },
}

fn main() -> ExitCode {
    match run(Arguments::parse().chore) {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("{problem}");
            ExitCode::FAILURE
        }
    }
}

fn run(chore: Chore) -> Result<(), Box<dyn Error>> {
    match chore {
        Chore::Endpoints { json: true } => println!("{:#}", endpoints::json()),
        Chore::Endpoints { json: false } => print!("{}", table::endpoints()),
        Chore::Gen { check: false } => papers::write()?,
        Chore::Gen { check: true } => papers::check()?,
        Chore::Bench {
            what: Bench::Client { json },
        } => {
            let figures = bench::client::measure()?;
            print!("{}", bench::report(&figures, json));
        }
    }
    Ok(())
}
