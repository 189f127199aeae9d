//! How the window looks and behaves on this desk. Kept in one small file; what it means is the window's business.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::documents::Format;

/// The file of the settings.
pub const FILE: &str = "settings.json";
/// The document in it.
pub const FORMAT: Format = Format::kept("front-desk-settings");

/// Colours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum Theme {
    /// As the system has it.
    #[default]
    System,
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
    /// Strong contrast.
    Contrast,
}

/// Room around things.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum Density {
    /// Ample.
    #[default]
    Comfortable,
    /// Tight.
    Compact,
}

/// The language of the window.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum Language {
    /// As the system has it.
    #[default]
    System,
    /// English.
    En,
}

/// The direction of the layout.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum Direction {
    /// The language's own.
    #[default]
    Auto,
    /// Left to right.
    Ltr,
    /// Right to left.
    Rtl,
}

/// The settings of this desk.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct Settings {
    /// Colours.
    pub theme: Theme,
    /// Room around things.
    pub density: Density,
    /// Language.
    pub language: Language,
    /// Direction.
    pub direction: Direction,
    /// Whether single letters are shortcuts; chords always are.
    pub single_key_shortcuts: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            theme: Theme::default(),
            density: Density::default(),
            language: Language::default(),
            direction: Direction::default(),
            single_key_shortcuts: true,
        }
    }
}
