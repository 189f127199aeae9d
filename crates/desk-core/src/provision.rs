//! Setting a desk up by script: `--data-dir DIR --import-profile FILE --secret-stdin`, the same for every program that
//! opens a desk. What goes wrong is told in the words of the window.

use std::{
    io::{self, Read},
    path::PathBuf,
    sync::Arc,
};

use secrecy::SecretString;
use serde_json::json;

use crate::{
    audit::Act,
    clock::Clock,
    desk::{Desk, Options},
    error::Error,
    files, messages,
    secrets::Keychain,
    text::{self, Text},
    transfer,
};

const LONGEST_SECRET: u64 = 4096;

/// The options of every program that opens a desk.
#[derive(Clone, Debug, Default, clap::Args)]
pub struct StartOptions {
    /// Keep everything in this folder instead of the usual one
    #[arg(long, value_name = "DIR")]
    pub data_dir: Option<PathBuf>,
    /// Set up the profile in this exported file and connect to it
    #[arg(long, value_name = "FILE")]
    pub import_profile: Option<PathBuf>,
    /// Read the client secret of the imported profile from standard input
    #[arg(long, requires = "import_profile")]
    pub secret_stdin: bool,
}

/// Why a desk could not be opened, in words for whoever ran the program.
#[derive(Debug, thiserror::Error)]
#[error("{}", .0.join("\n"))]
pub struct CannotStart(Vec<String>);

impl From<Error> for CannotStart {
    fn from(failure: Error) -> Self {
        let told = failure.of("import_profile");
        let fields = told
            .fields
            .iter()
            .map(|field| format!("  {}: {}", field.field, text::format(&field.message)));
        let mut lines = vec![text::format(&told.message)];
        lines.extend(fields);
        lines.extend(told.hint.as_ref().map(text::format));
        Self(lines)
    }
}

impl From<Text> for CannotStart {
    fn from(message: Text) -> Self {
        Self(vec![text::format(&message)])
    }
}

impl StartOptions {
    /// The folder of the desk.
    pub fn folder(&self) -> PathBuf {
        let usual = || {
            let base = directories::BaseDirs::new().map(|base| base.data_local_dir().to_owned());
            base.unwrap_or_else(std::env::temp_dir)
                .join("app.frontdesk.cubu")
        };
        self.data_dir.clone().unwrap_or_else(usual)
    }

    /// Opens the desk and sets it up as asked. `secret` is where a secret is read from: standard input.
    pub async fn open(
        &self,
        keychain: Arc<dyn Keychain>,
        clock: Clock,
        secret: impl Read,
    ) -> Result<Desk, CannotStart> {
        let desk = Desk::open(Options {
            data_dir: self.folder(),
            keychain,
            clock,
        })?;
        let Some(file) = &self.import_profile else {
            return Ok(desk);
        };
        let unreadable = |reason: &str| {
            CannotStart::from(messages::provision_missing_file(
                file.display().to_string(),
                reason,
            ))
        };
        let json = match files::read_up_to(file, transfer::FORMAT.limit as u64 + 1) {
            Ok(Some(json)) => json,
            Ok(None) => return Err(unreadable("there is no such file")),
            Err(failure) if failure.kind() == io::ErrorKind::InvalidData => {
                return Err(Error::Document(crate::documents::Fault::NotJson { line: 1 }).into());
            }
            Err(failure) => return Err(unreadable(&failure.to_string())),
        };
        // The secret first: with nothing on standard input nothing is set up.
        let secret = if self.secret_stdin {
            Some(read_secret(secret)?)
        } else {
            None
        };
        let profile = desk.import(&json).await?;
        let act = |command, content| Act {
            command,
            profile: Some((profile.id, profile.name.clone())),
            content,
        };
        desk.record(act("import_profile", json!({ "after": profile })))
            .await;
        if let Some(secret) = secret {
            let kept = desk.secrets().keep(&profile, secret).await;
            desk.record(act("set_client_secret", json!({ "kept": kept })))
                .await;
        }
        desk.connect(profile.id).await?;
        Ok(desk)
    }
}

fn read_secret(source: impl Read) -> Result<SecretString, CannotStart> {
    let mut secret = String::new();
    let read = source.take(LONGEST_SECRET).read_to_string(&mut secret);
    let trimmed = secret.trim();
    if read.is_err() || trimmed.is_empty() {
        return Err(messages::provision_no_secret().into());
    }
    Ok(trimmed.into())
}
