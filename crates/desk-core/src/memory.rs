//! What a desk remembers from run to run: which profile it was connected to, as which agent it worked there, and which
//! services stood on its board.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
};

use cubu_s2s::{ServiceId, ServiceTypeId, UserId};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{
    agent::AgentDesk,
    documents::{self, Format, Loaded},
    error::Error,
    profiles::ProfileId,
    text::Text,
};

pub(crate) const FORMAT: Format = Format::kept("front-desk-desk");

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct Remembered {
    active_profile: Option<ProfileId>,
    agents: BTreeMap<ProfileId, ChosenAgent>,
    boards: BTreeMap<ProfileId, BoardView>,
}

/// What a desk looks at on its day board.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct BoardView {
    /// The services side by side, in their order.
    pub services: Vec<BoardService>,
}

/// A service on the board.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct BoardService {
    /// The service.
    pub service_id: ServiceId,
    /// The type its free times are shown for.
    #[serde(default)]
    pub service_type_id: Option<ServiceTypeId>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct ChosenAgent {
    user_id: UserId,
    #[serde(default)]
    display_name: Option<String>,
}

/// What a desk remembers.
#[derive(Debug)]
pub(crate) struct Memory {
    file: PathBuf,
    /// Not when a file stands there that this version can't read: then it remembers for this run.
    is_kept: AtomicBool,
    remembered: Mutex<Remembered>,
}

impl Memory {
    /// Reads what was remembered, and says when it can't be used.
    pub(crate) fn open(folder: &Path) -> (Self, Option<Text>) {
        let file = folder.join("desk.json");
        let (remembered, notice) = match documents::load(&file, FORMAT) {
            Loaded::Document(remembered) => (remembered, None),
            Loaded::Nothing => (Remembered::default(), None),
            Loaded::Unusable(notice) => (Remembered::default(), Some(notice)),
        };
        let is_kept = notice.is_none() || !file.exists();
        (
            Self {
                file,
                is_kept: is_kept.into(),
                remembered: Mutex::new(remembered),
            },
            notice,
        )
    }

    /// The profile of the last run.
    pub(crate) fn active_profile(&self) -> Option<ProfileId> {
        self.remembered
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .active_profile
    }

    /// The agent chosen for a profile; nobody when none was.
    pub(crate) fn agent(&self, profile: ProfileId) -> AgentDesk {
        let remembered = self
            .remembered
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        let chosen = remembered.agents.get(&profile);
        chosen.map_or_else(AgentDesk::default, |agent| {
            AgentDesk::of(agent.user_id, agent.display_name.clone())
        })
    }

    /// Remembers the profile for the next run.
    pub(crate) fn activate(&self, profile: ProfileId) -> Result<(), Error> {
        self.change(|remembered| remembered.active_profile = Some(profile))
    }

    /// Remembers the agent chosen for a profile.
    pub(crate) fn choose(
        &self,
        profile: ProfileId,
        user_id: UserId,
        display_name: Option<String>,
    ) -> Result<(), Error> {
        self.change(|remembered| {
            remembered.agents.insert(
                profile,
                ChosenAgent {
                    user_id,
                    display_name,
                },
            );
        })
    }

    /// What stood on the board of a profile; nothing when nobody chose.
    pub(crate) fn board(&self, profile: ProfileId) -> BoardView {
        let remembered = self
            .remembered
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        remembered.boards.get(&profile).cloned().unwrap_or_default()
    }

    /// Remembers what stands on the board of a profile.
    pub(crate) fn keep_board(&self, profile: ProfileId, view: BoardView) -> Result<(), Error> {
        self.change(|remembered| {
            remembered.boards.insert(profile, view);
        })
    }

    /// Forgets a profile.
    pub(crate) fn forget(&self, profile: ProfileId) -> Result<(), Error> {
        self.change(|remembered| {
            remembered.agents.remove(&profile);
            remembered.boards.remove(&profile);
            remembered
                .active_profile
                .take_if(|active| *active == profile);
        })
    }

    /// Remembers nothing any more; the file is somebody else's matter.
    pub(crate) fn clear(&self) {
        let mut remembered = self
            .remembered
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        *remembered = Remembered::default();
        self.is_kept.store(true, Ordering::Relaxed);
    }

    fn change(&self, change: impl FnOnce(&mut Remembered)) -> Result<(), Error> {
        let mut remembered = self
            .remembered
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        let mut changed = remembered.clone();
        change(&mut changed);
        if self.is_kept.load(Ordering::Relaxed) {
            documents::save(&self.file, &changed, FORMAT)?;
        }
        *remembered = changed;
        Ok(())
    }
}
