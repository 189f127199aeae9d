//! The audit trail: who at this desk asked for what, how it stood before and after, what Cubu answered and what became of
//! it. Entries are appended in the same transaction as the step of the journal they tell of, each bound to the one before
//! it by its hash.
//!
//! - [`entry`] is what an entry holds, and which part of it may be forgotten.
//! - [`chain`] binds entries together and finds the first that does not fit.
//! - [`export`] and [`verify`] are the two ends of a file that proves itself.
//!
//! Where entries are kept is the journal's business ([`crate::journal`]); no secret and no token ever gets here.

pub mod chain;
mod csv;
pub mod entry;
pub mod export;
mod json_lines;
mod keeping;
mod line;
pub mod verify;

pub use chain::{Broken, Chain, Difference, Sealed};
pub use entry::{Act, Entry, Header, Reply};
pub use export::Format;
