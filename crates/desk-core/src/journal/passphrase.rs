//! A journal's key made from a passphrase, with argon2id. What it is made with lies beside the journal, in a small file that
//! is worth nothing without the passphrase. Neither the passphrase nor the key is ever written down.

use std::{
    fmt::Write as _,
    io,
    path::{Path, PathBuf},
};

use argon2::{Algorithm, Argon2, Params, Version};
use secrecy::{ExposeSecret, SecretString, zeroize::Zeroizing};
use serde::{Deserialize, Serialize};

use super::fault::Fault;
use crate::{
    documents::{self, Format},
    files,
};

const FILE: &str = "journal-passphrase.json";
const FORMAT: Format = Format::kept("front-desk-journal-key");

/// The fewest characters of a passphrase. Whoever has the file may try as many as they like, at the cost below for each.
pub const SHORTEST: usize = 12;
/// The fewest different ones among them.
const FEWEST_DIFFERENT: usize = 5;

/// What trying one passphrase costs: argon2id with 64 MiB and three passes, above what OWASP asks for (19 MiB, two).
const MEMORY_KIB: u32 = 64 * 1024;
const PASSES: u32 = 3;
/// What a file may ask for at most: one that was tampered with must not stop the PC.
const MOST_MEMORY_KIB: u32 = 1024 * 1024;
const MOST_PASSES: u32 = 64;

/// Half is the key, half tells whether it is the right one. Neither half tells anything about the other.
const LENGTH: usize = 64;

/// How a key is made.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Recipe {
    salt: String,
    memory_kib: u32,
    passes: u32,
    check: String,
}

/// How the key of a folder's journal is made. While a passphrase is being changed it may be one or the other.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct Recipes {
    keys: Vec<Recipe>,
}

/// Whether a passphrase is long and varied enough.
pub(super) fn is_strong(passphrase: &SecretString) -> bool {
    let characters: Vec<char> = passphrase.expose_secret().chars().collect();
    let mut different = characters.clone();
    different.sort_unstable();
    different.dedup();
    characters.len() >= SHORTEST && different.len() >= FEWEST_DIFFERENT
}

/// The file of a folder.
pub(super) fn file(folder: &Path) -> PathBuf {
    folder.join(FILE)
}

impl Recipe {
    /// A new way to make a key from a passphrase, and the key.
    pub fn fresh(passphrase: &SecretString) -> Result<(Self, SecretString), Fault> {
        let salt: [u8; 16] = rand::random();
        let mut recipe = Self {
            salt: digits(&salt),
            memory_kib: MEMORY_KIB,
            passes: PASSES,
            check: String::new(),
        };
        let (key, check) = recipe.make(passphrase)?;
        recipe.check = check;
        Ok((recipe, key))
    }

    /// The key, if this is its passphrase.
    fn key(&self, passphrase: &SecretString) -> Result<Option<SecretString>, Fault> {
        let (key, check) = self.make(passphrase)?;
        Ok((check == self.check).then_some(key))
    }

    fn ingredients(&self) -> Option<(Vec<u8>, Params)> {
        let in_range = self.memory_kib <= MOST_MEMORY_KIB && self.passes <= MOST_PASSES;
        let params = Params::new(self.memory_kib, self.passes, 1, Some(LENGTH)).ok()?;
        in_range.then_some((bytes(&self.salt)?, params))
    }

    fn make(&self, passphrase: &SecretString) -> Result<(SecretString, String), Fault> {
        let (salt, params) = self.ingredients().ok_or(Fault::Unreadable)?;
        let mut made = Zeroizing::new([0_u8; LENGTH]);
        Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
            .hash_password_into(
                passphrase.expose_secret().as_bytes(),
                &salt,
                made.as_mut_slice(),
            )
            .map_err(|failure| Fault::Other(failure.to_string()))?;
        let (key, check) = made.split_at(LENGTH / 2);
        Ok((digits(key).into(), digits(check)))
    }
}

impl Recipes {
    /// Only this one.
    pub fn only(recipe: Recipe) -> Self {
        Self { keys: vec![recipe] }
    }

    /// One more, for the time in which it is not certain which one holds.
    #[must_use]
    pub fn and(mut self, recipe: Recipe) -> Self {
        self.keys.push(recipe);
        self
    }

    /// What lies beside the journal of a folder. `None`: nothing that could be used.
    pub fn load(folder: &Path) -> Result<Option<Self>, Fault> {
        let text = match files::read(&file(folder)) {
            Ok(Some(text)) => text,
            Ok(None) => return Ok(None),
            Err(failure) if failure.kind() == io::ErrorKind::InvalidData => return Ok(None),
            Err(failure) => return Err(failure.into()),
        };
        match documents::parse::<Self>(&text, FORMAT) {
            Ok(recipes) => Ok(Some(recipes)),
            Err(documents::Fault::Newer { schema }) => {
                Err(Fault::Newer(i64::try_from(schema).unwrap_or(i64::MAX)))
            }
            Err(_) => Ok(None),
        }
    }

