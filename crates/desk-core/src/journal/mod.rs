//! The journal: every change that is asked of Cubu, on disk before its first byte leaves. One encrypted file, one process,
//! its key in the keychain; without a keychain in memory only, and the person at the desk is told what that means.
//!
//! - [`intent`] is what stands in it and which state may follow which.
//! - [`Lanes`] keep two changes to the same thing apart.
//!
//! What is sent, and how an unknown outcome is settled, is not known here: see [`crate::writes`] and [`crate::settle`].

mod fault;
pub mod intent;
mod kept;
mod lanes;
mod schema;
mod store;
mod vault;

use std::{
    collections::HashSet,
    fs::File,
    path::Path,
    sync::{Arc, Mutex, PoisonError},
};

use chrono::{DateTime, Utc};
use cubu_s2s::CaseId;

pub use fault::Fault;
use intent::{Event, Intent, IntentId, State};
pub use kept::{Kept, Kind};
pub use lanes::{Held, Lane, Lanes};
pub use store::Note;
use store::Store;

use crate::{
    error::Error,
    messages,
    profiles::ProfileId,
    secrets::{NoKeychain, Secrets},
    text::Text,
};

/// An open journal. Cheap to clone; the file is closed with the last clone.
#[derive(Clone, Debug)]
pub struct Journal {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    store: Mutex<Store>,
    lanes: Lanes,
    /// Held for as long as the file is open. Declared last, so that it is let go of last.
    _lock: Option<File>,
}

impl Journal {
    /// Opens the journal of a folder, with what the person at the desk should hear about it.
    pub async fn open(
        folder: &Path,
        secrets: &Secrets,
        now: DateTime<Utc>,
    ) -> Result<(Self, Option<Text>), Error> {
        let folder = folder.to_owned();
        let (folder, lock) =
            tokio::task::spawn_blocking(move || vault::lock(&folder).map(|lock| (folder, lock)))
                .await??;
        // The lock first: two instances that start together must not make two keys.
        let key = match secrets.journal_key().await {
            Ok(key) => key,
            Err(failure @ NoKeychain(_)) => {
                tracing::warn!(%failure, "the journal is kept in memory");
                return Ok((Self::in_memory()?, Some(messages::journal_in_memory())));
            }
        };
        let (store, notice) =
            tokio::task::spawn_blocking(move || vault::open(&folder, &key, now)).await??;
        Ok((Self::of(store, Some(lock)), notice))
    }

    /// A journal that ends with the program.
    pub fn in_memory() -> Result<Self, Error> {
        Ok(Self::of(Store::in_memory()?, None))
    }

    fn of(store: Store, lock: Option<File>) -> Self {
        Self {
            inner: Arc::new(Inner {
                store: Mutex::new(store),
                lanes: Lanes::default(),
                _lock: lock,
            }),
        }
    }

    /// The lanes of this journal's changes.
    pub fn lanes(&self) -> &Lanes {
        &self.inner.lanes
    }

    /// Writes down a new intent. One with the same id is left as it is, and handed back.
    pub async fn add(&self, intent: &Intent) -> Result<Option<Intent>, Error> {
        let intent = intent.clone();
        self.run(move |store| store.add(&intent)).await
    }

    /// An intent.
    pub async fn find(&self, id: IntentId) -> Result<Option<Intent>, Error> {
        self.run(move |store| store.find(id)).await
    }

    /// Moves an intent to its next state, unless it is no longer where the caller saw it.
    pub async fn step(
        &self,
        id: IntentId,
        from: State,
        event: Event,
        note: Note,
    ) -> Result<State, Error> {
        self.run(move |store| store.step(id, from, event, &note))
            .await
    }

    /// Queues an intent anew, with what is asked for now.
    pub async fn ask_anew(&self, known: Intent, intent: Intent) -> Result<(), Error> {
        self.run(move |store| store.ask_anew(&known, &intent)).await
    }

    /// Notes that no read can settle an intent.
    pub async fn needs_eyes(&self, id: IntentId) -> Result<(), Error> {
        self.run(move |store| store.needs_eyes(id)).await
    }

    /// Notes that somebody has been told the outcome.
    pub async fn told(&self, id: IntentId) -> Result<(), Error> {
        self.run(move |store| store.told(id)).await
    }

    /// The intents of an organisation whose outcome is open or untold, oldest first.
    pub async fn to_see_to(&self, profile: ProfileId) -> Result<Vec<Intent>, Error> {
        self.run(move |store| store.to_see_to(profile)).await
    }

    /// The cases that other intents of an organisation account for.
    pub async fn cases_of_others(
        &self,
        profile: ProfileId,
        id: IntentId,
    ) -> Result<HashSet<CaseId>, Error> {
        self.run(move |store| store.cases_of_others(profile, id))
            .await
    }

    /// Keeps a paper in place of the one of its name, and at most so many of its kind.
    pub async fn keep(
        &self,
        profile: ProfileId,
        kind: Kind,
        paper: Kept,
        most: u32,
    ) -> Result<(), Error> {
        self.run(move |store| {
            store.keep(profile, kind, &paper)?;
            store.keep_only(profile, kind, most)
        })
        .await
    }

    /// The kept papers of a kind, the last kept first.
    pub async fn kept(&self, profile: ProfileId, kind: Kind) -> Result<Vec<Kept>, Error> {
        self.run(move |store| store.kept(profile, kind)).await
    }

    /// One kept paper.
    pub async fn kept_as(
        &self,
        profile: ProfileId,
        kind: Kind,
        name: String,
    ) -> Result<Option<Kept>, Error> {
        self.run(move |store| store.kept_as(profile, kind, &name))
            .await
    }

    /// Lets a kept paper go.
    pub async fn let_go(&self, profile: ProfileId, kind: Kind, name: String) -> Result<(), Error> {
        self.run(move |store| store.let_go(profile, kind, &name))
            .await
    }

    async fn run<T: Send + 'static>(
        &self,
        act: impl FnOnce(&mut Store) -> Result<T, Fault> + Send + 'static,
    ) -> Result<T, Error> {
        let inner = Arc::clone(&self.inner);
        let done = tokio::task::spawn_blocking(move || {
            act(&mut inner.store.lock().unwrap_or_else(PoisonError::into_inner))
        });
        Ok(done.await??)
    }
}

#[cfg(test)]
mod tests;
