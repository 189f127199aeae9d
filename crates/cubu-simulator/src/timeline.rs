//! When writes take hold: at once, or later than they were answered; and the past that a stale read sees. Leaves out which
//! request this befalls (`faults`).
//!
//! A write that is answered before it takes hold is a promise, as it is with a real server that has queued it. Until it is
//! kept, nobody sees it, and a write that would break it is refused: each is first rehearsed on a copy of the world. What is
//! asked about one agent or one customer record takes hold in the order in which it was asked. What a promise fixes is
//! the deed and its ids; a ticket's number and the stamps are those of the moment when it takes hold.

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
    /// Whom it is about: an agent or a customer record.
    fn subject(&self) -> Option<&str> {
        self.call
            .in_path("userId")
            .or_else(|| self.call.in_path("customerRecordId"))
    }

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
        // One moment for all of it: a promise that falls due meanwhile comes after this write, as in the rehearsal.
        let at = Instant::now();
        self.keep_until(at, state, now);
        self.note_past(state);
        if self.promises.is_empty() && late.is_none() {
            return (write.apply(state, None, now), None);
        }
        let due = self.due(&write, at + late.unwrap_or_default());
        let place = self.promises.partition_point(|other| other.due <= due);
        let mut promise = Promise {
            due,
            answered: now,
            write,
            seed: state.rng.random(),
            deeds: Vec::new(),
        };
        let answer = self.rehearse(state, &mut promise, place, now);
        match answer {
            Err(refusal) => (Err(refusal), None),
            Ok(_) if due == at => (promise.write.apply(state, None, now), None),
            Ok(answer) => {
                self.promises.insert(place, promise);
                (Ok(answer), Some(due))
            }
        }
    }

    /// When a write takes hold that is wanted at this instant: not before what was promised about the same subject.
    fn due(&self, write: &Write, wanted: Instant) -> Instant {
        let subject = write.subject();
        let before = self
            .promises
            .iter()
            .rfind(|promise| subject.is_some() && promise.write.subject() == subject);
        before.map_or(wanted, |promise| promise.due.max(wanted))
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
        self.keep_until(Instant::now(), state, now);
    }

    fn keep_until(&mut self, at: Instant, state: &mut State, now: DateTime<Utc>) {
        let due = self.promises.partition_point(|promise| promise.due <= at);
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

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use serde_json::json;
    use uuid::Uuid;

    use super::*;
    use crate::model::Presence;
    use crate::options::Options;
    use crate::routes::ROUTES;
    use crate::world;

    /// A write in an agent's name.
    fn write(name: &str, user: Uuid, body: &Value) -> Write {
        let path = HashMap::from([("userId".to_owned(), user.to_string())]);
        Write {
            route: ROUTES.iter().find(|route| route.name == name).unwrap(),
            call: Call::new(path, HashMap::new(), body.to_string().as_bytes()).unwrap(),
            caller: None,
        }
    }

    fn next(user: Uuid) -> Write {
        write("StartNextCase", user, &json!({}))
    }

    /// The case that this agent would be given.
    fn waiting_for(state: &State, user: Uuid, now: DateTime<Utc>) -> Option<Value> {
        match next(user).apply(&mut state.draft(), None, now) {
            Ok(Answer::Ok(case)) => Some(case["caseId"].clone()),
            _ => None,
        }
    }

    /// An organisation at work, and two of its agents for whom the same customer is next.
    fn open() -> (State, [Uuid; 2], DateTime<Utc>) {
        let now = "2025-03-04T07:30:00Z".parse().unwrap();
        let (mut state, _) = world::make(&Options::default(), now);
        for user in &mut state.users {
            user.presence = Presence::Away;
        }
        let agents: Vec<_> = state
            .users
            .iter()
            .filter_map(|user| Some((user.id, *user.units.first()?)))
            .collect();
        let mut others: HashMap<String, Uuid> = HashMap::new();
        for (user, unit) in agents {
            let clock_in = write("ClockIn", user, &json!({ "unitId": unit }));
            clock_in.apply(&mut state, None, now).map(drop).unwrap();
            let Some(case) = waiting_for(&state, user, now) else {
                continue;
            };
            if let Some(other) = others.insert(case.to_string(), user) {
                state.ledger.take_deeds();
                return (state, [other, user], now);
            }
        }
        panic!("no customer is next for two agents");
    }

    #[tokio::test]
    async fn who_comes_at_the_moment_of_a_promise_does_not_get_before_it() {
        let (world, [first, second], now) = open();
        let case = waiting_for(&world, first, now);
        for _ in 0..40 {
            let mut state = world.draft();
            let mut timeline = Timeline::default();
            timeline.remember(Some(Duration::from_millis(10)));
            let late = Some(Duration::from_millis(30));
            timeline
                .write(&mut state, next(first), late, now)
                .0
                .map(drop)
                .unwrap();
            while timeline
                .write(&mut state, next(second), None, now)
                .0
                .is_err()
            {}
            while timeline.promised() > 0 {
                timeline.keep_due(&mut state, now);
            }
            let called = state.ledger.take_deeds();
            let of_first = called.iter().find(|line| line["userId"] == json!(first));
            assert_eq!(of_first.map(|line| &line["caseId"]), case.as_ref());
        }
    }

    #[tokio::test]
    async fn what_is_asked_about_one_agent_keeps_its_order() {
        let (mut state, [user, other], now) = open();
        let mut timeline = Timeline::default();
        let mut ask = |name, user, body, late: bool| {
            let late = late.then_some(Duration::from_millis(50));
            let write = write(name, user, &body);
            timeline
                .write(&mut state, write, late, now)
                .0
                .map(drop)
                .unwrap();
        };
        let pause = || json!({ "unavailabilityReason": "Break" });
        ask("BecomeUnavailable", user, pause(), true);
        ask("BecomeAvailable", user, json!({}), false);
        ask("BecomeUnavailable", other, pause(), false);
        while timeline.promised() > 0 {
            timeline.keep_due(&mut state, now);
        }
        assert_eq!(state.user(user).unwrap().presence, Presence::Available);
        let done: Vec<_> = state.ledger.take_deeds();
        let done: Vec<_> = done
            .iter()
            .map(|line| (&line["endpoint"], &line["userId"]))
            .collect();
        assert_eq!(
            done,
            [
                (&json!("BecomeUnavailable"), &json!(other)),
                (&json!("BecomeUnavailable"), &json!(user)),
                (&json!("BecomeAvailable"), &json!(user)),
            ]
        );
    }
}
