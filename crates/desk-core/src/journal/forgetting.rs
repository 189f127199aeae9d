//! What leaves the journal: what was closed long ago, and what is known of a customer who is to be forgotten. What is open,
//! or has been told to nobody, always stays.

use chrono::{DateTime, TimeDelta, Utc};
use rusqlite::{named_params, params};
use serde_json::Value;

use super::{fault::Fault, store::Store, trail};
use crate::profiles::ProfileId;

/// What can go: closed, and told.
const CLOSED: &str = "told = 1 AND state NOT IN ('queued', 'sent', 'unknown')";
/// Words shorter than this are in too much to be anybody's.
const SHORTEST: usize = 5;

/// What became of forgetting somebody.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Forgotten {
    /// Changes, drafts and days that are gone.
    pub gone: usize,
    /// Changes that have to stay, because they are not settled.
    pub left: usize,
}

impl Store {
    /// Forgets what is older than so many days, seen from `now`, which is Cubu's time and not this PC's. A clock that jumped
    /// wrote wrong times down: what stands after something young is young as well, and times to come prove nothing.
    pub fn tidy(&mut self, now: DateTime<Utc>, days: u16) -> Result<usize, Fault> {
        let oldest = (now - TimeDelta::days(i64::from(days))).to_rfc3339();
        let latest = (now + TimeDelta::days(1)).to_rfc3339();
        let gone = self.sqlite.execute(
            &format!(
                "DELETE FROM intents WHERE {CLOSED} AND asked_at < :oldest AND rowid < coalesce(
                    (SELECT min(rowid) FROM intents WHERE asked_at BETWEEN :oldest AND :latest),
                    (SELECT max(rowid) + 1 FROM intents))"
            ),
            named_params! { ":oldest": &oldest, ":latest": latest },
        )?;
        let papers = self
            .sqlite
            .execute("DELETE FROM kept WHERE kept_at < ?", [&oldest])?;
        let moves = self.sqlite.execute(
            "DELETE FROM moves WHERE is_over = 1 AND told = 1 AND asked_at < ?",
            [&oldest],
        )?;
        let lists = self
            .sqlite
            .execute("DELETE FROM emptyings WHERE begun_at < ?", [&oldest])?;
        self.sqlite.execute(
            "DELETE FROM emptied WHERE (profile, service, date, cu_index) NOT IN
                (SELECT profile, service, date, cu_index FROM emptyings)",
            [],
        )?;
        let oldest_day = (now - TimeDelta::days(i64::from(days))).date_naive();
        let lineage = self.tidy_lineage(oldest_day)?;
        let watches = self.sqlite.execute(
            "DELETE FROM watches WHERE until < ?",
            [(now - TimeDelta::days(i64::from(days)))
                .date_naive()
                .to_string()],
        )?;
        let entries = self.drop_trail_before(now - TimeDelta::days(i64::from(days)))?;
        Ok(gone + papers + moves + lists + lineage + watches + entries)
    }

    /// Forgets a customer: every closed change, every kept paper and every content of the audit trail that names them by
    /// their id, or by a phone number or e-mail address of theirs. No byte of it is left in the file.
    pub fn forget_customer(
        &mut self,
        profile: ProfileId,
        record_id: &str,
        contacts: &[String],
    ) -> Result<Forgotten, Fault> {
        let mut words = vec![record_id.to_owned()];
        words.extend(contacts.iter().cloned());
        words.extend(self.contacts_of(profile, record_id)?);
        let mut forgotten = Forgotten::default();
        let change = self.sqlite.transaction()?;
        let intents = "request || coalesce(basis, '') || coalesce(answer, '')";
        for word in words.iter().filter_map(|word| in_json(word)) {
            trail::forget_contents_with(&change, profile, &word)?;
            let word = params![profile.to_string(), word];
            forgotten.gone += change.execute(
                &format!(
                    "DELETE FROM intents
                     WHERE profile = ?1 AND {CLOSED} AND instr({intents}, ?2) > 0"
                ),
                word,
            )?;
            forgotten.gone += change.execute(
                "DELETE FROM kept WHERE profile = ?1 AND instr(content, ?2) > 0",
                word,
            )?;
            change.execute(
                "DELETE FROM lineage WHERE profile = ?1 AND EXISTS (
                    SELECT 1 FROM moves
                    WHERE profile = ?1 AND is_over = 1 AND told = 1 AND instr(body, ?2) > 0
                      AND instr(body, case_id) > 0)",
                word,
            )?;
            forgotten.gone += change.execute(
                "DELETE FROM watches WHERE profile = ?1 AND instr(body, ?2) > 0",
                word,
            )?;
            forgotten.gone += change.execute(
                "DELETE FROM emptied WHERE profile = ?1 AND instr(body, ?2) > 0",
                word,
            )?;
            forgotten.gone += change.execute(
                "DELETE FROM moves
                 WHERE profile = ?1 AND is_over = 1 AND told = 1 AND instr(body, ?2) > 0",
                word,
            )?;
        }
        let record_id = params![profile.to_string(), record_id];
        let left: u32 = change.query_row(
            &format!(
                "SELECT (SELECT count(*) FROM intents WHERE profile = ?1 AND instr({intents}, ?2) > 0)
                      + (SELECT count(*) FROM moves WHERE profile = ?1 AND instr(body, ?2) > 0)"
            ),
            record_id,
            |row| row.get(0),
        )?;
        forgotten.left = left as usize;
        change.commit()?;
        self.scrub()?;
        Ok(forgotten)
    }

    /// The phone numbers and e-mail addresses that changes for a customer were made with.
    fn contacts_of(&self, profile: ProfileId, record_id: &str) -> Result<Vec<String>, Fault> {
        let mut query = self.sqlite.prepare(
            "SELECT json_extract(request, '$.contactPhoneNumber'),
                    json_extract(request, '$.contactEmail')
             FROM intents
             WHERE profile = ? AND json_extract(request, '$.customerRecordId') = ?",
        )?;
        let rows = query.query_map(params![profile.to_string(), record_id], |row| {
            Ok([row.get::<_, Option<String>>(0)?, row.get(1)?])
        })?;
        let mut contacts = Vec::new();
        for row in rows {
            contacts.extend(row?.into_iter().flatten());
        }
        Ok(contacts)
    }

    /// Writes the file anew, without what was deleted, and empties its log.
    fn scrub(&self) -> Result<(), Fault> {
        self.sqlite.execute_batch("VACUUM")?;
        self.empty_the_log()
    }
}

