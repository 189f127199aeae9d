//! One connection to one organisation: its client, what the desk learns about it, and the agent the desk acts for.
//! Everything sent to Cubu goes through [`Connection::send`].

use std::{
    path::PathBuf,
    sync::{
        Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
};

use chrono::{DateTime, TimeDelta, Utc};
use cubu_s2s::{AddressOverride, Client, ClientOptions, Endpoint, Retry};
use secrecy::SecretString;
use serde::Serialize;
use tokio::sync::Semaphore;
use ts_rs::TS;

use crate::{
    agent::AgentDesk,
    catalogue::{self, Catalogue, Learn},
    clock::Clock,
    documents::{self, Loaded},
    error::Error,
    journal::Journal,
    practice::Practice,
    profiles::{Profile, ProfileId},
    text::Text,
};

/// How many reads go to Cubu at once, over the whole application. Changes are few, take turns among themselves, and do not
/// wait for reads.
pub const READS_AT_ONCE: usize = 6;

/// A clock that is off by more than this is worth a word.
const TOLERATED_SKEW_SECONDS: i64 = 300;

/// Whether the desk can make calls.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum ConnectionStatus {
    /// No profile is chosen.
    #[default]
    None,
    /// Calls can be made.
    Connected,
    /// A profile is chosen, but its secret is not on this PC.
    SecretMissing,
}

/// The state of the connection.
#[derive(Clone, Debug, Default, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ConnectionState {
    /// Whether the desk can make calls.
    pub status: ConnectionStatus,
    /// The chosen profile.
    pub profile_id: Option<ProfileId>,
    /// Its name.
    pub profile_name: Option<String>,
    /// Whether this is the practice organisation.
    pub practice: bool,
    /// Cubu in the browser.
    pub cubu_web_url: Option<String>,
    /// When Cubu last answered.
    #[ts(type = "string | null")]
    pub checked_at: Option<DateTime<Utc>>,
    /// By how many seconds this PC's clock is ahead of Cubu's, when that is more than five minutes.
    #[ts(type = "number | null")]
    pub clock_skew_seconds: Option<i64>,
}

/// A connection to an organisation.
#[derive(Debug)]
pub struct Connection {
    profile: Profile,
    client: Option<Client>,
    practice: Option<Practice>,
    /// The practice organisation's journal, which ends with it.
    journal: Option<Journal>,
    clock: Clock,
    reads: Semaphore,
    checked_at: Mutex<Option<DateTime<Utc>>>,
    agent: Mutex<AgentDesk>,
    catalogue: tokio::sync::Mutex<Catalogue>,
    /// Where the catalogue is kept; the practice organisation's is not.
    catalogue_file: Option<PathBuf>,
    /// Whatever is still learnt from answers on their way is not kept.
    has_ended: AtomicBool,
}

/// A client for a profile.
pub fn client(profile: &Profile, secret: SecretString) -> Result<Client, Error> {
    let mut options = ClientOptions::new(
        profile.tenant_id,
        profile.client_id,
        secret,
        profile.application_id,
    );
    options.authority.clone_from(&profile.authority);
    options.base_url.clone_from(&profile.base_url);
    options.customer_id_spelling = profile.customer_id_spelling;
    options.address_overrides = profile
        .addresses
        .iter()
        .map(|address| AddressOverride {
            endpoint: address.endpoint.clone(),
            method: address.method,
            path: address.path.clone(),
        })
        .collect();
    Client::new(options).map_err(|problem| Error::Client(problem.to_string()))
}

/// The clock's error, when it is worth a word.
pub fn notable_skew(client: &Client) -> Option<i64> {
    client
        .clock_skew()
        .filter(|skew| skew.abs() > TOLERATED_SKEW_SECONDS)
}

impl Connection {
    /// A connection to a stored profile; without a secret it can make no calls, but its catalogue can be seen to.
    pub fn open(
        profile: Profile,
        secret: Option<SecretString>,
        agent: AgentDesk,
        catalogue_file: PathBuf,
        clock: Clock,
    ) -> Result<(Self, Option<Text>), Error> {
        let client = secret.map(|secret| client(&profile, secret)).transpose()?;
        let (catalogue, notice) = match documents::load(&catalogue_file, catalogue::FORMAT) {
            Loaded::Document(catalogue) => (catalogue, None),
            Loaded::Nothing => (Catalogue::default(), None),
            Loaded::Unusable(notice) => (Catalogue::default(), Some(notice)),
        };
        // What this version can't read it must not write over either.
        let catalogue_file = Some(catalogue_file).filter(|file| notice.is_none() || !file.exists());
        let connection = Self {
            profile,
            client,
            practice: None,
            journal: None,
            clock,
            reads: Semaphore::new(READS_AT_ONCE),
            checked_at: Mutex::default(),
            agent: Mutex::new(agent),
            catalogue: tokio::sync::Mutex::new(catalogue),
            catalogue_file,
            has_ended: AtomicBool::new(false),
        };
        Ok((connection, notice))
    }

