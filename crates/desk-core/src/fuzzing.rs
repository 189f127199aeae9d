//! Ways for a fuzzer into the readers that are otherwise reached through files and the keychain only. Nothing that is
//! shipped turns this feature on. What has to hold is said by the fuzzer's targets, not here.

use chrono::{DateTime, Utc};
use rusqlite::types::Value as Cell;
use serde_json::Value;

pub use crate::documents::{Fault as DocumentFault, Format, parse, to_value};
pub use crate::profiles::STORED as STORED_PROFILE;
pub use crate::transfer::{FORMAT as EXPORTED_PROFILE, export, import};
pub use crate::zones::{find as find_zone, wall_clock};

use crate::{
    changes::{Before, lanes_of},
    journal::{
        Fault, Store,
        intent::{Intent, IntentId},
    },
    memory::{self, Remembered},
    profiles::ProfileId,
};

/// Reads what a desk remembers and writes it again, or says why it can't be read.
pub fn remembered(text: &str) -> Result<Value, DocumentFault> {
    let remembered: Remembered = parse(text, memory::FORMAT)?;
    Ok(to_value(&remembered, memory::FORMAT).unwrap_or_default())
}

/// A journal with one intent, whose cells can be damaged.
pub struct Rows {
    store: Store,
    intent: Intent,
    columns: Vec<String>,
}

impl Rows {
    /// A journal in memory that has lost its rules: a damaged file keeps none.
    pub fn new(asked_at: DateTime<Utc>) -> Result<Self, Fault> {
        let profile = ProfileId::fresh();
        let intent = Intent::new(
            IntentId::fresh(),
            profile,
            "queue_up",
            Value::Null,
            asked_at,
        );
        let mut store = Store::in_memory()?;
        store.add(&intent)?;
        let sqlite = store.sqlite();
        sqlite.execute_batch(
            "PRAGMA foreign_keys = OFF;
             CREATE TABLE sound AS SELECT * FROM intents;
             DROP TABLE intents;
             CREATE TABLE intents AS SELECT * FROM sound;",
        )?;
        let mut query = sqlite.prepare("SELECT name FROM pragma_table_info('intents')")?;
        let columns = query
            .query_map([], |row| row.get(0))?
            .collect::<Result<_, _>>()?;
        drop(query);
        Ok(Self {
            store,
            intent,
            columns,
        })
    }

    /// Puts these cells in place of the sound ones and reads the journal as a start of the program does.
    pub fn read(&mut self, cells: &serde_json::Map<String, Value>) -> Result<usize, Fault> {
        let sqlite = self.store.sqlite();
        sqlite.execute_batch("DELETE FROM intents; INSERT INTO intents SELECT * FROM sound;")?;
        for (name, value) in cells {
            if self.columns.contains(name) {
                let place = match value {
                    Value::Array(_) => "CAST(? AS TEXT)",
                    _ => "?",
                };
                let change = format!("UPDATE intents SET \"{name}\" = {place}");
                sqlite.execute(&change, [cell(value)])?;
            }
        }
        let found = self.store.find(self.intent.id)?;
        let listed = self.store.to_see_to(self.intent.profile)?;
        let stranger = IntentId::fresh();
        self.store
            .cases_of_others(self.intent.profile, stranger, &self.intent.command)?;
        self.store.tidy(
            self.intent.asked_at,
            crate::settings::Settings::default().keep_days,
        )?;
        for intent in found.iter().chain(&listed) {
            lanes_of(intent);
            if let Some(basis) = intent.basis.clone() {
                let _: Result<Before, _> = serde_json::from_value(basis);
            }
        }
        Ok(listed.len())
    }
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
