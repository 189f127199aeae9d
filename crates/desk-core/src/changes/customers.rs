//! Adding and changing customers. A new one can be found again only by a key field, so the catalogue's knowledge of the
//! fields decides whether its outcome can be settled.

use cubu_s2s::{
    CreateCustomer, CreatedCustomer, Customer, ErrorKind, FindCustomer, GetCustomer, UpdateCustomer,
};
use serde_json::{Value, json};

use super::{Before, Change, Key, read};
use crate::{
    catalogue::Catalogue,
    connection::Connection,
    error::Error,
    journal::Lane,
    settle::{Finding, rules},
};

impl Change for CreateCustomer {
    const COMMAND: &'static str = "create_customer";
    const SHOWS_EARLY: bool = true;

    fn lanes(&self) -> Vec<Lane> {
        vec![Lane::NewCustomers]
    }

    async fn prepare(&self, connection: &Connection) -> Result<Before, Error> {
        let Some(key) = key_of(self, &connection.catalogue().await) else {
            return Ok(Before::default());
        };
        let (customer, customer_unknown) = match find(&key, connection).await {
            Ok(found) => (found.map(|customer| customer.record_id), false),
            Err(failure) if keeps_from_sending(&failure) => return Err(failure),
            // How Cubu answers when it finds nobody is not documented: that must not keep customers from being added.
            Err(failure) => {
                tracing::warn!(%failure, "whether there is such a customer already is not known");
                (None, true)
            }
        };
        Ok(Before {
            key: Some(key),
            customer,
            customer_unknown,
            ..Before::default()
        })
    }

    async fn look(
        &self,
        connection: &Connection,
        before: &Before,
    ) -> Result<Finding<CreatedCustomer>, Error> {
        let Some(key) = &before.key else {
            return Ok(Finding::Unprovable);
        };
        let found = find(key, connection).await?;
        Ok(rules::created(self, before, found.as_ref()))
    }
}

fn key_of(request: &CreateCustomer, catalogue: &Catalogue) -> Option<Key> {
    catalogue
        .fields
        .iter()
        .filter(|field| field.is_key)
        .find_map(|field| {
            let value = match request.fields.get(&field.field_type_id)? {
                Value::String(text) if !text.trim().is_empty() => text.clone(),
                Value::Number(number) => number.to_string(),
                _ => return None,
            };
            let slug = field.slug.clone()?;
            Some(Key { slug, value })
        })
}

async fn find(key: &Key, connection: &Connection) -> Result<Option<Customer>, Error> {
    let asked = FindCustomer::KeyField {
        field_slug: key.slug.clone(),
        field_value: key.value.clone(),
    };
    match read(connection, &asked).await {
        Ok(customer) => Ok(Some(customer)),
        Err(Error::Call(failure)) if matches!(failure.kind, ErrorKind::NotFound(_)) => Ok(None),
        Err(failure) => Err(failure),
    }
}

impl Change for UpdateCustomer {
    const COMMAND: &'static str = "update_customer";

    fn lanes(&self) -> Vec<Lane> {
        vec![Lane::Customer(self.customer_record_id)]
    }

    async fn prepare(&self, connection: &Connection) -> Result<Before, Error> {
        let customer_record_id = self.customer_record_id;
        match read(connection, &GetCustomer { customer_record_id }).await {
            Ok(customer) => Ok(Before {
                held: rules::held(self, &customer),
                was: Some(as_it_is(self, &customer)),
                ..Before::default()
            }),
            Err(failure) if keeps_from_sending(&failure) => Err(failure),
            // The page about reading a customer was not seen: that must not keep customers from being changed.
            Err(failure) => {
                tracing::warn!(%failure, "what the customer's fields hold is not known");
                Ok(Before::default())
            }
        }
    }

    async fn look(&self, connection: &Connection, before: &Before) -> Result<Finding<()>, Error> {
        let customer_record_id = self.customer_record_id;
        let customer = connection.send(&GetCustomer { customer_record_id }).await?;
        Ok(rules::updated(self, &before.held, &customer))
    }
}

/// Whether a change that was to be sent after this would fare no better.
fn keeps_from_sending(failure: &Error) -> bool {
    let not_let_in =
        matches!(failure, Error::Call(failure) if matches!(failure.kind, ErrorKind::Token(_)));
    not_let_in || failure.is_passing()
}

/// The fields that are about to change, as they are, in the form of the request.
fn as_it_is(change: &UpdateCustomer, customer: &Customer) -> Value {
    let values = customer.fields.iter().filter_map(|field| {
        let id = field.field_type_id?;
        let changes = change.fields.iter().any(|field| field.field_type_id == id);
        changes.then(|| json!({ "fieldTypeId": id, "value": field.value }))
    });
    json!({ "fields": values.collect::<Vec<_>>() })
}
