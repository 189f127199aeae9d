//! The log of this program: a file a day, kept for as many days as everything else. What may be logged is decided where it is logged: names of
//! calls, outcomes, durations; never bodies, secrets or people. Other people's code decides otherwise, and is not logged.

mod daily;

use std::{io, path::Path};

use tracing_appender::non_blocking::WorkerGuard;
use tracing_subscriber::{EnvFilter, filter::LevelFilter};

use crate::clock::Clock;
use daily::Daily;
pub(crate) use daily::{forget, tidy};

/// The folder of the log, in the desk's.
pub const FOLDER: &str = "logs";

/// The crates whose log is known to name nobody.
const OURS: [&str; 4] = ["front_desk", "desk_core", "desk_host", "cubu_s2s"];

/// What is logged: this program's own words, at the level asked for, and nothing of the libraries it is made of. At their
/// lower levels they log addresses, headers and bodies, so that no setting may switch them on.
pub fn filter(level: Option<String>) -> EnvFilter {
    let asked = level.and_then(|level| level.trim().parse::<LevelFilter>().ok());
    let level = asked.unwrap_or(LevelFilter::INFO);
    let ours = OURS.map(|name| format!("{name}={level}"));
    EnvFilter::new(format!("off,{}", ours.join(",")))
}

/// Starts logging to files in the desk's folder, until the guard is dropped. `FRONT_DESK_LOG` names another level than info.
/// A program that logs already goes on as it does.
pub fn start(folder: &Path) -> io::Result<WorkerGuard> {
    let daily = Daily::open(folder.join(FOLDER), Clock::System)?;
    let (writer, guard) = tracing_appender::non_blocking(daily);
    let started = tracing_subscriber::fmt()
        .with_env_filter(filter(std::env::var("FRONT_DESK_LOG").ok()))
        .with_ansi(false)
        .with_writer(writer)
        .try_init();
    if started.is_err() {
        tracing::debug!("logging was started before");
    }
    Ok(guard)
}
