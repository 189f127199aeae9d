//! Starting, watching and stopping a simulator from Rust. Leaves out the requests themselves (`server`).

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, Utc};
use serde_json::Value;
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use crate::clock::Clock;
use crate::faults::{BadRule, Cord, Doorway, FaultRule};
use crate::options::{Options, Role};
use crate::server::{Core, router};
use crate::{doors, world};

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

/// Makes the world and serves it on 127.0.0.1.
///
/// # Errors
///
/// When the port cannot be bound, or a fault rule names something that there is not.
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
    let core = Arc::new(Core::new(
        connection.clone(),
        &options,
        clock,
        state,
        tokens,
    ));
    core.set_faults(&options.faults)
        .map_err(|bad| std::io::Error::new(std::io::ErrorKind::InvalidInput, bad))?;
    let (stop, stopped) = oneshot::channel::<()>();
    let app = router(&core).into_make_service_with_connect_info::<Cord>();
    let doorway = Doorway::new(listener, Arc::clone(core.door()))?;
    let serving = tokio::spawn(async move {
        let serve = axum::serve(doorway, app).with_graceful_shutdown(async move {
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
        self.core.requests(endpoint)
    }

    /// The simulator's time.
    #[must_use]
    pub fn now(&self) -> DateTime<Utc> {
        self.core.now()
    }

    /// Moves the simulator's time ahead.
    pub fn advance(&self, by: Duration) {
        self.core.advance(by);
    }

    /// Ticks exactly these roles on the application.
    pub fn set_roles(&self, roles: &[Role]) {
        self.core.state().roles = roles.to_vec();
    }

    /// The access tokens that are good now.
    #[must_use]
    pub fn tokens(&self) -> Vec<String> {
        self.core.tokens().given_out()
    }

    /// Makes every token given out so far worthless.
    pub fn revoke_tokens(&self) {
        self.core.tokens().good_until.clear();
    }

    /// Lets these things go wrong from now on, in place of what went wrong before. The same rules befall the same requests.
    ///
    /// # Errors
    ///
    /// When a rule names an endpoint that there is not, or a rate that is none; then nothing changes.
    pub fn set_faults(&self, rules: &[FaultRule]) -> Result<(), BadRule> {
        self.core.set_faults(rules)
    }

    /// Lets nothing go wrong any more. Writes that were answered and have not taken hold still will.
    pub fn clear_faults(&self) {
        if let Err(bad) = self.core.set_faults(&[]) {
            tracing::error!(%bad, "no rules at all were refused");
        }
    }

    /// The rules, how often each struck, and how many writes are yet to take hold: what `GET /_simulator/faults` answers.
    #[must_use]
    pub fn faults(&self) -> Value {
        self.core.report_faults()
    }

    /// Takes the network away: connections are refused for this long, or until the faults are set or cleared, and requests
    /// over lines that are still open are reset before they act. Returns once it is so.
    pub async fn refuse_connections(&self, lasting: Duration) {
        self.core.door().shut(lasting).await;
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
