//! Changes that wait a few seconds before they leave: seeing them, taking one back, letting one leave at once.

use chrono::{DateTime, Utc};
use serde::Serialize;
use serde_json::Value;
use ts_rs::TS;

use super::{IntentRef, Nothing};
use crate::{desk::Desk, error::Error, journal::intent::IntentId};

/// A change that has not left yet.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct HeldWrite {
    /// The intent.
    pub intent_id: IntentId,
    /// The command.
    pub command: String,
    /// The request, for whoever describes it.
    #[ts(type = "JsonValue")]
    pub request: Value,
    /// When it leaves.
    #[ts(type = "string")]
    pub leaves_at: DateTime<Utc>,
    /// The same in milliseconds from now, whatever the window's clock says.
    pub milliseconds_left: u32,
}

/// What became of taking a change back.
#[derive(Clone, Copy, Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TakenBack {
    /// Whether it was in time: then nothing leaves.
    pub in_time: bool,
}

/// Lists the changes of the connected organisation that have not left yet, oldest first.
pub async fn list_held(desk: &Desk, _: Nothing) -> Result<Vec<HeldWrite>, Error> {
    let Some(connection) = desk.connected().await else {
        return Ok(Vec::new());
    };
    Ok(desk.writes.outbox.held(connection.profile().id))
}

/// Takes a change back, if it has not left.
pub async fn take_back(desk: &Desk, request: IntentRef) -> Result<TakenBack, Error> {
    let in_time = desk.writes.outbox.take_back(request.intent_id);
    Ok(TakenBack { in_time })
}

/// Lets a change leave at once.
pub async fn send_now(desk: &Desk, request: IntentRef) -> Result<(), Error> {
    desk.writes.outbox.hurry(request.intent_id);
    Ok(())
}