/// A word as it stands within a JSON text; `None` for one that is too short to be looked for.
fn in_json(word: &str) -> Option<String> {
    let written = Value::from(word.trim()).to_string();
    let word = written.trim_matches('"');
    (word.len() >= SHORTEST).then(|| word.to_owned())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::journal::{
        Kept, Kind,
        intent::{Intent, IntentId, State},
    };

    fn at(day: &str) -> DateTime<Utc> {
        format!("{day}T08:00:00Z").parse().unwrap()
    }

    fn add(
        store: &mut Store,
        profile: ProfileId,
        request: Value,
        day: &str,
        state: State,
    ) -> IntentId {
        let intent = Intent::new(IntentId::fresh(), profile, "queue_up", request, at(day));
        store.add(&intent).unwrap();
        let told = params![state.word(), !state.is_open(), intent.id.0.to_string()];
        store
            .sqlite
            .execute("UPDATE intents SET state = ?, told = ? WHERE id = ?", told)
            .unwrap();
        intent.id
    }

    fn kept(store: &Store, ids: &[IntentId]) -> Vec<bool> {
        ids.iter()
            .map(|id| store.find(*id).unwrap().is_some())
            .collect()
    }

    /// Days by the clock of the PC, in the order they were written; which of them stay on 22 November with 30 days.
    #[track_caller]
    fn check(written: &[(&str, State, bool)]) {
        let mut store = Store::in_memory().unwrap();
        let profile = ProfileId::fresh();
        let ids: Vec<_> = written
            .iter()
            .map(|(day, state, _)| add(&mut store, profile, json!({}), day, *state))
            .collect();
        store.tidy(at("2026-11-22"), 30).unwrap();
        let expected: Vec<_> = written.iter().map(|(.., stays)| *stays).collect();
        assert_eq!(kept(&store, &ids), expected, "{written:?}");
    }

    #[test]
    fn what_is_closed_goes_after_its_days_and_what_is_open_never() {
        use State::{Confirmed, Queued, Refused, Unknown};
        check(&[
            ("2026-09-01", Unknown, true),
            ("2026-09-01", Queued, true),
            ("2026-10-22", Confirmed, false),
            ("2026-10-22", Refused, false),
            ("2026-10-24", Confirmed, true),
        ]);
    }

    #[test]
    fn nothing_goes_because_a_clock_was_wrong_for_a_while() {
        use State::Confirmed;
        // Set back: what was written between two young ones is young.
        check(&[
            ("2026-11-20", Confirmed, true),
            ("2020-01-01", Confirmed, true),
            ("2026-11-21", Confirmed, true),
        ]);
        // Set forward: it goes with its neighbours, and keeps nothing else.
        check(&[
            ("2026-09-01", Confirmed, false),
            ("2031-01-01", Confirmed, true),
            ("2026-09-02", Confirmed, false),
            ("2026-11-21", Confirmed, true),
        ]);
    }

    #[test]
    fn a_forgotten_customer_is_in_no_table_and_an_open_change_stays() {
        let mut store = Store::in_memory().unwrap();
        let (here, elsewhere) = (ProfileId::fresh(), ProfileId::fresh());
        let record = "5b0d6c1e-3333-4a6e-9d10-000000000001";
        let of_them = || json!({ "customerRecordId": record, "contactPhoneNumber": "5550100123" });
        let by_phone = json!({ "contactPhoneNumber": "5550100123" });
        let by_mail = json!({ "contactEmail": "robin.vale@example.org" });
        let other = json!({ "contactPhoneNumber": "5550100999" });
        let mut add =
            |profile, request: Value, state| add(&mut store, profile, request, "2026-11-20", state);
        let gone = [
            add(here, of_them(), State::Confirmed),
            add(here, by_phone, State::Refused),
            add(here, by_mail, State::Confirmed),
        ];
        let stay = [
            add(here, of_them(), State::Unknown),
            add(here, other, State::Confirmed),
            add(elsewhere, of_them(), State::Confirmed),
        ];
        let paper = |name: &str, content| Kept {
            name: name.to_owned(),
            content,
            kept_at: at("2026-11-20"),
        };
        store
            .keep(
                here,
                Kind::Draft,
                &paper("a", json!({ "phone": "5550100123" })),
            )
            .unwrap();
        store
            .keep(here, Kind::Day, &paper("b", json!({ "recordId": record })))
            .unwrap();
        store.keep(here, Kind::Day, &paper("c", json!({}))).unwrap();

        let mails = ["robin.vale@example.org".to_owned(), "1".to_owned()];
        let forgotten = store.forget_customer(here, record, &mails).unwrap();
        assert_eq!(forgotten, Forgotten { gone: 5, left: 1 });
        assert_eq!(kept(&store, &gone), [false; 3]);
        assert_eq!(kept(&store, &stay), [true; 3]);
        assert!(store.kept(here, Kind::Draft).unwrap().is_empty());
        assert_eq!(store.kept(here, Kind::Day).unwrap().len(), 1);
    }

    #[test]
    fn no_byte_of_a_forgotten_customer_is_left_in_the_file() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("journal.db");
        let key = "11".repeat(32).into();
        let mut store = Store::open(&path, &key).unwrap();
        let profile = ProfileId::fresh();
        let record = "5b0d6c1e-3333-4a6e-9d10-000000000001";
        for number in 0..50 {
            let phone = if number % 2 == 0 {
                "5550100123"
            } else {
                "5550100999"
            };
            let customer = if number % 2 == 0 {
                record
            } else {
                "somebody else"
            };
            let request = json!({ "customerRecordId": customer, "contactPhoneNumber": phone });
            add(&mut store, profile, request, "2026-11-20", State::Confirmed);
        }
        let readable = |store: &Store| {
            let plain = folder.path().join("plain.db");
            let _ = std::fs::remove_file(&plain);
            // By hand: sqlcipher_export is missing from a connection that is opened while another is the process's first.
            let tables: Vec<String> = store
                .sqlite
                .prepare("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
                .unwrap()
                .query_map([], |row| row.get(0))
                .unwrap()
                .map(Result::unwrap)
                .collect();
            let attach = format!("ATTACH '{}' AS plain KEY ''", plain.display());
            store.sqlite.execute_batch(&attach).unwrap();
            for table in tables {
                let copy = format!("CREATE TABLE plain.{table} AS SELECT * FROM main.{table}");
                store.sqlite.execute_batch(&copy).unwrap();
            }
            store.sqlite.execute_batch("DETACH plain").unwrap();
            let bytes = std::fs::read(&plain).unwrap();
            let holds = |words: &[u8]| bytes.windows(words.len()).any(|window| window == words);
            (holds(b"5550100123"), holds(b"5550100999"))
        };
        assert_eq!(readable(&store), (true, true));
        store.forget_customer(profile, record, &[]).unwrap();
        assert_eq!(readable(&store), (false, true));
        let log = folder.path().join("journal.db-wal");
        assert_eq!(std::fs::metadata(log).map_or(0, |log| log.len()), 0);
        let free: i64 = store
            .sqlite
            .query_row("PRAGMA freelist_count", [], |row| row.get(0))
            .unwrap();
        assert_eq!(free, 0);
    }
}
