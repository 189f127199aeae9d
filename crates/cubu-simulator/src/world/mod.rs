//! The invented organisation, made from a seed. Each part draws from its own source of chance, so that the time of day moves
//! bookings and queues but never a name or an id of the catalogue. Leaves out what happens afterwards.

mod appointments;
mod catalogue;
mod customers;
mod names;
mod people;
mod queues;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::{DateTime, SubsecRound, Utc};
use rand::rngs::StdRng;
use rand::seq::IteratorRandom;
use rand::{RngExt, SeedableRng};

use crate::ledger::Ledger;
use crate::model::Service;
use crate::options::Options;
use crate::rules::contact::{Contact, is_ten_digits};
use crate::rules::customers::{EMAIL, PHONE, text_of};
use crate::state::{Habits, State, fresh_id};
use crate::token::{Tokens, fresh_secret};

/// Where each part's chance begins, beside the seed.
#[derive(Clone, Copy)]
enum Part {
    Access,
    Catalogue,
    Customers,
    Appointments,
    Queues,
    Afterwards,
    Tokens,
}

fn chance(seed: u64, part: Part) -> StdRng {
    StdRng::seed_from_u64(
        seed.wrapping_mul(0x9e37_79b9_7f4a_7c15)
            .wrapping_add(part as u64),
    )
}

/// Makes the world as it is at `now`, and the credentials that open it.
pub(crate) fn make(options: &Options, now: DateTime<Utc>) -> (State, Tokens) {
    let seed = options.seed;
    let mut access = chance(seed, Part::Access);
    let application_id = fresh_id(&mut access);
    let tokens = Tokens {
        tenant_id: fresh_id(&mut access),
        client_id: fresh_id(&mut access),
        client_secret: fresh_secret(&mut access),
        secret_expired: options.secret_expired,
        lifetime: options.token_lifetime,
        rng: chance(seed, Part::Tokens),
        good_until: HashMap::new(),
    };
    let mut rng = chance(seed, Part::Catalogue);
    let places = catalogue::places(&mut rng, now);
    let mut state = State {
        application_id,
        roles: options.roles.clone(),
        habits: Habits {
            customer_id_spelling: options.customer_id_spelling,
            book_answer: options.book_answer,
            one_appointment_each: options.one_appointment_each,
            doubtful_conflicts_as_printed: options.doubtful_conflicts_as_printed,
        },
        organization: catalogue::organization(&mut rng, options.agent_tracking),
        users: people::users(&mut rng, &places),
        units: places.units,
        categories: places.categories,
        service_types: places.service_types,
        services: places.services,
        inboxes: places.inboxes,
        workspaces: places.workspaces,
        workstations: places.workstations,
        back_office_tasks: catalogue::back_office_tasks(&mut rng),
        tags: catalogue::tags(&mut rng),
        case_fields: catalogue::case_fields(&mut rng),
        customer_fields: catalogue::customer_fields(&mut rng),
        customers: BTreeMap::new(),
        calendars: BTreeMap::new(),
        cases: BTreeMap::new(),
        ledger: Ledger::new(),
        impersonated: BTreeSet::new(),
        rng: chance(seed, Part::Afterwards),
        last_stamp: now.trunc_subsecs(7),
        last_rank: 0,
    };
    people::seat(&mut state);
    customers::fill(&mut state, &mut chance(seed, Part::Customers));
    appointments::fill(
        &mut state,
        &mut chance(seed, Part::Appointments),
        now,
        options,
    );
    queues::fill(&mut state, &mut chance(seed, Part::Queues), now);
    (state, tokens)
}

/// Somebody for whom this service can open a case: nearly always a known customer, with what the service demands.
pub(crate) fn contact_for(state: &State, service: &Service, rng: &mut StdRng) -> Contact {
    let known = service.requires_customer || rng.random_bool(0.85);
    let customer = state.customers.values().choose(rng).filter(|_| known);
    let own = |slug| {
        let customer = customer?;
        text_of(state, customer, slug).map(str::to_owned)
    };
    let invented_phone = format!("05559{:05}", rng.random_range(0..100_000));
    let phone = own(PHONE).filter(|phone| is_ten_digits(phone));
    let email = own(EMAIL);
    Contact {
        customer: customer.map(|customer| customer.id),
        phone: if service.requires_phone {
            Some(phone.unwrap_or(invented_phone))
        } else {
            phone
        },
        email: if service.requires_email {
            Some(email.unwrap_or_else(|| "someone@example.org".to_owned()))
        } else {
            email
        },
        from_customer: false,
    }
}
