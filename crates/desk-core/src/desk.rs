//! The desk: what is stored, what is connected, and nothing of how it is shown. The commands in [`crate::commands`]
//! are what a window can do with it.

use std::{
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
};

use cubu_s2s::UserId;
use tokio::sync::{OnceCell, RwLock};

use crate::{
    agent::AgentDesk,
    catalogue::{self, Catalogue},
    clock::Clock,
    connection::{Connection, ConnectionState},
    day::Readings,
    documents::{self, Loaded},
    erasing::Erasing,
    error::Error,
    find::Finder,
    memory::{BoardView, Memory},
    messages,
    practice::Practice,
    profiles::{Profile, ProfileId, ProfileSummary, Shelf},
    secrets::{Keychain, Secrets},
    settings::{self, Settings},
    text::Text,
    transfer,
    watches::Lookout,
    writes::Writes,
};

/// What a desk is opened with.
pub struct Options {
    /// The folder with everything this desk keeps, secrets excepted.
    pub data_dir: PathBuf,
    /// Where secrets are kept.
    pub keychain: Arc<dyn Keychain>,
    /// Where the time comes from.
    pub clock: Clock,
}

/// A desk.
#[derive(Debug)]
pub struct Desk {
    data_dir: PathBuf,
    clock: Clock,
    shelf: Shelf,
    secrets: Secrets,
    pub(crate) settings: Mutex<Settings>,
    pub(crate) memory: Memory,
    notices: Arc<Mutex<Vec<Text>>>,
    connection: RwLock<Option<Arc<Connection>>>,
    restored: OnceCell<()>,
    pub(crate) writes: Writes,
    pub(crate) finder: Finder,
    pub(crate) erasing: Erasing,
    pub(crate) days: Readings,
    pub(crate) lookout: Lookout,
}

impl Desk {
    /// Opens the desk kept in a folder. Nothing is connected yet and the keychain is not touched: that happens with the
    /// first command, so that a window can be shown meanwhile.
    pub fn open(options: Options) -> Result<Self, Error> {
        let Options {
            data_dir,
            keychain,
            clock,
        } = options;
        let erasing = Erasing::go_on(&data_dir)?;
        let secrets = Secrets::new(keychain);
        secrets.owe(erasing.owes());
        let (shelf, mut notices) = Shelf::open(&data_dir.join("profiles"))?;
        let settings = or_default(
            documents::load(&data_dir.join(settings::FILE), settings::FORMAT),
            &mut notices,
        );
        let (memory, notice) = Memory::open(&data_dir);
        notices.extend(notice);
        let desk = Self {
            data_dir,
            clock,
            shelf,
            secrets,
            settings: Mutex::new(settings),
            memory,
            notices: Arc::new(Mutex::new(notices)),
            connection: RwLock::default(),
            restored: OnceCell::new(),
            writes: Writes::default(),
            finder: Finder::default(),
            days: Readings::default(),
            erasing,
            lookout: Lookout::default(),
        };
        desk.tidy_log(&desk.settings());
        Ok(desk)
    }

    /// The folder with everything this desk keeps.
    pub(crate) fn data_dir(&self) -> &Path {
        &self.data_dir
    }

    /// The clock.
    pub fn clock(&self) -> Clock {
        self.clock
    }

    /// The stored profiles.
    pub fn shelf(&self) -> &Shelf {
        &self.shelf
    }

    /// The secrets.
    pub fn secrets(&self) -> &Secrets {
        &self.secrets
    }

