//! One desk of the campaign: the real core in a process of its own, so that `kill -9` is what it is. Commands come in as lines
//! of JSON and go out as such; secrets lie in a file beside the journal, since they have to outlive the process and are made up.

use std::{
    fs,
    hash::{DefaultHasher, Hash as _, Hasher as _},
    io,
    io::{BufRead as _, Write as _},
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use desk_core::{
    clock::Clock,
    desk::{Desk, Options},
    secrets::{Keychain, NoKeychain},
    settle::Pace,
};
use secrecy::{ExposeSecret as _, SecretString};
use serde_json::{Value, json};
use tracing_subscriber::EnvFilter;

use super::Outcome;

/// How fast outcomes are found out in most of a campaign: the product's rules on a shorter clock. Everything in the weather
/// is shortened alike.
pub fn hasty() -> Pace {
    Pace {
        early: Duration::from_millis(500),
        patience: Duration::from_secs(4),
        quiet: Duration::from_millis(1_500),
        first_pause: Duration::from_millis(100),
        longest_pause: Duration::from_millis(300),
        look: Duration::from_secs(3),
        repeat_within: Duration::from_secs(120),
        again: Duration::from_secs(2),
    }
}

/// Serves the desk in a folder until its standard input ends, or it is killed.
pub fn serve(folder: &Path, unhurried: bool) -> Outcome<()> {
    // With `RUST_LOG`, to find out why a desk said what it said.
    tracing_subscriber::fmt()
        .with_env_filter(EnvFilter::from_default_env())
        .with_writer(io::stderr)
        .with_ansi(false)
        .init();
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()?;
    let pace = if unhurried { Pace::default() } else { hasty() };
    let desk = Desk::open(Options {
        data_dir: folder.join("desk"),
        keychain: Arc::new(FileKeychain(folder.join("keychain"))),
        clock: Clock::System,
    })?;
    let desk = Arc::new(desk.settling_at(pace));
    for line in io::stdin().lock().lines() {
        let Ok(mut asked) = serde_json::from_str::<Value>(&line?) else {
            continue;
        };
        let desk = Arc::clone(&desk);
        runtime.spawn(async move {
            let command = asked["command"].as_str().unwrap_or_default().to_owned();
            let answer = match desk.dispatch(&command, asked["request"].take()).await {
                Ok(answer) => json!({ "id": asked["id"], "answer": answer }),
                Err(failure) => json!({ "id": asked["id"], "failure": failure }),
            };
            let mut out = io::stdout().lock();
            // Nobody listens any more: the process is about to end.
            let _ = writeln!(out, "{answer}").and_then(|()| out.flush());
        });
    }
    Ok(())
}

/// Secrets in files. For made-up ones only.
struct FileKeychain(PathBuf);

impl FileKeychain {
    fn file(&self, account: &str) -> PathBuf {
        // An account's name is too long, and too colourful, for a file's.
        let mut hasher = DefaultHasher::new();
        account.hash(&mut hasher);
        self.0.join(format!("{:016x}", hasher.finish()))
    }
}

impl Keychain for FileKeychain {
    fn name(&self) -> &'static str {
        "file"
    }

    fn read(&self, account: &str) -> Result<Option<SecretString>, NoKeychain> {
        match fs::read_to_string(self.file(account)) {
            Ok(secret) => Ok(Some(secret.into())),
            Err(failure) if failure.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(failure) => Err(NoKeychain(failure.to_string())),
        }
    }

    fn write(&self, account: &str, secret: &SecretString) -> Result<(), NoKeychain> {
        let file = self.file(account);
        let unfinished = file.with_extension("new");
        fs::create_dir_all(&self.0)
            .and_then(|()| fs::write(&unfinished, secret.expose_secret()))
            .and_then(|()| fs::rename(&unfinished, &file))
            .map_err(|failure| NoKeychain(failure.to_string()))
    }

    fn forget(&self, account: &str) -> Result<(), NoKeychain> {
        match fs::remove_file(self.file(account)) {
            Err(failure) if failure.kind() != io::ErrorKind::NotFound => {
                Err(NoKeychain(failure.to_string()))
            }
            _ => Ok(()),
        }
    }
}
