//! Answers that do not come as they should: errors of the server and its gateway, and bodies that break, drip or are no JSON.
//! An answer without a body has nothing to spoil and passes as it is.

use std::io;
use std::time::Duration;

use axum::Json;
use axum::body::{Body, Bytes, to_bytes};
use axum::http::response::Parts;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use chrono::{DateTime, TimeDelta, Utc};
use futures_util::{StreamExt as _, stream};
use serde_json::json;

use super::Breakdown;
use crate::wire;

const PIECES: usize = 20;

/// A server speaks JSON about its failures; a gateway, HTML.
pub(crate) fn broken_down(how: Breakdown) -> Response {
    let status = StatusCode::from_u16(how.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    match how {
        Breakdown::Internal => {
            let body = Json(json!({ "message": "An unexpected error occurred." }));
            (status, body).into_response()
        }
        Breakdown::BadGateway | Breakdown::Unavailable => {
            let page = format!(
                "<html><head><title>{status}</title></head><body><h1>{status}</h1></body></html>"
            );
            (status, Html(page)).into_response()
        }
    }
}

/// Too many requests: come back in so many seconds, said in seconds, or as a date when the time it is now is given.
pub(crate) fn too_many(seconds: u32, now: Option<DateTime<Utc>>) -> Response {
    let when = match now {
        Some(now) => wire::http_date(now + TimeDelta::seconds(seconds.into())),
        None => seconds.to_string(),
    };
    let body = Json(json!({ "message": "Too many requests." }));
    (
        StatusCode::TOO_MANY_REQUESTS,
        [(header::RETRY_AFTER, when)],
        body,
    )
        .into_response()
}

/// All of the body is announced, half of it comes, and the line drops.
pub(crate) async fn half(answer: Response) -> Response {
    let (parts, body) = whole(answer).await;
    if body.is_empty() {
        return Response::from_parts(parts, Body::empty());
    }
    let first = body.slice(..body.len() / 2);
    let broken = stream::once(async {
        // What has come so far goes out first.
        tokio::task::yield_now().await;
        Err(io::Error::from(io::ErrorKind::ConnectionAborted))
    });
    let pieces = stream::iter([Ok(first)]).chain(broken);
    announced(parts, body.len(), Body::from_stream(pieces))
}

/// The body comes in small pieces over this long.
pub(crate) async fn drip(answer: Response, over: Duration) -> Response {
    let (parts, body) = whole(answer).await;
    let length = body.len();
    let piece = length.div_ceil(PIECES).max(1);
    let pieces = u32::try_from(length.div_ceil(piece)).unwrap_or(u32::MAX);
    let pause = over / pieces.max(1);
    let drops = stream::unfold(body, move |mut rest| async move {
        if rest.is_empty() {
            return None;
        }
        tokio::time::sleep(pause).await;
        let drop = rest.split_to(piece.min(rest.len()));
        Some((Ok::<_, io::Error>(drop), rest))
    });
    if length == 0 {
        return Response::from_parts(parts, Body::empty());
    }
    announced(parts, length, Body::from_stream(drops))
}

/// The answer breaks off inside its JSON and is complete as far as HTTP can tell.
pub(crate) async fn malformed(answer: Response) -> Response {
    let (parts, body) = whole(answer).await;
    let mut text = body.slice(..body.len() / 2).to_vec();
    if !body.is_empty() {
        text.push(b'<');
    }
    Response::from_parts(parts, Body::from(text))
}

async fn whole(answer: Response) -> (Parts, Bytes) {
    let (mut parts, body) = answer.into_parts();
    parts.headers.remove(header::CONTENT_LENGTH);
    // The simulator's own answers are made whole; reading one cannot fail.
    let body = to_bytes(body, usize::MAX).await.unwrap_or_default();
    (parts, body)
}

fn announced(mut parts: Parts, length: usize, body: Body) -> Response {
    parts
        .headers
        .insert(header::CONTENT_LENGTH, HeaderValue::from(length));
    Response::from_parts(parts, body)
}
