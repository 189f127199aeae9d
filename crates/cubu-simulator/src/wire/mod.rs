//! How Cubu prints things, odd as it is. Written by hand from the contract and sharing no types with the client: a wrong field
//! name must not agree with itself. Leaves out deciding anything.

pub(crate) mod agents;
pub(crate) mod calendars;
pub(crate) mod cases;
pub(crate) mod customers;
mod zones;

use chrono::{DateTime, NaiveDateTime, Utc};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::rules::Refusal;
use crate::state::State;

pub(crate) use zones::windows_zone;

/// An instant as .NET prints it: UTC, up to seven decimals, none that are zero at the end.
pub(crate) fn timestamp(at: DateTime<Utc>) -> String {
    let fraction = format!("{:07}", at.timestamp_subsec_nanos() / 100);
    let fraction = fraction.trim_end_matches('0');
    let dot = if fraction.is_empty() { "" } else { "." };
    format!("{}{dot}{fraction}Z", at.format("%Y-%m-%dT%H:%M:%S"))
}

/// A date as HTTP headers have it.
pub(crate) fn http_date(at: DateTime<Utc>) -> String {
    at.format("%a, %d %b %Y %H:%M:%S GMT").to_string()
}

/// A wall-clock time without zone.
pub(crate) fn local(at: NaiveDateTime) -> String {
    at.format("%Y-%m-%dT%H:%M:%S").to_string()
}

/// The body of a refusal. The shape is undocumented; only the name `errorCode` is known.
pub(crate) fn refusal(refusal: &Refusal) -> Value {
    match refusal.number {
        Some(number) => json!({ "errorCode": number, "message": refusal.message }),
        None => json!({ "message": refusal.message }),
    }
}

/// The "User Data" object, or null.
pub(crate) fn user_data(state: &State, user: Option<Uuid>) -> Value {
    user.and_then(|id| state.user(id).ok())
        .map_or(Value::Null, |user| {
            json!({
                "userId": user.id,
                "displayName": user.display_name,
                "initials": user.initials,
                "picture": picture(user.id),
            })
        })
}

pub(crate) fn picture(user: Uuid) -> String {
    format!("https://pictures.example.org/{user}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_stamp_has_up_to_seven_decimals_and_no_idle_zeros() {
        for (nanos, printed) in [
            (0, "2025-02-03T09:15:00Z"),
            (120_000_000, "2025-02-03T09:15:00.12Z"),
            (123_456_700, "2025-02-03T09:15:00.1234567Z"),
            (100, "2025-02-03T09:15:00.0000001Z"),
        ] {
            let at = DateTime::from_timestamp(1_738_574_100, nanos).unwrap();
            assert_eq!(timestamp(at), printed);
        }
    }
}
