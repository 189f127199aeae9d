//! Erasing everything that is kept on this PC: what would be forgotten, and doing it.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use ts_rs::TS;
use uuid::Uuid;

use super::{AppState, Nothing, app_state};
use crate::{
    desk::Desk,
    erasing::{Agreed, alone},
    error::Error,
    journal::{MoveRow, intent::Intent},
};

/// What erasing would forget.
#[derive(Clone, Debug, Serialize, TS)]
pub struct ErasurePreview {
    /// Changes and moves of every organisation that are not settled, or whose outcome nobody has been told.
    pub changes: Vec<ForgottenChange>,
    /// There is a journal that can't be read now: nobody knows what is open in it.
    pub unread: bool,
}

/// A change that erasing would forget.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ForgottenChange {
    /// Its id.
    #[ts(type = "string")]
    pub id: Uuid,
    /// The command it was asked for with.
    pub command: String,
    /// What was asked for; of a move, the new time.
    #[ts(type = "JsonValue")]
    pub request: Value,
    /// The organisation, as it was called then.
    pub organization: Option<String>,
    /// When it was asked for.
    #[ts(type = "string")]
    pub asked_at: DateTime<Utc>,
}

/// Erases everything.
///
/// Nothing of it has a default: an empty request erases nothing.
#[derive(Clone, Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct EraseLocalData {
    /// What is agreed to be forgotten although it is not settled: each by its id.
    #[ts(type = "string[]")]
    pub forget: Vec<Uuid>,
    /// Whether that holds for a journal that can't be read as well.
    pub forget_unread: bool,
}

/// Tells what erasing would forget. While this is not empty, erasing is refused to whoever does not name all of it.
pub async fn preview_erasure(desk: &Desk, _: Nothing) -> Result<ErasurePreview, Error> {
    let outstanding = desk.outstanding().await?;
    let mut changes: Vec<_> = alone(&outstanding).map(of_intent).collect();
    let profiles = desk.shelf().all();
    changes.extend(outstanding.moves.iter().map(|row| {
        let profile = profiles.iter().find(|profile| profile.id == row.profile);
        of_move(row, profile.map(|profile| profile.name.clone()))
    }));
    changes.sort_by_key(|change| change.asked_at);
    Ok(ErasurePreview {
        changes,
        unread: outstanding.unread,
    })
}

/// Erases everything that is kept on this PC, secrets in the keychain included. The desk is then as at its first start.
pub async fn erase_local_data(desk: &Desk, request: EraseLocalData) -> Result<AppState, Error> {
    let EraseLocalData {
        forget,
        forget_unread,
    } = request;
    let agreed = Agreed {
        ids: forget.into_iter().collect(),
        unread: forget_unread,
    };
    desk.erase(agreed).await?;
    app_state(desk, Nothing {}).await
}

fn of_intent(intent: &Intent) -> ForgottenChange {
    ForgottenChange {
        id: intent.id.0,
        command: intent.command.clone(),
        request: intent.request.clone(),
        organization: intent.organization.clone(),
        asked_at: intent.asked_at,
    }
}

fn of_move(row: &MoveRow, organization: Option<String>) -> ForgottenChange {
    ForgottenChange {
        id: row.id,
        command: "move_appointment".to_owned(),
        request: row.body.get("to").cloned().unwrap_or_default(),
        organization,
        asked_at: row.asked_at,
    }
}
