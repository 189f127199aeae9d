//! The states of a move and what follows when a step of it ends: a pure table. Who takes the steps is in `run`; what a
//! state means for whoever is told is in `view`.

use serde::{Deserialize, Serialize};

/// How far a move has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) enum State {
    /// The new time is being booked; the old one is held.
    Booking,
    /// The new time is booked, the old one is being cancelled: two are held.
    CancellingOld,
    /// The old time is being given up before the new one is booked.
    GivingUp,
    /// The old time is given up, the new one is being booked: none is held.
    BookingAfter,
    /// The new time is lost, the old one is being booked again: none is held.
    Rebooking,
    /// Two are held, and the new one is being cancelled.
    CancellingNew,
    /// Over: only the new one is held.
    Moved,
    /// Over: only the old one is held, as it was.
    Unchanged,
    /// Over: the old time is held, booked again.
    Rebooked,
    /// Over: no appointment is held.
    NoneHeld,
    /// Over: somebody who looked in Cubu closed it.
    Closed,
}

/// What a state does next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    /// Book the new time.
    BookNew,
    /// Cancel the old appointment.
    CancelOld,
    /// Book the old time again.
    RebookOld,
    /// Cancel the new appointment.
    CancelNew,
}

/// How a step ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// It is done, and a read shows it.
    Done,
    /// Cubu does not do it: nothing has changed, and asking again would not help.
    Refused,
    /// Nothing has changed, and the same may work in a moment.
    NotNow,
    /// Nothing has changed, often enough.
    GaveUp,
    /// It may be done or not, or no read shows what Cubu says.
    Unknown,
}

/// Why a move waits for somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) enum Stuck {
    /// Cubu refuses the step.
    Refused,
    /// Cubu can't be asked, or does not act.
    NotNow,
    /// It is not known what became of the step.
    NeedsEyes,
}

/// What follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Next {
    /// The next state.
    Go(State),
    /// The same step again, in a moment.
    Again,
    /// Nothing more by itself.
    Wait(Stuck),
}

impl State {
    /// All states.
    #[cfg(test)]
    pub const ALL: [Self; 11] = [
        Self::Booking,
        Self::CancellingOld,
        Self::GivingUp,
        Self::BookingAfter,
        Self::Rebooking,
        Self::CancellingNew,
        Self::Moved,
        Self::Unchanged,
        Self::Rebooked,
        Self::NoneHeld,
        Self::Closed,
    ];

    /// What is to be done; nothing once it is over.
    pub fn step(self) -> Option<Step> {
        match self {
            Self::Booking | Self::BookingAfter => Some(Step::BookNew),
            Self::CancellingOld | Self::GivingUp => Some(Step::CancelOld),
            Self::Rebooking => Some(Step::RebookOld),
            Self::CancellingNew => Some(Step::CancelNew),
            Self::Moved | Self::Unchanged | Self::Rebooked | Self::NoneHeld | Self::Closed => None,
        }
    }

    /// Whether nothing is to be done any more.
    pub fn is_over(self) -> bool {
        self.step().is_none()
    }

    /// Whether nothing has been changed yet, so that a move that was cut off here is not begun by itself.
    pub fn is_first(self) -> bool {
        matches!(self, Self::Booking | Self::GivingUp)
    }

    /// What follows on an outcome; nothing once it is over.
    pub fn after(self, outcome: Outcome) -> Option<Next> {
        use Next::{Again, Go, Wait};
        use Outcome::{Done, GaveUp, NotNow, Refused, Unknown};
        Some(match (self, outcome) {
            (Self::Moved | Self::Unchanged | Self::Rebooked | Self::NoneHeld | Self::Closed, _) => {
                return None;
            }
            (_, Unknown) => Wait(Stuck::NeedsEyes),
            (Self::Booking, Done) => Go(Self::CancellingOld),
            (Self::GivingUp, Done) => Go(Self::BookingAfter),
            (Self::CancellingOld | Self::BookingAfter, Done) => Go(Self::Moved),
            (Self::Rebooking, Done) => Go(Self::Rebooked),
            (Self::CancellingNew, Done) => Go(Self::Unchanged),
            // Nothing has been changed yet, so nothing is.
            (Self::Booking | Self::GivingUp, Refused | NotNow | GaveUp) => Go(Self::Unchanged),
            (_, NotNow) => Again,
            (Self::BookingAfter, Refused | GaveUp) => Go(Self::Rebooking),
            (Self::Rebooking, Refused) => Go(Self::NoneHeld),
            (_, Refused) => Wait(Stuck::Refused),
            (_, GaveUp) => Wait(Stuck::NotNow),
        })
    }

