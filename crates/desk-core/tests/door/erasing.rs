//! Erasing everything kept on this PC: afterwards the desk is as at its first start, whenever the program was killed, and
//! nothing that is not settled goes without a word.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use cubu_simulator::Options;
use serde_json::{Value, json};

use crate::{
    harness::open,
    keychains::Moody,
    line::{Line, hasty},
    proxy::Mishap,
};

const MARKER: &str = "erasing.json";

/// A desk with something of everything on disk.
async fn lived_in() -> (Line, Arc<Moody>) {
    let keychain = Arc::new(Moody::default());
    let line = Line::on(Options::default(), keychain.clone()).await;
    let bench = &line.bench;
    let booking = bench.vacancy().await;
    bench.call("book_appointment", booking.clone()).await;
    let user = bench.simulator.world()["users"][0]["userId"].clone();
    bench
        .call(
            "choose_agent",
            json!({ "userId": user, "displayName": "Dana Frost" }),
        )
        .await;
    let draft = json!({ "name": "booking", "content": { "phone": "5550100123" } });
    bench.call("keep_draft", draft).await;
    let folder = bench.folder.path();
    for name in ["settings.json.unreadable", "journal.db.unreadable"] {
        fs::write(folder.join(name), "damaged").unwrap();
    }
    fs::create_dir_all(folder.join("logs")).unwrap();
    fs::write(folder.join("logs/front-desk.2026-11-22.log"), "a line").unwrap();
    assert!(keychain.accounts().len() >= 2);
    let files = files(folder);
    for known in ["journal.db", "desk.json", "settings.json"] {
        assert!(files.contains(Path::new(known)), "{files:?}");
    }
    (line, keychain)
}

/// Every file below a folder.
fn files(folder: &Path) -> BTreeSet<PathBuf> {
    let mut found = BTreeSet::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                found.insert(path.strip_prefix(folder).unwrap().to_owned());
            }
        }
    }
    found
}

/// What keeps two instances apart is all that may be left.
#[track_caller]
fn is_empty(folder: &Path) {
    let left = files(folder);
    assert!(
        left.iter().all(|file| file == Path::new("journal.lock")),
        "{left:?}"
    );
}

fn notices(state: &Value) -> Vec<&str> {
    let notices = state["notices"].as_array().unwrap().iter();
    notices
        .map(|notice| notice["id"].as_str().unwrap())
        .collect()
}

/// A state without what it says of the past.
fn without_notices(mut state: Value) -> Value {
    state["notices"] = json!([]);
    state
}

async fn first_start() -> Value {
    let folder = tempfile::tempdir().unwrap();
    let desk = open(folder.path(), Arc::new(Moody::default()));
    desk.dispatch("app_state", json!({})).await.unwrap()
}

/// Everything that has to be named; a change counts as told only a moment after its outcome went out.
async fn until_nothing_is_open(line: &Line) {
    let told = async {
        loop {
            let preview = line.bench.call("preview_erasure", json!({})).await;
            if preview["changes"] == json!([]) {
                break;
            }
        }
    };
    tokio::time::timeout(Duration::from_secs(20), told)
        .await
        .unwrap();
}

