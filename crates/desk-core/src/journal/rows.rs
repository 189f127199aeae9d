//! Rows of the journal as what they mean. A damaged file can hold anything: what makes no sense is an error of its column.

use rusqlite::{
    Row,
    types::{FromSql, Type},
};
use serde::de::DeserializeOwned;

use super::intent::{Intent, IntentId, State};

/// An intent.
pub(super) fn intent(row: &Row<'_>) -> rusqlite::Result<Intent> {
    let word: String = row.get("state")?;
    Ok(Intent {
        id: IntentId(parsed(row, "id")?),
        profile: parsed(row, "profile")?,
        command: row.get("command")?,
        request: json(row, "request")?,
        asked_at: parsed(row, "asked_at")?,
        note: row.get("note")?,
        os_user: row.get("os_user")?,
        agent: optional(row, "agent", parsed)?,
        agent_name: row.get("agent_name")?,
        organization: row.get("organization")?,
        state: State::of_word(&word).ok_or_else(|| unreadable("state"))?,
        sent_at: optional(row, "sent_at", parsed)?,
        basis: optional(row, "basis", json)?,
        answer: optional(row, "answer", json)?,
        refusal: row.get("refusal")?,
        needs_eyes: row.get("needs_eyes")?,
        told: row.get("told")?,
    })
}

/// A text that means something.
pub(super) fn parsed<T: std::str::FromStr>(row: &Row<'_>, column: &str) -> rusqlite::Result<T> {
    let text: String = row.get(column)?;
    text.parse().map_err(|_| unreadable(column))
}

/// A text that holds JSON.
pub(super) fn json<T: DeserializeOwned>(row: &Row<'_>, column: &str) -> rusqlite::Result<T> {
    let text: String = row.get(column)?;
    serde_json::from_str(&text).map_err(|_| unreadable(column))
}

fn optional<T>(
    row: &Row<'_>,
    column: &str,
    read: impl FnOnce(&Row<'_>, &str) -> rusqlite::Result<T>,
) -> rusqlite::Result<Option<T>> {
    if Option::<String>::column_result(row.get_ref(column)?)?.is_none() {
        return Ok(None);
    }
    read(row, column).map(Some)
}

fn unreadable(column: &str) -> rusqlite::Error {
    rusqlite::Error::InvalidColumnType(0, column.to_owned(), Type::Text)
}
