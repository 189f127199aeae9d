//! What a desk that was killed says at its next start: of everything that somebody asked for and was not told, it says what
//! became of it.

use std::time::Duration;

use serde_json::{Value, json};
use tokio::time::timeout;

use crate::{
    line::Line,
    moves::{Planned, held, listed},
    proxy::Mishap,
};

const BOOK: &str = "POST /appointments";

/// Waits for what no marker tells.
async fn until(there: impl AsyncFn() -> bool) {
    let waiting = async {
        while !there().await {
            tokio::task::yield_now().await;
        }
    };
    timeout(Duration::from_secs(10), waiting).await.unwrap();
}

fn nameless(mut booking: Value) -> Value {
    booking.as_object_mut().unwrap().remove("customerRecordId");
    booking
}

/// The list shows no name: a booking without one could be anybody's, and somebody has to look.
async fn with_one_to_look_at(line: &Line) -> (Value, Value) {
    let booking = nameless(line.bench.vacancy().await);
    line.proxy.next(BOOK, Mishap::NeverAnswered);
    let told = line
        .outcome("book_appointment", &booking)
        .await
        .unwrap_err();
    assert_eq!(told["code"], "outcome_unknown", "{told:#}");
    (booking, told["intentId"].clone())
}

#[tokio::test]
async fn a_change_whose_turn_has_not_come_is_listed_as_being_found_out() {
    let line = Line::new().await;
    let (other, in_front) = with_one_to_look_at(&line).await;
    // The same calendar: what is found out about the first keeps the second waiting.
    let mut booking = line.bench.vacancy().await;
    for member in ["serviceId", "date", "cuIndex"] {
        assert_eq!(booking[member], other[member], "{member}");
    }
    booking["intentId"] = json!("5b0d6c1e-2222-4a6e-9d10-000000000001");
    line.proxy.next(BOOK, Mishap::AnswerVanishes);
    {
        let booked = until(async || line.made("BookAppointment").len() == 2);
        tokio::select! {
            told = line.outcome("book_appointment", &booking) => panic!("{told:#?}"),
            () = booked => line.proxy.goes(),
        }
    }
    let line = line.killed();
    let is_listed = async || {
        let open = line.unsettled().await;
        let state = |id: &Value| {
            let write = open.iter().find(|write| write["intentId"] == *id)?;
            write["state"].as_str().map(str::to_owned)
        };
        state(&in_front).is_some() && state(&booking["intentId"]) == Some("settling".to_owned())
    };
    until(&is_listed).await;
    // And stay so, while the first is looked for in vain.
    for look in 0..100 {
        assert!(is_listed().await, "look {look}");
    }
    line.proxy.comes_back();
    until(async || {
        let open = line.unsettled().await;
        let mut told = open
            .iter()
            .filter(|write| write["intentId"] == booking["intentId"]);
        told.any(|write| write["state"] == "happened")
    })
    .await;
}

#[tokio::test]
async fn an_answer_that_nobody_can_have_read_is_told_again() {
    let line = Line::new().await;
    let mut booking = line.bench.vacancy().await;
    booking["intentId"] = json!("5b0d6c1e-2222-4a6e-9d10-000000000002");
    let booked = line.bench.call("book_appointment", booking.clone()).await;
    assert_eq!(line.unsettled().await, Vec::<Value>::new());
    let line = line.killed();
    let [told] = &line.unsettled().await[..] else {
        panic!("one change is told");
    };
    assert_eq!(
        (&told["intentId"], &told["state"], &told["answer"]["caseId"]),
        (&booking["intentId"], &json!("happened"), &booked["caseId"])
    );
}

#[tokio::test]
async fn a_move_that_nobody_can_have_heard_the_end_of_is_told_again() {
    let line = Line::new().await;
    let planned = Planned::on(&line).await;
    let mut request = planned.request("bookFirst");
    request["moveId"] = json!("5b0d6c1e-3333-4a6e-9d10-000000000001");
    let moved = line.bench.call("move_appointment", request).await;
    assert_eq!(moved["state"], "moved");
    assert_eq!(listed(&line).await, Vec::<Value>::new());
    let line = line.killed();
    let [told] = &listed(&line).await[..] else {
        panic!("one move is told");
    };
    assert_eq!(
        (&told["moveId"], &told["state"], &told["newCaseId"]),
        (&moved["moveId"], &json!("moved"), &held(&line)[0])
    );
}
