//! Every write that was really applied, in order. Tests compare it with what a desk believes it did: each entry has what tells
//! a write that was doubled or lost from all others. Leaves out refused requests, reads, and writes that are yet to take hold.

use chrono::{DateTime, Utc};
use serde_json::{Map, Value};

/// Who caused a write.
#[derive(Clone, PartialEq, Eq)]
pub(crate) enum Cause {
    /// A request through the API.
    Api {
        /// The mark that the caller put on the request.
        caller: Option<String>,
        /// When it was answered, for a write that took hold later than that.
        answered: Option<DateTime<Utc>>,
    },
    /// Other people, when the simulator has a life of its own.
    Life,
}

/// The applied writes, in order.
pub(crate) struct Ledger {
    entries: Vec<Value>,
    /// Who acts now.
    pub cause: Cause,
}

impl Ledger {
    pub(crate) const fn new() -> Self {
        Self {
            entries: Vec::new(),
            cause: Cause::Life,
        }
    }

    /// Notes one write. `facts` is an object; its members stand beside `at`, `endpoint` and `by`.
    pub(crate) fn note(&mut self, at: DateTime<Utc>, endpoint: &'static str, facts: Value) {
        let mut entry = match facts {
            Value::Object(facts) => facts,
            _ => Map::new(),
        };
        let by = match &self.cause {
            Cause::Api { caller, answered } => {
                entry.insert("caller".into(), caller.clone().into());
                if let Some(answered) = answered {
                    let answered = crate::wire::timestamp(*answered);
                    entry.insert("answeredAt".into(), answered.into());
                }
                "api"
            }
            Cause::Life => "life",
        };
        entry.insert("at".into(), crate::wire::timestamp(at).into());
        entry.insert("endpoint".into(), endpoint.into());
        entry.insert("by".into(), by.into());
        entry.insert("number".into(), (self.entries.len() + 1).into());
        self.entries.push(Value::Object(entry));
    }

    pub(crate) fn entries(&self) -> Vec<Value> {
        self.entries.clone()
    }

    /// What was done since the last time, without when and where in the order: what a rehearsal is judged by.
    pub(crate) fn take_deeds(&mut self) -> Vec<Value> {
        let mut deeds = std::mem::take(&mut self.entries);
        for deed in deeds.iter_mut().filter_map(Value::as_object_mut) {
            deed.remove("at");
            deed.remove("number");
        }
        deeds
    }
}
