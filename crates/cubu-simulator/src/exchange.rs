//! One request and its answer: counting, waiting, what goes wrong, token, application, role, body. Leaves out what the answers
//! are (`routes`, `token`) and where they are served (`server`).

use std::collections::HashMap;
use std::future::poll_fn;
use std::pin::pin;
use std::sync::Arc;

use axum::body::{Body, HttpBody as _};
use axum::extract::{FromRequest, Multipart, Request};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::{Form, Json};
use chrono::TimeDelta;
use uuid::Uuid;

use crate::faults::{self, Cord, Fault, Kind, TOKEN, Twist};
use crate::routes::{Answer, Call, Route};
use crate::rules::Refusal;
use crate::server::Core;
use crate::timeline::Write;
use crate::wire;

const LARGEST_BODY: usize = 1024 * 1024;
const LARGEST_BODY_READ: usize = 64 * LARGEST_BODY;
/// By this header, or else by its user agent, a caller is told from others in the ledger.
const CALLER: &str = "x-caller";

/// On an answer: how far the clock was off that it was given by.
#[derive(Clone, Copy)]
pub(crate) struct ClockOff(pub TimeDelta);

/// Lets happen to a request what the faults say, around the answer that it would have otherwise.
pub(crate) async fn exchange<Answering>(
    core: Arc<Core>,
    cord: Cord,
    endpoint: &'static str,
    kind: Kind,
    answer: impl FnOnce(Arc<Core>, Twist) -> Answering + Send + 'static,
) -> Response
where
    Answering: Future<Output = Response> + Send,
{
    core.count(endpoint);
    // Whoever hangs up does not stop what they asked for, here as with a real server.
    let done = tokio::spawn(async move {
        let _held = cord.hold();
        if core.door().is_shut() {
            core.faults().touch();
            return cord.cut();
        }
        let strike = core.faults().strike(endpoint, kind);
        core.wait(strike.latency).await;
        match strike.harm {
            Some(Fault::Refused(lasting)) => {
                core.door().shut(lasting).await;
                return cord.cut();
            }
            Some(Fault::ResetBefore) => return cord.cut(),
            Some(Fault::BreakdownBefore(how)) => return faults::broken_down(how),
            Some(Fault::TooManySeconds(seconds)) => return faults::too_many(seconds, None),
            Some(Fault::TooManyDate(seconds)) => {
                return faults::too_many(seconds, Some(core.now()));
            }
            _ => {}
        }
        let twist = strike.twist();
        let mut answer = answer(Arc::clone(&core), twist).await;
        answer.extensions_mut().insert(ClockOff(twist.clock));
        match strike.harm {
            Some(Fault::ResetAfter) => cord.cut(),
            Some(Fault::BreakdownAfter(how)) => faults::broken_down(how),
            Some(Fault::HalfBody) => faults::half(answer).await,
            Some(Fault::Drip(over)) => faults::drip(answer, over).await,
            Some(Fault::Malformed) => faults::malformed(answer).await,
            _ => answer,
        }
    });
    done.await
        .unwrap_or_else(|_| StatusCode::INTERNAL_SERVER_ERROR.into_response())
}

/// A call of the API, not yet understood.
pub(crate) struct Asked {
    pub path: HashMap<String, String>,
    pub query: HashMap<String, String>,
    pub headers: HeaderMap,
    pub body: Body,
}

/// The answer to a call of the API.
pub(crate) async fn answer(
    core: &Arc<Core>,
    route: &'static Route,
    asked: Asked,
    twist: Twist,
) -> Response {
    match accept(core, route, asked, twist).await {
        Ok(answer) => print(answer),
        Err(refusal) => refuse(&refusal),
    }
}

async fn accept(
    core: &Arc<Core>,
    route: &'static Route,
    asked: Asked,
    twist: Twist,
) -> Result<Answer, Refusal> {
    let headers = asked.headers;
    admit(core, route, &asked.path, &headers, twist)?;
    let body = read(asked.body).await?;
    if !body.is_empty() && !is_json(&headers) {
        return Err(Refusal::other(415, "The body must be application/json."));
    }
    let write = Write {
        route,
        call: Call::new(asked.path, asked.query, &body)?,
        caller: text(&headers, CALLER)
            .or_else(|| text(&headers, header::USER_AGENT.as_str()))
            .map(str::to_owned),
    };
    core.act(write, twist)
}

