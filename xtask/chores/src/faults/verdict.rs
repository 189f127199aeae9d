//! Comparing what the clerks were told with what Cubu did.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::{
    agents::word,
    eyes::beyond_knowing,
    ledger::{Ledger, id_of},
    moved,
    moving::MOVE,
    story::{End, Story},
};

/// What is wrong with a story.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wrong {
    /// Asked for once, done twice.
    Doubled,
    /// Told as done, and not done.
    Lost,
    /// Told as not done, and done; told as done with another id; or not told at all, and done.
    WronglyReported,
    /// Nobody knows after a long time.
    Stuck,
    /// Told as not known, and the ledger shows nothing that keeps a read from telling.
    Unexplained,
}

/// What is wrong with a story, if anything.
pub fn judge(index: usize, stories: &[Story], ledger: &Ledger<'_>) -> Option<Wrong> {
    let story = &stories[index];
    let wrong = if story.command == MOVE {
        moved::judge(index, stories, ledger)
    } else {
        judge_change(index, stories, ledger)
    };
    let unexplained = || {
        let mut eyes = story.eyes.iter();
        eyes.any(|looked| beyond_knowing(story, *looked, ledger).is_none())
            .then_some(Wrong::Unexplained)
    };
    wrong.or_else(unexplained)
}

fn judge_change(index: usize, stories: &[Story], ledger: &Ledger<'_>) -> Option<Wrong> {
    let story = &stories[index];
    let own = ledger.of(index);
    let effects = own.iter().filter(|line| line.changed).count();
    // Announcing somebody twice changes nothing.
    if effects > 1 && story.command != "call_again" && !was_wanted_anew(index, story, ledger) {
        return Some(Wrong::Doubled);
    }
    match &story.end {
        End::Done(answer) => done(index, story, answer, ledger),
        End::NotDone(_) | End::Untold => {
            let made = !ledger.of(index).is_empty();
            (made && !is_as_good(index, stories, ledger)).then_some(Wrong::WronglyReported)
        }
        End::Open | End::Stuck => Some(Wrong::Stuck),
        End::Dropped | End::Harmless => None,
    }
}

/// Whether it is as good as not made. A case is cancelled or resolved only once: a second story about it finds it so, and calling
/// the next customer may resolve it later. And what somebody else has undone before anybody looked is not so any more.
fn is_as_good(index: usize, stories: &[Story], ledger: &Ledger<'_>) -> bool {
    let story = &stories[index];
    let later = || ledger.of(index).iter().all(|line| story.ended() < line.at);
    match story.command {
        "cancel_appointment" => ledger.by_another(index, stories),
        "resolve_case" => ledger.by_another(index, stories) || later(),
        command => is_a_state(command) && !ledger.stood(index),
    }
}

/// Whether every effect after the first followed upon the clerk's word, given when somebody else had undone the one before.
fn was_wanted_anew(index: usize, story: &Story, ledger: &Ledger<'_>) -> bool {
    let own = ledger.of(index);
    let effects: Vec<_> = own.iter().filter(|line| line.changed).collect();
    is_a_state(story.command)
        && effects
            .windows(2)
            .all(|pair| ledger.told_undone(index, story, pair[0].at, pair[1].at))
}

/// Whether it makes something be so that somebody else can undo.
fn is_a_state(command: &str) -> bool {
    matches!(
        command,
        "occupy_workstation" | "vacate_workstation" | "select_current_unit"
    )
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
                .booking(told)
                .is_some_and(|line| is_twin(&story.request, line.facts));
            (!twin).then_some(Wrong::Lost)
        }
        _ => (own.is_empty() && !ledger.stood(index)).then_some(Wrong::Lost),
    }
}

/// Whether another desk booked the very same for the very same person.
pub fn is_twin(booking: &Value, facts: &Value) -> bool {
    let same = |asked: &str, written: &str| booking[asked] == facts[written];
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
    /// Why, for each that is not a walk-in: of a walk-in there is one reason only.
    pub reasons: Vec<Value>,
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
            if let Some(looked) = story.eyes.last() {
                *figures.unknown.entry(story.command).or_default() += 1;
                if story.command != "queue_up" {
                    figures.reasons.push(json!({
                        "act": story.number,
                        "call": story.command,
                        "because": beyond_knowing(story, *looked, ledger),
                    }));
                }
            }
            let told = match &story.end {
                End::Done(view) if story.command == MOVE => word(&view["state"]),
                End::Done(_) => "done".to_owned(),
                End::NotDone(code) => code.clone(),
                End::Dropped => "dropped after a look".to_owned(),
                End::Harmless => "not known, and harmless".to_owned(),
                End::Untold => "nothing".to_owned(),
                End::Open | End::Stuck => "still settling".to_owned(),
            };
            *figures.told.entry(told).or_default() += 1;
            *figures.calls.entry(story.command).or_default() += 1;
            let own = ledger.of(index);
            let done = matches!(&story.end, End::Done(_));
            figures.twins +=
                usize::from(done && own.is_empty() && story.command == "book_appointment");
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
    let mut lines = ledger.about(story);
    lines.extend(ledger.around(story));
    lines.sort_by_key(|line| line.at);
    lines.dedup_by_key(|line| line.facts["number"].as_u64());
    let lines: Vec<_> = lines
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

#[cfg(test)]
mod tests {
    use chrono::{DateTime, TimeDelta, Utc};

    use super::*;

    fn at(second: i64) -> DateTime<Utc> {
        DateTime::UNIX_EPOCH + TimeDelta::seconds(second)
    }

    /// Somebody takes a workstation at second 0 and is told these things; the ledger has these lines about it.
    fn judged(told: &[(i64, &str)], lines: &[(i64, &str, &str)]) -> Option<Wrong> {
        let request = json!({ "userId": "dana", "workstationId": "counter 1" });
        let mut story = Story::new(1, 0, "occupy_workstation", request, String::new());
        story.asked = at(0);
        story.told = told
            .iter()
            .map(|(when, words)| (at(*when), (*words).to_owned()))
            .collect();
        story.end = End::Done(Value::Null);
        let entries: Vec<_> = lines
            .iter()
            .map(|(when, endpoint, user)| {
                json!({ "at": at(*when).to_rfc3339(), "endpoint": endpoint, "userId": user, "workstationId": "counter 1" })
            })
            .collect();
        let stories = [story];
        judge(0, &stories, &Ledger::read(&entries, &stories, &Value::Null))
    }

    #[test]
    fn what_was_undone_by_somebody_else_and_told_so_may_be_wanted_anew() {
        let undone = [
            (1, "OccupyWorkstation", "dana"),
            (3, "VacateWorkstation", "avi"),
            (7, "OccupyWorkstation", "dana"),
        ];
        assert_eq!(
            judged(&[(5, "not done: did_not_happen"), (8, "done")], &undone),
            None
        );
        let never_told = judged(&[(8, "done")], &undone);
        assert_eq!(never_told, Some(Wrong::Doubled));
        let told_before = judged(&[(2, "not done: did_not_happen"), (8, "done")], &undone);
        assert_eq!(told_before, Some(Wrong::Doubled));
    }
}
