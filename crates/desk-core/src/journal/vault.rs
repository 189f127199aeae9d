//! The journal's file: locked for one instance, opened with its key, and set aside, never deleted, when it can't be read.

use std::{
    fs::{self, File, TryLockError},
    path::{Path, PathBuf},
    thread,
    time::Duration,
};

use chrono::{DateTime, Utc};
use secrecy::SecretString;

use super::{fault::Fault, store::Store};
use crate::{files, messages, text::Text};

const FILE: &str = "journal.db";
const LOCK: &str = "journal.lock";
/// SQLite's companions of a file, by what is added to its name.
const COMPANIONS: [&str; 3] = ["", "-wal", "-shm"];

/// A program that is just ending lets go of its journal within this time.
const LOCK_TRIES: u32 = 20;
const LOCK_PAUSE: Duration = Duration::from_millis(25);

/// Keeps every other instance out of a folder's journal, until the file handed back is closed.
pub(super) fn lock(folder: &Path) -> Result<File, Fault> {
    fs::create_dir_all(folder)?;
    let file = File::options()
        .create(true)
        .truncate(false)
        .write(true)
        .open(folder.join(LOCK))?;
    for _ in 0..LOCK_TRIES {
        match file.try_lock() {
            Ok(()) => return Ok(file),
            Err(TryLockError::WouldBlock) => thread::sleep(LOCK_PAUSE),
            Err(TryLockError::Error(failure)) => return Err(failure.into()),
        }
    }
    Err(Fault::Taken)
}

/// Opens the journal of a folder. One that can't be read is set aside, and a new one begun.
pub(super) fn open(
    folder: &Path,
    key: &SecretString,
    now: DateTime<Utc>,
) -> Result<(Store, Option<Text>), Fault> {
    let path = folder.join(FILE);
    let (mut store, notice) = match Store::open(&path, key) {
        Err(Fault::Unreadable) => {
            let aside = set_aside(&path)?;
            tracing::warn!("the journal can't be read and is set aside");
            let notice = messages::journal_set_aside(files::name(&aside));
            (Store::open(&path, key)?, Some(notice))
        }
        opened => (opened?, None),
    };
    store.tidy(now)?;
    Ok((store, notice))
}

/// Renames the journal and its companions to names that nothing has yet.
fn set_aside(path: &Path) -> Result<PathBuf, Fault> {
    let mut aside = with(path, ".unreadable");
    let mut number = 2;
    while aside.exists() {
        aside = with(path, &format!(".unreadable-{number}"));
        number += 1;
    }
    for companion in COMPANIONS {
        let from = with(path, companion);
        if from.exists() {
            fs::rename(from, with(&aside, companion))?;
        }
    }
    Ok(aside)
}

fn with(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    name.into()
}
