//! Which lines of Cubu's ledger are whose, and which of them changed anything.
//!
//! A story leaves a mark where the call has room for one; where not, the line's agent, case and workstation lead to it, and
//! of several stories about the same the last one that was asked for before the line's time.

use std::collections::{BTreeSet, HashMap};

use chrono::{DateTime, Utc};
use serde_json::Value;

use super::{
    agents::{Agents, word},
    moving::MOVE,
    story::{End, NOT_DONE, Story, is_mark},
    town::list,
};

/// What leads from a story to its lines, and back: an endpoint, and what its lines have in common.
type Key = (String, String);

/// A line of the ledger, read.
pub struct Line<'ledger> {
    /// All of it.
    pub facts: &'ledger Value,
    /// When Cubu accepted it: when it was answered, or when it was done.
    pub at: DateTime<Utc>,
    /// Whether anything was otherwise before.
    pub changed: bool,
}

/// `book_appointment` is `BookAppointment` in the ledger.
pub fn endpoint(command: &str) -> String {
    command
        .split('_')
        .map(|word| {
            let (first, rest) = word.split_at(word.len().min(1));
            format!("{}{rest}", first.to_ascii_uppercase())
        })
        .collect()
}

fn joined(members: &[&Value]) -> String {
    let members: Vec<_> = members.iter().map(|member| member.to_string()).collect();
    members.join(" ")
}

/// By what a story is found. A move is found by what it books, and by what it cancels.
fn keys_of_story(story: &Story) -> Vec<Key> {
    let asked = &story.request;
    let key = match story.command {
        MOVE => {
            let booked = |mark: String| ("BookAppointment".to_owned(), mark);
            return vec![
                booked(story.mark.clone()),
                booked(story.old_mark()),
                cancellation(&asked["from"]["caseId"]),
            ];
        }
        "cancel_appointment" | "resolve_case" | "call_again" => joined(&[&asked["caseId"]]),
        "clock_in" | "select_current_unit" => joined(&[&asked["userId"], &asked["unitId"]]),
        "become_available" => joined(&[&asked["userId"]]),
        "occupy_workstation" | "vacate_workstation" | "start_next_case" => {
            joined(&[&asked["userId"], &asked["workstationId"]])
        }
        _ => story.mark.clone(),
    };
    vec![(endpoint(story.command), key)]
}

fn cancellation(case: &Value) -> Key {
    ("CancelAppointment".to_owned(), joined(&[case]))
}

/// By what a line finds its story.
fn key_of_line(facts: &Value) -> String {
    match facts["endpoint"].as_str().unwrap_or_default() {
        "CancelAppointment" | "ResolveCase" | "CallAgain" => joined(&[&facts["caseId"]]),
        "ClockIn" | "SelectCurrentUnit" => joined(&[&facts["userId"], &facts["unitId"]]),
        "BecomeAvailable" => joined(&[&facts["userId"]]),
        "OccupyWorkstation" | "VacateWorkstation" | "StartNextCase" => {
            joined(&[&facts["userId"], &facts["workstationId"]])
        }
        "ClockOut" | "BecomeUnavailable" => {
            facts["description"].as_str().unwrap_or_default().to_owned()
        }
        _ => {
            let fields = facts["fields"].as_object().into_iter().flatten();
            let mut texts = fields.filter_map(|(_, value)| value.as_str());
            texts
                .find(|text| is_mark(text))
                .unwrap_or_default()
                .to_owned()
        }
    }
}

/// Whether Cubu has made what a story asks for: what somebody finds who looks.
pub fn is_marked(ledger: &[Value], story: &Story) -> bool {
    let keys = keys_of_story(story);
    ledger.iter().any(|facts| {
        moment(facts) >= story.asked
            && keys.contains(&(word(&facts["endpoint"]), key_of_line(facts)))
    })
}

fn moment(facts: &Value) -> DateTime<Utc> {
    let written = facts["answeredAt"]
        .as_str()
        .or_else(|| facts["at"].as_str());
    written
        .and_then(|text| text.parse().ok())
        .unwrap_or(DateTime::UNIX_EPOCH)
}

/// The id that a call answers with and its line holds.
pub fn id_of(facts: &Value) -> Option<&str> {
    ["caseId", "customerRecordId", "recordId"]
        .iter()
        .find_map(|member| facts[*member].as_str())
}

/// One member by another, where both are texts.
fn pairs(list: &[Value], key: &str, value: &str) -> HashMap<String, String> {
    let both = |entry: &Value| Some((entry[key].as_str()?.into(), entry[value].as_str()?.into()));
    list.iter().filter_map(both).collect()
}

