//! The journal's database: intents in, intents out, and moving one from state to state. Knows SQLite and nothing of Cubu.

use std::{
    collections::HashSet,
    path::Path,
    sync::{Mutex, PoisonError},
};

use chrono::{DateTime, Utc};
use cubu_s2s::CaseId;
use rusqlite::{
    Connection, OpenFlags, OptionalExtension, Transaction, TransactionBehavior, config::DbConfig,
    named_params, params, params_from_iter, types::Value as SqlValue,
};
use secrecy::{ExposeSecret, SecretString, zeroize::Zeroizing};
use serde_json::Value;

use super::{
    fault::Fault,
    intent::{Event, Intent, IntentId, State},
    rows, schema, trail,
};
use crate::{
    audit::{Entry, Reply, entry::event},
    clock::Clock,
    profiles::ProfileId,
};

/// What else changes when an intent moves to its next state; what is `None` stays.
#[derive(Clone, Debug, Default)]
pub struct Note {
    /// When it left.
    pub sent_at: Option<DateTime<Utc>>,
    /// What was known before it left.
    pub basis: Option<Value>,
    /// What Cubu answered, or a read showed.
    pub answer: Option<Value>,
    /// Why it was refused.
    pub refusal: Option<String>,
    /// Whether somebody is told the outcome.
    pub told: bool,
    /// How Cubu refused it, or the answer was lost: for the audit trail alone.
    pub reply: Option<Reply>,
}

/// SQLCipher sets itself up with the first connection of a process; one that is opened beside it may find it half ready.
static OPENING: Mutex<()> = Mutex::new(());

/// An open journal. Every step of an intent is one transaction with its entry in the audit trail.
#[derive(Debug)]
pub struct Store {
    pub(super) sqlite: Connection,
    /// Tells entries of the trail when they are made.
    pub(super) clock: Clock,
}

