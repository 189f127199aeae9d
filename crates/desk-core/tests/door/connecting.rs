//! Connecting, testing a connection, practising.

use std::time::Duration;

use cubu_simulator::{Options, Role};
use serde_json::{Value, json};

use crate::harness::{Bench, open};

fn outcomes(report: &Value) -> Vec<&str> {
    report["roles"]
        .as_array()
        .unwrap()
        .iter()
        .map(|check| check["outcome"].as_str().unwrap())
        .collect()
}

#[tokio::test]
async fn a_connection_test_tells_role_by_role_and_changes_nothing() {
    let bench = Bench::new().await;
    let before = bench.simulator.ledger().len();
    let report = bench.call("test_connection", bench.this_profile()).await;
    assert_eq!(report["token"]["ok"], true);
    assert_eq!(
        outcomes(&report),
        ["allowed", "allowed", "unknown", "allowed", "allowed"]
    );
    assert_eq!(report["roles"][2]["note"]["id"], "role-needs-case");
    assert_eq!(bench.simulator.ledger().len(), before);
}

#[tokio::test]
async fn a_missing_role_is_named_with_what_to_ask_for() {
    let bench = Bench::new().await;
    bench
        .simulator
        .set_roles(&[Role::AppointmentsManager, Role::OrganizationReader]);
    let report = bench.call("test_connection", bench.this_profile()).await;
    assert_eq!(
        outcomes(&report),
        ["refused", "allowed", "unknown", "refused", "allowed"]
    );
    assert_eq!(
        report["roles"][3]["note"]["args"]["role"],
        "Customers Manager"
    );
    let refused = bench
        .refused(
            "get_customer",
            json!({ "customerRecordId": bench.customer()["recordId"] }),
        )
        .await;
    assert_eq!(json!(refused)["code"], "role_missing");
    assert_eq!(
        json!(refused)["message"]["args"]["role"],
        "Customers Manager"
    );
}

#[tokio::test]
async fn wrong_credentials_are_told_apart_with_advice() {
    for (field, value, message) in [
        (
            "tenantId",
            "5b0d6c1e-0000-4a6e-9d10-00000000dead",
            "token-tenant",
        ),
        (
            "clientId",
            "5b0d6c1e-0000-4a6e-9d10-00000000dead",
            "token-application",
        ),
    ] {
        let simulator = Options::default();
        let bench = Bench::with(simulator, |draft| draft[field] = json!(value)).await;
        let report = bench.call("test_connection", bench.this_profile()).await;
        assert_eq!(
            (&report["token"]["ok"], &report["token"]["message"]["id"]),
            (&json!(false), &json!(message))
        );
        assert!(report["token"]["hint"].is_object());
        assert!(
            report["roles"]
                .as_array()
                .unwrap()
                .iter()
                .all(|check| check["note"]["id"] == "role-no-token")
        );
    }
    let bench = Bench::new().await;
    let wrong = json!({ "profileId": bench.profile, "clientSecret": "wrong" });
    bench.call("set_client_secret", wrong).await;
    let refused = bench.refused("list_users", json!({})).await;
    assert_eq!(
        (json!(refused.code), refused.message.id.as_str()),
        (json!("token_refused"), "token-secret")
    );
    assert!(refused.request_id.is_some(), "for whoever supports sign-in");
    let expired = Bench::with(
        Options {
            secret_expired: true,
            ..Options::default()
        },
        |_| {},
    )
    .await;
    assert_eq!(
        expired.refused("list_users", json!({})).await.message.id,
        "token-expired-secret"
    );
}

#[tokio::test]
async fn a_wrong_application_id_is_not_taken_for_roles() {
    let stranger = json!("5b0d6c1e-0000-4a6e-9d10-00000000dead");
    let bench = Bench::with(Options::default(), |draft| {
        draft["applicationId"] = stranger
    })
    .await;
    let agent = bench.simulator.world()["users"][0]["userId"].clone();
    bench.call("choose_agent", json!({ "userId": agent })).await;
    let report = bench.call("test_connection", bench.this_profile()).await;
    assert_eq!(report["token"]["ok"], true);
    assert_eq!(outcomes(&report), ["unknown"; 5]);
    for role in [0, 1, 3, 4] {
        assert_eq!(
            report["roles"][role]["note"]["id"],
            "role-application-unknown"
        );
    }
}