#[tokio::test]
async fn an_erased_desk_is_as_at_its_first_start_and_can_be_set_up_again() {
    let (line, keychain) = lived_in().await;
    until_nothing_is_open(&line).await;
    let profile = line
        .bench
        .call("export_profile", line.bench.this_profile())
        .await;
    // Answers that are on their way meanwhile leave nothing either.
    let today = json!({ "serviceId": line.bench.service("appointment")["serviceId"], "date": "2026-11-23" });
    let (state, ..) = tokio::join!(
        line.bench.call("erase_local_data", agreeing_to(json!([]))),
        line.bench.desk.dispatch("list_calendars", today.clone()),
        line.bench.desk.dispatch("list_users", json!({})),
        line.bench.desk.dispatch("load_day", today),
    );
    assert_eq!(notices(&state), ["everything-erased"]);
    assert_eq!(without_notices(state), first_start().await);
    is_empty(line.bench.folder.path());
    assert_eq!(keychain.accounts(), BTreeSet::new());

    let made = line.made("BookAppointment").len();
    let line = line.next_run();
    let state = line.bench.call("app_state", json!({})).await;
    assert_eq!(state, first_start().await);
    is_empty(line.bench.folder.path());

    // And again from the beginning, with another key.
    let imported = line
        .bench
        .call("import_profile", json!({ "json": profile["json"] }))
        .await;
    let secret = &line.bench.simulator.connection.client_secret;
    let secret = json!({ "profileId": imported["id"], "clientSecret": secret });
    line.bench.call("set_client_secret", secret).await;
    let this = json!({ "profileId": imported["id"] });
    line.bench.call("activate_profile", this).await;
    line.bench.undo_seconds(0).await;
    line.bench
        .call("book_appointment", line.bench.vacancy().await)
        .await;
    assert_eq!(line.made("BookAppointment").len(), made + 1);
    let line = line.next_run();
    let state = line.bench.call("app_state", json!({})).await;
    assert_eq!(state["connection"]["status"], "connected");
    assert_eq!(notices(&state), Vec::<&str>::new());
    let trail = line.bench.call("list_audit", json!({})).await;
    assert!(!trail["entries"].as_array().unwrap().is_empty());
}

#[tokio::test]
async fn it_can_be_set_up_again_in_the_same_run() {
    let (line, keychain) = lived_in().await;
    until_nothing_is_open(&line).await;
    let bench = &line.bench;
    let profile = bench.call("get_profile", bench.this_profile()).await;
    bench.call("erase_local_data", agreeing_to(json!([]))).await;
    let mut again = profile.clone();
    again["id"] = Value::Null;
    let saved = bench
        .call("save_profile", json!({ "profile": again }))
        .await;
    let secret = &bench.simulator.connection.client_secret;
    let secret = json!({ "profileId": saved["id"], "clientSecret": secret });
    bench.call("set_client_secret", secret).await;
    bench
        .call("activate_profile", json!({ "profileId": saved["id"] }))
        .await;
    let before = line.made("QueueUp").len();
    bench.call("queue_up", line.walk_in()).await;
    assert_eq!(line.made("QueueUp").len(), before + 1);
    assert_eq!(keychain.accounts().len(), 2);
    let state = bench.call("app_state", json!({})).await;
    assert_eq!(state["journal"]["kept"], "keychain");
}

#[tokio::test]
async fn what_is_not_settled_is_forgotten_only_by_name() {
    let (line, keychain) = lived_in().await;
    let walk_in = line.walk_in();
    line.proxy.next("POST /cases", Mishap::NeverAnswered);
    line.outcome("queue_up", &walk_in).await.unwrap_err();
    let before = files(line.bench.folder.path());
    let accounts = keychain.accounts();

    let preview = line.bench.call("preview_erasure", json!({})).await;
    let named = |command: &str| {
        let changes = preview["changes"].as_array().unwrap().iter();
        let mut ids = changes.filter(|change| change["command"] == command);
        ids.next().unwrap()["id"].clone()
    };
    let id = named("queue_up");
    assert_eq!(preview["unread"], false);
    for request in [
        agreeing_to(json!([])),
        json!({ "forget": [], "forgetUnread": true }),
        json!({ "forgetUnread": false, "forget": ["5b0d6c1e-0000-4a6e-9d10-000000000001"] }),
    ] {
        let refused = line.bench.refused("erase_local_data", request).await;
        assert_eq!(json!(refused.code), "unsettled");
        assert_eq!(refused.message.id, "erasing-forgets");
    }
    assert_eq!(files(line.bench.folder.path()), before);
    assert_eq!(keychain.accounts(), accounts);
    assert_eq!(line.unsettled().await[0]["intentId"], id);

    let all = preview["changes"].as_array().unwrap().iter();
    let all: Vec<_> = all.map(|change| change["id"].clone()).collect();
    line.bench
        .call("erase_local_data", agreeing_to(json!(all)))
        .await;
    is_empty(line.bench.folder.path());
    assert_eq!(line.made("QueueUp").len(), 1);
}

