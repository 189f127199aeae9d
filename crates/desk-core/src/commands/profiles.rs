//! Profiles: typing them in, keeping their secret, handing them on.

use std::path::PathBuf;

use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::{Value, json};
use ts_rs::TS;

use super::{AppState, Nothing, app_state};
use crate::{
    audit::Act,
    desk::Desk,
    error::Error,
    files, messages,
    profiles::{Profile, ProfileDraft, ProfileId, ProfileSummary},
    secrets::Kept,
    transfer::{self, ExportedProfile},
};

const LONGEST_SECRET: usize = 512;

/// Which profile is meant.
#[derive(Clone, Copy, Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ProfileRef {
    /// Its id.
    pub profile_id: ProfileId,
}

/// A profile to save.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct SaveProfile {
    /// As typed.
    pub profile: ProfileDraft,
}

/// A client secret to keep. The only way in, and there is none out.
#[derive(Clone, Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SetClientSecret {
    /// Whose.
    pub profile_id: ProfileId,
    /// The secret.
    #[serde(deserialize_with = "secret")]
    #[ts(type = "string")]
    pub client_secret: SecretString,
}

fn secret<'de, D: Deserializer<'de>>(deserializer: D) -> Result<SecretString, D::Error> {
    String::deserialize(deserializer).map(|typed| typed.trim().into())
}

/// Where a secret was kept.
#[derive(Clone, Copy, Debug, Serialize, TS)]
pub struct SecretKept {
    /// Where.
    pub kept: Kept,
}

/// A profile to write to a file.
#[derive(Clone, Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ExportToFile {
    /// Which.
    pub profile_id: ProfileId,
    /// Where to, as chosen in the system's dialog.
    #[ts(type = "string")]
    pub path: PathBuf,
}

/// A profile to take in.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct ImportProfile {
    /// The text of the file.
    pub json: String,
}

/// A profile.
pub async fn get_profile(desk: &Desk, request: ProfileRef) -> Result<Profile, Error> {
    desk.profile(request.profile_id).await
}

/// Saves a profile. One that leads elsewhere than before needs its secret anew.
pub async fn save_profile(desk: &Desk, request: SaveProfile) -> Result<ProfileSummary, Error> {
    if let Some(id) = request.profile.id {
        desk.refuse_practice(id).await?;
    }
    let known = request
        .profile
        .id
        .map(|id| desk.shelf().get(id))
        .transpose()?;
    let profile = request.profile.check().map_err(Error::Fields)?;
    desk.shelf().put(profile.clone())?;
    let content = json!({ "before": known, "after": profile });
    desk.record(act("save_profile", &profile, content)).await;
    // Nobody finds the secret of the way before any more; that it also goes is tidiness.
    if let Some(before) = known.filter(|known| !known.shares_secret_with(&profile))
        && let Err(failure) = desk.secrets().forget(&before).await
    {
        tracing::warn!(%failure, "an old client secret may be left in the keychain");
    }
    let connected = desk.connected().await;
    if connected.is_some_and(|connection| connection.profile().id == profile.id) {
        desk.reconnect(profile.id).await?;
    }
    Ok(desk.summary(&profile).await)
}

/// Deletes a profile with its catalogue and its secret.
pub async fn delete_profile(desk: &Desk, request: ProfileRef) -> Result<AppState, Error> {
    desk.refuse_practice(request.profile_id).await?;
    let profile = desk.shelf().get(request.profile_id)?;
    desk.delete(request.profile_id).await?;
    let content = json!({ "before": profile });
    desk.record(act("delete_profile", &profile, content)).await;
    app_state(desk, Nothing {}).await
}

/// Keeps a client secret in the keychain, or for this run when there is none.
pub async fn set_client_secret(desk: &Desk, request: SetClientSecret) -> Result<SecretKept, Error> {
    let SetClientSecret {
        profile_id,
        client_secret,
    } = request;
    desk.refuse_practice(profile_id).await?;
    let profile = desk.shelf().get(profile_id)?;
    match client_secret.expose_secret().len() {
        0 => return Err(Error::field("clientSecret", messages::field_empty())),
        length if length > LONGEST_SECRET => {
            return Err(Error::field("clientSecret", messages::field_too_long(512)));
        }
        _ => {}
    }
    let kept = desk.secrets().keep(&profile, client_secret).await;
    // That it was set, and where it is kept: never what it is.
    let content = json!({ "kept": kept });
    desk.record(act("set_client_secret", &profile, content))
        .await;
    let connected = desk.connected().await;
    if connected.is_some_and(|connection| connection.profile().id == profile_id) {
        desk.reconnect(profile_id).await?;
    }
    Ok(SecretKept { kept })
}

/// Writes a profile and its catalogue down for another desk, without the secret.
pub async fn export_profile(desk: &Desk, request: ProfileRef) -> Result<ExportedProfile, Error> {
    desk.refuse_practice(request.profile_id).await?;
    let profile = desk.shelf().get(request.profile_id)?;
    transfer::export(&profile, &desk.catalogue_of(profile.id).await)
}

/// The same, into a file.
pub async fn export_profile_to_file(desk: &Desk, request: ExportToFile) -> Result<(), Error> {
    let ExportToFile { profile_id, path } = request;
    let exported = export_profile(desk, ProfileRef { profile_id }).await?;
    tokio::task::spawn_blocking(move || files::write(&path, exported.json.as_bytes())).await??;
    Ok(())
}

/// Takes in a profile exported by another desk.
pub async fn import_profile(desk: &Desk, request: ImportProfile) -> Result<ProfileSummary, Error> {
    let profile = desk.import(&request.json).await?;
    let content = json!({ "after": profile });
    desk.record(act("import_profile", &profile, content)).await;
    Ok(desk.summary(&profile).await)
}

/// Something done to a profile, for the audit trail.
fn act(command: &'static str, profile: &Profile, content: Value) -> Act {
    Act {
        command,
        profile: Some((profile.id, profile.name.clone())),
        content,
    }
}
