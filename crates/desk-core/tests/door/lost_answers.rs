//! Writes on a bad network: whatever breaks, each happens once or not at all, and the desk says which.

use std::time::Duration;

use cubu_simulator::{BookAnswer, FaultRule, Options};
use serde_json::{Value, json};

use crate::{harness::open, line::Line, proxy::Mishap};

const BOOK: &str = "POST /appointments";
const CANCEL: &str = "DELETE /appointments/";
const START_NEXT: &str = "POST /actions/startNext";
const QUEUE_UP: &str = "POST /cases";

fn mishaps() -> Vec<Mishap> {
    vec![
        Mishap::NeverArrives,
        Mishap::ArrivesInPart(1),
        Mishap::ArrivesInPart(200),
        Mishap::ArrivesInPart(usize::MAX),
        Mishap::NeverAnswered,
        Mishap::AnsweredInPart(1),
        Mishap::AnsweredInPart(40),
        Mishap::AnsweredInPart(usize::MAX),
        Mishap::ActsLater(Duration::from_millis(200)),
    ]
}

#[tokio::test]
async fn a_booking_whose_answer_is_lost_is_told_as_what_became_of_it() {
    let line = Line::new().await;
    for mishap in mishaps() {
        let booking = line.bench.vacancy().await;
        let before = line.made("BookAppointment").len();
        line.proxy.next(BOOK, mishap);
        let told = line.outcome("book_appointment", &booking).await;
        line.holds_true("BookAppointment", before, &told, mishap);
        assert_eq!(line.proxy.seen(), 1, "{mishap:?} was sent once");
        if let Ok(booked) = told {
            let last = line.made("BookAppointment").pop().unwrap();
            assert_eq!(booked["caseId"], last["caseId"], "{mishap:?}");
        }
    }
    assert_eq!(line.unsettled().await, Vec::<Value>::new());
}

#[tokio::test]
async fn a_cancellation_whose_answer_is_lost_is_told_as_what_became_of_it() {
    let line = Line::new().await;
    for mishap in mishaps() {
        let booking = line.bench.vacancy().await;
        let booked = line.bench.call("book_appointment", booking.clone()).await;
        let cancel = json!({
            "serviceId": booking["serviceId"], "date": booking["date"],
            "cuIndex": booking["cuIndex"], "caseId": booked["caseId"],
        });
        let before = line.made("CancelAppointment").len();
        line.proxy.next(CANCEL, mishap);
        let told = line.outcome("cancel_appointment", &cancel).await;
        line.holds_true("CancelAppointment", before, &told, mishap);
        assert_eq!(line.proxy.seen(), 1, "{mishap:?} was sent once");
    }
}

#[tokio::test]
async fn a_next_case_whose_answer_is_lost_is_told_as_what_became_of_it() {
    let line = Line::new().await;
    let user = line.agent().await;
    for mishap in mishaps() {
        let before = line.made("StartNextCase").len();
        line.proxy.next(START_NEXT, mishap);
        let told = line.outcome("start_next_case", &user).await;
        line.holds_true("StartNextCase", before, &told, mishap);
        if let Ok(started) = told {
            let last = line.made("StartNextCase").pop().unwrap();
            assert_eq!(started["caseId"], last["caseId"], "{mishap:?}");
            let case = json!({ "userId": user["userId"], "caseId": started["caseId"] });
            line.bench.call("resolve_case", case).await;
            line.bench.call("queue_up", line.walk_in()).await;
        }
    }
}

