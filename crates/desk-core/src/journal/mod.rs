//! The journal: every change that is asked of Cubu, on disk before its first byte leaves. One encrypted file, one process,
//! its key in the keychain; without a keychain the person at the desk chooses between a passphrase and memory alone.
//!
//! - [`keeping`] is what it is kept with; until that is decided it is locked.
//! - [`intent`] is what stands in it and which state may follow which.
//! - [`Lanes`] keep two changes to the same thing apart.
//!
//! What is sent, and how an unknown outcome is settled, is not known here: see [`crate::writes`] and [`crate::settle`].

mod acts;
mod emptyings;
mod ending;
mod fault;
mod forgetting;
pub mod intent;
mod keeping;
mod kept;
mod lanes;
mod lineage;
mod moves;
mod passphrase;
mod rows;
mod schema;
mod store;
mod trail;
mod vault;
mod watches;

use std::{
    collections::HashSet,
    path::Path,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use chrono::{DateTime, Utc};
use cubu_s2s::CaseId;
use secrecy::SecretString;
use uuid::Uuid;

pub use acts::LastActs;
pub use emptyings::{CalendarDay, EmptyingRow, Worklist};
pub use ending::{Locked, Outstanding};
pub use fault::Fault;
pub use forgetting::Forgotten;
use intent::{Event, Intent, IntentId, State};
use keeping::Keeping;
pub use keeping::{JournalState, KeptWith};
pub use kept::{Kept, Kind};
pub use lanes::{Held, Lane, Lanes};
pub use moves::MoveRow;
pub use passphrase::SHORTEST as SHORTEST_PASSPHRASE;
#[cfg(feature = "fuzzing")]
pub(crate) use passphrase::read as read_key_recipes;
pub use store::Note;
#[cfg(feature = "fuzzing")]
pub(crate) use store::Store;
#[cfg(not(feature = "fuzzing"))]
use store::Store;
pub use trail::Search;
pub use watches::WatchRow;

use crate::{
    error::Error,
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
    keeping: Mutex<Keeping>,
    lanes: Lanes,
    /// Outcomes of changes and moves on their way to whoever asked.
    telling: Mutex<Vec<Uuid>>,
}

/// An outcome on its way to whoever asked, until this is dropped.
#[derive(Debug)]
pub struct Telling(Journal, Uuid);

impl Drop for Telling {
    fn drop(&mut self) {
        let mut telling = self.0.telling();
        if let Some(place) = telling.iter().position(|id| *id == self.1) {
            telling.swap_remove(place);
        }
    }
}

impl Journal {
    /// Opens the journal of a folder, with what the person at the desk should hear about it. It may be locked.
    pub async fn open(folder: &Path, secrets: &Secrets) -> Result<(Self, Option<Text>), Error> {
        let folder = folder.to_owned();
        let (folder, lock) =
            tokio::task::spawn_blocking(move || vault::lock(&folder).map(|lock| (folder, lock)))
                .await??;
        // The lock first: two instances that start together must not make two keys.
        let key = match secrets.journal_key().await {
            Ok(key) => Some(key),
            Err(failure @ NoKeychain(_)) => {
                tracing::warn!(%failure, "the journal waits for a passphrase");
                None
            }
        };
        let (keeping, notice) =
            tokio::task::spawn_blocking(move || Keeping::of(folder, lock, key)).await??;
        Ok((Self::of(keeping), notice))
    }

    /// A journal that ends with the program.
    pub fn in_memory() -> Result<Self, Error> {
        Ok(Self::of(Keeping::in_memory()?))
    }

    fn of(keeping: Keeping) -> Self {
        Self {
            inner: Arc::new(Inner {
                keeping: Mutex::new(keeping),
                lanes: Lanes::default(),
                telling: Mutex::default(),
            }),
        }
    }

    /// How it is kept.
    pub async fn state(&self) -> Result<JournalState, Error> {
        self.with(|keeping| Ok(keeping.state())).await
    }

    /// Opens what is locked with a passphrase, or begins it, with what this run has written down so far.
    pub async fn unlock(&self, passphrase: SecretString) -> Result<Option<Text>, Error> {
        self.with(move |keeping| keeping.unlock(&passphrase)).await
    }

    /// Goes on without a passphrase.
    pub async fn go_on(&self) -> Result<Option<Text>, Error> {
        self.with(Keeping::go_on).await
    }

    /// Sets aside the journal whose passphrase nobody knows any more.
    pub async fn set_aside(&self) -> Result<Option<Text>, Error> {
        self.with(Keeping::set_aside).await
    }

    /// Another passphrase from now on.
    pub async fn change_passphrase(
        &self,
        passphrase: SecretString,
        new: SecretString,
    ) -> Result<(), Error> {
        self.with(move |keeping| keeping.change_passphrase(&passphrase, &new))
            .await
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

    /// The open intent that asks for the same for the same agent, an intent of the same id before others.
    pub async fn open_like(&self, intent: &Intent) -> Result<Option<Intent>, Error> {
        let intent = intent.clone();
        self.run(move |store| store.open_like(&intent)).await
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

    /// Notes that somebody has been told the outcome, unless it is asked for anew by now.
    pub async fn told_as(&self, id: IntentId, state: State) -> Result<(), Error> {
        self.run(move |store| store.told_as(id, state)).await
    }

    /// Keeps an outcome off the list of what nobody was told, for as long as it is on its way to somebody.
    pub fn tell(&self, id: Uuid) -> Telling {
        self.telling().push(id);
        Telling(self.clone(), id)
    }

    /// Whether an outcome is on its way to somebody.
    pub fn is_being_told(&self, id: Uuid) -> bool {
        self.telling().contains(&id)
    }

    fn telling(&self) -> MutexGuard<'_, Vec<Uuid>> {
        self.inner
            .telling
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    /// The intents of an organisation whose outcome is open or untold, oldest first.
    pub async fn to_see_to(&self, profile: ProfileId) -> Result<Vec<Intent>, Error> {
        self.run(move |store| store.to_see_to(profile)).await
    }

    /// The cases that other intents of an organisation account for: what those of one command became, and what was to be
    /// cancelled before this one left.
    pub async fn cases_of_others(
        &self,
        profile: ProfileId,
        id: IntentId,
        command: &'static str,
    ) -> Result<HashSet<CaseId>, Error> {
        self.run(move |store| store.cases_of_others(profile, id, command))
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

    /// The names of the papers of a kind, with when each was kept.
    pub async fn kept_names(
        &self,
        profile: ProfileId,
        kind: Kind,
    ) -> Result<Vec<(String, DateTime<Utc>)>, Error> {
        self.run(move |store| store.kept_names(profile, kind)).await
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

    /// Forgets what was closed, and told, more than so many days ago; how much.
    pub async fn tidy(&self, now: DateTime<Utc>, days: u16) -> Result<usize, Error> {
        self.run(move |store| store.tidy(now, days)).await
    }

    /// Forgets a customer, so far as nothing about them is open.
    pub async fn forget_customer(
        &self,
        profile: ProfileId,
        record_id: String,
        contacts: Vec<String>,
    ) -> Result<Forgotten, Error> {
        self.run(move |store| store.forget_customer(profile, &record_id, &contacts))
            .await
    }

    async fn run<T: Send + 'static>(
        &self,
        act: impl FnOnce(&mut Store) -> Result<T, Fault> + Send + 'static,
    ) -> Result<T, Error> {
        self.with(|keeping| act(keeping.store()?)).await
    }

    /// The database of it, to be damaged.
    #[cfg(feature = "fuzzing")]
    pub(crate) async fn damage<T: Send + 'static>(
        &self,
        act: impl FnOnce(&mut Store) -> Result<T, Fault> + Send + 'static,
    ) -> Result<T, Error> {
        self.run(act).await
    }

    async fn with<T: Send + 'static>(
        &self,
        act: impl FnOnce(&mut Keeping) -> Result<T, Fault> + Send + 'static,
    ) -> Result<T, Error> {
        let inner = Arc::clone(&self.inner);
        let done = tokio::task::spawn_blocking(move || {
            let mut keeping = inner.keeping.lock().unwrap_or_else(PoisonError::into_inner);
            act(&mut keeping)
        });
        Ok(done.await??)
    }
}

#[cfg(test)]
mod tests;
#[cfg(test)]
mod unlocking_tests;
