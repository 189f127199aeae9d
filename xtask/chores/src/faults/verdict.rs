//! Comparing what the clerks were told with what Cubu did.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::{
    ledger::{Ledger, id_of},
    story::{End, Story},
};

/// Calls of which no read can prove everything: see the module's head for the reasons.
pub const BEYOND_KNOWING: [&str; 3] = ["queue_up", "book_appointment", "update_customer"];

/// What is wrong with a story.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wrong {
    /// Asked for once, done twice.
    Doubled,
    /// Told as done, and not done.
    Lost,
    /// Told as not done, and done; told as done with another id; or not told at all, and done.
    WronglyReported,
    /// Nobody knows.
    Stuck,
}

/// What is wrong with a story, if anything.
pub fn judge(index: usize, stories: &[Story], ledger: &Ledger<'_>) -> Option<Wrong> {
    let story = &stories[index];
    let own = ledger.of(index);
    let effects = own.iter().filter(|line| line.changed).count();
    // Announcing somebody twice changes nothing.
    if effects > 1 && story.command != "call_again" {
        return Some(Wrong::Doubled);
    }
    match &story.end {
        End::Done(answer) => done(index, story, answer, ledger),
        End::NotDone(_) | End::Untold => {
            let wrong = own
                .iter()
                .any(|line| line.at <= story.ended() && !by_another(index, stories));
            wrong.then_some(Wrong::WronglyReported)
        }
        End::Open | End::Stuck => Some(Wrong::Stuck),
        End::Dropped | End::Harmless => None,
    }
}

/// A case is cancelled or resolved only once: a second story about it finds it so.
fn by_another(index: usize, stories: &[Story]) -> bool {
    let story = &stories[index];
    matches!(story.command, "cancel_appointment" | "resolve_case")
        && stories.iter().enumerate().any(|(other, rival)| {
            other != index
                && rival.command == story.command
                && rival.request["caseId"] == story.request["caseId"]
                && !matches!(rival.end, End::NotDone(_) | End::Untold)
        })
}

fn done(index: usize, story: &Story, answer: &Value, ledger: &Ledger<'_>) -> Option<Wrong> {
    let own = ledger.of(index);
    let told = id_of(answer);
    match (story.command, told) {
        // Nobody was waiting.
        ("start_next_case", None) if own.is_empty() => None,
        ("start_next_case", None) => Some(Wrong::WronglyReported),
        ("cancel_appointment" | "resolve_case" | "call_again", _) => {
            ledger.about(story).is_empty().then_some(Wrong::Lost)
        }
        (_, Some(told)) if !own.is_empty() => {
            let same = own.iter().any(|line| id_of(line.facts) == Some(told));
            (!same).then_some(Wrong::WronglyReported)
        }
        ("book_appointment", Some(told)) => {
            let twin = ledger
                .with_id(story.command, told)
                .is_some_and(|line| is_twin(story, line.facts));
            (!twin).then_some(Wrong::Lost)
        }
        _ => (own.is_empty() && !ledger.stood(index)).then_some(Wrong::Lost),
    }
}

/// Whether another desk booked the very same for the very same person.
pub fn is_twin(story: &Story, facts: &Value) -> bool {
    let same = |asked: &str, written: &str| story.request[asked] == facts[written];
    same("serviceId", "serviceId")
        && same("date", "date")
        && same("cuIndex", "cuIndex")
        && same("startTime", "start")
        && same("serviceTypeId", "serviceTypeId")
        && same("customerRecordId", "customerRecordId")
}

/// The figures of a campaign.
#[derive(Default)]
pub struct Figures {
    /// What is wrong, with the stories.
    pub wrong: Vec<(usize, Wrong)>,
    /// How often somebody had to look, by call.
    pub unknown: BTreeMap<&'static str, usize>,
    /// What the clerks were told in the end.
    pub told: BTreeMap<String, usize>,
    /// How often each call was asked for.
    pub calls: BTreeMap<&'static str, usize>,
    /// Told as done with the booking that another desk made of the very same.
    pub twins: usize,
}

impl Figures {
    /// Compares.
    pub fn of(stories: &[Story], ledger: &Ledger<'_>) -> Self {
        let mut figures = Self::default();
        for (index, story) in stories.iter().enumerate() {
            if let Some(wrong) = judge(index, stories, ledger) {
                figures.wrong.push((index, wrong));
            }
            if story.eyes {
                *figures.unknown.entry(story.command).or_default() += 1;
            }
            let told = match &story.end {
                End::Done(_) => "done".to_owned(),
                End::NotDone(code) => code.clone(),
                End::Dropped => "dropped after a look".to_owned(),
                End::Harmless => "not known, and harmless".to_owned(),
                End::Untold => "nothing".to_owned(),
                End::Open | End::Stuck => "still settling".to_owned(),
            };
            *figures.told.entry(told).or_default() += 1;
            *figures.calls.entry(story.command).or_default() += 1;
            let own = matches!(&story.end, End::Done(_)) && ledger.of(index).is_empty();
            figures.twins += usize::from(own && story.command == "book_appointment");
        }
        figures
    }

    /// How many stories are wrong in this way.
    pub fn count(&self, wrong: Wrong) -> usize {
        self.wrong
            .iter()
            .filter(|(_, other)| *other == wrong)
            .count()
    }

    /// Whether everything is as promised.
    pub fn are_good(&self) -> bool {
        self.wrong.is_empty()
            && self
                .unknown
                .keys()
                .all(|call| BEYOND_KNOWING.contains(call))
    }
}

/// A story in full, for whoever looks for the mistake.
pub fn tell(index: usize, wrong: Wrong, stories: &[Story], ledger: &Ledger<'_>) -> String {
    let story = &stories[index];
    let told: Vec<_> = story
        .told
        .iter()
        .map(|(at, words)| format!("    {} {words}", at.format("%T%.3f")))
        .collect();
    let lines: Vec<_> = ledger
        .about(story)
        .iter()
        .map(|line| {
            format!(
                "    {} changed {}: {}",
                line.at.format("%T%.3f"),
                line.changed,
                line.facts
            )
        })
        .collect();
    format!(
        "{wrong:?}: act {} at desk {}, {} {}\n  asked {}\n  told, at last {:?}\n{}\n  in the ledger\n{}\n",
        story.number,
        story.desk,
        story.command,
        json!(story.request),
        story.asked.format("%T%.3f"),
        story.end,
        told.join("\n"),
        lines.join("\n"),
    )
}
