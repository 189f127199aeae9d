//! Requests that no good client sends: each is a clear refusal, and none of them changes anything or stops the simulator.

use reqwest::{Method, header};
use serde_json::{Value, json};

use crate::desk::{Desk, TODAY, TOMORROW, assert_refused, read};

#[tokio::test]
async fn malformed_parts_of_the_path_are_named() {
    let desk = Desk::open().await;
    let service = desk.service("Licences by appointment");
    let kind = desk.service_type("Renewal");
    for (path, words) in [
        ("/agents/me/status".to_owned(), "userId must be a GUID"),
        (
            format!("/calendars/licences/{TODAY}"),
            "serviceId must be a GUID",
        ),
        (format!("/calendars/{service}/today"), "date must be a day"),
        (
            format!("/calendars/{service}/2025-3-4"),
            "date must be a day",
        ),
        (
            format!("/calendars/{service}/2025-02-30"),
            "date must be a day",
        ),
        (
            format!("/calendars/{service}/{TODAY}/-1/appointments"),
            "cuIndex must be a number",
        ),
        (
            format!("/calendars/{service}/{TODAY}/x/vacancies?serviceTypeId={kind}"),
            "cuIndex must be a number",
        ),
        (
            format!("/calendars/{service}/{TODAY}/0/vacancies?serviceTypeId=x"),
            "serviceTypeId must be a GUID",
        ),
        (
            format!("/calendars/{service}/{TODAY}/0/appointments?customerRecordId=x"),
            "customerRecordId must be a GUID",
        ),
        (
            "/customers/42".to_owned(),
            "customerRecordId must be a GUID",
        ),
    ] {
        assert_refused(&desk.get(&path).await, 400, words);
    }
}

#[tokio::test]
async fn wrong_types_in_the_body_are_named() {
    let desk = Desk::open().await;
    let path = format!(
        "{}/appointments",
        desk.calendar("Licences by appointment", TOMORROW, 0)
    );
    let good = desk.renewal_at(600);
    for (member, value, words) in [
        ("serviceTypeId", Value::Null, "serviceTypeId is required"),
        ("serviceTypeId", json!(7), "serviceTypeId must be a text"),
        (
            "serviceTypeId",
            json!("renewal"),
            "serviceTypeId must be a GUID",
        ),
        ("startTime", Value::Null, "startTime is required"),
        ("startTime", json!("600"), "startTime must be minutes"),
        ("startTime", json!(-10), "startTime must be minutes"),
        ("startTime", json!(1440), "startTime must be minutes"),
        ("startTime", json!(600.5), "startTime must be minutes"),
        (
            "bypassTimeslotCheck",
            json!("yes"),
            "bypassTimeslotCheck must be true or false",
        ),
        (
            "contactPhoneNumber",
            json!(501_234_567),
            "contactPhoneNumber must be a text",
        ),
        (
            "customerRecordId",
            json!("robin"),
            "customerRecordId must be a GUID",
        ),
        ("fields", json!([]), "fields must be a dictionary"),
        ("tagIds", json!("a"), "tagIds must be an array"),
        ("tagIds", json!([7]), "tagIds must be a GUID"),
    ] {
        let mut body = good.clone();
        body[member] = value;
        assert_refused(&desk.post(&path, body).await, 400, words);
    }
    assert!(desk.running.ledger().is_empty());
}

#[tokio::test]
async fn bodies_that_are_not_json_objects_are_refused() {
    let desk = Desk::open().await;
    let deep = format!("{{\"fields\":{}{}}}", "[".repeat(1000), "]".repeat(1000));
    for body in ["{", "[]", "null", "\"text\"", "{\"a\":1}}", deep.as_str()] {
        let request = desk
            .request(Method::POST, "/customers")
            .header(header::CONTENT_TYPE, "application/json")
            .body(body.to_owned());
        assert_refused(
            &read(request.send().await.unwrap()).await,
            400,
            "not a JSON object",
        );
    }
    let text = desk.request(Method::POST, "/customers").body("{}");
    assert_refused(
        &read(text.send().await.unwrap()).await,
        415,
        "application/json",
    );
}

#[tokio::test]
async fn ten_megabytes_are_too_much() {
    let desk = Desk::open().await;
    let name = desk.field("customer-first-name");
    let body = json!({ "fields": { name: "x".repeat(10 * 1024 * 1024) } });
    assert_refused(&desk.post("/customers", body).await, 413, "bytes");
    assert_eq!(desk.get("/organization/users").await.0, 200);
}

#[tokio::test]
async fn an_empty_body_is_an_empty_object() {
    let desk = Desk::open().await;
    let agent = desk.agent_at("Noa Marcus", "Jerusalem, Jaffa Road").await;
    let request = desk.request(Method::POST, &format!("{agent}/actions/startNext"));
    assert_eq!(read(request.send().await.unwrap()).await.0, 200);
    let request = desk.request(Method::POST, &format!("{agent}/units/_current"));
    assert_refused(
        &read(request.send().await.unwrap()).await,
        400,
        "unitId is required",
    );
}
