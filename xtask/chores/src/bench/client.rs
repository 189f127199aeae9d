//! What the client costs on top of the requests themselves.
//!
//! Everything is compared with a baseline of the same run: bare reqwest for the overhead, the injected latency for the
//! loading of a day.

use std::sync::Arc;
use std::time::{Duration, Instant};

use cubu_s2s::{Client, ClientOptions};
use cubu_simulator::{Connection, Options};
use secrecy::SecretString;

use super::day::{self, Place};
use super::{Figure, Outcome, median};

const CALLS: usize = 2_000;
const WARM_UP: usize = 200;
const FIRST_CALLS: usize = 1_000;

/// Measures all of it.
pub fn measure() -> Outcome<Vec<Figure>> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?;
    runtime.block_on(async {
        Ok(vec![
            Figure {
                name: "list vacancies: through the client / through bare reqwest, median",
                value: overhead().await?,
                unit: "ratio",
                limit: Some(1.10),
            },
            Figure {
                name: "token requests for 1,000 simultaneous first calls",
                value: token_requests().await?,
                unit: "requests",
                limit: Some(1.0),
            },
            Figure {
                name: "a day with 8 calendars: loading / the ideal at 50 ms, median",
                value: day::loading().await?,
                unit: "ratio",
                limit: Some(1.15),
            },
        ])
    })
}

/// A client of the simulated organisation.
pub fn client(connection: &Connection) -> Outcome<Client> {
    let mut options = ClientOptions::new(
        connection.tenant_id.parse()?,
        connection.client_id.parse()?,
        SecretString::from(connection.client_secret.clone()),
        connection.application_id.parse()?,
    );
    options.authority.clone_from(&connection.authority);
    options.base_url.clone_from(&connection.base_url);
    Ok(Client::new(options)?)
}

/// A token of its own for the bare requests.
async fn token(http: &reqwest::Client, connection: &Connection) -> Outcome<String> {
    let form = [
        ("grant_type", "client_credentials"),
        ("client_id", &connection.client_id),
        ("client_secret", &connection.client_secret),
        ("scope", &format!("{}/.default", connection.client_id)),
    ];
    let url = format!(
        "{}/{}/oauth2/v2.0/token",
        connection.authority, connection.tenant_id
    );
    let answer: serde_json::Value = http
        .post(url)
        .form(&form)
        .send()
        .await?
        .error_for_status()?
        .json()
        .await?;
    let token = answer["access_token"]
        .as_str()
        .ok_or("the simulator gave no token")?;
    Ok(token.to_owned())
}

/// reqwest and nothing around it, with the same TLS and connection settings as the client.
fn bare() -> Outcome<reqwest::Client> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let tls = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()?
        .with_root_certificates(rustls::RootCertStore::empty())
        .with_no_client_auth();
    Ok(reqwest::Client::builder()
        .no_proxy()
        .tls_backend_preconfigured(tls)
        .build()?)
}

/// The two ways take turns, each call of one beside a call of the other, so that a busy moment hits both.
async fn overhead() -> Outcome<f64> {
    let running = cubu_simulator::start(Options::default()).await?;
    let connection = &running.connection;
    let (http, client) = (bare()?, client(connection)?);
    let call = Place::find(&running, &client).await?.vacancies();
    let token = token(&http, connection).await?;
    let url = format!(
        "{}/{}/calendars/{}/{}/{}/vacancies?serviceTypeId={}",
        connection.base_url,
        connection.application_id,
        call.service_id,
        call.date,
        call.cu_index,
        call.service_type_id
    );

    let through_client = async || -> Outcome<Duration> {
        let started = Instant::now();
        client.send(&call).await?;
        Ok(started.elapsed())
    };
    let through_reqwest = async || -> Outcome<Duration> {
        let started = Instant::now();
        let answer = http
            .get(&url)
            .bearer_auth(&token)
            .send()
            .await?
            .error_for_status()?;
        answer.json::<serde_json::Value>().await?;
        Ok(started.elapsed())
    };
    let (mut ours, mut theirs) = (Vec::with_capacity(CALLS), Vec::with_capacity(CALLS));
    for turn in 0..WARM_UP + CALLS {
        let (our, their) = if turn % 2 == 0 {
            let our = through_client().await?;
            (our, through_reqwest().await?)
        } else {
            let their = through_reqwest().await?;
            (through_client().await?, their)
        };
        if turn >= WARM_UP {
            ours.push(our);
            theirs.push(their);
        }
    }
    running.shutdown().await;
    Ok(median(ours).as_secs_f64() / median(theirs).as_secs_f64())
}

/// How often the token endpoint is asked when a whole desk wakes up at once.
async fn token_requests() -> Outcome<f64> {
    let running = cubu_simulator::start(Options::default()).await?;
    let place = Place::find(&running, &client(&running.connection)?).await?;
    let before = running.requests("Token");
    let client = client(&running.connection)?;
    let mut calls = tokio::task::JoinSet::new();
    for _ in 0..FIRST_CALLS {
        let (client, call) = (client.clone(), place.vacancies());
        calls.spawn(async move { client.send(&call).await });
    }
    while let Some(call) = calls.join_next().await {
        call??;
    }
    let asked = u32::try_from(running.requests("Token") - before)?;
    running.shutdown().await;
    Ok(f64::from(asked))
}
