//! A keychain that answers, or does not, as the test says.

use std::{
    collections::BTreeSet,
    sync::{
        Mutex,
        atomic::{AtomicBool, Ordering},
    },
};

use desk_core::secrets::{Keychain, MemoryKeychain, NoKeychain};
use secrecy::SecretString;

/// A keychain that can be locked and unlocked in the middle of the day.
#[derive(Default)]
pub struct Moody {
    locked: AtomicBool,
    kept: MemoryKeychain,
    accounts: Mutex<BTreeSet<String>>,
}

impl Moody {
    pub fn locked() -> Self {
        Self {
            locked: true.into(),
            ..Self::default()
        }
    }

    pub fn lock(&self, locked: bool) {
        self.locked.store(locked, Ordering::Relaxed);
    }

    /// What something is kept for.
    pub fn accounts(&self) -> BTreeSet<String> {
        self.accounts.lock().unwrap().clone()
    }

    fn open(&self) -> Result<&MemoryKeychain, NoKeychain> {
        if self.locked.load(Ordering::Relaxed) {
            Err(NoKeychain("it is locked".to_owned()))
        } else {
            Ok(&self.kept)
        }
    }
}

impl Keychain for Moody {
    fn name(&self) -> &'static str {
        "Moody"
    }
    fn read(&self, account: &str) -> Result<Option<SecretString>, NoKeychain> {
        self.open()?.read(account)
    }
    fn write(&self, account: &str, secret: &SecretString) -> Result<(), NoKeychain> {
        self.open()?.write(account, secret)?;
        self.accounts.lock().unwrap().insert(account.to_owned());
        Ok(())
    }
    fn forget(&self, account: &str) -> Result<(), NoKeychain> {
        self.open()?.forget(account)?;
        self.accounts.lock().unwrap().remove(account);
        Ok(())
    }
}
