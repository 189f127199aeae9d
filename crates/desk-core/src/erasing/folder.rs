//! Which files of a desk's folder go when everything is erased. The folder may be shared: the web view keeps its own things
//! there, and an administrator may have chosen one with other files in it. So only what this program has written goes.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use crate::{files, logging};

/// The journal first: it holds what was told of customers. Each with whatever was added to its name: SQLite's companions,
/// and what was set aside.
const FILES: [&str; 6] = [
    "journal.db",
    "journal-passphrase.db",
    "journal-passphrase.json",
    "desk.json",
    "settings.json",
    // A document that a crash left half written.
    ".tmp",
];
const FOLDERS: [&str; 2] = ["profiles", "catalogues"];

/// Removes them all. What keeps two instances apart stays, and says nothing.
pub(super) fn empty(folder: &Path) -> io::Result<()> {
    let mut present = names(folder)?;
    present.sort();
    for known in FILES {
        for name in present.iter().filter(|name| name.starts_with(known)) {
            files::remove(&folder.join(name))?;
        }
    }
    for known in FOLDERS {
        match fs::remove_dir_all(folder.join(known)) {
            Err(failure) if failure.kind() != io::ErrorKind::NotFound => return Err(failure),
            _ => {}
        }
    }
    logging::forget(&folder.join(logging::FOLDER))?;
    files::sync_folder(folder)
}

fn names(folder: &Path) -> io::Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path: PathBuf = entry?.path();
        names.push(files::name(&path));
    }
    Ok(names)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn only_what_this_program_has_written_goes() {
        let folder = tempfile::tempdir().unwrap();
        let ours = [
            "journal.db",
            "journal.db-wal",
            "journal.db.unreadable-2",
            "journal-passphrase.db",
            "journal-passphrase.json.unreadable",
            "settings.json.unreadable",
            "desk.json",
            ".tmpAb12Cd",
        ];
        let others = ["journal.lock", "notes.txt", "my journal.db", "localstorage"];
        let stay = [&others[..], &["logs"]].concat();
        for name in ours.iter().chain(&others) {
            fs::write(folder.path().join(name), "x").unwrap();
        }
        let log = folder.path().join("logs");
        fs::create_dir(&log).unwrap();
        fs::write(log.join("front-desk.2026-11-22.log"), "x").unwrap();
        for name in FOLDERS {
            fs::create_dir_all(folder.path().join(name).join("deep")).unwrap();
        }
        empty(folder.path()).unwrap();
        empty(folder.path()).unwrap();
        let left: BTreeSet<_> = names(folder.path()).unwrap().into_iter().collect();
        assert_eq!(left, stay.into_iter().map(str::to_owned).collect());
        assert!(names(&log).unwrap().is_empty());
    }
}
