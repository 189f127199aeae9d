//! The journal without a keychain: locked, opened with a passphrase, kept in memory, and from one to the other.

use std::{fs, path::Path, sync::Arc};

use secrecy::SecretString;
use serde_json::json;
use tempfile::TempDir;

use super::{intent::Intent, *};
use crate::secrets::{Keychain, MemoryKeychain};

const PASSPHRASE: &str = "four words at random";

struct Silent;

impl Keychain for Silent {
    fn name(&self) -> &'static str {
        "silent"
    }
    fn read(&self, _: &str) -> Result<Option<SecretString>, NoKeychain> {
        Err(NoKeychain("nobody answers".to_owned()))
    }
    fn write(&self, _: &str, _: &SecretString) -> Result<(), NoKeychain> {
        Err(NoKeychain("nobody answers".to_owned()))
    }
    fn forget(&self, _: &str) -> Result<(), NoKeychain> {
        Err(NoKeychain("nobody answers".to_owned()))
    }
}

fn now() -> DateTime<Utc> {
    DateTime::from_timestamp(1_795_000_000, 0).unwrap()
}

fn intent(profile: ProfileId) -> Intent {
    let request = json!({ "contactPhoneNumber": "5550100123" });
    Intent::new(IntentId::fresh(), profile, "queue_up", request, now())
}

async fn open(folder: &Path, keychain: Arc<dyn Keychain>) -> Journal {
    let (journal, notice) = Journal::open(folder, &Secrets::new(keychain))
        .await
        .unwrap();
    assert_eq!(notice, None);
    journal
}

async fn silent(folder: &TempDir) -> Journal {
    open(folder.path(), Arc::new(Silent)).await
}

async fn unlock(journal: &Journal, passphrase: &str) -> Result<Option<Text>, Error> {
    journal.unlock(passphrase.into()).await
}

async fn state(journal: &Journal) -> (KeptWith, bool, bool) {
    let state = journal.state().await.unwrap();
    (state.kept, state.passphrase_left, state.keychain_left)
}

fn fault<T>(outcome: Result<T, Error>) -> Fault {
    match outcome {
        Err(Error::Journal(fault)) => fault,
        Err(other) => panic!("{other}"),
        Ok(_) => panic!("it worked"),
    }
}

fn holds(folder: &TempDir, words: &str) -> bool {
    fs::read_dir(folder.path()).unwrap().any(|entry| {
        let bytes = fs::read(entry.unwrap().path()).unwrap();
        bytes
            .windows(words.len())
            .any(|window| window == words.as_bytes())
    })
}

#[tokio::test]
async fn without_a_keychain_nothing_is_written_down_before_somebody_has_decided() {
    let folder = tempfile::tempdir().unwrap();
    let journal = silent(&folder).await;
    assert_eq!(state(&journal).await, (KeptWith::Locked, false, false));
    let asked = intent(ProfileId::fresh());
    assert!(matches!(fault(journal.add(&asked).await), Fault::Locked));
    journal.go_on().await.unwrap();
    assert_eq!(state(&journal).await, (KeptWith::Memory, false, false));
    assert!(journal.state().await.unwrap().message.is_some());
    journal.add(&asked).await.unwrap();
    assert!(!folder.path().join("journal.db").exists());
    assert!(!folder.path().join("journal-passphrase.db").exists());
}

#[tokio::test]
async fn what_is_kept_with_a_passphrase_is_there_in_the_next_run_for_who_knows_it() {
    let folder = tempfile::tempdir().unwrap();
    let asked = intent(ProfileId::fresh());
    {
        let journal = silent(&folder).await;
        assert!(matches!(
            fault(unlock(&journal, "too short").await),
            Fault::WeakPassphrase
        ));
        unlock(&journal, PASSPHRASE).await.unwrap();
        assert_eq!(state(&journal).await, (KeptWith::Passphrase, false, false));
        journal.add(&asked).await.unwrap();
        for words in ["5550100123", PASSPHRASE, "SQLite format"] {
            assert!(!holds(&folder, words), "{words} is readable on disk");
        }
    }
    let journal = silent(&folder).await;
    assert_eq!(state(&journal).await, (KeptWith::Locked, true, false));
    for wrong in ["four words at randon", "", "FOUR WORDS AT RANDOM"] {
        assert!(matches!(
            fault(unlock(&journal, wrong).await),
            Fault::WrongPassphrase
        ));
        assert_eq!(state(&journal).await, (KeptWith::Locked, true, false));
    }
    unlock(&journal, PASSPHRASE).await.unwrap();
    assert_eq!(journal.find(asked.id).await.unwrap(), Some(asked));
}

