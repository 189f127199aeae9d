//! Files of the desk: written whole or not at all, read with a limit. What is in them is not known here.

use std::{
    fs::{self, File},
    io::{self, Read, Write},
    path::{Path, PathBuf},
};

/// The largest file that is read back.
pub const LIMIT: u64 = 8 * 1024 * 1024;

/// Writes `contents` to `path` so that a crash leaves either the old file or the new one.
pub fn write(path: &Path, contents: &[u8]) -> io::Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder)?;
    let mut draft = tempfile::NamedTempFile::new_in(folder)?;
    draft.write_all(contents)?;
    draft.as_file().sync_all()?;
    draft.persist(path).map_err(|failure| failure.error)?;
    sync_folder(folder)
}

/// The text of a file, or `None` when there is no such file. A file over [`LIMIT`] is an error.
pub fn read(path: &Path) -> io::Result<Option<String>> {
    match read_up_to(path, LIMIT + 1)? {
        Some(text) if text.len() as u64 > LIMIT => Err(io::Error::new(
            io::ErrorKind::FileTooLarge,
            "the file is too large",
        )),
        text => Ok(text),
    }
}

/// At most `limit` bytes of a file, or `None` when there is no such file.
pub fn read_up_to(path: &Path, limit: u64) -> io::Result<Option<String>> {
    let file = match File::open(path) {
        Ok(file) => file,
        Err(failure) if failure.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(failure) => return Err(failure),
    };
    let mut text = String::new();
    file.take(limit).read_to_string(&mut text)?;
    Ok(Some(text))
}

/// Removes a file; one that is not there is as good.
pub fn remove(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(failure) if failure.kind() != io::ErrorKind::NotFound => Err(failure),
        _ => Ok(()),
    }
}

/// Renames a file that cannot be read out of the way, keeping it for whoever wants to look. Answers its new path.
pub fn set_aside(path: &Path) -> io::Result<PathBuf> {
    let mut aside = path.as_os_str().to_owned();
    aside.push(".unreadable");
    let aside = PathBuf::from(aside);
    fs::rename(path, &aside)?;
    Ok(aside)
}

/// The name of a file, for messages.
pub fn name(path: &Path) -> String {
    path.file_name()
        .unwrap_or(path.as_os_str())
        .to_string_lossy()
        .into_owned()
}

/// Makes what was renamed or removed in a folder last.
#[cfg(unix)]
pub fn sync_folder(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

/// Windows does so by itself.
#[cfg(not(unix))]
pub fn sync_folder(_folder: &Path) -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_replaced_whole_and_leaves_no_draft_behind() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("deep").join("a.json");
        write(&path, b"first, and longer").unwrap();
        write(&path, b"second").unwrap();
        assert_eq!(read(&path).unwrap().as_deref(), Some("second"));
        let names: Vec<_> = fs::read_dir(path.parent().unwrap()).unwrap().collect();
        assert_eq!(names.len(), 1);
    }

    #[test]
    fn a_write_that_fails_leaves_the_old_file_as_it_was() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.json");
        write(&path, b"old").unwrap();
        assert!(write(&path.join("below-a-file"), b"new").is_err());
        assert_eq!(read(&path).unwrap().as_deref(), Some("old"));
    }

    #[test]
    fn a_missing_file_is_nothing_and_a_huge_one_an_error() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(read(&folder.path().join("none")).unwrap(), None);
        let huge = folder.path().join("huge");
        File::create(&huge).unwrap().set_len(LIMIT + 1).unwrap();
        assert_eq!(read(&huge).unwrap_err().kind(), io::ErrorKind::FileTooLarge);
        remove(&huge).unwrap();
        remove(&huge).unwrap();
    }
}
