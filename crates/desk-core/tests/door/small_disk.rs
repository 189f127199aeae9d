//! A disk that is really full, and one that really can't be written to: nothing is sent that is not in the journal, and the
//! reason is said.
//!
//! Each test runs in a process of its own with a small disk mounted for it alone. Where nobody may mount one, neither as
//! root nor within a user namespace, the tests fail and say so; `FRONT_DESK_WITHOUT_SMALL_DISK=1` lets them go by, in words.

use std::{
    env,
    fs::{self, File},
    io::Write,
    path::{Path, PathBuf},
    process::Command,
};

use serde_json::{Value, json};

use crate::{harness::open, line::Line, line::hasty};

const DISK: &str = "FRONT_DESK_TEST_SMALL_DISK";
const WITHOUT: &str = "FRONT_DESK_WITHOUT_SMALL_DISK";
/// What the shell ends with when nothing could be mounted; a failed test ends with another.
const NOT_MOUNTED: i32 = 77;
const PAGE: u64 = 4096;

/// The small disk, in the process that has one. `None` in the one that started it, when all is well there.
fn small_disk(test: &str) -> Option<PathBuf> {
    if let Some(disk) = env::var_os(DISK) {
        return Some(disk.into());
    }
    let place = tempfile::tempdir().unwrap();
    let script = format!(
        "mount -t tmpfs -o size=8m,mode=700 tmpfs \"${DISK}\" || exit {NOT_MOUNTED}; exec \"$0\" \"$@\""
    );
    for namespaces in [
        &["--mount"][..],
        &["--user", "--map-root-user", "--mount"][..],
    ] {
        let child = Command::new("unshare")
            .args(namespaces)
            .args(["--", "sh", "-c", &script])
            .arg(env::current_exe().unwrap())
            .args([&format!("small_disk::{test}"), "--exact", "--nocapture"])
            // Every folder that the test makes is on the small disk.
            .env("TMPDIR", place.path())
            .env(DISK, place.path())
            .output();
        let Ok(child) = child else {
            continue;
        };
        let told = String::from_utf8_lossy(&child.stdout);
        let complained = String::from_utf8_lossy(&child.stderr);
        match child.status.code() {
            Some(0) => {
                assert!(told.contains("1 passed"), "{told}");
                return None;
            }
            // Of `unshare` itself.
            Some(1 | NOT_MOUNTED) => {}
            _ => panic!("{told}\n{complained}"),
        }
    }
    assert!(
        env::var_os(WITHOUT).is_some(),
        "nobody may mount a small disk here: run this as root, allow user namespaces, or set {WITHOUT}=1 to do without"
    );
    eprintln!("{test}: gone by, because nobody may mount a small disk here");
    None
}

fn run(test: impl Future<Output = ()>) {
    let mut builder = tokio::runtime::Builder::new_current_thread();
    builder.enable_all().build().unwrap().block_on(test);
}

/// Leaves so many pages free.
fn fill(disk: &Path, pages: u64) -> PathBuf {
    let path = disk.join("filler");
    let mut file = File::create(&path).unwrap();
    let page = [7; PAGE as usize];
    let mut written = 0;
    while file.write_all(&page).is_ok() {
        written += PAGE;
    }
    file.set_len(written.saturating_sub(pages * PAGE)).unwrap();
    path
}

#[test]
fn a_disk_that_fills_up_anywhere_in_a_change_sends_nothing_that_is_not_written_down() {
    let test = "a_disk_that_fills_up_anywhere_in_a_change_sends_nothing_that_is_not_written_down";
    if let Some(disk) = small_disk(test) {
        run(fills_up(&disk));
    }
}

