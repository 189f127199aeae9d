//! What the clerks know of the organisation before the day begins: calendars, customers, agents and their places.

use chrono::{Days, Utc};
use rand::{RngExt as _, rngs::StdRng};
use serde_json::{Value, json};

use super::{Outcome, line::Line};

/// How many days ahead are looked at for calendars.
const DAYS: u64 = 12;

/// An appointment calendar.
pub struct Place {
    /// Service, date and calendar, as a request has them.
    pub key: Value,
    /// The service.
    pub service: Value,
}

/// An agent whom one desk acts for.
pub struct Agent {
    /// The agent.
    pub user: Value,
    /// The units that are open to them and have a workspace; the first is theirs.
    pub units: Vec<Value>,
    /// The workstations of the first.
    pub workstations: Vec<Value>,
}

/// The organisation.
pub struct Town {
    /// Everything the simulator tells of itself, as it was at the beginning.
    pub world: Value,
    /// Calendars that can be booked.
    pub places: Vec<Place>,
    /// One for each desk.
    pub agents: Vec<Agent>,
    /// Two whom every desk acts for, always from a workstation of its own.
    pub shared: Vec<Value>,
    /// Those workstations, one for each desk.
    pub own_workstations: Vec<Value>,
}

/// A member that is a list.
pub fn list<'a>(value: &'a Value, member: &str) -> &'a [Value] {
    value[member].as_array().map_or(&[], Vec::as_slice)
}

/// One of a list, the first ones more often.
pub fn skewed<'a, T>(items: &'a [T], chance: &mut StdRng) -> Option<&'a T> {
    let place = chance.random::<f64>();
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_precision_loss,
        clippy::cast_sign_loss,
        reason = "an index between nothing and the length"
    )]
    items.get((place * place * items.len() as f64) as usize)
}

impl Town {
    /// Looks around over a line on which nothing goes wrong yet.
    pub async fn see(world: Value, line: &Line, desks: usize) -> Outcome<Self> {
        let mut places = Vec::new();
        let today = Utc::now().date_naive();
        for ahead in 1..=DAYS {
            let date = today.checked_add_days(Days::new(ahead)).unwrap_or(today);
            for service in list(&world, "services") {
                if service["kind"] != "appointment" {
                    continue;
                }
                let day = json!({ "serviceId": service["serviceId"], "date": date.to_string() });
                let calendars = line.must("list_calendars", day).await?;
                for calendar in calendars.as_array().into_iter().flatten() {
                    if calendar["agentsBookingActive"] != true {
                        continue;
                    }
                    places.push(Place {
                        key: json!({
                            "serviceId": service["serviceId"],
                            "date": date.to_string(),
                            "cuIndex": calendar["cuIndex"],
                        }),
                        service: service.clone(),
                    });
                }
            }
        }
        let with_queue = |unit: &&Value| {
            list(&world, "services")
                .iter()
                .any(|service| service["kind"] == "walkIn" && service["unitId"] == **unit)
        };
        let in_unit = |unit: &Value| {
            list(&world, "workstations")
                .iter()
                .filter(|place| place["unitId"] == *unit && place["isActive"] == true)
                .map(|place| place["workstationId"].clone())
                .collect::<Vec<_>>()
        };
        let first = &world["units"][0]["unitId"];
        let mut agents = Vec::new();
        let mut shared = Vec::new();
        for user in list(&world, "users") {
            let sits_here = user["currentUnitId"] == *first && user["status"] != "Unavailable";
            if sits_here && shared.len() < 2 {
                shared.push(user["userId"].clone());
                continue;
            }
            let units: Vec<_> = list(user, "unitIds")
                .iter()
                .filter(with_queue)
                .cloned()
                .collect();
            let Some(unit) = units.first() else { continue };
            agents.push(Agent {
                user: user["userId"].clone(),
                workstations: in_unit(unit),
                units,
            });
        }
        agents.truncate(desks);
        let own_workstations = in_unit(first);
        if agents.len() < desks || own_workstations.len() < desks || shared.len() < 2 {
            return Err(format!(
                "the organisation is too small: {} agents, {} shared ones, {} workstations",
                agents.len(),
                shared.len(),
                own_workstations.len()
            )
            .into());
        }
        Ok(Self {
            places,
            agents,
            shared,
            own_workstations,
            world,
        })
    }

    /// A customer; a few are wanted by everybody.
    pub fn customer(&self, chance: &mut StdRng) -> Value {
        let customers = list(&self.world, "customers");
        let near = customers
            .len()
            .min(if chance.random_bool(0.6) { 40 } else { 400 });
        let chosen = skewed(customers.get(..near).unwrap_or(customers), chance);
        chosen.map_or(Value::Null, |customer| customer["recordId"].clone())
    }

    /// The id of a customer field.
    pub fn field(&self, slug: &str) -> String {
        let fields = list(&self.world, "customerFields");
        let found = fields.iter().find(|field| field["slug"] == slug);
        found
            .and_then(|field| field["fieldTypeId"].as_str())
            .unwrap_or_default()
            .to_owned()
    }

    /// The field of a case that carries the mark by which its story is found in the ledger. No rule of the app reads it.
    pub fn mark(&self) -> String {
        let field = &self.world["caseFields"][0]["fieldTypeId"];
        field.as_str().unwrap_or_default().to_owned()
    }
}
