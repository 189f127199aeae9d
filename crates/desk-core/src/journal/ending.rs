//! The end of a journal: what would be forgotten with it, and closing it for good while its folder is erased. Removing the
//! files is not done here: see [`crate::erasing`].

use std::{fs::File, path::Path};

use super::{Journal, MoveRow, fault::Fault, intent::Intent, keeping::Keeping, vault};
use crate::error::Error;

/// What a journal would take with it, of every organisation.
#[derive(Clone, Debug, Default)]
pub struct Outstanding {
    /// Changes that are open, or whose outcome nobody has been told.
    pub intents: Vec<Intent>,
    /// Moves of the same kind.
    pub moves: Vec<MoveRow>,
    /// Something lies here that can't be read now, and may hold more of them.
    pub unread: bool,
}

/// Keeps every other instance out of a folder's journal, until this is dropped.
#[derive(Debug)]
pub struct Locked(#[expect(dead_code, reason = "a lock is held by having it")] Option<File>);

impl Locked {
    /// Takes the lock of a journal that could not be opened.
    pub async fn take(folder: &Path) -> Result<Self, Error> {
        let folder = folder.to_owned();
        let file = tokio::task::spawn_blocking(move || vault::lock(&folder)).await??;
        Ok(Self(Some(file)))
    }
}

impl Keeping {
    fn outstanding(&mut self) -> Outstanding {
        let state = self.state();
        let left = state.passphrase_left || state.keychain_left;
        let Ok(store) = self.store() else {
            return Outstanding {
                unread: left,
                ..Outstanding::default()
            };
        };
        match (store.all_to_see_to(), store.all_moves_to_see_to()) {
            (Ok(intents), Ok(moves)) => Outstanding {
                intents,
                moves,
                unread: left,
            },
            _ => Outstanding {
                unread: true,
                ..Outstanding::default()
            },
        }
    }
}

impl Journal {
    /// What would be forgotten with this journal.
    pub async fn outstanding(&self) -> Result<Outstanding, Error> {
        let told = self.clone();
        self.with(move |keeping| Ok(told.not_being_told(keeping.outstanding())))
            .await
    }

    /// Closes this journal for good if `agreed` to what is forgotten with it; `None` if not. Whatever has not been sent by then never
    /// is: it can't be written down any more.
    pub async fn end(
        &self,
        agreed: impl FnOnce(&Outstanding) -> bool + Send + 'static,
    ) -> Result<Option<Locked>, Error> {
        let told = self.clone();
        self.with(move |keeping| {
            let outstanding = told.not_being_told(keeping.outstanding());
            Ok::<_, Fault>(agreed(&outstanding).then(|| Locked(keeping.end())))
        })
        .await
    }

    fn not_being_told(&self, mut outstanding: Outstanding) -> Outstanding {
        outstanding
            .intents
            .retain(|intent| intent.state.is_open() || !self.is_being_told(intent.id.0));
        outstanding
            .moves
            .retain(|moved| !moved.is_over || !self.is_being_told(moved.id));
        outstanding
    }
}
