//! The host through real HTTP: who is answered, what is served, how commands and their failures come back.

#![expect(
    clippy::unwrap_used,
    reason = "in a test, what does not work is a failure"
)]

use std::{
    fs,
    net::{Ipv4Addr, SocketAddr},
    sync::Arc,
};

use desk_core::{
    clock::Clock,
    desk::{Desk, Options},
    secrets::MemoryKeychain,
};
use desk_host::Host;
use reqwest::{Client, Response, header};
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::net::TcpListener;

struct Served {
    url: String,
    browser: Client,
    _folder: TempDir,
}

impl Served {
    async fn start() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let front = folder.path().join("front");
        fs::create_dir(&front).unwrap();
        fs::write(
            front.join("index.html"),
            "<!doctype html><title>Front Desk</title>",
        )
        .unwrap();
        fs::write(front.join("app.js"), "").unwrap();
        let keychain = Arc::new(MemoryKeychain::default());
        let options = Options {
            data_dir: folder.path().join("desk"),
            keychain,
            clock: Clock::System,
        };
        let desk = Arc::new(Desk::open(options).unwrap());
        let listener = TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, 0)))
            .await
            .unwrap();
        let address = listener.local_addr().unwrap();
        let router = desk_host::router(Host {
            desk,
            front,
            address,
        });
        tokio::spawn(async move { axum::serve(listener, router).await });
        // reqwest is built without a default for encryption.
        rustls::crypto::ring::default_provider()
            .install_default()
            .ok();
        Self {
            url: format!("http://{address}"),
            browser: Client::new(),
            _folder: folder,
        }
    }

    async fn post(&self, path: &str, body: impl Into<reqwest::Body>) -> Response {
        let request = self
            .browser
            .post(format!("{}{path}", self.url))
            .header(header::CONTENT_TYPE, "application/json");
        request.body(body).send().await.unwrap()
    }
}

#[tokio::test]
async fn a_command_answers_with_json_and_a_failed_one_with_a_422() {
    let host = Served::start().await;
    let state = host.post("/api/app_state", "{}").await;
    assert_eq!(state.status(), 200);
    assert_eq!(
        state.json::<Value>().await.unwrap()["connection"]["status"],
        "none"
    );
    let refused = host.post("/api/get_catalogue", "{}").await;
    assert_eq!(refused.status(), 422);
    assert_eq!(
        refused.json::<Value>().await.unwrap()["code"],
        "not_connected"
    );
}

#[tokio::test]
async fn what_is_no_command_or_no_json_is_told_apart() {
    let host = Served::start().await;
    assert_eq!(host.post("/api/open_the_safe", "{}").await.status(), 404);
    let plain = host
        .browser
        .post(format!("{}/api/app_state", host.url))
        .body("{}")
        .send()
        .await
        .unwrap();
    assert_eq!(plain.status(), 415);
    let deep = format!("{}{}", "[".repeat(1000), "]".repeat(1000));
    for body in ["{", "", &deep] {
        let refused = host.post("/api/app_state", body.to_owned()).await;
        assert_eq!(refused.status(), 422);
        assert_eq!(
            refused.json::<Value>().await.unwrap()["code"],
            "invalid_input"
        );
    }
    let huge = json!({ "json": "x".repeat(10 * 1024 * 1024) }).to_string();
    let refused = host
        .post("/api/import_profile", huge)
        .await
        .json::<Value>()
        .await
        .unwrap();
    assert_eq!(refused["message"]["id"], "document-too-large");
}

#[tokio::test]
async fn the_front_is_served_with_the_policy_of_the_shell() {
    let host = Served::start().await;
    for (path, kind) in [("/", "text/html"), ("/app.js", "text/javascript")] {
        let page = host
            .browser
            .get(format!("{}{path}", host.url))
            .send()
            .await
            .unwrap();
        assert_eq!(page.headers()[header::CONTENT_TYPE], kind);
        let policy = page.headers()[header::CONTENT_SECURITY_POLICY]
            .to_str()
            .unwrap();
        assert!(
            policy.contains("connect-src 'self'") && policy.contains("object-src 'none'"),
            "{policy}"
        );
        assert!(!policy.contains("unsafe"), "{policy}");
    }
}

#[tokio::test]
async fn nobody_who_calls_it_by_another_name_is_answered() {
    let host = Served::start().await;
    for (name, value) in [
        (header::HOST, "desk.example.org"),
        (header::HOST, "127.0.0.1:1"),
        (header::ORIGIN, "https://example.org"),
        (header::ORIGIN, "null"),
    ] {
        let request = host
            .browser
            .post(format!("{}/api/app_state", host.url))
            .header(name, value);
        let refused = request
            .header(header::CONTENT_TYPE, "application/json")
            .body("{}")
            .send()
            .await
            .unwrap();
        assert_eq!(refused.status(), 403, "{value}");
    }
}
