//! The agents' units, workstations, statuses and cases, replayed from Cubu's ledger: which of its lines changed anything, and
//! how things stood when somebody was told.

use std::collections::HashMap;

use serde_json::Value;

use super::{story::Story, town::list};

/// A member that is a text.
pub fn word(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

/// The state of the agents, replayed from the ledger.
#[derive(Default)]
pub struct Agents {
    presence: HashMap<String, String>,
    unit: HashMap<String, String>,
    holder: HashMap<String, Option<String>>,
    active: HashMap<String, Vec<String>>,
}

impl Agents {
    /// As the organisation's day begins.
    pub fn at_first(world: &Value) -> Self {
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
    pub fn apply(&mut self, facts: &Value) -> bool {
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
    pub fn stand_as(&self, story: &Story) -> bool {
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
