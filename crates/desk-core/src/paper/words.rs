//! The words of papers for customers, in the customer's language: a Fluent catalogue each, apart from the screens' own.
//! Whatever is put into a sentence is isolated, so that a name or a number does not turn the sentence around.

use chrono::{Datelike, NaiveDate};
use fluent_bundle::{FluentArgs, FluentBundle, FluentResource};
use serde::Serialize;
use ts_rs::TS;

/// The languages there are words for, the first for everybody else.
const LANGUAGES: &[Language] = &[
    Language {
        tag: "en",
        name: "English",
        direction: Direction::Ltr,
        source: include_str!("texts/en.ftl"),
    },
    Language {
        tag: "he",
        name: "עברית",
        direction: Direction::Rtl,
        source: include_str!("texts/he.ftl"),
    },
    Language {
        tag: "ar",
        name: "العربية",
        direction: Direction::Rtl,
        source: include_str!("texts/ar.ftl"),
    },
];

/// Which way a language is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(rename = "PaperDirection")]
pub enum Direction {
    /// From left to right.
    Ltr,
    /// From right to left.
    Rtl,
}

/// A language that papers can be in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PaperLanguage {
    /// Its tag.
    pub tag: &'static str,
    /// Its name in itself.
    pub name: &'static str,
    /// Which way it is written.
    pub direction: Direction,
}

struct Language {
    tag: &'static str,
    name: &'static str,
    direction: Direction,
    source: &'static str,
}

impl Language {
    fn shown(&self) -> PaperLanguage {
        PaperLanguage {
            tag: self.tag,
            name: self.name,
            direction: self.direction,
        }
    }
}

/// Every language papers can be in.
pub fn languages() -> Vec<PaperLanguage> {
    LANGUAGES.iter().map(Language::shown).collect()
}

/// The words of one language.
pub struct Words {
    language: &'static Language,
    bundle: FluentBundle<FluentResource>,
}

const FIRST_STRONG_ISOLATE: char = '\u{2068}';
const POP_ISOLATE: char = '\u{2069}';

impl Words {
    /// The words of the first language asked for that there are words in.
    pub fn for_customer(asked: &[Option<&str>]) -> Self {
        let found = asked.iter().flatten().find_map(|tag| of_tag(tag));
        Self::of(found.unwrap_or(&LANGUAGES[0]))
    }

    fn of(language: &'static Language) -> Self {
        // Syntax errors cost the messages they touch; a test holds the catalogues free of them.
        let resource = FluentResource::try_new(language.source.to_owned());
        let mut bundle = FluentBundle::default();
        bundle.add_resource_overriding(resource.unwrap_or_else(|(partly, _)| partly));
        Self { language, bundle }
    }

    /// The language.
    pub fn language(&self) -> PaperLanguage {
        self.language.shown()
    }

    /// A message without anything put into it.
    pub fn say(&self, id: &str) -> String {
        self.fill(id, &[])
    }

    /// A message with what belongs into it; its bare id when the catalogue lacks it.
    pub fn fill(&self, id: &str, values: &[(&'static str, &str)]) -> String {
        let Some(pattern) = self.bundle.get_message(id).and_then(|found| found.value()) else {
            return id.to_owned();
        };
        let args: FluentArgs<'_> = values.iter().map(|(name, value)| (*name, *value)).collect();
        let text = self
            .bundle
            .format_pattern(pattern, Some(&args), &mut Vec::new())
            .into_owned();
        // Where nothing runs the other way they would only make a short message dearer.
        if self.language.direction == Direction::Ltr && !text.chars().any(is_right_to_left) {
            return without_isolates(&text);
        }
        text
    }

    /// A day, with its weekday.
    pub fn date(&self, date: NaiveDate) -> String {
        let weekday = self.say(&format!("weekday-{}", date.weekday().number_from_monday()));
        let month = self.say(&format!("month-{}", date.month()));
        let filled = self.fill(
            "date",
            &[
                ("weekday", &weekday),
                ("day", &date.day().to_string()),
                ("month", &month),
                ("year", &date.year().to_string()),
            ],
        );
        without_isolates(&filled)
    }
}

/// Minutes past midnight as a clock shows them.
pub fn clock(minute: u16) -> String {
    format!("{:02}:{:02}", minute / 60, minute % 60)
}

/// By the first part of a tag; Hebrew went by another name once.
fn of_tag(tag: &str) -> Option<&'static Language> {
    let first = tag.trim().split(['-', '_']).next()?;
    let first = if first.eq_ignore_ascii_case("iw") {
        "he"
    } else {
        first
    };
    LANGUAGES
        .iter()
        .find(|language| language.tag.eq_ignore_ascii_case(first))
}

fn without_isolates(text: &str) -> String {
    text.replace([FIRST_STRONG_ISOLATE, POP_ISOLATE], "")
}

fn is_right_to_left(letter: char) -> bool {
    matches!(letter, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}')
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn ids(source: &str) -> BTreeSet<&str> {
        source
            .lines()
            .filter(|line| line.starts_with(|letter: char| letter.is_ascii_lowercase()))
            .filter_map(|line| line.split_once(" =").map(|(id, _)| id))
            .collect()
    }

    #[test]
    fn every_language_says_the_same_things() {
        let english = ids(LANGUAGES[0].source);
        assert!(english.contains("slip-time"));
        for language in LANGUAGES {
            assert!(
                FluentResource::try_new(language.source.to_owned()).is_ok(),
                "{}",
                language.tag
            );
            assert_eq!(ids(language.source), english, "{}", language.tag);
        }
    }

    #[test]
    fn a_language_is_found_by_any_tag_of_it_and_english_is_for_everybody_else() {
        for (asked, found) in [
            (vec![Some("he-IL")], "he"),
            (vec![Some("iw")], "he"),
            (vec![Some("AR_eg")], "ar"),
            (vec![Some("ru"), Some("he")], "he"),
            (vec![None, Some("fr-FR")], "en"),
            (vec![], "en"),
        ] {
            assert_eq!(
                Words::for_customer(&asked).language().tag,
                found,
                "{asked:?}"
            );
        }
    }

    #[test]
    fn days_are_written_as_each_language_writes_them() {
        let day = "2026-11-24".parse().unwrap();
        for (tag, text) in [
            ("en", "Tuesday 24 November 2026"),
            ("he", "יום שלישי, 24 בנובמבר 2026"),
            ("ar", "الثلاثاء 24/11/2026"),
        ] {
            assert_eq!(Words::for_customer(&[Some(tag)]).date(day), text);
        }
    }

    #[test]
    fn what_is_put_in_is_isolated_only_where_two_directions_meet() {
        let place = |tag, place| {
            Words::for_customer(&[Some(tag)]).fill("message-place", &[("place", place)])
        };
        assert_eq!(place("en", "Town hall"), "Where: Town hall");
        assert_eq!(place("en", "מרפאה"), "Where: \u{2068}מרפאה\u{2069}");
        assert_eq!(place("he", "Town hall"), "היכן: \u{2068}Town hall\u{2069}");
    }
}