#[tokio::test]
async fn what_was_written_down_in_memory_goes_over_when_the_passphrase_is_typed() {
    let folder = tempfile::tempdir().unwrap();
    let profile = ProfileId::fresh();
    let (before, meanwhile) = (intent(profile), intent(profile));
    {
        let journal = silent(&folder).await;
        unlock(&journal, PASSPHRASE).await.unwrap();
        journal.add(&before).await.unwrap();
    }
    {
        let journal = silent(&folder).await;
        journal.go_on().await.unwrap();
        assert_eq!(state(&journal).await, (KeptWith::Memory, true, false));
        journal.add(&meanwhile).await.unwrap();
        // Whoever has it at hand goes on with the one on disk.
        let at_hand = journal.clone();
        unlock(&journal, PASSPHRASE).await.unwrap();
        assert_eq!(at_hand.to_see_to(profile).await.unwrap().len(), 2);
        let sent = at_hand.step(meanwhile.id, State::Queued, Event::Sends, Note::default());
        assert_eq!(sent.await.unwrap(), State::Sent);
    }
    let journal = silent(&folder).await;
    unlock(&journal, PASSPHRASE).await.unwrap();
    assert_eq!(
        journal.find(before.id).await.unwrap().unwrap().state,
        State::Queued
    );
    assert_eq!(
        journal.find(meanwhile.id).await.unwrap().unwrap().state,
        State::Sent
    );
}

#[tokio::test]
async fn what_a_passphrase_keeps_is_not_lost_when_the_keychain_is_back() {
    let folder = tempfile::tempdir().unwrap();
    let keychain = Arc::new(MemoryKeychain::default());
    let profile = ProfileId::fresh();
    let (first, second) = (intent(profile), intent(profile));
    {
        let journal = open(folder.path(), keychain.clone()).await;
        assert_eq!(state(&journal).await, (KeptWith::Keychain, false, false));
        journal.add(&first).await.unwrap();
    }
    {
        let journal = silent(&folder).await;
        assert_eq!(state(&journal).await, (KeptWith::Locked, false, true));
        unlock(&journal, PASSPHRASE).await.unwrap();
        assert_eq!(state(&journal).await, (KeptWith::Passphrase, false, true));
        let message = journal.state().await.unwrap().message.unwrap();
        assert_eq!(message.id, "journal-of-keychain-left");
        journal.add(&second).await.unwrap();
    }
    {
        // Somebody has to say first whether to look into it.
        let journal = open(folder.path(), keychain.clone()).await;
        assert_eq!(state(&journal).await, (KeptWith::Locked, true, true));
        assert!(matches!(
            fault(journal.to_see_to(profile).await),
            Fault::Locked
        ));
        journal.go_on().await.unwrap();
        assert_eq!(state(&journal).await, (KeptWith::Keychain, true, false));
        let message = journal.state().await.unwrap().message.unwrap();
        assert_eq!(message.id, "journal-of-passphrase-left");
        assert_eq!(journal.to_see_to(profile).await.unwrap().len(), 1);
    }
    let journal = open(folder.path(), keychain.clone()).await;
    unlock(&journal, PASSPHRASE).await.unwrap();
    assert_eq!(state(&journal).await, (KeptWith::Keychain, false, false));
    assert_eq!(journal.to_see_to(profile).await.unwrap().len(), 2);
    drop(journal);
    let journal = open(folder.path(), keychain).await;
    assert_eq!(state(&journal).await, (KeptWith::Keychain, false, false));
    assert_eq!(journal.to_see_to(profile).await.unwrap().len(), 2);
}

