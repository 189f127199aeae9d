//! The chain: each entry's hash covers the hash before it, its header, and a salted digest of its content. Because only the
//! digest is covered, the content (and the salt, without which the digest tells nothing) can be forgotten and the chain
//! still holds. Everything hashed is text, a line each, so that any tool can do it again:
//!
//! ```text
//! digest = sha256(salt \n content \n)      hash = sha256(hash before \n header \n digest \n)
//! ```

use sha2::{Digest, Sha256};

use super::entry::Header;

/// An entry in its place, as it is kept and exported.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sealed {
    /// The header, in the words that were hashed.
    pub header: String,
    /// The digest of the content.
    pub digest: String,
    /// Binds it to the entry before.
    pub hash: String,
    /// The content, as far as it is here.
    pub content: Content,
}

/// The content of an entry, as far as it is here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    /// All of it, in the words that were hashed.
    Whole {
        /// What keeps its digest from being guessed.
        salt: String,
        /// JSON.
        text: String,
    },
    /// It was forgotten, for good.
    Forgotten,
    /// It was left out of this file.
    Withheld,
}

/// What does not fit about an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Difference {
    /// It can't be read as an entry at all.
    Unreadable,
    /// Its number is not the next one: an entry is missing, added or in another place.
    Number,
    /// Its content is not the one that was recorded.
    Content,
    /// Its header, its digest or its link to the entry before is not what was recorded.
    Link,
    /// The closing line tells of another last entry.
    Closing,
    /// The closing line is missing: the end is cut off.
    CutOff,
    /// Something follows the closing line.
    AfterClosing,
}

impl Difference {
    /// The difference in a word, for messages.
    pub fn word(self) -> &'static str {
        match self {
            Self::Unreadable => "unreadable",
            Self::Number => "number",
            Self::Content => "content",
            Self::Link => "link",
            Self::Closing => "closing",
            Self::CutOff => "cut-off",
            Self::AfterClosing => "after-closing",
        }
    }
}

/// The first link that does not hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Broken {
    /// The number of the entry, as it should be.
    pub seq: u64,
    /// What is wrong with it.
    pub difference: Difference,
}

/// The end of a chain, as far as it has been followed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chain {
    /// The number of the last entry.
    pub seq: u64,
    /// Its hash.
    pub hash: String,
}

impl Default for Chain {
    /// The chain before its first entry.
    fn default() -> Self {
        Self {
            seq: 0,
            hash: "0".repeat(64),
        }
    }
}

impl Chain {
    /// Adds an entry.
    pub fn seal(&mut self, header: String, content: String) -> Sealed {
        let salt = hex(&rand::random::<[u8; 16]>());
        let digest = digest_of(&salt, &content);
        let hash = hash_of(&self.hash, &header, &digest);
        self.seq += 1;
        self.hash.clone_from(&hash);
        Sealed {
            header,
            digest,
            hash,
            content: Content::Whole {
                salt,
                text: content,
            },
        }
    }

    /// Adds an entry of another chain, under a header of its own here. What it holds, or has forgotten, stays as it is.
    pub fn seal_again(&mut self, header: String, entry: Sealed) -> Sealed {
        let hash = hash_of(&self.hash, &header, &entry.digest);
        self.seq += 1;
        self.hash.clone_from(&hash);
        Sealed {
            header,
            hash,
            ..entry
        }
    }

    /// Follows the chain by one entry, if it fits.
    pub fn follow(&mut self, entry: &Sealed) -> Result<Header, Broken> {
        let seq = self.seq + 1;
        let broken = |difference| Broken { seq, difference };
        let header: Header =
            serde_json::from_str(&entry.header).map_err(|_| broken(Difference::Unreadable))?;
        if header.seq != seq {
            return Err(broken(Difference::Number));
        }
        if let Content::Whole { salt, text } = &entry.content
            && digest_of(salt, text) != entry.digest
        {
            return Err(broken(Difference::Content));
        }
        if hash_of(&self.hash, &entry.header, &entry.digest) != entry.hash {
            return Err(broken(Difference::Link));
        }
        self.seq = seq;
        self.hash.clone_from(&entry.hash);
        Ok(header)
    }
}

fn digest_of(salt: &str, content: &str) -> String {
    lines(&[salt, content])
}

fn hash_of(before: &str, header: &str, digest: &str) -> String {
    lines(&[before, header, digest])
}

