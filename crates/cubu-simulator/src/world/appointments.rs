//! Calendars for three weeks around today, and believable bookings in them: full mornings, thinner weeks ahead, people who
//! did not come. Leaves out walk-ins.

use std::collections::BTreeMap;

use chrono::{DateTime, Datelike, NaiveDate, TimeDelta, Utc, Weekday};
use rand::RngExt;
use rand::rngs::StdRng;
use rand::seq::IndexedRandom;
use uuid::Uuid;

use super::contact_for;
use crate::model::{
    Calendar, CalendarKey, Case, CaseStatus, Channel, Hours, Minute, ServiceKind, Slot,
};
use crate::options::Options;
use crate::rules::vacancies::{booked, gaps};
use crate::state::{State, fresh_id, instant, wall_clock};

const DAYS_BACK: i64 = 6;
const DAYS_AHEAD: i64 = 14;

/// The opening hours of a service's calendars, by their index, and the days without any.
struct Plan {
    hours: &'static [&'static [(Minute, Minute)]],
    closed: &'static [Weekday],
}

/// In the order of the appointment services. The first one is open every day until late, so that practice never finds an
/// empty today.
const PLANS: [Plan; 3] = [
    Plan {
        hours: &[
            &[(480, 960)],
            &[(480, 720), (780, 1020)],
            &[(480, 960)],
            &[(510, 990)],
            &[(540, 780), (840, 1080)],
            &[(600, 1080)],
            &[(720, 1200)],
            &[(840, 1380)],
        ],
        closed: &[],
    },
    Plan {
        hours: &[
            &[(480, 900)],
            &[(480, 720), (765, 960)],
            &[(540, 1020)],
            &[(480, 840)],
        ],
        closed: &[Weekday::Fri, Weekday::Sat],
    },
    Plan {
        hours: &[&[(540, 750), (810, 1050)], &[(540, 1020)], &[(660, 1140)]],
        closed: &[Weekday::Sun],
    },
];

const DAY_AND_NIGHT: &[(Minute, Minute)] = &[(0, 24 * 60)];

/// One calendar of the first service has no room tomorrow, and another is closed for booking in three days.
const FULL_TOMORROW: u32 = 2;
const CLOSED_IN_THREE_DAYS: u32 = 5;

pub(super) fn fill(state: &mut State, rng: &mut StdRng, now: DateTime<Utc>, options: &Options) {
    let services: Vec<Uuid> = state
        .services
        .iter()
        .filter(|service| service.kind == ServiceKind::Appointment)
        .map(|service| service.id)
        .collect();
    for (number, (service, plan)) in services.into_iter().zip(&PLANS).enumerate() {
        let Some(today) = today(state, service, now) else {
            continue;
        };
        let usual = plan.hours.len();
        let count = options.calendars.filter(|_| number == 0);
        let count = count.unwrap_or(usual);
        for ahead in -DAYS_BACK..=DAYS_AHEAD {
            let date = today + TimeDelta::days(ahead);
            if plan.closed.contains(&date.weekday()) && !options.always_open {
                continue;
            }
            for (index, hours) in (0_u32..).zip(plan.hours.iter().cycle().take(count)) {
                let full = number == 0 && ahead == 1 && index == FULL_TOMORROW;
                let key = CalendarKey {
                    service,
                    date,
                    index,
                };
                let hours = if options.always_open {
                    DAY_AND_NIGHT
                } else {
                    hours
                };
                let hours: Vec<Hours> = hours
                    .iter()
                    .map(|&(start, end)| Hours { start, end })
                    .collect();
                let calendar = Calendar {
                    hours,
                    user: allocated(state, service, index),
                    agents_booking_active: !(number == 0
                        && ahead == 3
                        && index == CLOSED_IN_THREE_DAYS),
                    stamp: now - TimeDelta::minutes(2),
                    cases: Vec::new(),
                };
                state.calendars.insert(key, calendar);
                fill_calendar(
                    state,
                    rng,
                    key,
                    if full { 1.0 } else { density(ahead) },
                    now,
                );
            }
        }
    }
    line_up(state);
}

fn today(state: &State, service: Uuid, now: DateTime<Utc>) -> Option<NaiveDate> {
    let service = state.service(service).ok()?;
    let unit = state.unit(service.unit).ok()?;
    Some(wall_clock(now, unit.zone).0)
}

/// The agent whose column this is; the later columns belong to nobody.
fn allocated(state: &State, service: Uuid, index: u32) -> Option<Uuid> {
    let unit = state.service(service).ok()?.unit;
    let here = |user: &&crate::model::User| user.current_unit == Some(unit);
    let user = state
        .users
        .iter()
        .filter(here)
        .nth(usize::try_from(index).ok()?)?;
    Some(user.id)
}

/// How likely a stretch of time is booked.
fn density(ahead: i64) -> f64 {
    match u8::try_from(ahead) {
        Err(_) => 0.85,
        Ok(0) => 0.75,
        Ok(days) => (0.7 - 0.045 * f64::from(days)).max(0.1),
    }
}