#[tokio::test]
async fn what_is_held_back_and_agreed_to_be_forgotten_is_never_sent() {
    let (line, _) = lived_in().await;
    line.bench.undo_seconds(30).await;
    let cancel = line.to_cancel().await;
    let erase = async {
        let held = line.until_held(1).await;
        until_only(&line, &held[0]["intentId"]).await;
    };
    let (told, ()) = tokio::join!(line.outcome("cancel_appointment", &cancel), erase);
    told.unwrap_err();
    is_empty(line.bench.folder.path());
    assert_eq!(line.bench.call("list_held", json!({})).await, json!([]));
    assert_eq!(line.made("CancelAppointment"), Vec::<Value>::new());
}

/// A request that agrees to lose these.
fn agreeing_to(forget: Value) -> Value {
    json!({ "forget": forget, "forgetUnread": false })
}

/// Erases as soon as the held one is all that is open.
async fn until_only(line: &Line, held: &Value) {
    let request = agreeing_to(json!([held]));
    let erased = async {
        while let Err(failure) = line.outcome("erase_local_data", &request).await {
            assert_eq!(failure["code"], "unsettled");
        }
    };
    tokio::time::timeout(Duration::from_secs(20), erased)
        .await
        .unwrap();
}

#[tokio::test]
async fn a_kill_at_any_file_goes_on_at_the_next_start_and_never_takes_anything_newer() {
    let (line, keychain) = lived_in().await;
    until_nothing_is_open(&line).await;
    let folder = line.bench.folder.path().to_owned();
    let Line { bench, .. } = line;
    drop(bench.desk);
    // What was under way lets go of the journal when it hears of that.
    while folder.join("journal.db-wal").exists() {
        tokio::task::yield_now().await;
    }
    let all: Vec<_> = files(&folder).into_iter().collect();
    assert!(all.len() > 6, "{all:?}");
    let accounts = keychain.accounts();
    let marker = json!({
        "format": "front-desk-erasing",
        "schema": 1,
        "filesAreGone": false,
        "accounts": accounts,
    });
    for gone in 0..=all.len() {
        let killed = tempfile::tempdir().unwrap();
        for file in all.iter().skip(gone) {
            let to = killed.path().join(file);
            fs::create_dir_all(to.parent().unwrap()).unwrap();
            fs::copy(folder.join(file), to).unwrap();
        }
        fs::write(killed.path().join(MARKER), marker.to_string()).unwrap();
        let desk = open(killed.path(), keychain.clone());
        let state = desk.dispatch("app_state", json!({})).await.unwrap();
        assert_eq!(without_notices(state), first_start().await);
        is_empty(killed.path());
        assert_eq!(keychain.accounts(), BTreeSet::new());
    }

    // Killed after the files, before the keychain: what is newer stays.
    let killed = tempfile::tempdir().unwrap();
    let mut later = marker.clone();
    later["filesAreGone"] = json!(true);
    fs::write(killed.path().join(MARKER), later.to_string()).unwrap();
    fs::write(killed.path().join("settings.json"), "newer").unwrap();
    drop(open(killed.path(), keychain.clone()));
    assert!(killed.path().join("settings.json.unreadable").exists());

    // A note that is none erases nothing.
    let killed = tempfile::tempdir().unwrap();
    fs::write(killed.path().join(MARKER), "{").unwrap();
    fs::create_dir(killed.path().join("profiles")).unwrap();
    fs::write(killed.path().join("profiles/notes.txt"), "x").unwrap();
    drop(open(killed.path(), keychain));
    assert!(killed.path().join("profiles/notes.txt").exists());
}

