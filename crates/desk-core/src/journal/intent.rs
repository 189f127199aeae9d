//! Intents: what somebody at this desk asked Cubu to change, and how far it has come. A closed set of states and a table
//! of what may follow what; nothing here is stored or sent.

use chrono::{DateTime, Utc};
use cubu_s2s::UserId;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use ts_rs::TS;
use uuid::Uuid;

use crate::profiles::ProfileId;

/// The id of an intent. A window makes one for each filled form, so that pressing twice asks once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[ts(type = "string")]
#[serde(transparent)]
pub struct IntentId(pub Uuid);

impl IntentId {
    /// An id nobody has used.
    pub fn fresh() -> Self {
        Self(Uuid::new_v4())
    }
}

/// How an unknown outcome was settled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Settlement {
    /// A read proves that Cubu made the change.
    Happened,
    /// A read proves that it did not.
    DidNotHappen,
    /// Not known, and doing it once more does no harm.
    Harmless,
    /// Somebody looked in Cubu and closed it.
    Dropped,
    /// Somebody took it back before it left.
    TakenBack,
}

/// How far an intent has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Written down; nothing has left this PC.
    Queued,
    /// Leaving, or on its way.
    Sent,
    /// Cubu answered that it is done.
    Confirmed,
    /// It never left, or Cubu refused it: nothing has changed.
    Refused,
    /// It may have changed something, or not.
    Unknown,
    /// It was unknown, and is not any more.
    Settled(Settlement),
}

/// What can happen to an intent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event {
    /// The first byte is about to leave.
    Sends,
    /// Cubu answered that it is done.
    Confirms,
    /// It did not leave, or Cubu refused it.
    Refuses,
    /// No answer came, or none that tells.
    IsLost,
    /// A read proves it done.
    Proves,
    /// A read, or its never having left, proves it not done.
    Disproves,
    /// It is closed as harmless.
    LetsBe,
    /// Somebody closes it.
    Drops,
    /// Somebody takes it back before it leaves.
    TakesBack,
    /// Somebody asks for it anew, knowing how it stands.
    AsksAnew,
}

impl State {
    /// All states.
    pub const ALL: [Self; 10] = [
        Self::Queued,
        Self::Sent,
        Self::Confirmed,
        Self::Refused,
        Self::Unknown,
        Self::Settled(Settlement::Happened),
        Self::Settled(Settlement::DidNotHappen),
        Self::Settled(Settlement::Harmless),
        Self::Settled(Settlement::Dropped),
        Self::Settled(Settlement::TakenBack),
    ];

    /// The state after an event, or `None` when the event can't happen there.
    pub fn after(self, event: Event) -> Option<Self> {
        use Settlement::{DidNotHappen, Dropped, Happened, Harmless, TakenBack};
        Some(match (self, event) {
            (Self::Queued, Event::Sends) => Self::Sent,
            (Self::Queued | Self::Sent, Event::Refuses) => Self::Refused,
            (Self::Sent, Event::Confirms) => Self::Confirmed,
            (Self::Sent, Event::IsLost) => Self::Unknown,
            (Self::Unknown, Event::Proves) => Self::Settled(Happened),
            (Self::Queued | Self::Unknown, Event::Disproves) => Self::Settled(DidNotHappen),
            (Self::Unknown, Event::LetsBe) => Self::Settled(Harmless),
            (Self::Queued | Self::Unknown, Event::Drops) => Self::Settled(Dropped),
            (Self::Queued, Event::TakesBack) => Self::Settled(TakenBack),
            // From Queued when the run that wrote it down has ended; from Unknown only by somebody who has looked: see `writes::retry`.
            (
                Self::Queued
                | Self::Refused
                | Self::Unknown
                | Self::Settled(DidNotHappen | Harmless | Dropped | TakenBack),
                Event::AsksAnew,
            ) => Self::Queued,
            _ => return None,
        })
    }

    /// Whether its outcome is not known yet.
    pub fn is_open(self) -> bool {
        matches!(self, Self::Queued | Self::Sent | Self::Unknown)
    }

    /// Whether Cubu has made the change.
    pub fn is_done(self) -> bool {
        matches!(self, Self::Confirmed | Self::Settled(Settlement::Happened))
    }

    /// The state's word in the journal.
    pub fn word(self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::Sent => "sent",
            Self::Confirmed => "confirmed",
            Self::Refused => "refused",
            Self::Unknown => "unknown",
            Self::Settled(Settlement::Happened) => "happened",
            Self::Settled(Settlement::DidNotHappen) => "did-not-happen",
            Self::Settled(Settlement::Harmless) => "harmless",
            Self::Settled(Settlement::Dropped) => "dropped",
            Self::Settled(Settlement::TakenBack) => "taken-back",
        }
    }

    /// The state a word stands for.
    pub fn of_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.word() == word)
    }
}

