//! The audit trail on a real database: nothing without an entry, no entry without what it tells of, and no way around the
//! two lawful ways of forgetting.

use std::ops::ControlFlow;

use chrono::{DateTime, TimeDelta, Utc};
use rusqlite::ErrorCode;
use serde_json::{Value, json};

use super::*;
use crate::clock::Clock;
use crate::audit::{Act, Chain, Entry, Header, chain::Content};

const CUSTOMER: &str = "5b0d6c1e-4444-4a6e-9d10-000000000001";

fn at(days: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(1_795_000_000, 0).unwrap() + TimeDelta::days(days)
}

fn store() -> Store {
    let mut store = Store::in_memory().unwrap();
    store.clock = Clock::Still(at(0).fixed_offset());
    store
}

fn here() -> ProfileId {
    "5b0d6c1e-0000-4a6e-9d10-00000000000a".parse().unwrap()
}

fn intent() -> Intent {
    let request = json!({ "customerRecordId": CUSTOMER, "contactPhoneNumber": "5550100123" });
    let mut intent = Intent::new(
        IntentId::fresh(),
        here(),
        "book_appointment",
        request,
        at(0),
    );
    intent.agent_name = Some("Dana Frost".to_owned());
    intent.organization = Some("Town hall".to_owned());
    intent
}

fn note(basis: Value, answer: Value) -> Note {
    Note {
        basis: Some(basis),
        answer: Some(answer),
        ..Note::default()
    }
}

fn entries(store: &Store) -> Vec<(Header, Option<Value>)> {
    let mut chain = store.trail_anchor().unwrap();
    let mut entries = Vec::new();
    loop {
        let page = store.trail_after(chain.seq).unwrap();
        if page.is_empty() {
            return entries;
        }
        for (_, entry) in page {
            let header = chain.follow(&entry).unwrap();
            let content = match entry.content {
                Content::Whole { text, .. } => Some(serde_json::from_str(&text).unwrap()),
                _ => None,
            };
            entries.push((header, content));
        }
    }
}

fn events(store: &Store) -> Vec<String> {
    let entries = entries(store).into_iter();
    entries.map(|(header, _)| header.event).collect()
}

#[test]
fn the_life_of_an_intent_is_in_the_trail_with_who_what_before_and_after() {
    let mut store = store();
    let asked = intent();
    store.add(&asked).unwrap();
    assert!(store.add(&asked).unwrap().is_some());
    let was = json!({ "was": { "subject": "Passport" }, "listed": [CUSTOMER] });
    let sends = note(was, Value::Null);
    store
        .step(asked.id, State::Queued, Event::Sends, &sends)
        .unwrap();
    store
        .step(asked.id, State::Sent, Event::IsLost, &Note::default())
        .unwrap();
    store.needs_eyes(asked.id).unwrap();
    store.needs_eyes(asked.id).unwrap();
    let known = store.find(asked.id).unwrap().unwrap();
    store.ask_anew(&known, &asked).unwrap();
    store
        .step(
            asked.id,
            State::Queued,
            Event::Sends,
            &note(json!({}), Value::Null),
        )
        .unwrap();
    let done = note(json!({ "was": 1 }), json!({ "caseId": CUSTOMER }));
    store
        .step(asked.id, State::Sent, Event::Confirms, &done)
        .unwrap();
    assert_eq!(
        events(&store),
        [
            "asked",
            "sent",
            "unknown",
            "needs-eyes",
            "asked-anew",
            "sent",
            "confirmed"
        ]
    );
    let entries = entries(&store);
    let (header, content) = entries.last().unwrap();
    assert_eq!(header.intent, Some(asked.id));
    assert_eq!(
        (header.agent_name.as_deref(), header.organization.as_deref()),
        (Some("Dana Frost"), Some("Town hall"))
    );
    assert_eq!(
        *content.as_ref().unwrap(),
        json!({ "request": asked.request, "before": 1, "after": { "caseId": CUSTOMER } })
    );
    let before = &entries[1].1.as_ref().unwrap()["before"];
    assert_eq!(*before, json!({ "subject": "Passport" }));
}

