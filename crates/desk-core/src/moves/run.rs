//! Goes on with a move, step by step, until it is over or waits for somebody. Where it stands is on disk before each step.

use tokio::time::sleep;

use super::{
    record::{Move, Trouble},
    steps::{self, Taken},
    table::{Next, Outcome, State},
};
use crate::{error::Error, writes::Writer};

/// How often a step is tried that would work in a moment.
const TRIES: u32 = 3;

/// How a move came to stand.
pub(super) struct Stand {
    pub moved: Move,
    /// Why nothing was changed.
    pub failure: Option<Error>,
}

/// Goes on with a move. `resumed`: an earlier run may have begun the step it stands before.
pub(super) async fn run(
    writer: &Writer,
    mut moved: Move,
    mut resumed: bool,
) -> Result<Stand, Error> {
    let mut tries = 0;
    let mut last = None;
    moved.stuck = None;
    moved.save(&writer.journal).await?;
    while let Some(step) = moved.state.step() {
        let begun = if std::mem::take(&mut resumed) {
            steps::begun(writer, moved.intent_of(step)).await?
        } else {
            Outcome::Done
        };
        let Taken { outcome, failure } = match begun {
            Outcome::Unknown => Outcome::Unknown.into(),
            // Nobody is waiting for it any more, and nothing has been changed.
            Outcome::NotNow if moved.state.is_first() => Outcome::NotNow.into(),
            _ => steps::take(writer, &mut moved, step).await?,
        };
        tries = if outcome == Outcome::NotNow {
            tries + 1
        } else {
            0
        };
        let outcome = if tries < TRIES {
            outcome
        } else {
            Outcome::GaveUp
        };
        let next = moved.state.after(outcome);
        match failure {
            // Whoever asked is told itself why nothing was changed.
            Some(failure) if next == Some(Next::Go(State::Unchanged)) && moved.state.is_first() => {
                last = Some(failure);
            }
            // An outcome that is not known has the words of the state it leaves.
            Some(Error::OutcomeUnknown { .. }) | None => {}
            Some(failure) => moved.trouble = Some(Trouble::of(failure)),
        }
        match next {
            Some(Next::Go(state)) => enter(&mut moved, state),
            Some(Next::Again) => {
                sleep(writer.pace.longest_pause).await;
                continue;
            }
            Some(Next::Wait(stuck)) => moved.stuck = Some(stuck),
            None => {}
        }
        tries = 0;
        tracing::info!(state = ?moved.state, stuck = ?moved.stuck, "a move");
        moved.save(&writer.journal).await?;
        if moved.stuck.is_some() {
            break;
        }
    }
    if moved.state.is_over() {
        close_intents(writer, &moved).await?;
    }
    Ok(Stand {
        moved,
        failure: last,
    })
}

fn enter(moved: &mut Move, state: State) {
    moved.state = state;
    if state == State::Moved {
        moved.trouble = None;
    }
}

/// The move has told what became of its steps.
pub(super) async fn close_intents(writer: &Writer, moved: &Move) -> Result<(), Error> {
    for intent in moved.intents.all() {
        writer.journal.told(intent).await?;
    }
    Ok(())
}
