//! Erasing everything that this desk keeps on this PC. Cubu is not touched, nor are files that were exported.
//!
//! The order is one that a program may be killed in at any moment. Until the note ([`marker`]) is on disk nothing is gone;
//! from then on the erasing goes on at the next start, before anything is read:
//!
//! 1. The journal is closed for good, if whoever asked agreed to all that is not settled in it. What can't be written down is
//!    not sent, so nothing is sent from here on.
//! 2. The note, with the names of the keychain's entries: they are known from the profiles only.
//! 3. The files ([`folder`]); the note says that they are gone, so that nothing newer ever is taken for them.
//! 4. What the window keeps beside them.
//! 5. The entries in the keychain. One that does not answer is asked again at every start, and for no new key before.
//! 6. The note itself.

mod folder;
mod marker;

use std::{
    collections::HashSet,
    fmt, io,
    path::Path,
    sync::{OnceLock, PoisonError},
};

use serde_json::Value;
use tokio::sync::Mutex;
use uuid::Uuid;

#[cfg(feature = "fuzzing")]
pub(crate) use marker::FORMAT;
pub(crate) use marker::Marker;

use crate::{
    desk::Desk,
    error::Error,
    journal::{Fault, Locked, MoveRow, Outstanding, intent::Intent},
    messages,
    secrets::Secrets,
    settings::Settings,
};

/// Clears what a window keeps beside the desk.
type Beside = Box<dyn Fn() + Send + Sync>;

/// The erasing of a desk.
#[derive(Default)]
pub(crate) struct Erasing {
    /// One at a time.
    turn: Mutex<()>,
    /// The entries in the keychain that are still to go.
    owed: Mutex<Option<Vec<String>>>,
    beside: OnceLock<Beside>,
    /// This run went on with what the last one had begun.
    went_on: bool,
}

impl fmt::Debug for Erasing {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Erasing")
            .field("went_on", &self.went_on)
            .finish_non_exhaustive()
    }
}

/// What whoever asks agrees to lose.
#[derive(Clone, Debug, Default)]
pub(crate) struct Agreed {
    /// Changes and moves, by their ids.
    pub ids: HashSet<Uuid>,
    /// Whatever stands in a journal that can't be read now.
    pub unread: bool,
}

impl Agreed {
    fn covers(&self, outstanding: &Outstanding) -> bool {
        let moves = &outstanding.moves;
        (self.unread || !outstanding.unread)
            && moves.iter().all(|it| self.ids.contains(&it.id))
            && alone(outstanding).all(|intent| self.ids.contains(&intent.id.0))
    }
}

/// The changes that are no step of a move.
pub(crate) fn alone(outstanding: &Outstanding) -> impl Iterator<Item = &Intent> {
    let steps: HashSet<String> = outstanding.moves.iter().flat_map(steps).collect();
    outstanding
        .intents
        .iter()
        .filter(move |intent| !steps.contains(&intent.id.0.to_string()))
}

fn steps(row: &MoveRow) -> Vec<String> {
    let intents = row.body.get("intents").and_then(Value::as_object);
    let ids = intents.into_iter().flat_map(|intents| intents.values());
    ids.filter_map(|id| id.as_str().map(str::to_owned))
        .collect()
}

impl Erasing {
    /// Goes on with what the last run had begun, before anything of the folder is read.
    pub fn go_on(folder: &Path) -> io::Result<Self> {
        let Some(mut marker) = Marker::load(folder)? else {
            return Ok(Self::default());
        };
        if !marker.files_are_gone {
            tracing::warn!("the erasing of the last run goes on");
            folder::empty(folder)?;
            marker.files_are_gone = true;
            marker.save(folder)?;
        }
        Ok(Self {
            owed: Mutex::new(Some(marker.accounts)),
            went_on: true,
            ..Self::default()
        })
    }

    /// Whether entries in the keychain are still to go.
    pub fn owes(&self) -> bool {
        self.went_on
    }
}

