//! An export as JSON Lines. Header and content stand in it as JSON, letter for letter as they were hashed.

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use super::{
    chain::{Content, Sealed},
    line::{End, Line, NoLine, Start},
};

#[derive(Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Fields {
    #[serde(skip_serializing_if = "Option::is_none")]
    start: Option<Start>,
    #[serde(skip_serializing_if = "Option::is_none")]
    header: Option<Box<RawValue>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    state: Option<State>,
    #[serde(skip_serializing_if = "Option::is_none")]
    content: Option<Box<RawValue>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    salt: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    digest: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    hash: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    end: Option<End>,
}

#[derive(Clone, Copy, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum State {
    Whole,
    Forgotten,
    Withheld,
}

/// A line, without what ends it.
pub fn write(line: Line) -> serde_json::Result<String> {
    let fields = match line {
        Line::Start(start) => Fields {
            start: Some(start),
            ..Fields::default()
        },
        Line::End(end) => Fields {
            end: Some(end),
            ..Fields::default()
        },
        Line::Entry(entry) => {
            let (state, salt, content) = match entry.content {
                Content::Whole { salt, text } => (State::Whole, Some(salt), Some(text)),
                Content::Forgotten => (State::Forgotten, None, None),
                Content::Withheld => (State::Withheld, None, None),
            };
            Fields {
                header: Some(RawValue::from_string(entry.header)?),
                state: Some(state),
                content: content.map(RawValue::from_string).transpose()?,
                salt,
                digest: Some(entry.digest),
                hash: Some(entry.hash),
                ..Fields::default()
            }
        }
    };
    serde_json::to_string(&fields)
}

/// Reads a line.
pub fn read(line: &str) -> Result<Line, NoLine> {
    match serde_json::from_str(line).map_err(|_| NoLine)? {
        Fields {
            start: Some(start),
            header: None,
            state: None,
            content: None,
            salt: None,
            digest: None,
            hash: None,
            end: None,
        } => Ok(Line::Start(start)),
        Fields {
            start: None,
            header: None,
            state: None,
            content: None,
            salt: None,
            digest: None,
            hash: None,
            end: Some(end),
        } => Ok(Line::End(end)),
        Fields {
            start: None,
            header: Some(header),
            state: Some(state),
            content,
            salt,
            digest: Some(digest),
            hash: Some(hash),
            end: None,
        } => Ok(Line::Entry(Sealed {
            header: header.get().to_owned(),
            digest,
            hash,
            content: match (state, salt, content) {
                (State::Whole, Some(salt), Some(content)) => Content::Whole {
                    salt,
                    text: content.get().to_owned(),
                },
                (State::Forgotten, None, None) => Content::Forgotten,
                (State::Withheld, None, None) => Content::Withheld,
                _ => return Err(NoLine),
            },
        })),
        _ => Err(NoLine),
    }
}