#[tokio::test]
async fn a_changed_passphrase_is_the_only_one_that_opens_it() {
    let folder = tempfile::tempdir().unwrap();
    let (asked, next) = (intent(ProfileId::fresh()), "quite another passphrase");
    {
        let journal = silent(&folder).await;
        unlock(&journal, PASSPHRASE).await.unwrap();
        journal.add(&asked).await.unwrap();
        let change = |from: &str, to: &str| journal.change_passphrase(from.into(), to.into());
        assert!(matches!(
            fault(change("not this one", next).await),
            Fault::WrongPassphrase
        ));
        assert!(matches!(
            fault(change(PASSPHRASE, "short").await),
            Fault::WeakPassphrase
        ));
        change(PASSPHRASE, next).await.unwrap();
        assert!(journal.find(asked.id).await.unwrap().is_some());
    }
    let journal = silent(&folder).await;
    assert!(matches!(
        fault(unlock(&journal, PASSPHRASE).await),
        Fault::WrongPassphrase
    ));
    unlock(&journal, next).await.unwrap();
    assert_eq!(journal.find(asked.id).await.unwrap(), Some(asked));
}

#[tokio::test]
async fn a_change_of_passphrase_that_was_cut_short_locks_nobody_out() {
    let folder = tempfile::tempdir().unwrap();
    let next = "quite another passphrase";
    let asked = intent(ProfileId::fresh());
    {
        let journal = silent(&folder).await;
        unlock(&journal, PASSPHRASE).await.unwrap();
        journal.add(&asked).await.unwrap();
    }
    // As far as it comes before the journal itself is changed; and again, for as often as somebody tries.
    for _ in 0..3 {
        let known = passphrase::Recipes::load(folder.path()).unwrap().unwrap();
        let (recipe, _) = passphrase::Recipe::fresh(&next.into()).unwrap();
        known.and(recipe).save(folder.path()).unwrap();
        let journal = silent(&folder).await;
        unlock(&journal, PASSPHRASE).await.unwrap();
        assert_eq!(journal.find(asked.id).await.unwrap().as_ref(), Some(&asked));
    }
}

#[tokio::test]
async fn a_journal_whose_passphrase_nobody_knows_is_set_aside_and_never_deleted() {
    let folder = tempfile::tempdir().unwrap();
    {
        let journal = silent(&folder).await;
        unlock(&journal, PASSPHRASE).await.unwrap();
        journal.add(&intent(ProfileId::fresh())).await.unwrap();
    }
    let journal = silent(&folder).await;
    let told = journal.set_aside().await.unwrap().unwrap();
    assert_eq!(
        told,
        crate::messages::journal_set_aside("journal-passphrase.db.unreadable")
    );
    assert_eq!(state(&journal).await, (KeptWith::Locked, false, false));
    for kept in [
        "journal-passphrase.db.unreadable",
        "journal-passphrase.json.unreadable",
    ] {
        assert!(folder.path().join(kept).exists(), "{kept}");
    }
    unlock(&journal, "a passphrase for the new one")
        .await
        .unwrap();
    assert!(
        journal
            .to_see_to(ProfileId::fresh())
            .await
            .unwrap()
            .is_empty()
    );
}

#[tokio::test]
async fn a_damaged_journal_is_told_from_a_wrong_passphrase() {
    let folder = tempfile::tempdir().unwrap();
    {
        let journal = silent(&folder).await;
        unlock(&journal, PASSPHRASE).await.unwrap();
    }
    let path = folder.path().join("journal-passphrase.db");
    fs::write(&path, "no journal at all ".repeat(600)).unwrap();
    let journal = silent(&folder).await;
    assert!(matches!(
        fault(unlock(&journal, "not this one").await),
        Fault::WrongPassphrase
    ));
    let notice = unlock(&journal, PASSPHRASE).await.unwrap();
    assert_eq!(
        notice,
        Some(crate::messages::journal_set_aside(
            "journal-passphrase.db.unreadable"
        ))
    );
    assert_eq!(state(&journal).await, (KeptWith::Passphrase, false, false));
}
