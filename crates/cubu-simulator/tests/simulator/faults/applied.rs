//! When writes take hold and who gets to see it: late writes, stale reads, and the ledger through both.

use std::time::Duration;

use serde_json::{Value, json};

use super::until;
use crate::desk::{Desk, assert_refused};

#[tokio::test]
async fn a_late_write_is_answered_at_once_and_applied_later_under_the_same_id() {
    let desk = Desk::open().await;
    let start = desk.free_start().await;
    desk.fault(&["BookAppointment:late-write=1000"]);
    let (status, body) = desk.book(start).await;
    assert_eq!(status, 201);
    let case = body["caseId"].as_str().unwrap().to_owned();
    assert!(desk.booked().is_empty());
    assert_eq!(desk.running.faults()["promisedWrites"], 1);
    assert!(!desk.listed().await.contains(&case));
    desk.running.advance(Duration::from_secs(60));
    until("the write", async || !desk.booked().is_empty()).await;
    let booked = desk.booked();
    assert_eq!(booked.len(), 1);
    assert_eq!(booked[0]["caseId"], case);
    assert_eq!(booked[0]["answeredAt"], "2025-03-04T07:30:00Z");
    assert_eq!(booked[0]["at"], "2025-03-04T07:31:00Z");
    assert_eq!(desk.running.faults()["promisedWrites"], 0);
    assert!(desk.listed().await.contains(&case));
}

#[tokio::test]
async fn what_was_answered_holds_though_others_want_it_meanwhile() {
    let desk = Desk::open().await;
    let start = desk.free_start().await;
    desk.fault(&["BookAppointment:late-write=1500:limit=1"]);
    let (status, body) = desk.book(start).await;
    assert_eq!(status, 201);
    let free = desk.vacancies(&desk.licences(), "Renewal").await;
    assert_eq!(free[0], start, "nobody sees it yet");
    assert_refused(&desk.book(start).await, 409, "accepted before");
    let other = *free.last().unwrap();
    assert_eq!(
        desk.book(other).await.0,
        201,
        "what is not in its way goes on"
    );
    until("the late write", async || desk.booked().len() == 2).await;
    let booked = desk.booked();
    let starts: Vec<&Value> = booked.iter().map(|entry| &entry["start"]).collect();
    assert_eq!(
        starts,
        [other, start],
        "in the order in which they were applied"
    );
    assert_eq!(booked[1]["caseId"], body["caseId"]);
}

#[tokio::test]
async fn a_late_write_that_is_refused_is_refused_at_once() {
    let desk = Desk::open().await;
    let start = desk.free_start().await;
    assert_eq!(desk.book(start).await.0, 201);
    desk.fault(&["BookAppointment:late-write=50"]);
    assert_refused(&desk.book(start).await, 409, "slot");
    assert_eq!(desk.running.faults()["promisedWrites"], 0);
    assert_eq!(desk.booked().len(), 1);
}

#[tokio::test]
async fn two_late_writes_for_one_slot_give_one_promise() {
    let desk = Desk::open().await;
    let start = desk.free_start().await;
    desk.fault(&["BookAppointment:late-write=500"]);
    assert_eq!(desk.book(start).await.0, 201);
    assert_eq!(desk.book(start).await.0, 409);
    until("the late write", async || !desk.booked().is_empty()).await;
    assert_eq!(desk.running.faults()["promisedWrites"], 0);
    assert_eq!(desk.booked().len(), 1);
}

#[tokio::test]
async fn a_stale_read_does_not_see_what_was_just_written() {
    let desk = Desk::open().await;
    let start = desk.free_start().await;
    desk.fault(&["ListAppointments:stale-read=60000:limit=2"]);
    let before = desk.listed().await;
    let (_, body) = desk.book(start).await;
    let case = body["caseId"].as_str().unwrap().to_owned();
    assert_eq!(desk.listed().await, before);
    assert_eq!(desk.booked().len(), 1);
    assert!(desk.listed().await.contains(&case), "the limit is reached");
}

#[tokio::test]
async fn a_stale_read_sees_it_when_the_time_is_over() {
    let desk = Desk::open().await;
    let start = desk.free_start().await;
    desk.fault(&["*:stale-read=1000"]);
    let (_, body) = desk.book(start).await;
    let case = body["caseId"].as_str().unwrap().to_owned();
    assert!(!desk.listed().await.contains(&case));
    until("the sight of it", async || {
        desk.listed().await.contains(&case)
    })
    .await;
}

#[tokio::test]
async fn each_entry_tells_who_wrote_what_for_whom() {
    let desk = Desk::open().await;
    let start = desk.free_start().await;
    let customer = desk.customer_with("phone")["recordId"].clone();
    let mut body = desk.renewal_at(start);
    body["customerRecordId"] = customer.clone();
    let path = format!("{}/appointments", desk.licences());
    let request = desk.request(reqwest::Method::POST, &path);
    let request = request.header("X-Caller", "desk 3, write 17").json(&body);
    assert_eq!(request.send().await.unwrap().status(), 201);
    let entry = &desk.booked()[0];
    assert_eq!(entry["caller"], "desk 3, write 17");
    assert_eq!(entry["by"], "api");
    assert_eq!(entry["customerRecordId"], customer);
    assert_eq!(entry["contactPhoneNumber"], "0501234567");
    assert_eq!(
        (&entry["start"], &entry["cuIndex"]),
        (&json!(start), &json!(0))
    );
}
