//! What comes before a change is sent: it is written down if it waits, keeps its place in the outbox, and takes its lanes.

use tokio::time::timeout;

use super::{Manner, Writer, outbox::Leave};
use crate::{
    changes::{Change, Repeat},
    draft::Draft,
    error::Error,
    journal::{
        Held, Lane, Note,
        intent::{Event, Intent, IntentId, State},
    },
    messages,
};

/// The most characters of a note.
const LONGEST_NOTE: u16 = 300;

impl Writer {
    /// What is asked for, as it will stand in the journal.
    pub(super) fn intent_of<C: Change>(&self, draft: &Draft<C>) -> Result<Intent, Error> {
        let note = draft.note.as_deref().map(str::trim).unwrap_or_default();
        if note.chars().count() > usize::from(LONGEST_NOTE) {
            let limit = messages::field_too_long(i32::from(LONGEST_NOTE));
            return Err(Error::field("note", limit));
        }
        let request = serde_json::to_value(&draft.request).map_err(|_| Error::Stopped)?;
        let (agent, agent_name) = {
            let agent = self.connection.agent();
            (agent.user_id, agent.display_name.clone())
        };
        Ok(Intent {
            agent,
            agent_name,
            organization: Some(self.connection.profile().name.clone()),
            note: Some(note.to_owned()).filter(|note| !note.is_empty()),
            ..Intent::new(
                draft.intent_id.unwrap_or_else(IntentId::fresh),
                self.connection.profile().id,
                C::COMMAND,
                request,
                self.connection.now(),
            )
        })
    }

    /// The open intent that asks for the same already: then this is that one, asked for again.
    pub(super) async fn open_wish<C: Change>(
        &self,
        intent: &Intent,
        request: &C,
        manner: Manner,
    ) -> Result<Option<IntentId>, Error> {
        let repeat = request.repeat();
        if manner.by_hand || repeat == Repeat::AnotherWish {
            return Ok(None);
        }
        let open = self.journal.open_like(intent).await?;
        Ok(open
            // Somebody was told that it is not known, and asks again all the same.
            .filter(|open| !(open.needs_eyes && repeat == Repeat::SameUntilTold))
            .map(|open| open.id))
    }

    /// Writes a change down and keeps it in the outbox until its time is up; `None` when it does not wait at all.
    pub(super) async fn hold_back(
        &self,
        intent: &Intent,
        lanes: Vec<Lane>,
        manner: Manner,
    ) -> Result<Option<Leave>, Error> {
        if manner.wait.is_zero() {
            return Ok(None);
        }
        if let Some(known) = self.journal.add(intent).await? {
            // What may have been sent already is seen to without another wait.
            let may_have_left = known.state == State::Unknown;
            if may_have_left
                || !known.is_for_the_same(intent)
                || known.state.after(Event::AsksAnew).is_none()
            {
                return Ok(None);
            }
            self.journal.ask_anew(known, intent.clone()).await?;
        }
        let leave = self.outbox.wait(intent.clone(), lanes, manner.wait).await;
        if leave.is_some() {
            return Ok(leave);
        }
        let note = Note {
            told: true,
            ..Note::default()
        };
        self.note(intent.id, State::Queued, Event::TakesBack, note)
            .await;
        Err(Error::TakenBack)
    }

    /// Takes the lanes of a change and settles what is open on them.
    pub(super) async fn make_way(
        &self,
        intent: &Intent,
        lanes: Vec<Lane>,
        leave: Option<Leave>,
    ) -> Result<Held, Error> {
        if leave.is_none() {
            let ahead = self.outbox.after_you(intent.profile, &lanes);
            timeout(self.pace.patience, ahead)
                .await
                .map_err(|_| Error::Unsettled(None))?;
        }
        let held = self.hold(lanes).await?;
        drop(leave);
        self.settle_ahead_of(intent).await?;
        Ok(held)
    }

    /// Takes lanes, unless somebody keeps them for too long.
    pub(super) async fn hold(&self, lanes: Vec<Lane>) -> Result<Held, Error> {
        let profile = self.connection.profile().id;
        let hold = self.journal.lanes().hold(profile, lanes);
        timeout(self.pace.patience, hold)
            .await
            .map_err(|_| Error::Unsettled(None))
    }
}