#[test]
fn a_step_that_can_not_be_taken_leaves_no_entry_and_an_entry_that_can_not_be_written_no_step() {
    let mut store = store();
    let asked = intent();
    store.add(&asked).unwrap();
    let wrong = store.step(asked.id, State::Sent, Event::Confirms, &Note::default());
    assert!(matches!(wrong, Err(Fault::MovedOn)));
    assert_eq!(events(&store), ["asked"]);

    store
        .sqlite
        .execute_batch(
            "CREATE TRIGGER full BEFORE INSERT ON audit BEGIN SELECT RAISE(ABORT, 'full'); END;",
        )
        .unwrap();
    let (known, other) = (store.find(asked.id).unwrap().unwrap(), intent());
    let note = Note::default();
    assert!(store.add(&other).is_err());
    assert!(
        store
            .step(asked.id, State::Queued, Event::Sends, &note)
            .is_err()
    );
    assert_eq!(store.find(other.id).unwrap(), None);
    assert_eq!(store.find(asked.id).unwrap(), Some(known));
}

#[test]
fn the_database_itself_refuses_to_change_or_delete_entries() {
    let mut store = store();
    for _ in 0..3 {
        store.add(&intent()).unwrap();
    }
    for tampering in [
        "UPDATE audit SET header = '{}' WHERE seq = 2",
        "UPDATE audit SET header = '{}', content = NULL, salt = NULL WHERE seq = 2",
        "UPDATE audit SET content = '{}' WHERE seq = 2",
        "UPDATE audit SET content = NULL WHERE seq = 2",
        "UPDATE audit SET seq = 9, content = NULL, salt = NULL WHERE seq = 3",
        "DELETE FROM audit WHERE seq = 1",
        "DELETE FROM audit WHERE seq = 3",
        "INSERT OR REPLACE INTO audit (seq, header, digest, hash) VALUES (2, '{}', '', '')",
        "INSERT INTO audit (seq, header, digest, hash) VALUES (7, '{}', '', '')",
        "UPDATE audit_anchor SET seq = 2",
        "UPDATE audit_anchor SET seq = 9, hash = ''",
        "DELETE FROM audit_anchor",
        "INSERT INTO audit_anchor VALUES (2, 9, '')",
    ] {
        let refused = store.sqlite.execute(tampering, []).unwrap_err();
        let code = refused.sqlite_error_code();
        assert_eq!(code, Some(ErrorCode::ConstraintViolation), "{tampering}");
    }
    assert_eq!(entries(&store).len(), 3);
}

#[test]
fn a_customer_can_be_forgotten_and_the_chain_still_holds() {
    let mut store = store();
    let mut other = intent();
    other.request = json!({ "customerRecordId": "5b0d6c1e-4444-4a6e-9d10-000000000002" });
    // A new customer has no id before Cubu has answered, and is forgotten all the same.
    let mut created = intent();
    created.request = json!({ "fields": { "phone": "5550100123" } });
    for intent in [&intent(), &other, &created] {
        store.add(intent).unwrap();
    }
    store
        .step(created.id, State::Queued, Event::Sends, &Note::default())
        .unwrap();
    let answer = note(Value::Null, json!({ "recordId": CUSTOMER }));
    store
        .step(created.id, State::Sent, Event::Confirms, &answer)
        .unwrap();

    assert_eq!(forget_contents_with(&store.sqlite, here(), CUSTOMER).unwrap(), 4);
    assert_eq!(forget_contents_with(&store.sqlite, here(), CUSTOMER).unwrap(), 0);
    let entries = entries(&store);
    let kept: Vec<_> = entries
        .iter()
        .filter(|(_, content)| content.is_some())
        .map(|(header, _)| header.seq)
        .collect();
    assert_eq!((entries.len(), kept), (5, vec![2]));
    let left: i64 = store
        .sqlite
        .query_row(
            "SELECT count(*) FROM audit WHERE salt IS NOT NULL OR instr(coalesce(content, '') || header, '5550100123')",
            [],
            |row| row.get(0),
        )
        .unwrap();
    assert_eq!(left, 1);
}

