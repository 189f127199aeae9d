//! The journal on real files: what is kept, what is set aside, what is refused.

use std::{fs, sync::Arc};

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::json;
use tempfile::TempDir;

use super::{intent::Settlement, *};
use crate::{
    messages,
    secrets::{Keychain, MemoryKeychain},
};

/// Any moment will do, the same in every run.
fn now() -> DateTime<Utc> {
    DateTime::from_timestamp(1_795_000_000, 0).unwrap()
}

struct Desk {
    folder: TempDir,
    keychain: Arc<MemoryKeychain>,
}

impl Desk {
    fn new() -> Self {
        Self {
            folder: tempfile::tempdir().unwrap(),
            keychain: Arc::default(),
        }
    }

    async fn try_open(&self) -> Result<(Journal, Option<Text>), Error> {
        let secrets = Secrets::new(self.keychain.clone());
        Journal::open(self.folder.path(), &secrets).await
    }

    async fn open(&self) -> Journal {
        let (journal, notice) = self.try_open().await.unwrap();
        assert_eq!(notice, None);
        journal
    }

    fn names(&self) -> Vec<String> {
        let mut names: Vec<_> = fs::read_dir(self.folder.path())
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }
}

fn intent(profile: ProfileId) -> Intent {
    let request = json!({ "contactPhoneNumber": "5550100123" });
    Intent::new(IntentId::fresh(), profile, "queue_up", request, now())
}

fn fault<T>(outcome: Result<T, Error>) -> Fault {
    match outcome {
        Err(Error::Journal(fault)) => fault,
        Err(other) => panic!("{other}"),
        Ok(_) => panic!("it worked"),
    }
}

#[tokio::test]
async fn an_intent_survives_the_program_in_every_state() {
    let desk = Desk::new();
    let profile = ProfileId::fresh();
    let asked = Intent {
        note: Some("moved away".to_owned()),
        ..intent(profile)
    };
    let now = now();
    {
        let journal = desk.open().await;
        assert_eq!(journal.add(&asked).await.unwrap(), None);
        let note = Note {
            sent_at: Some(now),
            basis: Some(json!({ "served": true })),
            ..Note::default()
        };
        journal
            .step(asked.id, State::Queued, Event::Sends, note)
            .await
            .unwrap();
    }
    let journal = desk.open().await;
    let [found] = &journal.to_see_to(profile).await.unwrap()[..] else {
        panic!("one intent is open");
    };
    assert_eq!(found.state, State::Sent);
    assert_eq!(found.sent_at, Some(now));
    assert_eq!(found.basis, Some(json!({ "served": true })));
    assert_eq!(
        (&found.request, &found.note, &found.os_user),
        (&asked.request, &asked.note, &asked.os_user)
    );
    assert!(
        journal
            .to_see_to(ProfileId::fresh())
            .await
            .unwrap()
            .is_empty()
    );
}

#[tokio::test]
async fn an_id_is_one_intent_and_a_state_is_left_once() {
    let journal = Journal::in_memory().unwrap();
    let asked = intent(ProfileId::fresh());
    journal.add(&asked).await.unwrap();
    assert_eq!(journal.add(&asked).await.unwrap(), Some(asked.clone()));
    let send = || journal.step(asked.id, State::Queued, Event::Sends, Note::default());
    assert_eq!(send().await.unwrap(), State::Sent);
    assert!(matches!(fault(send().await), Fault::MovedOn));
    let anew = journal.ask_anew(asked.clone(), asked.clone()).await;
    assert!(matches!(fault(anew), Fault::MovedOn));
}

#[tokio::test]
async fn a_case_is_accounted_for_by_the_intent_that_made_it() {
    let journal = Journal::in_memory().unwrap();
    let profile = ProfileId::fresh();
    let (asked, other) = (intent(profile), intent(profile));
    journal.add(&asked).await.unwrap();
    let case = CaseId(uuid::Uuid::from_u128(7));
    let note = Note {
        answer: Some(json!({ "caseId": case })),
        told: true,
        ..Note::default()
    };
    journal
        .step(asked.id, State::Queued, Event::Sends, Note::default())
        .await
        .unwrap();
    journal
        .step(asked.id, State::Sent, Event::Confirms, note)
        .await
        .unwrap();
    let of_others = |id| journal.cases_of_others(profile, id, "queue_up");
    assert!(of_others(other.id).await.unwrap().contains(&case));
    assert!(of_others(asked.id).await.unwrap().is_empty());
    let started = journal.cases_of_others(profile, other.id, "start_next_case");
    assert!(started.await.unwrap().is_empty());
    assert!(journal.to_see_to(profile).await.unwrap().is_empty());
}