#[tokio::test]
async fn what_can_not_be_removed_is_said_and_removed_at_the_next_start() {
    let (line, keychain) = lived_in().await;
    until_nothing_is_open(&line).await;
    // A folder where a file is removed: not even root can.
    let in_the_way = line.bench.folder.path().join("journal.db.in-the-way");
    fs::create_dir(&in_the_way).unwrap();
    let refused = line
        .bench
        .refused("erase_local_data", agreeing_to(json!([])))
        .await;
    assert_eq!(refused.message.id, "file-not-written");
    // Meanwhile nothing can be changed that the next start would take for old.
    let walk_in = line.walk_in();
    line.outcome("queue_up", &walk_in).await.unwrap_err();
    assert_eq!(line.made("QueueUp"), Vec::<Value>::new());
    fs::remove_dir(&in_the_way).unwrap();
    let line = line.next_run();
    let state = line.bench.call("app_state", json!({})).await;
    assert_eq!(without_notices(state), first_start().await);
    is_empty(line.bench.folder.path());
    assert_eq!(keychain.accounts(), BTreeSet::new());
}

#[tokio::test]
async fn a_keychain_that_does_not_answer_is_asked_again_and_makes_no_key_before() {
    let (line, keychain) = lived_in().await;
    until_nothing_is_open(&line).await;
    keychain.lock(true);
    let state = line
        .bench
        .call("erase_local_data", agreeing_to(json!([])))
        .await;
    let told: BTreeSet<_> = notices(&state).into_iter().collect();
    assert_eq!(told, ["erased-but-keychain", "everything-erased"].into());
    let left = files(line.bench.folder.path());
    assert_eq!(left, [MARKER.into(), "journal.lock".into()].into());
    assert!(!keychain.accounts().is_empty());

    let line = line.next_run();
    let state = line.bench.call("app_state", json!({})).await;
    assert_eq!(notices(&state), ["erased-but-keychain"]);
    keychain.lock(false);
    let line = line.next_run();
    let state = line.bench.call("app_state", json!({})).await;
    assert_eq!(notices(&state), Vec::<&str>::new());
    assert_eq!(keychain.accounts(), BTreeSet::new());
    is_empty(line.bench.folder.path());
}

#[tokio::test]
async fn a_journal_that_nobody_can_read_is_not_passed_over() {
    let keychain = Arc::new(Moody::locked());
    let line = Line::on(Options::default(), keychain.clone()).await;
    let passphrase = json!({ "passphrase": "four words at random" });
    line.bench.call("unlock_journal", passphrase).await;
    line.proxy.next("POST /cases", Mishap::NeverAnswered);
    let walk_in = line.walk_in();
    line.outcome("queue_up", &walk_in).await.unwrap_err();
    let line = line.next_run();
    let preview = line.bench.call("preview_erasure", json!({})).await;
    assert_eq!(preview, json!({ "changes": [], "unread": true }));
    let refused = line
        .bench
        .refused("erase_local_data", agreeing_to(json!([])))
        .await;
    assert_eq!(json!(refused.code), "unsettled");
    let agreed = json!({ "forget": [], "forgetUnread": true });
    line.bench.call("erase_local_data", agreed).await;
    let left = files(line.bench.folder.path());
    // The keychain, which never held anything, can't say so.
    assert_eq!(left, [MARKER.into(), "journal.lock".into()].into());
}

#[tokio::test]
async fn another_window_s_desk_is_not_erased_under_its_feet() {
    let (line, keychain) = lived_in().await;
    until_nothing_is_open(&line).await;
    let before = files(line.bench.folder.path());
    let second = open(line.bench.folder.path(), keychain).settling_at(hasty());
    for (command, request) in [
        ("preview_erasure", json!({})),
        ("erase_local_data", agreeing_to(json!([]))),
    ] {
        let refused = second.dispatch(command, request).await.unwrap_err();
        assert_eq!(json!(refused.code), "journal_unavailable");
        assert_eq!(refused.message.id, "journal-taken");
    }
    assert_eq!(files(line.bench.folder.path()), before);
}