    /// What the person at the desk should hear about what was found on disk.
    pub fn notices(&self) -> Vec<Text> {
        self.notices
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// Where notices are put, for what goes on by itself.
    pub(crate) fn notice_board(&self) -> Arc<Mutex<Vec<Text>>> {
        Arc::clone(&self.notices)
    }

    pub(crate) fn give_notice(&self, notice: Text) {
        let mut notices = self.notices.lock().unwrap_or_else(PoisonError::into_inner);
        if !notices.contains(&notice) {
            notices.push(notice);
        }
    }

    /// The connection, if any.
    pub async fn connected(&self) -> Option<Arc<Connection>> {
        self.restored.get_or_init(|| self.restore()).await;
        self.connection.read().await.clone()
    }

    /// The connection.
    pub async fn connection(&self) -> Result<Arc<Connection>, Error> {
        self.connected().await.ok_or(Error::NotConnected)
    }

    /// The state of the connection.
    pub async fn connection_state(&self) -> ConnectionState {
        self.connected()
            .await
            .map(|connection| connection.state())
            .unwrap_or_default()
    }

    /// Connects to a stored profile and remembers it for the next run.
    pub async fn connect(&self, id: ProfileId) -> Result<Arc<Connection>, Error> {
        self.restored.set(()).ok();
        let connection = self.reconnect(id).await?;
        self.memory.activate(id)?;
        Ok(connection)
    }

    /// Ends the connection, if it is to this profile.
    pub async fn disconnect(&self, id: ProfileId) -> Result<(), Error> {
        let mut connection = self.connection.write().await;
        if connection
            .as_ref()
            .is_some_and(|connection| connection.profile().id == id)
        {
            *connection = None;
        }
        self.memory.forget(id)
    }

    /// Ends the connection, whichever it is.
    pub(crate) async fn hang_up(&self) {
        if let Some(connection) = self.connection.write().await.take() {
            connection.end().await;
        }
    }

    /// Starts the practice organisation and connects to it. The next run is back at the real one.
    pub async fn practise(&self, practice: Practice) -> Result<(), Error> {
        self.restored.set(()).ok();
        let connection = Connection::practise(practice, self.clock)?;
        *self.connection.write().await = Some(Arc::new(connection));
        Ok(())
    }

    /// Leaves the practice organisation and goes back to the profile chosen before.
    pub async fn stop_practising(&self) {
        if self
            .connected()
            .await
            .is_some_and(|connection| connection.is_practice())
        {
            *self.connection.write().await = None;
            self.restore().await;
        }
    }

    /// A stored profile, or the practice organisation's.
    pub async fn profile(&self, id: ProfileId) -> Result<Profile, Error> {
        match self.practice_connection(id).await {
            Some(practice) => Ok(practice.profile().clone()),
            None => self.shelf.get(id),
        }
    }

    /// Refuses what can't be done to the practice organisation's profile.
    pub async fn refuse_practice(&self, id: ProfileId) -> Result<(), Error> {
        match self.practice_connection(id).await {
            Some(_) => Err(Error::PracticeFixed),
            None => Ok(()),
        }
    }

    async fn practice_connection(&self, id: ProfileId) -> Option<Arc<Connection>> {
        self.connected()
            .await
            .filter(|connection| connection.is_practice() && connection.profile().id == id)
    }

    /// One profile in a list.
    pub async fn summary(&self, profile: &Profile) -> ProfileSummary {
        let has_secret = matches!(self.secrets.find(profile).await, Ok(Some(_)));
        ProfileSummary::of(profile, false, has_secret)
    }

    /// All profiles in a list, the practice organisation first while it runs.
    pub async fn summaries(&self) -> Vec<ProfileSummary> {
        let practice = self
            .connected()
            .await
            .filter(|connection| connection.is_practice());
        let mut summaries: Vec<_> = practice
            .iter()
            .map(|connection| ProfileSummary::of(connection.profile(), true, true))
            .collect();
        for profile in self.shelf.all() {
            summaries.push(self.summary(&profile).await);
        }
        summaries
    }

    /// Takes in an exported profile. One that leads to the same application of the same organisation is brought up to
    /// date and keeps its secret; any other is new.
    pub async fn import(&self, json: &str) -> Result<Profile, Error> {
        let (mut profile, incoming) = transfer::import(json)?;
        if let Some(known) = self
            .shelf
            .all()
            .into_iter()
            .find(|known| known.shares_secret_with(&profile))
        {
            profile.id = known.id;
        }
        let connected = self
            .connected()
            .await
            .filter(|connection| connection.profile().id == profile.id);
        match &connected {
            Some(connection) => {
                connection
                    .change_catalogue(|catalogue| catalogue.merge(incoming))
                    .await?
            }
            None => {
                let mut catalogue = self.stored_catalogue(profile.id);
                catalogue.merge(incoming);
                documents::save(
                    &self.catalogue_file(profile.id),
                    &catalogue,
                    catalogue::FORMAT,
                )?;
            }
        }
        // The profile last: a catalogue without its profile is never seen.
        self.shelf.put(profile.clone())?;
        if connected.is_some() {
            self.reconnect(profile.id).await?;
        }
        Ok(profile)
    }

    /// The catalogue of a profile that may not be the connected one.
    pub async fn catalogue_of(&self, id: ProfileId) -> Catalogue {
        match self
            .connected()
            .await
            .filter(|connection| connection.profile().id == id)
        {
            Some(connection) => connection.catalogue().await,
            None => self.stored_catalogue(id),
        }
    }

    /// Where the catalogue of a profile is kept.
    pub fn catalogue_file(&self, id: ProfileId) -> PathBuf {
        self.data_dir.join("catalogues").join(format!("{id}.json"))
    }

    /// Chooses the agent this desk acts for and remembers the choice.
    pub async fn choose_agent(
        &self,
        user_id: UserId,
        display_name: Option<String>,
    ) -> Result<AgentDesk, Error> {
        let connection = self.connection().await?;
        if !connection.is_practice() {
            self.memory
                .choose(connection.profile().id, user_id, display_name.clone())?;
        }
        let mut agent = connection.agent();
        if agent.user_id != Some(user_id) {
            *agent = AgentDesk::of(user_id, display_name);
        }
        Ok(agent.clone())
    }

    /// What stood on this organisation's day board when it was last looked at.
    pub async fn board_view(&self) -> Result<BoardView, Error> {
        Ok(self.memory.board(self.connection().await?.profile().id))
    }

    /// Remembers what stands on the day board; of the practice organisation nothing is kept.
    pub async fn keep_board_view(&self, view: BoardView) -> Result<(), Error> {
        let connection = self.connection().await?;
        if connection.is_practice() {
            return Ok(());
        }
        self.memory.keep_board(connection.profile().id, view)
    }

    /// Opens the connection anew, with whatever has changed in its profile or secret.
    pub async fn reconnect(&self, id: ProfileId) -> Result<Arc<Connection>, Error> {
        let profile = self.shelf.get(id)?;
        let secret = match self.secrets.find(&profile).await {
            Ok(secret) => secret,
            Err(failure) => {
                tracing::warn!(%failure, "connecting without a client secret");
                None
            }
        };
        let agent = self.memory.agent(id);
        let (connection, notice) =
            Connection::open(profile, secret, agent, self.catalogue_file(id), self.clock)?;
        if let Some(notice) = notice {
            self.give_notice(notice);
        }
        let connection = Arc::new(connection);
        *self.connection.write().await = Some(Arc::clone(&connection));
        if connection.client().is_ok() {
            self.settle_what_is_open(&connection).await;
        }
        Ok(connection)
    }

    /// Removes a profile with all that belongs to it. A keychain that does not answer can't keep a profile from going.
    pub async fn delete(&self, id: ProfileId) -> Result<(), Error> {
        let profile = self.shelf.get(id)?;
        self.disconnect(id).await?;
        if let Err(failure) = self.secrets.forget(&profile).await {
            tracing::warn!(%failure, "a client secret may be left in the keychain");
            self.give_notice(messages::secret_left_behind());
        }
        crate::files::remove(&self.catalogue_file(id))?;
        self.shelf.remove(id)
    }

    async fn restore(&self) {
        self.pay_what_erasing_owes().await;
        let Some(id) = self.memory.active_profile() else {
            return;
        };
        if let Err(failure) = self.reconnect(id).await {
            tracing::warn!(%failure, "the profile of the last run could not be connected");
            self.give_notice(failure.of("activate_profile").message);
        }
    }

    fn stored_catalogue(&self, id: ProfileId) -> Catalogue {
        match documents::load(&self.catalogue_file(id), catalogue::FORMAT) {
            Loaded::Document(catalogue) => catalogue,
            Loaded::Nothing => Catalogue::default(),
            Loaded::Unusable(notice) => {
                self.give_notice(notice);
                Catalogue::default()
            }
        }
    }
}

fn or_default<T: Default>(loaded: Loaded<T>, notices: &mut Vec<Text>) -> T {
    match loaded {
        Loaded::Document(document) => document,
        Loaded::Nothing => T::default(),
        Loaded::Unusable(notice) => {
            notices.push(notice);
            T::default()
        }
    }
}