#[tokio::test]
async fn the_other_changes_are_settled_as_well() {
    let line = Line::new().await;
    let bench = &line.bench;
    let user = line.agent().await;
    let with = |more: Value| {
        let mut request = user.clone();
        request
            .as_object_mut()
            .unwrap()
            .extend(more.as_object().unwrap().clone());
        request
    };
    let unit = json!({ "unitId": bench.service("walkIn")["unitId"] });
    let places = bench.call("list_workstations", user.clone()).await;
    let free = |place: &&Value| place["isActive"] == true && place["user"].is_null();
    let place = places.as_array().unwrap().iter().find(free).unwrap()["workstationId"].clone();
    let place = json!({ "workstationId": place });
    let started = bench.call("start_next_case", user.clone()).await;
    let case = json!({ "caseId": started["caseId"] });
    let table = [
        (
            "select_current_unit",
            "POST /units/_current",
            with(unit.clone()),
        ),
        (
            "occupy_workstation",
            "POST /actions/occupy",
            with(place.clone()),
        ),
        ("vacate_workstation", "POST /actions/vacate", with(place)),
        ("resolve_case", "POST /actions/resolve", with(case)),
        (
            "become_unavailable",
            "POST /becomeUnavailable",
            with(json!({ "unavailabilityReason": "Break" })),
        ),
        ("become_available", "POST /becomeAvailable", user.clone()),
        (
            "clock_out",
            "POST /clockOut",
            with(json!({ "clockOutReason": "EndOfShift" })),
        ),
        ("clock_in", "POST /clockIn", with(unit)),
        ("update_customer", "PATCH /customers/", renamed(&line).await),
    ];
    for (command, request, body) in table {
        line.proxy.next(request, Mishap::NeverAnswered);
        let told = line.outcome(command, &body).await;
        assert!(told.is_ok(), "{command}: {told:#?}");
        assert!(
            line.proxy.seen() >= 1,
            "{command} was not sent as {request}"
        );
    }
    assert_eq!(line.unsettled().await, Vec::<Value>::new());
}

/// A new customer with this telephone number, their key, and every other field that a customer has.
async fn newcomer(line: &Line, phone: &str) -> Value {
    let request = json!({ "customerRecordId": line.bench.customer()["recordId"] });
    let known = line.bench.call("get_customer", request).await;
    let fields = known["fields"].as_array().unwrap().iter();
    let fields: serde_json::Map<String, Value> = fields
        .filter(|field| field["dataType"] == "Text")
        .map(|field| {
            let value = if field["isKey"] == true {
                phone
            } else {
                "Robin"
            };
            let id = field["fieldTypeId"].as_str().unwrap().to_owned();
            (id, json!(value))
        })
        .collect();
    json!({ "fields": fields })
}

#[tokio::test]
async fn a_new_customer_whose_answer_is_lost_is_found_by_key() {
    let line = Line::new().await;
    for (number, mishap) in mishaps().into_iter().enumerate() {
        let newcomer = newcomer(&line, &format!("98765432{number}")).await;
        let before = line.made("CreateCustomer").len();
        line.proxy.next("POST /customers", mishap);
        let told = line.outcome("create_customer", &newcomer).await;
        line.holds_true("CreateCustomer", before, &told, mishap);
        if let Ok(created) = told {
            let last = line.made("CreateCustomer").pop().unwrap();
            assert_eq!(created["recordId"], last["customerRecordId"], "{mishap:?}");
        }
    }
}

#[tokio::test]
async fn a_new_customer_who_could_not_be_looked_for_before_is_known_not_to_be_there() {
    let line = Line::new().await;
    let newcomer = newcomer(&line, "987654321").await;
    let shut_out: FaultRule = "FindCustomer:token-expired:limit=10".parse().unwrap();
    line.bench.simulator.set_faults(&[shut_out]).unwrap();
    line.proxy.next("POST /customers", Mishap::NeverArrives);
    let told = line.bench.refused("create_customer", newcomer).await;
    assert_eq!(told.message.id, "did-not-happen");
    assert_eq!(line.unsettled().await, Vec::<Value>::new());
}

/// A change of the customer's name.
async fn renamed(line: &Line) -> Value {
    let request = json!({ "customerRecordId": line.bench.customer()["recordId"] });
    let known = line.bench.call("get_customer", request.clone()).await;
    let mut fields = known["fields"].as_array().unwrap().iter();
    let name = fields.find(|field| field["isKey"] == false).unwrap();
    let change = json!({ "fieldTypeId": name["fieldTypeId"], "value": "Kim" });
    json!({ "customerRecordId": request["customerRecordId"], "fields": [change] })
}

#[tokio::test]
async fn what_a_field_held_is_read_again_until_it_makes_sense() {
    let line = Line::new().await;
    let change = renamed(&line).await;
    let garbled: FaultRule = "GetCustomer:malformed:limit=4".parse().unwrap();
    line.bench.simulator.set_faults(&[garbled]).unwrap();
    line.proxy.next("PATCH /customers/", Mishap::NeverArrives);
    let told = line.bench.refused("update_customer", change).await;
    assert_eq!(told.message.id, "did-not-happen");
    assert_eq!(line.unsettled().await, Vec::<Value>::new());
}

