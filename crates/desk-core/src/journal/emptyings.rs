//! Calendar-days that are being emptied, with the bookings that stood in them: one row for each booking, so that a customer
//! can be forgotten without the rest. What stands in a row is known in [`crate::emptying`].

use chrono::{DateTime, NaiveDate, Utc};
use cubu_s2s::{CaseId, CuIndex, ServiceId};
use rusqlite::{Row, named_params, params};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use ts_rs::TS;

use super::{
    Journal,
    fault::Fault,
    rows::{json, parsed},
    store::Store,
};
use crate::{error::Error, profiles::ProfileId};

/// A calendar on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CalendarDay {
    /// The service.
    pub service_id: ServiceId,
    /// The day.
    #[ts(type = "string")]
    pub date: NaiveDate,
    /// The calendar.
    pub cu_index: CuIndex,
}

/// A calendar-day that is being emptied, as a row.
#[derive(Clone, Debug, PartialEq)]
pub struct Worklist {
    /// Which one.
    pub at: CalendarDay,
    /// When that was begun.
    pub begun_at: DateTime<Utc>,
    /// Somebody has said that it is done.
    pub is_over: bool,
    /// What is said of it.
    pub body: Value,
    /// Its bookings.
    pub rows: Vec<EmptyingRow>,
}

/// A booking in it, as a row.
#[derive(Clone, Debug, PartialEq)]
pub struct EmptyingRow {
    /// Its case.
    pub case: CaseId,
    /// What is said of it.
    pub body: Value,
}

impl Store {
    /// Writes a calendar-day down, with its bookings in place of those it had.
    fn put_worklist(&mut self, profile: ProfileId, list: &Worklist) -> Result<(), Fault> {
        let change = self.sqlite.transaction()?;
        let (service, date) = (list.at.service_id.to_string(), list.at.date.to_string());
        change.execute(
            "INSERT INTO emptyings (profile, service, date, cu_index, begun_at, is_over, body)
             VALUES (:profile, :service, :date, :cu_index, :begun_at, :is_over, :body)
             ON CONFLICT (profile, service, date, cu_index)
             DO UPDATE SET is_over = :is_over, body = :body",
            named_params! {
                ":profile": profile.to_string(), ":service": service, ":date": date,
                ":cu_index": list.at.cu_index.0, ":begun_at": list.begun_at.to_rfc3339(),
                ":is_over": list.is_over, ":body": list.body.to_string(),
            },
        )?;
        let here = params![profile.to_string(), service, date, list.at.cu_index.0];
        change.execute(
            "DELETE FROM emptied WHERE profile = ? AND service = ? AND date = ? AND cu_index = ?",
            here,
        )?;
        let mut insert = change.prepare(
            "INSERT INTO emptied (profile, service, date, cu_index, case_id, body)
             VALUES (?, ?, ?, ?, ?, ?)",
        )?;
        for row in &list.rows {
            let (case, body) = (row.case.to_string(), row.body.to_string());
            let (profile, cu_index) = (profile.to_string(), list.at.cu_index.0);
            insert.execute(params![profile, service, date, cu_index, case, body])?;
        }
        drop(insert);
        Ok(change.commit()?)
    }

    fn worklists(&self, profile: ProfileId) -> Result<Vec<Worklist>, Fault> {
        let mut query = self.sqlite.prepare(
            "SELECT * FROM emptyings WHERE profile = ? ORDER BY is_over, begun_at DESC, rowid DESC",
        )?;
        let heads = query.query_map([profile.to_string()], read)?;
        let mut rows = self.sqlite.prepare(
            "SELECT case_id, body FROM emptied
             WHERE profile = ? AND service = ? AND date = ? AND cu_index = ? ORDER BY rowid",
        )?;
        let mut lists = Vec::new();
        for head in heads {
            let mut list = head?;
            let (service, date) = (list.at.service_id.to_string(), list.at.date.to_string());
            let here = params![profile.to_string(), service, date, list.at.cu_index.0];
            list.rows = rows
                .query_map(here, |row| {
                    Ok(EmptyingRow {
                        case: parsed(row, "case_id")?,
                        body: json(row, "body")?,
                    })
                })?
                .collect::<Result<_, _>>()?;
            lists.push(list);
        }
        Ok(lists)
    }
}

fn read(row: &Row<'_>) -> rusqlite::Result<Worklist> {
    Ok(Worklist {
        at: CalendarDay {
            service_id: parsed(row, "service")?,
            date: parsed(row, "date")?,
            cu_index: CuIndex(row.get("cu_index")?),
        },
        begun_at: parsed(row, "begun_at")?,
        is_over: row.get("is_over")?,
        body: json(row, "body")?,
        rows: Vec::new(),
    })
}

impl Journal {
    /// Writes a calendar-day that is being emptied down, as it stands.
    pub async fn put_worklist(&self, profile: ProfileId, list: Worklist) -> Result<(), Error> {
        self.run(move |store| store.put_worklist(profile, &list))
            .await
    }

    /// The calendar-days of an organisation that are being emptied, and then those that were; the latest first.
    pub async fn worklists(&self, profile: ProfileId) -> Result<Vec<Worklist>, Error> {
        self.run(move |store| store.worklists(profile)).await
    }
}
