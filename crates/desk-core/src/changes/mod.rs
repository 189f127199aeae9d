//! The fifteen changes: what each touches, what is read before it is sent, and what is read to settle it. The matching
//! itself is in [`crate::settle::rules`]; who sends, and when, is in [`crate::writes`].

mod agents;
mod appointments;
mod customers;

use std::{
    collections::{BTreeMap, HashSet},
    future::Future,
    time::Duration,
};

use chrono::{DateTime, Utc};
use cubu_s2s::{CaseId, CustomerRecordId, Endpoint, FieldTypeId};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_json::Value;
use tokio::time::timeout;

pub use appointments::FreeSlot;

use crate::{
    connection::Connection,
    error::Error,
    journal::{Lane, intent::Intent},
    settle::Finding,
};

/// What was there before a change was sent.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct Before {
    /// The cases of the list that will settle it.
    #[serde(skip_serializing_if = "HashSet::is_empty")]
    pub listed: HashSet<CaseId>,
    /// When that was listed, by Cubu's clock.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub listed_at: Option<DateTime<Utc>>,
    /// The key field by which a new customer can be found.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key: Option<Key>,
    /// What the customer's fields held that are to change.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub held: BTreeMap<FieldTypeId, String>,
    /// What it is about to change, as it was: for the audit trail.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub was: Option<Value>,
    /// The customer it was found with.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub customer: Option<CustomerRecordId>,
    /// Whether it could not be learnt whom it was found with.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub customer_unknown: bool,
    /// The cases that other intents account for: what those of the same call became, and what was cancelled before.
    #[serde(skip)]
    pub of_others: HashSet<CaseId>,
    /// Whether it is so young that its repeat may be its proof.
    #[serde(skip)]
    pub repeatable: bool,
}

/// How long a change waits for what it is about to change to be read, when nothing but the audit trail needs it.
const GLANCE: Duration = Duration::from_secs(3);

/// What is about to be changed, as it is now. A read that fails keeps no change from being made.
async fn was<T: Serialize>(read: impl Future<Output = Option<T>>) -> Before {
    let seen = timeout(GLANCE, read).await.ok().flatten();
    Before {
        was: seen.and_then(|seen| serde_json::to_value(seen).ok()),
        ..Before::default()
    }
}

/// How often what a proof rests on is read, when what comes makes no sense.
const READS: u32 = 5;

/// Reads what a proof will rest on. An answer that makes no sense may come through whole the next time.
async fn read<E: Endpoint>(connection: &Connection, asked: &E) -> Result<E::Response, Error> {
    for _ in 1..READS {
        match connection.send(asked).await {
            Err(failure) if failure.is_garbled() => {}
            outcome => return outcome,
        }
    }
    connection.send(asked).await
}

/// A key field of a customer.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Key {
    /// Its slug.
    pub slug: String,
    /// What it holds.
    pub value: String,
}

impl Before {
    fn listing(cases: impl IntoIterator<Item = CaseId>) -> Self {
        Self {
            listed: cases.into_iter().collect(),
            ..Self::default()
        }
    }

    /// The cases that can't be this change's doing.
    fn known(&self) -> HashSet<CaseId> {
        self.listed.union(&self.of_others).copied().collect()
    }
}

/// What it means when the same is asked for once more, by another form or in another window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Repeat {
    /// The same wish for as long as its outcome is open: nobody wants it twice.
    SameWish,
    /// The same wish only while nobody knows how the first went. Doing it again later is ordinary.
    SameUntilTold,
    /// Another wish, always.
    AnotherWish,
}