impl Desk {
    /// What is to be cleared whenever everything is erased: what a window keeps of its own.
    pub fn erase_beside(&self, clear: impl Fn() + Send + Sync + 'static) {
        if self.erasing.went_on {
            clear();
        }
        if self.erasing.beside.set(Box::new(clear)).is_err() {
            tracing::debug!("what is beside the desk is known already");
        }
    }

    /// What would be forgotten.
    pub(crate) async fn outstanding(&self) -> Result<Outstanding, Error> {
        match self.journal().await {
            Ok(journal) => journal.outstanding().await,
            Err(failure @ Error::Journal(Fault::Taken)) => Err(failure),
            // Whatever is wrong with it, nobody knows what stands in it.
            Err(_) => Ok(Outstanding {
                unread: true,
                ..Outstanding::default()
            }),
        }
    }

    /// Erases everything, unless something is not settled that was not agreed to.
    pub(crate) async fn erase(&self, agreed: Agreed) -> Result<(), Error> {
        let _turn = self.erasing.turn.lock().await;
        let lock = self.end_journal(agreed).await?;
        let mut marker = Marker {
            files_are_gone: false,
            accounts: Secrets::accounts(&self.shelf().all()),
        };
        if let Err(failure) = marker.save(self.data_dir()) {
            // Nothing is gone: the desk goes on as it was.
            drop(lock);
            self.writes.begin_afresh();
            if let Some(connection) = self.connected().await {
                self.settle_what_is_open(&connection).await;
            }
            return Err(failure.into());
        }
        self.forget_this_run().await;
        let folder = self.data_dir().to_owned();
        let marker = tokio::task::spawn_blocking(move || {
            folder::empty(&folder)?;
            marker.files_are_gone = true;
            marker.save(&folder)?;
            Ok::<_, io::Error>(marker)
        });
        // Should this fail, the journal stays closed: the next start goes on with it, and nothing new must lie there then.
        let marker = marker.await??;
        if let Some(clear) = self.erasing.beside.get() {
            clear();
        }
        self.secrets().owe(true);
        *self.erasing.owed.lock().await = Some(marker.accounts);
        self.pay_what_erasing_owes().await;
        drop(lock);
        self.writes.begin_afresh();
        self.give_notice(messages::everything_erased());
        tracing::info!("everything kept on this PC was erased");
        Ok(())
    }

    /// Forgets the entries in the keychain that an erasing has left there, if it lets it.
    pub(crate) async fn pay_what_erasing_owes(&self) {
        let mut owed = self.erasing.owed.lock().await;
        let Some(accounts) = owed.clone() else {
            return;
        };
        if let Err(failure) = self.secrets().forget_accounts(accounts).await {
            tracing::warn!(%failure, "what was erased may be left in the keychain");
            self.give_notice(messages::erased_but_keychain());
            return;
        }
        match Marker::remove(self.data_dir()) {
            Ok(()) => {
                *owed = None;
                self.secrets().owe(false);
            }
            Err(failure) => tracing::warn!(%failure, "the note of an erasing stays"),
        }
    }

    async fn end_journal(&self, agreed: Agreed) -> Result<Locked, Error> {
        match self.journal().await {
            Ok(journal) => {
                let ended = journal.end(move |outstanding| agreed.covers(outstanding));
                ended.await?.ok_or(Error::ErasingForgets)
            }
            Err(failure @ Error::Journal(Fault::Taken)) => Err(failure),
            Err(_) if agreed.unread => Locked::take(self.data_dir()).await,
            Err(_) => Err(Error::ErasingForgets),
        }
    }

    /// Lets go of everything that this run knows.
    async fn forget_this_run(&self) {
        self.finder.stop_all();
        self.writes.end_all();
        self.hang_up().await;
        self.shelf().clear();
        self.memory.clear();
        self.secrets().forget_this_run();
        self.replace_settings(Settings::default());
        self.notice_board()
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clear();
    }
}
