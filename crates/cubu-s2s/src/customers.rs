//! Customer Management: records of the built-in Customers table, whose fields each organization defines.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::decode::{self, DecodeError, RawAnswer, id_or_none, null_as_default};
use crate::endpoint::{
    CustomerIdSpelling, Endpoint, EndpointSummary, Evidence, Method, Retry, Role,
};
use crate::ids::{CustomerRecordId, FieldTypeId};
use crate::values::Timestamp;
use crate::wire::{JsonBody, field_values};

/// Adds a customer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(optional_fields))]
#[serde(rename_all = "camelCase")]
pub struct CreateCustomer {
    /// Field values.
    #[cfg_attr(feature = "ts", ts(type = "{ [key in string]: JsonValue }"))]
    pub fields: BTreeMap<FieldTypeId, Value>,
}

impl Endpoint for CreateCustomer {
    const SUMMARY: &'static EndpointSummary = &EndpointSummary {
        name: "CreateCustomer",
        title: "Create a Customer Record",
        method: Method::Post,
        path: "/{applicationId}/customers",
        required_placeholders: &["applicationId"],
        role: Role::CustomersManager,
        evidence: Evidence::Documented,
        retry: Retry::Write,
        faults: &[],
    };
    type Response = CreatedCustomer;

    fn path_parameters(&self) -> Vec<(&'static str, String)> {
        Vec::new()
    }

    fn body(&self, _: CustomerIdSpelling) -> Option<Value> {
        JsonBody::new()
            .with("fields", field_values(&self.fields))
            .done()
    }
}

/// The id of a new customer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct CreatedCustomer {
    /// The customer.
    pub record_id: CustomerRecordId,
}

/// Reads one customer by id.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(optional_fields))]
#[serde(rename_all = "camelCase")]
pub struct GetCustomer {
    /// The customer.
    pub customer_record_id: CustomerRecordId,
}

impl Endpoint for GetCustomer {
    const SUMMARY: &'static EndpointSummary = &EndpointSummary {
        name: "GetCustomer",
        title: "Get Customer Record",
        method: Method::Get,
        path: "/{applicationId}/customers/{customerRecordId}",
        required_placeholders: &["applicationId", "customerRecordId"],
        role: Role::CustomersManager,
        evidence: Evidence::Partial,
        retry: Retry::Read,
        faults: &[],
    };
    type Response = Customer;

    fn path_parameters(&self) -> Vec<(&'static str, String)> {
        vec![("customerRecordId", self.customer_record_id.to_string())]
    }
}

/// A customer's record.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Customer {
    /// The customer.
    pub record_id: CustomerRecordId,
    /// Name to show.
    #[serde(default)]
    pub display_name: Option<String>,
    /// When the record was made.
    #[serde(default)]
    pub date_created: Option<Timestamp>,
    /// When it was last changed.
    #[serde(default)]
    pub date_updated: Option<Timestamp>,
    /// Its fields.
    #[serde(default, deserialize_with = "null_as_default")]
    pub fields: Vec<CustomerField>,
}

/// One field of a customer's record.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct CustomerField {
    /// The field type.
    #[serde(default, deserialize_with = "id_or_none")]
    pub field_type_id: Option<FieldTypeId>,
    /// Kind of value, `Text` in the sample; the full list is not documented.
    #[serde(default)]
    pub data_type: Option<String>,
    /// Label.
    #[serde(default)]
    pub field_name: Option<String>,
    /// Name for look-ups, like `given-name`.
    #[serde(default)]
    pub slug: Option<String>,
    /// Whether it identifies the customer.
    #[serde(default)]
    pub is_key: Option<bool>,
    /// Whether it must be filled.
    #[serde(default)]
    pub is_required: Option<bool>,
    /// The value with its text to show; the form depends on the kind.
    #[serde(default)]
    #[cfg_attr(feature = "ts", ts(type = "JsonValue"))]
    pub data: Value,
    /// The plain value.
    #[serde(default)]
    #[cfg_attr(feature = "ts", ts(type = "JsonValue"))]
    pub value: Value,
    /// Not documented.
    #[serde(default)]
    pub hash: Option<String>,
    /// A colour, null in the sample.
    #[serde(default)]
    pub color_code: Option<String>,
    /// Order in the record.
    #[serde(default)]
    pub position: Option<i32>,
}