/// The ledger with its lines handed to the stories.
pub struct Ledger<'ledger> {
    lines: Vec<Line<'ledger>>,
    /// For each story, its lines.
    of_story: Vec<Vec<usize>>,
    by_key: HashMap<Key, Vec<usize>>,
    /// The stories that a line may belong to.
    rivals: HashMap<Key, Vec<usize>>,
    /// The agents' units at the beginning.
    first_units: HashMap<String, String>,
    /// The workstations' units.
    unit_of_place: HashMap<String, String>,
    /// For each story: whether things stood as it wanted at each of its moments.
    stood: HashMap<usize, Vec<bool>>,
}

impl<'ledger> Ledger<'ledger> {
    /// Reads the ledger for these stories.
    pub fn read(entries: &'ledger [Value], stories: &[Story], world: &Value) -> Self {
        let mut agents = Agents::at_first(world);
        let mut lines = Vec::with_capacity(entries.len());
        let mut by_key: HashMap<_, Vec<usize>> = HashMap::new();
        let moments = stories.iter().enumerate();
        let moments = moments.flat_map(|(index, story)| story.moments().map(move |at| (at, index)));
        let mut moments: Vec<_> = moments.collect();
        moments.sort();
        let mut moments = moments.into_iter().peekable();
        let mut stood: HashMap<_, Vec<bool>> = HashMap::new();
        for (number, facts) in entries.iter().enumerate() {
            let done: DateTime<Utc> = facts["at"]
                .as_str()
                .and_then(|at| at.parse().ok())
                .unwrap_or_default();
            while let Some((_, index)) = moments.next_if(|(at, _)| *at < done) {
                let now = agents.stand_as(&stories[index]);
                stood.entry(index).or_default().push(now);
            }
            by_key
                .entry((word(&facts["endpoint"]), key_of_line(facts)))
                .or_default()
                .push(number);
            let changed = agents.apply(facts);
            lines.push(Line {
                facts,
                at: moment(facts),
                changed,
            });
        }
        for (_, index) in moments {
            let now = agents.stand_as(&stories[index]);
            stood.entry(index).or_default().push(now);
        }
        let mut ledger = Self {
            lines,
            of_story: Vec::new(),
            by_key,
            rivals: HashMap::new(),
            first_units: pairs(list(world, "users"), "userId", "currentUnitId"),
            unit_of_place: pairs(list(world, "workstations"), "workstationId", "unitId"),
            stood,
        };
        ledger.hand_out(stories);
        ledger
    }

    fn hand_out(&mut self, stories: &[Story]) {
        let mut rivals: HashMap<Key, Vec<usize>> = HashMap::new();
        for (index, story) in stories.iter().enumerate() {
            for key in self.keys(story) {
                rivals.entry(key).or_default().push(index);
            }
        }
        let mut of_story = vec![Vec::new(); stories.len()];
        for (key, rivals) in &mut rivals {
            rivals.sort_by_key(|index| stories[*index].asked);
            for number in self.by_key.get(key).into_iter().flatten() {
                let line = &self.lines[*number];
                let told = |index: &&usize| match &stories[**index].end {
                    End::Done(answer) => {
                        answer["caseId"].is_string() && answer["caseId"] == line.facts["caseId"]
                    }
                    _ => false,
                };
                let before = |index: &&usize| stories[**index].asked <= line.at;
                let owner = rivals
                    .iter()
                    .find(told)
                    .or_else(|| rivals.iter().rev().find(before));
                if let Some(owner) = owner {
                    of_story[*owner].push(*number);
                }
            }
        }
        self.rivals = rivals;
        self.of_story = of_story;
    }

    /// All keys of a story, the cancelling of what a move has booked included.
    fn keys(&self, story: &Story) -> BTreeSet<Key> {
        let mut keys: BTreeSet<Key> = keys_of_story(story).into_iter().collect();
        if story.command == MOVE {
            let booked = self.booked_as(&story.mark);
            keys.extend(booked.map(|line| cancellation(&line.facts["caseId"])));
        }
        keys
    }

