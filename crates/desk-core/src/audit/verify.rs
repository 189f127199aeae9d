//! Verifying an exported trail: a file tells by itself whether any of it was changed, moved, taken out or cut off since it
//! was written. It can't tell whether somebody with the desk in their hands wrote all of it anew.

use std::{fs, io, path::Path};

use super::{
    chain::{Broken, Chain, Content, Difference},
    csv, json_lines,
    line::{FORMAT, Line, NoLine, SCHEMA},
};
use crate::{
    messages,
    text::{self, Text},
};

/// The largest file that is looked at.
const LIMIT: u64 = 1 << 30;

/// What a file is found to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// An export whose chain holds.
    Whole(Whole),
    /// An export whose chain does not.
    Broken {
        /// The line in the file.
        line: u64,
        /// The first link that does not hold.
        broken: Broken,
    },
    /// Nothing that could be verified.
    NoExport(NoExport),
}

/// A chain that holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Whole {
    /// How many entries it has.
    pub entries: u64,
    /// How many of them have been forgotten.
    pub forgotten: u64,
    /// How many of them have their content elsewhere.
    pub withheld: u64,
}

/// Why a file is nothing that could be verified.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoExport {
    /// It can't be read.
    Unreadable(String),
    /// There is nothing in it.
    Empty,
    /// It is not text, or something else.
    Else,
    /// A newer version wrote it.
    Newer,
}

impl Whole {
    /// Counts an entry.
    pub fn count(&mut self, content: &Content) {
        self.entries += 1;
        match content {
            Content::Whole { .. } => {}
            Content::Forgotten => self.forgotten += 1,
            Content::Withheld => self.withheld += 1,
        }
    }

    /// The same in words.
    pub fn message(&self) -> Text {
        messages::audit_whole(
            count(self.entries),
            count(self.forgotten),
            count(self.withheld),
        )
    }
}

impl Verdict {
    /// The same in words.
    pub fn message(&self) -> Text {
        match self {
            Self::Whole(whole) => whole.message(),
            Self::Broken { line, broken } => messages::audit_broken_in_file(
                count(*line),
                count(broken.seq),
                broken.difference.word(),
            ),
            Self::NoExport(NoExport::Unreadable(reason)) => {
                messages::audit_file_unreadable(reason.as_str())
            }
            Self::NoExport(NoExport::Empty) => messages::audit_file_empty(),
            Self::NoExport(NoExport::Else) => messages::audit_file_else(),
            Self::NoExport(NoExport::Newer) => messages::audit_file_newer(),
        }
    }

    /// What a program that was asked ends with: 0 whole, 1 broken, 2 nothing to verify.
    pub fn exit_code(&self) -> u8 {
        match self {
            Self::Whole(_) => 0,
            Self::Broken { .. } => 1,
            Self::NoExport(_) => 2,
        }
    }
}

/// Verifies a file, and says so in words for whoever ran the program.
pub fn file(path: &Path) -> (String, u8) {
    let verdict = verdict_on(path);
    (text::format(&verdict.message()), verdict.exit_code())
}

fn verdict_on(path: &Path) -> Verdict {
    let read = || {
        if fs::metadata(path)?.len() > LIMIT {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        fs::read(path)
    };
    match read() {
        Ok(bytes) => match str::from_utf8(&bytes) {
            Ok(text) => verdict(text),
            Err(_) => Verdict::NoExport(NoExport::Else),
        },
        Err(failure) => Verdict::NoExport(NoExport::Unreadable(failure.to_string())),
    }
}

/// Verifies the text of a file.
pub fn verdict(text: &str) -> Verdict {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    match text.trim_start().chars().next() {
        None => Verdict::NoExport(NoExport::Empty),
        Some('{') => follow(json_lines_of(text)),
        Some(_) => {
            let mut rows = ::csv::ReaderBuilder::new()
                .flexible(true)
                .from_reader(text.as_bytes());
            match rows.headers() {
                Ok(columns) if columns.iter().eq(csv::COLUMNS) => {
                    follow(csv_lines_of(&mut rows, text))
                }
                _ => Verdict::NoExport(NoExport::Else),
            }
        }
    }
}

/// A line of a file, with its number.
type Numbered = (u64, Result<Line, NoLine>);

fn json_lines_of(text: &str) -> impl Iterator<Item = Numbered> {
    (1..)
        .zip(text.lines())
        .filter(|(_, line)| !line.trim().is_empty())
        .map(|(number, line)| (number, json_lines::read(line)))
}

fn csv_lines_of<'a>(
    rows: &'a mut ::csv::Reader<&'a [u8]>,
    text: &'a str,
) -> impl Iterator<Item = Numbered> + 'a {
    let (mut line, mut counted) = (1, 0);
    rows.records().map(move |row| {
        let Ok(row) = row else {
            return (line + 1, Err(NoLine));
        };
        // The reader begins a row between CR and LF, and counts lines by the one or the other.
        let at = row.position().map_or(counted, |position| {
            usize::try_from(position.byte()).unwrap_or(usize::MAX)
        });
        let between = text.get(counted..at).unwrap_or_default();
        let gap = text.get(at..).unwrap_or_default();
        let gap = &gap[..gap.len() - gap.trim_start_matches(['\r', '\n']).len()];
        line += breaks(between) + breaks(gap);
        counted = at + gap.len();
        (line, csv::read(row.iter()))
    })
}

fn breaks(text: &str) -> u64 {
    text.bytes().filter(|byte| *byte == b'\n').count() as u64
}

fn follow(mut lines: impl Iterator<Item = Numbered>) -> Verdict {
    let (mut chain, mut last_line) = match lines.next() {
        Some((number, Ok(Line::Start(start)))) if start.format == FORMAT => {
            if start.schema > SCHEMA {
                return Verdict::NoExport(NoExport::Newer);
            }
            let chain = Chain {
                seq: start.seq,
                hash: start.hash,
            };
            (chain, number)
        }
        _ => return Verdict::NoExport(NoExport::Else),
    };
    let mut whole = Whole::default();
    let mut ended = false;
    for (line, read) in lines {
        let broken = |difference, seq| Verdict::Broken {
            line,
            broken: Broken { seq, difference },
        };
        let next = chain.seq + 1;
        last_line = line;
        match read {
            _ if ended => return broken(Difference::AfterClosing, chain.seq),
            Ok(Line::Entry(entry)) => {
                if let Err(broken) = chain.follow(&entry) {
                    return Verdict::Broken { line, broken };
                }
                whole.count(&entry.content);
            }
            Ok(Line::End(end)) => {
                ended = true;
                let told = (end.count, end.seq, end.hash.as_str());
                if told != (whole.entries, chain.seq, chain.hash.as_str()) {
                    return broken(Difference::Closing, chain.seq);
                }
            }
            Ok(Line::Start(_)) | Err(NoLine) => return broken(Difference::Unreadable, next),
        }
    }
    if ended {
        Verdict::Whole(whole)
    } else {
        Verdict::Broken {
            line: last_line,
            broken: Broken {
                seq: chain.seq,
                difference: Difference::CutOff,
            },
        }
    }
}

pub(crate) fn count(number: u64) -> i32 {
    i32::try_from(number).unwrap_or(i32::MAX)
}

#[cfg(test)]
#[path = "verify_tests.rs"]
mod tests;
