//! Lanes: what a change touches. Changes that share a lane go one after the other, and none goes before the outcome of the
//! one ahead of it is known.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use chrono::NaiveDate;
use cubu_s2s::{CaseId, CuIndex, CustomerRecordId, ServiceId, UserId};
use tokio::sync::OwnedMutexGuard;

use super::intent::IntentId;
use crate::profiles::ProfileId;

/// Something that only one change at a time may touch.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Lane {
    /// One intent: pressing twice asks once.
    Intent(IntentId),
    /// A calendar.
    Calendar(ServiceId, NaiveDate, CuIndex),
    /// A customer.
    Customer(CustomerRecordId),
    /// Customers that are not there yet.
    NewCustomers,
    /// An appointment that is moved. The steps of a move take lanes of their own.
    Move(CaseId),
    /// The list of a calendar-day that is emptied.
    Emptying(ServiceId, NaiveDate, CuIndex),
    /// The list of watches.
    Watches,
    /// An agent.
    Agent(UserId),
}

/// Whose turn it is on a lane.
type Turn = Arc<tokio::sync::Mutex<()>>;

/// Lanes that are held until this is dropped.
#[derive(Debug)]
pub struct Held(#[expect(dead_code, reason = "held for its drop")] Vec<OwnedMutexGuard<()>>);

/// The lanes of every organisation.
#[derive(Debug, Default)]
pub struct Lanes {
    known: Mutex<HashMap<(ProfileId, Lane), Turn>>,
}

impl Lanes {
    /// Waits until all these lanes are free, and takes them.
    pub async fn hold(&self, profile: ProfileId, mut lanes: Vec<Lane>) -> Held {
        // Always in the same order, so that no two changes wait for each other.
        lanes.sort_unstable();
        lanes.dedup();
        let mut held = Vec::with_capacity(lanes.len());
        for lane in lanes {
            let mutex = self.lane(profile, lane);
            held.push(mutex.lock_owned().await);
        }
        Held(held)
    }

    /// Whether somebody holds a lane.
    pub fn is_held(&self, profile: ProfileId, lane: Lane) -> bool {
        let known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        known
            .get(&(profile, lane))
            .is_some_and(|mutex| mutex.try_lock().is_err())
    }

    fn lane(&self, profile: ProfileId, lane: Lane) -> Turn {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        known.retain(|_, mutex| Arc::strong_count(mutex) > 1);
        Arc::clone(known.entry((profile, lane)).or_default())
    }
}

#[cfg(test)]
mod tests {
    use futures_util::FutureExt as _;
    use uuid::Uuid;

    use super::*;

    fn agent(number: u128) -> Lane {
        Lane::Agent(UserId(Uuid::from_u128(number)))
    }

    #[test]
    fn a_lane_is_held_by_one_at_a_time_and_only_within_its_organisation() {
        let lanes = Lanes::default();
        let (here, elsewhere) = (ProfileId::fresh(), ProfileId::fresh());
        let hold = |profile, wanted: &[Lane]| lanes.hold(profile, wanted.to_vec()).now_or_never();
        let held = hold(here, &[agent(1), Lane::NewCustomers, agent(1)]);
        assert!(held.is_some());
        assert!(hold(here, &[agent(1)]).is_none());
        assert!(hold(here, &[agent(2), Lane::NewCustomers]).is_none());
        assert!(hold(here, &[agent(2)]).is_some());
        assert!(hold(elsewhere, &[agent(1)]).is_some());
        drop(held);
        assert!(hold(here, &[agent(1), Lane::NewCustomers]).is_some());
    }
}
