//! Changes whose outcome is open, or became known when nobody listened: seeing them, making them again, closing them.

use chrono::{DateTime, Utc};
use cubu_s2s::UserId;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use ts_rs::TS;

use super::Nothing;
use crate::{
    desk::Desk,
    error::Error,
    explain_unknown,
    journal::{
        Lane, Note,
        intent::{Event, Intent, IntentId, State},
    },
    messages, moves,
    text::Text,
    writes::Writer,
};

/// How an unsettled change stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum UnsettledState {
    /// It is being found out.
    Settling,
    /// Somebody has to look in Cubu.
    NeedsEyes,
    /// It happened; nobody has been told yet.
    Happened,
    /// It did not happen; nobody has been told yet.
    DidNotHappen,
}

/// A change whose outcome is open, or that nobody has been told yet.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct UnsettledWrite {
    /// The intent.
    pub intent_id: IntentId,
    /// The command.
    pub command: String,
    /// The request, for whoever describes it.
    #[ts(type = "JsonValue")]
    pub request: Value,
    /// When it was asked for.
    #[ts(type = "string")]
    pub asked_at: DateTime<Utc>,
    /// The agent it was asked for.
    pub agent: Option<UserId>,
    /// How it stands.
    pub state: UnsettledState,
    /// The same in words.
    pub message: Text,
    /// Where to look.
    pub hint: Option<Text>,
    /// What Cubu answered, or a read showed, once it is known to have happened.
    #[ts(type = "JsonValue")]
    pub answer: Value,
    /// Whether it may be made again.
    pub can_retry: bool,
    /// Whether it may be closed.
    pub can_drop: bool,
}

/// An intent.
#[derive(Clone, Copy, Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct IntentRef {
    /// The intent.
    pub intent_id: IntentId,
}

/// What a change answered that was made again.
#[derive(Clone, Debug, Serialize, TS)]
pub struct RetriedWrite {
    /// The answer of its command.
    #[ts(type = "JsonValue")]
    pub answer: Value,
}

/// Lists the changes of the connected organisation that are not settled, oldest first.
pub async fn list_unsettled(desk: &Desk, _: Nothing) -> Result<Vec<UnsettledWrite>, Error> {
    if desk.connected().await.is_none() {
        return Ok(Vec::new());
    }
    unsettled(&desk.writer().await?).await
}

/// Makes a change again that somebody has looked for in Cubu, or that is proven not to have happened.
pub async fn retry_unsettled(desk: &Desk, request: IntentRef) -> Result<RetriedWrite, Error> {
    let writer = desk.writer().await?;
    let intent = at_rest(&writer, request.intent_id).await?;
    if intent.state.is_done() {
        return Err(Error::UnknownIntent);
    }
    let answer = writer.retry(&intent).await?;
    Ok(RetriedWrite { answer })
}

/// Closes a change that somebody has looked for in Cubu, or whose outcome they have read. Answers what is left.
pub async fn drop_unsettled(desk: &Desk, request: IntentRef) -> Result<Vec<UnsettledWrite>, Error> {
    let writer = desk.writer().await?;
    let intent = at_rest(&writer, request.intent_id).await?;
    if intent.state == State::Unknown {
        let told = Note {
            told: true,
            ..Note::default()
        };
        writer
            .journal
            .step(intent.id, State::Unknown, Event::Drops, told)
            .await?;
    } else {
        writer.journal.told(intent.id).await?;
    }
    unsettled(&writer).await
}

/// An intent that nobody is seeing to.
async fn at_rest(writer: &Writer, id: IntentId) -> Result<Intent, Error> {
    let profile = writer.connection.profile().id;
    let found = writer.journal.find(id).await?;
    let intent = found
        .filter(|intent| intent.profile == profile)
        .ok_or(Error::UnknownIntent)?;
    let busy = writer.journal.lanes().is_held(profile, Lane::Intent(id));
    // What is closed is at rest, even while whoever closed it is about to let go of it.
    if intent.state.is_open() && (busy || !intent.needs_eyes) {
        return Err(Error::Unsettled(Some(id)));
    }
    Ok(intent)
}

async fn unsettled(writer: &Writer) -> Result<Vec<UnsettledWrite>, Error> {
    let profile = writer.connection.profile().id;
    let lanes = writer.journal.lanes();
    let of_moves = moves::intents(writer, profile).await?;
    let intents = writer.journal.to_see_to(profile).await?;
    Ok(intents
        .into_iter()
        .filter(|intent| intent.state.is_open() || !writer.journal.is_being_told(intent.id.0))
        .filter(|intent| !of_moves.contains(&intent.id))
        .filter_map(|intent| {
            let busy = lanes.is_held(profile, Lane::Intent(intent.id));
            described(intent, busy)
        })
        .collect())
}

/// An intent as a window shows it; one that is on its way is not unsettled yet.
fn described(intent: Intent, busy: bool) -> Option<UnsettledWrite> {
    let state = match intent.state {
        State::Queued | State::Sent if busy => return None,
        State::Unknown if intent.needs_eyes => UnsettledState::NeedsEyes,
        state if state.is_open() => UnsettledState::Settling,
        state if state.is_done() => UnsettledState::Happened,
        State::Settled(crate::journal::intent::Settlement::Harmless) => return None,
        _ => UnsettledState::DidNotHappen,
    };
    let (message, hint) = match state {
        UnsettledState::Settling => (messages::write_is_settling(), None),
        UnsettledState::NeedsEyes => (
            messages::write_needs_eyes(),
            Some(explain_unknown::where_to_look(&intent.command)),
        ),
        UnsettledState::Happened => (messages::write_happened(), None),
        UnsettledState::DidNotHappen if intent.sent_at.is_none() => {
            (messages::write_was_not_sent(), None)
        }
        UnsettledState::DidNotHappen => (messages::write_did_not_happen(), None),
    };
    Some(UnsettledWrite {
        intent_id: intent.id,
        command: intent.command,
        request: intent.request,
        asked_at: intent.asked_at,
        agent: intent.agent,
        state,
        message,
        hint,
        answer: intent.answer.unwrap_or(Value::Null),
        can_retry: matches!(
            state,
            UnsettledState::NeedsEyes | UnsettledState::DidNotHappen
        ),
        can_drop: state != UnsettledState::Settling,
    })
}
