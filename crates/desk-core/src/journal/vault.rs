//! The journal's files: locked for one instance, opened with their key, and set aside, never deleted, when they can't be read.

use std::{
    fs::{self, File, TryLockError},
    path::{Path, PathBuf},
    thread,
    time::Duration,
};

use secrecy::SecretString;

use super::{fault::Fault, store::Store};
use crate::{files, messages, text::Text};

const LOCK: &str = "journal.lock";
/// SQLite's companions of a file, by what is added to its name.
const COMPANIONS: [&str; 3] = ["", "-wal", "-shm"];

/// A program that is just ending lets go of its journal within this time.
const LOCK_TRIES: u32 = 80;
const LOCK_PAUSE: Duration = Duration::from_millis(25);

/// The journal whose key is in the keychain.
pub(super) fn with_keychain(folder: &Path) -> PathBuf {
    folder.join("journal.db")
}

/// The journal whose key is made from a passphrase.
pub(super) fn with_passphrase(folder: &Path) -> PathBuf {
    folder.join("journal-passphrase.db")
}

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

/// Opens a journal. One that can't be read is set aside, and a new one begun.
pub(super) fn open(path: &Path, key: &SecretString) -> Result<(Store, Option<Text>), Fault> {
    match Store::open(path, key) {
        Err(Fault::Unreadable) => {
            let notice = set_aside(path)?;
            Ok((Store::open(path, key)?, Some(notice)))
        }
        opened => Ok((opened?, None)),
    }
}

/// Renames a file and its companions to names that nothing has yet, and says so.
pub(super) fn set_aside(path: &Path) -> Result<Text, Fault> {
    tracing::warn!("a journal can't be read and is set aside");
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
    Ok(messages::journal_set_aside(files::name(&aside)))
}

/// Removes a file and its companions.
pub(super) fn remove(path: &Path) -> Result<(), Fault> {
    for companion in COMPANIONS {
        files::remove(&with(path, companion))?;
    }
    Ok(())
}

fn with(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    name.into()
}
