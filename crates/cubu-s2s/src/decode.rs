//! Reading answers: JSON into types with the field path of whatever does not fit, and the few leniencies the contract asks for.
//!
//! Body size is the sender's concern; depth is limited by serde_json.

use serde::de::{DeserializeOwned, Deserializer};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// A successful answer before it is read.
#[derive(Clone, Copy, Debug)]
pub struct RawAnswer<'a> {
    /// HTTP status.
    pub status: u16,
    /// The body as it came.
    pub body: &'a [u8],
}

impl RawAnswer<'_> {
    /// Nothing but white space.
    pub fn is_empty(&self) -> bool {
        self.body.iter().all(u8::is_ascii_whitespace)
    }

    fn says_nothing(&self) -> bool {
        self.is_empty() || self.body.trim_ascii() == b"null"
    }

    fn is_markup(&self) -> bool {
        self.body.trim_ascii_start().first() == Some(&b'<')
    }
}

/// Why an answer could not be read. Names the field, never its content.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DecodeError {
    /// There is no body, and the call needs one.
    #[error("the answer is empty")]
    Empty,
    /// A web page instead of an answer, as proxies and sign-in pages send.
    #[error("the answer is a web page")]
    Markup,
    /// Not JSON, cut short, or nested too deep.
    #[error("the answer is not readable JSON (line {line}, column {column})")]
    Syntax {
        /// Line of the place where reading stopped.
        line: usize,
        /// Column of the place where reading stopped.
        column: usize,
    },
    /// A field has a type or form that does not fit.
    #[error("the answer's field {path} does not fit (line {line}, column {column})")]
    Field {
        /// Path of the field, `[0].ticket.number`; `.` is the whole answer.
        path: String,
        /// Line of the field.
        line: usize,
        /// Column of the field.
        column: usize,
    },
}

/// A body that must be there and fit.
pub fn required<T: DeserializeOwned>(answer: &RawAnswer<'_>) -> Result<T, DecodeError> {
    if answer.is_empty() {
        return Err(DecodeError::Empty);
    }
    if answer.is_markup() {
        return Err(DecodeError::Markup);
    }
    let mut json = serde_json::Deserializer::from_slice(answer.body);
    let value = serde_path_to_error::deserialize(&mut json).map_err(|error| {
        let path = error.path().to_string();
        let inner = error.into_inner();
        let (line, column) = (inner.line(), inner.column());
        if inner.is_data() {
            DecodeError::Field {
                path: with_missing_field(path, &inner),
                line,
                column,
            }
        } else {
            DecodeError::Syntax { line, column }
        }
    })?;
    json.end().map_err(|error| DecodeError::Syntax {
        line: error.line(),
        column: error.column(),
    })?;
    Ok(value)
}

/// A missing field has no place of its own in the answer; its name stands in serde's message.
fn with_missing_field(path: String, error: &serde_json::Error) -> String {
    let message = error.to_string();
    let missing = message
        .strip_prefix("missing field `")
        .and_then(|rest| rest.split_once('`'));
    match missing {
        Some((name, _)) if path == "." => name.to_owned(),
        Some((name, _)) => format!("{path}.{name}"),
        None => path,
    }
}

/// An array; a 204 or `null` is an empty one.
pub fn list<T: DeserializeOwned>(answer: &RawAnswer<'_>) -> Result<Vec<T>, DecodeError> {
    if answer.status == 204 || (answer.says_nothing() && !answer.is_empty()) {
        return Ok(Vec::new());
    }
    required(answer)
}

/// A body that may be missing: empty, 204 or `null`.
pub fn optional<T: DeserializeOwned>(answer: &RawAnswer<'_>) -> Result<Option<T>, DecodeError> {
    if answer.status == 204 || answer.says_nothing() {
        return Ok(None);
    }
    required(answer).map(Some)
}

/// No body is wanted; one that is there is ignored, unless it is a web page, which no API sends.
pub fn nothing(answer: &RawAnswer<'_>) -> Result<(), DecodeError> {
    if answer.is_markup() {
        Err(DecodeError::Markup)
    } else {
        Ok(())
    }
}

/// An id that may be missing, `null` or an empty text.
pub(crate) fn id_or_none<'de, D, T>(deserializer: D) -> Result<Option<T>, D::Error>
where
    D: Deserializer<'de>,
    T: std::str::FromStr,
    T::Err: std::fmt::Display,
{
    match Option::<String>::deserialize(deserializer)? {
        Some(text) if !text.trim().is_empty() => {
            text.parse().map(Some).map_err(serde::de::Error::custom)
        }
        _ => Ok(None),
    }
}

/// `null` stands for the default.
pub(crate) fn null_as_default<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: Default + Deserialize<'de>,
{
    Option::<T>::deserialize(deserializer).map(Option::unwrap_or_default)
}

/// Something whose type is not documented: taken when it has the expected form, otherwise dropped.
pub(crate) fn if_it_fits<'de, D, T>(deserializer: D) -> Result<Option<T>, D::Error>
where
    D: Deserializer<'de>,
    T: DeserializeOwned,
{
    let value = Value::deserialize(deserializer)?;
    Ok(serde_json::from_value(value).ok())
}

/// A text that some answers give as a number.
pub(crate) fn text_or_number<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<String, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Either {
        Text(String),
        Whole(i64),
    }
    Ok(match Option::<Either>::deserialize(deserializer)? {
        Some(Either::Text(text)) => text,
        Some(Either::Whole(number)) => number.to_string(),
        None => String::new(),
    })
}

/// A day that the API writes as a date or as a date-time at midnight without zone.
pub(crate) mod day {
    use super::{Deserialize, Deserializer, Serialize};
    use chrono::NaiveDate;
    use serde::Serializer;

    pub(crate) fn serialize<S: Serializer>(
        day: &Option<NaiveDate>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        day.serialize(serializer)
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Option<NaiveDate>, D::Error> {
        let Some(text) = Option::<String>::deserialize(deserializer)? else {
            return Ok(None);
        };
        let day = text.split_once('T').map_or(text.as_str(), |(day, _)| day);
        day.parse().map(Some).map_err(serde::de::Error::custom)
    }
}
