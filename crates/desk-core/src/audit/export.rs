//! Writing the trail into a file that proves itself. An export always holds every entry's header and hash; with a filter
//! the contents of the others are left out, so that a part can be handed on and the whole still be verified.

use std::io::{self, Write};

use serde::Deserialize;
use ts_rs::TS;

use super::{
    chain::{Chain, Content, Sealed},
    csv, json_lines,
    line::{End, FORMAT, Line, SCHEMA, Start},
};

/// What an export is written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(rename = "AuditFormat")]
pub enum Format {
    /// Comma-separated values, for spreadsheets.
    Csv,
    /// A JSON object a line, for programs.
    JsonLines,
}

impl Format {
    /// The name to suggest for a file.
    pub fn file_name(self) -> &'static str {
        match self {
            Self::Csv => "audit-trail.csv",
            Self::JsonLines => "audit-trail.jsonl",
        }
    }
}

/// An export being written.
pub struct Export<W: Write> {
    out: Out<W>,
    count: u64,
    last: Chain,
}

enum Out<W: Write> {
    Csv(Box<::csv::Writer<W>>),
    JsonLines(W),
}

impl<W: Write> Export<W> {
    /// Begins an export of what follows `after`.
    pub fn begin(format: Format, after: Chain, mut out: W) -> io::Result<Self> {
        let out = match format {
            Format::Csv => {
                // Without it spreadsheets take UTF-8 for something older, and Hebrew for gibberish.
                out.write_all("\u{feff}".as_bytes())?;
                let mut rows = ::csv::WriterBuilder::new()
                    .terminator(::csv::Terminator::CRLF)
                    .from_writer(out);
                rows.write_record(csv::COLUMNS)?;
                Out::Csv(Box::new(rows))
            }
            Format::JsonLines => Out::JsonLines(out),
        };
        let start = Start {
            format: FORMAT.to_owned(),
            schema: SCHEMA,
            seq: after.seq,
            hash: after.hash.clone(),
        };
        let mut export = Self {
            out,
            count: 0,
            last: after,
        };
        export.line(Line::Start(start))?;
        Ok(export)
    }

    /// Adds the next entry, with its content or without.
    pub fn entry(&mut self, mut entry: Sealed, with_content: bool) -> io::Result<()> {
        if !with_content && matches!(entry.content, Content::Whole { .. }) {
            entry.content = Content::Withheld;
        }
        self.count += 1;
        self.last.seq += 1;
        self.last.hash.clone_from(&entry.hash);
        self.line(Line::Entry(entry))
    }

    /// Ends it with the line that tells how it ends.
    pub fn end(mut self) -> io::Result<()> {
        let end = End {
            count: self.count,
            seq: self.last.seq,
            hash: self.last.hash.clone(),
        };
        self.line(Line::End(end))?;
        match self.out {
            Out::Csv(mut rows) => rows.flush(),
            Out::JsonLines(mut out) => out.flush(),
        }
    }

    fn line(&mut self, line: Line) -> io::Result<()> {
        match &mut self.out {
            Out::Csv(rows) => Ok(rows.write_record(csv::write(line)?)?),
            Out::JsonLines(out) => writeln!(out, "{}", json_lines::write(line)?),
        }
    }
}