#[tokio::test]
async fn a_change_is_not_sent_when_the_desk_is_not_let_in() {
    let line = Line::new().await;
    let change = renamed(&line).await;
    let rule = |rule: &str| rule.parse::<FaultRule>().unwrap();
    let rules = [
        rule("GetCustomer:token-expired"),
        rule("Token:malformed:limit=10"),
    ];
    line.bench.simulator.set_faults(&rules).unwrap();
    line.proxy.next("PATCH /customers/", Mishap::NeverArrives);
    let told = line.bench.refused("update_customer", change).await;
    assert_eq!(json!(told.code), "token_refused");
    assert_eq!(line.proxy.seen(), 0);
    assert_eq!(line.unsettled().await, Vec::<Value>::new());
}

#[tokio::test]
async fn a_booking_that_is_answered_with_nothing_is_read_back() {
    let line = Line::with(Options {
        book_answer: BookAnswer::Empty,
        ..Options::default()
    })
    .await;
    let booking = line.bench.vacancy().await;
    let booked = line.bench.call("book_appointment", booking).await;
    assert_eq!(booked["caseId"], line.made("BookAppointment")[0]["caseId"]);
}

#[tokio::test]
async fn pressing_twice_asks_once() {
    let line = Line::new().await;
    let mut booking = line.bench.vacancy().await;
    booking["intentId"] = json!("5b0d6c1e-2222-4a6e-9d10-000000000001");
    let (first, second) = tokio::join!(
        line.outcome("book_appointment", &booking),
        line.outcome("book_appointment", &booking),
    );
    let later = line.outcome("book_appointment", &booking).await;
    assert_eq!(first.clone().unwrap()["caseId"], second.unwrap()["caseId"]);
    assert_eq!(first.unwrap()["caseId"], later.unwrap()["caseId"]);
    assert_eq!(line.made("BookAppointment").len(), 1);

    let mut other = line.bench.vacancy().await;
    other["intentId"] = booking["intentId"].clone();
    let refused = line.bench.refused("book_appointment", other).await;
    assert_eq!(refused.fields[0].field, "intentId");
}

#[tokio::test]
async fn a_slot_that_is_gone_is_not_sent_and_the_nearest_free_ones_are_named() {
    let line = Line::new().await;
    let booking = line.bench.vacancy().await;
    line.bench.call("book_appointment", booking.clone()).await;
    line.proxy.next(BOOK, Mishap::NeverArrives);
    let refused = line.bench.refused("book_appointment", booking).await;
    assert_eq!(json!(refused.code), "slot_taken");
    assert_eq!(refused.slots.unwrap().len(), 3);
    assert_eq!(line.proxy.seen(), 0);
    assert_eq!(line.unsettled().await, Vec::<Value>::new());
}

#[tokio::test]
async fn an_outcome_is_found_out_after_the_program_was_killed_and_the_network_came_back() {
    let line = Line::new().await;
    let booking = line.bench.vacancy().await;
    line.proxy.next(BOOK, Mishap::NetworkDies);
    let told = line
        .outcome("book_appointment", &booking)
        .await
        .unwrap_err();
    assert_eq!(
        (&told["code"], &told["outcomeUnknown"]),
        (&json!("outcome_unknown"), &json!(true))
    );
    let [open] = &line.unsettled().await[..] else {
        panic!("one write is open");
    };
    assert_eq!(
        (&open["intentId"], &open["state"]),
        (&told["intentId"], &json!("settling"))
    );
    assert_eq!(
        (&open["canRetry"], &open["canDrop"]),
        (&json!(false), &json!(false))
    );
    for command in ["retry_unsettled", "drop_unsettled"] {
        let refused = line
            .bench
            .refused(command, json!({ "intentId": open["intentId"] }))
            .await;
        assert_eq!(json!(refused.code), "unsettled", "{command}");
    }

    // Nothing else goes to this calendar meanwhile.
    let again = line
        .outcome("book_appointment", &booking)
        .await
        .unwrap_err();
    assert_eq!(again["code"], "unsettled");
    assert_eq!(line.proxy.seen(), 1);

    let line = line.next_run();
    assert_eq!(line.unsettled().await[0]["state"], "settling");
    line.proxy.comes_back();
    let booking_elsewhere = line.bench.vacancy().await;
    line.bench.call("book_appointment", booking_elsewhere).await;
    let told = until_settled(&line).await;
    assert_eq!(told["state"], "happened");
    assert_eq!(
        told["answer"]["caseId"],
        line.made("BookAppointment")[0]["caseId"]
    );
    let left = line
        .bench
        .call("drop_unsettled", json!({ "intentId": told["intentId"] }))
        .await;
    assert_eq!(left, json!([]));
    assert_eq!(line.made("BookAppointment").len(), 2);
}

