//! The one way a change takes to Cubu: written down, looked around for, sent, and, when no answer came, settled. Nothing is
//! sent that is not in the journal, and nothing is sent on a lane whose last outcome is not known.
//!
//! What can be taken back waits in the outbox first ([`outbox`]).
//!
//! A change goes on to its end in a task of its own, whoever stops waiting for it meanwhile; it ends with the desk.

mod hearing;
mod leaving;
mod lending;
mod outbox;
mod settling;
mod stored;
mod together;

use std::{future::Future, sync::Arc, time::Duration};

use cubu_s2s::{EndpointSummary, ErrorKind};
use serde_json::Value;
use tokio::{
    sync::watch,
    task::JoinHandle,
    time::{sleep, timeout},
};

use self::hearing::Hearing;
pub(crate) use self::lending::Writes;
use self::{
    outbox::Outbox,
    together::{Together, Wish},
};
use crate::{
    audit::Reply,
    changes::Change,
    connection::Connection,
    draft::Draft,
    error::Error,
    journal::{
        Journal, Lane, Note, Telling,
        intent::{Event, Intent, IntentId, State},
    },
    messages,
    settle::{Pace, Verdict},
};

/// How long an outcome may take from here to the eyes of whoever asked.
const TELLING: Duration = Duration::from_secs(2);

/// Sends changes over one connection.
#[derive(Clone, Debug)]
pub(crate) struct Writer {
    pub connection: Arc<Connection>,
    pub journal: Journal,
    pub pace: Pace,
    pub outbox: Arc<Outbox>,
    pub together: Arc<Together>,
    /// Ends when the desk does.
    pub closing: watch::Receiver<()>,
}

/// In what manner a change is made.
#[derive(Clone, Copy, Debug, Default)]
struct Manner {
    /// By somebody who has looked in Cubu: it may be made although its last outcome is not known.
    by_hand: bool,
    /// How long it waits before it leaves.
    wait: Duration,
}

/// How sending ended.
enum Sent<R> {
    /// With an answer.
    Answered(R),
    /// Without one.
    Lost(Lost<R>),
}

/// A change whose answer did not come.
struct Lost<R> {
    endpoint: &'static EndpointSummary,
    intent: IntentId,
    request_id: Option<String>,
    verdict: JoinHandle<Option<Verdict<R>>>,
}

impl Writer {
    /// Makes a change at once.
    pub async fn write<C: Change>(&self, draft: Draft<C>) -> Result<C::Response, Error> {
        self.write_so(draft, Manner::default()).await
    }

    /// Makes a change some time from now; until then it can be taken back.
    pub async fn write_after<C: Change>(
        &self,
        wait: Duration,
        draft: Draft<C>,
    ) -> Result<C::Response, Error> {
        let manner = Manner {
            wait,
            ..Manner::default()
        };
        self.write_so(draft, manner).await
    }

    async fn write_so<C: Change>(
        &self,
        draft: Draft<C>,
        manner: Manner,
    ) -> Result<C::Response, Error> {
        let intent = self.intent_of(&draft)?;
        let wish = Wish::of(&intent, draft.request.repeat());
        let follow = self.clone().follow(intent, draft.request, manner);
        self.together.join(wish, follow).await
    }

    async fn follow<C: Change>(
        self,
        intent: Intent,
        request: C,
        manner: Manner,
    ) -> Result<C::Response, Error> {
        let hearing = Arc::new(Hearing::default());
        let listener = hearing.listen();
        let writer = self.clone();
        let sending =
            self.spawn(async move { writer.send(intent, request, manner, hearing).await });
        let mut lost = match sending.await?.ok_or(Error::Stopped)?? {
            Sent::Answered(answer) => return Ok(answer),
            Sent::Lost(lost) => lost,
        };
        let verdict = match timeout(self.pace.patience, &mut lost.verdict).await {
            Ok(verdict) => verdict?,
            // The verdict may have come in this very moment; then it is theirs to tell.
            Err(_) if listener.leave() => None,
            Err(_) => lost.verdict.await?,
        };
        let unknown = |settling| Error::OutcomeUnknown {
            endpoint: lost.endpoint,
            intent: lost.intent,
            settling,
            request_id: lost.request_id,
        };
        match verdict {
            Some(Verdict::Happened(answer)) => Ok(answer),
            Some(Verdict::DidNotHappen) => Err(Error::DidNotHappen(lost.endpoint)),
            Some(Verdict::NeedsEyes) => Err(unknown(false)),
            Some(Verdict::Open) | None => Err(unknown(true)),
        }
    }

