//! The note that an erasing is under way. It is there before the first file goes and until nothing is owed any more, so that
//! a program that ends in between goes on with it at its next start.

use std::{
    io,
    path::{Path, PathBuf},
};

use serde::{Deserialize, Serialize};

use crate::{
    documents::{self, Format},
    files,
};

const FILE: &str = "erasing.json";
pub(crate) const FORMAT: Format = Format::kept("front-desk-erasing");

/// What is still to be done.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct Marker {
    /// The files are gone: whatever lies there now is newer than the erasing.
    pub files_are_gone: bool,
    /// The entries in the keychain that have to go: their names, which tell no secret.
    pub accounts: Vec<String>,
}

fn file(folder: &Path) -> PathBuf {
    folder.join(FILE)
}

impl Marker {
    /// The one of a folder, if an erasing is under way there. One that can't be read was written by no version of this program
    /// whole: nothing is erased on its word.
    pub fn load(folder: &Path) -> io::Result<Option<Self>> {
        let text = match files::read(&file(folder)) {
            Ok(Some(text)) => text,
            Ok(None) => return Ok(None),
            Err(failure) if failure.kind() == io::ErrorKind::InvalidData => return Ok(None),
            Err(failure) => return Err(failure),
        };
        Ok(documents::parse(&text, FORMAT).ok())
    }

    /// Writes it down.
    pub fn save(&self, folder: &Path) -> io::Result<()> {
        documents::save(&file(folder), self, FORMAT)
    }

    /// Nothing is owed any more.
    pub fn remove(folder: &Path) -> io::Result<()> {
        files::remove(&file(folder))?;
        files::sync_folder(folder)
    }
}
