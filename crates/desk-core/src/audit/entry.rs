//! What an entry of the trail holds: a header that stays for good and names no customer, and a content that may be
//! forgotten. Nothing here is stored or bound together.

use chrono::{DateTime, SecondsFormat, Utc};
use cubu_s2s::{ErrorKind, UserId};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use crate::{
    error::Error,
    journal::{
        Note,
        intent::{Intent, IntentId, os_user},
    },
    profiles::ProfileId,
};

/// The longest id of a request that is kept: it comes from outside.
const LONGEST_REQUEST_ID: usize = 100;

/// What happened, as the trail calls it. The steps of an intent are called by the words of their states.
pub mod event {
    /// Somebody asked for a change.
    pub const ASKED: &str = "asked";
    /// Somebody asked for the same change once more.
    pub const ASKED_ANEW: &str = "asked-anew";
    /// No read can tell what became of a change.
    pub const NEEDS_EYES: &str = "needs-eyes";
    /// Something was done on this PC.
    pub const DONE: &str = "done";
}

/// The part of an entry that stays. Fields that hold nothing are left out, so that later versions can add some.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Header {
    /// Its number; each is one more than the one before.
    pub seq: u64,
    /// When, by this PC's clock: RFC 3339 in UTC with milliseconds.
    pub at: String,
    /// What happened.
    pub event: String,
    /// The command it happened to.
    pub command: String,
    /// The intent it happened to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub intent: Option<IntentId>,
    /// The organisation's profile.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub profile: Option<ProfileId>,
    /// The organisation's name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub organization: Option<String>,
    /// Who is logged in to this PC.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user: Option<String>,
    /// The agent this desk acts for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agent: Option<UserId>,
    /// Their name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agent_name: Option<String>,
    /// Why it was refused or lost.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// The HTTP status of Cubu's answer, when it was not a success.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<u16>,
    /// Cubu's error number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error_number: Option<u32>,
    /// Cubu's id of the request.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub request_id: Option<String>,
}

/// How Cubu refused a change, or how its answer was lost: never in Cubu's own words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reply {
    reason: Option<&'static str>,
    status: Option<u16>,
    error_number: Option<u32>,
    request_id: Option<String>,
}

impl Reply {
    /// What a failure tells.
    pub fn of(failure: &Error) -> Self {
        match failure {
            Error::Call(failure)
            | Error::AddressNotAccepted(failure)
            | Error::AddressOrGone(failure) => Self::of_call(failure),
            Error::SlotTaken { .. } => Self::because("slot-taken"),
            _ => Self::because("not-sent"),
        }
    }

    /// What a failed call tells.
    pub fn of_call(failure: &cubu_s2s::Error) -> Self {
        let refusal = failure.refusal();
        Self {
            status: refusal.map(|refusal| refusal.status),
            error_number: refusal.and_then(|refusal| refusal.error_code),
            request_id: failure.request_id.clone(),
            ..Self::because(reason_of(&failure.kind))
        }
    }

    fn because(reason: &'static str) -> Self {
        Self {
            reason: Some(reason),
            ..Self::default()
        }
    }
}

fn reason_of(kind: &ErrorKind) -> &'static str {
    match kind {
        ErrorKind::Offline => "offline",
        ErrorKind::Timeout => "timeout",
        ErrorKind::Interrupted => "interrupted",
        ErrorKind::RateLimited { .. } => "busy",
        ErrorKind::Token(_) => "no-token",
        ErrorKind::Unauthorized(_) => "unauthorized",
        ErrorKind::Forbidden(_) => "forbidden",
        ErrorKind::NotFound(_) => "not-found",
        ErrorKind::Conflict(_) => "conflict",
        ErrorKind::MethodNotAllowed(_) | ErrorKind::Rejected(_) => "rejected",
        ErrorKind::Server(_) => "server-failed",
        ErrorKind::Redirected { .. } => "redirected",
        ErrorKind::Decode(_) | ErrorKind::TooLarge { .. } => "unreadable",
    }
}

/// Something done on this PC that belongs in the trail.
#[derive(Clone, Debug)]
pub struct Act {
    /// The command it was done with.
    pub command: &'static str,
    /// The profile it was done to, with the organisation's name.
    pub profile: Option<(ProfileId, String)>,
    /// What else there is to say of it. It can be forgotten, and holds no secret.
    pub content: Value,
}

/// An entry before it has its place in the trail.
#[derive(Clone, Debug)]
pub struct Entry {
    header: Header,
    content: Value,
}

impl Entry {
    /// A step of an intent, as it stands after it.
    pub fn of_intent(intent: &Intent, event: &str, note: &Note) -> Self {
        let reply = note.reply.clone().unwrap_or_default();
        let mut content = Map::new();
        content.insert("request".to_owned(), intent.request.clone());
        let was = intent.basis.as_ref().and_then(|basis| basis.get("was"));
        let more = [("before", was), ("after", intent.answer.as_ref())];
        for (name, value) in more {
            if let Some(value) = value.filter(|value| !value.is_null()) {
                content.insert(name.to_owned(), value.clone());
            }
        }
        if let Some(words) = &intent.note {
            content.insert("note".to_owned(), words.as_str().into());
        }
        Self {
            header: Header {
                intent: Some(intent.id),
                profile: Some(intent.profile),
                organization: text(intent.organization.as_deref()),
                user: text(Some(&intent.os_user)),
                agent: intent.agent,
                agent_name: text(intent.agent_name.as_deref()),
                reason: reply.reason.map(str::to_owned),
                status: reply.status,
                error_number: reply.error_number,
                request_id: reply
                    .request_id
                    .map(|id| id.chars().take(LONGEST_REQUEST_ID).collect()),
                ..header(event, &intent.command)
            },
            content: content.into(),
        }
    }

    /// Something done on this PC.
    pub fn of_act(act: Act) -> Self {
        let (profile, organization) = act.profile.unzip();
        Self {
            header: Header {
                profile,
                organization: text(organization.as_deref()),
                user: text(Some(&os_user())),
                ..header(event::DONE, act.command)
            },
            content: if act.content.is_null() {
                json!({})
            } else {
                act.content
            },
        }
    }

    /// Its header and content in the words that are hashed, once it has its number.
    pub fn written(self, seq: u64, at: DateTime<Utc>) -> serde_json::Result<(String, String)> {
        let header = Header {
            seq,
            at: stamp(at),
            ..self.header
        };
        Ok((serde_json::to_string(&header)?, self.content.to_string()))
    }
}

/// A moment as headers write it; the order of the letters is the order of time.
pub fn stamp(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Millis, true)
}

fn header(event: &str, command: &str) -> Header {
    Header {
        seq: 0,
        at: String::new(),
        event: event.to_owned(),
        command: command.to_owned(),
        intent: None,
        profile: None,
        organization: None,
        user: None,
        agent: None,
        agent_name: None,
        reason: None,
        status: None,
        error_number: None,
        request_id: None,
    }
}

fn text(words: Option<&str>) -> Option<String> {
    words.filter(|words| !words.is_empty()).map(str::to_owned)
}