/// Token, application and role, in this order.
fn admit(
    core: &Core,
    route: &Route,
    path: &HashMap<String, String>,
    headers: &HeaderMap,
    twist: Twist,
) -> Result<(), Refusal> {
    let authorization = text(headers, header::AUTHORIZATION.as_str());
    let mut tokens = core.tokens();
    if twist.token_expires {
        tokens.expire(authorization);
    }
    if !tokens.accepts(authorization, twist.shown(core.now())) {
        return Err(Refusal::other(
            401,
            "The access token is missing, invalid or expired.",
        ));
    }
    drop(tokens);
    let application = path.get("applicationId").map_or("", String::as_str);
    let application = Uuid::try_parse(application)
        .map_err(|_| Refusal::invalid("applicationId must be a GUID."))?;
    let state = core.state();
    if application != state.application_id {
        return Err(Refusal::unknown("application"));
    }
    if !state.roles.contains(&route.role) {
        let role = route.role.name();
        return Err(Refusal::forbidden(format!(
            "Insufficient permissions: the role {role} is needed."
        )));
    }
    Ok(())
}

fn text<'headers>(headers: &'headers HeaderMap, name: &str) -> Option<&'headers str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

/// The whole body. One that is too large is read to its end all the same, so that its sender gets to see the answer.
async fn read(body: Body) -> Result<Vec<u8>, Refusal> {
    let mut body = pin!(body);
    let mut kept = Vec::new();
    let mut length = 0;
    while let Some(frame) = poll_fn(|context| body.as_mut().poll_frame(context)).await {
        let frame = frame.map_err(|_| Refusal::invalid("The body broke off."))?;
        if let Ok(bytes) = frame.into_data() {
            length += bytes.len();
            if length <= LARGEST_BODY {
                kept.extend_from_slice(&bytes);
            } else if length > LARGEST_BODY_READ {
                break;
            }
        }
    }
    if length > LARGEST_BODY {
        let message = format!("The body may have at most {LARGEST_BODY} bytes.");
        return Err(Refusal::other(413, message));
    }
    Ok(kept)
}

fn is_json(headers: &HeaderMap) -> bool {
    text(headers, header::CONTENT_TYPE.as_str())
        .is_some_and(|kind| kind.split(';').next().unwrap_or_default().trim() == "application/json")
}

fn print(answer: Answer) -> Response {
    match answer {
        Answer::Ok(body) => Json(body).into_response(),
        Answer::OkEmpty => StatusCode::OK.into_response(),
        Answer::Created(body) => (StatusCode::CREATED, Json(body)).into_response(),
        Answer::CreatedEmpty => StatusCode::CREATED.into_response(),
        Answer::NoContent => StatusCode::NO_CONTENT.into_response(),
    }
}

pub(crate) fn refuse(refusal: &Refusal) -> Response {
    let status = StatusCode::from_u16(refusal.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut response = (status, Json(wire::refusal(refusal))).into_response();
    if status == StatusCode::UNAUTHORIZED {
        let bearer = HeaderValue::from_static("Bearer error=\"invalid_token\"");
        response
            .headers_mut()
            .insert(header::WWW_AUTHENTICATE, bearer);
    }
    response
}

/// The token endpoint: a url-encoded form or a multipart one. Any other body counts as an empty form.
pub(crate) async fn token(
    core: Arc<Core>,
    cord: Cord,
    tenant: String,
    request: Request,
) -> Response {
    exchange(core, cord, TOKEN, Kind::Token, |core, twist| async move {
        let form = token_form(request).await.unwrap_or_default();
        let now = twist.shown(core.now());
        let mut tokens = core.tokens();
        match tokens.grant(&tenant, &form, now) {
            Ok(body) => {
                if twist.token_expires {
                    let token = body["access_token"].as_str().unwrap_or_default();
                    tokens.good_until.remove(token);
                }
                Json(body).into_response()
            }
            Err(denial) => {
                let status = StatusCode::from_u16(denial.status).unwrap_or(StatusCode::BAD_REQUEST);
                (status, Json(tokens.denial_body(&denial, now))).into_response()
            }
        }
    })
    .await
}

async fn token_form(request: Request) -> Option<HashMap<String, String>> {
    let kind = request.headers().get(header::CONTENT_TYPE)?.to_str().ok()?;
    if !kind.starts_with("multipart/form-data") {
        let Form(form) = Form::from_request(request, &()).await.ok()?;
        return Some(form);
    }
    let mut parts = Multipart::from_request(request, &()).await.ok()?;
    let mut form = HashMap::new();
    while let Some(part) = parts.next_field().await.ok()? {
        let name = part.name()?.to_owned();
        form.insert(name, part.text().await.ok()?);
    }
    Some(form)
}