impl Store {
    /// Opens the journal in a file, which is encrypted with `key`: 64 hexadecimal digits.
    pub fn open(path: &Path, key: &SecretString) -> Result<Self, Fault> {
        let _alone = OPENING.lock().unwrap_or_else(PoisonError::into_inner);
        let sqlite = Connection::open_with_flags(
            path,
            OpenFlags::SQLITE_OPEN_READ_WRITE
                | OpenFlags::SQLITE_OPEN_CREATE
                | OpenFlags::SQLITE_OPEN_NO_MUTEX,
        )?;
        // SQLCipher would write its complaints to the terminal.
        sqlite.pragma_update(None, "cipher_log_level", "NONE")?;
        sqlite.pragma_update(None, "key", raw(key).as_str())?;
        let cipher: Option<String> = sqlite
            .query_row("PRAGMA cipher_version", [], |row| row.get(0))
            .optional()?;
        if cipher.is_none_or(|version| version.is_empty()) {
            return Err(Fault::Unencrypted);
        }
        // One that turns out to be damaged is let go of as it was found: closing it would write to it.
        sqlite.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
        // A wrong key and a file that is no journal show with the first read.
        sqlite.query_row("SELECT count(*) FROM sqlite_master", [], |_| Ok(()))?;
        let sound: String = sqlite.query_row("PRAGMA quick_check(1)", [], |row| row.get(0))?;
        if sound != "ok" {
            return Err(Fault::Unreadable);
        }
        sqlite.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, false)?;
        sqlite.query_row("PRAGMA journal_mode = WAL", [], |_| Ok(()))?;
        sqlite.pragma_update(None, "synchronous", "FULL")?;
        sqlite.pragma_update(None, "secure_delete", "ON")?;
        Self::ready(sqlite)
    }

    /// A journal that ends with the program.
    pub fn in_memory() -> Result<Self, Fault> {
        let _alone = OPENING.lock().unwrap_or_else(PoisonError::into_inner);
        Self::ready(Connection::open_in_memory()?)
    }

    fn ready(mut sqlite: Connection) -> Result<Self, Fault> {
        schema::migrate(&mut sqlite)?;
        Ok(Self {
            sqlite,
            clock: Clock::System,
        })
    }

    /// Writes down a new intent. One with the same id is left as it is, and handed back.
    pub fn add(&mut self, intent: &Intent) -> Result<Option<Intent>, Fault> {
        let (change, at) = self.change()?;
        let added = change.execute(
            "INSERT INTO intents
                (id, profile, command, request, asked_at, note, os_user, agent, agent_name, organization, state)
             VALUES
                (:id, :profile, :command, :request, :asked_at, :note, :os_user, :agent, :agent_name,
                 :organization, :state)
             ON CONFLICT (id) DO NOTHING",
            named_params! {
                ":id": intent.id.0.to_string(),
                ":profile": intent.profile.to_string(),
                ":command": intent.command,
                ":request": intent.request.to_string(),
                ":asked_at": intent.asked_at.to_rfc3339(),
                ":note": intent.note,
                ":os_user": intent.os_user,
                ":agent": intent.agent.map(|agent| agent.to_string()),
                ":agent_name": intent.agent_name,
                ":organization": intent.organization,
                ":state": intent.state.word(),
            },
        )?;
        if added == 0 {
            return find(&change, intent.id);
        }
        let entry = Entry::of_intent(intent, event::ASKED, &Note::default());
        trail::append(&change, entry, at)?;
        change.commit()?;
        Ok(None)
    }

    /// An intent.
    pub fn find(&self, id: IntentId) -> Result<Option<Intent>, Fault> {
        find(&self.sqlite, id)
    }

    /// A transaction for a step and its entry in the trail, and the moment it is.
    fn change(&mut self) -> Result<(Transaction<'_>, DateTime<Utc>), Fault> {
        let at = self.clock.now();
        let change = self
            .sqlite
            .transaction_with_behavior(TransactionBehavior::Immediate)?;
        Ok((change, at))
    }

    /// The open intent that asks for the same for the same agent, an intent of the same id before others.
    pub fn open_like(&self, intent: &Intent) -> Result<Option<Intent>, Fault> {
        Ok(self
            .sqlite
            .query_row(
                "SELECT * FROM intents
                 WHERE profile = :profile AND command = :command AND request = :request AND agent IS :agent
                     AND state IN ('queued', 'sent', 'unknown')
                 ORDER BY id <> :id, asked_at, rowid LIMIT 1",
                named_params! {
                    ":id": intent.id.0.to_string(),
                    ":profile": intent.profile.to_string(),
                    ":command": intent.command,
                    ":request": intent.request.to_string(),
                    ":agent": intent.agent.map(|agent| agent.to_string()),
                },
                rows::intent,
            )
            .optional()?)
    }

    /// Moves an intent to its next state, unless it is no longer where the caller saw it.
    pub fn step(
        &mut self,
        id: IntentId,
        from: State,
        event: Event,
        note: &Note,
    ) -> Result<State, Fault> {
        let next = from.after(event).ok_or(Fault::MovedOn)?;
        let (change, at) = self.change()?;
        let moved = change.execute(
            "UPDATE intents SET
                state = :next, needs_eyes = 0, told = :told,
                sent_at = coalesce(:sent_at, sent_at),
                basis = coalesce(:basis, basis),
                answer = coalesce(:answer, answer),
                refusal = coalesce(:refusal, refusal)
             WHERE id = :id AND state = :from",
            named_params! {
                ":id": id.0.to_string(),
                ":from": from.word(),
                ":next": next.word(),
                ":told": note.told,
                ":sent_at": note.sent_at.map(|moment| moment.to_rfc3339()),
                ":basis": note.basis.as_ref().map(Value::to_string),
                ":answer": note.answer.as_ref().map(Value::to_string),
                ":refusal": note.refusal,
            },
        )?;
        if moved != 1 {
            return Err(Fault::MovedOn);
        }
        append(&change, id, next.word(), note, at)?;
        change.commit()?;
        Ok(next)
    }

    /// Queues an intent anew, with what is asked for now.
    pub fn ask_anew(&mut self, known: &Intent, intent: &Intent) -> Result<(), Fault> {
        let next = known.state.after(Event::AsksAnew).ok_or(Fault::MovedOn)?;
        let (change, at) = self.change()?;
        let moved = change.execute(
            "UPDATE intents SET
                state = :next, request = :request, asked_at = :asked_at, note = :note,
                os_user = :os_user, agent = :agent, agent_name = :agent_name, organization = :organization,
                sent_at = NULL, basis = NULL, answer = NULL, refusal = NULL,
                needs_eyes = 0, told = 0
             WHERE id = :id AND state = :from",
            named_params! {
                ":id": known.id.0.to_string(),
                ":from": known.state.word(),
                ":next": next.word(),
                ":request": intent.request.to_string(),
                ":asked_at": intent.asked_at.to_rfc3339(),
                ":note": intent.note,
                ":os_user": intent.os_user,
                ":agent": intent.agent.map(|agent| agent.to_string()),
                ":agent_name": intent.agent_name,
                ":organization": intent.organization,
            },
        )?;
        if moved != 1 {
            return Err(Fault::MovedOn);
        }
        append(&change, known.id, event::ASKED_ANEW, &Note::default(), at)?;
        Ok(change.commit()?)
    }

    /// Notes that no read can settle an intent.
    pub fn needs_eyes(&mut self, id: IntentId) -> Result<(), Fault> {
        let (change, at) = self.change()?;
        let changed = change.execute(
            "UPDATE intents SET needs_eyes = 1 WHERE id = ? AND state = 'unknown' AND needs_eyes = 0",
            [id.0.to_string()],
        )?;
        if changed == 1 {
            append(&change, id, event::NEEDS_EYES, &Note::default(), at)?;
        }
        Ok(change.commit()?)
    }

    /// Notes that somebody has been told the outcome.
    pub fn told(&mut self, id: IntentId) -> Result<(), Fault> {
        self.sqlite.execute(
            "UPDATE intents SET told = 1 WHERE id = ?",
            [id.0.to_string()],
        )?;
        Ok(())
    }

    /// Notes that somebody has been told the outcome, unless it is asked for anew by now.
    pub fn told_as(&mut self, id: IntentId, state: State) -> Result<(), Fault> {
        self.sqlite.execute(
            "UPDATE intents SET told = 1 WHERE id = ? AND state = ?",
            params![id.0.to_string(), state.word()],
        )?;
        Ok(())
    }

    /// The intents of an organisation whose outcome is open or untold, oldest first.
    pub fn to_see_to(&self, profile: ProfileId) -> Result<Vec<Intent>, Fault> {
        let mut query = self.sqlite.prepare(
            "SELECT * FROM intents
             WHERE profile = ? AND (told = 0 OR state IN ('queued', 'sent', 'unknown'))
             ORDER BY asked_at, rowid",
        )?;
        let rows = query.query_map([profile.to_string()], rows::intent)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The intents of every organisation whose outcome is open or untold, oldest first.
    pub fn all_to_see_to(&self) -> Result<Vec<Intent>, Fault> {
        let mut query = self.sqlite.prepare(
            "SELECT * FROM intents
             WHERE told = 0 OR state IN ('queued', 'sent', 'unknown')
             ORDER BY asked_at, rowid",
        )?;
        let rows = query.query_map([], rows::intent)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The cases that other intents of an organisation account for. What those of the same command became; not of others: a
    /// case that was queued up here may be the very one that is started next. And what was to be cancelled before this one
    /// left: it stood there already, and a list that lags behind may still show it.
    pub fn cases_of_others(
        &self,
        profile: ProfileId,
        id: IntentId,
        command: &str,
    ) -> Result<HashSet<CaseId>, Fault> {
        let mut query = self.sqlite.prepare(
            "SELECT json_extract(answer, '$.caseId') FROM intents
             WHERE profile = :profile AND id <> :id AND command = :command AND answer IS NOT NULL
             UNION
             SELECT json_extract(request, '$.caseId') FROM intents
             WHERE profile = :profile AND command = 'cancel_appointment'
               AND asked_at <= (SELECT sent_at FROM intents WHERE id = :id)",
        )?;
        let rows = query.query_map(
            named_params! {
                ":profile": profile.to_string(), ":id": id.0.to_string(), ":command": command,
            },
            |row| row.get::<_, Option<String>>(0),
        )?;
        let mut cases = HashSet::new();
        for case in rows {
            cases.extend(case?.and_then(|case| case.parse::<CaseId>().ok()));
        }
        Ok(cases)
    }

    /// Encrypts everything anew.
    pub fn change_key(&mut self, key: &SecretString) -> Result<(), Fault> {
        self.sqlite
            .pragma_update(None, "rekey", raw(key).as_str())?;
        self.empty_the_log()
    }

    /// Takes in what another journal holds, whole or not at all. What stands here already stays as it is.
    pub fn take_in(&mut self, other: &Self) -> Result<(), Fault> {
        let change = self.sqlite.transaction()?;
        for table in schema::CARRIED {
            copy(&other.sqlite, &change, table)?;
        }
        trail::take_in(&other.sqlite, &change)?;
        Ok(change.commit()?)
    }

    /// Brings everything from the write-ahead log into the file, and leaves nothing in the log.
    pub(super) fn empty_the_log(&self) -> Result<(), Fault> {
        self.sqlite
            .query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
        Ok(())
    }

    /// The database itself, to be damaged.
    #[cfg(feature = "fuzzing")]
    pub(crate) fn sqlite(&self) -> &Connection {
        &self.sqlite
    }

    /// Makes every write fail as on a full disk.
    #[cfg(test)]
    pub(super) fn fill_up(&self) {
        let pages: i64 = self
            .sqlite
            .query_row("PRAGMA page_count", [], |row| row.get(0))
            .unwrap();
        let limit = format!("PRAGMA max_page_count = {pages}");
        self.sqlite.query_row(&limit, [], |_| Ok(())).unwrap();
    }
}

/// A key as SQLCipher takes it when it is not to be stretched once more.
fn raw(key: &SecretString) -> Zeroizing<String> {
    Zeroizing::new(format!("x'{}'", key.expose_secret()))
}

fn copy(from: &Connection, to: &Connection, table: &str) -> Result<(), Fault> {
    let mut rows = from.prepare(&format!("SELECT * FROM {table} ORDER BY rowid"))?;
    let columns = rows.column_names().collect::<Vec<_>>().join(", ");
    let count = rows.column_count();
    let marks = vec!["?"; count].join(", ");
    let mut insert = to.prepare(&format!(
        "INSERT INTO {table} ({columns}) VALUES ({marks}) ON CONFLICT DO NOTHING"
    ))?;
    let mut rows = rows.query([])?;
    while let Some(row) = rows.next()? {
        let values = (0..count)
            .map(|column| row.get::<_, SqlValue>(column))
            .collect::<Result<Vec<_>, _>>()?;
        insert.execute(params_from_iter(values))?;
    }
    Ok(())
}

fn find(sqlite: &Connection, id: IntentId) -> Result<Option<Intent>, Fault> {
    let mut query = sqlite.prepare("SELECT * FROM intents WHERE id = ?")?;
    Ok(query
        .query_row([id.0.to_string()], rows::intent)
        .optional()?)
}

/// Tells the trail of a step, which the intent has just taken.
fn append(
    change: &Transaction<'_>,
    id: IntentId,
    event: &str,
    note: &Note,
    at: DateTime<Utc>,
) -> Result<(), Fault> {
    let intent = find(change, id)?.ok_or(Fault::MovedOn)?;
    trail::append(change, Entry::of_intent(&intent, event, note), at)
}
