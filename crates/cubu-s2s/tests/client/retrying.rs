//! Trying again on the wire: what is repeated, how long is waited, and what is known when a call fails.

use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use cubu_s2s::{Client, Error, ErrorKind, ListUsers};
use serde_json::json;
use wiremock::matchers::{method, path_regex};
use wiremock::{Mock, MockBuilder, MockServer, ResponseTemplate};

use crate::calls;
use crate::server::{
    Act, TOKEN, client, count, options, raw_server, signed_in, token_answer, token_request,
};

fn users() -> MockBuilder {
    Mock::given(path_regex("/organization/users$"))
}

fn bookings() -> MockBuilder {
    Mock::given(method("POST")).and(path_regex("/appointments$"))
}

async fn token_only() -> MockServer {
    let server = MockServer::start().await;
    token_request()
        .respond_with(token_answer(TOKEN))
        .mount(&server)
        .await;
    server
}

#[tokio::test]
async fn a_429_is_waited_out_in_seconds_and_as_a_date() {
    let date = "Mon, 03 Feb 2025 09:00:00 GMT";
    for retry_after in ["1", "Mon, 03 Feb 2025 09:00:01 GMT"] {
        let (server, client) = signed_in().await;
        let busy = ResponseTemplate::new(429)
            .insert_header("retry-after", retry_after)
            .insert_header("date", date);
        bookings()
            .respond_with(busy)
            .up_to_n_times(1)
            .mount(&server)
            .await;
        bookings()
            .respond_with(ResponseTemplate::new(201))
            .mount(&server)
            .await;
        let started = Instant::now();
        client
            .send(&calls::booking())
            .await
            .expect("booked at the second try");
        assert!(started.elapsed() >= Duration::from_secs(1), "{retry_after}");
        assert_eq!(count(&server, "/appointments").await, 2);
    }
}

#[tokio::test]
async fn a_429_that_asks_for_too_long_is_handed_back_at_once() {
    let (server, client) = signed_in().await;
    users()
        .respond_with(ResponseTemplate::new(429).insert_header("retry-after", "3600"))
        .mount(&server)
        .await;
    let error = client.send(&ListUsers {}).await.expect_err("busy");
    assert_eq!(
        error.kind,
        ErrorKind::RateLimited {
            retry_after: Some(Duration::from_secs(3600))
        }
    );
    assert!(error.retryable());
    assert_eq!(count(&server, "/users").await, 1);
}

#[tokio::test]
async fn a_read_is_repeated_on_a_passing_failure_of_the_server() {
    for status in [502, 503, 504] {
        let (server, client) = signed_in().await;
        users()
            .respond_with(ResponseTemplate::new(status))
            .up_to_n_times(2)
            .mount(&server)
            .await;
        users()
            .respond_with(ResponseTemplate::new(200).set_body_json(json!([])))
            .mount(&server)
            .await;
        client.send(&ListUsers {}).await.expect("the third try");
        assert_eq!(count(&server, "/users").await, 3);
    }
}

#[tokio::test]
async fn a_write_is_not_repeated_on_a_failure_of_the_server() {
    for status in [500, 502, 503, 504] {
        let (server, client) = signed_in().await;
        bookings()
            .respond_with(ResponseTemplate::new(status))
            .mount(&server)
            .await;
        let error = client.send(&calls::booking()).await.expect_err("failed");
        assert!(matches!(error.kind, ErrorKind::Server(_)));
        assert!(error.outcome_unknown() && !error.retryable());
        assert_eq!(count(&server, "/appointments").await, 1);
    }
}

fn impatient(server: &MockServer) -> Client {
    let mut options = options(&server.uri(), &server.uri());
    options.limits.request_timeout = Duration::from_millis(300);
    Client::new(options).expect("a client")
}

#[tokio::test]
async fn a_time_out_repeats_a_read_and_leaves_a_write_unknown() {
    let server = token_only().await;
    let slow = ResponseTemplate::new(200).set_delay(Duration::from_secs(60));
    users().respond_with(slow.clone()).mount(&server).await;
    bookings().respond_with(slow).mount(&server).await;
    let client = impatient(&server);

    let error = client.send(&ListUsers {}).await.expect_err("too slow");
    assert_eq!(error.kind, ErrorKind::Timeout);
    assert!(!error.outcome_unknown() && error.retryable());
    assert_eq!(count(&server, "/users").await, 3);

    let error = client.send(&calls::booking()).await.expect_err("too slow");
    assert_eq!(error.kind, ErrorKind::Timeout);
    assert!(error.outcome_unknown() && !error.retryable());
    assert_eq!(count(&server, "/appointments").await, 1);
}

async fn both(act: Act) -> (Error, usize, Error, usize) {
    let sign_in = token_only().await;
    let (address, connections) = raw_server(act).await;
    let client = client(&sign_in.uri(), &address);
    let read = client.send(&ListUsers {}).await.expect_err("broken");
    let reads = connections.swap(0, Ordering::SeqCst);
    let write = client.send(&calls::booking()).await.expect_err("broken");
    (read, reads, write, connections.load(Ordering::SeqCst))
}

#[tokio::test]
async fn a_reset_repeats_a_read_and_leaves_a_write_unknown() {
    let (read, reads, write, writes) = both(Act::Reset).await;
    assert_eq!((read.kind, reads), (ErrorKind::Interrupted, 3));
    assert!(write.outcome_unknown());
    assert_eq!((write.kind, writes), (ErrorKind::Interrupted, 1));
}

#[tokio::test]
async fn half_a_body_repeats_a_read_and_leaves_a_write_unknown() {
    let half = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 400\r\n\r\n[{\"userId\":";
    let (read, reads, write, writes) = both(Act::Say(half.to_owned())).await;
    assert_eq!((read.kind, reads), (ErrorKind::Interrupted, 3));
    assert!(write.outcome_unknown());
    assert_eq!((write.kind, writes), (ErrorKind::Interrupted, 1));
}

#[tokio::test]
async fn a_server_that_is_not_there_was_sent_nothing() {
    let sign_in = token_only().await;
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = format!("http://{}", listener.local_addr().expect("an address"));
    drop(listener);
    let client = client(&sign_in.uri(), &address);
    let error = client
        .send(&calls::booking())
        .await
        .expect_err("nobody there");
    assert_eq!(error.kind, ErrorKind::Offline);
    assert!(!error.outcome_unknown() && error.retryable());
}

#[tokio::test]
async fn dropping_a_call_ends_its_waiting() {
    let (server, client) = signed_in().await;
    users()
        .respond_with(ResponseTemplate::new(429).insert_header("retry-after", "20"))
        .mount(&server)
        .await;
    let waited = tokio::time::timeout(Duration::from_millis(300), client.send(&ListUsers {})).await;
    assert!(waited.is_err(), "still waiting for the server to be ready");
    assert_eq!(count(&server, "/users").await, 1);
}

#[tokio::test]
async fn the_clock_skew_is_known_after_an_answer() {
    let (server, client) = signed_in().await;
    assert_eq!(client.clock_skew(), None);
    let ten_minutes_ago = std::time::SystemTime::now() - Duration::from_secs(600);
    users()
        .respond_with(
            ResponseTemplate::new(200)
                .set_body_json(json!([]))
                .insert_header("date", httpdate::fmt_http_date(ten_minutes_ago)),
        )
        .mount(&server)
        .await;
    client.send(&ListUsers {}).await.expect("users");
    let skew = client.clock_skew().expect("known");
    assert!((600..=605).contains(&skew), "{skew}");
}
