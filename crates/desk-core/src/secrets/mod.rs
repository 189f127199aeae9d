//! Where client secrets are: in the operating system's keychain, and when no keychain answers, in memory for this run.
//! A secret is never written to a file and never leaves as text. How the system's keychain is asked is in `keychain`.

mod keychain;

use std::{
    collections::HashMap,
    fmt,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use secrecy::{ExposeSecret, SecretString};
use serde::Serialize;
use ts_rs::TS;

pub use keychain::{Keychain, MemoryKeychain, NoKeychain, SystemKeychain};

use crate::{error::Error, messages, profiles::Profile, text::Text};

/// How long a keychain may take: it may have to ask the person at the desk to unlock it.
const PATIENCE: Duration = Duration::from_secs(120);
/// The same for one that let the desk down the last time: nobody waits two minutes for every question.
const LOST_PATIENCE: Duration = Duration::from_secs(5);

/// The account of the journal's key.
const JOURNAL_KEY: &str = "journal-key";

/// Where a secret was kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum Kept {
    /// In the keychain: it is there tomorrow.
    Keychain,
    /// In memory: it is gone when the program ends.
    ThisRun,
}

/// Whether the keychain answers.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct KeychainState {
    /// It answered the last time it was asked.
    pub available: bool,
    /// What people call it.
    pub store: String,
    /// What is wrong with it and what that means.
    pub message: Option<Text>,
}

/// The secrets of this desk.
pub struct Secrets {
    keychain: Arc<dyn Keychain>,
    this_run: Mutex<HashMap<String, SecretString>>,
    too_slow: AtomicBool,
    /// Entries of before are still to be removed: no key is asked for or made meanwhile.
    owing: AtomicBool,
}

impl fmt::Debug for Secrets {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Secrets")
            .field("keychain", &self.keychain.name())
            .finish_non_exhaustive()
    }
}

impl Secrets {
    /// Secrets kept in `keychain`.
    pub fn new(keychain: Arc<dyn Keychain>) -> Self {
        Self {
            keychain,
            this_run: Mutex::default(),
            too_slow: AtomicBool::new(false),
            owing: AtomicBool::new(false),
        }
    }

    /// Keeps a secret in the keychain, or for this run when no keychain answers.
    pub async fn keep(&self, profile: &Profile, secret: SecretString) -> Kept {
        let account = account(profile);
        self.this_run().insert(account.clone(), secret.clone());
        match self
            .ask(move |keychain| keychain.write(&account, &secret))
            .await
        {
            Ok(()) => Kept::Keychain,
            Err(failure) => {
                tracing::warn!(%failure, "a client secret is kept for this run only");
                Kept::ThisRun
            }
        }
    }

    /// The secret of a profile. Once known it is not asked for again in this run.
    pub async fn find(&self, profile: &Profile) -> Result<Option<SecretString>, Error> {
        let account = account(profile);
        let known = self.this_run().get(&account).cloned();
        if known.is_some() {
            return Ok(known);
        }
        let asked = account.clone();
        let kept = self.ask(move |keychain| keychain.read(&asked)).await?;
        if let Some(secret) = &kept {
            self.this_run().insert(account, secret.clone());
        }
        Ok(kept)
    }

    /// Forgets a secret, in memory first. A keychain that does not answer is an error: the secret may still be there.
    pub async fn forget(&self, profile: &Profile) -> Result<(), Error> {
        let account = account(profile);
        self.this_run().remove(&account);
        Ok(self.ask(move |keychain| keychain.forget(&account)).await?)
    }

    /// The accounts of everything that a desk with these profiles keeps, the journal's key among it.
    pub(crate) fn accounts<'a>(profiles: impl IntoIterator<Item = &'a Profile>) -> Vec<String> {
        let mut accounts: Vec<_> = profiles.into_iter().map(account).collect();
        accounts.push(JOURNAL_KEY.to_owned());
        accounts
    }

    /// Whether entries of before are still to be removed.
    pub(crate) fn owe(&self, owing: bool) {
        self.owing.store(owing, Ordering::Relaxed);
    }

    /// Forgets what is known in this run.
    pub(crate) fn forget_this_run(&self) {
        self.this_run().clear();
    }

    /// Forgets every one of these entries, as far as the keychain lets it.
    pub(crate) async fn forget_accounts(&self, accounts: Vec<String>) -> Result<(), NoKeychain> {
        self.ask(move |keychain| {
            let mut outcome = Ok(());
            for account in &accounts {
                // One that is refused keeps no other.
                outcome = outcome.and(keychain.forget(account));
            }
            outcome
        })
        .await
    }

    /// The key of this desk's journal, as 64 hexadecimal digits: the one that is kept, or else a new one.
    pub async fn journal_key(&self) -> Result<SecretString, NoKeychain> {
        if self.owing.load(Ordering::Relaxed) {
            // The one that is there is about to go, with whatever is kept with it.
            return Err(NoKeychain("it still holds entries of before".to_owned()));
        }
        self.ask(|keychain| {
            if let Some(key) = keychain.read(JOURNAL_KEY)? {
                return Ok(key);
            }
            let bytes: [u8; 32] = rand::random();
            let digits: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
            let key = SecretString::from(digits);
            keychain.write(JOURNAL_KEY, &key)?;
            // A store that takes everything and keeps nothing would lose the journal at every start.
            match keychain.read(JOURNAL_KEY)? {
                Some(kept) if kept.expose_secret() == key.expose_secret() => Ok(key),
                _ => Err(NoKeychain("it does not keep what it takes".to_owned())),
            }
        })
        .await
    }

    /// Whether the keychain answers, found out by asking it for something it does not have.
    pub async fn state(&self) -> KeychainState {
        let store = self.keychain.name().to_owned();
        let asked = self
            .ask(|keychain| keychain.read("is-anyone-there").map(drop))
            .await;
        let message = asked
            .err()
            .map(|NoKeychain(reason)| messages::keychain_missing(&*store, reason));
        KeychainState {
            available: message.is_none(),
            store,
            message,
        }
    }

    fn this_run(&self) -> std::sync::MutexGuard<'_, HashMap<String, SecretString>> {
        self.this_run.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn ask<T: Send + 'static>(
        &self,
        question: impl FnOnce(&dyn Keychain) -> Result<T, NoKeychain> + Send + 'static,
    ) -> Result<T, NoKeychain> {
        let keychain = Arc::clone(&self.keychain);
        let asked = tokio::task::spawn_blocking(move || question(keychain.as_ref()));
        let patience = if self.too_slow.load(Ordering::Relaxed) {
            LOST_PATIENCE
        } else {
            PATIENCE
        };
        let answer = tokio::time::timeout(patience, asked).await;
        self.too_slow.store(answer.is_err(), Ordering::Relaxed);
        match answer {
            Ok(Ok(answer)) => answer,
            Ok(Err(_)) => Err(NoKeychain("it stopped in the middle".to_owned())),
            Err(_) => Err(NoKeychain("it took too long".to_owned())),
        }
    }
}

