//! Connecting, testing a connection role by role, practising.

use std::time::Duration;

use chrono::{DateTime, Utc};
use cubu_s2s::{
    Client, CustomerRecordId, Endpoint, Error as CallError, ErrorKind, FindCustomer,
    GetAgentStatus, ListCalendars, ListUsers, Role, ServiceId, UserId,
};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{Nothing, ProfileRef};
use crate::{
    agent::AgentDesk,
    connection::{self, ConnectionState},
    day,
    desk::Desk,
    error::Error,
    explain_token,
    journal::JournalState,
    messages,
    practice::{Pace, Practice},
    profiles::ProfileSummary,
    secrets::KeychainState,
    settings::Settings,
    text::Text,
};

/// Everything a window needs to start.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct AppState {
    /// The version of this program.
    pub version: &'static str,
    /// The profiles of this desk.
    pub profiles: Vec<ProfileSummary>,
    /// The connection.
    pub connection: ConnectionState,
    /// The keychain.
    pub keychain: KeychainState,
    /// How the journal of changes is kept.
    pub journal: JournalState,
    /// The settings.
    pub settings: Settings,
    /// The agent of this desk.
    pub agent: AgentDesk,
    /// What was found wrong with the files of this desk.
    pub notices: Vec<Text>,
}

/// How to practise.
#[derive(Clone, Copy, Debug, Default, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
#[ts(optional_fields)]
pub struct StartPractice {
    /// The same seed makes the same world.
    pub seed: Option<u32>,
    /// Seconds between two acts of other people; without it nobody else acts.
    pub life_seconds: Option<u16>,
}

/// One thing that was tried.
#[derive(Clone, Debug, Serialize, TS)]
pub struct Check {
    /// Whether it worked.
    pub ok: bool,
    /// What happened.
    pub message: Text,
    /// What to do about it.
    pub hint: Option<Text>,
}

/// What a test call told about a role.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum RoleOutcome {
    /// The application has it.
    Allowed,
    /// The application lacks it.
    Refused,
    /// Not known.
    Unknown,
}

/// What is known of one role.
#[derive(Clone, Debug, Serialize, TS)]
pub struct RoleCheck {
    /// The role.
    pub role: Role,
    /// What the test call told.
    pub outcome: RoleOutcome,
    /// The same in words, with what to ask the administrator for.
    pub note: Text,
}

/// A connection, tested.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ConnectionReport {
    /// Whether an access token can be had.
    pub token: Check,
    /// Role by role.
    pub roles: Vec<RoleCheck>,
    /// By how many seconds this PC's clock is ahead, when that is more than five minutes.
    #[ts(type = "number | null")]
    pub clock_skew_seconds: Option<i64>,
    /// When this was.
    #[ts(type = "string")]
    pub checked_at: DateTime<Utc>,
}

/// Tells a window everything it needs to start.
pub async fn app_state(desk: &Desk, _: Nothing) -> Result<AppState, Error> {
    let connected = desk.connected().await;
    desk.tidy_once_a_day().await;
    Ok(AppState {
        version: env!("CARGO_PKG_VERSION"),
        profiles: desk.summaries().await,
        connection: desk.connection_state().await,
        keychain: desk.secrets().state().await,
        journal: desk.journal_state().await?,
        settings: desk.settings(),
        agent: connected
            .map(|connection| connection.agent().clone())
            .unwrap_or_default(),
        notices: desk.notices(),
    })
}

/// Connects to a profile.
pub async fn activate_profile(desk: &Desk, request: ProfileRef) -> Result<ConnectionState, Error> {
    if desk.refuse_practice(request.profile_id).await.is_ok() {
        desk.connect(request.profile_id).await?;
    }
    Ok(desk.connection_state().await)
}

/// Starts the practice organisation and connects to it.
pub async fn start_practice(desk: &Desk, request: StartPractice) -> Result<AppState, Error> {
    if request.life_seconds == Some(0) {
        return Err(Error::field(
            "lifeSeconds",
            messages::field_out_of_range(1, i32::from(u16::MAX)),
        ));
    }
    let pace = Pace {
        seed: request.seed.map(u64::from),
        life: request
            .life_seconds
            .map(|seconds| Duration::from_secs(u64::from(seconds))),
    };
    desk.practise(Practice::start(pace).await?).await?;
    app_state(desk, Nothing {}).await
}

/// Leaves the practice organisation.
pub async fn stop_practice(desk: &Desk, request: Nothing) -> Result<AppState, Error> {
    desk.stop_practising().await;
    app_state(desk, request).await
}

