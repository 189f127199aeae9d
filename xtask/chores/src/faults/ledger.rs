//! Which lines of Cubu's ledger are whose, and which of them changed anything.
//!
//! A story leaves a mark where the call has room for one; where not, the line's agent, case and workstation lead to it, and
//! of several stories about the same the last one that was asked for before the line's time.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use serde_json::Value;

use super::{
    story::{End, Story},
    town::list,
};

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

/// By what a story is found.
fn key_of_story(story: &Story) -> String {
    let asked = &story.request;
    match story.command {
        "cancel_appointment" | "resolve_case" | "call_again" => joined(&[&asked["caseId"]]),
        "clock_in" | "select_current_unit" => joined(&[&asked["userId"], &asked["unitId"]]),
        "become_available" => joined(&[&asked["userId"]]),
        "occupy_workstation" | "vacate_workstation" | "start_next_case" => {
            joined(&[&asked["userId"], &asked["workstationId"]])
        }
        _ => story.mark.clone(),
    }
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
            let mark = fields.filter_map(|(_, value)| value.as_str()).find(|text| {
                text.strip_prefix('w')
                    .is_some_and(|number| number.bytes().all(|byte| byte.is_ascii_digit()))
            });
            mark.unwrap_or_default().to_owned()
        }
    }
}

