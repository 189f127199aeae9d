//! The customer's id, which the vendor's pages spell in two ways.

use cubu_simulator::{CustomerIdSpelling, Options};
use serde_json::{Value, json};

use crate::desk::{Answer, Desk, TOMORROW, assert_refused, options};

const RESIDENCY: &str = "Residency by appointment";

async fn book(desk: &Desk, calendar: &str, body: Value) -> Answer {
    desk.post(&format!("{calendar}/appointments"), body).await
}

#[tokio::test]
async fn the_customers_id_is_read_in_the_spelling_that_was_chosen() {
    use CustomerIdSpelling::{AsPrinted, Both, Correct};
    for (spelling, printed, correct) in [
        (Both, true, true),
        (AsPrinted, true, false),
        (Correct, false, true),
    ] {
        let desk = Desk::with(Options {
            customer_id_spelling: spelling,
            ..options()
        })
        .await;
        let calendar = desk.calendar(RESIDENCY, TOMORROW, 3);
        let customer = desk.customer_with("phone")["recordId"].clone();
        for (member, read) in [("cusotmerRecordId", printed), ("customerRecordId", correct)] {
            let start = desk.vacancies(&calendar, "Collect a permit").await[0];
            let body = json!({
                "serviceTypeId": desk.service_type("Collect a permit"),
                "startTime": start,
                member: customer,
            });
            let (status, answer) = book(&desk, &calendar, body).await;
            assert_eq!(
                status,
                if read { 201 } else { 400 },
                "{spelling:?} {member}: {answer}"
            );
        }
    }
}

#[tokio::test]
async fn two_spellings_may_agree_and_must_not_differ() {
    let desk = Desk::open().await;
    let calendar = desk.calendar(RESIDENCY, TOMORROW, 3);
    let customers = desk.world["customers"].as_array().unwrap();
    let start = desk.vacancies(&calendar, "Collect a permit").await[0];
    let body = json!({
        "serviceTypeId": desk.service_type("Collect a permit"),
        "startTime": start,
        "cusotmerRecordId": customers[0]["recordId"],
        "customerRecordId": customers[1]["recordId"],
    });
    assert_refused(
        &book(&desk, &calendar, body.clone()).await,
        400,
        "two different customers",
    );
    let same = json!({
        "serviceTypeId": body["serviceTypeId"],
        "startTime": start,
        "cusotmerRecordId": customers[0]["recordId"],
        "customerRecordId": customers[0]["recordId"],
    });
    assert_eq!(book(&desk, &calendar, same).await.0, 201);
}