/// Something somebody at this desk asked Cubu to change.
#[derive(Clone, Debug, PartialEq)]
pub struct Intent {
    /// Its id.
    pub id: IntentId,
    /// The organisation it is for.
    pub profile: ProfileId,
    /// The command, which tells the call.
    pub command: String,
    /// The exact request.
    pub request: Value,
    /// When it was asked for.
    pub asked_at: DateTime<Utc>,
    /// What somebody noted beside it. It is never sent.
    pub note: Option<String>,
    /// Who is logged in to this PC.
    pub os_user: String,
    /// The agent this desk acts for.
    pub agent: Option<UserId>,
    /// Their name, as far as it is known.
    pub agent_name: Option<String>,
    /// The organisation's name.
    pub organization: Option<String>,
    /// How far it has come.
    pub state: State,
    /// When it last left, by this PC's clock.
    pub sent_at: Option<DateTime<Utc>>,
    /// What was known before it left and helps to settle it.
    pub basis: Option<Value>,
    /// What Cubu answered, or a read showed.
    pub answer: Option<Value>,
    /// Why it was refused; never in Cubu's words.
    pub refusal: Option<String>,
    /// No read can settle it: somebody has to look.
    pub needs_eyes: bool,
    /// Somebody has been told the outcome.
    pub told: bool,
}

impl Intent {
    /// A new intent, asked for now.
    pub fn new(
        id: IntentId,
        profile: ProfileId,
        command: &str,
        request: Value,
        asked_at: DateTime<Utc>,
    ) -> Self {
        Self {
            id,
            profile,
            command: command.to_owned(),
            request,
            asked_at,
            note: None,
            os_user: os_user(),
            agent: None,
            agent_name: None,
            organization: None,
            state: State::Queued,
            sent_at: None,
            basis: None,
            answer: None,
            refusal: None,
            needs_eyes: false,
            told: false,
        }
    }

    /// Whether another intent is for the same call to the same organisation.
    pub fn is_for_the_same(&self, other: &Self) -> bool {
        self.command == other.command && self.profile == other.profile
    }
}

/// Who is logged in to this PC.
pub(crate) fn os_user() -> String {
    ["USER", "USERNAME", "LOGNAME"]
        .iter()
        .find_map(|name| std::env::var(name).ok().filter(|user| !user.is_empty()))
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use Settlement::{DidNotHappen, Dropped, Happened, Harmless, TakenBack};
    use State::{Confirmed, Queued, Refused, Sent, Settled, Unknown};

    const EVENTS: [Event; 10] = [
        Event::Sends,
        Event::Confirms,
        Event::Refuses,
        Event::IsLost,
        Event::Proves,
        Event::Disproves,
        Event::LetsBe,
        Event::Drops,
        Event::TakesBack,
        Event::AsksAnew,
    ];

    #[test]
    fn what_may_follow_what() {
        // Columns in the order of EVENTS; a dot is an event that can't happen there.
        let table: [(State, [Option<State>; 10]); 10] = [
            (
                Queued,
                [
                    Some(Sent),
                    None,
                    Some(Refused),
                    None,
                    None,
                    Some(Settled(DidNotHappen)),
                    None,
                    Some(Settled(Dropped)),
                    Some(Settled(TakenBack)),
                    Some(Queued),
                ],
            ),
            (
                Sent,
                [
                    None,
                    Some(Confirmed),
                    Some(Refused),
                    Some(Unknown),
                    None,
                    None,
                    None,
                    None,
                    None,
                    None,
                ],
            ),
            (Confirmed, [None; 10]),
            (Refused, only_anew()),
            (
                Unknown,
                [
                    None,
                    None,
                    None,
                    None,
                    Some(Settled(Happened)),
                    Some(Settled(DidNotHappen)),
                    Some(Settled(Harmless)),
                    Some(Settled(Dropped)),
                    None,
                    Some(Queued),
                ],
            ),
            (Settled(Happened), [None; 10]),
            (Settled(DidNotHappen), only_anew()),
            (Settled(Harmless), only_anew()),
            (Settled(Dropped), only_anew()),
            (Settled(TakenBack), only_anew()),
        ];
        for (state, row) in table {
            for (event, expected) in EVENTS.into_iter().zip(row) {
                assert_eq!(state.after(event), expected, "{state:?} {event:?}");
            }
        }
    }

    const fn only_anew() -> [Option<State>; 10] {
        let mut row = [None; 10];
        row[9] = Some(Queued);
        row
    }

    #[test]
    fn what_is_done_or_on_its_way_can_never_be_sent() {
        for state in State::ALL {
            let sends = state.after(Event::Sends).is_some();
            assert_eq!(sends, state == Queued, "{state:?}");
            let anew = state.after(Event::AsksAnew).is_some();
            assert!(!(anew && (state.is_done() || state == Sent)), "{state:?}");
        }
    }

    #[test]
    fn every_state_is_found_by_its_word() {
        for state in State::ALL {
            assert_eq!(State::of_word(state.word()), Some(state));
        }
        assert_eq!(State::of_word("lost"), None);
    }
}