#[tokio::test]
async fn a_case_that_was_to_be_cancelled_before_an_intent_left_is_not_its_doing() {
    let journal = Journal::in_memory().unwrap();
    let profile = ProfileId::fresh();
    let case = CaseId(uuid::Uuid::from_u128(7));
    let cancelling = Intent {
        command: "cancel_appointment".into(),
        request: json!({ "caseId": case }),
        ..intent(profile)
    };
    journal.add(&cancelling).await.unwrap();
    let sent = |after: TimeDelta| Note {
        sent_at: Some(cancelling.asked_at + after),
        ..Note::default()
    };
    let (before, after) = (intent(profile), intent(profile));
    for (booking, left) in [(&before, -1), (&after, 1)] {
        journal.add(booking).await.unwrap();
        let note = sent(TimeDelta::seconds(left));
        let left = journal.step(booking.id, State::Queued, Event::Sends, note);
        left.await.unwrap();
    }
    let of_others = |id| journal.cases_of_others(profile, id, "book_appointment");
    assert!(of_others(after.id).await.unwrap().contains(&case));
    assert!(of_others(before.id).await.unwrap().is_empty());
}

#[tokio::test]
async fn nothing_of_the_journal_is_readable_on_disk() {
    let desk = Desk::new();
    let journal = desk.open().await;
    journal.add(&intent(ProfileId::fresh())).await.unwrap();
    for name in desk.names() {
        let bytes = fs::read(desk.folder.path().join(&name)).unwrap();
        for words in [&b"5550100123"[..], b"queue_up", b"SQLite format"] {
            let found = bytes.windows(words.len()).any(|window| window == words);
            assert!(!found, "{name} holds {}", String::from_utf8_lossy(words));
        }
    }
}

#[tokio::test]
async fn a_journal_that_can_not_be_read_is_set_aside_and_never_deleted() {
    let desk = Desk::new();
    let path = desk.folder.path().join("journal.db");
    for (round, aside) in ["journal.db.unreadable", "journal.db.unreadable-2"]
        .into_iter()
        .enumerate()
    {
        let garbage = format!("round {round}: {}", "no journal at all ".repeat(600));
        fs::write(&path, &garbage).unwrap();
        let (journal, notice) = desk.try_open().await.unwrap();
        assert_eq!(notice, Some(messages::journal_set_aside(aside)));
        journal.add(&intent(ProfileId::fresh())).await.unwrap();
        drop(journal);
        let kept = fs::read_to_string(desk.folder.path().join(aside)).unwrap();
        assert_eq!(kept, garbage);
    }
}

#[tokio::test]
async fn a_journal_whose_key_is_lost_is_set_aside() {
    let desk = Desk::new();
    desk.open()
        .await
        .add(&intent(ProfileId::fresh()))
        .await
        .unwrap();
    desk.keychain.forget("journal-key").unwrap();
    let (_, notice) = desk.try_open().await.unwrap();
    assert!(notice.is_some());
    assert!(desk.names().contains(&"journal.db.unreadable".to_owned()));
    drop(desk.open());
}

#[tokio::test]
async fn a_second_instance_is_kept_out_until_the_first_ends() {
    let desk = Desk::new();
    let first = desk.open().await;
    assert!(matches!(fault(desk.try_open().await), Fault::Taken));
    first.add(&intent(ProfileId::fresh())).await.unwrap();
    drop(first);
    desk.open().await;
}

#[tokio::test]
async fn a_full_disk_and_a_folder_that_can_not_be_written_to_are_told_apart() {
    let desk = Desk::new();
    let journal = desk.open().await;
    let mut large = intent(ProfileId::fresh());
    large.request = json!("x".repeat(100_000));
    journal
        .inner
        .keeping
        .lock()
        .unwrap()
        .store()
        .unwrap()
        .fill_up();
    assert!(matches!(fault(journal.add(&large).await), Fault::Full));
    assert_eq!(journal.find(large.id).await.unwrap(), None);

    let file = desk.folder.path().join("a-file");
    fs::write(&file, "").unwrap();
    let secrets = Secrets::new(desk.keychain.clone());
    let below = Journal::open(&file.join("below"), &secrets).await;
    assert!(matches!(fault(below), Fault::ReadOnly | Fault::Other(_)));
}

#[tokio::test]
async fn what_is_closed_and_told_is_forgotten_after_a_month_and_nothing_else() {
    let desk = Desk::new();
    let profile = ProfileId::fresh();
    let (mut closed, mut open) = (intent(profile), intent(profile));
    closed.asked_at -= TimeDelta::days(31);
    open.asked_at = closed.asked_at;
    {
        let journal = desk.open().await;
        journal.add(&closed).await.unwrap();
        journal.add(&open).await.unwrap();
        let told = Note {
            told: true,
            ..Note::default()
        };
        let state = journal
            .step(closed.id, State::Queued, Event::Drops, told)
            .await;
        assert_eq!(state.unwrap(), State::Settled(Settlement::Dropped));
    }
    let journal = desk.open().await;
    journal.tidy(now(), 30).await.unwrap();
    assert_eq!(journal.find(closed.id).await.unwrap(), None);
    assert!(journal.find(open.id).await.unwrap().is_some());
}