/// Tries a connection out with calls that change nothing.
pub async fn test_connection(desk: &Desk, request: ProfileRef) -> Result<ConnectionReport, Error> {
    let ProfileRef { profile_id } = request;
    let connected = desk
        .connected()
        .await
        .filter(|connection| connection.profile().id == profile_id);
    let client = match connected
        .as_ref()
        .and_then(|connection| connection.client().ok())
    {
        Some(client) => client.clone(),
        None => {
            let profile = desk.profile(profile_id).await?;
            let secret = desk
                .secrets()
                .find(&profile)
                .await?
                .ok_or(Error::SecretMissing)?;
            connection::client(&profile, secret)?
        }
    };
    let catalogue = desk.catalogue_of(profile_id).await;
    let service = catalogue.services.first().map(|service| service.service_id);
    let agent = connected.and_then(|connection| connection.agent().user_id);
    let today = day::today(desk.clock(), &catalogue, service).today;
    let token = client.check_token().await;
    let roles = match &token {
        Ok(()) => roles(&client, agent, service, today).await,
        Err(_) => Role::ALL
            .map(|role| unknown(role, messages::role_no_token()))
            .into(),
    };
    let token = match token {
        Ok(()) => Check {
            ok: true,
            message: messages::token_works(),
            hint: None,
        },
        Err(refused) => {
            let (_, message, hint) = explain_token::token(&refused);
            Check {
                ok: false,
                message,
                hint,
            }
        }
    };
    let clock_skew_seconds = connection::notable_skew(&client);
    Ok(ConnectionReport {
        token,
        roles,
        clock_skew_seconds,
        checked_at: desk.clock().now(),
    })
}

async fn roles(
    client: &Client,
    agent: Option<UserId>,
    service: Option<ServiceId>,
    today: chrono::NaiveDate,
) -> Vec<RoleCheck> {
    // An id that no customer has: the search finds nobody, and whether it was allowed is what counts.
    let nobody = FindCustomer::RecordId {
        record_id: CustomerRecordId(uuid::Uuid::nil()),
    };
    let (users, customers) = tokio::join!(client.send(&ListUsers {}), client.send(&nobody));
    let agent = agent.or_else(|| users.as_ref().ok()?.first().map(|user| user.user_id));
    let impersonating = async {
        match agent {
            Some(user_id) => Ok(heard::<GetAgentStatus>(
                client.send(&GetAgentStatus { user_id }).await,
            )),
            None => Err(messages::role_needs_agent()),
        }
    };
    let appointing = async {
        let date = today;
        match service {
            Some(service_id) => Ok(heard::<ListCalendars>(
                client.send(&ListCalendars { service_id, date }).await,
            )),
            None => Err(messages::role_needs_service()),
        }
    };
    let (impersonating, appointing) = tokio::join!(impersonating, appointing);
    let trials = [
        (Role::AgentImpersonator, impersonating),
        (Role::AppointmentsManager, appointing),
        (Role::CaseManager, Err(messages::role_needs_case())),
        (Role::CustomersManager, Ok(heard::<FindCustomer>(customers))),
        (Role::OrganizationReader, Ok(heard::<ListUsers>(users))),
    ];
    let application_known = trials
        .iter()
        .any(|(_, trial)| matches!(trial, Ok(Heard::Answer | Heard::Refusal)));
    trials
        .into_iter()
        .map(|(role, trial)| match trial {
            Ok(heard) => judged(role, heard, application_known),
            Err(untried) => unknown(role, untried),
        })
        .collect()
}

/// What came back from a test call.
#[derive(Clone, Copy)]
enum Heard {
    Answer,
    Refusal,
    NotFound,
    Nothing,
    Else,
}

fn heard<E: Endpoint>(answer: Result<E::Response, CallError>) -> Heard {
    match answer.map_err(|failure| failure.kind) {
        Ok(_) | Err(ErrorKind::Decode(_)) => Heard::Answer,
        Err(ErrorKind::Forbidden(_)) => Heard::Refusal,
        Err(ErrorKind::NotFound(_)) => Heard::NotFound,
        Err(
            ErrorKind::Offline
            | ErrorKind::Timeout
            | ErrorKind::Interrupted
            | ErrorKind::RateLimited { .. },
        ) => Heard::Nothing,
        Err(_) => Heard::Else,
    }
}

/// What a test call told about the role it needs. In what order Cubu checks is not documented: a 404 is taken for "let
/// through, and nobody found" only when another call shows that the application id is right.
fn judged(role: Role, heard: Heard, application_known: bool) -> RoleCheck {
    let (outcome, note) = match heard {
        Heard::Answer => (RoleOutcome::Allowed, messages::role_allowed()),
        Heard::Refusal => (RoleOutcome::Refused, messages::role_refused(role.label())),
        Heard::NotFound if application_known => {
            (RoleOutcome::Allowed, messages::role_found_nothing())
        }
        Heard::NotFound => (RoleOutcome::Unknown, messages::role_application_unknown()),
        Heard::Nothing => (RoleOutcome::Unknown, messages::role_not_tested()),
        Heard::Else => (RoleOutcome::Unknown, messages::role_call_failed()),
    };
    RoleCheck {
        role,
        outcome,
        note,
    }
}

fn unknown(role: Role, note: Text) -> RoleCheck {
    RoleCheck {
        role,
        outcome: RoleOutcome::Unknown,
        note,
    }
}