async fn fills_up(disk: &Path) {
    let line = Line::new().await;
    let record = line.bench.customer()["recordId"].clone();
    let by_id = json!({ "customerRecordId": record });
    let known = line.bench.call("get_customer", by_id).await;
    let fields = known["fields"].as_array().unwrap();
    let name = fields.iter().find(|field| field["isKey"] == false).unwrap();
    let (mut refused, mut made) = (0, 0);
    for pages in 0..40 {
        let value =
            json!([{ "fieldTypeId": name["fieldTypeId"], "value": format!("Kim {pages}") }]);
        let request = json!({ "customerRecordId": record, "fields": value });
        let before = line.made("UpdateCustomer").len();
        let filler = fill(disk, pages);
        let told = line.outcome("update_customer", &request).await;
        let sent = line.made("UpdateCustomer").len() - before;
        match told {
            Ok(_) => {
                made += 1;
                assert_eq!(sent, 1, "{pages} pages");
            }
            Err(failure) => {
                refused += 1;
                assert_eq!(failure["code"], "journal_unavailable", "{failure:#}");
                assert_eq!(failure["message"]["id"], "disk-full");
                assert_eq!(failure["hint"]["id"], "hint-disk-full");
                assert_eq!(sent, 0, "{pages} pages");
            }
        }
        fs::remove_file(filler).unwrap();
    }
    assert!(refused > 0 && made > 0, "{refused} refused, {made} made");

    // With room again the same desk goes on, and the next run has nothing to ask anybody.
    let value = json!([{ "fieldTypeId": name["fieldTypeId"], "value": "Kim at last" }]);
    let request = json!({ "customerRecordId": record, "fields": value });
    line.bench.call("update_customer", request).await;
    let sent = line.made("UpdateCustomer").len();
    let line = line.next_run();
    line.bench.call("app_state", json!({})).await;
    let settled = async {
        while line
            .unsettled()
            .await
            .iter()
            .any(|write| write["state"] == "settling")
        {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(std::time::Duration::from_secs(20), settled)
        .await
        .unwrap();
    for write in line.unsettled().await {
        assert_ne!(write["state"], "needsEyes", "{write:#}");
    }
    assert_eq!(line.made("UpdateCustomer").len(), sent);
}

#[test]
fn a_disk_that_can_only_be_read_lets_read_and_sends_nothing() {
    let test = "a_disk_that_can_only_be_read_lets_read_and_sends_nothing";
    if let Some(disk) = small_disk(test) {
        run(only_read(&disk));
    }
}

async fn only_read(disk: &Path) {
    let line = Line::new().await;
    let walk_in = line.walk_in();
    line.bench.call("queue_up", walk_in.clone()).await;
    let Line { bench, .. } = line;
    let folder = bench.folder.path().to_owned();
    drop(bench.desk);
    while folder.join("journal.db-wal").exists() {
        tokio::task::yield_now().await;
    }
    let remounted = Command::new("mount")
        .args(["-o", "remount,ro"])
        .arg(disk)
        .status()
        .unwrap();
    assert!(remounted.success());
    assert!(fs::write(disk.join("anything"), "x").is_err());

    let desk = open(&folder, bench.keychain.clone()).settling_at(hasty());
    let state = desk.dispatch("app_state", json!({})).await.unwrap();
    assert_eq!(state["connection"]["status"], "connected");
    assert_eq!(state["journal"]["kept"], "unavailable");
    desk.dispatch("list_users", json!({})).await.unwrap();
    for (command, request) in [
        ("queue_up", walk_in),
        (
            "erase_local_data",
            json!({ "forget": [], "forgetUnread": true }),
        ),
    ] {
        let refused = desk.dispatch(command, request).await.unwrap_err();
        assert_eq!(json!(refused.code), "journal_unavailable");
        assert_eq!(refused.message.id, "folder-read-only");
    }
    let walk_ins = bench.simulator.ledger().into_iter();
    let walk_ins: Vec<Value> = walk_ins
        .filter(|entry| entry["endpoint"] == "QueueUp")
        .collect();
    assert_eq!(walk_ins.len(), 1);
}