    /// The lines of a story.
    pub fn of(&self, index: usize) -> Vec<&Line<'ledger>> {
        self.of_story[index]
            .iter()
            .map(|line| &self.lines[*line])
            .collect()
    }

    /// All lines about the same thing, whosoever they are.
    pub fn about(&self, story: &Story) -> Vec<&Line<'ledger>> {
        let keys = self.keys(story);
        let lines = keys.iter().filter_map(|key| self.by_key.get(key)).flatten();
        lines.map(|line| &self.lines[*line]).collect()
    }

    /// Other stories about the same that may have made what this one finds made.
    pub fn by_another(&self, index: usize, stories: &[Story]) -> bool {
        let rivals = self.keys(&stories[index]);
        rivals
            .iter()
            .filter_map(|key| self.rivals.get(key))
            .flatten()
            .any(|other| *other != index && stories[*other].may_have_acted())
    }

    /// The bookings with a mark.
    pub fn booked_as(&self, mark: &str) -> impl Iterator<Item = &Line<'ledger>> {
        let key = ("BookAppointment".to_owned(), mark.to_owned());
        let lines = self.by_key.get(&key).into_iter().flatten();
        lines.map(|line| &self.lines[*line])
    }

    /// Whether an appointment was cancelled, whoever did it.
    pub fn is_cancelled(&self, case: &Value) -> bool {
        self.by_key.contains_key(&cancellation(case))
    }

    /// Whether it was at this time.
    pub fn cancelled_by(&self, case: &Value, at: DateTime<Utc>) -> bool {
        let lines = self.by_key.get(&cancellation(case)).into_iter().flatten();
        lines
            .map(|line| &self.lines[*line])
            .any(|line| line.at <= at)
    }

    /// The lines of an endpoint.
    pub fn of_endpoint(&self, endpoint: &str) -> impl Iterator<Item = &Line<'ledger>> {
        let lines = self.lines.iter();
        lines.filter(move |line| line.facts["endpoint"] == *endpoint)
    }

    /// The booking that became this case.
    pub fn booking(&self, case: &str) -> Option<&Line<'ledger>> {
        self.of_endpoint("BookAppointment")
            .find(|line| id_of(line.facts) == Some(case))
    }

    /// Whether things stood as a story wanted when it was over.
    pub fn stood(&self, index: usize) -> bool {
        let stood = self.stood.get(&index).and_then(|stood| stood.last());
        stood.copied().unwrap_or_default()
    }

    /// Whether a story was told between two moments that it is not so, and it was not: somebody else had undone it.
    pub fn told_undone(
        &self,
        index: usize,
        story: &Story,
        from: DateTime<Utc>,
        to: DateTime<Utc>,
    ) -> bool {
        let stood = self.stood.get(&index).into_iter().flatten();
        story.told.iter().zip(stood).any(|((at, words), stood)| {
            from < *at && *at < to && words.starts_with(NOT_DONE) && !stood
        })
    }

    /// The units that were an agent's current one at some time between two moments; nothing for none.
    pub fn units_between(
        &self,
        user: &Value,
        from: DateTime<Utc>,
        to: DateTime<Utc>,
    ) -> impl Iterator<Item = String> {
        let first = (
            DateTime::UNIX_EPOCH,
            self.first_units.get(&word(user)).cloned(),
        );
        let chosen = self.lines.iter().filter(|line| {
            line.facts["userId"] == *user
                && (line.facts["endpoint"] == "ClockIn"
                    || line.facts["endpoint"] == "SelectCurrentUnit")
        });
        let chosen = chosen.map(|line| (line.at, Some(word(&line.facts["unitId"]))));
        let end = (DateTime::<Utc>::MAX_UTC, None);
        let turns: Vec<_> = [first].into_iter().chain(chosen).chain([end]).collect();
        let during = turns.windows(2).filter_map(|turn| match turn {
            [(since, unit), (until, _)] if *since <= to && from <= *until => {
                Some(unit.clone().unwrap_or_default())
            }
            _ => None,
        });
        during.collect::<Vec<_>>().into_iter()
    }

    /// The unit of a workstation.
    pub fn unit_of_workstation(&self, id: &Value) -> String {
        self.unit_of_place
            .get(&word(id))
            .cloned()
            .unwrap_or_default()
    }

    /// The unit in which a case was started.
    pub fn unit_of_case(&self, id: &Value) -> String {
        let started = self
            .of_endpoint("StartNextCase")
            .find(|line| line.facts["caseId"] == *id);
        let unit = started.and_then(|line| {
            self.units_between(&line.facts["userId"], line.at, line.at)
                .last()
        });
        unit.unwrap_or_default()
    }

    /// What happened meanwhile to whatever a story names: to find out who was in its way.
    pub fn around(&self, story: &Story) -> Vec<&Line<'ledger>> {
        let margin = chrono::TimeDelta::seconds(3);
        let (from, to) = (story.asked - margin, story.ended() + margin);
        let asked = &story.request;
        let names: Vec<String> = [asked, &asked["to"], &asked["from"]]
            .iter()
            .flat_map(|asked| {
                ["userId", "workstationId", "caseId", "customerRecordId"]
                    .iter()
                    .filter_map(|member| asked[*member].as_str())
            })
            .map(str::to_owned)
            .collect();
        let meanwhile = self
            .lines
            .iter()
            .filter(|line| from <= line.at && line.at <= to);
        meanwhile
            .filter(|line| {
                let mut members = line.facts.as_object().into_iter().flatten();
                members.any(|(_, value)| names.iter().any(|name| value == name.as_str()))
            })
            .collect()
    }
}
