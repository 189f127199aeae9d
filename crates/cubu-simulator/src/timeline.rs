//! When writes take hold: at once, or later than they were answered; and the past that a stale read sees. Leaves out which
//! request this befalls (`faults`).
//!
//! A write that is answered before it takes hold is a promise, as it is with a real server that has queued it. Until it is
//! kept, nobody sees it, and a write that would break it is refused: each is first rehearsed on a copy of the world. What a
//! promise fixes is the deed and its ids; a ticket's number and the stamps are those of the moment when it takes hold.

use std::collections::VecDeque;
use std::mem;
use std::time::Duration;

use chrono::{DateTime, Utc};
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use serde_json::Value;
use tokio::time::Instant;

use crate::ledger::Cause;
use crate::routes::{Answer, Call, Route};
use crate::rules::Refusal;
use crate::state::State;

/// The remembered past is this fine: so many copies of the world over the longest time that a stale read looks back.
const COPIES: u32 = 8;

/// A write that has been asked for and may be asked of.
pub(crate) struct Write {
    pub route: &'static Route,
    pub call: Call,
    /// The mark that the caller put on the request.
    pub caller: Option<String>,
}

impl Write {
    fn apply(
        &self,
        state: &mut State,
        answered: Option<DateTime<Utc>>,
        now: DateTime<Utc>,
    ) -> Result<Answer, Refusal> {
        state.ledger.cause = Cause::Api {
            caller: self.caller.clone(),
            answered,
        };
        (self.route.handle)(state, &self.call, now)
    }
}

/// A write that was answered and has not taken hold.
struct Promise {
    due: Instant,
    answered: DateTime<Utc>,
    write: Write,
    /// Where its chance begins, so that the ids come out as they were answered.
    seed: u64,
    deeds: Vec<Value>,
}

impl Promise {
    fn keep(&self, state: &mut State, now: DateTime<Utc>) -> Result<Answer, Refusal> {
        let common = mem::replace(&mut state.rng, StdRng::seed_from_u64(self.seed));
        let answer = self.write.apply(state, Some(self.answered), now);
        state.rng = common;
        answer
    }

    /// Whether it does on this draft what was promised.
    fn holds(&self, draft: &mut State, now: DateTime<Utc>) -> bool {
        self.keep(draft, now).is_ok() && draft.ledger.take_deeds() == self.deeds
    }
}

/// The writes to come and the world as it was.
#[derive(Default)]
pub(crate) struct Timeline {
    /// In the order in which they are due.
    promises: Vec<Promise>,
    past: VecDeque<(Instant, State)>,
    remembers: Option<Duration>,
}

impl Timeline {
    /// Remembers the past this far back; `None` forgets it.
    pub(crate) fn remember(&mut self, remembers: Option<Duration>) {
        self.remembers = remembers;
        self.forget();
    }

    /// How many writes were answered and have not taken hold.
    pub(crate) fn promised(&self) -> usize {
        self.promises.len()
    }

    /// Applies a write, or promises it when it is to be late. Gives the instant at which it is due in that case.
    pub(crate) fn write(
        &mut self,
        state: &mut State,
        write: Write,
        late: Option<Duration>,
        now: DateTime<Utc>,
    ) -> (Result<Answer, Refusal>, Option<Instant>) {
        self.keep_due(state, now);
        self.note_past(state);
        if self.promises.is_empty() && late.is_none() {
            return (write.apply(state, None, now), None);
        }
        let due = Instant::now() + late.unwrap_or_default();
        let place = self.promises.partition_point(|other| other.due <= due);
        let mut promise = Promise {
            due,
            answered: now,
            write,
            seed: state.rng.random(),
            deeds: Vec::new(),
        };
        let answer = self.rehearse(state, &mut promise, place, now);
        match (answer, late) {
            (Err(refusal), _) => (Err(refusal), None),
            (Ok(_), None) => (promise.write.apply(state, None, now), None),
            (Ok(answer), Some(_)) => {
                self.promises.insert(place, promise);
                (Ok(answer), Some(due))
            }
        }
    }

    /// What becomes of a new promise among the others, all of which must hold beside it.
    fn rehearse(
        &self,
        state: &State,
        new: &mut Promise,
        place: usize,
        now: DateTime<Utc>,
    ) -> Result<Answer, Refusal> {
        let mut draft = state.draft();
        let (earlier, later) = self.promises.split_at(place);
        let mut all_hold = earlier.iter().all(|other| other.holds(&mut draft, now));
        let answer = new.keep(&mut draft, now)?;
        new.deeds = draft.ledger.take_deeds();
        all_hold &= later.iter().all(|other| other.holds(&mut draft, now));
        if all_hold {
            Ok(answer)
        } else {
            Err(Refusal::conflict(
                "A change that was accepted before is in the way.",
            ))
        }
    }

    /// Lets the writes that are due take hold.
    pub(crate) fn keep_due(&mut self, state: &mut State, now: DateTime<Utc>) {
        let due = self
            .promises
            .partition_point(|promise| promise.due <= Instant::now());
        for promise in self.promises.drain(..due).collect::<Vec<_>>() {
            self.note_past(state);
            if let Err(refusal) = promise.keep(state, now) {
                tracing::error!(reason = %refusal.message, "a write that was answered could not take hold");
            }
        }
    }

    /// The world as it was this long ago, where anything was written since.
    pub(crate) fn past(&mut self, ago: Duration) -> Option<&mut State> {
        let now = Instant::now();
        self.past
            .iter_mut()
            .find(|(at, _)| now.duration_since(*at) <= ago)
            .map(|(_, state)| state)
    }

    /// Keeps a copy of the world before it changes.
    fn note_past(&mut self, state: &State) {
        self.forget();
        let Some(longest) = self.remembers else {
            return;
        };
        let now = Instant::now();
        if self
            .past
            .back()
            .is_none_or(|(at, _)| now.duration_since(*at) >= longest / COPIES)
        {
            self.past.push_back((now, state.draft()));
        }
    }

    fn forget(&mut self) {
        let now = Instant::now();
        let longest = self.remembers.unwrap_or_default();
        self.past
            .retain(|(at, _)| now.duration_since(*at) < longest);
    }
}
