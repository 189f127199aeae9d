//! Disks and keychains that fail in the middle of the day: nothing is sent that is not in the journal, and the reason is said.

use std::{fs, sync::Arc, time::Duration};

use chrono::{TimeDelta, Utc};
use desk_core::{
    clock::Clock,
    desk::{Desk, Options},
    secrets::{Keychain, MemoryKeychain},
};
use serde_json::{Value, json};

use crate::{
    harness::{Bench, open},
    keychains::Moody,
    line::{Line, hasty},
    proxy::Mishap,
};

#[tokio::test]
async fn a_keychain_that_locks_in_mid_day_stops_nothing_that_was_open() {
    let keychain = Arc::new(Moody::default());
    let line = Line::on(cubu_simulator::Options::default(), keychain.clone()).await;
    let booking = line.bench.vacancy().await;
    keychain.lock(true);
    line.bench.call("book_appointment", booking).await;
    let state = line.bench.call("app_state", json!({})).await;
    assert_eq!(state["keychain"]["available"], false);
    assert_eq!(state["journal"]["kept"], "keychain");
    assert_eq!(line.made("BookAppointment").len(), 1);
}

#[tokio::test]
async fn a_folder_that_can_not_be_written_to_lets_read_and_sends_nothing() {
    let line = Line::new().await;
    let booking = line.bench.vacancy().await;
    // A folder in the place of the lock: not even root can write there.
    let folder = tempfile::tempdir().unwrap();
    let keychain: Arc<dyn Keychain> = Arc::new(MemoryKeychain::default());
    let desk = open(folder.path(), keychain);
    fs::create_dir(folder.path().join("journal.lock")).unwrap();
    let profile = line
        .bench
        .call("export_profile", line.bench.this_profile())
        .await;
    let imported = desk
        .dispatch("import_profile", json!({ "json": profile["json"] }))
        .await
        .unwrap();
    let secret = &line.bench.simulator.connection.client_secret;
    for (command, request) in [
        (
            "set_client_secret",
            json!({ "profileId": imported["id"], "clientSecret": secret }),
        ),
        ("activate_profile", json!({ "profileId": imported["id"] })),
        ("list_users", json!({})),
    ] {
        desk.dispatch(command, request).await.unwrap();
    }
    let state = desk.dispatch("app_state", json!({})).await.unwrap();
    assert_eq!(state["journal"]["kept"], "unavailable");
    assert!(state["journal"]["message"].is_object());
    let refused = desk
        .dispatch("book_appointment", booking.clone())
        .await
        .unwrap_err();
    assert_eq!(json!(refused.code), "journal_unavailable");
    assert_eq!(line.made("BookAppointment"), Vec::<Value>::new());

    // Tried again when the folder is right again.
    fs::remove_dir(folder.path().join("journal.lock")).unwrap();
    desk.dispatch("book_appointment", booking).await.unwrap();
    assert_eq!(line.made("BookAppointment").len(), 1);
}

#[tokio::test]
async fn a_forgotten_customer_is_told_apart_from_one_with_an_open_change() {
    let line = Line::new().await;
    let booking = line.bench.vacancy().await;
    let customer = json!({ "customerRecordId": booking["customerRecordId"] });
    line.bench.call("book_appointment", booking.clone()).await;
    // A moment passes before an outcome counts as told; until then it stays.
    let forgotten = async {
        loop {
            let forgotten = line.bench.call("forget_customer", customer.clone()).await;
            if forgotten["left"] == 0 {
                break forgotten;
            }
        }
    };
    let forgotten = tokio::time::timeout(Duration::from_secs(20), forgotten).await;
    assert!(forgotten.unwrap()["gone"].as_u64().unwrap() >= 1);
    let walk_in = line.walk_in();
    line.proxy
        .next("POST /cases", crate::proxy::Mishap::NeverAnswered);
    line.outcome("queue_up", &walk_in).await.unwrap_err();
    let customer = json!({ "customerRecordId": walk_in["customerRecordId"] });
    let forgotten = line.bench.call("forget_customer", customer).await;
    assert_eq!(forgotten["left"], 1);
    assert_eq!(line.unsettled().await.len(), 1);
}

#[tokio::test]
async fn a_clock_that_was_set_back_or_forward_changes_no_verdict() {
    for hours in [-26, 26] {
        let line = Line::new().await;
        let booking = line.bench.vacancy().await;
        line.proxy.next("POST /appointments", Mishap::NetworkDies);
        let told = line.outcome("book_appointment", &booking).await;
        assert_eq!(told.unwrap_err()["code"], "outcome_unknown");
        // The next run begins with another clock.
        let Line { bench, proxy } = line;
        drop(bench.desk);
        let now = Utc::now() + TimeDelta::hours(hours);
        let desk = Desk::open(Options {
            data_dir: bench.folder.path().to_owned(),
            keychain: bench.keychain.clone(),
            clock: Clock::Still(now.fixed_offset()),
        });
        let bench = Bench {
            desk: desk.unwrap().settling_at(hasty()),
            ..bench
        };
        let line = Line { bench, proxy };
        line.proxy.comes_back();
        line.bench.call("app_state", json!({})).await;
        let settled = async {
            loop {
                match &line.unsettled().await[..] {
                    [write] if write["state"] != "settling" => break write.clone(),
                    _ => tokio::task::yield_now().await,
                }
            }
        };
        let settled = tokio::time::timeout(Duration::from_secs(20), settled).await;
        assert_eq!(settled.unwrap()["state"], "happened", "{hours} hours");
        line.bench.call("queue_up", line.walk_in()).await;
        let made = ["BookAppointment", "QueueUp"].map(|endpoint| line.made(endpoint).len());
        assert_eq!(made, [1, 1], "{hours} hours");
    }
}
