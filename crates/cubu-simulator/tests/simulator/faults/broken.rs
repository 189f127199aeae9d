//! Answers that are errors of the server's own, or that do not come whole, and tokens and clocks that are off.

use std::time::{Duration, Instant};

use chrono::{DateTime, TimeDelta};
use reqwest::{Method, header};
use serde_json::Value;

use crate::desk::{Desk, read, tuesday_morning};

#[tokio::test]
async fn breakdowns_before_and_after_acting_are_told_apart_by_the_ledger_alone() {
    let desk = Desk::open().await;
    let path = format!("{}/appointments", desk.licences());
    for status in [500, 502, 503] {
        for (when, applied) in [("before", 0), ("after", 1)] {
            let start = desk.free_start().await;
            let booked = desk.booked().len();
            desk.fault(&[&format!("BookAppointment:{status}-{when}")]);
            let request = desk.request(Method::POST, &path);
            let answer = request.json(&desk.renewal_at(start)).send().await.unwrap();
            assert_eq!(answer.status(), status);
            let kind = answer.headers()[header::CONTENT_TYPE].to_str().unwrap();
            let is_page = kind.starts_with("text/html");
            assert_eq!(is_page, status != 500, "a gateway answers with a page");
            assert_eq!(desk.booked().len() - booked, applied, "{status} {when}");
        }
    }
}

#[tokio::test]
async fn too_many_requests_say_when_to_come_back_in_seconds_or_as_a_date() {
    let desk = Desk::open().await;
    let start = desk.free_start().await;
    let path = format!("{}/appointments", desk.licences());
    for (fault, when) in [
        ("429-seconds=3", "3"),
        ("429-date=5", "Tue, 04 Mar 2025 07:30:05 GMT"),
    ] {
        desk.fault(&[&format!("BookAppointment:{fault}")]);
        let request = desk.request(Method::POST, &path);
        let answer = request.json(&desk.renewal_at(start)).send().await.unwrap();
        assert_eq!(answer.status(), 429);
        assert_eq!(answer.headers()[header::RETRY_AFTER], when);
    }
    assert!(desk.booked().is_empty());
}

#[tokio::test]
async fn half_a_body_is_less_than_was_announced_and_the_write_was_applied() {
    let desk = Desk::open().await;
    let start = desk.free_start().await;
    desk.fault(&["BookAppointment:half-body"]);
    let (bytes, ended) = desk.book_raw(start).await;
    assert!(ended.is_ok(), "{ended:?}");
    let text = String::from_utf8(bytes).unwrap();
    let (head, body) = text.split_once("\r\n\r\n").unwrap();
    assert!(head.starts_with("HTTP/1.1 201"), "{head}");
    let announced = head
        .lines()
        .find_map(|line| line.strip_prefix("content-length: "));
    let announced: usize = announced.unwrap().parse().unwrap();
    assert!(!body.is_empty());
    assert_eq!(body.len(), announced / 2);
    assert_eq!(desk.booked().len(), 1);
}

#[tokio::test]
async fn a_body_that_drips_is_whole_in_the_end() {
    let desk = Desk::open().await;
    let plain = desk.get("/organization/users").await;
    desk.fault(&["ListUsers:drip=100"]);
    let asked = Instant::now();
    let request = desk.request(Method::GET, "/organization/users");
    let mut answer = request.send().await.unwrap();
    let mut text = Vec::new();
    let mut pieces = 0;
    while let Some(piece) = answer.chunk().await.unwrap() {
        text.extend_from_slice(&piece);
        pieces += 1;
    }
    assert!(asked.elapsed() >= Duration::from_millis(90));
    assert!(pieces > 1);
    assert_eq!(serde_json::from_slice::<Value>(&text).unwrap(), plain.1);
}

#[tokio::test]
async fn a_malformed_answer_is_whole_and_no_json_and_an_empty_one_passes() {
    let desk = Desk::open().await;
    desk.fault(&["*:malformed"]);
    let request = desk.request(Method::GET, "/organization/users");
    let answer = request.send().await.unwrap();
    assert_eq!(answer.status(), 200);
    let text = answer.text().await.unwrap();
    assert!(text.starts_with('['), "{text}");
    assert!(serde_json::from_str::<Value>(&text).is_err());
    desk.agent_at("Noa Marcus", "Jerusalem, Jaffa Road").await;
}

#[tokio::test]
async fn a_token_runs_out_before_its_time() {
    let mut desk = Desk::open().await;
    desk.fault(&["ListUsers:token-expired:limit=1"]);
    for _ in 0..2 {
        assert_eq!(desk.get("/organization/users").await.0, 401);
    }
    desk.sign_in().await;
    assert_eq!(desk.get("/organization/users").await.0, 200);
    desk.fault(&["Token:token-expired:limit=1"]);
    desk.sign_in().await;
    assert_eq!(desk.get("/organization/users").await.0, 401);
    desk.sign_in().await;
    assert_eq!(desk.get("/organization/users").await.0, 200);
}

#[tokio::test]
async fn the_token_endpoint_is_down_or_slow_by_itself() {
    let desk = Desk::open().await;
    let connection = &desk.running.connection;
    let url = format!(
        "{}/{}/oauth2/v2.0/token",
        connection.authority, connection.tenant_id
    );
    let ask = async || {
        let request = desk.http.post(&url).form(&desk.credentials());
        request.send().await
    };
    desk.fault(&["Token:503-before"]);
    assert_eq!(ask().await.unwrap().status(), 503);
    desk.fault(&["Token:reset-before"]);
    assert!(ask().await.is_err());
    desk.fault(&["Token:latency=60"]);
    let asked = Instant::now();
    assert_eq!(read(ask().await.unwrap()).await.0, 200);
    assert!(asked.elapsed() >= Duration::from_millis(60));
    assert_eq!(desk.get("/organization/users").await.0, 200);
}

#[tokio::test]
async fn a_clock_that_is_off_shows_in_the_date_and_not_in_the_ledger() {
    let desk = Desk::open().await;
    let start = desk.free_start().await;
    for seconds in [600, -600] {
        desk.fault(&[&format!("*:clock={seconds}")]);
        let request = desk.request(Method::GET, "/organization/users");
        let answer = request.send().await.unwrap();
        let date = answer.headers()[header::DATE].to_str().unwrap();
        let date = DateTime::parse_from_rfc2822(date).unwrap().to_utc();
        assert_eq!(date - tuesday_morning(), TimeDelta::seconds(seconds));
    }
    assert_eq!(desk.book(start).await.0, 201);
    assert_eq!(desk.booked()[0]["at"], "2025-03-04T07:30:00Z");
}
