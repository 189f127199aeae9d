//! Moving an appointment as one act: the new time is booked and seen, then the old one is cancelled and seen to be gone; or,
//! where both can't be held at once and somebody says so, the old one is given up first and booked again should the new one
//! be lost.
//!
//! Every step is a change of its own in the journal, under an intent whose id stands in the move before the step is sent. So
//! a move that was cut off anywhere goes on at the next start: `table` says what follows what, `run` does it.

mod begin;
mod completing;
mod fate;
mod fault;
mod record;
mod run;
mod steps;
mod table;
mod view;

#[cfg(feature = "fuzzing")]
pub(crate) use record::is_readable;

pub(crate) use begin::{begin, close, end, intents, list, resume, resume_all};
pub use completing::ContactOnCard;
pub(crate) use fate::{Fate, fates};
pub use fault::MoveFault;
pub use record::{MoveId, MovedFrom, Order};
pub use view::{AppointmentMove, Held, HeldTime, MoveState};
