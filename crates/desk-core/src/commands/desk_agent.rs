//! The agent this desk acts for, and the settings of the desk.

use cubu_s2s::UserId;
use serde::Deserialize;
use ts_rs::TS;

use super::Nothing;
use crate::{agent::AgentDesk, desk::Desk, error::Error, messages, settings::Settings};

/// Whom to act for.
#[derive(Clone, Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ChooseAgent {
    /// The user id, as typed or from the list of users.
    pub user_id: String,
    /// Their name, if known.
    #[serde(default)]
    #[ts(optional)]
    pub display_name: Option<String>,
}

/// The settings to keep.
#[derive(Clone, Copy, Debug, Deserialize, TS)]
pub struct SaveSettings {
    /// All of them.
    pub settings: Settings,
}

/// The agent of this desk.
pub async fn agent_desk(desk: &Desk, _: Nothing) -> Result<AgentDesk, Error> {
    Ok(desk
        .connected()
        .await
        .map(|connection| connection.agent().clone())
        .unwrap_or_default())
}

/// Chooses the agent of this desk.
pub async fn choose_agent(desk: &Desk, request: ChooseAgent) -> Result<AgentDesk, Error> {
    let user_id: UserId = request
        .user_id
        .parse()
        .map_err(|_| Error::field("userId", messages::field_not_an_id()))?;
    desk.choose_agent(user_id, request.display_name).await
}

/// The settings.
pub async fn get_settings(desk: &Desk, _: Nothing) -> Result<Settings, Error> {
    Ok(desk.settings())
}

/// Saves the settings.
pub async fn save_settings(desk: &Desk, request: SaveSettings) -> Result<Settings, Error> {
    request.settings.check()?;
    desk.save_settings(request.settings)?;
    Ok(desk.settings())
}