    async fn send<C: Change>(
        self,
        mut intent: Intent,
        request: C,
        manner: Manner,
        hearing: Arc<Hearing>,
    ) -> Result<Sent<C::Response>, Error> {
        if let Some(open) = self.open_wish(&intent, &request, manner).await? {
            intent.id = open;
        }
        let id = intent.id;

        let turn = self.hold(vec![Lane::Intent(id)]).await?;
        let leave = self.hold_back(&intent, request.lanes(), manner).await?;
        let is_written = leave.is_some();
        let way = match self.make_way(&intent, request.lanes(), leave).await {
            Ok(way) => way,
            Err(failure) if is_written => {
                return Err(self.refuse(id, State::Queued, failure, &hearing).await);
            }
            Err(failure) => return Err(failure),
        };
        let held = [turn, way];
        if !is_written
            && let Some(known) = self.journal.add(&intent).await?
            && let Some(answer) = self.ask_anew::<C>(known, intent, manner.by_hand).await?
        {
            return Ok(Sent::Answered(answer));
        }

        let before = match request.prepare(&self.connection).await {
            Ok(before) => before,
            Err(failure) => return Err(self.refuse(id, State::Queued, failure, &hearing).await),
        };
        let leaving = Note {
            sent_at: Some(self.connection.now()),
            basis: serde_json::to_value(&before).ok(),
            ..Note::default()
        };
        self.journal
            .step(id, State::Queued, Event::Sends, leaving)
            .await?;
        let answer = tokio::select! {
            biased;
            answer = self.connection.send(&request) => answer,
            seen = self.sighting(&request, id, before.clone()), if C::SHOWS_EARLY => {
                // It is done, whatever has become of its answer.
                self.note(id, State::Sent, Event::IsLost, Note::default()).await;
                let note = answered(&seen, hearing.tell());
                self.note(id, State::Unknown, Event::Proves, note).await;
                return Ok(Sent::Answered(seen));
            }
        };
        match answer {
            Ok(answer) => {
                let answer = self.completed(&request, id, before, answer).await;
                let note = answered(&answer, hearing.tell());
                self.note(id, State::Sent, Event::Confirms, note).await;
                Ok(Sent::Answered(answer))
            }
            Err(Error::Call(failure)) if may_have_happened(&failure) => {
                let note = Note {
                    reply: Some(Reply::of_call(&failure)),
                    ..Note::default()
                };
                self.note(id, State::Sent, Event::IsLost, note).await;
                let request_id = failure.request_id;
                let verdict = self.settle_in_time(request, id, before, held, hearing);
                Ok(Sent::Lost(Lost {
                    endpoint: C::SUMMARY,
                    intent: id,
                    request_id,
                    verdict,
                }))
            }
            Err(failure) => {
                let failure = self.refuse(id, State::Sent, failure, &hearing).await;
                Err(request.refused(&self.connection, failure).await)
            }
        }
    }

    /// An id that is known already: its answer, if it was done; otherwise it is queued anew.
    async fn ask_anew<C: Change>(
        &self,
        known: Intent,
        intent: Intent,
        by_hand: bool,
    ) -> Result<Option<C::Response>, Error> {
        if !known.is_for_the_same(&intent)
            || (known.state.is_done() && known.request != intent.request)
        {
            return Err(Error::field("intentId", messages::field_malformed()));
        }
        if known.state.is_done() {
            if !known.told {
                let telling = self.journal.tell(known.id.0);
                tokio::spawn(self.clone().count_as_told(known.id, known.state, telling));
            }
            let answer = known.answer.unwrap_or(Value::Null);
            return serde_json::from_value(answer)
                .map(Some)
                .map_err(|_| Error::Stopped);
        }
        if known.state == State::Unknown && !by_hand {
            return Err(Error::OutcomeUnknown {
                endpoint: C::SUMMARY,
                intent: known.id,
                settling: false,
                request_id: None,
            });
        }
        self.journal.ask_anew(known, intent).await?;
        Ok(None)
    }

    async fn refuse(&self, id: IntentId, from: State, failure: Error, hearing: &Hearing) -> Error {
        let note = Note {
            refusal: Some(failure.to_string()),
            reply: Some(Reply::of(&failure)),
            told: hearing.tell(),
            ..Note::default()
        };
        self.note(id, from, Event::Refuses, note).await;
        failure
    }

    /// Notes what has happened anyway. Should the journal fail now, the next start finds out by itself.
    ///
    /// An outcome counts as told only a moment after it went out: a program that is killed in between has told nobody.
    async fn note(&self, id: IntentId, from: State, event: Event, mut note: Note) {
        let told = std::mem::take(&mut note.told).then(|| self.journal.tell(id.0));
        match self.journal.step(id, from, event, note).await {
            Ok(now) => {
                if let Some(telling) = told {
                    tokio::spawn(self.clone().count_as_told(id, now, telling));
                }
            }
            Err(failure) => tracing::warn!(%failure, ?event, "the journal lags behind"),
        }
    }

    /// A desk that closes has told what it had to tell.
    async fn count_as_told(mut self, id: IntentId, state: State, telling: Telling) {
        self.is_told().await;
        if let Err(failure) = self.journal.told_as(id, state).await {
            tracing::warn!(%failure, "the journal lags behind");
        }
        drop(telling);
    }

    /// Waits until what goes out now can be taken to have been read.
    pub async fn is_told(&mut self) {
        tokio::select! {
            () = sleep(TELLING) => {}
            _ = self.closing.changed() => {}
        }
    }

    /// Runs something to its end, or to the desk's.
    pub fn spawn<T: Send + 'static>(
        &self,
        work: impl Future<Output = T> + Send + 'static,
    ) -> JoinHandle<Option<T>> {
        let mut closing = self.closing.clone();
        tokio::spawn(async move {
            tokio::select! {
                biased;
                _ = closing.changed() => None,
                done = work => Some(done),
            }
        })
    }
}

fn answered<R: serde::Serialize>(answer: &R, told: bool) -> Note {
    Note {
        answer: serde_json::to_value(answer).ok(),
        told,
        ..Note::default()
    }
}

/// A gateway's 408 tells as little as no answer at all.
fn may_have_happened(failure: &cubu_s2s::Error) -> bool {
    let timed_out = matches!(&failure.kind, ErrorKind::Rejected(refusal) if refusal.status == 408);
    failure.outcome_unknown() || timed_out
}
