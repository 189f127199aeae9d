//! The desk over loopback HTTP, for development and tests: the same commands as in the window, and the web front for an
//! ordinary browser. It listens on 127.0.0.1 only and answers nobody who calls it by another name, so that no web page
//! can reach the desk through it. It is no part of the product.

use std::{net::SocketAddr, path::PathBuf, sync::Arc};

use axum::{
    Json, Router,
    body::{Body, Bytes},
    extract::{DefaultBodyLimit, Path, Request, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    middleware::{self, Next},
    response::{IntoResponse, Response},
    routing::post,
};
use desk_core::{commands, desk::Desk};
use serde_json::Value;
use tower_http::services::ServeDir;

/// The shell's configuration: its policy for content is this host's too.
const SHELL: &str = include_str!("../../../tauri.conf.json");

const LARGEST_REQUEST: usize = 16 * 1024 * 1024;

/// What the host serves.
pub struct Host {
    /// The desk.
    pub desk: Arc<Desk>,
    /// The built web front.
    pub front: PathBuf,
    /// Where the host listens.
    pub address: SocketAddr,
}

/// The host's routes.
pub fn router(host: Host) -> Router {
    let Host {
        desk,
        front,
        address,
    } = host;
    let policy = HeaderValue::from_str(&content_policy())
        .unwrap_or(HeaderValue::from_static("default-src 'self'"));
    let own_names = Arc::new([address.to_string(), format!("localhost:{}", address.port())]);
    Router::new()
        .route("/api/{command}", post(run))
        .layer(DefaultBodyLimit::max(LARGEST_REQUEST))
        .with_state(desk)
        .fallback_service(ServeDir::new(front))
        .layer(middleware::map_response(move |mut response: Response| {
            let policy = policy.clone();
            async move {
                response
                    .headers_mut()
                    .insert(header::CONTENT_SECURITY_POLICY, policy);
                response
                    .headers_mut()
                    .insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
                response.headers_mut().insert(
                    header::X_CONTENT_TYPE_OPTIONS,
                    HeaderValue::from_static("nosniff"),
                );
                response
            }
        }))
        .layer(middleware::from_fn(move |request: Request, next: Next| {
            let own_names = Arc::clone(&own_names);
            async move {
                if is_asked_for(&request, own_names.as_ref()) {
                    next.run(request).await
                } else {
                    stranger()
                }
            }
        }))
}

/// The shell's content security policy, with this host's way to the commands in place of the shell's.
pub fn content_policy() -> String {
    let shell: Value = serde_json::from_str(SHELL).unwrap_or_default();
    let policy = shell["app"]["security"]["csp"]
        .as_str()
        .unwrap_or("default-src 'self'");
    let directives = policy.split(';').map(str::trim).map(|directive| {
        if directive.starts_with("connect-src") {
            "connect-src 'self'"
        } else {
            directive
        }
    });
    directives.collect::<Vec<_>>().join("; ")
}

/// Only requests for the host by its own name, and from its own pages.
fn is_asked_for(request: &Request, own_names: &[String]) -> bool {
    let named = |header: header::HeaderName| {
        request
            .headers()
            .get(header)
            .and_then(|value| value.to_str().ok())
    };
    let by_its_name =
        named(header::HOST).is_some_and(|host| own_names.iter().any(|name| name == host));
    let from_own_page = named(header::ORIGIN).is_none_or(|origin| {
        own_names
            .iter()
            .any(|name| origin.strip_prefix("http://") == Some(name))
    });
    by_its_name && from_own_page
}

fn stranger() -> Response {
    (
        StatusCode::FORBIDDEN,
        "this host answers on its own address only",
    )
        .into_response()
}

async fn run(
    State(desk): State<Arc<Desk>>,
    Path(command): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Response<Body> {
    if !commands::NAMES.contains(&command.as_str()) {
        return (StatusCode::NOT_FOUND, "there is no such command").into_response();
    }
    let kind = headers
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    if !kind.starts_with("application/json") {
        return (StatusCode::UNSUPPORTED_MEDIA_TYPE, "a request is JSON").into_response();
    }
    match desk.dispatch_json(&command, &body).await {
        Ok(answer) => Json(answer).into_response(),
        Err(failure) => (StatusCode::UNPROCESSABLE_ENTITY, Json(failure)).into_response(),
    }
}
