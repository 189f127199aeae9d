//! Why a move is not begun, or an act on it is refused. Nothing has been changed in any of these cases.

use crate::{error::Code, messages, text::Text};

/// Why the old time has to be given up first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// Both lie in the same calendar and overlap.
    Overlap,
    /// Cubu refused the new time while the old one is held, in its own words, if any.
    Refused(Option<String>),
}

/// Why a move is not begun, or an act on it is refused.
#[derive(Clone, Debug, thiserror::Error)]
pub enum MoveFault {
    /// The old time has to be given up first: somebody must say so.
    #[error("the old time has to be given up first")]
    NeedsOrder(Reason),
    /// The appointment is in a move that is not over.
    #[error("the appointment is being moved")]
    Open,
    /// The appointment is not in its calendar any more.
    #[error("the appointment is gone")]
    Gone,
    /// The appointment is past moving: checked in, served or over.
    #[error("the appointment is not planned any more")]
    NotPlanned,
    /// There is no such move, or it is over.
    #[error("no such move")]
    Unknown,
    /// Not two appointments are held, or it is not known.
    #[error("the move does not hold two appointments")]
    NotTwo,
}

impl MoveFault {
    /// What the window is told.
    pub(crate) fn told(self) -> (Code, Text, Option<Text>) {
        match self {
            Self::NeedsOrder(reason) => {
                let message = match reason {
                    Reason::Overlap => messages::move_overlaps(),
                    Reason::Refused(None) => messages::move_refused_while_held(),
                    Reason::Refused(Some(words)) => messages::move_refused_while_held_with(words),
                };
                let hint = messages::hint_move_needs_order();
                (Code::MoveNeedsOrder, message, Some(hint))
            }
            Self::Open => (
                Code::Conflict,
                messages::move_open(),
                Some(messages::hint_move_open()),
            ),
            Self::Gone => (
                Code::NotFound,
                messages::move_old_gone(),
                Some(messages::hint_refresh()),
            ),
            Self::NotPlanned => (
                Code::Conflict,
                messages::move_not_planned(),
                Some(messages::hint_refresh()),
            ),
            Self::Unknown => (
                Code::NotFound,
                messages::move_unknown(),
                Some(messages::hint_refresh()),
            ),
            Self::NotTwo => (
                Code::Conflict,
                messages::move_not_two(),
                Some(messages::hint_refresh()),
            ),
        }
    }
}
