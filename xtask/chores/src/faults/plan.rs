//! What the clerks ask for. Each act has a chance of its own, made from the seed and its number, so that the plan is the same
//! however the desks get in each other's way; what the acts meet (a free slot, a waiting customer) is not.

use rand::{RngExt as _, SeedableRng as _, rngs::StdRng, seq::IndexedRandom as _};
use serde_json::{Map, Value, json};

use super::{
    clerk::{Booked, Clerk},
    moving::MOVE,
    story::{self, Story},
    town::{list, skewed},
};

/// What makes a time: of these a move takes the new ones.
const SLOT: [&str; 5] = ["serviceId", "date", "cuIndex", "serviceTypeId", "startTime"];

/// The chance of one act.
pub fn chance(seed: u64, number: usize) -> StdRng {
    let number = u64::try_from(number).unwrap_or_default();
    StdRng::seed_from_u64(seed ^ number.wrapping_mul(0x9e37_79b9_7f4a_7c15))
}

fn with(mut base: Value, more: Value) -> Value {
    if let (Value::Object(base), Value::Object(more)) = (&mut base, more) {
        base.extend(more);
    }
    base
}

impl Clerk {
    /// The next thing this clerk asks for.
    pub async fn next_story(&mut self, number: usize, chance: &mut StdRng) -> Story {
        let draw = chance.random_range(0..100);
        let (command, request, mark) = match self.place {
            0 => self.at_the_counter(number, draw, chance),
            1 if draw < 25 => self.for_a_shared_agent(chance),
            _ => self.on_the_phone(number, draw, chance).await,
        };
        let intent = uuid::Builder::from_random_bytes(chance.random()).into_uuid();
        let request = with(request, json!({ "intentId": intent }));
        Story::new(number, self.desk, command, request, mark)
    }

    /// The agent's own day: one act after the other.
    fn at_the_counter(
        &mut self,
        number: usize,
        draw: u32,
        chance: &mut StdRng,
    ) -> (&'static str, Value, String) {
        let agent = &self.shared.town.agents[self.desk];
        let mark = story::mark(number);
        let user = json!({ "userId": agent.user });
        let of = |more: Value| with(user.clone(), more);
        let unit = agent.units.first().cloned().unwrap_or_default();
        let place = agent
            .workstations
            .choose(chance)
            .cloned()
            .unwrap_or_default();
        if !self.at_work {
            self.at_work = true;
            return ("clock_in", of(json!({ "unitId": unit })), String::new());
        }
        match draw {
            0..6 => {
                self.at_work = false;
                let why = json!({ "clockOutReason": "Other", "clockOutDescription": mark });
                ("clock_out", of(why), mark)
            }
            6..14 => {
                let why =
                    json!({ "unavailabilityReason": "Other", "unavailabilityDescription": mark });
                ("become_unavailable", of(why), mark)
            }
            14..24 => ("become_available", user, String::new()),
            24..32 => {
                let unit = agent.units.choose(chance).cloned().unwrap_or_default();
                (
                    "select_current_unit",
                    of(json!({ "unitId": unit })),
                    String::new(),
                )
            }
            // Cubu lists the workstations of the present unit: hardly anybody goes for another one's.
            32..48 if self.unit != unit && chance.random_bool(0.9) => {
                ("become_available", user, String::new())
            }
            32..40 => (
                "occupy_workstation",
                of(json!({ "workstationId": place })),
                String::new(),
            ),
            40..48 => (
                "vacate_workstation",
                of(json!({ "workstationId": place })),
                String::new(),
            ),
            48..52 => ("clock_in", of(json!({ "unitId": unit })), String::new()),
            52..76 => match self.active.pop() {
                Some(case) if draw < 72 => {
                    ("resolve_case", of(json!({ "caseId": case })), String::new())
                }
                Some(case) => {
                    self.active.push(case.clone());
                    ("call_again", of(json!({ "caseId": case })), String::new())
                }
                None => ("start_next_case", user, String::new()),
            },
            _ => {
                let closing = json!({ "applyWorkspaceBehavior": chance.random_bool(0.3) });
                ("start_next_case", of(closing), String::new())
            }
        }
    }

    /// For an agent whom other desks act for as well: only what names this desk's workstation, or a case.
    fn for_a_shared_agent(&mut self, chance: &mut StdRng) -> (&'static str, Value, String) {
        if let Some((user, case)) = self.shared_active.pop() {
            let case = json!({ "userId": user, "caseId": case });
            return ("resolve_case", case, String::new());
        }
        let town = &self.shared.town;
        let user = town.shared.choose(chance).cloned().unwrap_or_default();
        let next = json!({
            "userId": user,
            "workstationId": town.own_workstations[self.desk],
            "applyWorkspaceBehavior": false,
        });
        ("start_next_case", next, String::new())
    }

    async fn on_the_phone(
        &mut self,
        number: usize,
        draw: u32,
        chance: &mut StdRng,
    ) -> (&'static str, Value, String) {
        let town = &self.shared.town;
        let mark = story::mark(number);
        match draw {
            0..12 => {
                let fields = json!({
                    town.field("customer-first-name"): "Robin",
                    town.field("customer-last-name"): mark,
                    town.field("national-id"): format!("{:09}", 700_000_000 + number),
                });
                ("create_customer", json!({ "fields": fields }), mark)
            }
            12..24 => {
                let change = json!({ "fieldTypeId": town.field("remarks"), "value": mark });
                let customer = town.customer(chance);
                (
                    "update_customer",
                    json!({ "customerRecordId": customer, "fields": [change] }),
                    mark,
                )
            }
            24..36 => match self.held(chance) {
                Some(held) => ("cancel_appointment", held.cancellation(), String::new()),
                None => self.book(mark, chance).await,
            },
            36..48 => match self.held(chance) {
                Some(held) => self.move_it(number, held, chance).await,
                None => self.book(mark, chance).await,
            },
            48..60 => self.walk_in(mark, chance),
            _ => self.book(mark, chance).await,
        }
    }

