//! What the program says, as a Fluent message id with its arguments. The words are in `ui/locales/*/errors.ftl`:
//! the window formats them there, and [`format`] does it here for the command line.

use std::{borrow::Cow, collections::BTreeMap};

use fluent_bundle::{FluentArgs, FluentBundle, FluentResource, FluentValue};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The English messages.
pub const ENGLISH: &str = include_str!("../../../ui/locales/en/errors.ftl");

/// One argument of a message.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(untagged)]
pub enum Argument {
    /// Words, shown as they are.
    Words(String),
    /// A number, shown as the language writes numbers.
    Number(i32),
}

impl From<String> for Argument {
    fn from(words: String) -> Self {
        Self::Words(words)
    }
}

impl From<&str> for Argument {
    fn from(words: &str) -> Self {
        Self::Words(words.to_owned())
    }
}

impl From<i32> for Argument {
    fn from(number: i32) -> Self {
        Self::Number(number)
    }
}

/// A message by its Fluent id and arguments.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct Text {
    /// The Fluent message id.
    pub id: String,
    /// The arguments the message names.
    #[ts(type = "{ [key in string]: string | number }")]
    pub args: BTreeMap<Cow<'static, str>, Argument>,
}

impl Text {
    /// A message by the name of its function in [`crate::messages`].
    pub(crate) fn named(
        name: &str,
        args: impl IntoIterator<Item = (&'static str, Argument)>,
    ) -> Self {
        Self {
            id: name.replace('_', "-"),
            args: args
                .into_iter()
                .map(|(name, value)| (Cow::Borrowed(name), value))
                .collect(),
        }
    }
}

/// The English words of a message, or its bare id when the catalogue lacks it.
pub fn format(text: &Text) -> String {
    format_with(text, &mut Vec::new()).unwrap_or_else(|| text.id.clone())
}

/// Like [`format`], for the test that holds the catalogue complete: hands out what went wrong.
pub(crate) fn format_with(text: &Text, problems: &mut Vec<String>) -> Option<String> {
    // Syntax errors cost the messages they touch; a test holds the file free of them.
    let resource =
        FluentResource::try_new(ENGLISH.to_owned()).unwrap_or_else(|(partly, faults)| {
            problems.extend(faults.iter().map(ToString::to_string));
            partly
        });
    let mut bundle = FluentBundle::default();
    bundle.set_use_isolating(false);
    if let Err(faults) = bundle.add_resource(&resource) {
        problems.extend(faults.iter().map(ToString::to_string));
    }
    let args: FluentArgs<'_> = text
        .args
        .iter()
        .map(|(name, value)| {
            let value = match value {
                Argument::Words(words) => FluentValue::from(words.as_str()),
                Argument::Number(number) => FluentValue::from(*number),
            };
            (Cow::Borrowed(name.as_ref()), value)
        })
        .collect();
    let pattern = bundle.get_message(&text.id)?.value()?;
    let mut faults = Vec::new();
    let words = bundle
        .format_pattern(pattern, Some(&args), &mut faults)
        .into_owned();
    problems.extend(faults.iter().map(ToString::to_string));
    Some(words)
}
