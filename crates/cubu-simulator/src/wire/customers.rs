//! Customer records: fields are an array here, whatever they were on the way in. Leaves out checking values.

use serde_json::{Value, json};
use uuid::Uuid;

use super::timestamp;
use crate::model::{Customer, FieldKind, FieldType};
use crate::rules::customers::display_name;
use crate::state::State;

/// The record as Find prints it.
pub(crate) fn customer(state: &State, customer: &Customer) -> Value {
    let fields: Vec<Value> = state
        .customer_fields
        .iter()
        .enumerate()
        .map(|(position, kind)| field(position, kind, customer.values.get(&kind.id)))
        .collect();
    json!({
        "recordId": customer.id,
        "displayName": display_name(state, customer),
        "dateCreated": timestamp(customer.created),
        "dateUpdated": timestamp(customer.updated),
        "fields": fields,
    })
}

/// A case's pointer to its customer, or null.
pub(crate) fn reference(state: &State, customer: Option<Uuid>) -> Value {
    customer
        .and_then(|id| state.customer(id).ok())
        .map_or(Value::Null, |customer| {
            json!({
                "dataTableId": state.organization.customers_table,
                "recordId": customer.id,
                "displayName": display_name(state, customer),
            })
        })
}

fn field(position: usize, kind: &FieldType, value: Option<&Value>) -> Value {
    json!({
        "fieldTypeId": kind.id,
        "dataType": kind.kind.name(),
        "fieldName": kind.name,
        "slug": kind.slug,
        "isKey": kind.is_key,
        "isRequired": kind.is_required,
        "data": field_data(kind.kind, value),
        "value": value,
        "hash": hash(value),
        "colorCode": kind.color,
        "position": position,
    })
}

/// Known for texts only: an object whose members are null where there is no value. Other types print null without one.
fn field_data(kind: FieldKind, value: Option<&Value>) -> Value {
    let text = value.map(|value| {
        value
            .as_str()
            .map_or_else(|| value.to_string(), str::to_owned)
    });
    match (kind, value) {
        (FieldKind::Text | FieldKind::LongText, _) => json!({ "displayText": text, "text": text }),
        (_, None) => Value::Null,
        (FieldKind::YesNo, Some(value)) => json!({ "displayText": text, "boolean": value }),
        (FieldKind::Date, Some(value)) => json!({ "displayText": text, "date": value }),
        (FieldKind::PhoneNumber | FieldKind::Email, Some(_)) => {
            json!({ "displayText": text, "text": text })
        }
    }
}

/// Sixteen bytes in base64; their meaning is undocumented, here they change with the value.
fn hash(value: Option<&Value>) -> String {
    let text = value.map(Value::to_string).unwrap_or_default();
    let half = |start: u64| {
        text.bytes().fold(start, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        })
    };
    let mut bytes = [0; 16];
    let (left, right) = bytes.split_at_mut(8);
    left.copy_from_slice(&half(0xcbf2_9ce4_8422_2325).to_be_bytes());
    right.copy_from_slice(&half(0x8422_2325_cbf2_9ce4).to_be_bytes());
    base64(&bytes)
}

fn base64(bytes: &[u8; 16]) -> String {
    const DIGITS: [char; 64] = [
        'A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'I', 'J', 'K', 'L', 'M', 'N', 'O', 'P', 'Q', 'R',
        'S', 'T', 'U', 'V', 'W', 'X', 'Y', 'Z', 'a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j',
        'k', 'l', 'm', 'n', 'o', 'p', 'q', 'r', 's', 't', 'u', 'v', 'w', 'x', 'y', 'z', '0', '1',
        '2', '3', '4', '5', '6', '7', '8', '9', '+', '/',
    ];
    let number = u128::from_be_bytes(*bytes);
    let mut text: String = (0..22_u32)
        .map(|place| {
            let shift = 122_i32 - 6 * i32::try_from(place).unwrap_or_default();
            let bits = if shift >= 0 {
                number >> shift
            } else {
                number << -shift
            };
            DIGITS[usize::try_from(bits & 63).unwrap_or_default()]
        })
        .collect();
    text.push_str("==");
    text
}

#[cfg(test)]
mod tests {
    use super::base64;

    #[test]
    fn sixteen_bytes_become_twenty_four_characters() {
        assert_eq!(base64(&[0; 16]), "AAAAAAAAAAAAAAAAAAAAAA==");
        assert_eq!(base64(b"front desk, cubu"), "ZnJvbnQgZGVzaywgY3VidQ==");
    }
}