/// The one unsettled write, once it is no longer being found out.
async fn until_settled(line: &Line) -> Value {
    let settled = async {
        loop {
            match &line.unsettled().await[..] {
                [write] if write["state"] != "settling" => break write.clone(),
                _ => tokio::task::yield_now().await,
            }
        }
    };
    tokio::time::timeout(Duration::from_secs(10), settled)
        .await
        .unwrap()
}

#[tokio::test]
async fn a_walk_in_whose_answer_is_lost_waits_for_somebody_to_look() {
    let line = Line::new().await;
    let walk_in = line.walk_in();
    line.proxy.next(QUEUE_UP, Mishap::NeverAnswered);
    let told = line.outcome("queue_up", &walk_in).await.unwrap_err();
    assert_eq!(told["code"], "outcome_unknown");
    assert_eq!(told["hint"]["id"], "look-at-queue");
    let [open] = &line.unsettled().await[..] else {
        panic!("one write is open");
    };
    assert_eq!(
        (&open["state"], &open["hint"]["id"]),
        (&json!("needsEyes"), &json!("look-at-queue"))
    );
    let intent = json!({ "intentId": open["intentId"] });

    // The same form again is refused, and so is the same from another window; another walk-in is not.
    let mut same = walk_in.clone();
    same["intentId"] = open["intentId"].clone();
    assert_eq!(
        line.outcome("queue_up", &same).await.unwrap_err()["code"],
        "outcome_unknown"
    );
    assert_eq!(line.made("QueueUp").len(), 1);
    assert_eq!(
        line.outcome("queue_up", &walk_in).await.unwrap_err()["intentId"],
        open["intentId"]
    );
    assert_eq!(line.made("QueueUp").len(), 1);
    let mut other = walk_in.clone();
    other["contactPhoneNumber"] = json!("5550100999");
    line.bench.call("queue_up", other).await;
    assert_eq!(line.made("QueueUp").len(), 2);

    let answer = line.bench.call("retry_unsettled", intent.clone()).await;
    assert!(answer["answer"]["caseId"].is_string());
    assert_eq!(line.made("QueueUp").len(), 3);
    assert_eq!(line.unsettled().await, Vec::<Value>::new());
    let refused = line.bench.refused("retry_unsettled", intent).await;
    assert_eq!(json!(refused.code), "not_found");
}

#[tokio::test]
async fn a_second_instance_can_read_and_sends_no_write() {
    let line = Line::new().await;
    let booking = line.bench.vacancy().await;
    let second = open(line.bench.folder.path(), line.bench.keychain.clone());
    second.dispatch("list_users", json!({})).await.unwrap();
    let refused = second
        .dispatch("book_appointment", booking)
        .await
        .unwrap_err();
    assert_eq!(json!(refused.code), "journal_unavailable");
    assert_eq!(refused.message.id, "journal-taken");
    assert_eq!(line.made("BookAppointment"), Vec::<Value>::new());
}

#[tokio::test]
async fn two_desks_that_take_the_same_slot_get_one_booking_and_three_alternatives() {
    let one = Line::new().await;
    let (other, _folder) = one.another_desk().await;
    let booking = one.bench.vacancy().await;
    let (here, there) = tokio::join!(
        one.bench.desk.dispatch("book_appointment", booking.clone()),
        other.dispatch("book_appointment", booking),
    );
    let (won, lost): (Vec<_>, Vec<_>) = [here, there].into_iter().partition(Result::is_ok);
    assert_eq!((won.len(), lost.len()), (1, 1));
    let lost = lost.into_iter().next().unwrap().unwrap_err();
    assert_eq!(json!(lost.code), "slot_taken");
    assert_eq!(lost.slots.unwrap().len(), 3);
    assert_eq!(one.made("BookAppointment").len(), 1);
}

#[tokio::test]
async fn a_case_that_this_desk_queued_up_is_known_when_it_is_started() {
    let line = Line::new().await;
    let user = line.agent().await;
    // Whoever waits was queued up here: the journal knows their cases by another change.
    line.proxy.next(START_NEXT, Mishap::NeverAnswered);
    let told = line.outcome("start_next_case", &user).await;
    line.holds_true("StartNextCase", 0, &told, Mishap::NeverAnswered);
}
