//! How the window looks and behaves on this desk. Kept in one small file; what it means is the window's business.

use std::{ops::RangeInclusive, sync::PoisonError, time::Duration};

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{
    desk::Desk,
    documents::{self, Format},
    error::Error,
    logging, messages,
};

/// The file of the settings.
pub const FILE: &str = "settings.json";
/// The document in it.
pub const FORMAT: Format = Format::kept("front-desk-settings");

/// The longest wait before something leaves, in seconds.
const LONGEST_UNDO: u8 = 30;
/// For how many days things may be kept.
const KEEP_DAYS: RangeInclusive<u16> = 1..=365;

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
    /// Seconds a cancellation or a resolved case waits before it leaves, so that it can be taken back.
    pub undo_seconds: u8,
    /// Days for which changes are kept on this PC after they are settled, and drafts and days beside them.
    pub keep_days: u16,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            theme: Theme::default(),
            density: Density::default(),
            language: Language::default(),
            direction: Direction::default(),
            single_key_shortcuts: true,
            undo_seconds: 8,
            keep_days: 30,
        }
    }
}

impl Settings {
    /// Refuses what makes no sense.
    pub fn check(&self) -> Result<(), Error> {
        if self.undo_seconds > LONGEST_UNDO {
            let range = messages::field_out_of_range(0, i32::from(LONGEST_UNDO));
            return Err(Error::field("settings.undoSeconds", range));
        }
        if !KEEP_DAYS.contains(&self.keep_days) {
            let (least, most) = (i32::from(*KEEP_DAYS.start()), i32::from(*KEEP_DAYS.end()));
            let range = messages::field_out_of_range(least, most);
            return Err(Error::field("settings.keepDays", range));
        }
        Ok(())
    }

    /// For how many days things are kept. The file may say more than [`Settings::check`] lets through.
    pub fn days_kept(&self) -> u16 {
        self.keep_days.clamp(*KEEP_DAYS.start(), *KEEP_DAYS.end())
    }

    /// How long what can be taken back waits. The file may say more than [`Settings::check`] lets through.
    pub fn undo_time(&self) -> Duration {
        Duration::from_secs(u64::from(self.undo_seconds.min(LONGEST_UNDO)))
    }
}

impl Desk {
    /// The settings.
    pub fn settings(&self) -> Settings {
        *self.settings.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Saves the settings.
    pub fn save_settings(&self, changed: Settings) -> Result<(), Error> {
        let mut settings = self.settings.lock().unwrap_or_else(PoisonError::into_inner);
        documents::save(&self.data_dir().join(FILE), &changed, FORMAT)?;
        *settings = changed;
        self.tidy_log(&changed);
        Ok(())
    }

    /// Removes what the log has held for longer than is asked for. By this PC's clock: so are its files named.
    pub(crate) fn tidy_log(&self, settings: &Settings) {
        let folder = self.data_dir().join(logging::FOLDER);
        let today = self.clock().now().date_naive();
        if let Err(failure) = logging::tidy(&folder, today, settings.days_kept()) {
            tracing::warn!(%failure, "old files of the log are left");
        }
    }

    /// From now on these, whatever is on disk.
    pub(crate) fn replace_settings(&self, settings: Settings) {
        *self.settings.lock().unwrap_or_else(PoisonError::into_inner) = settings;
    }
}