/// A call that changes something.
pub(crate) trait Change:
    Endpoint<Response: Serialize + Clone + Sync + 'static>
    + Serialize
    + DeserializeOwned
    + Clone
    + 'static
{
    /// Its command.
    const COMMAND: &'static str;
    /// Whether doing it twice does no harm, so that nothing need be settled.
    const HARMLESS: bool = false;
    /// Whether it waits some seconds before it leaves, so that it can be taken back: what ends something for a customer
    /// and has no way back in Cubu.
    const CAN_BE_TAKEN_BACK: bool = false;
    /// Whether its repeat is its only proof.
    const PROVEN_BY_REPEAT: bool = false;
    /// Whether it can be looked for while its answer is still awaited: it makes something new, and what was there before is
    /// known, so that to see it is to know that it happened.
    const SHOWS_EARLY: bool = false;

    /// What it means when the same is asked for once more.
    fn repeat(&self) -> Repeat {
        Repeat::SameWish
    }

    /// What it touches.
    fn lanes(&self) -> Vec<Lane>;

    /// Looks around right before it is sent; an error keeps it from being sent.
    fn prepare(
        &self,
        connection: &Connection,
    ) -> impl Future<Output = Result<Before, Error>> + Send {
        let _ = connection;
        std::future::ready(Ok(Before::default()))
    }

    /// Looks what became of it.
    fn look(
        &self,
        connection: &Connection,
        before: &Before,
    ) -> impl Future<Output = Result<Finding<Self::Response>, Error>> + Send;

    /// Whether a successful answer says all that there is to say; what it leaves out is looked for.
    fn is_complete(_: &Self::Response) -> bool {
        true
    }

    /// Says more of a refusal than Cubu does.
    fn refused(
        &self,
        connection: &Connection,
        failure: Error,
    ) -> impl Future<Output = Error> + Send {
        let _ = connection;
        std::future::ready(failure)
    }
}

/// Hands the changes to a macro: `command: Request;` for each.
macro_rules! for_each_change {
    ($callback:ident) => {
        $callback! {
            call_again: CallAgain;
            clock_in: ClockIn;
            clock_out: ClockOut;
            occupy_workstation: OccupyWorkstation;
            resolve_case: ResolveCase;
            select_current_unit: SelectCurrentUnit;
            start_next_case: StartNextCase;
            become_available: BecomeAvailable;
            become_unavailable: BecomeUnavailable;
            vacate_workstation: VacateWorkstation;
            book_appointment: BookAppointment;
            cancel_appointment: CancelAppointment;
            queue_up: QueueUp;
            create_customer: CreateCustomer;
            update_customer: UpdateCustomer;
        }
    };
}
pub(crate) use for_each_change;

macro_rules! stored {
    ($($command:ident: $change:ident;)+) => {
        /// What a stored intent touches.
        pub(crate) fn lanes_of(intent: &Intent) -> Vec<Lane> {
            let mut lanes = match intent.command.as_str() {
                $(stringify!($command) => {
                    request_of::<cubu_s2s::$change>(intent).map(|request| request.lanes())
                })+
                _ => None,
            }
            .unwrap_or_default();
            lanes.push(Lane::Intent(intent.id));
            lanes
        }

        #[cfg(test)]
        const COMMANDS: &[(&str, &str, cubu_s2s::Retry)] = &[$((
            stringify!($command),
            <cubu_s2s::$change as Change>::COMMAND,
            <cubu_s2s::$change as Endpoint>::SUMMARY.retry,
        )),+];
    };
}
for_each_change!(stored);

/// The request of a stored intent.
pub(crate) fn request_of<C: DeserializeOwned>(intent: &Intent) -> Option<C> {
    C::deserialize(&intent.request).ok()
}

#[cfg(test)]
mod tests {
    use cubu_s2s::{Retry, endpoints};

    use super::*;

    #[test]
    fn every_write_of_the_client_is_a_change_and_nothing_else_is() {
        let writes = endpoints::ALL
            .iter()
            .filter(|endpoint| endpoint.retry == Retry::Write);
        assert_eq!(COMMANDS.len(), writes.count());
        for (listed, own, retry) in COMMANDS {
            assert_eq!((listed, *retry), (own, Retry::Write));
        }
    }
}
