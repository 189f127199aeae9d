//! The Customers table: create, change, find. Leaves out merging and partial search, which the API does not have.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::model::{Customer, FieldKind, FieldType};
use crate::rules::{Refusal, contact};
use crate::state::{State, fresh_id};

pub(crate) const GIVEN_NAME: &str = "customer-first-name";
pub(crate) const FAMILY_NAME: &str = "customer-last-name";
pub(crate) const NATIONAL_ID: &str = "national-id";
pub(crate) const PHONE: &str = "phone-number";
pub(crate) const EMAIL: &str = "email";

const LONGEST_TEXT: usize = 4_000;

/// The text a customer has in the field with this slug.
pub(crate) fn text_of<'customer>(
    state: &State,
    customer: &'customer Customer,
    slug: &str,
) -> Option<&'customer str> {
    let field = state
        .customer_fields
        .iter()
        .find(|field| field.slug == slug)?;
    customer.values.get(&field.id)?.as_str()
}

/// The record's title: given name, then family name.
pub(crate) fn display_name(state: &State, customer: &Customer) -> String {
    let part = |slug| text_of(state, customer, slug).unwrap_or_default();
    format!("{} {}", part(GIVEN_NAME), part(FAMILY_NAME))
        .trim()
        .to_owned()
}

pub(crate) fn create(
    state: &mut State,
    fields: &BTreeMap<Uuid, Value>,
    now: DateTime<Utc>,
) -> Result<Uuid, Refusal> {
    let values = changed(
        state,
        BTreeMap::new(),
        fields.iter().map(|(id, value)| (*id, value)),
    )?;
    check_record(state, None, &values)?;
    let id = fresh_id(&mut state.rng);
    let at = state.stamp(now);
    let facts = json!({ "customerRecordId": id, "fields": values });
    state.customers.insert(
        id,
        Customer {
            id,
            created: at,
            updated: at,
            values,
        },
    );
    state.ledger.note(now, "CreateCustomer", facts);
    Ok(id)
}

pub(crate) fn update(
    state: &mut State,
    id: Uuid,
    fields: &[(Uuid, Value)],
    now: DateTime<Utc>,
) -> Result<(), Refusal> {
    let customer = state.customer(id)?;
    let values = changed(
        state,
        customer.values.clone(),
        fields.iter().map(|(id, value)| (*id, value)),
    )?;
    check_record(state, Some(id), &values)?;
    let at = state.stamp(now);
    if let Some(customer) = state.customers.get_mut(&id) {
        customer.values = values;
        customer.updated = at;
    }
    let sent: BTreeMap<&Uuid, &Value> = fields.iter().map(|(id, value)| (id, value)).collect();
    let facts = json!({ "customerRecordId": id, "fields": sent });
    state.ledger.note(now, "UpdateCustomer", facts);
    Ok(())
}

/// The one customer whose key field has exactly this value.
pub(crate) fn find_by_key<'state>(
    state: &'state State,
    slug: &str,
    value: &str,
) -> Result<&'state Customer, Refusal> {
    let field = state
        .customer_fields
        .iter()
        .find(|field| field.slug == slug)
        .ok_or_else(|| Refusal::invalid(format!("Customers have no field \"{slug}\".")))?;
    if !field.is_key {
        return Err(Refusal::invalid(format!("\"{slug}\" is not a key field.")));
    }
    state
        .customers
        .values()
        .find(|customer| customer.values.get(&field.id).and_then(Value::as_str) == Some(value))
        .ok_or_else(|| Refusal::unknown("customer record"))
}

fn changed<'value>(
    state: &State,
    mut values: BTreeMap<Uuid, Value>,
    changes: impl Iterator<Item = (Uuid, &'value Value)>,
) -> Result<BTreeMap<Uuid, Value>, Refusal> {
    for (id, value) in changes {
        let field = state
            .customer_fields
            .iter()
            .find(|field| field.id == id)
            .ok_or_else(|| Refusal::invalid(format!("Customers have no field {id}.")))?;
        match accepted(field, value)? {
            Some(value) => values.insert(id, value),
            None => values.remove(&id),
        };
    }
    Ok(values)
}

/// The value as it is kept; `None` clears the field.
fn accepted(field: &FieldType, value: &Value) -> Result<Option<Value>, Refusal> {
    let wrong =
        |what: &str| Refusal::invalid(format!("The field \"{}\" must be {what}.", field.slug));
    if value.is_null() || value.as_str().is_some_and(str::is_empty) {
        return Ok(None);
    }
    if field.kind == FieldKind::YesNo {
        return match value {
            Value::Bool(_) => Ok(Some(value.clone())),
            Value::String(text) if text == "true" => Ok(Some(Value::Bool(true))),
            Value::String(text) if text == "false" => Ok(Some(Value::Bool(false))),
            _ => Err(wrong("true or false")),
        };
    }
    let text = value.as_str().ok_or_else(|| wrong("a text"))?;
    let (valid, what) = match field.kind {
        FieldKind::Text | FieldKind::LongText | FieldKind::YesNo => (
            text.chars().count() <= LONGEST_TEXT,
            "at most 4000 characters long",
        ),
        FieldKind::PhoneNumber => (is_phone(text), "a phone number"),
        FieldKind::Email => (contact::is_email(text), "an e-mail address"),
        FieldKind::Date => (
            NaiveDate::parse_from_str(text, "%Y-%m-%d").is_ok(),
            "a date like 1990-12-31",
        ),
    };
    if valid {
        Ok(Some(Value::String(text.to_owned())))
    } else {
        Err(wrong(what))
    }
}

fn is_phone(text: &str) -> bool {
    let digits = text.strip_prefix('+').unwrap_or(text);
    (7..=15).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit())
}

fn check_record(
    state: &State,
    own_id: Option<Uuid>,
    values: &BTreeMap<Uuid, Value>,
) -> Result<(), Refusal> {
    for field in &state.customer_fields {
        let Some(value) = values.get(&field.id) else {
            if field.is_required {
                return Err(Refusal::invalid(format!(
                    "The field \"{}\" is required.",
                    field.slug
                )));
            }
            continue;
        };
        let taken = state
            .customers
            .values()
            .any(|other| Some(other.id) != own_id && other.values.get(&field.id) == Some(value));
        if field.is_key && taken {
            return Err(Refusal::conflict(format!(
                "Another customer record has the same \"{}\".",
                field.slug
            )));
        }
    }
    Ok(())
}