    /// An appointment that some desk was told to have booked. Now and then two clerks go for the same.
    fn held(&self, chance: &mut StdRng) -> Option<Booked> {
        let mut booked = self.shared.booked();
        if booked.is_empty() {
            return None;
        }
        let place = chance.random_range(0..booked.len());
        if chance.random_bool(0.1) {
            booked.get(place).cloned()
        } else {
            Some(booked.swap_remove(place))
        }
    }

    fn walk_in(&self, mark: String, chance: &mut StdRng) -> (&'static str, Value, String) {
        let town = &self.shared.town;
        let services: Vec<_> = list(&town.world, "services")
            .iter()
            .filter(|service| service["kind"] == "walkIn")
            .collect();
        let Some(service) = services.choose(chance) else {
            return ("queue_up", Value::Null, mark);
        };
        let mut request = json!({
            "serviceId": service["serviceId"],
            "serviceTypeId": list(service, "serviceTypeIds").choose(chance),
            "contactPhoneNumber": "5550100123",
            "fields": { town.mark(): mark },
        });
        if service["isCustomerRequired"] == true || chance.random_bool(0.5) {
            request["customerRecordId"] = town.customer(chance);
        }
        ("queue_up", request, mark)
    }

    /// Another time for an appointment. Now and then one that somebody has already: then the old one is held on to, or booked
    /// again where it was given up first.
    async fn move_it(
        &self,
        number: usize,
        held: Booked,
        chance: &mut StdRng,
    ) -> (&'static str, Value, String) {
        let (mark, mut from) = (story::mark(number), held.booking.clone());
        let town = &self.shared.town;
        let taken = chance
            .random_bool(0.25)
            .then(|| self.shared.booked().choose(chance).cloned());
        let to = match taken.flatten() {
            Some(taken) => Some(taken.booking),
            None => self.somewhere(chance).await.map(|(_, free)| free),
        };
        let Some(to) = to else {
            return self.walk_in(mark, chance);
        };
        let slot: Map<String, Value> = SLOT
            .iter()
            .map(|member| ((*member).to_owned(), to[*member].clone()))
            .collect();
        let mut to = with(from.clone(), Value::Object(slot));
        to["fields"] = json!({ town.mark(): mark });
        // Every service is content with that.
        for booking in [&mut from, &mut to] {
            for (contact, value) in [
                ("contactPhoneNumber", "5550100123"),
                ("contactEmail", "robin.vale@example.org"),
            ] {
                if booking[contact].is_null() {
                    booking[contact] = json!(value);
                }
            }
        }
        if to["customerRecordId"].is_null() {
            to["customerRecordId"] = town.customer(chance);
            from["customerRecordId"] = to["customerRecordId"].clone();
        }
        from["fields"] = json!({ town.mark(): story::old_mark(number) });
        let order = if chance.random_bool(0.4) {
            "cancelFirst"
        } else {
            "bookFirst"
        };
        let request = json!({
            "moveId": uuid::Builder::from_random_bytes(chance.random()).into_uuid(),
            "from": { "caseId": held.case, "booking": from },
            "to": to,
            "order": order,
        });
        (MOVE, request, mark)
    }

    /// Somewhere that looked free a moment ago, with the service. Everybody looks at the same calendars and likes the early
    /// slots.
    async fn somewhere(&self, chance: &mut StdRng) -> Option<(&Value, Value)> {
        for _ in 0..6 {
            let place = skewed(&self.shared.town.places, chance)?;
            let service_type = list(&place.service, "serviceTypeIds")
                .choose(chance)
                .cloned();
            let asked = with(place.key.clone(), json!({ "serviceTypeId": service_type }));
            let Ok(free) = self.line.call("list_vacancies", asked.clone()).await else {
                continue;
            };
            if let Some(start) = skewed(list(&free, "slots"), chance) {
                return Some((&place.service, with(asked, json!({ "startTime": start }))));
            }
        }
        None
    }

    async fn book(&self, mark: String, chance: &mut StdRng) -> (&'static str, Value, String) {
        let town = &self.shared.town;
        let Some((service, free)) = self.somewhere(chance).await else {
            return self.walk_in(mark, chance);
        };
        let mut request = with(free, json!({ "fields": { town.mark(): mark } }));
        let anonymous = service["isCustomerRequired"] != true && chance.random_bool(0.15);
        if !anonymous {
            request["customerRecordId"] = town.customer(chance);
        }
        if anonymous || service["isPhoneNumberRequired"] == true {
            let phone = chance.random_range(0..10_000_000);
            request["contactPhoneNumber"] = json!(format!("555{phone:07}"));
        }
        if service["isEmailRequired"] == true || chance.random_bool(0.3) {
            request["contactEmail"] = json!(format!("{mark}@example.org"));
        }
        if chance.random_bool(0.05) {
            request["bypassTimeslotCheck"] = json!(true);
        }
        ("book_appointment", request, mark)
    }
}
