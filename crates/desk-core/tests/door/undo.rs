//! What waits before it leaves: taken back in time nothing is sent, and nothing is sent either when the program ends first.

use std::{future::Future, pin::pin};

use serde_json::{Value, json};

use crate::line::Line;

/// Long enough for every test that does not wait for it.
const LONG: u8 = 30;

impl Line {
    async fn with_undo(seconds: u8) -> Self {
        let line = Self::new().await;
        line.bench.undo_seconds(seconds).await;
        line
    }

    /// A booked appointment, as the request that cancels it.
    pub async fn to_cancel(&self) -> Value {
        let booking = self.bench.vacancy().await;
        let booked = self.bench.call("book_appointment", booking.clone()).await;
        json!({
            "serviceId": booking["serviceId"], "date": booking["date"],
            "cuIndex": booking["cuIndex"], "caseId": booked["caseId"],
        })
    }

    async fn held(&self) -> Vec<Value> {
        let list = self.bench.call("list_held", json!({})).await;
        list.as_array().unwrap().clone()
    }

    /// What is held, once it is so many.
    pub async fn until_held(&self, count: usize) -> Vec<Value> {
        loop {
            let held = self.held().await;
            if held.len() == count {
                return held;
            }
            tokio::task::yield_now().await;
        }
    }

    async fn take_back(&self, held: &Value) -> bool {
        let intent = json!({ "intentId": held["intentId"] });
        self.bench.call("take_back", intent).await["inTime"] == true
    }

    async fn send_now(&self, held: &Value) {
        let intent = json!({ "intentId": held["intentId"] });
        self.bench.call("send_now", intent).await;
    }
}

fn code(told: &Result<Value, Value>) -> &str {
    match told {
        Ok(_) => "done",
        Err(failure) => failure["code"].as_str().unwrap(),
    }
}

/// What the other one finds while the first is still pending, and then both outcomes.
async fn beside<A, B>(pending: impl Future<Output = A>, other: impl Future<Output = B>) -> (A, B) {
    tokio::join!(pending, other)
}

#[tokio::test]
async fn what_is_taken_back_in_time_is_never_sent() {
    let line = Line::with_undo(LONG).await;
    let cancel = line.to_cancel().await;
    let (told, ()) = beside(line.outcome("cancel_appointment", &cancel), async {
        let [held] = &line.until_held(1).await[..] else {
            panic!("one is held");
        };
        assert_eq!(held["command"], "cancel_appointment");
        assert_eq!(held["request"], cancel);
        assert!(held["leavesAt"].is_string());
        let left = held["millisecondsLeft"].as_u64().unwrap();
        assert!((1..=30_000).contains(&left), "{left}");
        assert!(line.take_back(held).await);
        assert!(!line.take_back(held).await, "once is enough");
        line.send_now(held).await;
    })
    .await;
    assert_eq!(code(&told), "taken_back");
    assert_eq!(line.made("CancelAppointment"), Vec::<Value>::new());
    assert_eq!(line.held().await, Vec::<Value>::new());
    assert_eq!(line.unsettled().await, Vec::<Value>::new());

    // Asked for again it is another wish, under the same id too.
    let mut again = cancel.clone();
    again["intentId"] = json!("5b0d6c1e-2222-4a6e-9d10-000000000001");
    for outcome in ["taken_back", "done"] {
        let (told, ()) = beside(line.outcome("cancel_appointment", &again), async {
            let held = line.until_held(1).await;
            match outcome {
                "done" => line.send_now(&held[0]).await,
                _ => assert!(line.take_back(&held[0]).await),
            }
        })
        .await;
        assert_eq!(code(&told), outcome);
    }
    assert_eq!(line.made("CancelAppointment").len(), 1);
}

#[tokio::test]
async fn what_is_not_taken_back_leaves_when_its_time_is_up_and_is_too_late_to_take_back() {
    let line = Line::with_undo(1).await;
    let cancel = line.to_cancel().await;
    let (told, held) = beside(
        line.outcome("cancel_appointment", &cancel),
        line.until_held(1),
    )
    .await;
    assert_eq!(told.unwrap()["outcome"], "cancelled");
    assert!(!line.take_back(&held[0]).await);
    assert_eq!(line.made("CancelAppointment").len(), 1);
}

#[tokio::test]
async fn a_program_that_ends_meanwhile_sends_nothing_then_or_later_and_says_so_once() {
    let line = Line::with_undo(LONG).await;
    let cancel = line.to_cancel().await;
    {
        let mut pending = pin!(line.outcome("cancel_appointment", &cancel));
        tokio::select! {
            told = &mut pending => panic!("{told:#?}"),
            _ = line.until_held(1) => {}
        }
    }
    let line = line.next_run();
    let told = loop {
        match &line.unsettled().await[..] {
            [write] if write["state"] == "didNotHappen" => break write.clone(),
            _ => tokio::task::yield_now().await,
        }
    };
    assert_eq!(told["message"]["id"], "write-was-not-sent");
    assert_eq!(told["canRetry"], true);
    assert_eq!(line.held().await, Vec::<Value>::new());
    let read = json!({ "intentId": told["intentId"] });
    assert_eq!(line.bench.call("drop_unsettled", read).await, json!([]));
    assert_eq!(line.made("CancelAppointment"), Vec::<Value>::new());
}

