//! What is found out about a change by looking: beside an answer that takes long, and after one that was lost.

use std::{future::pending, sync::Arc};

use futures_util::future::BoxFuture;
use tokio::{
    task::JoinHandle,
    time::{sleep, timeout},
};

use super::{Writer, answered, hearing::Hearing};
use crate::{
    changes::{Before, Change},
    error::Error,
    journal::{
        Held, Note,
        intent::{Event, IntentId, State},
    },
    settle::{self, Finding, Verdict},
};

impl Writer {
    /// Sees a change that was made although its answer takes long; never ends if it is not there to be seen.
    pub(super) async fn sighting<C: Change>(
        &self,
        request: &C,
        id: IntentId,
        before: Before,
    ) -> C::Response {
        sleep(self.pace.early).await;
        let Ok(before) = self.with_others::<C>(id, before).await else {
            // Then only the answer tells.
            return pending().await;
        };
        settle::sighting(&self.connection, request, &before, self.pace).await
    }

    /// An answer that leaves out what a read can tell, with what is read; as it came, where no read tells.
    pub(super) async fn completed<C: Change>(
        &self,
        request: &C,
        id: IntentId,
        before: Before,
        answer: C::Response,
    ) -> C::Response {
        if C::is_complete(&answer) {
            return answer;
        }
        let look = async {
            let before = self.with_others::<C>(id, before).await?;
            request.look(&self.connection, &before).await
        };
        match look.await {
            Ok(Finding::Seen(found)) => found,
            Ok(_) => answer,
            Err(failure) => {
                tracing::info!(%failure, "an answer stays incomplete");
                answer
            }
        }
    }

    /// What stood there before an intent, with what other intents of this journal account for.
    pub async fn with_others<C: Change>(
        &self,
        id: IntentId,
        before: Before,
    ) -> Result<Before, Error> {
        let profile = self.connection.profile().id;
        let of_others = self.journal.cases_of_others(profile, id, C::COMMAND);
        Ok(Before {
            of_others: of_others.await?,
            ..before
        })
    }

    /// What the reads say of a change that Cubu refused: one look is no proof here either.
    pub async fn find_out<C: Change>(&self, request: &C) -> Verdict<C::Response> {
        let before = Before::default();
        let looks = settle::settle(&self.connection, request, &before, self.pace);
        timeout(self.pace.patience, looks)
            .await
            .unwrap_or(Verdict::Open)
    }

    pub(super) fn settle_in_time<C: Change>(
        &self,
        request: C,
        id: IntentId,
        before: Before,
        held: [Held; 2],
        hearing: Arc<Hearing>,
    ) -> JoinHandle<Option<Verdict<C::Response>>> {
        let writer = self.clone();
        self.spawn(async move {
            let verdict = writer.settle(&request, id, before, true, &hearing).await;
            drop(held);
            verdict
        })
    }

    pub(super) async fn settle<C: Change>(
        &self,
        request: &C,
        id: IntentId,
        before: Before,
        repeatable: bool,
        hearing: &Hearing,
    ) -> Verdict<C::Response> {
        if C::HARMLESS {
            let note = Note {
                told: hearing.tell(),
                ..Note::default()
            };
            self.note(id, State::Unknown, Event::LetsBe, note).await;
            return Verdict::NeedsEyes;
        }
        let mut before = match self.with_others::<C>(id, before).await {
            Ok(before) => before,
            Err(failure) => {
                tracing::warn!(%failure, "an outcome can't be settled without the journal");
                return Verdict::Open;
            }
        };
        before.repeatable = repeatable;
        let verdict = settle::settle(&self.connection, request, &before, self.pace).await;
        tracing::info!(call = C::COMMAND, intent = %id.0, verdict = verdict.word(), "settled");
        match &verdict {
            Verdict::Happened(answer) => {
                let note = answered(answer, hearing.tell());
                self.note(id, State::Unknown, Event::Proves, note).await;
            }
            Verdict::DidNotHappen => {
                let note = Note {
                    told: hearing.tell(),
                    ..Note::default()
                };
                self.note(id, State::Unknown, Event::Disproves, note).await;
            }
            Verdict::NeedsEyes => {
                if let Err(failure) = self.journal.needs_eyes(id).await {
                    tracing::warn!(%failure, "the journal lags behind");
                }
            }
            Verdict::Open => self.look_later(id),
        }
        verdict
    }

    /// Looks again some time from now, for as long as this connection is the desk's. Meanwhile the change is in nobody's way
    /// who has a better one.
    fn look_later(&self, id: IntentId) {
        let connection = Arc::downgrade(&self.connection);
        let (journal, pace) = (self.journal.clone(), self.pace);
        let (outbox, together) = (Arc::clone(&self.outbox), Arc::clone(&self.together));
        let closing = self.closing.clone();
        let later: BoxFuture<'static, ()> = Box::pin(async move {
            sleep(pace.again).await;
            let Some(connection) = connection.upgrade() else {
                return;
            };
            let writer = Self {
                connection,
                journal,
                pace,
                outbox,
                together,
                closing,
            };
            if let Err(failure) = writer.look_again(id).await {
                tracing::warn!(%failure, "a change stays open");
            }
        });
        self.spawn(later);
    }
}
