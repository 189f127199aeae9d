//! Getting tokens: once for all, early, again after a 401, and what refusals mean.

use std::sync::Arc;
use std::time::Duration;

use cubu_s2s::{Client, ErrorKind, ListUsers, TokenAdvice};
use serde_json::json;
use tokio::task::JoinSet;
use wiremock::matchers::{header, method, path_regex};
use wiremock::{Mock, MockServer, ResponseTemplate};

use crate::calls;
use crate::server::{
    HandClock, TOKEN, client, count, options, signed_in, token_answer, token_request,
};

async fn answers_users(server: &MockServer) {
    Mock::given(path_regex("/organization/users$"))
        .respond_with(ResponseTemplate::new(200).set_body_json(json!([])))
        .mount(server)
        .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_thousand_simultaneous_first_calls_make_one_token_request() {
    let (server, client) = signed_in().await;
    let mut callers = JoinSet::new();
    for _ in 0..1000 {
        let client = client.clone();
        callers.spawn(async move { client.check_token().await });
    }
    assert!(callers.join_all().await.iter().all(Result::is_ok));
    assert_eq!(count(&server, "/token").await, 1);
}

#[tokio::test]
async fn those_who_wait_for_a_token_share_its_refusal() {
    let server = MockServer::start().await;
    token_request()
        .respond_with(
            ResponseTemplate::new(401)
                .set_body_json(json!({ "error": "invalid_client", "error_codes": [7_000_215] }))
                .set_delay(Duration::from_millis(200)),
        )
        .mount(&server)
        .await;
    let client = client(&server.uri(), &server.uri());
    let mut callers = JoinSet::new();
    for _ in 0..100 {
        let client = client.clone();
        callers.spawn(async move { client.check_token().await });
    }
    assert!(callers.join_all().await.iter().all(Result::is_err));
    assert_eq!(count(&server, "/token").await, 1);
    assert!(client.check_token().await.is_err());
    assert_eq!(
        count(&server, "/token").await,
        2,
        "a later caller asks anew"
    );
}

#[tokio::test]
async fn a_token_is_used_until_less_than_five_minutes_are_left() {
    let server = MockServer::start().await;
    token_request()
        .respond_with(token_answer(TOKEN))
        .mount(&server)
        .await;
    let clock = HandClock::new();
    let mut options = options(&server.uri(), &server.uri());
    options.clock = Arc::clone(&clock) as _;
    let client = Client::new(options).expect("a client");
    for (minutes, requests) in [(0, 1), (54, 1), (1, 2), (54, 2), (10, 3)] {
        clock.forward(minutes);
        client.check_token().await.expect("a token");
        assert_eq!(
            count(&server, "/token").await,
            requests,
            "{minutes} minutes on"
        );
    }
}

#[tokio::test]
async fn a_valid_token_survives_a_failed_early_refresh() {
    let server = MockServer::start().await;
    token_request()
        .respond_with(token_answer(TOKEN))
        .up_to_n_times(1)
        .mount(&server)
        .await;
    token_request()
        .respond_with(ResponseTemplate::new(400))
        .mount(&server)
        .await;
    answers_users(&server).await;
    let clock = HandClock::new();
    let mut options = options(&server.uri(), &server.uri());
    options.clock = Arc::clone(&clock) as _;
    let client = Client::new(options).expect("a client");
    client.send(&ListUsers {}).await.expect("users");
    clock.forward(56);
    for _ in 0..5 {
        client
            .send(&ListUsers {})
            .await
            .expect("users, with the present token");
    }
    assert_eq!(
        count(&server, "/token").await,
        2,
        "the refresh is not tried at every call"
    );
    clock.forward(5);
    let error = client
        .send(&ListUsers {})
        .await
        .expect_err("the token has run out");
    assert!(matches!(error.kind, ErrorKind::Token(_)));
}

#[tokio::test]
async fn a_401_refreshes_the_token_once() {
    let server = MockServer::start().await;
    token_request()
        .respond_with(token_answer("old"))
        .up_to_n_times(1)
        .mount(&server)
        .await;
    token_request()
        .respond_with(token_answer("new"))
        .mount(&server)
        .await;
    Mock::given(header("authorization", "Bearer old"))
        .respond_with(ResponseTemplate::new(401))
        .mount(&server)
        .await;
    Mock::given(header("authorization", "Bearer new"))
        .respond_with(ResponseTemplate::new(201))
        .mount(&server)
        .await;
    let client = client(&server.uri(), &server.uri());
    client
        .send(&calls::booking())
        .await
        .expect("booked with the new token");
    assert_eq!(count(&server, "/token").await, 2);
    assert_eq!(count(&server, "/appointments").await, 2);
}

#[tokio::test]
async fn a_second_401_gives_up() {
    let (server, client) = signed_in().await;
    Mock::given(method("GET"))
        .respond_with(ResponseTemplate::new(401))
        .mount(&server)
        .await;
    let error = client.send(&ListUsers {}).await.expect_err("not accepted");
    assert!(
        matches!(error.kind, ErrorKind::Unauthorized(_)),
        "{error:?}"
    );
    assert!(!error.retryable());
    assert_eq!(count(&server, "/token").await, 2);
    assert_eq!(count(&server, "/users").await, 2);
}

#[tokio::test]
async fn a_redirect_at_the_token_endpoint_is_refused() {
    let server = MockServer::start().await;
    let elsewhere = MockServer::start().await;
    for status in [301, 302, 307, 308] {
        server.reset().await;
        token_request()
            .respond_with(
                ResponseTemplate::new(status)
                    .insert_header("location", format!("{}/steal/token", elsewhere.uri())),
            )
            .mount(&server)
            .await;
        let client = client(&server.uri(), &server.uri());
        let error = client.check_token().await.expect_err("refused");
        assert_eq!(error.advice, TokenAdvice::CheckAuthority);
        assert_eq!(error.status, Some(status));
        assert_eq!(count(&server, "/token").await, 1);
    }
    assert_eq!(
        elsewhere.received_requests().await.map(|it| it.len()),
        Some(0)
    );
}

#[tokio::test]
async fn the_identity_providers_errors_become_advice() {
    let server = MockServer::start().await;
    let client = client(&server.uri(), &server.uri());
    for (status, error, number, advice, requests) in [
        (
            401,
            "invalid_client",
            7_000_215,
            TokenAdvice::CheckSecret,
            1,
        ),
        (
            401,
            "invalid_client",
            7_000_222,
            TokenAdvice::RenewSecret,
            1,
        ),
        (401, "invalid_client", 1, TokenAdvice::CheckSecret, 1),
        (
            400,
            "unauthorized_client",
            700_016,
            TokenAdvice::CheckClientAndTenant,
            1,
        ),
        (400, "invalid_request", 90_002, TokenAdvice::CheckTenant, 1),
        (400, "invalid_request", 900_023, TokenAdvice::CheckTenant, 1),
        (400, "invalid_scope", 70_011, TokenAdvice::CheckClientId, 1),
        (
            400,
            "invalid_scope",
            1_002_012,
            TokenAdvice::CheckClientId,
            1,
        ),
        // A number without its `error` changes nothing.
        (
            400,
            "access_denied",
            7_000_222,
            TokenAdvice::AskAdministrator,
            1,
        ),
        (503, "temporarily_unavailable", 0, TokenAdvice::TryLater, 3),
        (500, "server_error", 0, TokenAdvice::TryLater, 1),
    ] {
        server.reset().await;
        token_request()
            .respond_with(ResponseTemplate::new(status).set_body_json(json!({
                "error": error,
                "error_description": format!("AADSTS{number}: a long text.\r\nTrace ID: x"),
                "error_codes": [number],
                "timestamp": "2025-02-03 09:00:00Z",
                "trace_id": "5b0d6c1e-0000-4a6e-9d10-00000000dddd",
                "correlation_id": "5b0d6c1e-0000-4a6e-9d10-00000000eeee",
                "error_uri": "https://login.microsoftonline.com/error",
            })))
            .mount(&server)
            .await;
        let refused = client.check_token().await.expect_err("refused");
        assert_eq!(refused.advice, advice, "{error} {number}");
        assert_eq!(refused.error.as_deref(), Some(error));
        assert_eq!(refused.number, Some(number));
        assert_eq!(
            refused.correlation_id.as_deref(),
            Some("5b0d6c1e-0000-4a6e-9d10-00000000eeee")
        );
        assert!(!format!("{refused} {refused:?}").contains("long text"));
        assert_eq!(count(&server, "/token").await, requests, "{error} {number}");
    }
}

#[tokio::test]
async fn a_token_endpoint_that_is_none_is_told_by_its_answer() {
    for (status, body) in [
        (200, "<html>welcome</html>"),
        (200, "{}"),
        (
            200,
            "{\"access_token\":\"line\\nbreak\",\"expires_in\":3599}",
        ),
        (200, ""),
        (404, "not here"),
    ] {
        let server = MockServer::start().await;
        token_request()
            .respond_with(ResponseTemplate::new(status).set_body_string(body))
            .mount(&server)
            .await;
        let client = client(&server.uri(), &server.uri());
        let error = client.check_token().await.expect_err("no token");
        assert_eq!(error.advice, TokenAdvice::CheckAuthority, "{body}");
    }
}
