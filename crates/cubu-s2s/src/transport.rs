//! The only place that opens sockets: sends one request as often as the retry rules allow and reads the answer within limits.
//!
//! It knows nothing of endpoints or tokens. Logs carry the call's name, status, duration and request id, never addresses or bodies.

use std::sync::Arc;
use std::sync::Mutex;
use std::sync::PoisonError;
use std::time::{Duration, Instant, SystemTime};

use reqwest::header::{DATE, HeaderMap, RETRY_AFTER};
use reqwest::{RequestBuilder, Response};

use crate::client::{Limits, SetupError};
use crate::clock::Clock;
use crate::endpoint::Retry;
use crate::retry::{Decision, Failure, decide};

/// Headers that may carry the server's id of a request.
const REQUEST_ID_HEADERS: [&str; 5] = [
    "x-request-id",
    "request-id",
    "x-ms-request-id",
    "x-correlation-id",
    "apim-request-id",
];

pub(crate) struct Transport {
    pub(crate) http: reqwest::Client,
    pub(crate) clock: Arc<dyn Clock>,
    limits: Limits,
    skew: Mutex<Option<i64>>,
}

/// An answer read to its end.
pub(crate) struct Received {
    pub(crate) status: u16,
    pub(crate) body: Vec<u8>,
    pub(crate) request_id: Option<String>,
    pub(crate) retry_after: Option<Duration>,
}

/// Ends a connection whose other end is gone after about ten seconds, long before the request's own time-out.
fn noticing_silence(builder: reqwest::ClientBuilder) -> reqwest::ClientBuilder {
    let builder = builder
        .tcp_keepalive(Duration::from_secs(4))
        .tcp_keepalive_interval(Duration::from_secs(2))
        .tcp_keepalive_retries(3);
    // Keepalive says nothing while sent bytes wait to be acknowledged; only Linux lets that be limited.
    #[cfg(any(target_os = "android", target_os = "linux"))]
    let builder = builder.tcp_user_timeout(Duration::from_secs(10));
    builder
}

impl Transport {
    pub(crate) fn new(
        clock: Arc<dyn Clock>,
        limits: Limits,
        loopback_only: bool,
    ) -> Result<Self, SetupError> {
        let mut builder = reqwest::Client::builder()
            .user_agent(concat!("cubu-s2s/", env!("CARGO_PKG_VERSION")))
            .connect_timeout(limits.connect_timeout)
            .timeout(limits.request_timeout)
            .redirect(reqwest::redirect::Policy::none())
            .referer(false)
            .tls_backend_preconfigured(tls(loopback_only)?);
        builder = noticing_silence(builder);
        if loopback_only {
            builder = builder.no_proxy();
        }
        let http = builder
            .build()
            .map_err(|error| SetupError::Http(error.to_string()))?;
        Ok(Self {
            http,
            clock,
            limits,
            skew: Mutex::new(None),
        })
    }

    /// Seconds by which this computer's clock is ahead of the server's, as of the last answer.
    pub(crate) fn clock_skew(&self) -> Option<i64> {
        *self.skew.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Sends, and sends again where `retry` allows. An answer with an error status is an answer.
    pub(crate) async fn send(
        &self,
        call: &str,
        retry: Retry,
        build: impl Fn() -> RequestBuilder,
    ) -> Result<Received, Failure> {
        let mut attempt = 1;
        loop {
            let result = self.attempt(call, build()).await;
            let failure = match &result {
                Ok(received) if received.status < 400 => return result,
                Ok(received) => Failure::Status {
                    status: received.status,
                    retry_after: received.retry_after,
                },
                Err(failure) => *failure,
            };
            match decide(&self.limits.retry, retry, failure, attempt, rand::random()) {
                Decision::Stop => return result,
                Decision::Continue(delay) => {
                    tracing::info!(call, attempt, ?delay, "trying again");
                    tokio::time::sleep(delay).await;
                    attempt += 1;
                }
            }
        }
    }

    async fn attempt(&self, call: &str, request: RequestBuilder) -> Result<Received, Failure> {
        let started = Instant::now();
        let result = self.exchange(request).await;
        let duration_ms = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX);
        match &result {
            Ok(received) => tracing::info!(
                call,
                status = received.status,
                duration_ms,
                request_id = received.request_id.as_deref(),
                "answered"
            ),
            Err(failure) => tracing::warn!(call, ?failure, duration_ms, "not answered"),
        }
        result
    }

