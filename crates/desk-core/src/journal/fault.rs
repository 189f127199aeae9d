//! Why the journal can't be used. While it can't, nothing is sent.

use std::io;

use rusqlite::ErrorCode;

use crate::{messages, text::Text};

/// Why the journal can't be used.
#[derive(Clone, Debug, thiserror::Error)]
pub enum Fault {
    /// Another instance of this program keeps it.
    #[error("another instance keeps the journal")]
    Taken,
    /// A newer version of this program wrote it.
    #[error("the journal is of version {0}, which is newer than this program")]
    Newer(i64),
    /// The disk is full.
    #[error("the disk is full")]
    Full,
    /// The folder can't be written to.
    #[error("the journal's folder can't be written to")]
    ReadOnly,
    /// The file is damaged, or its key is another.
    #[error("the journal can't be read")]
    Unreadable,
    /// Nobody has decided yet what it is kept with.
    #[error("the journal is locked")]
    Locked,
    /// The passphrase is not the one it was locked with.
    #[error("the passphrase is another")]
    WrongPassphrase,
    /// The passphrase is too easily guessed.
    #[error("the passphrase is too weak")]
    WeakPassphrase,
    /// The program was built without encryption.
    #[error("the journal can't be encrypted")]
    Unencrypted,
    /// An intent is not in the state its change starts from: somebody else was faster.
    #[error("the intent has moved on")]
    MovedOn,
    /// Anything else.
    #[error("{0}")]
    Other(String),
}

impl Fault {
    /// What is wrong, and what to do about it.
    pub fn words(&self) -> (Text, Text) {
        match self {
            Self::Taken => (messages::journal_taken(), messages::hint_journal_taken()),
            Self::Newer(_) => (messages::journal_newer(), messages::hint_document_newer()),
            Self::Full => (messages::disk_full(), messages::hint_disk_full()),
            Self::ReadOnly => (
                messages::folder_read_only(),
                messages::hint_folder_read_only(),
            ),
            Self::Locked => (
                messages::journal_is_locked(),
                messages::hint_journal_is_locked(),
            ),
            fault => (
                messages::journal_failed(fault.to_string()),
                messages::hint_internal(),
            ),
        }
    }
}

impl From<rusqlite::Error> for Fault {
    fn from(failure: rusqlite::Error) -> Self {
        match failure.sqlite_error_code() {
            Some(ErrorCode::DiskFull) => Self::Full,
            Some(ErrorCode::ReadOnly | ErrorCode::CannotOpen | ErrorCode::PermissionDenied) => {
                Self::ReadOnly
            }
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Taken,
            Some(ErrorCode::NotADatabase | ErrorCode::DatabaseCorrupt) => Self::Unreadable,
            // SQLite's words name tables and columns, never values.
            Some(code) => Self::Other(format!("{code:?}")),
            None => Self::Unreadable,
        }
    }
}

impl From<io::Error> for Fault {
    fn from(failure: io::Error) -> Self {
        match failure.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Self::Full,
            io::ErrorKind::PermissionDenied
            | io::ErrorKind::ReadOnlyFilesystem
            | io::ErrorKind::NotADirectory => Self::ReadOnly,
            kind => Self::Other(kind.to_string()),
        }
    }
}
