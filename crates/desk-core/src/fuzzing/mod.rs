//! Ways for a fuzzer into the readers that are otherwise reached through files and the keychain only. Nothing that is
//! shipped turns this feature on. What has to hold is said by the fuzzer's targets, not here.

mod damaged;

use serde_json::Value;

pub use damaged::Damaged;

pub use crate::documents::{Fault as DocumentFault, Format, parse, to_value};
pub use crate::profiles::STORED as STORED_PROFILE;
pub use crate::transfer::{FORMAT as EXPORTED_PROFILE, export, import};
pub use crate::zones::{find as find_zone, wall_clock};

use crate::{
    erasing::{self, Marker},
    journal,
    memory::{self, Remembered},
};

/// Reads what a desk remembers and writes it again, or says why it can't be read.
pub fn remembered(text: &str) -> Result<Value, DocumentFault> {
    let remembered: Remembered = parse(text, memory::FORMAT)?;
    Ok(to_value(&remembered, memory::FORMAT).unwrap_or_default())
}

/// Reads how the key of a journal is made of its passphrase and writes it again, or says why it can't be read.
pub fn key_recipes(text: &str) -> Result<Value, DocumentFault> {
    journal::read_key_recipes(text)
}

/// Reads the note of an erasing and writes it again, or says why it can't be read.
pub fn erasing(text: &str) -> Result<Value, DocumentFault> {
    let marker: Marker = parse(text, erasing::FORMAT)?;
    Ok(to_value(&marker, erasing::FORMAT).unwrap_or_default())
}
