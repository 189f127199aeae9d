//! An appointment as an iCalendar file (RFC 5545, and RFC 5546 for a published event), for Thunderbird, Google and Outlook.
//!
//! The event keeps its UID when it is moved and counts its SEQUENCE up, so that a calendar that has the old time takes the
//! new one in its place. There is no ORGANIZER, which RFC 5546 wants for a published event: Cubu gives no address of the
//! organisation, and one that was made up would be written to.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use cubu_s2s::CaseId;
use serde::Serialize;
use ts_rs::TS;

use super::{
    message,
    occasion::Occasion,
    words::{Words, clock},
    zone_rules,
};
use crate::{
    messages,
    text::Text,
    zones::{self, Instant},
};

/// Octets of a line at most, without its end.
const LINE: usize = 75;

/// Where an appointment comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lineage {
    /// The case it was first booked as.
    pub origin: CaseId,
    /// How often it was moved since.
    pub moves: u32,
}

/// A file for a calendar.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CalendarFile {
    /// The name to suggest for it. It names nobody.
    pub file_name: String,
    /// What belongs in it.
    pub text: String,
}

/// Writes the file, or says why there can be none.
pub fn write(
    occasion: &Occasion,
    words: &Words,
    lineage: &Lineage,
    now: DateTime<Utc>,
) -> Result<CalendarFile, Text> {
    let Some(begins) = occasion.begins else {
        return Err(match (&occasion.unknown_zone, occasion.at) {
            (_, None) => messages::paper_no_time(),
            (Some(zone), _) => messages::zone_unknown(zone.as_str()),
            (None, _) => messages::paper_no_zone(),
        });
    };
    let ends = occasion.ends();
    let zone = occasion.zone.filter(|zone| {
        [Some(begins), ends]
            .into_iter()
            .flatten()
            .all(|at| is_plain(*zone, at))
    });
    let mut lines = vec![
        "BEGIN:VCALENDAR".to_owned(),
        "VERSION:2.0".to_owned(),
        "PRODID:-//Front Desk for Cubu//Appointments//EN".to_owned(),
        "CALSCALE:GREGORIAN".to_owned(),
        "METHOD:PUBLISH".to_owned(),
    ];
    if let Some(zone) = zone {
        lines.extend(zone_rules::lines(zone, begins, ends.unwrap_or(begins)));
    }
    lines.extend([
        "BEGIN:VEVENT".to_owned(),
        format!("UID:{}@front-desk-for-cubu", lineage.origin),
        format!("SEQUENCE:{}", lineage.moves),
        format!("DTSTAMP:{}", now.format("%Y%m%dT%H%M%SZ")),
        moment("DTSTART", begins, zone),
    ]);
    lines.extend(ends.map(|ends| moment("DTEND", ends, zone)));
    let tag = words.language().tag;
    let mut say = |name: &str, text: &str| {
        lines.push(format!("{name};LANGUAGE={tag}:{}", escaped(text)));
    };
    say("SUMMARY", &summary(occasion, words));
    if let Some(place) = &occasion.place {
        say("LOCATION", place);
    }
    say("DESCRIPTION", &message::of_appointment(occasion, words));
    lines.extend(
        occasion
            .meeting
            .as_ref()
            .map(|url| format!("URL:{}", one_line(url))),
    );
    lines.extend(
        [
            "STATUS:CONFIRMED",
            "TRANSP:OPAQUE",
            "END:VEVENT",
            "END:VCALENDAR",
        ]
        .map(str::to_owned),
    );
    let time = occasion.at.map(|at| clock(at.minute).replace(':', ""));
    let name = [
        Some("appointment".to_owned()),
        Some(occasion.date.to_string()),
        time,
    ];
    Ok(CalendarFile {
        file_name: name.into_iter().flatten().collect::<Vec<_>>().join("-") + ".ics",
        text: lines.iter().map(|line| folded(line)).collect(),
    })
}

fn summary(occasion: &Occasion, words: &Words) -> String {
    let place = occasion.place.as_ref().unwrap_or(&occasion.organization);
    match occasion.service_type.as_ref().or(occasion.service.as_ref()) {
        Some(service) => words.fill("event-for", &[("service", service), ("place", place)]),
        None => words.fill("event-appointment", &[("place", place)]),
    }
}

/// Whether the wall clock tells a moment by itself. An hour that comes twice is its first time by RFC 5545, and its second
/// to some who read it: such moments are written in UTC.
fn is_plain(zone: Tz, at: DateTime<Utc>) -> bool {
    let shown = zones::wall_clock(at, &zone);
    let minute = DateTime::from_timestamp(at.timestamp().div_euclid(60) * 60, 0);
    matches!(zones::instant(shown.date, shown.minute, &zone), Instant::Once(read) if Some(read) == minute)
}

fn moment(name: &str, at: DateTime<Utc>, zone: Option<Tz>) -> String {
    match zone {
        Some(zone) => {
            let local = at.with_timezone(&zone);
            format!(
                "{name};TZID={}:{}",
                zone.name(),
                local.format("%Y%m%dT%H%M%S")
            )
        }
        None => format!("{name}:{}", at.format("%Y%m%dT%H%M%SZ")),
    }
}

/// A text value: what means something in one is escaped, and no other control character gets in.
fn escaped(text: &str) -> String {
    let mut written = String::with_capacity(text.len());
    for letter in text.replace("\r\n", "\n").chars() {
        match letter {
            '\\' | ';' | ',' => written.extend(['\\', letter]),
            '\n' => written.push_str("\\n"),
            other if other.is_control() => {}
            other => written.push(other),
        }
    }
    written
}

fn one_line(text: &str) -> String {
    text.chars().filter(|letter| !letter.is_control()).collect()
}

/// A line with its end, folded so that no part is longer than 75 octets and no letter is torn apart.
fn folded(line: &str) -> String {
    let mut written = String::with_capacity(line.len() + 8);
    let mut used = 0;
    for letter in line.chars() {
        if used + letter.len_utf8() > LINE {
            written.push_str("\r\n ");
            used = 1;
        }
        written.push(letter);
        used += letter.len_utf8();
    }
    written + "\r\n"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_line_is_longer_than_75_octets_and_no_letter_is_torn() {
        for letter in ["a", "ש", "€", "𝄞", "\u{2068}"] {
            let line = format!("SUMMARY:{}", letter.repeat(200));
            let written = folded(&line);
            let parts: Vec<_> = written
                .strip_suffix("\r\n")
                .unwrap()
                .split("\r\n")
                .collect();
            assert!(parts.iter().all(|part| part.len() <= 75), "{letter}");
            assert!(parts[1..].iter().all(|part| part.starts_with(' ')));
            assert_eq!(written.replace("\r\n ", ""), line + "\r\n");
        }
        assert_eq!(folded("END:VEVENT"), "END:VEVENT\r\n");
    }

    #[test]
    fn nothing_in_a_name_can_end_its_line() {
        for (text, expected) in [
            ("Dana; Levi, Co\\Sons", "Dana\\; Levi\\, Co\\\\Sons"),
            ("one\r\ntwo\nEND:VEVENT", "one\\ntwo\\nEND:VEVENT"),
            ("bell\u{7} tab\t cr\r", "bell tab cr"),
        ] {
            assert_eq!(escaped(text), expected);
        }
    }
}
