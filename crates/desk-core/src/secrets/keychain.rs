//! Keychains: the operating system's, and one in memory. The only module that touches the system's.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

use secrecy::{ExposeSecret, SecretString};

// Without its "v1" feature keyring brings no store of its own and keyring::Entry does not exist: such a build fails
// here, rather than forgetting every secret at run time.
use keyring::Entry;

/// A release build and a development build do not see each other's secrets.
const SERVICE: &str = if cfg!(debug_assertions) {
    "app.frontdesk.cubu.dev"
} else {
    "app.frontdesk.cubu"
};

/// A keychain: secrets by account name.
pub trait Keychain: Send + Sync {
    /// What people call it.
    fn name(&self) -> &'static str;
    /// The secret kept for an account.
    fn read(&self, account: &str) -> Result<Option<SecretString>, NoKeychain>;
    /// Keeps a secret.
    fn write(&self, account: &str, secret: &SecretString) -> Result<(), NoKeychain>;
    /// Forgets a secret; one that is not there is as good.
    fn forget(&self, account: &str) -> Result<(), NoKeychain>;
}

/// The keychain did not answer, with its reason in its own words.
#[derive(Clone, Debug, thiserror::Error)]
#[error("the keychain did not answer: {0}")]
pub struct NoKeychain(pub String);

/// The operating system's keychain.
#[derive(Debug)]
pub struct SystemKeychain;

impl SystemKeychain {
    fn entry(account: &str) -> Result<Entry, NoKeychain> {
        if let Err(failure) = Entry::store_status() {
            return Err(refusal(failure));
        }
        Entry::new(SERVICE, account).map_err(|failure| refusal(&failure))
    }
}

/// Only kinds and platform messages: keyring's errors can carry the bytes of a secret that it could not decode.
fn refusal(failure: &keyring::Error) -> NoKeychain {
    NoKeychain(match failure {
        keyring::Error::PlatformFailure(cause) | keyring::Error::NoStorageAccess(cause) => {
            cause.to_string()
        }
        keyring::Error::NoDefaultStore => "there is no store on this system".to_owned(),
        keyring::Error::TooLong(..) => "the secret is too long for it".to_owned(),
        _ => "it refused the entry".to_owned(),
    })
}

impl Keychain for SystemKeychain {
    fn name(&self) -> &'static str {
        if cfg!(target_os = "macos") {
            "Keychain"
        } else if cfg!(windows) {
            "Windows Credential Manager"
        } else {
            "Secret Service"
        }
    }

    fn read(&self, account: &str) -> Result<Option<SecretString>, NoKeychain> {
        match Self::entry(account)?.get_password() {
            Ok(secret) => Ok(Some(secret.into())),
            Err(keyring::Error::NoEntry) => Ok(None),
            Err(failure) => Err(refusal(&failure)),
        }
    }

    fn write(&self, account: &str, secret: &SecretString) -> Result<(), NoKeychain> {
        Self::entry(account)?
            .set_password(secret.expose_secret())
            .map_err(|failure| refusal(&failure))
    }

    fn forget(&self, account: &str) -> Result<(), NoKeychain> {
        match Self::entry(account)?.delete_credential() {
            Ok(()) | Err(keyring::Error::NoEntry) => Ok(()),
            Err(failure) => Err(refusal(&failure)),
        }
    }
}

/// A keychain in memory, for tests and for hosts told not to touch the real one.
#[derive(Default)]
pub struct MemoryKeychain(Mutex<HashMap<String, SecretString>>);

impl Keychain for MemoryKeychain {
    fn name(&self) -> &'static str {
        "memory"
    }

    fn read(&self, account: &str) -> Result<Option<SecretString>, NoKeychain> {
        Ok(self
            .0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .get(account)
            .cloned())
    }

    fn write(&self, account: &str, secret: &SecretString) -> Result<(), NoKeychain> {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .insert(account.to_owned(), secret.clone());
        Ok(())
    }

    fn forget(&self, account: &str) -> Result<(), NoKeychain> {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .remove(account);
        Ok(())
    }
}
