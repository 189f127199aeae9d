//! The order of questions, without any network.

use serde_json::json;

use super::*;
use crate::find::shapes::FindCriteria;

const ONE: &str = "5b0d6c1e-7777-4a6e-9d10-000000000001";
const TWO: &str = "5b0d6c1e-7777-4a6e-9d10-000000000002";
const TYPE: &str = "5b0d6c1e-2222-4a6e-9d10-0000000ce101";

fn plan(services: &[&str], days: u16, most: u16, weekdays: &[u8]) -> Plan {
    let wanted: Vec<_> = services
        .iter()
        .map(|service| json!({ "serviceId": service, "serviceTypeId": TYPE }))
        .collect();
    let criteria = json!({ "wanted": wanted, "days": days, "most": most, "weekdays": weekdays });
    let criteria: FindCriteria = serde_json::from_value(criteria).unwrap();
    let filter = Filter::of(&criteria);
    Plan::new(criteria.wanted, filter, days, most, |_| WallClock {
        date: "2026-11-23".parse().unwrap(),
        minute: 600,
    })
}

fn calendar(cu_index: u32, rate: f64) -> Calendar {
    let full = rate >= 1.0;
    let calendar =
        json!({ "cuIndex": cu_index, "stats": { "bookingRate": rate, "isFullyBooked": full } });
    serde_json::from_value(calendar).unwrap()
}

/// "23" for the list of a day, "23/4" for the free times of a calendar.
fn short(question: &Question) -> String {
    match question {
        Question::Calendars(_, date) => date.format("%d").to_string(),
        Question::Vacancies { date, cu_index, .. } => format!("{}/{cu_index}", date.format("%d")),
    }
}

fn take(plan: &mut Plan, most: usize) -> Vec<(Place, String)> {
    std::iter::from_fn(|| plan.next())
        .take(most)
        .map(|(place, question)| (place, short(&question)))
        .collect()
}

fn words(taken: &[(Place, String)]) -> Vec<&str> {
    taken.iter().map(|(_, words)| words.as_str()).collect()
}

#[test]
fn free_times_of_an_early_day_go_before_the_lists_of_later_days() {
    let mut plan = plan(&[ONE], 4, 100, &[]);
    let lists = take(&mut plan, 2);
    assert_eq!(words(&lists), ["23", "24"]);
    plan.calendars_came(lists[1].0, vec![calendar(0, 0.2)]);
    plan.calendars_came(lists[0].0, vec![calendar(0, 0.9), calendar(1, 0.3)]);
    let rest = take(&mut plan, 9);
    assert_eq!(words(&rest), ["23/1", "23/0", "24/0", "25", "26"]);
    assert!(!plan.is_over(), "they are on their way");
}

#[test]
fn full_calendars_are_counted_and_never_asked() {
    let mut plan = plan(&[ONE], 1, 100, &[]);
    let list = take(&mut plan, 9);
    plan.calendars_came(list[0].0, vec![calendar(0, 1.0), calendar(1, 0.5)]);
    let asked = take(&mut plan, 9);
    assert_eq!(words(&asked), ["23/1"]);
    plan.vacancies_came(asked[0].0, 3);
    assert!(plan.is_over() && !plan.has_enough());
    let progress = Progress {
        days: 1,
        days_asked: 1,
        calendars: 1,
        calendars_asked: 1,
        full: 1,
        ..Progress::default()
    };
    assert_eq!(plan.progress(), progress);
}

#[test]
fn later_days_are_left_alone_once_earlier_ones_have_enough_and_asked_when_it_goes_on() {
    let mut plan = plan(&[ONE], 3, 2, &[]);
    let lists = take(&mut plan, 1);
    plan.calendars_came(lists[0].0, vec![calendar(0, 0.0), calendar(1, 0.1)]);
    let first = take(&mut plan, 1);
    plan.vacancies_came(first[0].0, 5);
    // The day itself is asked to its end: its other calendar may have an earlier time.
    let second = take(&mut plan, 9);
    assert_eq!(words(&second), ["23/1"]);
    plan.vacancies_came(second[0].0, 0);
    assert!(plan.is_over() && plan.has_enough());
    assert!(plan.go_on());
    assert!(!plan.has_enough() || plan.go_on());
    assert!(plan.go_on());
    assert_eq!(words(&take(&mut plan, 9)), ["24", "25"]);
}

#[test]
fn what_failed_or_was_recalled_is_asked_again_in_its_old_place() {
    let mut plan = plan(&[ONE], 3, 100, &[]);
    let lists = take(&mut plan, 3);
    plan.failed(lists[0].0);
    plan.calendars_came(lists[1].0, vec![]);
    plan.calendars_came(lists[2].0, vec![]);
    assert!(plan.is_over());
    assert!(plan.go_on());
    let again = take(&mut plan, 9);
    assert_eq!(words(&again), ["23"]);
    plan.recall();
    assert_eq!(words(&take(&mut plan, 9)), ["23"]);
}

#[test]
fn several_services_share_their_days_and_unwanted_weekdays_are_never_listed() {
    let mut both = plan(&[ONE, TWO, ONE], 2, 100, &[]);
    assert_eq!(words(&take(&mut both, 9)), ["23", "23", "24", "24"]);
    // The 23rd is a Monday.
    let mut sundays = plan(&[ONE], 14, 100, &[7]);
    assert_eq!(words(&take(&mut sundays, 9)), ["29", "06"]);
}

#[test]
fn an_answer_that_nobody_waits_for_changes_nothing() {
    let mut plan = plan(&[ONE], 1, 100, &[]);
    let list = take(&mut plan, 1);
    plan.recall();
    plan.calendars_came(list[0].0, vec![calendar(0, 0.0)]);
    plan.vacancies_came(list[0].0, 7);
    assert_eq!(words(&take(&mut plan, 9)), ["23"]);
    assert_eq!(plan.progress().days_asked, 0);
}
