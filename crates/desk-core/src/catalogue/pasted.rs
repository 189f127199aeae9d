//! Ids out of pasted text: one per line, a list, or addresses copied from a browser. Only finds them; whether a
//! service with such an id exists is for Cubu to say.

use std::collections::HashSet;

use cubu_s2s::ServiceId;

/// The most ids that are looked at in one go.
pub const MOST: usize = 50;

/// What a piece of pasted text holds.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Piece {
    /// An id.
    Id(ServiceId),
    /// A line without any id in it.
    NoId(String),
}

/// The pieces of pasted text, each id once, in order.
pub fn pieces(text: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    // Somebody may paste a whole file: each line must not cost a look at all the others.
    let mut known = HashSet::new();
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let ids: Vec<_> = line
            .split(|letter: char| !letter.is_ascii_hexdigit() && letter != '-')
            .filter(|word| word.len() == 36)
            .filter_map(|word| word.parse().ok())
            .map(Piece::Id)
            .collect();
        let found = if ids.is_empty() {
            vec![Piece::NoId(line.chars().take(60).collect())]
        } else {
            ids
        };
        for piece in found {
            if known.insert(piece.clone()) {
                pieces.push(piece);
            }
        }
    }
    pieces
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn ids_are_found_in_lines_lists_and_addresses_each_once() {
        let one = "5b0d6c1e-7777-4a6e-9d10-000000000001";
        let two = "5b0d6c1e-7777-4a6e-9d10-000000000002";
        let text = format!(
            "{one}\n\n  {two}, {{{one}}}\nhttps://example.org/services/{two}/edit?x=1\nLicences\n"
        );
        assert_eq!(
            pieces(&text),
            [
                Piece::Id(one.parse().unwrap()),
                Piece::Id(two.parse().unwrap()),
                Piece::NoId("Licences".to_owned())
            ]
        );
    }

    proptest! {
        #[test]
        fn no_pasted_text_makes_it_panic(text in "\\PC*") {
            let _ = pieces(&text);
        }
    }
}
