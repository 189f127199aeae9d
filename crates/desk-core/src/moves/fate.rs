//! What became of an appointment at this desk, read from the journal: moved, cancelled, or on its way to either. Whatever
//! screen the act was asked on, the journal is where it stands; so nobody else has to remember it.

use std::collections::HashMap;

use cubu_s2s::{BookAppointment, CaseId, Ticket};

use super::{record::Move, table::State};
use crate::{
    error::Error,
    journal::{Journal, LastActs, intent::Intent},
    profiles::ProfileId,
    text::Text,
};

/// What became of an appointment at this desk.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Fate {
    /// Nothing that lasted; and what kept the last try from it.
    None(Option<Text>),
    /// It is being moved, or a move of it waits for somebody.
    Moving,
    /// It is moved.
    Moved {
        /// Where to.
        to: Box<BookAppointment>,
        /// The case of the new one.
        case: Option<CaseId>,
        /// Its ticket.
        ticket: Option<Ticket>,
    },
    /// Its new time was lost, and its old one is booked again as another case.
    Rebooked,
    /// Both times were lost.
    NoneHeld,
    /// It is being cancelled, or it is not known whether it is.
    Cancelling,
    /// It is cancelled.
    Cancelled {
        /// What was noted beside that.
        reason: Option<String>,
    },
}

/// What became of some appointments of an organisation.
pub(crate) async fn fates(
    journal: &Journal,
    profile: ProfileId,
    cases: Vec<CaseId>,
) -> Result<HashMap<CaseId, Fate>, Error> {
    let acts = journal.last_acts_on(profile, cases).await?;
    acts.into_iter()
        .map(|(case, acts)| Ok((case, of(acts)?)))
        .collect()
}

fn of(LastActs { moved, cancel }: LastActs) -> Result<Fate, Error> {
    let moved = moved.map(Move::of_row).transpose()?;
    Ok(of_both(moved.as_ref(), cancel.as_ref()))
}

/// The later of the two tells; a cancellation that is a step of the move is the move's.
fn of_both(moved: Option<&Move>, cancel: Option<&Intent>) -> Fate {
    match (moved, cancel) {
        (Some(moved), Some(cancel))
            if !moved.intents.all().contains(&cancel.id) && cancel.asked_at >= moved.asked_at =>
        {
            of_cancel(cancel)
        }
        (Some(moved), _) => of_move(moved),
        (None, Some(cancel)) => of_cancel(cancel),
        (None, None) => Fate::None(None),
    }
}

fn of_move(moved: &Move) -> Fate {
    match moved.state {
        State::Moved => Fate::Moved {
            to: Box::new(moved.to.clone()),
            case: moved.new_case,
            ticket: moved.new_ticket.clone(),
        },
        State::Rebooked => Fate::Rebooked,
        State::NoneHeld => Fate::NoneHeld,
        State::Unchanged => {
            let trouble = moved.trouble.as_ref();
            Fate::None(trouble.map(|trouble| trouble.message.clone()))
        }
        State::Closed => Fate::None(None),
        _ => Fate::Moving,
    }
}

fn of_cancel(cancel: &Intent) -> Fate {
    if cancel.state.is_done() {
        Fate::Cancelled {
            reason: cancel.note.clone(),
        }
    } else if cancel.state.is_open() {
        Fate::Cancelling
    } else {
        Fate::None(None)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::{
        journal::intent::{IntentId, Settlement, State as Stage},
        moves::record::{MoveId, MovedFrom, Order},
    };

    fn booking() -> BookAppointment {
        serde_json::from_value(json!({
            "serviceId": "5b0d6c1e-7777-4a6e-9d10-000000000001", "date": "2026-11-24", "cuIndex": 0,
            "serviceTypeId": "5b0d6c1e-2222-4a6e-9d10-0000000ce101", "startTime": 540,
        }))
        .unwrap()
    }

    fn moved(minute: u32, state: State) -> Move {
        let from = MovedFrom {
            case_id: "5b0d6c1e-6666-4a6e-9d10-000000000001".parse().unwrap(),
            booking: booking(),
        };
        let asked_at = format!("2026-11-23T08:{minute:02}:00Z").parse().unwrap();
        let (id, profile) = (MoveId::fresh(), ProfileId::fresh());
        let mut moved = Move::new(id, profile, asked_at, from, booking(), Order::BookFirst);
        moved.state = state;
        moved
    }

    fn cancel(minute: u32, state: Stage) -> Intent {
        let asked_at = format!("2026-11-23T08:{minute:02}:00Z").parse().unwrap();
        let mut intent = Intent::new(
            IntentId::fresh(),
            ProfileId::fresh(),
            "cancel_appointment",
            json!({}),
            asked_at,
        );
        intent.state = state;
        intent.note = Some("ill".to_owned());
        intent
    }

    #[test]
    fn the_later_act_tells_what_became_of_an_appointment() {
        let cancelled = || Fate::Cancelled {
            reason: Some("ill".to_owned()),
        };
        for (moved, cancel, fate) in [
            (None, None, Fate::None(None)),
            (Some(moved(1, State::Booking)), None, Fate::Moving),
            (Some(moved(1, State::CancellingOld)), None, Fate::Moving),
            (Some(moved(1, State::Rebooked)), None, Fate::Rebooked),
            (Some(moved(1, State::NoneHeld)), None, Fate::NoneHeld),
            (Some(moved(1, State::Unchanged)), None, Fate::None(None)),
            (Some(moved(1, State::Closed)), None, Fate::None(None)),
            (None, Some(cancel(1, Stage::Confirmed)), cancelled()),
            (
                None,
                Some(cancel(1, Stage::Settled(Settlement::Happened))),
                cancelled(),
            ),
            (None, Some(cancel(1, Stage::Queued)), Fate::Cancelling),
            (None, Some(cancel(1, Stage::Unknown)), Fate::Cancelling),
            (None, Some(cancel(1, Stage::Refused)), Fate::None(None)),
            (
                None,
                Some(cancel(1, Stage::Settled(Settlement::TakenBack))),
                Fate::None(None),
            ),
            (
                Some(moved(1, State::Unchanged)),
                Some(cancel(2, Stage::Confirmed)),
                cancelled(),
            ),
            (
                Some(moved(2, State::Booking)),
                Some(cancel(1, Stage::Refused)),
                Fate::Moving,
            ),
        ] {
            assert_eq!(of_both(moved.as_ref(), cancel.as_ref()), fate);
        }
    }

    #[test]
    fn a_cancellation_that_is_a_step_of_the_move_says_nothing_by_itself() {
        let moved = moved(1, State::CancellingOld);
        let mut step = cancel(2, Stage::Confirmed);
        step.id = moved.intents.cancel_old;
        assert_eq!(of_both(Some(&moved), Some(&step)), Fate::Moving);
    }
}