    /// A connection to the practice organisation.
    pub fn practise(practice: Practice, clock: Clock) -> Result<Self, Error> {
        let profile = practice.profile().clone();
        Ok(Self {
            client: Some(client(&profile, practice.secret())?),
            profile,
            clock,
            reads: Semaphore::new(READS_AT_ONCE),
            checked_at: Mutex::default(),
            agent: Mutex::new(practice.agent()),
            catalogue: tokio::sync::Mutex::new(practice.catalogue()),
            catalogue_file: None,
            has_ended: AtomicBool::new(false),
            practice: Some(practice),
            journal: Some(Journal::in_memory()?),
        })
    }

    /// The profile behind it.
    pub fn profile(&self) -> &Profile {
        &self.profile
    }

    /// Whether this is the practice organisation.
    pub fn is_practice(&self) -> bool {
        self.practice.is_some()
    }

    /// The journal of its own that it has, if any.
    pub fn own_journal(&self) -> Option<&Journal> {
        self.journal.as_ref()
    }

    /// The client.
    pub fn client(&self) -> Result<&Client, Error> {
        self.client.as_ref().ok_or(Error::SecretMissing)
    }

    /// The time of Cubu's last answer in this run, by Cubu's clock; `None` while this PC's is known to be wrong.
    pub fn cubu_time(&self) -> Option<DateTime<Utc>> {
        let skew = self.client.as_ref()?.clock_skew()?;
        let checked_at = *self
            .checked_at
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        let right = skew.abs() <= TOLERATED_SKEW_SECONDS;
        checked_at
            .filter(|_| right)
            .map(|checked_at| checked_at - TimeDelta::seconds(skew))
    }

    /// The moment it is.
    pub fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }

    /// Makes a call.
    pub async fn send<E: Endpoint>(&self, call: &E) -> Result<E::Response, Error> {
        let client = self.client()?;
        let answer = {
            let _turn = match E::SUMMARY.retry {
                Retry::Read => self.reads.acquire().await.ok(),
                Retry::Write => None,
            };
            client.send(call).await
        };
        let answered = match &answer {
            Ok(_) => true,
            Err(failure) => failure.refusal().is_some(),
        };
        if answered {
            *self
                .checked_at
                .lock()
                .unwrap_or_else(PoisonError::into_inner) = Some(self.now());
        }
        Ok(answer?)
    }

    /// How things stand.
    pub fn state(&self) -> ConnectionState {
        ConnectionState {
            status: match self.client {
                Some(_) => ConnectionStatus::Connected,
                None => ConnectionStatus::SecretMissing,
            },
            profile_id: Some(self.profile.id),
            profile_name: Some(self.profile.name.clone()),
            practice: self.is_practice(),
            cubu_web_url: self.profile.cubu_web_url.clone(),
            checked_at: *self
                .checked_at
                .lock()
                .unwrap_or_else(PoisonError::into_inner),
            clock_skew_seconds: self.client.as_ref().and_then(notable_skew),
        }
    }

    /// The agent of this desk. Hold it for a moment only.
    pub fn agent(&self) -> MutexGuard<'_, AgentDesk> {
        self.agent.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The catalogue as it is now.
    pub async fn catalogue(&self) -> Catalogue {
        self.catalogue.lock().await.clone()
    }

    /// Changes the catalogue: the file first, and only what is on disk is in it.
    pub async fn change_catalogue<T>(
        &self,
        change: impl FnOnce(&mut Catalogue) -> T,
    ) -> Result<T, Error> {
        let mut catalogue = self.catalogue.lock().await;
        let mut changed = catalogue.clone();
        let outcome = change(&mut changed);
        if changed != *catalogue {
            let file = self.catalogue_file.clone();
            if let Some(file) = file.filter(|_| !self.has_ended.load(Ordering::Relaxed)) {
                let written = changed.clone();
                tokio::task::spawn_blocking(move || {
                    documents::save(&file, &written, catalogue::FORMAT)
                })
                .await??;
            }
            *catalogue = changed;
        }
        Ok(outcome)
    }

    /// Keeps nothing of what is learnt from here on.
    pub async fn end(&self) {
        let _not_while_it_is_saved = self.catalogue.lock().await;
        self.has_ended.store(true, Ordering::Relaxed);
    }

    /// Learns from an answer. A catalogue that can't be saved is no reason to withhold the answer.
    pub async fn learn(&self, answer: Learn<'_>) {
        self.learn_all(&[answer]).await;
    }

    /// Learns from several answers, and saves at most once.
    pub async fn learn_all(&self, answers: &[Learn<'_>]) {
        let learn =
            |catalogue: &mut Catalogue| answers.iter().for_each(|answer| catalogue.learn(*answer));
        if let Err(failure) = self.change_catalogue(learn).await {
            tracing::warn!(%failure, "the catalogue could not be saved");
        }
    }
}
