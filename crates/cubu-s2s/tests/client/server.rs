//! Servers to test against: wiremock with a token endpoint, sockets that misbehave, and a clock that is set by hand.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use cubu_s2s::{Client, ClientOptions, Clock, Limits, RetryLimits};
use serde_json::json;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use wiremock::matchers::{method, path_regex};
use wiremock::{Mock, MockBuilder, MockServer, ResponseTemplate};

pub const SECRET: &str = "s3cret~value/with+signs=";
pub const TOKEN: &str = "eyJ0b2tlbg.first.token";

/// Options with short waits, against these addresses.
pub fn options(authority: &str, base_url: &str) -> ClientOptions {
    ClientOptions {
        authority: authority.to_owned(),
        base_url: base_url.to_owned(),
        limits: Limits {
            connect_timeout: Duration::from_secs(5),
            request_timeout: Duration::from_secs(10),
            retry: RetryLimits {
                first_delay: Duration::from_millis(2),
                ..RetryLimits::default()
            },
            ..Limits::default()
        },
        ..ClientOptions::new(
            "5b0d6c1e-0000-4a6e-9d10-00000000aaaa"
                .parse()
                .expect("an id"),
            "5b0d6c1e-0000-4a6e-9d10-00000000bbbb"
                .parse()
                .expect("an id"),
            SECRET.into(),
            "5b0d6c1e-0000-4a6e-9d10-00000000cccc"
                .parse()
                .expect("an id"),
        )
    }
}

pub fn client(authority: &str, base_url: &str) -> Client {
    Client::new(options(authority, base_url)).expect("a client")
}

pub fn token_request() -> MockBuilder {
    Mock::given(method("POST")).and(path_regex("/oauth2/v2.0/token$"))
}

pub fn token_answer(token: &str) -> ResponseTemplate {
    ResponseTemplate::new(200).set_body_json(json!({
        "token_type": "Bearer", "expires_in": 3599, "ext_expires_in": 3599, "access_token": token,
    }))
}

/// A server whose token endpoint works.
pub async fn signed_in() -> (MockServer, Client) {
    let server = MockServer::start().await;
    token_request()
        .respond_with(token_answer(TOKEN))
        .with_priority(10)
        .mount(&server)
        .await;
    let client = client(&server.uri(), &server.uri());
    (server, client)
}

/// How many requests to paths with this ending arrived.
pub async fn count(server: &MockServer, ending: &str) -> usize {
    let requests = server.received_requests().await.expect("recording is on");
    requests
        .iter()
        .filter(|request| request.url.path().ends_with(ending))
        .count()
}

/// What a misbehaving server does once it has read a request.
#[derive(Clone)]
pub enum Act {
    /// Sends these bytes and closes.
    Say(String),
    /// Resets the connection.
    Reset,
}

/// A server that does the same to every connection; answers with its address and a count of connections.
pub async fn raw_server(act: Act) -> (String, Arc<AtomicUsize>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let address = format!("http://{}", listener.local_addr().expect("an address"));
    let connections = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&connections);
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            counter.fetch_add(1, Ordering::SeqCst);
            tokio::spawn(serve(stream, act.clone()));
        }
    });
    (address, connections)
}

async fn serve(mut stream: TcpStream, act: Act) {
    let mut seen = Vec::new();
    let mut chunk = [0_u8; 4096];
    while !is_whole(&seen) {
        match stream.read(&mut chunk).await {
            Ok(length) if length > 0 => seen.extend_from_slice(&chunk[..length]),
            _ => return,
        }
    }
    match act {
        Act::Say(text) => {
            let _ = stream.write_all(text.as_bytes()).await;
            let _ = stream.shutdown().await;
        }
        Act::Reset => {
            let _ = stream.set_zero_linger();
        }
    }
}

fn is_whole(seen: &[u8]) -> bool {
    let text = String::from_utf8_lossy(seen).to_ascii_lowercase();
    let Some((head, body)) = text.split_once("\r\n\r\n") else {
        return false;
    };
    let length = head
        .lines()
        .find_map(|line| line.strip_prefix("content-length:"));
    length.is_none_or(|length| body.len() >= length.trim().parse().unwrap_or(0))
}

/// A clock that only moves when told.
#[derive(Debug)]
pub struct HandClock(Mutex<DateTime<Utc>>);

impl HandClock {
    pub fn new() -> Arc<Self> {
        Arc::new(Self(Mutex::new(
            "2025-02-03T09:00:00Z".parse().expect("a time"),
        )))
    }

    pub fn forward(&self, minutes: i64) {
        *self.0.lock().expect("the clock") += TimeDelta::minutes(minutes);
    }
}

impl Clock for HandClock {
    fn now(&self) -> DateTime<Utc> {
        *self.0.lock().expect("the clock")
    }
}
