//! The documents that this program writes: what can be read can be written, and is then read as the same.

use std::fmt::Debug;

use desk_core::{
    catalogue::{self, Catalogue},
    fuzzing::{self, DocumentFault, EXPORTED_PROFILE, Format, STORED_PROFILE},
    profiles::{Profile, ProfileDraft},
    settings::{self, Settings},
};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;

pub fn settings(text: &[u8]) {
    is_read_again::<Settings>(text, settings::FORMAT);
}

pub fn catalogue(text: &[u8]) {
    is_read_again::<Catalogue>(text, catalogue::FORMAT);
}

fn is_read_again<T>(text: &[u8], format: Format)
where
    T: DeserializeOwned + Serialize + PartialEq + Debug,
{
    if let Some(document) = parse::<T>(text, format) {
        assert_eq!(parse(&written(&document, format), format), Some(document));
    }
}

/// A profile's file, as the shelf reads it.
pub fn profile(text: &[u8]) {
    let read = |text: &[u8]| parse::<ProfileDraft>(text, STORED_PROFILE)?.check().ok();
    if let Some(profile) = read(text) {
        assert_eq!(
            read(&written(&profile, STORED_PROFILE)).as_ref(),
            Some(&Profile {
                // One without an id gets another at every reading.
                id: profile.id,
                ..profile.clone()
            })
        );
    }
}

pub fn memory(text: &[u8]) {
    is_written_again(text, fuzzing::remembered);
}

/// The note of an erasing: it decides what is deleted.
pub fn erasing(text: &[u8]) {
    is_written_again(text, fuzzing::erasing);
}

/// What a journal's key is made with: it decides how much memory and time a start takes.
pub fn passphrase(text: &[u8]) {
    is_written_again(text, fuzzing::key_recipes);
}

fn is_written_again(text: &[u8], read: fn(&str) -> Result<Value, DocumentFault>) {
    let Ok(text) = std::str::from_utf8(text) else {
        return;
    };
    if let Ok(document) = read(text) {
        assert_eq!(read(&document.to_string()), Ok(document));
    }
}

/// An exported profile: what comes in goes out, and comes in again under another id.
pub fn import(text: &[u8]) {
    let Ok(text) = std::str::from_utf8(text) else {
        return;
    };
    match fuzzing::import(text) {
        Ok((profile, catalogue)) => {
            let exported = fuzzing::export(&profile, &catalogue).expect("an export");
            if exported.json.len() > EXPORTED_PROFILE.limit {
                return;
            }
            let (again, same) = fuzzing::import(&exported.json).expect("what was exported");
            assert_ne!(again.id, profile.id);
            assert_eq!(
                Profile {
                    id: profile.id,
                    ..again
                },
                profile
            );
            assert_eq!(same, catalogue);
        }
        Err(failure) => {
            let error = failure.of("import_profile");
            assert!(!desk_core::text::format(&error.message).is_empty());
        }
    }
}

fn parse<T: DeserializeOwned>(text: &[u8], format: Format) -> Option<T> {
    fuzzing::parse(std::str::from_utf8(text).ok()?, format).ok()
}

fn written(content: &impl Serialize, format: Format) -> Vec<u8> {
    let document = fuzzing::to_value(content, format).expect("what was read can be written");
    document.to_string().into_bytes()
}
