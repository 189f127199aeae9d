//! What a journal is kept with, and the ways from one to another: the keychain's key, a passphrase, or memory alone. While
//! it is not decided the journal is locked, and nothing can be written down.
//!
//! The two kinds of key have a file each, so that none is ever taken for the other. What the one holds goes over into the
//! other when both can be opened; a file that can't be read is set aside, never deleted.

use std::{
    fs::File,
    path::{Path, PathBuf},
};

use secrecy::SecretString;
use serde::Serialize;
use ts_rs::TS;

use super::{
    fault::Fault,
    passphrase::{self, Recipe, Recipes},
    store::Store,
    vault,
};
use crate::{messages, text::Text};

/// What a journal is kept with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(rename = "JournalKept")]
pub enum KeptWith {
    /// It has not been needed yet.
    Closed,
    /// On disk, its key in the keychain.
    Keychain,
    /// On disk, its key made from a passphrase.
    Passphrase,
    /// In memory: it ends with the program.
    Memory,
    /// Not decided: nothing can be changed before somebody has.
    Locked,
    /// It can't be used: nothing can be changed.
    Unavailable,
}

/// How a journal is kept, for a window.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct JournalState {
    /// With what.
    pub kept: KeptWith,
    /// A journal lies here whose passphrase has not been typed.
    pub passphrase_left: bool,
    /// A journal lies here whose key is in the keychain, which does not answer.
    pub keychain_left: bool,
    /// The keychain answered: without a passphrase the journal is kept there, and not in memory.
    pub keychain_answers: bool,
    /// What the person at the desk should know about it.
    pub message: Option<Text>,
}

impl JournalState {
    /// A journal that has not been opened, and why, if that was tried.
    pub fn not_open(message: Option<Text>) -> Self {
        Self {
            kept: message
                .as_ref()
                .map_or(KeptWith::Closed, |_| KeptWith::Unavailable),
            passphrase_left: false,
            keychain_left: false,
            keychain_answers: false,
            message,
        }
    }
}

/// Where a journal is at home, and what the keychain said about it.
#[derive(Debug)]
struct Home {
    folder: PathBuf,
    /// The keychain's key. Without one the keychain did not answer.
    key: Option<SecretString>,
    /// Held for as long as the files may be open.
    lock: File,
}

/// A journal and what it is kept with.
#[derive(Debug)]
pub(super) struct Keeping {
    kept: KeptWith,
    store: Option<Store>,
    /// Declared last, so that its lock is let go of last.
    home: Option<Home>,
}

impl Keeping {
    /// One that ends with the program, and is nowhere else.
    pub fn in_memory() -> Result<Self, Fault> {
        Ok(Self {
            kept: KeptWith::Memory,
            store: Some(Store::in_memory()?),
            home: None,
        })
    }

    /// The one of a folder: open, if the keychain's key alone is to be asked for, and locked otherwise.
    pub fn of(
        folder: PathBuf,
        lock: File,
        key: Option<SecretString>,
    ) -> Result<(Self, Option<Text>), Fault> {
        let mut keeping = Self {
            kept: KeptWith::Locked,
            store: None,
            home: Some(Home { folder, key, lock }),
        };
        let decided = keeping.home.as_ref().is_some_and(|home| {
            home.key.is_some() && !vault::with_passphrase(&home.folder).exists()
        });
        let notice = if decided { keeping.go_on()? } else { None };
        Ok((keeping, notice))
    }

    /// The open journal.
    pub fn store(&mut self) -> Result<&mut Store, Fault> {
        self.store.as_mut().ok_or(Fault::Locked)
    }

    /// How it is kept.
    pub fn state(&self) -> JournalState {
        let left = |path: fn(&Path) -> PathBuf| {
            let home = self.home.as_ref();
            home.is_some_and(|home| path(&home.folder).exists())
        };
        let (kept, by_hand) = (self.kept, self.home.is_some());
        let passphrase_left = kept != KeptWith::Passphrase && left(vault::with_passphrase);
        let keychain_left = kept != KeptWith::Keychain && left(vault::with_keychain);
        let message = match kept {
            KeptWith::Memory if by_hand => Some(messages::journal_in_memory()),
            KeptWith::Locked if self.has_key() => Some(messages::journal_of_passphrase_left()),
            KeptWith::Locked => Some(messages::journal_locked()),
            KeptWith::Keychain if passphrase_left => Some(messages::journal_of_passphrase_left()),
            KeptWith::Passphrase if keychain_left => Some(messages::journal_of_keychain_left()),
            _ => None,
        };
        JournalState {
            kept,
            passphrase_left,
            keychain_left,
            keychain_answers: self.has_key(),
            message,
        }
    }

