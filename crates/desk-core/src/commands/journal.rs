//! What the journal of changes is kept with: typing a passphrase, going on without one, changing it.

use std::time::Duration;

use secrecy::SecretString;
use serde::{Deserialize, Deserializer};
use ts_rs::TS;

use super::{AppState, Nothing, app_state};
use crate::{
    desk::Desk,
    error::Error,
    journal::{Fault, Journal},
};

/// Longer than anybody types, and short enough to be hashed at once.
const LONGEST: usize = 1024;

/// Nobody tries faster than this.
const PAUSE: Duration = Duration::from_secs(1);

/// The passphrase of the journal. It goes in here and comes back nowhere.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct UnlockJournal {
    /// As typed; a journal that is not there yet is begun with it.
    #[serde(deserialize_with = "typed")]
    #[ts(type = "string")]
    pub passphrase: SecretString,
}

/// Another passphrase for the journal.
#[derive(Clone, Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ChangePassphrase {
    /// The present one.
    #[serde(deserialize_with = "typed")]
    #[ts(type = "string")]
    pub passphrase: SecretString,
    /// The next one.
    #[serde(deserialize_with = "typed")]
    #[ts(type = "string")]
    pub new_passphrase: SecretString,
}

fn typed<'de, D: Deserializer<'de>>(deserializer: D) -> Result<SecretString, D::Error> {
    let typed = SecretString::from(String::deserialize(deserializer)?);
    if secrecy::ExposeSecret::expose_secret(&typed).len() > LONGEST {
        return Err(serde::de::Error::custom("too long"));
    }
    Ok(typed)
}

/// Opens the journal with its passphrase, or begins one. What was written down in memory meanwhile goes over into it.
pub async fn unlock_journal(desk: &Desk, request: UnlockJournal) -> Result<AppState, Error> {
    let notice = slowly(desk.journal().await?.unlock(request.passphrase).await).await?;
    opened(desk, notice).await
}

/// Goes on without a passphrase: with the keychain, if it answers, and otherwise in memory, which a crash forgets.
pub async fn go_on_without_passphrase(desk: &Desk, _: Nothing) -> Result<AppState, Error> {
    let notice = desk.journal().await?.go_on().await?;
    opened(desk, notice).await
}

/// Sets aside the journal whose passphrase nobody knows any more, under another name.
pub async fn set_aside_journal(desk: &Desk, _: Nothing) -> Result<AppState, Error> {
    let notice = desk.journal().await?.set_aside().await?;
    opened(desk, notice).await
}

/// Another passphrase from now on.
pub async fn change_passphrase(desk: &Desk, request: ChangePassphrase) -> Result<AppState, Error> {
    let ChangePassphrase {
        passphrase,
        new_passphrase,
    } = request;
    let journal: Journal = desk.journal().await?;
    slowly(journal.change_passphrase(passphrase, new_passphrase).await).await?;
    app_state(desk, Nothing {}).await
}

/// What the last run left open is seen to as soon as it can be read.
async fn opened(desk: &Desk, notice: Option<crate::text::Text>) -> Result<AppState, Error> {
    if let Some(notice) = notice {
        desk.give_notice(notice);
    }
    if let Some(connection) = desk.connected().await
        && connection.client().is_ok()
    {
        desk.settle_what_is_open(&connection).await;
    }
    app_state(desk, Nothing {}).await
}

async fn slowly<T>(outcome: Result<T, Error>) -> Result<T, Error> {
    if matches!(outcome, Err(Error::Journal(Fault::WrongPassphrase))) {
        tokio::time::sleep(PAUSE).await;
    }
    outcome
}
