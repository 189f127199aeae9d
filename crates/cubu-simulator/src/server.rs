//! The simulator on the network: starting, answering, stopping. Leaves out what the answers are (`routes`, `token`, `doors`).

use std::collections::{BTreeMap, HashMap};
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use axum::body::{Body, to_bytes};
use axum::extract::{FromRequest, Multipart, Path, Query, Request, State as Shares};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodFilter, get, on, post};
use axum::{Form, Json, Router};
use chrono::{DateTime, Utc};
use rand::SeedableRng;
use rand::rngs::StdRng;
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;
use uuid::Uuid;

use crate::clock::Clock;
use crate::options::{Options, Role};
use crate::routes::{Answer, Call, ROUTES, Route};
use crate::rules::Refusal;
use crate::state::State;
use crate::token::Tokens;
use crate::{doors, life, wire, world};

const LARGEST_BODY: usize = 1024 * 1024;
/// Open connections are given this long to finish when the simulator stops.
const LAST_ANSWERS: Duration = Duration::from_secs(2);

/// What a client needs to connect: the part of a registered application that its administrator hands over.
#[derive(Debug, Clone, serde::Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Connection {
    /// Where the API is served.
    pub base_url: String,
    /// Where tokens are asked for, below `/{tenantId}/oauth2/v2.0/token`.
    pub authority: String,
    /// The tenant.
    pub tenant_id: String,
    /// The client id.
    pub client_id: String,
    /// The client secret, invented with the world.
    pub client_secret: String,
    /// The first path segment of every call.
    pub application_id: String,
}

/// A simulator that is serving. Dropping it stops it without waiting.
pub struct Running {
    /// How to connect.
    pub connection: Connection,
    core: Arc<Core>,
    stop: Option<oneshot::Sender<()>>,
    serving: JoinHandle<()>,
    living: Option<JoinHandle<()>>,
}

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
    pub(crate) fn state(&self) -> MutexGuard<'_, State> {
        locked(&self.state)
    }

    fn count(&self, endpoint: &'static str) {
        *locked(&self.requests).entry(endpoint).or_default() += 1;
    }

    fn live_once(&self) {
        let now = self.clock.now();
        life::act(&mut self.state(), &mut locked(&self.life), now);
    }
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Makes the world and serves it on 127.0.0.1.
///
/// # Errors
///
/// When the port cannot be bound.
pub async fn start(options: Options) -> std::io::Result<Running> {
    let listener = TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, options.port))).await?;
    let origin = format!("http://{}", listener.local_addr()?);
    let clock = Clock::new(options.now, options.clock_offset);
    let (state, tokens) = world::make(&options, clock.now());
    let connection = Connection {
        base_url: origin.clone(),
        authority: origin,
        tenant_id: tokens.tenant_id.to_string(),
        client_id: tokens.client_id.to_string(),
        client_secret: tokens.client_secret.clone(),
        application_id: state.application_id.to_string(),
    };
    let core = Arc::new(Core {
        connection: connection.clone(),
        clock,
        latency: options.latency,
        state: Mutex::new(state),
        tokens: Mutex::new(tokens),
        requests: Mutex::new(BTreeMap::new()),
        life: Mutex::new(StdRng::seed_from_u64(options.seed)),
    });
    let (stop, stopped) = oneshot::channel::<()>();
    let app = router(&core);
    let serving = tokio::spawn(async move {
        let serve = axum::serve(listener, app).with_graceful_shutdown(async move {
            // An error means that the sender was dropped, which asks for the same.
            let _ = stopped.await;
        });
        if let Err(error) = serve.await {
            tracing::error!(%error, "the simulator stopped serving");
        }
    });
    let living = options
        .life
        .map(|pace| tokio::spawn(live(Arc::clone(&core), pace)));
    Ok(Running {
        connection,
        core,
        stop: Some(stop),
        serving,
        living,
    })
}

async fn live(core: Arc<Core>, pace: Duration) {
    let mut ticks = tokio::time::interval(pace.max(Duration::from_millis(1)));
    ticks.tick().await;
    loop {
        ticks.tick().await;
        core.live_once();
    }
}

impl Running {
    /// Units, services, types, users, customers and whatever else a catalogue wants to know: what `GET /_simulator/world` answers.
    #[must_use]
    pub fn world(&self) -> Value {
        doors::world(&self.core.state())
    }

    /// Every write that was applied, in order: what `GET /_simulator/ledger` answers.
    #[must_use]
    pub fn ledger(&self) -> Vec<Value> {
        self.core.state().ledger.entries()
    }

    /// How many requests came for an endpoint, refused ones included; `"Token"` counts the token endpoint.
    #[must_use]
    pub fn requests(&self, endpoint: &str) -> u64 {
        locked(&self.core.requests)
            .get(endpoint)
            .copied()
            .unwrap_or_default()
    }

    /// The simulator's time.
    #[must_use]
    pub fn now(&self) -> DateTime<Utc> {
        self.core.clock.now()
    }

    /// Moves the simulator's time ahead.
    pub fn advance(&self, by: Duration) {
        self.core.clock.advance(by);
    }

    /// Ticks exactly these roles on the application.
    pub fn set_roles(&self, roles: &[Role]) {
        self.core.state().roles = roles.to_vec();
    }

    /// Makes every token given out so far worthless.
    pub fn revoke_tokens(&self) {
        locked(&self.core.tokens).good_until.clear();
    }

    /// Lets other people act this many times, right now.
    pub fn let_others_act(&self, times: usize) {
        for _ in 0..times {
            self.core.live_once();
        }
    }

    /// Stops listening, lets the answers under way finish, and waits for that.
    pub async fn shutdown(mut self) {
        self.stop.take();
        if let Some(living) = self.living.take() {
            living.abort();
        }
        if tokio::time::timeout(LAST_ANSWERS, &mut self.serving)
            .await
            .is_err()
        {
            self.serving.abort();
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        if let Some(living) = self.living.take() {
            living.abort();
        }
        self.serving.abort();
    }
}

fn router(core: &Arc<Core>) -> Router {
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
        let body = to_bytes(body, LARGEST_BODY).await.map_err(|_| {
            Refusal::other(
                413,
                format!("The body may have at most {LARGEST_BODY} bytes."),
            )
        })?;
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