/// A secret is kept for the way it was given for: a profile that leads elsewhere does not find it, whoever changed it.
fn account(profile: &Profile) -> String {
    let Profile {
        id,
        client_id,
        authority,
        tenant_id,
        base_url,
        application_id,
        ..
    } = profile;
    format!("client-secret/{id} {client_id} {authority}/{tenant_id} {base_url}/{application_id}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::profiles::ProfileDraft;

    fn profile() -> Profile {
        ProfileDraft::sample("Town hall").check().unwrap()
    }

    struct Silent;

    impl Keychain for Silent {
        fn name(&self) -> &'static str {
            "Silent"
        }
        fn read(&self, _: &str) -> Result<Option<SecretString>, NoKeychain> {
            Err(NoKeychain("nobody home".to_owned()))
        }
        fn write(&self, _: &str, _: &SecretString) -> Result<(), NoKeychain> {
            Err(NoKeychain("nobody home".to_owned()))
        }
        fn forget(&self, _: &str) -> Result<(), NoKeychain> {
            Err(NoKeychain("nobody home".to_owned()))
        }
    }

    struct Panicking;

    impl Keychain for Panicking {
        fn name(&self) -> &'static str {
            "Panicking"
        }
        fn read(&self, _: &str) -> Result<Option<SecretString>, NoKeychain> {
            panic!("as some D-Bus libraries do")
        }
        fn write(&self, _: &str, _: &SecretString) -> Result<(), NoKeychain> {
            panic!("as some D-Bus libraries do")
        }
        fn forget(&self, _: &str) -> Result<(), NoKeychain> {
            panic!("as some D-Bus libraries do")
        }
    }

    #[tokio::test]
    async fn a_secret_is_kept_in_the_keychain_and_found_by_the_next_run() {
        let keychain = Arc::new(MemoryKeychain::default());
        let (profile, other) = (&profile(), profile());
        let kept = Secrets::new(keychain.clone())
            .keep(profile, "s3cret".into())
            .await;
        assert_eq!(kept, Kept::Keychain);
        let next_run = Secrets::new(keychain.clone());
        assert_eq!(
            next_run
                .find(profile)
                .await
                .unwrap()
                .unwrap()
                .expose_secret(),
            "s3cret"
        );
        assert!(next_run.find(&other).await.unwrap().is_none());
        next_run.forget(profile).await.unwrap();
        assert!(next_run.find(profile).await.unwrap().is_none());
    }

    #[tokio::test]
    async fn without_a_keychain_a_secret_lasts_for_this_run_only() {
        for keychain in [Arc::new(Silent) as Arc<dyn Keychain>, Arc::new(Panicking)] {
            let profile = &profile();
            let secrets = Secrets::new(keychain.clone());
            assert_eq!(secrets.keep(profile, "s3cret".into()).await, Kept::ThisRun);
            assert!(secrets.find(profile).await.unwrap().is_some());
            let state = secrets.state().await;
            assert!(!state.available);
            assert_eq!(state.message.unwrap().id, "keychain-missing");
            assert!(Secrets::new(keychain).find(profile).await.is_err());
        }
    }

    #[tokio::test]
    async fn a_profile_that_leads_elsewhere_does_not_find_the_secret() {
        let secrets = Secrets::new(Arc::new(MemoryKeychain::default()));
        let given = profile();
        secrets.keep(&given, "s3cret".into()).await;
        let renamed = Profile {
            name: "Library".to_owned(),
            ..given.clone()
        };
        assert!(secrets.find(&renamed).await.unwrap().is_some());
        for elsewhere in [
            Profile {
                authority: "https://login.example.org".to_owned(),
                ..given.clone()
            },
            Profile {
                base_url: "https://s2s.example.org".to_owned(),
                ..given.clone()
            },
            Profile {
                client_id: given
                    .client_id
                    .0
                    .to_string()
                    .replace("2", "3")
                    .parse()
                    .unwrap(),
                ..given.clone()
            },
        ] {
            assert!(secrets.find(&elsewhere).await.unwrap().is_none());
        }
    }

    #[tokio::test]
    async fn debug_output_does_not_hold_the_secret() {
        let secrets = Secrets::new(Arc::new(MemoryKeychain::default()));
        secrets.keep(&profile(), "s3cret".into()).await;
        assert!(!format!("{secrets:?}").contains("s3cret"));
    }
}
