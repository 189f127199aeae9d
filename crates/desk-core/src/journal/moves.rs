//! Moves in the journal: one row each, with what the move says of itself as one document. What stands in it is known in
//! [`crate::moves`].

use chrono::{DateTime, Utc};
use cubu_s2s::CaseId;
use rusqlite::{OptionalExtension, Row, named_params, params};
use serde_json::Value;
use uuid::Uuid;

use super::{
    Journal,
    fault::Fault,
    rows::{json, parsed},
    store::Store,
};
use crate::{error::Error, profiles::ProfileId};

/// A move as a row.
#[derive(Clone, Debug, PartialEq)]
pub struct MoveRow {
    /// Its id.
    pub id: Uuid,
    /// The organisation it is for.
    pub profile: ProfileId,
    /// When it was asked for.
    pub asked_at: DateTime<Utc>,
    /// Nothing more is to be done.
    pub is_over: bool,
    /// Somebody has been told how it ended.
    pub told: bool,
    /// What it says of itself.
    pub body: Value,
}

impl Store {
    fn put_move(&mut self, row: &MoveRow) -> Result<(), Fault> {
        self.sqlite.execute(
            "INSERT INTO moves (id, profile, asked_at, is_over, told, body)
             VALUES (:id, :profile, :asked_at, :is_over, :told, :body)
             ON CONFLICT (id) DO UPDATE SET is_over = :is_over, told = :told, body = :body",
            named_params! {
                ":id": row.id.to_string(),
                ":profile": row.profile.to_string(),
                ":asked_at": row.asked_at.to_rfc3339(),
                ":is_over": row.is_over,
                ":told": row.told,
                ":body": row.body.to_string(),
            },
        )?;
        Ok(())
    }

    fn find_move(&self, id: Uuid) -> Result<Option<MoveRow>, Fault> {
        let query = "SELECT * FROM moves WHERE id = ?";
        Ok(self
            .sqlite
            .query_row(query, [id.to_string()], read)
            .optional()?)
    }

    fn moves_to_see_to(&self, profile: ProfileId) -> Result<Vec<MoveRow>, Fault> {
        let mut query = self.sqlite.prepare(
            "SELECT * FROM moves WHERE profile = ? AND (is_over = 0 OR told = 0)
             ORDER BY asked_at, rowid",
        )?;
        let rows = query.query_map([profile.to_string()], read)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The moves of every organisation that are not over, or whose end nobody has been told.
    pub(super) fn all_moves_to_see_to(&self) -> Result<Vec<MoveRow>, Fault> {
        let mut query = self.sqlite.prepare(
            "SELECT * FROM moves WHERE is_over = 0 OR told = 0 ORDER BY asked_at, rowid",
        )?;
        let rows = query.query_map([], read)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// What an appointment was booked with, if it was at this desk.
    fn booking_of(&self, profile: ProfileId, case: CaseId) -> Result<Option<Value>, Fault> {
        let query = "SELECT request FROM intents
             WHERE profile = ? AND command = 'book_appointment'
               AND json_extract(answer, '$.caseId') = ?
             ORDER BY asked_at DESC LIMIT 1";
        let found = params![profile.to_string(), case.to_string()];
        Ok(self
            .sqlite
            .query_row(query, found, |row| json(row, "request"))
            .optional()?)
    }
}

pub(super) fn read(row: &Row<'_>) -> rusqlite::Result<MoveRow> {
    Ok(MoveRow {
        id: parsed(row, "id")?,
        profile: parsed(row, "profile")?,
        asked_at: parsed(row, "asked_at")?,
        is_over: row.get("is_over")?,
        told: row.get("told")?,
        body: json(row, "body")?,
    })
}

impl Journal {
    /// Writes a move down as it stands.
    pub async fn put_move(&self, row: MoveRow) -> Result<(), Error> {
        self.run(move |store| store.put_move(&row)).await
    }

    /// A move.
    pub async fn find_move(&self, id: Uuid) -> Result<Option<MoveRow>, Error> {
        self.run(move |store| store.find_move(id)).await
    }

    /// The moves of an organisation that are not over, or whose end nobody has been told, oldest first.
    pub async fn moves_to_see_to(&self, profile: ProfileId) -> Result<Vec<MoveRow>, Error> {
        self.run(move |store| store.moves_to_see_to(profile)).await
    }

    /// What an appointment was booked with, if it was at this desk.
    pub async fn booking_of(
        &self,
        profile: ProfileId,
        case: CaseId,
    ) -> Result<Option<Value>, Error> {
        self.run(move |store| store.booking_of(profile, case)).await
    }
}
