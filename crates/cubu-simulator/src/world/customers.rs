//! Four hundred customers: every script, most with phone and e-mail, some with next to nothing. Leaves out their visits.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};
use rand::RngExt;
use rand::rngs::StdRng;
use rand::seq::IndexedRandom;
use serde_json::Value;

use super::names::{ACCENTED, ARABIC, AWKWARD, HEBREW, PLAIN};
use crate::model::Customer;
use crate::rules::customers::{EMAIL, FAMILY_NAME, GIVEN_NAME, NATIONAL_ID, PHONE};
use crate::state::{State, fresh_id};

const HOW_MANY: usize = 400;
/// 1 May 2024: when the organisation's oldest record was made.
const FIRST_RECORD: i64 = 1_714_546_800;

pub(super) fn fill(state: &mut State, rng: &mut StdRng) {
    for number in 0..HOW_MANY {
        let (given, family) = name(number, rng);
        let texts = [
            (GIVEN_NAME, Some(given.to_owned())),
            (FAMILY_NAME, Some(family.to_owned())),
            (NATIONAL_ID, Some(national_id(number, rng))),
            (PHONE, phone(number, rng)),
            (
                EMAIL,
                rng.random_bool(0.8)
                    .then(|| format!("customer{number}@example.org")),
            ),
            ("birth-date", rng.random_bool(0.7).then(|| birth_date(rng))),
            (
                "remarks",
                rng.random_bool(0.1)
                    .then(|| "Prefers mornings.\nPlease speak up.".to_owned()),
            ),
        ];
        let mut values: BTreeMap<_, _> = state
            .customer_fields
            .iter()
            .filter_map(|field| {
                let (_, text) = texts.iter().find(|(slug, _)| *slug == field.slug)?;
                Some((field.id, Value::String(text.clone()?)))
            })
            .collect();
        if let Some(field) = state
            .customer_fields
            .iter()
            .find(|field| field.slug == "needs-interpreter")
            && rng.random_bool(0.3)
        {
            values.insert(field.id, Value::Bool(rng.random_bool(0.3)));
        }
        let created = DateTime::<Utc>::from_timestamp(FIRST_RECORD, 0).unwrap_or_default()
            + TimeDelta::nanoseconds(rng.random_range(0..10_000_000_000_000_i64) * 100);
        let id = fresh_id(rng);
        state.customers.insert(
            id,
            Customer {
                id,
                created,
                updated: created
                    + TimeDelta::nanoseconds(rng.random_range(0..10_000_000_000_000_i64) * 100),
                values,
            },
        );
    }
}

fn name(number: usize, rng: &mut StdRng) -> (&'static str, &'static str) {
    if let Some(awkward) = AWKWARD.get(number) {
        return *awkward;
    }
    let names = match number % 10 {
        0..4 => HEBREW,
        4..7 => ARABIC,
        7 => ACCENTED,
        _ => PLAIN,
    };
    let pick = |list: &'static [&'static str], rng: &mut StdRng| {
        list.choose(rng).copied().unwrap_or("Robin")
    };
    (pick(names.given, rng), pick(names.family, rng))
}

/// Nine digits, different for everyone; the last digit is not a real check digit.
fn national_id(number: usize, rng: &mut StdRng) -> String {
    format!("{:06}{number:03}", rng.random_range(100_000..1_000_000))
}

/// Mostly ten local digits; some in the international form, some none.
fn phone(number: usize, rng: &mut StdRng) -> Option<String> {
    match rng.random_range(0..10) {
        0 => None,
        1 | 2 => Some(format!("+447700900{number:03}")),
        _ => Some(format!("05550{number:05}")),
    }
}

fn birth_date(rng: &mut StdRng) -> String {
    let (year, month, day) = (
        rng.random_range(1935..2010),
        rng.random_range(1..=12),
        rng.random_range(1..=28),
    );
    format!("{year}-{month:02}-{day:02}")
}
