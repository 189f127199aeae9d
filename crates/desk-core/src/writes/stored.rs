//! Changes that stand in the journal: those the last run left open, those in the way of a new one, and those somebody asks
//! for again. Their call is known by the name of its command only.

use futures_util::future::{BoxFuture, join_all};
use serde_json::Value;
use tokio::time::timeout;

use super::{Manner, Writer, hearing::Hearing};
use crate::{
    changes::{Before, Change, for_each_change, lanes_of, request_of},
    draft::Draft,
    error::Error,
    journal::{
        Fault, Lane, Note,
        intent::{Event, Intent, IntentId, State},
    },
    settle::Verdict,
};

impl Writer {
    /// Settles what is open on the lanes of an intent, which the caller holds.
    pub(super) async fn settle_ahead_of(&self, intent: &Intent) -> Result<(), Error> {
        let lanes = lanes_of(intent);
        for ahead in self.journal.to_see_to(intent.profile).await? {
            if self.is_waiting(&ahead) {
                continue;
            }
            let in_the_way = ahead.state.is_open()
                && !ahead.needs_eyes
                && lanes_of(&ahead).iter().any(|lane| lanes.contains(lane));
            if !in_the_way {
                continue;
            }
            match timeout(self.pace.patience, self.settle_stored(ahead.clone())).await {
                Ok(Ok(true)) => {}
                Ok(Err(failure)) => return Err(failure),
                Ok(Ok(false)) | Err(_) => return Err(Error::Unsettled(Some(ahead.id))),
            }
        }
        Ok(())
    }

    /// Settles everything the last run left open.
    pub async fn settle_all(&self) -> Result<(), Error> {
        let open = self.journal.to_see_to(self.connection.profile().id).await?;
        let open = open
            .into_iter()
            .filter(|intent| intent.state.is_open() && !self.is_waiting(intent));
        // All at once: each waits for its own lanes only.
        for settled in join_all(open.map(|intent| self.look_again(intent.id))).await {
            if let Err(failure) = settled {
                tracing::warn!(%failure, "a change of the last run stays open");
            }
        }
        Ok(())
    }

    /// Looks again what became of an intent, for as long as it takes. Hands it back as it stands then.
    pub async fn look_again(&self, id: IntentId) -> Result<Option<Intent>, Error> {
        let Some(known) = self.journal.find(id).await? else {
            return Ok(None);
        };
        let profile = self.connection.profile().id;
        let lanes = self.journal.lanes();
        if known.state == State::Sent && !lanes.is_held(profile, Lane::Intent(id)) {
            // Nobody has it in hand any more. It is listed from now on, however long its turn takes to come.
            self.count_as_lost(id).await?;
        }
        let _held = lanes.hold(profile, lanes_of(&known)).await;
        let now = self.journal.find(id).await?;
        if let Some(open) = now.filter(|intent| intent.state.is_open()) {
            self.settle_stored(open).await?;
        }
        self.journal.find(id).await
    }

    /// Whether an intent is in hand and has not left: it will come to its end by itself.
    fn is_waiting(&self, intent: &Intent) -> bool {
        let lane = Lane::Intent(intent.id);
        intent.state == State::Queued && self.journal.lanes().is_held(intent.profile, lane)
    }

    /// Settles an intent whose lanes the caller holds; whether it is settled now, or as far as it ever will be.
    async fn settle_stored(&self, intent: Intent) -> Result<bool, Error> {
        let (id, note) = (intent.id, Note::default());
        match intent.state {
            State::Queued => {
                // It never left, unless it came to its end in this very moment.
                let step = self.journal.step(id, State::Queued, Event::Disproves, note);
                return match step.await {
                    Ok(_) | Err(Error::Journal(Fault::MovedOn)) => Ok(true),
                    Err(failure) => Err(failure),
                };
            }
            State::Sent => self.count_as_lost(id).await?,
            _ => {}
        }
        let before = intent
            .basis
            .clone()
            .and_then(|basis| serde_json::from_value(basis).ok());
        let age = intent
            .sent_at
            .and_then(|sent_at| (self.connection.now() - sent_at).to_std().ok());
        let repeatable = age.is_some_and(|age| age <= self.pace.repeat_within);
        self.settle_by_command(&intent, before.unwrap_or_default(), repeatable)
            .await
    }

    /// No answer of it will come any more.
    async fn count_as_lost(&self, id: IntentId) -> Result<(), Error> {
        let lost = Note::default();
        match self
            .journal
            .step(id, State::Sent, Event::IsLost, lost)
            .await
        {
            Ok(_) | Err(Error::Journal(Fault::MovedOn)) => Ok(()),
            Err(failure) => Err(failure),
        }
    }

    async fn settle_as<C: Change>(
        &self,
        intent: &Intent,
        before: Before,
        repeatable: bool,
    ) -> Result<bool, Error> {
        let Some(request) = request_of::<C>(intent) else {
            self.journal.needs_eyes(intent.id).await?;
            return Ok(true);
        };
        let nobody = Hearing::nobody();
        let verdict = self
            .settle(&request, intent.id, before, repeatable, &nobody)
            .await;
        Ok(!matches!(verdict, Verdict::Open))
    }

    async fn retry_as<C: Change>(&self, intent: &Intent) -> Result<Value, Error> {
        let draft = Draft {
            intent_id: Some(intent.id),
            request: request_of::<C>(intent).ok_or(Error::UnknownIntent)?,
            note: intent.note.clone(),
        };
        let manner = Manner {
            by_hand: true,
            ..Manner::default()
        };
        let answer = self.write_so(draft, manner).await?;
        serde_json::to_value(answer).map_err(|_| Error::Stopped)
    }
}

macro_rules! by_command {
    ($($command:ident: $change:ident;)+) => {
        impl Writer {
            fn settle_by_command<'a>(
                &'a self,
                intent: &'a Intent,
                before: Before,
                repeatable: bool,
            ) -> BoxFuture<'a, Result<bool, Error>> {
                match intent.command.as_str() {
                    $(stringify!($command) => {
                        Box::pin(self.settle_as::<cubu_s2s::$change>(intent, before, repeatable))
                    })+
                    _ => Box::pin(async move {
                        self.journal.needs_eyes(intent.id).await?;
                        Ok(true)
                    }),
                }
            }

            /// Sends a stored intent again, for somebody who knows how it stands.
            pub fn retry<'a>(&'a self, intent: &'a Intent) -> BoxFuture<'a, Result<Value, Error>> {
                match intent.command.as_str() {
                    $(stringify!($command) => Box::pin(self.retry_as::<cubu_s2s::$change>(intent)),)+
                    _ => Box::pin(std::future::ready(Err(Error::UnknownIntent))),
                }
            }
        }
    };
}
for_each_change!(by_command);