fn lines(lines: &[&str]) -> String {
    let mut hash = Sha256::new();
    for line in lines {
        hash.update(line.as_bytes());
        hash.update(b"\n");
    }
    hex(&hash.finalize())
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    fn trail(length: u64) -> Vec<Sealed> {
        let mut chain = Chain::default();
        (1..=length)
            .map(|seq| {
                let header = json!({
                    "seq": seq, "at": "2026-11-22T08:00:00.000Z", "event": "asked", "command": "queue_up",
                });
                let content = json!({ "request": { "contactPhoneNumber": format!("555010012{seq}") } });
                chain.seal(header.to_string(), content.to_string())
            })
            .collect()
    }

    fn first_broken(trail: &[Sealed]) -> Option<(u64, Difference)> {
        let mut chain = Chain::default();
        trail
            .iter()
            .find_map(|entry| chain.follow(entry).err())
            .map(|broken| (broken.seq, broken.difference))
    }

    #[test]
    fn a_chain_as_it_was_written_holds() {
        assert_eq!(first_broken(&trail(5)), None);
    }

    #[test]
    fn the_hashes_are_those_of_the_documented_lines() {
        let one = &trail(1)[0];
        let Content::Whole { salt, text } = &one.content else {
            panic!("it is whole");
        };
        let of = |text: String| hex(&Sha256::digest(text.as_bytes()));
        assert_eq!(one.digest, of(format!("{salt}\n{text}\n")));
        let zeros = "0".repeat(64);
        assert_eq!(
            one.hash,
            of(format!("{zeros}\n{}\n{}\n", one.header, one.digest))
        );
    }

    #[test]
    fn the_first_link_that_does_not_hold_is_named_with_what_differs() {
        type Tamper = fn(&mut Vec<Sealed>);
        let table: [(Tamper, (u64, Difference)); 9] = [
            (
                |trail| trail[2].header = trail[2].header.replace("queue_up", "clock_in"),
                (3, Difference::Link),
            ),
            (
                |trail| trail[2].header = trail[2].header.replace(r#""seq":3"#, r#""seq":8"#),
                (3, Difference::Number),
            ),
            (
                |trail| trail[2].content = trail[1].content.clone(),
                (3, Difference::Content),
            ),
            (
                |trail| trail[2].digest = trail[1].digest.clone(),
                (3, Difference::Content),
            ),
            (
                |trail| trail[2].hash = trail[1].hash.clone(),
                (3, Difference::Link),
            ),
            (|trail| trail.swap(1, 2), (2, Difference::Number)),
            (|trail| drop(trail.remove(2)), (3, Difference::Number)),
            (|trail| trail[2].header.clear(), (3, Difference::Unreadable)),
            (
                // Whoever changes an entry and its hash breaks the next one.
                |trail| {
                    trail[2].header = trail[2].header.replace("queue_up", "clock_in");
                    trail[2].hash = hash_of(&trail[1].hash, &trail[2].header, &trail[2].digest);
                },
                (4, Difference::Link),
            ),
        ];
        for (number, (tamper, expected)) in table.into_iter().enumerate() {
            let mut trail = trail(5);
            tamper(&mut trail);
            assert_eq!(first_broken(&trail), Some(expected), "{number}");
        }
    }

    #[test]
    fn forgetting_a_content_leaves_the_chain_whole_and_its_digest_still_counts() {
        let mut trail = trail(3);
        trail[1].content = Content::Forgotten;
        assert_eq!(first_broken(&trail), None);
        trail[1].digest = trail[0].digest.clone();
        assert_eq!(first_broken(&trail), Some((2, Difference::Link)));
    }

    #[test]
    fn the_same_content_has_another_digest_every_time() {
        let seal = || {
            Chain::default()
                .seal("{}".to_owned(), "{}".to_owned())
                .digest
        };
        assert_ne!(seal(), seal());
    }

    proptest! {
        #[test]
        fn no_letter_can_be_changed_unnoticed(entry in 0_usize..4, part in 0_usize..5, at in any::<prop::sample::Index>()) {
            let mut trail = trail(4);
            let sealed = &mut trail[entry];
            let Content::Whole { salt, text } = &mut sealed.content else { unreachable!() };
            let parts = [&mut sealed.header, &mut sealed.digest, &mut sealed.hash, salt, text];
            let part = &mut *parts[part];
            let at = at.index(part.len());
            let old = part.as_bytes()[at];
            let new = if old == b'7' { "3" } else { "7" };
            part.replace_range(at..=at, new);
            let (seq, _) = first_broken(&trail).unwrap();
            prop_assert_eq!(seq, entry as u64 + 1);
        }
    }
}
