//! An export as CSV (RFC 4180) for spreadsheets: a cell for each field of the header, the content as JSON in one cell.
//!
//! A spreadsheet takes a cell that begins with `=`, `+`, `-` or `@` for a formula. Such a cell gets an apostrophe in front,
//! and so does one that begins with an apostrophe: reading takes one away, and what was hashed is there again.

use std::{fmt::Display, str::FromStr};

use serde::Deserialize;

use super::{
    chain::{Content, Sealed},
    entry::Header,
    line::{End, FORMAT, Line, NoLine, Start},
};

/// What the first row says, and the order of the cells of all others.
pub const COLUMNS: [&str; 21] = [
    "line",
    "seq",
    "at",
    "event",
    "command",
    "intent",
    "profile",
    "organization",
    "user",
    "agent",
    "agentName",
    "reason",
    "status",
    "errorNumber",
    "requestId",
    "state",
    "content",
    "salt",
    "digest",
    "hash",
    "count",
];

const ENTRY: &str = "entry";
const END: &str = "end";
const WHOLE: &str = "whole";
const FORGOTTEN: &str = "forgotten";
const WITHHELD: &str = "withheld";

/// One row.
pub type Row = [String; COLUMNS.len()];

/// A line as a row.
pub fn write(line: Line) -> serde_json::Result<Row> {
    let mut row = Row::default();
    let mut put = |column: &str, text: String| {
        let at = COLUMNS.iter().position(|name| *name == column);
        if let Some(cell) = at.and_then(|at| row.get_mut(at)) {
            *cell = harmless(text);
        }
    };
    match line {
        Line::Start(start) => {
            put("line", format!("{}/{}", start.format, start.schema));
            put("seq", start.seq.to_string());
            put("hash", start.hash);
        }
        Line::End(end) => {
            put("line", END.to_owned());
            put("seq", end.seq.to_string());
            put("hash", end.hash);
            put("count", end.count.to_string());
        }
        Line::Entry(entry) => {
            let header: Header = serde_json::from_str(&entry.header)?;
            put("line", ENTRY.to_owned());
            put("seq", header.seq.to_string());
            put("at", header.at);
            put("event", header.event);
            put("command", header.command);
            put("intent", cell(header.intent.map(|intent| intent.0)));
            put("profile", cell(header.profile));
            put("organization", cell(header.organization));
            put("user", cell(header.user));
            put("agent", cell(header.agent));
            put("agentName", cell(header.agent_name));
            put("reason", cell(header.reason));
            put("status", cell(header.status));
            put("errorNumber", cell(header.error_number));
            put("requestId", cell(header.request_id));
            put("digest", entry.digest);
            put("hash", entry.hash);
            match entry.content {
                Content::Whole { salt, text } => {
                    put("state", WHOLE.to_owned());
                    put("salt", salt);
                    put("content", text);
                }
                Content::Forgotten => put("state", FORGOTTEN.to_owned()),
                Content::Withheld => put("state", WITHHELD.to_owned()),
            }
        }
    }
    Ok(row)
}

/// Reads the cells of a row.
pub fn read<'a>(cells: impl Iterator<Item = &'a str>) -> Result<Line, NoLine> {
    let cells: Vec<&str> = cells.map(plain).collect();
    if cells.len() != COLUMNS.len() {
        return Err(NoLine);
    }
    let get = |column: &str| {
        let at = COLUMNS.iter().position(|name| *name == column);
        at.and_then(|at| cells.get(at)).copied().unwrap_or_default()
    };
    let used = |columns: &[&str]| {
        COLUMNS
            .iter()
            .all(|column| columns.contains(column) || get(column).is_empty())
    };
    match get("line") {
        ENTRY if get("count").is_empty() => {}
        END if used(&["line", "seq", "hash", "count"]) => {
            return Ok(Line::End(End {
                count: number(get("count"))?,
                seq: number(get("seq"))?,
                hash: get("hash").to_owned(),
            }));
        }
        first if used(&["line", "seq", "hash"]) => {
            let schema = first
                .strip_prefix(FORMAT)
                .and_then(|rest| rest.strip_prefix('/'))
                .ok_or(NoLine)?;
            return Ok(Line::Start(Start {
                format: FORMAT.to_owned(),
                schema: number(schema)?,
                seq: number(get("seq"))?,
                hash: get("hash").to_owned(),
            }));
        }
        _ => return Err(NoLine),
    }
    let text = |column| optional::<String>(get(column));
    let header = Header {
        seq: number(get("seq"))?,
        at: get("at").to_owned(),
        event: get("event").to_owned(),
        command: get("command").to_owned(),
        intent: id(get("intent"))?,
        profile: id(get("profile"))?,
        organization: text("organization")?,
        user: text("user")?,
        agent: id(get("agent"))?,
        agent_name: text("agentName")?,
        reason: text("reason")?,
        status: optional(get("status"))?,
        error_number: optional(get("errorNumber"))?,
        request_id: text("requestId")?,
    };
    let content = match (get("state"), get("salt"), get("content")) {
        (WHOLE, salt, content) => Content::Whole {
            salt: salt.to_owned(),
            text: content.to_owned(),
        },
        (FORGOTTEN, "", "") => Content::Forgotten,
        (WITHHELD, "", "") => Content::Withheld,
        _ => return Err(NoLine),
    };
    Ok(Line::Entry(Sealed {
        header: serde_json::to_string(&header).map_err(|_| NoLine)?,
        digest: get("digest").to_owned(),
        hash: get("hash").to_owned(),
        content,
    }))
}

fn cell(value: Option<impl Display>) -> String {
    value.map(|value| value.to_string()).unwrap_or_default()
}

fn number<T: FromStr>(text: &str) -> Result<T, NoLine> {
    text.parse().map_err(|_| NoLine)
}

fn optional<T: FromStr>(text: &str) -> Result<Option<T>, NoLine> {
    if text.is_empty() {
        return Ok(None);
    }
    number(text).map(Some)
}

fn id<T: for<'de> Deserialize<'de>>(text: &str) -> Result<Option<T>, NoLine> {
    if text.is_empty() {
        return Ok(None);
    }
    let text = serde_json::Value::from(text);
    T::deserialize(text).map(Some).map_err(|_| NoLine)
}

/// Whether a spreadsheet would make something else of a cell.
fn is_risky(text: &str) -> bool {
    text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '\''])
}

fn harmless(text: String) -> String {
    if is_risky(&text) {
        format!("'{text}")
    } else {
        text
    }
}

fn plain(text: &str) -> &str {
    text.strip_prefix('\'').unwrap_or(text)
}
