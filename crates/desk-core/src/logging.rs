//! The log of this program: a file a day, two weeks kept. What may be logged is decided where it is logged: names of
//! calls, outcomes, durations; never bodies, secrets or people. Other people's code decides otherwise, and is not logged.

use std::{fs, io, path::Path};

use tracing_appender::{
    non_blocking::WorkerGuard,
    rolling::{RollingFileAppender, Rotation},
};
use tracing_subscriber::{EnvFilter, filter::LevelFilter};

const FILES_KEPT: usize = 14;

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

/// Starts logging to files in `folder`, until the guard is dropped. `FRONT_DESK_LOG` names another level than info. A
/// program that logs already goes on as it does.
pub fn start(folder: &Path) -> io::Result<WorkerGuard> {
    // The appender looks for old files before it makes the folder, and complains on standard error.
    fs::create_dir_all(folder)?;
    let appender = RollingFileAppender::builder()
        .rotation(Rotation::DAILY)
        .filename_prefix("front-desk")
        .filename_suffix("log")
        .max_log_files(FILES_KEPT)
        .build(folder)
        .map_err(io::Error::other)?;
    let (writer, guard) = tracing_appender::non_blocking(appender);
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
