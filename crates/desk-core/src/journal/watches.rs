//! Watches in the journal: one row each, with what it says of itself as one document. What stands in it is known in
//! [`crate::watches`].

use chrono::NaiveDate;
use rusqlite::{Row, named_params};
use serde_json::Value;
use uuid::Uuid;

use super::{
    Journal,
    fault::Fault,
    rows::{json, parsed},
    store::Store,
};
use crate::{error::Error, profiles::ProfileId};

/// A watch as a row.
#[derive(Clone, Debug, PartialEq)]
pub struct WatchRow {
    /// Its id.
    pub id: Uuid,
    /// The organisation it is for.
    pub profile: ProfileId,
    /// The last day that is watched.
    pub until: NaiveDate,
    /// What it says of itself.
    pub body: Value,
}

impl Store {
    fn put_watch(&mut self, row: &WatchRow) -> Result<(), Fault> {
        self.sqlite.execute(
            "INSERT INTO watches (id, profile, until, body) VALUES (:id, :profile, :until, :body)
             ON CONFLICT (id) DO UPDATE SET until = :until, body = :body",
            named_params! {
                ":id": row.id.to_string(), ":profile": row.profile.to_string(),
                ":until": row.until.to_string(), ":body": row.body.to_string(),
            },
        )?;
        Ok(())
    }

    fn watches(&self, profile: ProfileId) -> Result<Vec<WatchRow>, Fault> {
        let mut query = self
            .sqlite
            .prepare("SELECT * FROM watches WHERE profile = ? ORDER BY until, rowid")?;
        let rows = query.query_map([profile.to_string()], read)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    fn drop_watch(&mut self, id: Uuid) -> Result<(), Fault> {
        self.sqlite
            .execute("DELETE FROM watches WHERE id = ?", [id.to_string()])?;
        Ok(())
    }
}

fn read(row: &Row<'_>) -> rusqlite::Result<WatchRow> {
    Ok(WatchRow {
        id: parsed(row, "id")?,
        profile: parsed(row, "profile")?,
        until: parsed(row, "until")?,
        body: json(row, "body")?,
    })
}

impl Journal {
    /// Writes a watch down as it stands.
    pub async fn put_watch(&self, row: WatchRow) -> Result<(), Error> {
        self.run(move |store| store.put_watch(&row)).await
    }

    /// The watches of an organisation, the first to end first.
    pub async fn watches(&self, profile: ProfileId) -> Result<Vec<WatchRow>, Error> {
        self.run(move |store| store.watches(profile)).await
    }

    /// Lets a watch go; one that is not there is as good.
    pub async fn drop_watch(&self, id: Uuid) -> Result<(), Error> {
        self.run(move |store| store.drop_watch(id)).await
    }
}