impl CustomerField {
    /// The value as the API would show it, if it has one.
    pub fn display_text(&self) -> Option<String> {
        ["displayText", "text"]
            .iter()
            .filter_map(|name| self.data.get(name))
            .chain([&self.value])
            .find_map(|value| match value {
                Value::String(text) if !text.is_empty() => Some(text.clone()),
                Value::Number(number) => Some(number.to_string()),
                Value::Bool(flag) => Some(flag.to_string()),
                _ => None,
            })
    }
}

/// Changes some fields of a customer; fields left out stay as they are.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(optional_fields))]
#[serde(rename_all = "camelCase")]
pub struct UpdateCustomer {
    /// The customer.
    pub customer_record_id: CustomerRecordId,
    /// The fields to change.
    pub fields: Vec<FieldChange>,
}

/// A new value for one field.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct FieldChange {
    /// The field type.
    pub field_type_id: FieldTypeId,
    /// The new value.
    #[cfg_attr(feature = "ts", ts(type = "JsonValue"))]
    pub value: Value,
}

impl Endpoint for UpdateCustomer {
    const SUMMARY: &'static EndpointSummary = &EndpointSummary {
        name: "UpdateCustomer",
        title: "Update a Customer Record",
        method: Method::Patch,
        path: "/{applicationId}/customers/{customerRecordId}",
        required_placeholders: &["applicationId", "customerRecordId"],
        role: Role::CustomersManager,
        evidence: Evidence::Documented,
        retry: Retry::Write,
        faults: &[],
    };
    type Response = ();

    fn path_parameters(&self) -> Vec<(&'static str, String)> {
        vec![("customerRecordId", self.customer_record_id.to_string())]
    }

    fn body(&self, _: CustomerIdSpelling) -> Option<Value> {
        let fields: Vec<Value> = self
            .fields
            .iter()
            .filter_map(|change| {
                JsonBody::new()
                    .with("fieldTypeId", change.field_type_id)
                    .with("value", change.value.clone())
                    .done()
            })
            .collect();
        JsonBody::new().with("fields", fields).done()
    }

    fn decode(answer: &RawAnswer<'_>) -> Result<(), DecodeError> {
        decode::nothing(answer)
    }
}

/// Looks one customer up, by id or by the exact value of a key field.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(tag = "queryType", rename_all_fields = "camelCase")]
pub enum FindCustomer {
    /// By record id.
    RecordId {
        /// The customer.
        record_id: CustomerRecordId,
    },
    /// By a key field.
    KeyField {
        /// Slug of the field.
        field_slug: String,
        /// The value to look for.
        field_value: String,
    },
}

impl Endpoint for FindCustomer {
    const SUMMARY: &'static EndpointSummary = &EndpointSummary {
        name: "FindCustomer",
        title: "Find a Customer Record",
        method: Method::Post,
        path: "/{applicationId}/customers/query",
        required_placeholders: &["applicationId"],
        role: Role::CustomersManager,
        evidence: Evidence::Documented,
        retry: Retry::Read,
        faults: &[],
    };
    type Response = Customer;

    fn path_parameters(&self) -> Vec<(&'static str, String)> {
        Vec::new()
    }

    fn body(&self, _: CustomerIdSpelling) -> Option<Value> {
        match self {
            Self::RecordId { record_id } => JsonBody::new()
                .with("queryType", "RecordId")
                .with("recordId", *record_id)
                .done(),
            Self::KeyField {
                field_slug,
                field_value,
            } => JsonBody::new()
                .with("queryType", "KeyField")
                .with("fieldSlug", field_slug.as_str())
                .with("fieldValue", field_value.as_str())
                .done(),
        }
    }
}
