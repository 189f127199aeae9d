//! Other people: they act by the rules, the same way for the same seed, and leave impersonated agents alone.

use std::collections::BTreeSet;
use std::time::Duration;

use cubu_simulator::{Options, start};
use serde_json::{Value, json};

use crate::desk::{Desk, options};

#[tokio::test]
async fn the_same_seed_lives_the_same_life() {
    let first = start(options()).await.unwrap();
    let second = start(options()).await.unwrap();
    first.let_others_act(200);
    second.let_others_act(200);
    assert_eq!(first.ledger(), second.ledger());
    assert!(first.ledger().len() > 100);
}

#[tokio::test]
async fn people_arrive_book_are_called_and_leave() {
    let running = start(options()).await.unwrap();
    running.let_others_act(200);
    let ledger = running.ledger();
    let acts: BTreeSet<&str> = ledger
        .iter()
        .filter_map(|entry| entry["endpoint"].as_str())
        .collect();
    for act in [
        "QueueUp",
        "BookAppointment",
        "StartNextCase",
        "ResolveCase",
        "MakeReady",
    ] {
        assert!(acts.contains(act), "{act}");
    }
    assert!(!acts.contains("CancelAppointment"));
    assert!(ledger.iter().all(|entry| entry["by"] == "life"));
}

#[tokio::test]
async fn an_impersonated_agent_is_left_alone() {
    let desk = Desk::open().await;
    let user = desk.user("Ruth Stein");
    let (status, _) = desk
        .post(
            &format!("/agents/{user}/actions/becomeAvailable"),
            json!({}),
        )
        .await;
    assert_eq!(status, 200);
    desk.running.let_others_act(300);
    let by_life = |entry: &&Value| entry["by"] == "life" && entry["userId"] == json!(user);
    assert_eq!(desk.running.ledger().iter().filter(by_life).count(), 0);
}

#[tokio::test]
async fn life_goes_on_by_itself_at_its_pace() {
    let desk = Desk::with(Options {
        life: Some(Duration::from_millis(1)),
        ..options()
    })
    .await;
    let alive = async {
        while desk.running.ledger().is_empty() {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(Duration::from_secs(10), alive)
        .await
        .unwrap();
}
