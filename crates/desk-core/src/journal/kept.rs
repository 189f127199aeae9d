//! Papers kept with the journal, because they hold personal data and must survive a crash: drafts of forms, the last known
//! days. One JSON document for each name, encrypted with the rest; what stands in them is not known here.

use chrono::{DateTime, Utc};
use rusqlite::{OptionalExtension, Row, named_params, params};
use serde_json::Value;

use super::{
    fault::Fault,
    rows::{json, parsed},
    store::Store,
};
use crate::profiles::ProfileId;

/// What a kept paper is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A form that is being filled in.
    Draft,
    /// A day as it was last read.
    Day,
}

impl Kind {
    fn word(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Day => "day",
        }
    }
}

/// A kept paper.
#[derive(Clone, Debug, PartialEq)]
pub struct Kept {
    /// Its name among those of its kind.
    pub name: String,
    /// What stands in it.
    pub content: Value,
    /// When it was last kept.
    pub kept_at: DateTime<Utc>,
}

impl Store {
    /// Keeps a paper in place of the one of its name.
    pub fn keep(&mut self, profile: ProfileId, kind: Kind, paper: &Kept) -> Result<(), Fault> {
        self.sqlite.execute(
            "INSERT INTO kept (profile, kind, name, content, kept_at)
             VALUES (:profile, :kind, :name, :content, :kept_at)
             ON CONFLICT (profile, kind, name) DO UPDATE SET content = :content, kept_at = :kept_at",
            named_params! {
                ":profile": profile.to_string(),
                ":kind": kind.word(),
                ":name": paper.name,
                ":content": paper.content.to_string(),
                ":kept_at": paper.kept_at.to_rfc3339(),
            },
        )?;
        Ok(())
    }

    /// The papers of a kind, the last kept first.
    pub fn kept(&self, profile: ProfileId, kind: Kind) -> Result<Vec<Kept>, Fault> {
        let mut query = self.sqlite.prepare(
            "SELECT * FROM kept WHERE profile = ? AND kind = ? ORDER BY kept_at DESC, rowid DESC",
        )?;
        let rows = query.query_map(params![profile.to_string(), kind.word()], read)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The names of the papers of a kind, with when each was kept.
    pub fn kept_names(
        &self,
        profile: ProfileId,
        kind: Kind,
    ) -> Result<Vec<(String, DateTime<Utc>)>, Fault> {
        let mut query = self
            .sqlite
            .prepare("SELECT name, kept_at FROM kept WHERE profile = ? AND kind = ?")?;
        let rows = query.query_map(params![profile.to_string(), kind.word()], |row| {
            Ok((row.get("name")?, parsed(row, "kept_at")?))
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// One paper.
    pub fn kept_as(
        &self,
        profile: ProfileId,
        kind: Kind,
        name: &str,
    ) -> Result<Option<Kept>, Fault> {
        Ok(self
            .sqlite
            .query_row(
                "SELECT * FROM kept WHERE profile = ? AND kind = ? AND name = ?",
                params![profile.to_string(), kind.word(), name],
                read,
            )
            .optional()?)
    }

    /// Lets a paper go; one that is not there is as good.
    pub fn let_go(&mut self, profile: ProfileId, kind: Kind, name: &str) -> Result<(), Fault> {
        self.sqlite.execute(
            "DELETE FROM kept WHERE profile = ? AND kind = ? AND name = ?",
            params![profile.to_string(), kind.word(), name],
        )?;
        Ok(())
    }

    /// Lets go of all but the last kept papers of a kind.
    pub fn keep_only(&mut self, profile: ProfileId, kind: Kind, most: u32) -> Result<(), Fault> {
        self.sqlite.execute(
            "DELETE FROM kept WHERE profile = :profile AND kind = :kind AND rowid NOT IN (
                SELECT rowid FROM kept WHERE profile = :profile AND kind = :kind
                ORDER BY kept_at DESC, rowid DESC LIMIT :most)",
            named_params! {
                ":profile": profile.to_string(), ":kind": kind.word(), ":most": most,
            },
        )?;
        Ok(())
    }
}

fn read(row: &Row<'_>) -> rusqlite::Result<Kept> {
    Ok(Kept {
        name: row.get("name")?,
        content: json(row, "content")?,
        kept_at: parsed(row, "kept_at")?,
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn paper(name: &str, second: u32, content: Value) -> Kept {
        Kept {
            name: name.to_owned(),
            content,
            kept_at: format!("2026-11-22T08:00:{second:02}Z").parse().unwrap(),
        }
    }

    fn names(papers: &[Kept]) -> Vec<&str> {
        papers.iter().map(|paper| paper.name.as_str()).collect()
    }

    #[test]
    fn a_paper_takes_the_place_of_the_one_of_its_name() {
        let mut store = Store::in_memory().unwrap();
        let (here, elsewhere) = (ProfileId::fresh(), ProfileId::fresh());
        let (older, newer) = (
            paper("a", 1, json!({"n": 1})),
            paper("a", 2, json!({"n": 2})),
        );
        store.keep(here, Kind::Draft, &older).unwrap();
        store.keep(here, Kind::Draft, &newer).unwrap();
        assert_eq!(
            store.kept(here, Kind::Draft).unwrap(),
            std::slice::from_ref(&newer)
        );
        assert_eq!(store.kept_as(here, Kind::Draft, "a").unwrap(), Some(newer));
        assert!(store.kept(here, Kind::Day).unwrap().is_empty());
        assert!(store.kept(elsewhere, Kind::Draft).unwrap().is_empty());
        store.let_go(here, Kind::Draft, "a").unwrap();
        store.let_go(here, Kind::Draft, "a").unwrap();
        assert!(store.kept(here, Kind::Draft).unwrap().is_empty());
    }

    #[test]
    fn only_the_last_kept_stay() {
        let mut store = Store::in_memory().unwrap();
        let here = ProfileId::fresh();
        for (second, name) in ["a", "b", "c"].into_iter().enumerate() {
            let paper = paper(name, u32::try_from(second).unwrap(), json!({}));
            store.keep(here, Kind::Day, &paper).unwrap();
        }
        store.keep_only(here, Kind::Day, 2).unwrap();
        assert_eq!(names(&store.kept(here, Kind::Day).unwrap()), ["c", "b"]);
    }
}