#[tokio::test]
async fn a_clock_that_is_ten_minutes_off_is_reported() {
    let offset = chrono::TimeDelta::minutes(10);
    let bench = Bench::with(
        Options {
            clock_offset: offset,
            ..Options::default()
        },
        |_| {},
    )
    .await;
    let report = bench.call("test_connection", bench.this_profile()).await;
    let skew = report["clockSkewSeconds"].as_i64().unwrap();
    assert!((-660..=-540).contains(&skew), "{skew}");
    let exact = Bench::new().await;
    assert!(
        exact.call("test_connection", exact.this_profile()).await["clockSkewSeconds"].is_null()
    );
}

#[tokio::test]
async fn a_cubu_that_is_gone_is_offline_and_nothing_was_sent() {
    let bench = Bench::new().await;
    let Bench {
        desk,
        simulator,
        profile: _,
        folder: _folder,
        ..
    } = bench;
    simulator.shutdown().await;
    let failure = tokio::time::timeout(
        Duration::from_secs(60),
        desk.dispatch("list_users", json!({})),
    )
    .await;
    let failure = failure.unwrap().unwrap_err();
    assert_eq!(json!(failure.code), "offline");
    assert!(failure.retryable && !failure.outcome_unknown && failure.hint.is_some());
}

#[tokio::test]
async fn the_next_run_is_connected_again_with_its_agent_and_catalogue() {
    let bench = Bench::new().await;
    let agent = bench.simulator.world()["users"][0].clone();
    bench
        .call(
            "choose_agent",
            json!({ "userId": agent["userId"], "displayName": agent["displayName"] }),
        )
        .await;
    bench
        .call(
            "save_settings",
            json!({ "settings": { "theme": "dark", "singleKeyShortcuts": false } }),
        )
        .await;
    let next = bench.next_run();
    let state = next.call("app_state", json!({})).await;
    assert_eq!(state["connection"]["status"], "connected");
    assert_eq!(state["agent"]["userId"], agent["userId"]);
    assert_eq!(state["settings"]["theme"], "dark");
    assert_eq!(state["notices"], json!([]));
    let catalogue = next.call("get_catalogue", json!({})).await;
    assert!(!catalogue["services"].as_array().unwrap().is_empty());
    next.call("list_users", json!({})).await;
}

#[tokio::test]
async fn practice_needs_no_account_and_leaves_nothing_behind() {
    let bench = Bench::new().await;
    let state = bench.call("start_practice", json!({ "seed": 3 })).await;
    assert_eq!(state["connection"]["practice"], true);
    assert_eq!(state["profiles"][0]["practice"], true);
    assert!(state["agent"]["userId"].is_string());
    let practice = json!({ "profileId": state["connection"]["profileId"] });
    let catalogue = bench.call("get_catalogue", json!({})).await;
    assert!(catalogue["services"].as_array().unwrap().len() >= 6);
    assert!(catalogue["serviceTypes"][0]["serviceIds"].is_array());
    let report = bench.call("test_connection", practice.clone()).await;
    assert_eq!(report["token"]["ok"], true);
    for command in ["export_profile", "delete_profile"] {
        assert_eq!(
            bench.refused(command, practice.clone()).await.message.id,
            "practice-fixed"
        );
    }
    let state = bench.call("stop_practice", json!({})).await;
    assert_eq!(state["connection"]["profileId"], bench.profile);
    assert_eq!(state["profiles"].as_array().unwrap().len(), 1);
    let next = open(bench.folder.path(), bench.keychain.clone());
    let state = next.dispatch("app_state", json!({})).await.unwrap();
    assert_eq!(state["connection"]["profileId"], bench.profile);
}