/// Whether Cubu has made what a story asks for: what somebody finds who looks.
pub fn is_marked(ledger: &[Value], story: &Story) -> bool {
    let (endpoint, key) = (endpoint(story.command), key_of_story(story));
    ledger.iter().any(|facts| {
        facts["endpoint"] == *endpoint && key_of_line(facts) == key && moment(facts) >= story.asked
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

/// The state of the agents, replayed from the ledger.
#[derive(Default)]
struct Agents {
    presence: HashMap<String, String>,
    unit: HashMap<String, String>,
    holder: HashMap<String, Option<String>>,
    active: HashMap<String, Vec<String>>,
}

fn word(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

impl Agents {
    fn at_first(world: &Value) -> Self {
        let mut agents = Self::default();
        for user in list(world, "users") {
            agents
                .presence
                .insert(word(&user["userId"]), word(&user["status"]));
            agents
                .unit
                .insert(word(&user["userId"]), word(&user["currentUnitId"]));
        }
        for place in list(world, "workstations") {
            agents.holder.insert(
                word(&place["workstationId"]),
                place["userId"].as_str().map(str::to_owned),
            );
        }
        agents
    }

    /// Lets a line happen; whether it changed anything.
    fn apply(&mut self, facts: &Value) -> bool {
        let user = word(&facts["userId"]);
        let case = word(&facts["caseId"]);
        match facts["endpoint"].as_str().unwrap_or_default() {
            "ClockIn" => {
                self.unit.insert(user.clone(), word(&facts["unitId"]));
                self.presence
                    .insert(user, "Available".to_owned())
                    .as_deref()
                    != Some("Available")
            }
            "ClockOut" => self.presence.insert(user, "Away".to_owned()).as_deref() != Some("Away"),
            "BecomeAvailable" => {
                self.presence
                    .insert(user, "Available".to_owned())
                    .as_deref()
                    != Some("Available")
            }
            "BecomeUnavailable" => {
                let now = format!("Unavailable {}", word(&facts["description"]));
                self.presence.insert(user, now.clone()) != Some(now)
            }
            "SelectCurrentUnit" => {
                let now = word(&facts["unitId"]);
                self.unit.insert(user, now.clone()) != Some(now)
            }
            "OccupyWorkstation" => {
                let now = Some(user);
                self.holder
                    .insert(word(&facts["workstationId"]), now.clone())
                    != Some(now)
            }
            "VacateWorkstation" => {
                self.holder.insert(word(&facts["workstationId"]), None) != Some(None)
            }
            "StartNextCase" => {
                self.presence.insert(user.clone(), "Active".to_owned());
                self.active.entry(user).or_default().push(case);
                true
            }
            "ResolveCase" => {
                let active = self.active.entry(user.clone()).or_default();
                active.retain(|other| *other != case);
                if active.is_empty() && self.presence.get(&user).is_some_and(|now| now == "Active")
                {
                    self.presence.insert(user, "Available".to_owned());
                }
                true
            }
            _ => true,
        }
    }

    /// Whether things stand as a story wants them.
    fn stand_as(&self, story: &Story) -> bool {
        let user = word(&story.request["userId"]);
        let holder = self.holder.get(&word(&story.request["workstationId"]));
        let presence = self.presence.get(&user).map_or("", String::as_str);
        match story.command {
            "clock_in" => presence != "Away",
            "clock_out" => presence == "Away",
            "become_available" => presence == "Available",
            "select_current_unit" => self.unit.get(&user) == Some(&word(&story.request["unitId"])),
            "occupy_workstation" => holder == Some(&Some(user)),
            "vacate_workstation" => holder != Some(&Some(user)),
            _ => false,
        }
    }
}

/// The ledger with its lines handed to the stories.
pub struct Ledger<'ledger> {
    lines: Vec<Line<'ledger>>,
    /// For each story, its lines.
    of_story: Vec<Vec<usize>>,
    by_key: HashMap<(String, String), Vec<usize>>,
    /// For each story that is told as done and has no line: whether things stood as it wanted when it was told.
    stood: HashMap<usize, bool>,
}

impl<'ledger> Ledger<'ledger> {
    /// Reads the ledger for these stories.
    pub fn read(entries: &'ledger [Value], stories: &[Story], world: &Value) -> Self {
        let mut agents = Agents::at_first(world);
        let mut lines = Vec::with_capacity(entries.len());
        let mut by_key: HashMap<_, Vec<usize>> = HashMap::new();
        let mut by_end: Vec<usize> = (0..stories.len()).collect();
        by_end.sort_by_key(|index| stories[*index].ended());
        let mut by_end = by_end.into_iter().peekable();
        let mut stood = HashMap::new();
        for (number, facts) in entries.iter().enumerate() {
            let done: DateTime<Utc> = facts["at"]
                .as_str()
                .and_then(|at| at.parse().ok())
                .unwrap_or_default();
            while let Some(index) = by_end.next_if(|index| stories[*index].ended() < done) {
                stood.insert(index, agents.stand_as(&stories[index]));
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
        for index in by_end {
            stood.insert(index, agents.stand_as(&stories[index]));
        }
        let of_story = hand_out(&lines, &by_key, stories);
        Self {
            lines,
            of_story,
            by_key,
            stood,
        }
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
        let key = (endpoint(story.command), key_of_story(story));
        let lines = self.by_key.get(&key).into_iter().flatten();
        lines.map(|line| &self.lines[*line]).collect()
    }

    /// The line of an endpoint that holds this id.
    pub fn with_id(&self, command: &str, id: &str) -> Option<&Line<'ledger>> {
        let endpoint = endpoint(command);
        self.lines
            .iter()
            .find(|line| line.facts["endpoint"] == *endpoint && id_of(line.facts) == Some(id))
    }

    /// Whether things stood as a story wanted when it was told as done.
    pub fn stood(&self, index: usize) -> bool {
        self.stood.get(&index).copied().unwrap_or_default()
    }
}

fn hand_out(
    lines: &[Line<'_>],
    by_key: &HashMap<(String, String), Vec<usize>>,
    stories: &[Story],
) -> Vec<Vec<usize>> {
    let mut rivals: HashMap<(String, String), Vec<usize>> = HashMap::new();
    for (index, story) in stories.iter().enumerate() {
        rivals
            .entry((endpoint(story.command), key_of_story(story)))
            .or_default()
            .push(index);
    }
    let mut of_story = vec![Vec::new(); stories.len()];
    for (key, rivals) in &mut rivals {
        rivals.sort_by_key(|index| stories[*index].asked);
        for number in by_key.get(key).into_iter().flatten() {
            let line = &lines[*number];
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
    of_story
}
