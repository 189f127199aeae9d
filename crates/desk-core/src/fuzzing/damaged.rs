//! A journal with something in every table, whose cells can be damaged, and everything that reads them.

use std::ops::ControlFlow;

use chrono::{DateTime, NaiveDate, Utc};
use cubu_s2s::{CaseId, CuIndex, ServiceId};
use rusqlite::types::Value as Cell;
use serde_json::{Map, Value, json};
use uuid::Uuid;

use crate::{
    audit::Act,
    changes::{Before, lanes_of},
    emptying,
    error::Error,
    journal::{
        CalendarDay, EmptyingRow, Fault, Journal, Kept, Kind, MoveRow, Search, Store, WatchRow,
        Worklist,
        intent::{Intent, IntentId},
    },
    moves,
    profiles::ProfileId,
    watches,
};

const CASE: CaseId = CaseId(Uuid::from_u128(3));

/// A journal whose cells can be damaged.
pub struct Damaged {
    journal: Journal,
    intent: Intent,
    tables: Vec<Table>,
}

/// A table of the journal, as its schema has it: whoever adds one can't forget it here.
struct Table {
    name: String,
    columns: Vec<String>,
    rows: i64,
}

impl Damaged {
    /// A journal in memory that has lost its rules: a damaged file keeps none.
    pub async fn new(at: DateTime<Utc>) -> Result<Self, Error> {
        let journal = Journal::in_memory()?;
        let profile = ProfileId::fresh();
        let intent = Intent::new(IntentId::fresh(), profile, "queue_up", Value::Null, at);
        journal.add(&intent).await?;
        for kind in [Kind::Draft, Kind::Day] {
            let paper = Kept {
                name: "a".to_owned(),
                content: json!({ "phone": "5550100123" }),
                kept_at: at,
            };
            journal.keep(profile, kind, paper, 4).await?;
        }
        let row = MoveRow {
            id: Uuid::from_u128(1),
            profile,
            asked_at: at,
            is_over: false,
            told: false,
            body: json!({}),
        };
        journal.put_move(row).await?;
        let list = Worklist {
            at: CalendarDay {
                service_id: ServiceId(Uuid::from_u128(2)),
                date: NaiveDate::default(),
                cu_index: CuIndex(1),
            },
            begun_at: at,
            is_over: false,
            body: json!({}),
            rows: vec![EmptyingRow {
                case: CASE,
                body: json!({ "caseId": CASE, "startTime": 540, "state": "toDo", "hasChanged": false }),
            }],
        };
        journal.put_worklist(profile, list).await?;
        let came_from = CaseId(Uuid::from_u128(4));
        let day = at.date_naive();
        journal.came_from(profile, CASE, came_from, day).await?;
        let watch = WatchRow {
            id: Uuid::from_u128(5),
            profile,
            until: day,
            body: json!({
                "id": Uuid::from_u128(5), "askedAt": at, "wish": {
                    "wanted": [{ "serviceId": Uuid::from_u128(2), "serviceTypeId": Uuid::from_u128(6) }],
                    "before": { "date": day, "minute": 600 },
                },
                "seen": [], "knownDays": [], "hits": [],
            }),
        };
        journal.put_watch(watch).await?;
        let act = || Act {
            command: "save_profile",
            profile: Some((profile, "Vale Clinic".to_owned())),
            content: json!({ "before": 1 }),
        };
        journal.record(act()).await?;
        journal.record(act()).await?;
        let tables = journal.damage(|store| {
            let tables = names(store)?.into_iter();
            tables.map(|table| lose_rules(store, table)).collect()
        });
        let tables = tables.await?;
        Ok(Self {
            journal,
            intent,
            tables,
        })
    }

    /// The tables that nothing stands in, whose readers are therefore not tried.
    pub fn bare(&self) -> Vec<&str> {
        let bare = self.tables.iter().filter(|table| table.rows == 0);
        bare.map(|table| table.name.as_str()).collect()
    }

    /// Puts cells in place of the sound ones, those of each table under its name, and reads the journal as a start of the program
    /// and its screens do. How much there was, or that something can't be read.
    pub async fn read(&self, tables: &Map<String, Value>) -> Result<usize, Error> {
        let mut changes = String::new();
        let mut cells = Vec::new();
        for Table {
            name: table,
            columns,
            ..
        } in &self.tables
        {
            changes.push_str(&format!(
                "DELETE FROM {table}; INSERT INTO {table} SELECT * FROM sound_{table};"
            ));
            let damaged = tables.get(table).and_then(Value::as_object);
            for (name, value) in damaged.into_iter().flatten() {
                if columns.contains(name) {
                    let place = match value {
                        Value::Array(_) => "CAST(? AS TEXT)",
                        _ => "?",
                    };
                    let change = format!("UPDATE {table} SET \"{name}\" = {place}");
                    cells.push((change, cell(value)));
                }
            }
        }
        self.journal
            .damage(move |store| {
                store.sqlite().execute_batch(&changes)?;
                for (change, cell) in cells {
                    store.sqlite().execute(&change, [cell])?;
                }
                Ok(())
            })
            .await?;
        // Each by itself: one that can't be read must not keep the others from being tried.
        let found = [
            self.intents().await,
            self.papers().await,
            self.moves().await,
            self.emptyings().await,
            self.watches().await,
            self.trail().await,
            self.forget().await,
        ];
        found.into_iter().sum()
    }

