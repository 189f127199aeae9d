//! The journal after a damage: rows whose cells hold anything, and a file whose bytes were changed. It is read, or said to
//! be unreadable and set aside whole; it is never deleted.

use std::{
    fs,
    path::Path,
    sync::{Arc, OnceLock},
};

use chrono::{DateTime, Utc};
use desk_core::{
    fuzzing::Damaged,
    journal::{
        Journal,
        intent::{Intent, IntentId},
    },
    profiles::ProfileId,
    secrets::{MemoryKeychain, Secrets},
};
use serde_json::{Map, Value, json};
use tokio::runtime::{Builder, Runtime};

const FILES: [&str; 2] = ["journal.db", "journal.db-wal"];

fn now() -> DateTime<Utc> {
    DateTime::from_timestamp(1_795_000_000, 0).expect("a moment")
}

/// An object of columns of an intent and what stands in them.
pub fn rows(cells: &[u8]) {
    if let Ok(cells @ Value::Object(_)) = serde_json::from_slice(cells) {
        read_damaged(&Map::from_iter([("intents".to_owned(), cells)]));
    }
}

/// The same for every table: an object of tables, each an object of its columns.
pub fn tables(tables: &[u8]) {
    if let Ok(Value::Object(tables)) = serde_json::from_slice(tables) {
        read_damaged(&tables);
    }
}

fn read_damaged(tables: &Map<String, Value>) {
    static DAMAGED: OnceLock<Damaged> = OnceLock::new();
    let damaged = DAMAGED.get_or_init(|| {
        let sound = runtime().block_on(Damaged::new(now())).expect("a journal");
        assert_eq!(sound.bare(), Vec::<&str>::new(), "tables without a row");
        let read = runtime().block_on(sound.read(&Map::new()));
        assert!(read.expect("what is sound is read") > 0);
        sound
    });
    // Read or refused.
    drop(runtime().block_on(damaged.read(tables)));
}

/// Edits of eight bytes: which file, what to do, where (three bytes), how many, with what (two bytes).
pub fn file(edits: &[u8]) {
    let sound = sound();
    let mut files = sound.files.clone();
    for edit in edits.as_chunks::<8>().0.iter().take(64) {
        apply(*edit, &mut files);
    }
    let folder = tempfile::tempdir().expect("a folder");
    for (name, bytes) in FILES.iter().zip(&files) {
        fs::write(folder.path().join(name), bytes).expect("a file");
    }
    let opened = runtime().block_on(async {
        let opened = Journal::open(folder.path(), &sound.secrets).await;
        if let Ok((journal, _)) = &opened {
            // Read or refused.
            drop(journal.to_see_to(sound.profile).await);
        }
        opened.map(|(_, notice)| notice.is_some())
    });
    let aside = folder.path().join("journal.db.unreadable");
    match opened {
        Ok(true) => assert_eq!(
            fs::read(&aside).ok().as_ref(),
            Some(&files[0]),
            "set aside whole"
        ),
        Ok(false) => assert!(!aside.exists()),
        Err(_) => assert!(aside.exists() || folder.path().join(FILES[0]).exists()),
    }
}

fn apply(edit: [u8; 8], files: &mut [Vec<u8>; 2]) {
    let [which, act, place @ .., count, one, two] = edit;
    let bytes = &mut files[usize::from(which % 2)];
    let place = place
        .iter()
        .fold(0, |place, byte| place * 256 + usize::from(*byte));
    let place = place % (bytes.len() + 1);
    let end = (place + usize::from(count)).min(bytes.len());
    match act % 5 {
        0 => bytes.truncate(place),
        1 => bytes[place..end].fill(one),
        2 => bytes[place..end].iter_mut().for_each(|byte| *byte ^= two),
        3 => drop(bytes.drain(place..end)),
        _ => drop(bytes.splice(place..place, std::iter::repeat_n(one, usize::from(count)))),
    }
}

struct Sound {
    files: [Vec<u8>; 2],
    secrets: Secrets,
    profile: ProfileId,
}

/// A journal with a few intents, copied while it was open: some of it is in the log that SQLite writes ahead.
fn sound() -> &'static Sound {
    static SOUND: OnceLock<Sound> = OnceLock::new();
    SOUND.get_or_init(|| {
        let folder = tempfile::tempdir().expect("a folder");
        let secrets = Secrets::new(Arc::new(MemoryKeychain::default()));
        let profile = ProfileId::fresh();
        let files = runtime().block_on(async {
            let opened = Journal::open(folder.path(), &secrets).await;
            let (journal, _) = opened.expect("a journal");
            for _ in 0..20 {
                let request = json!({ "contactPhoneNumber": "5550100123" });
                let intent = Intent::new(IntentId::fresh(), profile, "queue_up", request, now());
                journal.add(&intent).await.expect("an intent");
            }
            FILES.map(|name| read(&folder.path().join(name)))
        });
        Sound {
            files,
            secrets,
            profile,
        }
    })
}

fn read(path: &Path) -> Vec<u8> {
    fs::read(path).expect("a file of the journal")
}

/// Kept from input to input: its threads are started once.
fn runtime() -> &'static Runtime {
    static RUNTIME: OnceLock<Runtime> = OnceLock::new();
    RUNTIME.get_or_init(|| {
        Builder::new_current_thread()
            .enable_all()
            .build()
            .expect("a runtime")
    })
}
