//! Writing request bodies: a JSON object with the absent members left out.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use crate::endpoint::CustomerIdSpelling;
use crate::ids::{CustomerRecordId, FieldTypeId, TagId};

#[derive(Default)]
pub(crate) struct JsonBody(Map<String, Value>);

impl JsonBody {
    pub(crate) fn new() -> Self {
        Self::default()
    }

    pub(crate) fn with(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.0.insert(name.to_owned(), value.into());
        self
    }

    pub(crate) fn with_some(self, name: &str, value: Option<impl Into<Value>>) -> Self {
        match value {
            Some(value) => self.with(name, value),
            None => self,
        }
    }

    /// The customer's id under each of the names asked for.
    pub(crate) fn with_customer(
        self,
        spelling: CustomerIdSpelling,
        customer: Option<CustomerRecordId>,
    ) -> Self {
        spelling
            .names()
            .iter()
            .fold(self, |body, name| body.with_some(name, customer))
    }

    pub(crate) fn done(self) -> Option<Value> {
        Some(Value::Object(self.0))
    }
}

/// The dictionary of field type to value that is written when creating.
pub(crate) fn field_values(fields: &BTreeMap<FieldTypeId, Value>) -> Value {
    Value::Object(
        fields
            .iter()
            .map(|(id, value)| (id.to_string(), value.clone()))
            .collect(),
    )
}

pub(crate) fn tags(tag_ids: &[TagId]) -> Value {
    tag_ids.iter().copied().map(Value::from).collect()
}
