//! What all requests share, and where they are served. Leaves out the way from a request to its answer (`exchange`) and starting
//! and stopping (`running`).

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use axum::body::Body;
use axum::extract::{ConnectInfo, Path, Query, Request, State as Shares};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodFilter, get, on, post};
use axum::{Json, Router};
use chrono::{DateTime, Utc};
use rand::SeedableRng;
use rand::rngs::StdRng;
use serde_json::{Value, json};

use crate::clock::Clock;
use crate::exchange::{self, Asked, ClockOff};
use crate::faults::{BadRule, Cord, Door, FaultRule, Faults, Kind, Twist};
use crate::options::Options;
use crate::routes::{Answer, ROUTES};
use crate::rules::Refusal;
use crate::running::Connection;
use crate::state::State;
use crate::timeline::{Timeline, Write};
use crate::token::Tokens;
use crate::{doors, life, wire};

/// What all requests share. Each lock is held for one synchronous step, never across an await; the timeline's is taken before
/// the state's.
pub(crate) struct Core {
    connection: Connection,
    clock: Clock,
    latency: Option<Duration>,
    timeline: Mutex<Timeline>,
    state: Mutex<State>,
    tokens: Mutex<Tokens>,
    requests: Mutex<BTreeMap<&'static str, u64>>,
    life: Mutex<StdRng>,
    faults: Mutex<Faults>,
    door: Arc<Door>,
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
            timeline: Mutex::default(),
            state: Mutex::new(state),
            tokens: Mutex::new(tokens),
            requests: Mutex::new(BTreeMap::new()),
            life: Mutex::new(StdRng::seed_from_u64(options.seed)),
            faults: Mutex::default(),
            door: Door::new(),
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

    pub(crate) fn faults(&self) -> MutexGuard<'_, Faults> {
        locked(&self.faults)
    }

    pub(crate) fn door(&self) -> &Arc<Door> {
        &self.door
    }

    pub(crate) fn count(&self, endpoint: &'static str) {
        *locked(&self.requests).entry(endpoint).or_default() += 1;
    }

    pub(crate) async fn wait(&self, longer: Duration) {
        let latency = self.latency.unwrap_or_default() + longer;
        if !latency.is_zero() {
            tokio::time::sleep(latency).await;
        }
    }

    /// Somebody acts, right now; not while a write is promised, so that nobody gets in its way.
    pub(crate) fn live_once(&self) {
        let timeline = locked(&self.timeline);
        let now = self.clock.now();
        if timeline.promised() == 0 {
            life::act(&mut self.state(), &mut locked(&self.life), now);
        }
    }

    /// Reads, or writes at once or later.
    pub(crate) fn act(self: &Arc<Self>, write: Write, twist: Twist) -> Result<Answer, Refusal> {
        let mut timeline = locked(&self.timeline);
        let mut state = self.state();
        // Read behind the locks, so that the ledger's times follow its order.
        let now = self.clock.now();
        if write.route.is_read() {
            let past = twist.stale.and_then(|ago| timeline.past(ago));
            return (write.route.handle)(past.unwrap_or(&mut *state), &write.call, now);
        }
        let (answer, due) = timeline.write(&mut state, write, twist.late, now);
        if let Some(due) = due {
            let core = Arc::clone(self);
            tokio::spawn(async move {
                tokio::time::sleep_until(due).await;
                let mut timeline = locked(&core.timeline);
                timeline.keep_due(&mut core.state(), core.now());
            });
        }
        answer
    }

    /// Puts these rules in place of the ones that held, and opens the door.
    pub(crate) fn set_faults(&self, rules: &[FaultRule]) -> Result<(), BadRule> {
        rules.iter().try_for_each(FaultRule::check)?;
        let faults = Faults::new(rules);
        locked(&self.timeline).remember(faults.longest_stale());
        *self.faults() = faults;
        self.door.open();
        Ok(())
    }

    /// The rules that hold and what they did, and how many writes are yet to take hold.
    pub(crate) fn report_faults(&self) -> Value {
        json!({
            "rules": self.faults().report(),
            "touchedRequests": self.faults().touched(),
            "promisedWrites": locked(&self.timeline).promised(),
        })
    }
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The 27 calls, the token endpoint and the doors for tests.
pub(crate) fn router(core: &Arc<Core>) -> Router {
    let token = |Shares(core), ConnectInfo(cord), Path(tenant), request: Request| {
        exchange::token(core, cord, tenant, request)
    };
    let mut router = Router::new().route("/{tenantId}/oauth2/v2.0/token", post(token));
    for route in &ROUTES {
        let Ok(method) = MethodFilter::try_from(route.method.clone()) else {
            continue;
        };
        let kind = if route.is_read() {
            Kind::Read
        } else {
            Kind::Write
        };
        let handler = move |Shares(core): Shares<Arc<Core>>,
                            ConnectInfo(cord): ConnectInfo<Cord>,
                            Path(path): Path<HashMap<String, String>>,
                            Query(query): Query<HashMap<String, String>>,
                            headers: HeaderMap,
                            body: Body| {
            let asked = Asked {
                path,
                query,
                headers,
                body,
            };
            exchange::exchange(
                core,
                cord,
                route.name,
                kind,
                move |core, twist| async move { exchange::answer(&core, route, asked, twist).await },
            )
        };
        router = router.route(route.path, on(method, handler));
    }
    router
        .merge(doors())
        .fallback(|| async { exchange::refuse(&Refusal::unknown("address")) })
        .layer(from_fn_with_state(Arc::clone(core), date))
        .with_state(Arc::clone(core))
}

type Shared = Shares<Arc<Core>>;

#[rustfmt::skip]
fn doors() -> Router<Arc<Core>> {
    Router::new()
        // The credentials are as invented as the world; this saves a client on this machine from being told them.
        .route("/_simulator/connection", get(|Shares(core): Shared| async move { Json(core.connection.clone()) }))
        .route("/_simulator/world", get(|Shares(core): Shared| async move { Json(doors::world(&core.state())) }))
        .route("/_simulator/ledger", get(|Shares(core): Shared| async move { Json(core.state().ledger.entries()) }))
        .route("/_simulator/tokens", get(|Shares(core): Shared| async move { Json(core.tokens().given_out()) }))
        .route("/_simulator/counters", get(|Shares(core): Shared| async move { Json(json!(*locked(&core.requests))) }))
        .route(
            "/_simulator/faults",
            get(|Shares(core): Shared| async move { Json(core.report_faults()) })
                .post(|Shares(core): Shared, Json(rules): Json<Vec<FaultRule>>| async move { set_faults(&core, &rules) })
                .delete(|Shares(core): Shared| async move { set_faults(&core, &[]) }),
        )
}

fn set_faults(core: &Core, rules: &[FaultRule]) -> Response {
    match core.set_faults(rules) {
        Ok(()) => Json(core.report_faults()).into_response(),
        Err(bad) => exchange::refuse(&Refusal::invalid(bad.to_string())),
    }
}

/// Every answer carries the simulator's own time, as Cubu's carries Cubu's.
async fn date(Shares(core): Shared, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let off = response
        .extensions()
        .get::<ClockOff>()
        .map_or_else(Default::default, |off| off.0);
    if let Ok(date) = HeaderValue::from_str(&wire::http_date(core.now() + off)) {
        response.headers_mut().insert(header::DATE, date);
    }
    response
}
