//! Reading error bodies, whose form is not documented: an `errorCode` and a message are looked for at the top level and one
//! level down; text, HTML and nothing at all are taken as they are.

use serde_json::{Map, Value};

use crate::error::{Refusal, ServerMessage};

const MESSAGE_NAMES: [&str; 5] = ["message", "errorMessage", "error", "title", "detail"];
const LONGEST_MESSAGE: usize = 300;

pub(crate) fn refusal(status: u16, body: &[u8]) -> Refusal {
    let (error_code, message) = match serde_json::from_slice::<Value>(body) {
        Ok(Value::Object(object)) => (
            find(&object, |object| object.get("errorCode").and_then(code)),
            find(&object, message),
        ),
        Ok(Value::String(text)) => (None, Some(text)),
        Ok(_) => (None, None),
        Err(_) => (None, plain_text(body)),
    };
    let message = message
        .map(|text| tidy(&text))
        .filter(|text| !text.is_empty());
    Refusal {
        status,
        error_code,
        message: message.map(ServerMessage),
    }
}

/// Looks at the object itself, then at the objects in it and in its arrays.
fn find<T>(
    object: &Map<String, Value>,
    look: impl Fn(&Map<String, Value>) -> Option<T>,
) -> Option<T> {
    look(object).or_else(|| {
        object
            .values()
            .flat_map(|value| match value {
                Value::Array(items) => items.as_slice(),
                single => std::slice::from_ref(single),
            })
            .filter_map(Value::as_object)
            .find_map(&look)
    })
}

fn code(value: &Value) -> Option<u32> {
    match value {
        Value::Number(number) => number
            .as_u64()
            .and_then(|number| u32::try_from(number).ok()),
        Value::String(text) => text.trim().parse().ok(),
        _ => None,
    }
}

fn message(object: &Map<String, Value>) -> Option<String> {
    MESSAGE_NAMES
        .iter()
        .filter_map(|name| object.get(*name)?.as_str())
        .find(|text| !text.trim().is_empty())
        .map(str::to_owned)
}

fn plain_text(body: &[u8]) -> Option<String> {
    let text = std::str::from_utf8(body).ok()?.trim();
    // Markup, or JSON that broke off, is nothing to show.
    (!text.starts_with(['<', '{', '['])).then(|| text.to_owned())
}

fn tidy(text: &str) -> String {
    let words: Vec<&str> = text
        .split(|c: char| c.is_whitespace() || c.is_control())
        .collect();
    let words: Vec<&str> = words.into_iter().filter(|word| !word.is_empty()).collect();
    words.join(" ").chars().take(LONGEST_MESSAGE).collect()
}
