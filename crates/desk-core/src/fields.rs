//! Reading typed values out of JSON, with errors that name the field and say in words what it should hold.
//! Values never appear in an error: a field can hold a secret or somebody's telephone number.

use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;
use ts_rs::TS;

use crate::{messages, text::Text};

/// A field that can't stay as it is.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct FieldError {
    /// The field, with its path: `profile.addresses[0].path`.
    pub field: String,
    /// What is wrong with it and what it should be.
    pub message: Text,
}

impl FieldError {
    /// A problem with a field.
    pub fn new(field: impl Into<String>, message: Text) -> Self {
        Self {
            field: field.into(),
            message,
        }
    }
}

/// Reads a value, or names the first field that is wrong.
pub fn read<T: DeserializeOwned>(value: Value) -> Result<T, FieldError> {
    serde_path_to_error::deserialize(value).map_err(|failure| {
        let path = failure.path().to_string();
        problem(&path, &failure.into_inner().to_string())
    })
}

fn problem(path: &str, reason: &str) -> FieldError {
    let within = path.trim_end_matches('.');
    let leaf = within.rsplit('.').next().unwrap_or(within);
    if let Some(name) = reason
        .strip_prefix("missing field `")
        .and_then(|rest| rest.split('`').next())
    {
        let field = if within.is_empty() {
            name.to_owned()
        } else {
            format!("{within}.{name}")
        };
        return FieldError::new(field, messages::field_missing());
    }
    let message = if reason.contains("UUID") {
        messages::field_not_an_id()
    } else if matches!(leaf, "date" | "from") {
        messages::field_not_a_date()
    } else if reason.starts_with("unknown variant") {
        messages::field_not_a_choice()
    } else {
        // The text after the last "expected" comes from the type and never from the value.
        match reason.rsplit_once(", expected ") {
            Some((_, expected)) => messages::field_wrong_type(plain(expected)),
            None => messages::field_malformed(),
        }
    };
    FieldError::new(within, message)
}

/// A Rust or serde type in words that a clerk knows.
fn plain(expected: &str) -> &'static str {
    let expected = expected.trim_start_matches("a ").trim_start_matches("an ");
    if expected.starts_with("string") || expected.starts_with("borrowed string") {
        "text"
    } else if expected.starts_with("bool") {
        "yesno"
    } else if expected.starts_with("sequence") || expected.starts_with("tuple") {
        "list"
    } else if expected.starts_with("map") || expected.starts_with("struct") {
        "group"
    } else if expected.starts_with(['i', 'u', 'f']) {
        "number"
    } else {
        "other"
    }
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;
    use serde::Deserialize;
    use serde_json::json;
    use uuid::Uuid;

    use super::*;

    #[derive(Debug, Deserialize)]
    #[expect(dead_code, reason = "only ever read")]
    struct Form {
        id: Uuid,
        date: NaiveDate,
        count: u16,
        name: String,
        open: bool,
        lines: Vec<Line>,
    }

    #[derive(Debug, Deserialize)]
    #[expect(dead_code, reason = "only ever read")]
    struct Line {
        kind: Kind,
    }

    #[derive(Debug, Deserialize)]
    enum Kind {
        One,
    }

    #[test]
    fn each_wrong_field_is_named_with_what_it_should_hold() {
        let good = json!({"id": Uuid::nil(), "date": "2026-11-22", "count": 3, "name": "n", "open": true, "lines": [{"kind": "One"}]});
        assert!(read::<Form>(good.clone()).is_ok());
        for (pointer, wrong, field, id) in [
            ("/id", json!("not-an-id"), "id", "field-not-an-id"),
            ("/id", json!(7), "id", "field-not-an-id"),
            ("/date", json!("22.11.2026"), "date", "field-not-a-date"),
            ("/date", json!("2026-02-30"), "date", "field-not-a-date"),
            ("/count", json!(-1), "count", "field-wrong-type"),
            ("/count", json!(70000), "count", "field-wrong-type"),
            ("/count", json!("three"), "count", "field-wrong-type"),
            ("/name", json!({"a": 1}), "name", "field-wrong-type"),
            ("/open", json!("yes"), "open", "field-wrong-type"),
            ("/lines", json!("none"), "lines", "field-wrong-type"),
            ("/lines/0", json!({}), "lines[0].kind", "field-missing"),
            (
                "/lines/0/kind",
                json!("Two"),
                "lines[0].kind",
                "field-not-a-choice",
            ),
        ] {
            let mut form = good.clone();
            *form.pointer_mut(pointer).unwrap() = wrong;
            let error = read::<Form>(form).unwrap_err();
            assert_eq!(
                (error.field.as_str(), error.message.id.as_str()),
                (field, id),
                "{pointer}"
            );
        }
    }

    #[test]
    fn the_value_itself_never_appears_in_the_error() {
        let secret = "hunter2, expected hunter3";
        let error = read::<Form>(json!({"id": Uuid::nil(), "date": "2026-11-22", "count": secret}))
            .unwrap_err();
        assert!(!format!("{error:?}").contains("hunter"), "{error:?}");
    }
}