#[test]
fn the_oldest_entries_go_and_the_chain_is_followed_from_the_last_of_them() {
    let mut store = store();
    for days in [0, 1, 2, 9, 3] {
        store.clock = Clock::Still(at(days).fixed_offset());
        store.add(&intent()).unwrap();
    }
    assert_eq!(store.drop_trail_before(at(-1)).unwrap(), 0);
    assert_eq!(store.trail_anchor().unwrap(), Chain::default());
    // The clock was set back before the last entry: it stays with the one it follows.
    assert_eq!(store.drop_trail_before(at(5)).unwrap(), 3);
    assert_eq!(store.trail_anchor().unwrap().seq, 3);
    let numbers = |store: &Store| -> Vec<u64> {
        let entries = entries(store).into_iter();
        entries.map(|(header, _)| header.seq).collect()
    };
    assert_eq!(numbers(&store), [4, 5]);
    assert_eq!(store.drop_trail_before(at(99)).unwrap(), 2);
    assert_eq!(store.drop_trail_before(at(99)).unwrap(), 0);
    assert_eq!(store.trail_anchor().unwrap().seq, 5);
    store.add(&intent()).unwrap();
    assert_eq!(numbers(&store), [6]);
}

#[test]
fn the_trail_of_another_journal_goes_on_at_the_end_of_this_one() {
    let (mut here, mut there) = (store(), store());
    here.add(&intent()).unwrap();
    there.add(&intent()).unwrap();
    forget_contents_with(&there.sqlite, here(), CUSTOMER).unwrap();
    there.add(&intent()).unwrap();
    here.take_in(&there).unwrap();
    let contents: Vec<_> = entries(&here)
        .iter()
        .map(|(header, content)| (header.seq, content.is_some()))
        .collect();
    assert_eq!(contents, [(1, true), (2, false), (3, true)]);
}

#[test]
fn what_is_looked_for_is_found_newest_first() {
    let mut store = store();
    let (first, second) = (intent(), intent());
    store.add(&first).unwrap();
    store.add(&second).unwrap();
    store.clock = Clock::Still(at(2).fixed_offset());
    store
        .step(first.id, State::Queued, Event::Refuses, &Note::default())
        .unwrap();
    let act = Act {
        command: "save_profile",
        profile: None,
        content: Value::Null,
    };
    store.record(Entry::of_act(act)).unwrap();
    let found = |search: Search, before| {
        let mut numbers = Vec::new();
        let visit = |seq, _| {
            numbers.push(seq);
            ControlFlow::Continue(())
        };
        store.search_trail(&search, before, visit).unwrap();
        numbers
    };
    let any = Search::default;
    assert_eq!(found(any(), None), [4, 3, 2, 1]);
    assert_eq!(found(any(), Some(3)), [2, 1]);
    let latest = Search {
        latest: true,
        ..any()
    };
    assert_eq!(found(latest, None), [4, 3, 2]);
    let of = Search {
        intent: Some(first.id.0.to_string()),
        ..any()
    };
    assert_eq!(found(of, None), [3, 1]);
    let refused = Search {
        event: Some("refused".to_owned()),
        command: Some("book_appointment".to_owned()),
        from: Some(at(1)),
        ..any()
    };
    assert_eq!(found(refused, None), [3]);
    let early = Search {
        until: Some(at(1)),
        ..any()
    };
    assert_eq!(found(early, None), [2, 1]);
}

#[tokio::test]
async fn a_database_that_was_tampered_with_is_told_by_its_first_broken_link() {
    let journal = Journal::in_memory().unwrap();
    for _ in 0..600 {
        journal.add(&intent()).await.unwrap();
    }
    let whole = journal.verify_trail().await.unwrap().unwrap();
    assert_eq!((whole.entries, whole.forgotten), (600, 0));
    {
        let mut keeping = journal.inner.keeping.lock().unwrap();
        let store = keeping.store().unwrap();
        store
            .sqlite
            .execute_batch(
                "DROP TRIGGER audit_forgets_contents_only;
                 UPDATE audit SET content = replace(content, '5550100123', '5550100124') WHERE seq = 400;",
            )
            .unwrap();
    }
    let broken = journal.verify_trail().await.unwrap().unwrap_err();
    assert_eq!(broken.seq, 400);
}
