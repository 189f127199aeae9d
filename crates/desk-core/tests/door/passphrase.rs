//! A desk without a keychain: it asks before it changes anything, and what it asked Cubu for outlives it all the same.

use std::{sync::Arc, time::Duration};

use serde_json::{Value, json};

use crate::{keychains::Moody, line::Line, proxy::Mishap};

const PASSPHRASE: &str = "four words at random";
const WRONG: &str = "hunter2hunter2hunter2";

async fn line() -> (Line, Arc<Moody>) {
    let keychain = Arc::new(Moody::locked());
    let line = Line::on(cubu_simulator::Options::default(), keychain.clone()).await;
    (line, keychain)
}

async fn journal(line: &Line) -> Value {
    line.bench.call("app_state", json!({})).await["journal"].clone()
}

async fn unlock(line: &Line, passphrase: &str) -> Value {
    let request = json!({ "passphrase": passphrase });
    line.bench.call("unlock_journal", request).await["journal"]["kept"].clone()
}

async fn give_secret(line: &Line) {
    let secret = &line.bench.simulator.connection.client_secret;
    let secret = json!({ "profileId": line.bench.profile, "clientSecret": secret });
    line.bench.call("set_client_secret", secret).await;
}

#[tokio::test]
async fn nothing_is_sent_before_somebody_has_decided_how_changes_are_kept() {
    let (line, _) = line().await;
    assert_eq!(journal(&line).await["kept"], "locked");
    line.bench.call("list_users", json!({})).await;
    let booking = line.bench.vacancy().await;
    let refused = line
        .bench
        .refused("book_appointment", booking.clone())
        .await;
    assert_eq!(json!(refused.code), "journal_locked");
    assert_eq!(line.made("BookAppointment"), Vec::<Value>::new());

    let state = line.bench.call("go_on_without_passphrase", json!({})).await;
    assert_eq!(state["journal"]["kept"], "memory");
    assert_eq!(state["journal"]["message"]["id"], "journal-in-memory");
    line.bench.call("book_appointment", booking).await;
    assert_eq!(unlock(&line, PASSPHRASE).await, "passphrase");
    assert_eq!(journal(&line).await["message"], Value::Null);
}

#[tokio::test]
async fn a_wrong_or_weak_passphrase_is_said_so_at_its_field_and_repeated_nowhere() {
    let (line, _) = line().await;
    let refused = async |request| line.bench.refused("unlock_journal", request).await;
    let weak = refused(json!({ "passphrase": "short" })).await;
    assert_eq!(weak.fields[0].message.id, "passphrase-weak");
    for request in [
        json!({ "passphrase": [WRONG] }),
        json!({ "passphrase": WRONG.repeat(60) }),
    ] {
        let failure = refused(request).await;
        assert_eq!(failure.fields[0].field, "passphrase");
        assert!(!json!(failure).to_string().contains(WRONG));
    }
    unlock(&line, PASSPHRASE).await;
    let line = line.next_run();
    give_secret(&line).await;
    let wrong = line
        .bench
        .refused("unlock_journal", json!({ "passphrase": WRONG }))
        .await;
    assert_eq!(
        (json!(wrong.code), &*wrong.fields[0].message.id),
        (json!("invalid_input"), "passphrase-wrong")
    );
    assert!(!json!(wrong).to_string().contains(WRONG));
    assert_eq!(unlock(&line, PASSPHRASE).await, "passphrase");
    let answers = line.bench.call("app_state", json!({})).await.to_string();
    assert!(!answers.contains(PASSPHRASE));
    assert!(!format!("{:?}", line.bench.desk).contains(PASSPHRASE));
}

#[tokio::test]
async fn a_change_that_a_run_left_open_is_settled_when_its_passphrase_is_typed() {
    let (line, keychain) = line().await;
    unlock(&line, PASSPHRASE).await;
    let booking = line.bench.vacancy().await;
    line.proxy.next("POST /appointments", Mishap::NetworkDies);
    let told = line
        .outcome("book_appointment", &booking)
        .await
        .unwrap_err();
    assert_eq!(told["code"], "outcome_unknown");

    // The keychain is back in the next run: what the passphrase keeps is asked for, and not passed over.
    keychain.lock(false);
    let line = line.next_run();
    give_secret(&line).await;
    line.proxy.comes_back();
    assert_eq!(journal(&line).await["passphraseLeft"], true);
    let again = line
        .outcome("book_appointment", &booking)
        .await
        .unwrap_err();
    assert_eq!(again["code"], "journal_locked");
    assert_eq!(unlock(&line, PASSPHRASE).await, "keychain");
    let settled = async {
        loop {
            match &line.unsettled().await[..] {
                [write] if write["state"] != "settling" => break write.clone(),
                _ => tokio::task::yield_now().await,
            }
        }
    };
    let settled = tokio::time::timeout(Duration::from_secs(10), settled)
        .await
        .unwrap();
    assert_eq!(
        (&settled["intentId"], &settled["state"]),
        (&told["intentId"], &json!("happened"))
    );
    assert_eq!(line.made("BookAppointment").len(), 1);
}

#[tokio::test]
async fn practice_needs_no_passphrase() {
    let (line, _) = line().await;
    let state = line.bench.call("start_practice", json!({})).await;
    assert_eq!(state["connection"]["practice"], true);
    line.bench.call("list_unsettled", json!({})).await;
}
