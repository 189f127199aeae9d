//! The log of this program: a file a day, two weeks kept. What may be logged is decided where it is logged: names of
//! calls, outcomes, durations; never bodies, secrets or people.

use std::{fs, io, path::Path};

use tracing_appender::{
    non_blocking::WorkerGuard,
    rolling::{RollingFileAppender, Rotation},
};
use tracing_subscriber::EnvFilter;

const FILES_KEPT: usize = 14;

/// Starts logging to files in `folder`, until the guard is dropped. `FRONT_DESK_LOG` says what else is logged. A
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
    let filter =
        EnvFilter::try_from_env("FRONT_DESK_LOG").unwrap_or_else(|_| EnvFilter::new("info"));
    let started = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_ansi(false)
        .with_writer(writer)
        .try_init();
    if started.is_err() {
        tracing::debug!("logging was started before");
    }
    Ok(guard)
}