    async fn intents(&self) -> Result<usize, Error> {
        let Intent { id, profile, .. } = self.intent;
        let found = self.journal.find(id).await;
        let listed = self.journal.to_see_to(profile).await?;
        let stranger = IntentId::fresh();
        self.journal
            .cases_of_others(profile, stranger, "queue_up")
            .await?;
        let outstanding = self.journal.outstanding().await?;
        for intent in found?.iter().chain(&listed).chain(&outstanding.intents) {
            lanes_of(intent);
            if let Some(basis) = intent.basis.clone() {
                let _: Result<Before, _> = serde_json::from_value(basis);
            }
        }
        Ok(listed.len())
    }

    async fn papers(&self) -> Result<usize, Error> {
        let profile = self.intent.profile;
        let drafts = self.journal.kept(profile, Kind::Draft).await;
        let days = self.journal.kept(profile, Kind::Day).await?;
        let one = self.journal.kept_as(profile, Kind::Day, "a".to_owned());
        one.await?;
        Ok(drafts?.len() + days.len())
    }

    async fn emptyings(&self) -> Result<usize, Error> {
        let lists = self.journal.worklists(self.intent.profile).await?;
        lists.into_iter().map(emptying::read).sum()
    }

    async fn watches(&self) -> Result<usize, Error> {
        let profile = self.intent.profile;
        let lineage = self.journal.lineage(profile, CASE).await;
        let at = self.intent.asked_at;
        let rows = self.journal.watches(profile).await?.into_iter();
        let read: usize = rows
            .map(|row| watches::read(row, at))
            .sum::<Result<_, _>>()?;
        lineage.map(|_| read)
    }

    async fn moves(&self) -> Result<usize, Error> {
        let rows = self.journal.moves_to_see_to(self.intent.profile).await?;
        let read = rows.into_iter().map(moves::is_readable);
        Ok(read.filter(|readable| *readable).count())
    }

    async fn trail(&self) -> Result<usize, Error> {
        let verified = self.journal.verify_trail().await;
        let seen = self.journal.search_trail(
            Search::default(),
            None,
            0_usize,
            |found: &mut usize, _, _| {
                *found += 1;
                ControlFlow::Continue(())
            },
        );
        let seen = seen.await?;
        verified?.map_or(Ok(0), |whole| Ok(seen + usize::from(whole.entries > 0)))
    }

    async fn forget(&self) -> Result<usize, Error> {
        let days = crate::settings::Settings::default().keep_days;
        let tidied = self.journal.tidy(self.intent.asked_at, days).await;
        let contacts = vec!["5550100123".to_owned()];
        let record = "5b0d6c1e-3333-4a6e-9d10-000000000001".to_owned();
        let forgotten = self
            .journal
            .forget_customer(self.intent.profile, record, contacts);
        Ok(tidied? + forgotten.await?.gone)
    }
}

/// The tables of the journal, without SQLite's own.
fn names(store: &Store) -> Result<Vec<String>, Fault> {
    let mut query = store.sqlite().prepare(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY name",
    )?;
    let names = query.query_map([], |row| row.get(0))?;
    Ok(names.collect::<Result<_, _>>()?)
}

/// Puts a table without types, keys and triggers in the place of another, and a sound copy beside it.
fn lose_rules(store: &Store, table: String) -> Result<Table, Fault> {
    let sqlite = store.sqlite();
    sqlite.execute_batch(&format!(
        "PRAGMA foreign_keys = OFF;
         CREATE TABLE sound_{table} AS SELECT * FROM {table};
         DROP TABLE {table};
         CREATE TABLE {table} AS SELECT * FROM sound_{table};"
    ))?;
    let mut query = sqlite.prepare("SELECT name FROM pragma_table_info(?)")?;
    let columns = query.query_map([&table], |row| row.get(0))?;
    let count = format!("SELECT count(*) FROM {table}");
    Ok(Table {
        columns: columns.collect::<Result<_, _>>()?,
        rows: sqlite.query_row(&count, [], |row| row.get(0))?,
        name: table,
    })
}

/// Numbers and texts as they are, an array of bytes as a text that need not be UTF-8, an object as its JSON.
fn cell(value: &Value) -> Cell {
    match value {
        Value::Null => Cell::Null,
        Value::Bool(yes) => Cell::Integer(i64::from(*yes)),
        Value::Number(number) => match number.as_i64() {
            Some(whole) => Cell::Integer(whole),
            None => Cell::Real(number.as_f64().unwrap_or_default()),
        },
        Value::String(text) => Cell::Text(text.clone()),
        Value::Array(bytes) => Cell::Blob(bytes.iter().map(byte).collect()),
        Value::Object(_) => Cell::Text(value.to_string()),
    }
}

fn byte(value: &Value) -> u8 {
    value
        .as_u64()
        .and_then(|number| u8::try_from(number).ok())
        .unwrap_or_default()
}
