//! Units, services, types, inboxes, workspaces, workstations and fields: what an administrator would set up. Small lists by
//! hand, ids by chance. Leaves out people.

use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Tz;
use rand::rngs::StdRng;
use uuid::Uuid;

use crate::model::{
    CaseStatus, Channel, FieldKind, FieldType, Inbox, Minute, Named, Organization, Service,
    ServiceCategory, ServiceKind, ServiceType, StartNextBehavior, Unit, Workspace, Workstation,
};
use crate::rules::customers::{EMAIL, FAMILY_NAME, GIVEN_NAME, NATIONAL_ID, PHONE};
use crate::state::fresh_id;

/// Everything that hangs together through ids.
#[derive(Default)]
pub(super) struct Places {
    pub units: Vec<Unit>,
    pub categories: Vec<ServiceCategory>,
    pub service_types: Vec<ServiceType>,
    pub services: Vec<Service>,
    pub inboxes: Vec<Inbox>,
    pub workspaces: Vec<Workspace>,
    pub workstations: Vec<Workstation>,
}

/// One branch with its two services and what they need.
struct Branch {
    unit: &'static str,
    zone: Tz,
    category: &'static str,
    /// Name, minutes, colour, share of customers who do not come.
    types: [(&'static str, Minute, &'static str, f64); 4],
    by_appointment: Demand,
    walk_in: Demand,
    start_next: [(&'static str, StartNextBehavior); 2],
    desks: &'static [&'static str],
}

/// A service and what it demands.
struct Demand {
    name: &'static str,
    prefix: &'static str,
    first_status: CaseStatus,
    customer: bool,
    phone: bool,
    email: bool,
    window_days: i64,
}

impl Demand {
    const fn nothing(name: &'static str, prefix: &'static str) -> Self {
        Self {
            name,
            prefix,
            first_status: CaseStatus::Waiting,
            customer: false,
            phone: false,
            email: false,
            window_days: 60,
        }
    }
}

fn branches() -> [Branch; 3] {
    use StartNextBehavior::{AddTab, Auto, CloseActiveTabs};
    [
        Branch {
            unit: "Jerusalem, Jaffa Road",
            zone: Tz::Asia__Jerusalem,
            category: "Licences",
            types: [
                ("Renewal", 10, "teal", 0.0),
                ("Photo and signature", 7, "orange", 0.0),
                ("Lost licence", 15, "crimson", 0.1),
                ("First licence", 40, "royalblue", 0.25),
            ],
            by_appointment: Demand {
                phone: true,
                ..Demand::nothing("Licences by appointment", "L")
            },
            walk_in: Demand::nothing("Licences, walk-in", "W"),
            start_next: [("Main hall", Auto), ("Counter only", AddTab)],
            desks: &[
                "Desk 1", "Desk 2", "Desk 3", "Desk 4", "Desk 5", "Desk 6", "Desk 7",
            ],
        },
        Branch {
            unit: "Haifa, Carmel",
            zone: Tz::Asia__Jerusalem,
            category: "Residency",
            types: [
                ("Document check", 15, "seagreen", 0.1),
                ("Change of address", 10, "goldenrod", 0.0),
                ("Residency interview", 40, "indigo", 0.25),
                ("Collect a permit", 7, "slategray", 0.0),
            ],
            by_appointment: Demand {
                customer: true,
                ..Demand::nothing("Residency by appointment", "R")
            },
            walk_in: Demand {
                customer: true,
                first_status: CaseStatus::Pending,
                ..Demand::nothing("Residency, walk-in", "H")
            },
            start_next: [("Residency", CloseActiveTabs), ("Permits", Auto)],
            desks: &["Room 1", "Room 2", "Room 3", "Room 4"],
        },
        Branch {
            unit: "London, Southwark",
            zone: Tz::Europe__London,
            category: "Health advice",
            types: [
                ("Consultation", 15, "steelblue", 0.1),
                ("Blood test", 7, "firebrick", 0.0),
                ("Vaccination", 10, "olivedrab", 0.0),
                ("Long consultation", 40, "purple", 0.1),
            ],
            by_appointment: Demand {
                email: true,
                window_days: 10,
                ..Demand::nothing("Health advice by appointment", "A")
            },
            walk_in: Demand {
                phone: true,
                ..Demand::nothing("Health advice, walk-in", "N")
            },
            start_next: [("Ground floor", AddTab), ("Nurses", Auto)],
            desks: &["Bay 1", "Bay 2", "Bay 3", "Bay 4"],
        },
    ]
}

/// The three branches, and an annex without services or workspaces.
pub(super) fn places(rng: &mut StdRng, now: DateTime<Utc>) -> Places {
    let mut places = Places::default();
    for branch in branches() {
        add_branch(&mut places, &branch, rng, now);
    }
    let annex = fresh_id(rng);
    places.units.push(Unit {
        id: annex,
        name: "Records annex",
        zone: Tz::Asia__Jerusalem,
    });
    places
        .workstations
        .push(workstation(rng, annex, "Archive table", true));
    places
}

fn add_branch(places: &mut Places, branch: &Branch, rng: &mut StdRng, now: DateTime<Utc>) {
    let unit = fresh_id(rng);
    places.units.push(Unit {
        id: unit,
        name: branch.unit,
        zone: branch.zone,
    });
    let category = fresh_id(rng);
    places.categories.push(ServiceCategory {
        id: category,
        name: branch.category,
    });
    let remote = branch.category == "Health advice";
    let types: Vec<Uuid> = branch
        .types
        .iter()
        .map(|&(name, duration, color, no_show)| {
            let id = fresh_id(rng);
            let channels = if remote && duration >= 15 {
                Channel::ALL.to_vec()
            } else {
                vec![Channel::FaceToFace]
            };
            places.service_types.push(ServiceType {
                id,
                name,
                category,
                duration,
                color,
                channels,
                no_show,
            });
            id
        })
        .collect();
    let booked = inbox(places, rng, unit, "Appointments", "#336699", now);
    let queued = inbox(places, rng, unit, "Walk-ins", "#2e8b57", now);
    let kinds = [
        (&branch.by_appointment, ServiceKind::Appointment, booked),
        (&branch.walk_in, ServiceKind::WalkIn, queued),
    ];
    for (demand, kind, inbox) in kinds {
        places.services.push(Service {
            id: fresh_id(rng),
            name: demand.name,
            unit,
            category,
            kind,
            types: types.clone(),
            inbox,
            prefix: demand.prefix,
            next_ticket: 100,
            first_status: demand.first_status,
            requires_customer: demand.customer,
            requires_phone: demand.phone,
            requires_email: demand.email,
            agents_window_days: demand.window_days,
            self_window_days: demand.window_days / 2,
        });
    }
    let [(main, main_behavior), (second, second_behavior)] = branch.start_next;
    places.workspaces.push(Workspace {
        id: fresh_id(rng),
        name: main,
        description: None,
        unit,
        start_next: main_behavior,
        inboxes: vec![(booked, 1), (queued, 2)],
    });
    places.workspaces.push(Workspace {
        id: fresh_id(rng),
        name: second,
        description: Some("Walk-ins only"),
        unit,
        start_next: second_behavior,
        inboxes: vec![(queued, 1)],
    });
    for name in branch.desks {
        let last = branch.desks.last() == Some(name);
        places
            .workstations
            .push(workstation(rng, unit, name, !last));
    }
}

fn inbox(
    places: &mut Places,
    rng: &mut StdRng,
    unit: Uuid,
    name: &'static str,
    color: &'static str,
    now: DateTime<Utc>,
) -> Uuid {
    let id = fresh_id(rng);
    places.inboxes.push(Inbox {
        id,
        name,
        unit,
        color,
        stamp: now - TimeDelta::minutes(1),
    });
    id
}

fn workstation(rng: &mut StdRng, unit: Uuid, name: &'static str, active: bool) -> Workstation {
    Workstation {
        id: fresh_id(rng),
        name,
        description: (!active).then_some("Out of order"),
        unit,
        active,
        occupied_by: None,
    }
}

pub(super) fn organization(rng: &mut StdRng, tracks_agents: bool) -> Organization {
    Organization {
        id: fresh_id(rng),
        name: "Harbour City Services",
        customers_table: fresh_id(rng),
        tracks_agents,
        languages: vec!["en-US", "he-IL", "ar-IL", "fr-FR"],
    }
}

fn named(rng: &mut StdRng, names: &[&'static str]) -> Vec<Named> {
    names
        .iter()
        .map(|name| Named {
            id: fresh_id(rng),
            name,
        })
        .collect()
}

pub(super) fn back_office_tasks(rng: &mut StdRng) -> Vec<Named> {
    named(
        rng,
        &["Archive", "Post", "Call back customers", "Quality check"],
    )
}

pub(super) fn tags(rng: &mut StdRng) -> Vec<Named> {
    named(rng, &["Wheelchair", "Interpreter needed", "Papers missing"])
}

pub(super) fn case_fields(rng: &mut StdRng) -> Vec<Named> {
    named(rng, &["Reason for the visit", "Number of people"])
}

pub(super) fn customer_fields(rng: &mut StdRng) -> Vec<FieldType> {
    use FieldKind::{Date, Email, LongText, PhoneNumber, Text, YesNo};
    let list = [
        ("First name", GIVEN_NAME, Text, false, true, None),
        ("Last name", FAMILY_NAME, Text, false, true, None),
        ("National id", NATIONAL_ID, Text, true, true, None),
        ("Phone number", PHONE, PhoneNumber, true, false, None),
        ("E-mail", EMAIL, Email, false, false, None),
        ("Date of birth", "birth-date", Date, false, false, None),
        (
            "Needs an interpreter",
            "needs-interpreter",
            YesNo,
            false,
            false,
            Some("#d97706"),
        ),
        ("Remarks", "remarks", LongText, false, false, None),
    ];
    list.into_iter()
        .map(|(name, slug, kind, is_key, is_required, color)| FieldType {
            id: fresh_id(rng),
            name,
            slug,
            kind,
            is_key,
            is_required,
            color,
        })
        .collect()
}
