//! The profiles of this desk, one file each. A file that can't be used costs its own profile only, and is reported.

use std::{
    collections::BTreeMap,
    fs, io,
    path::{Path, PathBuf},
    sync::{Mutex, MutexGuard, PoisonError},
};

use super::{Profile, ProfileDraft, ProfileId};
use crate::{
    documents::{self, Format, Loaded},
    error::Error,
    files,
    text::Text,
};

/// The document a profile is kept in.
pub const FORMAT: Format = Format::kept("front-desk-stored-profile");

/// The profiles of this desk.
#[derive(Debug)]
pub struct Shelf {
    folder: PathBuf,
    profiles: Mutex<BTreeMap<ProfileId, Profile>>,
}

impl Shelf {
    /// Reads every profile in `folder`, and says which files could not be used.
    pub fn open(folder: &Path) -> io::Result<(Self, Vec<Text>)> {
        fs::create_dir_all(folder)?;
        let mut profiles = BTreeMap::new();
        let mut notices = Vec::new();
        for entry in fs::read_dir(folder)? {
            let path = entry?.path();
            if path.extension().is_none_or(|extension| extension != "json") {
                continue;
            }
            match documents::load::<ProfileDraft>(&path, FORMAT) {
                Loaded::Nothing => {}
                Loaded::Unusable(notice) => notices.push(notice),
                // A file may have been edited by hand: it passes the same gate as what is typed.
                Loaded::Document(draft) => match draft.check() {
                    Ok(profile) => drop(profiles.insert(profile.id, profile)),
                    Err(_) => notices.push(documents::set_aside(&path)),
                },
            }
        }
        Ok((
            Self {
                folder: folder.to_owned(),
                profiles: Mutex::new(profiles),
            },
            notices,
        ))
    }

    /// All profiles, by name.
    pub fn all(&self) -> Vec<Profile> {
        let mut all: Vec<_> = self.lock().values().cloned().collect();
        all.sort_by_cached_key(|profile| (profile.name.to_lowercase(), profile.id));
        all
    }

    /// One profile.
    pub fn get(&self, id: ProfileId) -> Result<Profile, Error> {
        self.lock().get(&id).cloned().ok_or(Error::UnknownProfile)
    }

    /// Saves a profile: the file first, and only what is on disk is on the shelf.
    pub fn put(&self, profile: Profile) -> Result<(), Error> {
        let mut profiles = self.lock();
        documents::save(&self.path(profile.id), &profile, FORMAT)?;
        profiles.insert(profile.id, profile);
        Ok(())
    }

    /// Removes a profile.
    pub fn remove(&self, id: ProfileId) -> Result<(), Error> {
        let mut profiles = self.lock();
        files::remove(&self.path(id))?;
        profiles.remove(&id);
        Ok(())
    }

    /// Takes everything off the shelf; the files are somebody else's matter.
    pub(crate) fn clear(&self) {
        self.lock().clear();
    }

    fn path(&self, id: ProfileId) -> PathBuf {
        self.folder.join(format!("{id}.json"))
    }

    fn lock(&self) -> MutexGuard<'_, BTreeMap<ProfileId, Profile>> {
        self.profiles.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn saved_profiles_are_there_again_and_removed_ones_are_not() {
        let folder = tempfile::tempdir().unwrap();
        let (shelf, notices) = Shelf::open(folder.path()).unwrap();
        assert!(notices.is_empty());
        let kept = ProfileDraft::sample("Town hall").check().unwrap();
        let removed = ProfileDraft::sample("Library").check().unwrap();
        shelf.put(kept.clone()).unwrap();
        shelf.put(removed.clone()).unwrap();
        shelf.remove(removed.id).unwrap();
        let (again, notices) = Shelf::open(folder.path()).unwrap();
        assert_eq!((again.all(), notices), (vec![kept], vec![]));
    }

    #[test]
    fn a_profile_file_that_was_tampered_with_is_set_aside_and_the_others_are_read() {
        let folder = tempfile::tempdir().unwrap();
        let (shelf, _) = Shelf::open(folder.path()).unwrap();
        let good = ProfileDraft::sample("Good").check().unwrap();
        let bad = ProfileDraft::sample("Bad").check().unwrap();
        shelf.put(good.clone()).unwrap();
        shelf.put(bad.clone()).unwrap();
        let path = shelf.path(bad.id);
        let text = files::read(&path).unwrap().unwrap();
        fs::write(&path, text.replace("https://login", "http://login")).unwrap();
        let (again, notices) = Shelf::open(folder.path()).unwrap();
        assert_eq!(again.all(), vec![good]);
        assert_eq!(notices[0].id, "file-set-aside");
    }

    #[test]
    fn what_could_not_be_written_is_not_on_the_shelf() {
        let folder = tempfile::tempdir().unwrap();
        let (shelf, _) = Shelf::open(&folder.path().join("profiles")).unwrap();
        fs::remove_dir(folder.path().join("profiles")).unwrap();
        fs::write(folder.path().join("profiles"), "in the way").unwrap();
        assert!(
            shelf
                .put(ProfileDraft::sample("Lost").check().unwrap())
                .is_err()
        );
        assert!(shelf.all().is_empty());
    }
}