fn fill_calendar(
    state: &mut State,
    rng: &mut StdRng,
    key: CalendarKey,
    density: f64,
    now: DateTime<Utc>,
) {
    let Some(types) = types_of(state, key.service) else {
        return;
    };
    let hours = state
        .calendars
        .get(&key)
        .map(|calendar| calendar.hours.clone());
    for open in hours.unwrap_or_default() {
        let mut at = open.start;
        while let Some(&(kind, minutes)) = types.choose(rng) {
            if at + minutes > open.end {
                break;
            }
            if density >= 1.0 || rng.random_bool(density) {
                add(state, rng, key, kind, at, now);
            }
            at += minutes;
        }
    }
    if density >= 1.0 {
        fill_up(state, rng, key, &types, now);
    }
}

/// Books what is still free, from the longest type that fits to the shortest.
fn fill_up(
    state: &mut State,
    rng: &mut StdRng,
    key: CalendarKey,
    types: &[(Uuid, Minute)],
    now: DateTime<Utc>,
) {
    let mut by_length = types.to_vec();
    by_length.sort_by_key(|(_, minutes)| std::cmp::Reverse(*minutes));
    loop {
        let Some(calendar) = state.calendars.get(&key) else {
            return;
        };
        let free = gaps(&calendar.hours, &booked(state, calendar));
        let fitting = free.iter().find_map(|gap| {
            let (kind, _) = by_length
                .iter()
                .find(|(_, minutes)| gap.end - gap.start >= *minutes)?;
            Some((*kind, gap.start))
        });
        let Some((kind, start)) = fitting else {
            return;
        };
        add(state, rng, key, kind, start, now);
    }
}

fn types_of(state: &State, service: Uuid) -> Option<Vec<(Uuid, Minute)>> {
    let service = state.service(service).ok()?;
    let types = service
        .types
        .iter()
        .filter_map(|id| state.service_type(*id).ok());
    Some(types.map(|kind| (kind.id, kind.duration)).collect())
}

fn add(
    state: &mut State,
    rng: &mut StdRng,
    key: CalendarKey,
    kind: Uuid,
    start: Minute,
    now: DateTime<Utc>,
) {
    let Ok(service) = state.service(key.service) else {
        return;
    };
    let (Ok(unit), Ok(kind)) = (state.unit(service.unit), state.service_type(kind)) else {
        return;
    };
    let reference_date = instant(key.date, start, unit.zone);
    let duration = kind.duration;
    let made_ahead =
        TimeDelta::nanoseconds(rng.random_range(36_000_000_000_i64..6_000_000_000_000) * 100);
    let opened = reference_date.min(now) - made_ahead;
    let status = status(rng, reference_date, duration, now);
    let over = reference_date + TimeDelta::minutes(i64::from(duration));
    let contact = contact_for(state, service, rng);
    let remote = kind.channels.len() > 1 && rng.random_bool(0.4);
    let languages = &state.organization.languages;
    let case = Case {
        id: fresh_id(rng),
        service: key.service,
        category: kind.category,
        service_type: kind.id,
        unit: unit.id,
        inbox: service.inbox,
        status,
        status_date: match status {
            CaseStatus::Planned => opened,
            CaseStatus::Resolved => over,
            _ => now - TimeDelta::minutes(5),
        },
        reference_date,
        opened,
        closed: (status == CaseStatus::Resolved).then_some(over),
        assigned_to: None,
        locked_by: None,
        channel: if remote {
            Channel::Video
        } else {
            Channel::FaceToFace
        },
        stamp: opened,
        workstation: None,
        customer: contact.customer,
        phone: contact.phone,
        email: contact.email,
        language: languages.choose(rng).copied().unwrap_or("en-US"),
        slot: Some(Slot {
            key,
            start,
            duration,
            prevent_self_check_in: false,
        }),
        fields: BTreeMap::new(),
        tags: Vec::new(),
        rank: 0.0,
        ticket: crate::model::Ticket {
            prefix: service.prefix,
            number: 0,
        },
    };
    insert(state, key, case);
}

fn insert(state: &mut State, key: CalendarKey, mut case: Case) {
    let Ok(ticket) = state.next_ticket(key.service) else {
        return;
    };
    case.ticket = ticket;
    case.rank = state.next_rank();
    if let Some(calendar) = state.calendars.get_mut(&key) {
        calendar.cases.push(case.id);
    }
    state.cases.insert(case.id, case);
}

/// The past is resolved, save those who did not come; of those due about now, some have checked in.
fn status(
    rng: &mut StdRng,
    reference: DateTime<Utc>,
    duration: Minute,
    now: DateTime<Utc>,
) -> CaseStatus {
    let until = reference - now;
    if until + TimeDelta::minutes(i64::from(duration)) <= TimeDelta::zero() {
        if rng.random_bool(0.93) {
            CaseStatus::Resolved
        } else {
            CaseStatus::Planned
        }
    } else if until <= TimeDelta::minutes(15) && rng.random_bool(0.35) {
        CaseStatus::Waiting
    } else {
        CaseStatus::Planned
    }
}

/// Those who have checked in stand in the queue by their appointment's time.
fn line_up(state: &mut State) {
    let mut waiting: Vec<(DateTime<Utc>, Uuid)> = state
        .cases
        .values()
        .filter(|case| case.status == CaseStatus::Waiting)
        .map(|case| (case.reference_date, case.id))
        .collect();
    waiting.sort_unstable();
    for (_, id) in waiting {
        let rank = state.next_rank();
        if let Some(case) = state.cases.get_mut(&id) {
            case.rank = rank;
        }
    }
}
