//! The lines of an export, whichever way they are written: where its chain begins, the entries, and how it ends. The last
//! line is what shows that nothing was cut off.

use serde::{Deserialize, Serialize};

use super::chain::Sealed;

/// What an export calls itself.
pub const FORMAT: &str = "front-desk-audit";
/// The version that is written, and the newest that can be read.
pub const SCHEMA: u64 = 1;

/// A line of an export.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Line {
    /// The first one.
    Start(Start),
    /// An entry.
    Entry(Sealed),
    /// The last one.
    End(End),
}

/// Where the chain of an export begins: after the last entry that was dropped with age.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Start {
    /// [`FORMAT`].
    pub format: String,
    /// [`SCHEMA`].
    pub schema: u64,
    /// The number of the entry before the first.
    pub seq: u64,
    /// Its hash.
    pub hash: String,
}

/// How an export ends.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct End {
    /// How many entries there are.
    pub count: u64,
    /// The number of the last one.
    pub seq: u64,
    /// Its hash.
    pub hash: String,
}

/// Why a line can't be understood.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoLine;