#[tokio::test]
async fn somebody_who_stopped_waiting_can_still_take_it_back_or_be_told_later() {
    let line = Line::with_undo(LONG).await;
    for taken_back in [true, false] {
        let cancel = line.to_cancel().await;
        let held = {
            let mut pending = pin!(line.outcome("cancel_appointment", &cancel));
            tokio::select! {
                told = &mut pending => panic!("{told:#?}"),
                held = line.until_held(1) => held,
            }
        };
        if taken_back {
            assert!(line.take_back(&held[0]).await);
            line.until_held(0).await;
            assert_eq!(line.unsettled().await, Vec::<Value>::new());
        } else {
            line.send_now(&held[0]).await;
            let told = loop {
                match &line.unsettled().await[..] {
                    [write] => break write.clone(),
                    _ => tokio::task::yield_now().await,
                }
            };
            assert_eq!(told["state"], "happened");
        }
        let made = line.made("CancelAppointment").len();
        assert_eq!(made, usize::from(!taken_back));
    }
}

#[tokio::test]
async fn two_that_are_held_go_their_own_ways_and_nobody_else_waits_for_them() {
    let line = Line::with_undo(LONG).await;
    let (one, two) = (line.to_cancel().await, line.to_cancel().await);
    let ((kept, gone), ()) = beside(
        async {
            tokio::join!(
                line.outcome("cancel_appointment", &one),
                line.outcome("cancel_appointment", &two),
            )
        },
        async {
            let held = line.until_held(2).await;
            let of = |cancel: &Value| {
                let found = held.iter().find(|held| held["request"] == *cancel);
                found.unwrap().clone()
            };
            let booking = line.bench.vacancy().await;
            assert_eq!(booking["cuIndex"], one["cuIndex"]);
            line.bench.call("book_appointment", booking).await;
            assert_eq!(line.held().await.len(), 2);
            assert!(line.take_back(&of(&one)).await);
            line.send_now(&of(&two)).await;
        },
    )
    .await;
    assert_eq!((code(&kept), code(&gone)), ("taken_back", "done"));
    let made = line.made("CancelAppointment");
    assert_eq!(made.len(), 1);
    assert_eq!(made[0]["caseId"], two["caseId"]);
}

#[tokio::test]
async fn taking_back_and_leaving_at_the_same_moment_agree_on_what_happened() {
    let line = Line::with_undo(LONG).await;
    for round in 0..12 {
        let before = line.made("CancelAppointment").len();
        let cancel = line.to_cancel().await;
        let (told, in_time) = beside(line.outcome("cancel_appointment", &cancel), async {
            let held = line.until_held(1).await;
            if round % 2 == 0 {
                tokio::join!(line.send_now(&held[0]), line.take_back(&held[0])).1
            } else {
                line.send_now(&held[0]).await;
                for _ in 0..round {
                    tokio::task::yield_now().await;
                }
                line.take_back(&held[0]).await
            }
        })
        .await;
        let made = line.made("CancelAppointment").len() - before;
        assert_eq!(code(&told) == "taken_back", in_time, "round {round}");
        assert_eq!(made, usize::from(!in_time), "round {round}");
    }
}

#[tokio::test]
async fn the_next_customer_is_called_only_after_the_one_before_is_resolved() {
    let line = Line::with_undo(LONG).await;
    let user = line.agent().await;
    let started = line.bench.call("start_next_case", user.clone()).await;
    let resolve = json!({ "userId": user["userId"], "caseId": started["caseId"] });
    let (resolved, next) = beside(line.outcome("resolve_case", &resolve), async {
        line.until_held(1).await;
        line.outcome("start_next_case", &user).await
    })
    .await;
    assert_eq!((code(&resolved), code(&next)), ("done", "done"));
    let ledger = line.bench.simulator.ledger();
    let written: Vec<_> = ledger
        .iter()
        .map(|entry| entry["endpoint"].as_str().unwrap())
        .collect();
    assert_eq!(
        written[written.len() - 3..],
        ["StartNextCase", "ResolveCase", "StartNextCase"]
    );
}

#[tokio::test]
async fn practice_holds_back_as_well() {
    let line = Line::with_undo(LONG).await;
    line.bench.call("start_practice", json!({})).await;
    let state = line.bench.call("app_state", json!({})).await;
    let user = &state["agent"]["userId"];
    let resolve = json!({ "userId": user, "caseId": "5b0d6c1e-2222-4a6e-9d10-000000000001" });
    let (told, ()) = beside(line.outcome("resolve_case", &resolve), async {
        let held = line.until_held(1).await;
        assert!(line.take_back(&held[0]).await);
    })
    .await;
    assert_eq!(code(&told), "taken_back");
    line.bench.call("stop_practice", json!({})).await;
    assert_eq!(line.held().await, Vec::<Value>::new());
}

#[tokio::test]
async fn a_wait_of_more_than_half_a_minute_and_a_note_of_more_than_a_few_lines_are_refused() {
    let line = Line::new().await;
    let mut settings = line.bench.call("get_settings", json!({})).await;
    assert_eq!(settings["undoSeconds"], 0);
    settings["undoSeconds"] = json!(31);
    let refused = line
        .bench
        .refused("save_settings", json!({ "settings": settings }))
        .await;
    assert_eq!(refused.fields[0].field, "settings.undoSeconds");
    assert_eq!(refused.fields[0].message.id, "field-out-of-range");

    let mut cancel = line.to_cancel().await;
    cancel["note"] = json!("x".repeat(301));
    let refused = line
        .bench
        .refused("cancel_appointment", cancel.clone())
        .await;
    assert_eq!(refused.fields[0].field, "note");
    assert_eq!(line.made("CancelAppointment"), Vec::<Value>::new());
    cancel["note"] = json!("moved away");
    line.bench.call("cancel_appointment", cancel).await;
}
