//! Tokens, roles and the clock.

use std::time::{Duration, Instant};

use chrono::TimeDelta;
use cubu_simulator::{Options, ROUTES, Role};
use reqwest::{Method, header};
use serde_json::json;

use crate::desk::{Desk, assert_refused, options, read};

#[tokio::test]
async fn a_token_comes_for_a_url_encoded_form() {
    let desk = Desk::open().await;
    let tenant = desk.running.connection.tenant_id.clone();
    let (status, body) = desk.ask_token(&tenant, &desk.credentials()).await;
    assert_eq!(status, 200);
    assert_eq!(body["token_type"], "Bearer");
    assert_eq!(
        (&body["expires_in"], &body["ext_expires_in"]),
        (&json!(3599), &json!(3599))
    );
}

#[tokio::test]
async fn a_token_comes_for_a_multipart_form_too() {
    let desk = Desk::open().await;
    let connection = &desk.running.connection;
    let mut form = String::new();
    for (name, value) in desk.credentials() {
        form +=
            &format!("--cut\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
    }
    form += "--cut--\r\n";
    let url = format!(
        "{}/{}/oauth2/v2.0/token",
        connection.authority, connection.tenant_id
    );
    let request = desk
        .http
        .post(url)
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=cut")
        .body(form);
    let (status, body) = read(request.send().await.unwrap()).await;
    assert_eq!(status, 200, "{body}");
    assert!(body["access_token"].is_string());
}

#[tokio::test]
async fn token_errors_have_entras_numbers_and_shape() {
    let desk = Desk::open().await;
    let own = desk.running.connection.tenant_id.clone();
    let other = "00000000-0000-4000-8000-000000000000";
    let cases = [
        (
            "client_secret",
            "wrong".to_owned(),
            own.as_str(),
            401,
            "invalid_client",
            7_000_215,
        ),
        (
            "client_id",
            other.to_owned(),
            &own,
            400,
            "unauthorized_client",
            700_016,
        ),
        (
            "grant_type",
            "password".to_owned(),
            &own,
            400,
            "unsupported_grant_type",
            70_003,
        ),
        (
            "scope",
            format!("{other}/.default"),
            &own,
            400,
            "invalid_scope",
            70_011,
        ),
        (
            "scope",
            "openid".to_owned(),
            &own,
            400,
            "invalid_scope",
            1_002_012,
        ),
        (
            "unused",
            String::new(),
            other,
            400,
            "invalid_request",
            90_002,
        ),
        (
            "unused",
            String::new(),
            "not-a-tenant",
            400,
            "invalid_request",
            900_023,
        ),
    ];
    for (field, value, tenant, status, error, number) in cases {
        let mut form = desk.credentials();
        for pair in &mut form {
            if pair.0 == field {
                pair.1.clone_from(&value);
            }
        }
        let (found, body) = desk.ask_token(tenant, &form).await;
        assert_eq!(
            (found, body["error"].as_str()),
            (status, Some(error)),
            "{body}"
        );
        assert_eq!(body["error_codes"], json!([number]));
        let description = body["error_description"].as_str().unwrap();
        assert!(description.starts_with(&format!("AADSTS{number}: ")));
        for member in ["timestamp", "trace_id", "correlation_id", "error_uri"] {
            assert!(body[member].is_string(), "{member} is missing");
        }
    }
}

#[tokio::test]
async fn a_form_without_its_fields_names_the_missing_one() {
    let desk = Desk::open().await;
    let tenant = desk.running.connection.tenant_id.clone();
    let (status, body) = desk.ask_token(&tenant, &[]).await;
    assert_eq!((status, &body["error_codes"]), (400, &json!([900_144])));
    assert!(
        body["error_description"]
            .as_str()
            .unwrap()
            .contains("'grant_type'")
    );
}

#[tokio::test]
async fn an_expired_secret_is_told_from_a_wrong_one() {
    let desk = Desk::open().await;
    let form = desk.credentials();
    let expired = cubu_simulator::start(Options {
        secret_expired: true,
        ..options()
    });
    let expired = expired.await.unwrap();
    let connection = &expired.connection;
    let url = format!(
        "{}/{}/oauth2/v2.0/token",
        connection.authority, connection.tenant_id
    );
    let (status, body) = read(desk.http.post(url).form(&form).send().await.unwrap()).await;
    assert_eq!((status, &body["error_codes"]), (401, &json!([7_000_222])));
}

#[tokio::test]
async fn every_call_needs_a_token() {
    let mut desk = Desk::open().await;
    desk.token = "invented".to_owned();
    for route in &ROUTES {
        let path = any_path(route.path);
        let request = desk.request(route.method.clone(), &path);
        let response = request.send().await.unwrap();
        assert!(response.headers().contains_key(header::WWW_AUTHENTICATE));
        assert_refused(&read(response).await, 401, "access token");
    }
}

#[tokio::test]
async fn a_token_expires_and_a_new_one_works() {
    let mut desk = Desk::open().await;
    assert_eq!(desk.get("/organization/users").await.0, 200);
    desk.running.advance(Duration::from_secs(3599));
    assert_eq!(desk.get("/organization/users").await.0, 401);
    desk.sign_in().await;
    assert_eq!(desk.get("/organization/users").await.0, 200);
    desk.running.revoke_tokens();
    assert_eq!(desk.get("/organization/users").await.0, 401);
}

#[tokio::test]
async fn every_call_needs_its_role() {
    let desk = Desk::open().await;
    for route in &ROUTES {
        let others: Vec<Role> = Role::ALL
            .into_iter()
            .filter(|role| *role != route.role)
            .collect();
        desk.running.set_roles(&others);
        let answer = desk
            .request(route.method.clone(), &any_path(route.path))
            .send()
            .await;
        assert_refused(&read(answer.unwrap()).await, 403, route.role.name());
    }
}

#[tokio::test]
async fn another_applications_id_is_not_found() {
    let desk = Desk::open().await;
    let base = &desk.running.connection.base_url;
    for (application, status) in [
        ("00000000-0000-4000-8000-000000000000", 404),
        ("front-desk", 400),
    ] {
        let request = desk
            .http
            .get(format!("{base}/{application}/organization/users"));
        let answer = read(request.bearer_auth(&desk.token).send().await.unwrap()).await;
        assert_refused(&answer, status, "pplication");
    }
}

#[tokio::test]
async fn an_unknown_address_and_a_wrong_method_are_told_apart() {
    let desk = Desk::open().await;
    assert_refused(&desk.get("/organization/managers").await, 404, "address");
    let (status, _) = desk.delete("/organization/users").await;
    assert_eq!(status, 405);
}

#[tokio::test]
async fn the_clocks_offset_shows_in_the_date_header() {
    let desk = Desk::with(Options {
        clock_offset: TimeDelta::minutes(10),
        ..options()
    })
    .await;
    let answer = desk
        .request(Method::GET, "/organization/users")
        .send()
        .await
        .unwrap();
    assert_eq!(
        answer.headers()[header::DATE],
        "Tue, 04 Mar 2025 07:40:00 GMT"
    );
}

#[tokio::test]
async fn latency_is_waited_before_every_answer() {
    let latency = Duration::from_millis(40);
    let desk = Desk::with(Options {
        latency: Some(latency),
        ..options()
    })
    .await;
    let asked = Instant::now();
    desk.get("/organization/users").await;
    assert!(asked.elapsed() >= latency);
}

#[tokio::test]
async fn requests_are_counted_by_call() {
    let desk = Desk::open().await;
    desk.get("/organization/users").await;
    desk.get("/organization/users").await;
    let base = &desk.running.connection.base_url;
    let counters = desk
        .http
        .get(format!("{base}/_simulator/counters"))
        .send()
        .await
        .unwrap();
    let (_, counters) = read(counters).await;
    assert_eq!(counters, json!({ "Token": 1, "ListUsers": 2 }));
    assert_eq!(desk.running.requests("ListUsers"), 2);
    assert_eq!(desk.running.requests("BookAppointment"), 0);
}

/// A path for a template, with the application's own part cut off and nonsense for the rest.
fn any_path(template: &str) -> String {
    let path = template.trim_start_matches("/{applicationId}");
    let parts = path
        .split('/')
        .map(|part| if part.starts_with('{') { "any" } else { part });
    parts.collect::<Vec<_>>().join("/")
}
