//! From a request to its answer: counting, waiting, token, application, role, body. Leaves out what the answers are (`routes`,
//! `token`, `doors`) and starting and stopping (`running`).

use std::collections::{BTreeMap, HashMap};
use std::future::poll_fn;
use std::pin::pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use axum::body::{Body, HttpBody as _};
use axum::extract::{FromRequest, Multipart, Path, Query, Request, State as Shares};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodFilter, get, on, post};
use axum::{Form, Json, Router};
use chrono::{DateTime, Utc};
use rand::SeedableRng;
use rand::rngs::StdRng;
use serde_json::json;
use uuid::Uuid;

use crate::clock::Clock;
use crate::options::Options;
use crate::routes::{Answer, Call, ROUTES, Route};
use crate::rules::Refusal;
use crate::running::Connection;
use crate::state::State;
use crate::token::Tokens;
use crate::{doors, life, wire};

const LARGEST_BODY: usize = 1024 * 1024;
const LARGEST_BODY_READ: usize = 64 * LARGEST_BODY;

/// What all requests share. Each lock is held for one synchronous step, never across an await.
pub(crate) struct Core {
    connection: Connection,
    clock: Clock,
    latency: Option<Duration>,
    state: Mutex<State>,
    tokens: Mutex<Tokens>,
    requests: Mutex<BTreeMap<&'static str, u64>>,
    life: Mutex<StdRng>,
}

impl Core {
    pub(crate) fn new(
        connection: Connection,
        options: &Options,
        clock: Clock,
        state: State,
        tokens: Tokens,
    ) -> Self {
        Self {
            connection,
            clock,
            latency: options.latency,
            state: Mutex::new(state),
            tokens: Mutex::new(tokens),
            requests: Mutex::new(BTreeMap::new()),
            life: Mutex::new(StdRng::seed_from_u64(options.seed)),
        }
    }

    pub(crate) fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }

    pub(crate) fn advance(&self, by: Duration) {
        self.clock.advance(by);
    }

    pub(crate) fn tokens(&self) -> MutexGuard<'_, Tokens> {
        locked(&self.tokens)
    }

    pub(crate) fn requests(&self, endpoint: &str) -> u64 {
        locked(&self.requests)
            .get(endpoint)
            .copied()
            .unwrap_or_default()
    }

    pub(crate) fn state(&self) -> MutexGuard<'_, State> {
        locked(&self.state)
    }

    fn count(&self, endpoint: &'static str) {
        *locked(&self.requests).entry(endpoint).or_default() += 1;
    }

    /// Somebody acts, right now.
    pub(crate) fn live_once(&self) {
        let now = self.clock.now();
        life::act(&mut self.state(), &mut locked(&self.life), now);
    }
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The 27 calls, the token endpoint and the doors for tests.
pub(crate) fn router(core: &Arc<Core>) -> Router {
    let mut router = Router::new().route("/{tenantId}/oauth2/v2.0/token", post(token));
    for route in &ROUTES {
        let Ok(method) = MethodFilter::try_from(route.method.clone()) else {
            continue;
        };
        let handler = move |Shares(core): Shares<Arc<Core>>,
                            Path(path): Path<HashMap<String, String>>,
                            Query(query): Query<HashMap<String, String>>,
                            headers: HeaderMap,
                            body: Body| async move {
            core.count(route.name);
            core.wait().await;
            match core.answer(route, path, query, &headers, body).await {
                Ok(answer) => print(answer),
                Err(refusal) => refuse(&refusal),
            }
        };
        router = router.route(route.path, on(method, handler));
    }
    router
        // The credentials are as invented as the world; this saves a client on this machine from being told them.
        .route("/_simulator/connection", get(|Shares(core): Shares<Arc<Core>>| async move {
            Json(core.connection.clone())
        }))
        .route("/_simulator/world", get(|Shares(core): Shares<Arc<Core>>| async move {
            Json(doors::world(&core.state()))
        }))
        .route("/_simulator/ledger", get(|Shares(core): Shares<Arc<Core>>| async move {
            Json(core.state().ledger.entries())
        }))
        .route("/_simulator/counters", get(|Shares(core): Shares<Arc<Core>>| async move {
            Json(json!(*locked(&core.requests)))
        }))
        .fallback(|| async { refuse(&Refusal::unknown("address")) })
        .layer(from_fn_with_state(Arc::clone(core), date))
        .with_state(Arc::clone(core))
}

impl Core {
    async fn wait(&self) {
        if let Some(latency) = self.latency {
            tokio::time::sleep(latency).await;
        }
    }

    async fn answer(
        &self,
        route: &Route,
        path: HashMap<String, String>,
        query: HashMap<String, String>,
        headers: &HeaderMap,
        body: Body,
    ) -> Result<Answer, Refusal> {
        self.admit(route, &path, headers)?;
        let body = read(body).await?;
        if !body.is_empty() && !is_json(headers) {
            return Err(Refusal::other(415, "The body must be application/json."));
        }
        let call = Call::new(path, query, &body)?;
        let now = self.clock.now();
        (route.handle)(&mut self.state(), &call, now)
    }

    /// Token, application and role, in this order.
    fn admit(
        &self,
        route: &Route,
        path: &HashMap<String, String>,
        headers: &HeaderMap,
    ) -> Result<(), Refusal> {
        let authorization = headers
            .get(header::AUTHORIZATION)
            .and_then(|value| value.to_str().ok());
        if !locked(&self.tokens).accepts(authorization, self.clock.now()) {
            return Err(Refusal::other(
                401,
                "The access token is missing, invalid or expired.",
            ));
        }
        let application = path.get("applicationId").map_or("", String::as_str);
        let application = Uuid::try_parse(application)
            .map_err(|_| Refusal::invalid("applicationId must be a GUID."))?;
        let state = self.state();
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
    headers
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
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

fn refuse(refusal: &Refusal) -> Response {
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
async fn token(
    Shares(core): Shares<Arc<Core>>,
    Path(tenant): Path<String>,
    request: Request,
) -> Response {
    core.count("Token");
    core.wait().await;
    let form = token_form(request).await.unwrap_or_default();
    let now = core.clock.now();
    let mut tokens = locked(&core.tokens);
    match tokens.grant(&tenant, &form, now) {
        Ok(body) => Json(body).into_response(),
        Err(denial) => {
            let status = StatusCode::from_u16(denial.status).unwrap_or(StatusCode::BAD_REQUEST);
            (status, Json(tokens.denial_body(&denial, now))).into_response()
        }
    }
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

/// Every answer carries the simulator's own time, as Cubu's carries Cubu's.
async fn date(Shares(core): Shares<Arc<Core>>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let date = core
        .clock
        .now()
        .format("%a, %d %b %Y %H:%M:%S GMT")
        .to_string();
    if let Ok(date) = HeaderValue::from_str(&date) {
        response.headers_mut().insert(header::DATE, date);
    }
    response
}
