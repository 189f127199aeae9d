//! The chores that need the project's own crates: the endpoint list, the files made from it, benchmarks.
//!
//! Started by `cargo xtask`, which sets the machine up; whatever is printed to standard output is the answer.

mod bench;
mod endpoints;
mod faults;
mod papers;
mod table;

use std::error::Error;
use std::path::PathBuf;
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
    /// Run the real core on a bad network, and compare what it told with what Cubu did.
    Faults {
        /// How many changes are asked for.
        #[arg(long, default_value_t = 1_000)]
        writes: usize,
        /// Where chance begins; without it, anywhere.
        #[arg(long)]
        seed: Option<u64>,
        /// As one JSON object.
        #[arg(long)]
        json: bool,
        /// Without journal and settling: what failed is sent again. To see that the comparison finds what that does.
        #[arg(long)]
        naive: bool,
    },
    /// One desk of a campaign, on standard input and output.
    #[command(hide = true)]
    Desk {
        /// Where it keeps its things.
        folder: PathBuf,
        /// At the product's own pace.
        #[arg(long)]
        unhurried: bool,
    },
}

#[derive(Subcommand)]
enum Bench {
    /// The screens, with Cubu 150 ms away: a cold day, the earliest free times, keys to paint in the real window, a cached
    /// day; and what is asked of Cubu while nothing changes.
    Board {
        /// As one JSON object.
        #[arg(long)]
        json: bool,
    },
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
            what: Bench::Board { json },
        } => {
            let mut figures = bench::board::measure()?;
            figures.extend(bench::paint::measure()?);
            figures.extend(bench::polling::measure()?);
            print!("{}", bench::report(&figures, json));
        }
        Chore::Bench {
            what: Bench::Client { json },
        } => {
            let figures = bench::client::measure()?;
            print!("{}", bench::report(&figures, json));
        }
        Chore::Faults {
            writes,
            seed,
            json,
            naive,
        } => {
            let seed = seed.unwrap_or_else(|| rand::random_range(0..1_000_000));
            return campaign(
                faults::Order {
                    writes,
                    seed,
                    naive,
                },
                json,
            );
        }
        Chore::Desk { folder, unhurried } => faults::desk::serve(&folder, unhurried)?,
    }
    Ok(())
}

/// Runs a campaign; fails when it shows that a promise is not kept.
fn campaign(order: faults::Order, json: bool) -> Result<(), Box<dyn Error>> {
    let faults::Order { writes, seed, .. } = order;
    eprintln!("{writes} writes, seed {seed}");
    let report = faults::run(order)?;
    if json {
        println!("{}", report.json);
    } else {
        println!("{:#}", report.json);
    }
    for story in &report.wrong {
        eprintln!("{story}");
    }
    if report.good {
        Ok(())
    } else {
        Err(format!("seed {seed}: not everything is as promised").into())
    }
}