    /// Whether the old and the new appointment are held, as far as this state knows while its step is not over; `None` for
    /// not known.
    pub fn holds(self) -> (Option<bool>, Option<bool>) {
        match self {
            Self::Booking => (Some(true), None),
            Self::CancellingOld => (None, Some(true)),
            Self::GivingUp => (None, Some(false)),
            Self::BookingAfter => (Some(false), None),
            Self::Rebooking => (None, Some(false)),
            Self::CancellingNew => (Some(true), None),
            Self::Moved => (Some(false), Some(true)),
            Self::Unchanged | Self::Rebooked => (Some(true), Some(false)),
            Self::NoneHeld => (Some(false), Some(false)),
            Self::Closed => (None, None),
        }
    }

    /// The same once it is known that the step has not been done: two are held, or one, or none.
    pub fn holds_undone(self) -> (Option<bool>, Option<bool>) {
        match self {
            Self::Booking | Self::GivingUp => (Some(true), Some(false)),
            Self::CancellingOld | Self::CancellingNew => (Some(true), Some(true)),
            Self::BookingAfter | Self::Rebooking => (Some(false), Some(false)),
            over => over.holds(),
        }
    }
}

#[cfg(test)]
mod tests {
    use Next::{Again, Go, Wait};
    use Outcome::{Done, GaveUp, NotNow, Refused, Unknown};
    use State::{
        Booking, BookingAfter, CancellingNew, CancellingOld, Closed, GivingUp, Moved, NoneHeld,
        Rebooked, Rebooking, Unchanged,
    };

    use super::*;

    const OUTCOMES: [Outcome; 5] = [Done, Refused, NotNow, GaveUp, Unknown];

    #[test]
    fn what_follows_on_what() {
        let (refused, later, eyes) = (
            Wait(Stuck::Refused),
            Wait(Stuck::NotNow),
            Wait(Stuck::NeedsEyes),
        );
        // Columns in the order of OUTCOMES.
        let table = [
            (
                Booking,
                [
                    Go(CancellingOld),
                    Go(Unchanged),
                    Go(Unchanged),
                    Go(Unchanged),
                    eyes,
                ],
            ),
            (CancellingOld, [Go(Moved), refused, Again, later, eyes]),
            (
                GivingUp,
                [
                    Go(BookingAfter),
                    Go(Unchanged),
                    Go(Unchanged),
                    Go(Unchanged),
                    eyes,
                ],
            ),
            (
                BookingAfter,
                [Go(Moved), Go(Rebooking), Again, Go(Rebooking), eyes],
            ),
            (Rebooking, [Go(Rebooked), Go(NoneHeld), Again, later, eyes]),
            (CancellingNew, [Go(Unchanged), refused, Again, later, eyes]),
        ];
        for (state, row) in table {
            for (outcome, expected) in OUTCOMES.into_iter().zip(row) {
                assert_eq!(
                    state.after(outcome),
                    Some(expected),
                    "{state:?} {outcome:?}"
                );
            }
        }
        for state in [Moved, Unchanged, Rebooked, NoneHeld, Closed] {
            assert!(state.is_over());
            for outcome in OUTCOMES {
                assert_eq!(state.after(outcome), None, "{state:?} {outcome:?}");
            }
        }
        assert_eq!(table.len() + 5, State::ALL.len());
    }

    /// What is held after a step, from what was held before it.
    fn held_after(state: State, done: bool) -> (bool, bool) {
        let known = |(old, new): (Option<bool>, Option<bool>)| (old.unwrap(), new.unwrap());
        let (old, new) = known(state.holds_undone());
        match state.step() {
            Some(Step::BookNew) if done => (old, true),
            Some(Step::CancelOld) if done => (false, new),
            Some(Step::RebookOld) if done => (true, new),
            Some(Step::CancelNew) if done => (old, false),
            _ => (old, new),
        }
    }

    #[test]
    fn a_state_says_what_the_steps_before_it_have_left() {
        for state in State::ALL {
            for outcome in [Done, Refused, GaveUp] {
                let Some(Go(next)) = state.after(outcome) else {
                    continue;
                };
                let (old, new) = held_after(state, outcome == Done);
                let said = next.holds_undone();
                assert_eq!(said, (Some(old), Some(new)), "{state:?} {outcome:?}");
            }
        }
    }

    #[test]
    fn a_move_ends_with_one_appointment_or_says_that_there_is_none() {
        for state in State::ALL.into_iter().filter(|state| state.is_over()) {
            let held = match state.holds() {
                (Some(old), Some(new)) => u8::from(old) + u8::from(new),
                _ => continue,
            };
            assert_eq!(held, u8::from(state != NoneHeld), "{state:?}");
        }
    }

    #[test]
    fn what_a_state_does_not_know_is_what_its_step_changes() {
        for state in State::ALL {
            let (old, new) = (state.holds(), state.holds_undone());
            let unknown = match state.step() {
                Some(Step::BookNew | Step::CancelNew) => (old.0, None),
                Some(Step::CancelOld | Step::RebookOld) => (None, old.1),
                None => old,
            };
            assert_eq!(old, unknown, "{state:?}");
            assert!(old.0.is_none() || old.0 == new.0, "{state:?}");
            assert!(old.1.is_none() || old.1 == new.1, "{state:?}");
        }
    }
}