    async fn exchange(&self, request: RequestBuilder) -> Result<Received, Failure> {
        let response = request.send().await.map_err(|error| failure_of(&error))?;
        Ok(Received {
            status: response.status().as_u16(),
            request_id: request_id(response.headers()),
            retry_after: self.note_times(response.headers()),
            body: self.read_body(response).await?,
        })
    }

    async fn read_body(&self, mut response: Response) -> Result<Vec<u8>, Failure> {
        let limit = self.limits.body;
        if response
            .content_length()
            .is_some_and(|length| length > limit as u64)
        {
            return Err(Failure::TooLarge);
        }
        let mut body = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(|error| failure_of(&error))? {
            if body.len() + chunk.len() > limit {
                return Err(Failure::TooLarge);
            }
            body.extend_from_slice(&chunk);
        }
        Ok(body)
    }

    /// Learns the clock skew, and reads how long the server wants to be left alone.
    fn note_times(&self, headers: &HeaderMap) -> Option<Duration> {
        let times = times(headers, SystemTime::from(self.clock.now()));
        if times.skew.is_some() {
            *self.skew.lock().unwrap_or_else(PoisonError::into_inner) = times.skew;
        }
        times.retry_after
    }
}

/// What the headers of an answer say about time.
pub(crate) struct Times {
    /// Seconds by which this computer's clock is ahead of the server's.
    pub(crate) skew: Option<i64>,
    /// How long the server wants to be left alone.
    pub(crate) retry_after: Option<Duration>,
}

pub(crate) fn times(headers: &HeaderMap, own_time: SystemTime) -> Times {
    let text = |name| {
        headers
            .get(name)
            .and_then(|value| value.to_str().ok())
            .map(str::trim)
    };
    let server_time = text(DATE).and_then(|date| httpdate::parse_http_date(date).ok());
    let skew = server_time.map(|server_time| match own_time.duration_since(server_time) {
        Ok(ahead) => i64::try_from(ahead.as_secs()).unwrap_or(i64::MAX),
        Err(behind) => -i64::try_from(behind.duration().as_secs()).unwrap_or(i64::MAX),
    });
    let retry_after = text(RETRY_AFTER).and_then(|value| match value.parse() {
        Ok(seconds) => Some(Duration::from_secs(seconds)),
        // A date is meant by the server's clock, which may differ from ours.
        Err(_) => httpdate::parse_http_date(value).ok().map(|date| {
            date.duration_since(server_time.unwrap_or(own_time))
                .unwrap_or_default()
        }),
    });
    Times { skew, retry_after }
}

fn failure_of(error: &reqwest::Error) -> Failure {
    if error.is_connect() || error.is_builder() {
        Failure::NotSent
    } else if error.is_timeout() {
        Failure::Timeout
    } else {
        Failure::Broken
    }
}

fn request_id(headers: &HeaderMap) -> Option<String> {
    REQUEST_ID_HEADERS
        .iter()
        .filter_map(|name| headers.get(*name)?.to_str().ok())
        .map(|value| {
            value
                .chars()
                .filter(char::is_ascii_graphic)
                .take(80)
                .collect::<String>()
        })
        .find(|value| !value.is_empty())
}

/// The ring provider is given explicitly, so that no process-wide default has to be set. On loopback nothing is trusted,
/// because nothing there is encrypted.
fn tls(loopback_only: bool) -> Result<rustls::ClientConfig, SetupError> {
    use rustls_platform_verifier::BuilderVerifierExt;

    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let problem = |error: rustls::Error| SetupError::Tls(error.to_string());
    let builder = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(problem)?;
    let mut config = if loopback_only {
        builder
            .with_root_certificates(rustls::RootCertStore::empty())
            .with_no_client_auth()
    } else {
        builder
            .with_platform_verifier()
            .map_err(problem)?
            .with_no_client_auth()
    };
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    Ok(config)
}
