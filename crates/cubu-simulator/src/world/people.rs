//! The organisation's users: two who are free to be impersonated, and colleagues at work. Leaves out customers.

use rand::rngs::StdRng;

use super::catalogue::Places;
use crate::model::{Presence, User};
use crate::state::{State, fresh_id};

/// One user: name, initials, the units by number that are open to them, the one they are in, and what they are doing.
type Person = (
    &'static str,
    &'static str,
    &'static [usize],
    Option<usize>,
    Presence,
    bool,
);

const PEOPLE: [Person; 12] = [
    ("Noa Marcus", "NM", &[0, 1, 3], None, Presence::Away, false),
    (
        "Dana Frost",
        "DF",
        &[0, 1, 2, 3],
        None,
        Presence::Away,
        true,
    ),
    (
        "Yael Adler",
        "YA",
        &[0],
        Some(0),
        Presence::Available,
        false,
    ),
    (
        "Omar Haddad",
        "OH",
        &[0, 1],
        Some(0),
        Presence::Available,
        false,
    ),
    ("Ruth Stein", "RS", &[0], Some(0), Presence::Available, true),
    (
        "Eli Navon",
        "EN",
        &[0, 3],
        Some(0),
        Presence::Unavailable,
        false,
    ),
    (
        "Maya Levin",
        "ML",
        &[1],
        Some(1),
        Presence::Available,
        false,
    ),
    (
        "Samir Khoury",
        "SK",
        &[0, 1],
        Some(1),
        Presence::Available,
        false,
    ),
    (
        "Grace Whitfield",
        "GW",
        &[2],
        Some(2),
        Presence::Available,
        true,
    ),
    ("Tom Ashby", "TA", &[2], Some(2), Presence::Available, false),
    (
        "Inès Duchâtel-Roussel",
        "ID",
        &[2],
        None,
        Presence::Away,
        false,
    ),
    (
        "Avi Peretz",
        "AP",
        &[3],
        Some(3),
        Presence::Available,
        false,
    ),
];

pub(super) fn users(rng: &mut StdRng, places: &Places) -> Vec<User> {
    let unit = |number: usize| places.units.get(number).map(|unit| unit.id);
    PEOPLE
        .iter()
        .enumerate()
        .map(
            |(number, &(display_name, initials, open, current, presence, power))| {
                let current_unit = current.and_then(unit);
                let workspace = places
                    .workspaces
                    .iter()
                    .find(|workspace| Some(workspace.unit) == current_unit);
                User {
                    id: fresh_id(rng),
                    email: format!("{}{number}@example.org", initials.to_lowercase()),
                    display_name,
                    initials,
                    roles: if power {
                        vec!["Agent", "PowerAgent"]
                    } else {
                        vec!["Agent"]
                    },
                    units: open.iter().filter_map(|number| unit(*number)).collect(),
                    current_unit,
                    current_workspace: workspace.map(|workspace| workspace.id),
                    presence,
                }
            },
        )
        .collect()
}

/// Puts everyone who is at work at the first free desk of their unit.
pub(super) fn seat(state: &mut State) {
    for user in &state.users {
        let free = state.workstations.iter_mut().find(|desk| {
            desk.active && desk.occupied_by.is_none() && Some(desk.unit) == user.current_unit
        });
        if let Some(desk) = free
            && user.presence == Presence::Available
        {
            desk.occupied_by = Some(user.id);
        }
    }
}
