//! The outbox: changes that wait a few seconds before they leave, so that they can be taken back. They stand in the journal
//! already, as queued, and nothing of them has left; when the program ends meanwhile, nothing ever will.
//!
//! While it waits, a change holds no lane but its own, so that others to the same calendar go on. Only a later change to
//! the same agent must not overtake it: calling the next customer ends what was waiting, and it leaves first.

use std::{
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use chrono::{DateTime, Utc};
use tokio::{
    sync::{Notify, watch},
    time::{Instant, timeout},
};

use crate::{
    commands::HeldWrite,
    journal::{
        Lane,
        intent::{Intent, IntentId},
    },
    profiles::ProfileId,
};

/// What waits.
#[derive(Debug, Default)]
pub(crate) struct Outbox(Mutex<Vec<Entry>>);

#[derive(Debug)]
struct Entry {
    intent: Intent,
    lanes: Vec<Lane>,
    leaves_at: DateTime<Utc>,
    until: Instant,
    /// Its time is up: it can't be taken back any more.
    leaving: bool,
    wake: Arc<Notify>,
    /// Ends when the change has had its turn.
    gone: watch::Receiver<()>,
}

/// The leave of a change whose time is up. It is in the way of those behind it until this is dropped.
#[derive(Debug)]
pub(super) struct Leave {
    outbox: Arc<Outbox>,
    id: IntentId,
    _going: watch::Sender<()>,
}

impl Outbox {
    /// What waits for an organisation, oldest first.
    pub fn held(&self, profile: ProfileId) -> Vec<HeldWrite> {
        let now = Instant::now();
        self.entries()
            .iter()
            .filter(|entry| entry.intent.profile == profile && !entry.leaving)
            .map(|entry| HeldWrite {
                intent_id: entry.intent.id,
                command: entry.intent.command.clone(),
                request: entry.intent.request.clone(),
                leaves_at: entry.leaves_at,
                milliseconds_left: u32::try_from(entry.until.duration_since(now).as_millis())
                    .unwrap_or(u32::MAX),
            })
            .collect()
    }

    /// Takes a change out; whether it was in time.
    pub fn take_back(&self, id: IntentId) -> bool {
        let mut entries = self.entries();
        let found = entries
            .iter()
            .position(|entry| entry.intent.id == id && !entry.leaving);
        match found {
            Some(at) => {
                entries.remove(at).wake.notify_one();
                true
            }
            None => false,
        }
    }

    /// Lets a change leave at once.
    pub fn hurry(&self, id: IntentId) {
        for entry in self.entries().iter().filter(|entry| entry.intent.id == id) {
            entry.wake.notify_one();
        }
    }

    /// Puts a change in until its time is up; `None` when it was taken back.
    pub(super) async fn wait(
        self: &Arc<Self>,
        intent: Intent,
        lanes: Vec<Lane>,
        time: Duration,
    ) -> Option<Leave> {
        let wake = Arc::new(Notify::new());
        let (going, gone) = watch::channel(());
        let leave = Leave {
            outbox: Arc::clone(self),
            id: intent.id,
            _going: going,
        };
        self.entries().push(Entry {
            leaves_at: intent.asked_at + time,
            until: Instant::now() + time,
            intent,
            lanes,
            leaving: false,
            wake: Arc::clone(&wake),
            gone,
        });
        // Whether woken or not: what is still in goes.
        timeout(time, wake.notified()).await.ok();
        let mut entries = self.entries();
        let still_in = entries
            .iter_mut()
            .find(|entry| entry.intent.id == leave.id)
            .map(|entry| entry.leaving = true);
        drop(entries);
        still_in.map(|()| leave)
    }

    /// Lets those go first that wait to change something of the same agents.
    pub(super) async fn after_you(&self, profile: ProfileId, lanes: &[Lane]) {
        let ahead: Vec<_> = self
            .entries()
            .iter()
            .filter(|entry| entry.intent.profile == profile)
            .filter(|entry| {
                entry
                    .lanes
                    .iter()
                    .any(|lane| matches!(lane, Lane::Agent(_)) && lanes.contains(lane))
            })
            .map(|entry| {
                entry.wake.notify_one();
                entry.gone.clone()
            })
            .collect();
        for mut gone in ahead {
            while gone.changed().await.is_ok() {}
        }
    }

    fn entries(&self) -> MutexGuard<'_, Vec<Entry>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Leave {
    fn drop(&mut self) {
        let id = self.id;
        self.outbox.entries().retain(|entry| entry.intent.id != id);
    }
}
