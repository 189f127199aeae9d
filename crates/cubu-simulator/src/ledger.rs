//! Every write that was really applied, in order. Tests compare it with what a desk believes it did. Leaves out refused
//! requests and reads.

use chrono::{DateTime, Utc};
use serde_json::{Map, Value};

/// Who caused a write.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Cause {
    /// A request through the API.
    Api,
    /// Other people, when the simulator has a life of its own.
    Life,
}

/// The applied writes, in order.
pub(crate) struct Ledger {
    entries: Vec<Value>,
    /// Set while other people act.
    pub cause: Cause,
}

impl Ledger {
    pub(crate) const fn new() -> Self {
        Self {
            entries: Vec::new(),
            cause: Cause::Api,
        }
    }

    /// Notes one write. `facts` is an object; its members stand beside `at`, `endpoint` and `by`.
    pub(crate) fn note(&mut self, at: DateTime<Utc>, endpoint: &'static str, facts: Value) {
        let mut entry = match facts {
            Value::Object(facts) => facts,
            _ => Map::new(),
        };
        let by = match self.cause {
            Cause::Api => "api",
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
}
