//! What the rule of a booking finds in what a list shows, as tables.

use serde_json::{Value, json};

use super::*;
use crate::settle::rules::tests::{id, known, of, with, word};

#[test]
fn a_booking_is_known_by_its_slot_and_its_person_and_by_not_having_been_there() {
    let asked = |more| -> BookAppointment {
        of(with(
            json!({ "serviceId": id(1), "serviceTypeId": id(2), "date": "2026-11-23", "cuIndex": 0, "startTime": 600 }),
            more,
        ))
    };
    let listed = |more| {
        with(
            json!({ "caseId": id(50), "serviceTypeId": id(2), "appointment": { "start": 600 }, "status": "Planned" }),
            more,
        )
    };
    let customer = || json!({ "customerRecordId": id(9) });
    let theirs = |number: u32| json!({ "customer": { "recordId": id(number) } });
    let phone = |number: &str| json!({ "contactPhoneNumber": number });
    let table = [
        ("an empty calendar", customer(), vec![], "missing"),
        (
            "the customer's",
            customer(),
            vec![listed(theirs(9))],
            "seen",
        ),
        (
            "another customer's",
            customer(),
            vec![listed(theirs(8))],
            "missing",
        ),
        (
            "another's and theirs",
            customer(),
            vec![listed(theirs(8)), listed(theirs(9))],
            "seen",
        ),
        (
            "a list without customers",
            customer(),
            vec![listed(json!({}))],
            "unclear",
        ),
        (
            "another start",
            customer(),
            vec![with(
                listed(theirs(9)),
                json!({ "appointment": { "start": 615 } }),
            )],
            "missing",
        ),
        (
            "another type",
            customer(),
            vec![with(listed(theirs(9)), json!({ "serviceTypeId": id(3) }))],
            "missing",
        ),
        (
            "no start to be seen",
            customer(),
            vec![with(listed(theirs(9)), json!({ "appointment": null }))],
            "unclear",
        ),
        (
            "a cancelled one",
            customer(),
            vec![with(listed(theirs(9)), json!({ "status": "Cancelled" }))],
            "missing",
        ),
        (
            "one that was there before",
            customer(),
            vec![with(listed(theirs(9)), json!({ "caseId": id(40) }))],
            "missing",
        ),
        (
            "the same number",
            phone("555 010-0123"),
            vec![listed(phone("5550100123"))],
            "seen",
        ),
        (
            "another number",
            phone("5550100123"),
            vec![listed(phone("5550100199"))],
            "missing",
        ),
        (
            "a list without numbers",
            phone("5550100123"),
            vec![listed(json!({}))],
            "unclear",
        ),
        (
            "a customer's, for a number",
            phone("5550100123"),
            vec![listed(theirs(8))],
            "missing",
        ),
        (
            "nobody's, for nobody",
            json!({}),
            vec![listed(json!({}))],
            "unclear",
        ),
        (
            "a customer's, for nobody",
            json!({}),
            vec![listed(theirs(8))],
            "missing",
        ),
        (
            "the customer's, with the number of their record",
            with(customer(), phone("5550100123")),
            vec![listed(with(theirs(9), phone("5550100777")))],
            "seen",
        ),
        (
            "another customer's with the same number",
            with(customer(), phone("5550100123")),
            vec![listed(with(theirs(8), phone("5550100123")))],
            "missing",
        ),
    ];
    for (name, request, list, expected) in table {
        let list: Vec<Appointment> = list.into_iter().map(of).collect();
        let finding = booked(&asked(request), &known(&[40]), &list);
        assert_eq!(word(&finding), expected, "{name}");
        if let Finding::Seen(booked) = finding {
            assert_eq!(booked.case_id, Some(id(50).parse().unwrap()), "{name}");
        }
    }
}

#[test]
fn what_is_listed_for_a_customer_is_theirs_unless_the_list_shows_others_too() {
    let asked: BookAppointment = of(json!({
        "serviceId": id(1), "serviceTypeId": id(2), "date": "2026-11-23", "cuIndex": 0, "startTime": 600,
        "customerRecordId": id(9),
    }));
    let listed = |case: u32, start: u16, customer: Value| {
        json!({
            "caseId": id(case), "serviceTypeId": id(2), "appointment": { "start": start }, "customer": customer,
        })
    };
    let theirs = || json!({ "recordId": id(9) });
    let another = || json!({ "recordId": id(8) });
    let table = [
        ("nothing", vec![], "missing"),
        (
            "one that was there before",
            vec![listed(40, 600, theirs())],
            "missing",
        ),
        (
            "theirs at another time",
            vec![listed(50, 615, Value::Null)],
            "missing",
        ),
        ("theirs", vec![listed(50, 600, theirs())], "seen"),
        (
            "theirs, and it does not say so",
            vec![listed(50, 600, Value::Null)],
            "seen",
        ),
        (
            "everybody's",
            vec![listed(50, 600, Value::Null), listed(51, 660, another())],
            "unclear",
        ),
    ];
    for (name, list, expected) in table {
        let list: Vec<Appointment> = list.into_iter().map(of).collect();
        let finding = booked_among_theirs(&asked, &known(&[40]), &list);
        assert_eq!(word(&finding), expected, "{name}");
    }
}