    /// Goes on without a passphrase: with the keychain's key, if there is one, and in memory otherwise.
    pub fn go_on(&mut self) -> Result<Option<Text>, Fault> {
        let (KeptWith::Locked, Some(home)) = (self.kept, &self.home) else {
            return Ok(None);
        };
        let (kept, store, notice) = match &home.key {
            Some(key) => {
                let (store, notice) = vault::open(&vault::with_keychain(&home.folder), key)?;
                (KeptWith::Keychain, store, notice)
            }
            None => (KeptWith::Memory, Store::in_memory()?, None),
        };
        (self.kept, self.store) = (kept, Some(store));
        Ok(notice)
    }

    /// Opens the journal whose key is made from a passphrase, or begins it. What this run has written down so far goes over
    /// into it; where the keychain answers, it goes over into the keychain's instead, and ends.
    pub fn unlock(&mut self, passphrase: &SecretString) -> Result<Option<Text>, Fault> {
        let home = self.home.as_ref().ok_or(Fault::Locked)?;
        let path = vault::with_passphrase(&home.folder);
        if self.kept == KeptWith::Passphrase || (self.has_key() && !path.exists()) {
            return Ok(None);
        }
        let (mut found, mut notice) = open_or_begin(&home.folder, &path, passphrase)?;
        if self.has_key() {
            notice = notice.or(self.go_on()?);
            self.store()?.take_in(&found)?;
            drop(found);
            self.remove_what_passphrase_left()?;
        } else {
            if let Some(here) = &self.store {
                found.take_in(here)?;
            }
            (self.kept, self.store) = (KeptWith::Passphrase, Some(found));
        }
        Ok(notice)
    }

    /// Sets aside the journal whose passphrase nobody knows any more. Where it is, is told.
    pub fn set_aside(&mut self) -> Result<Option<Text>, Fault> {
        let Some(home) = self
            .home
            .as_ref()
            .filter(|_| self.kept != KeptWith::Passphrase)
        else {
            return Ok(None);
        };
        let path = vault::with_passphrase(&home.folder);
        if !path.exists() {
            return Ok(None);
        }
        let notice = vault::set_aside(&path)?;
        vault::set_aside(&passphrase::file(&home.folder))?;
        if self.has_key() {
            self.go_on()?;
        }
        Ok(Some(notice))
    }

    /// Another passphrase from now on.
    pub fn change_passphrase(
        &mut self,
        passphrase: &SecretString,
        new: &SecretString,
    ) -> Result<(), Fault> {
        let (KeptWith::Passphrase, Some(home), Some(store)) =
            (self.kept, &self.home, self.store.as_mut())
        else {
            return Err(Fault::Locked);
        };
        let known = Recipes::load(&home.folder)?.ok_or(Fault::Unreadable)?;
        known.keys(passphrase)?;
        if !passphrase::is_strong(new) {
            return Err(Fault::WeakPassphrase);
        }
        let (recipe, key) = Recipe::fresh(new)?;
        // Both lead to the journal until it is certain which one does: the program may end in between.
        known.and(recipe.clone()).save(&home.folder)?;
        store.change_key(&key)?;
        Recipes::only(recipe).save(&home.folder)
    }

    /// Closes what is open and never opens it again; hands back what keeps others out of the folder.
    pub fn end(&mut self) -> Option<File> {
        (self.kept, self.store) = (KeptWith::Locked, None);
        self.home.take().map(|home| home.lock)
    }

    fn has_key(&self) -> bool {
        self.home.as_ref().is_some_and(|home| home.key.is_some())
    }

    fn remove_what_passphrase_left(&self) -> Result<(), Fault> {
        if let Some(home) = &self.home {
            vault::remove(&vault::with_passphrase(&home.folder))?;
            vault::remove(&passphrase::file(&home.folder))?;
        }
        Ok(())
    }
}

fn open_or_begin(
    folder: &Path,
    path: &Path,
    passphrase: &SecretString,
) -> Result<(Store, Option<Text>), Fault> {
    let mut notice = None;
    if path.exists() {
        match Recipes::load(folder)? {
            Some(recipes) => {
                let mut opened = Err(Fault::Unreadable);
                for key in recipes.keys(passphrase)? {
                    opened = Store::open(path, &key);
                    if !matches!(opened, Err(Fault::Unreadable)) {
                        break;
                    }
                }
                // The passphrase is the right one: what can't be read is damaged.
                if !matches!(opened, Err(Fault::Unreadable)) {
                    return Ok((opened?, None));
                }
                notice = Some(vault::set_aside(path)?);
            }
            None => notice = Some(vault::set_aside(path)?),
        }
    }
    if !passphrase::is_strong(passphrase) {
        return Err(Fault::WeakPassphrase);
    }
    let (recipe, key) = Recipe::fresh(passphrase)?;
    Recipes::only(recipe).save(folder)?;
    Ok((Store::open(path, &key)?, notice))
}