    pub fn save(&self, folder: &Path) -> Result<(), Fault> {
        Ok(documents::save(&file(folder), self, FORMAT)?)
    }

    /// Every key that this passphrase may mean.
    pub fn keys(&self, passphrase: &SecretString) -> Result<Vec<SecretString>, Fault> {
        let mut keys = Vec::new();
        for recipe in &self.keys {
            keys.extend(recipe.key(passphrase)?);
        }
        if keys.is_empty() {
            return Err(Fault::WrongPassphrase);
        }
        Ok(keys)
    }
}

/// Reads what lies beside a journal and writes it again, without making a key.
#[cfg(feature = "fuzzing")]
pub(crate) fn read(text: &str) -> Result<serde_json::Value, documents::Fault> {
    let recipes: Recipes = documents::parse(text, FORMAT)?;
    for recipe in &recipes.keys {
        let _ = recipe.ingredients();
    }
    Ok(documents::to_value(&recipes, FORMAT).unwrap_or_default())
}

fn digits(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut digits, byte| {
        // Writing to a string does not fail.
        let _ = write!(digits, "{byte:02x}");
        digits
    })
}

fn bytes(digits: &str) -> Option<Vec<u8>> {
    if !digits.is_ascii() || !digits.len().is_multiple_of(2) {
        return None;
    }
    (0..digits.len())
        .step_by(2)
        .map(|at| u8::from_str_radix(&digits[at..at + 2], 16).ok())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cheap(passphrase: &str) -> (Recipe, SecretString) {
        let mut recipe = Recipe {
            salt: digits(&[7; 16]),
            memory_kib: 8,
            passes: 1,
            check: String::new(),
        };
        let (key, check) = recipe.make(&passphrase.into()).unwrap();
        recipe.check = check;
        (recipe, key)
    }

    #[test]
    fn the_same_passphrase_makes_the_same_key_and_no_other_does() {
        let (recipe, key) = cheap("four words at random");
        let again = recipe.key(&"four words at random".into()).unwrap().unwrap();
        assert_eq!(again.expose_secret(), key.expose_secret());
        assert_eq!(key.expose_secret().len(), 64);
        assert!(
            recipe
                .key(&"four words at randon".into())
                .unwrap()
                .is_none()
        );
        assert!(!format!("{recipe:?}").contains(key.expose_secret()));
    }

    #[test]
    fn a_new_recipe_costs_what_it_should_and_has_a_salt_of_its_own() {
        let (one, key) = Recipe::fresh(&"four words at random".into()).unwrap();
        let (two, other) = Recipe::fresh(&"four words at random".into()).unwrap();
        assert_eq!((one.memory_kib, one.passes), (65_536, 3));
        assert_ne!(one.salt, two.salt);
        assert_ne!(key.expose_secret(), other.expose_secret());
    }

    #[test]
    fn a_file_that_asks_for_the_impossible_is_refused() {
        let (sound, _) = cheap("four words at random");
        let tampered = [
            Recipe {
                memory_kib: u32::MAX,
                ..sound.clone()
            },
            Recipe {
                passes: u32::MAX,
                ..sound.clone()
            },
            Recipe {
                passes: 0,
                ..sound.clone()
            },
            Recipe {
                salt: "0g".to_owned(),
                ..sound.clone()
            },
            Recipe {
                salt: "é".to_owned(),
                ..sound.clone()
            },
            Recipe {
                salt: String::new(),
                ..sound
            },
        ];
        for recipe in tampered {
            assert!(
                recipe.key(&"four words at random".into()).is_err(),
                "{recipe:?}"
            );
        }
    }

    #[test]
    fn short_and_monotonous_passphrases_are_refused() {
        for (passphrase, strong) in [
            ("", false),
            ("elevenchars", false),
            ("twelve chars", true),
            ("aaaaaaaaaaaaaaaa", false),
            ("ababababababababab", false),
            ("שלוש מילים פה", true),
        ] {
            assert_eq!(is_strong(&passphrase.into()), strong, "{passphrase}");
        }
    }

    #[test]
    fn what_lies_beside_the_journal_is_read_back_or_not_at_all() {
        let folder = tempfile::tempdir().unwrap();
        assert!(Recipes::load(folder.path()).unwrap().is_none());
        let (one, _) = cheap("four words at random");
        let (two, _) = cheap("four other words");
        Recipes::only(one).and(two).save(folder.path()).unwrap();
        let recipes = Recipes::load(folder.path()).unwrap().unwrap();
        assert_eq!(recipes.keys(&"four other words".into()).unwrap().len(), 1);
        assert!(matches!(
            recipes.keys(&"neither".into()),
            Err(Fault::WrongPassphrase)
        ));
        files::write(&file(folder.path()), b"{").unwrap();
        assert!(Recipes::load(folder.path()).unwrap().is_none());
        let newer = br#"{"format":"front-desk-journal-key","schema":9}"#;
        files::write(&file(folder.path()), newer).unwrap();
        assert!(matches!(Recipes::load(folder.path()), Err(Fault::Newer(9))));
    }
}
