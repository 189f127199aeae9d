//! Moving an appointment: as one act, with exactly one appointment held in the end, or a plain word that it is otherwise.

use std::time::Duration;

use cubu_simulator::Options;
use serde_json::{Value, json};

use crate::{line::Line, proxy::Mishap};

pub const BOOK: &str = "POST /appointments";
pub const CANCEL: &str = "DELETE /appointments/";

/// An appointment, and a free time to move it to.
pub struct Planned {
    pub old: Value,
    pub case: Value,
    pub new: Value,
}

impl Planned {
    pub async fn on(line: &Line) -> Self {
        let old = line.bench.vacancy().await;
        let booked = line.bench.call("book_appointment", old.clone()).await;
        let case = booked["caseId"].clone();
        let new = line.bench.vacancy().await;
        Self { old, case, new }
    }

    /// Of a customer who has no appointment yet.
    async fn of_somebody_new(line: &Line) -> Self {
        let mut old = line.bench.vacancy().await;
        let world = line.bench.simulator.world();
        for customer in world["customers"].as_array().unwrap() {
            old["customerRecordId"] = customer["recordId"].clone();
            if let Ok(booked) = line.outcome("book_appointment", &old).await {
                let mut new = line.bench.vacancy().await;
                new["customerRecordId"] = customer["recordId"].clone();
                let case = booked["caseId"].clone();
                return Self { old, case, new };
            }
        }
        panic!("everybody has an appointment");
    }

    pub fn request(&self, order: &str) -> Value {
        json!({
            "from": { "caseId": self.case, "booking": self.old },
            "to": self.new, "order": order,
        })
    }
}

/// The cases that this desk has booked and not cancelled, as Cubu's ledger knows them.
pub fn held(line: &Line) -> Vec<Value> {
    let cancelled = line.made("CancelAppointment");
    let is_held = |booked: &Value| {
        !cancelled
            .iter()
            .any(|cancelled| cancelled["caseId"] == booked["caseId"])
    };
    let cases = line.made("BookAppointment").into_iter().filter(is_held);
    cases.map(|booked| booked["caseId"].clone()).collect()
}

pub async fn listed(line: &Line) -> Vec<Value> {
    let list = line.bench.call("list_moves", json!({})).await;
    list.as_array().unwrap().clone()
}

/// Nothing is open, and nobody is left to be told.
pub async fn nothing_is_left(line: &Line) {
    assert_eq!(listed(line).await, Vec::<Value>::new());
    assert_eq!(line.unsettled().await, Vec::<Value>::new());
}

fn made_since(line: &Line, before: usize) -> Vec<String> {
    let ledger = line.bench.simulator.ledger().into_iter().skip(before);
    ledger
        .map(|entry| entry["endpoint"].as_str().unwrap().to_owned())
        .collect()
}

#[tokio::test]
async fn the_new_time_is_booked_before_the_old_one_is_cancelled() {
    let line = Line::new().await;
    let planned = Planned::on(&line).await;
    let before = line.bench.simulator.ledger().len();
    let moved = line
        .bench
        .call("move_appointment", planned.request("bookFirst"))
        .await;
    assert_eq!(moved["state"], "moved");
    assert_eq!(
        (&moved["old"]["held"], &moved["new"]["held"]),
        (&json!("no"), &json!("yes"))
    );
    assert_eq!(moved["message"]["id"], "move-done");
    assert_eq!(held(&line), [moved["newCaseId"].clone()]);
    assert_eq!(
        made_since(&line, before),
        ["BookAppointment", "CancelAppointment"]
    );
    assert_eq!(
        line.made("BookAppointment")[1]["start"],
        planned.new["startTime"]
    );
    nothing_is_left(&line).await;
}

#[tokio::test]
async fn what_the_list_does_not_show_moves_along_from_the_booking_made_here() {
    let line = Line::new().await;
    let mut planned = Planned::on(&line).await;
    let kept = planned.old.clone();
    for member in ["contactPhoneNumber", "contactEmail"] {
        planned.old[member] = Value::Null;
        planned.new[member] = Value::Null;
    }
    let moved = line
        .bench
        .call("move_appointment", planned.request("bookFirst"))
        .await;
    assert_eq!(moved["state"], "moved");
    let booked = line.made("BookAppointment").pop().unwrap();
    assert_eq!(booked["contactPhoneNumber"], kept["contactPhoneNumber"]);
}

#[tokio::test]
async fn a_number_is_what_was_said_then_what_was_booked_here_then_what_stands_on_the_card() {
    for (said, was_booked_here, expected) in [
        (Some("0555000111"), true, "0555000111"),
        (None, true, "0555000222"),
        (None, false, "0555000333"),
    ] {
        let line = Line::new().await;
        let (other, _folder) = line.another_desk().await;
        let mut old = line.bench.vacancy().await;
        old["contactPhoneNumber"] = json!("0555000222");
        let booking_desk = if was_booked_here {
            &line.bench.desk
        } else {
            &other
        };
        let booked = booking_desk.dispatch("book_appointment", old.clone()).await;
        let case = booked.unwrap()["caseId"].clone();
        let mut new = line.bench.vacancy().await;
        old["contactPhoneNumber"] = json!(said);
        new["contactPhoneNumber"] = json!(said);
        let mut request = Planned { old, case, new }.request("bookFirst");
        request["contactOnCard"] = json!({ "phone": "0555000333" });
        request["moveId"] = json!("5b0d6c1e-3333-4a6e-9d10-000000000001");
        let moved = line.bench.call("move_appointment", request.clone()).await;
        let booked = line.made("BookAppointment").pop().unwrap();
        assert_eq!(booked["contactPhoneNumber"], expected);

        // What was filled in does not make it another wish.
        let again = line.outcome("move_appointment", &request).await;
        assert_eq!(again.unwrap()["newCaseId"], moved["newCaseId"]);
    }
}

#[tokio::test]
async fn a_lost_answer_at_any_step_leaves_one_appointment_and_the_truth_about_it() {
    let mut line = Line::new().await;
    for order in ["bookFirst", "cancelFirst"] {
        for request in [BOOK, CANCEL] {
            for mishap in [
                Mishap::NeverArrives,
                Mishap::NeverAnswered,
                Mishap::AnsweredInPart(40),
                Mishap::ActsLater(Duration::from_millis(200)),
            ] {
                let planned = Planned::on(&line).await;
                line.proxy.next(request, mishap);
                let told = line
                    .outcome("move_appointment", &planned.request(order))
                    .await;
                let what = format!("{order} {request} {mishap:?}: {told:#?}");
                let held = held(&line);
                assert_eq!(held.len(), 1, "{what}");
                let first = (order == "bookFirst") == (request == BOOK);
                let expected = match &told {
                    Ok(moved) => {
                        assert_eq!(moved["state"], "moved", "{what}");
                        &moved["newCaseId"]
                    }
                    Err(failure) => {
                        assert!(first, "{what}");
                        assert_eq!(failure["code"], "did_not_happen", "{what}");
                        &planned.case
                    }
                };
                assert_eq!(held[0], *expected, "{what}");
                nothing_is_left(&line).await;
                line = clear(line, &held[0]).await;
            }
        }
    }
}

/// Cancels what is held, so that the next round begins with nothing.
pub async fn clear(line: Line, case: &Value) -> Line {
    let booked = line.made("BookAppointment");
    let booked = booked.iter().find(|booked| booked["caseId"] == *case);
    let slot = booked.unwrap();
    let cancel = json!({
        "serviceId": slot["serviceId"], "date": slot["date"],
        "cuIndex": slot["cuIndex"], "caseId": case,
    });
    line.bench.call("cancel_appointment", cancel).await;
    line
}

#[tokio::test]
async fn a_time_that_is_taken_meanwhile_changes_nothing_and_names_the_nearest() {
    let line = Line::new().await;
    let planned = Planned::on(&line).await;
    line.bench
        .call("book_appointment", planned.new.clone())
        .await;
    let before = line.bench.simulator.ledger().len();
    let refused = line
        .bench
        .refused("move_appointment", planned.request("bookFirst"))
        .await;
    assert_eq!(json!(refused.code), "slot_taken");
    assert_eq!(refused.slots.unwrap().len(), 3);
    assert_eq!(made_since(&line, before), Vec::<String>::new());
    nothing_is_left(&line).await;
}

pub async fn until_over(line: &Line) -> Value {
    let over = async {
        loop {
            match &listed(line).await[..] {
                [moved] if moved["state"] != "underWay" && moved["canResume"] == false => {
                    break moved.clone();
                }
                _ => tokio::task::yield_now().await,
            }
        }
    };
    tokio::time::timeout(Duration::from_secs(20), over)
        .await
        .unwrap()
}

/// The first time of a day, which any service type can start at.
async fn first_of_a_day(line: &Line) -> (Value, Value) {
    let bench = &line.bench;
    let near = bench.vacancy().await;
    let service = bench.service("appointment");
    let types = service["serviceTypeIds"].as_array().unwrap();
    let from = near["date"].clone();
    let span = json!({ "serviceId": service["serviceId"], "from": from, "days": 14 });
    let span = bench.call("load_span", span).await;
    for day in span["days"].as_array().unwrap().iter().skip(1) {
        for cu_index in 0..4 {
            let offers = async |service_type: &Value| {
                let asked = json!({
                    "serviceId": service["serviceId"], "date": day["date"],
                    "cuIndex": cu_index, "serviceTypeId": service_type,
                });
                let outcome = bench.desk.dispatch("list_vacancies", asked).await;
                outcome
                    .ok()
                    .and_then(|offered| offered["slots"].get(0).cloned())
            };
            let (one, two) = (offers(&types[0]).await, offers(&types[1]).await);
            if let (Some(one), Some(two)) = (one, two)
                && one == two
            {
                let mut old = near.clone();
                old["date"] = day["date"].clone();
                old["cuIndex"] = json!(cu_index);
                old["startTime"] = one;
                old["serviceTypeId"] = types[0].clone();
                let mut new = old.clone();
                new["serviceTypeId"] = types[1].clone();
                return (old, new);
            }
        }
    }
    panic!("no day begins with a free time");
}

#[tokio::test]
async fn times_that_overlap_are_asked_about_before_anything_is_changed() {
    let line = Line::new().await;
    let (old, new) = first_of_a_day(&line).await;
    let case = line.bench.call("book_appointment", old.clone()).await["caseId"].clone();
    let planned = Planned { old, case, new };
    let before = line.bench.simulator.ledger().len();
    let asked = line
        .bench
        .refused("move_appointment", planned.request("bookFirst"))
        .await;
    assert_eq!(json!(asked.code), "move_needs_order");
    assert_eq!(asked.message.id, "move-overlaps");
    assert_eq!(made_since(&line, before), Vec::<String>::new());
    nothing_is_left(&line).await;

    let moved = line
        .bench
        .call("move_appointment", planned.request("cancelFirst"))
        .await;
    assert_eq!(moved["state"], "moved");
    assert_eq!(
        made_since(&line, before),
        ["CancelAppointment", "BookAppointment"]
    );
    assert_eq!(held(&line), [moved["newCaseId"].clone()]);
}

#[tokio::test]
async fn a_customer_who_may_hold_one_only_is_asked_about_before_anything_is_changed() {
    let line = Line::with(Options {
        one_appointment_each: true,
        ..Options::default()
    })
    .await;
    let planned = Planned::of_somebody_new(&line).await;
    let asked = line
        .bench
        .refused("move_appointment", planned.request("bookFirst"))
        .await;
    assert_eq!(json!(asked.code), "move_needs_order");
    assert_eq!(asked.message.id, "move-refused-while-held-with");
    assert_eq!(held(&line), std::slice::from_ref(&planned.case));
    let moved = line
        .bench
        .call("move_appointment", planned.request("cancelFirst"))
        .await;
    assert_eq!(held(&line), [moved["newCaseId"].clone()]);
    nothing_is_left(&line).await;
}

#[tokio::test]
async fn a_new_time_that_is_lost_after_the_old_one_was_given_up_brings_the_old_one_back() {
    let line = Line::new().await;
    let planned = Planned::on(&line).await;
    line.bench
        .call("book_appointment", planned.new.clone())
        .await;
    let told = line
        .bench
        .call("move_appointment", planned.request("cancelFirst"))
        .await;
    assert_eq!(told["state"], "rebooked");
    assert_eq!(told["trouble"]["id"], "slot-taken");
    assert_eq!(
        (&told["old"]["held"], &told["new"]["held"]),
        (&json!("yes"), &json!("no"))
    );
    let again = line.made("BookAppointment").pop().unwrap();
    assert_eq!(again["caseId"], told["newCaseId"]);
    assert_eq!(again["start"], planned.old["startTime"]);
    assert!(held(&line).contains(&told["newCaseId"]));
    nothing_is_left(&line).await;
}

#[tokio::test]
async fn when_both_times_are_lost_it_is_said_that_no_appointment_is_held() {
    let line = Line::new().await;
    let planned = Planned::on(&line).await;
    line.bench
        .call("book_appointment", planned.new.clone())
        .await;
    // The old time can't be booked again: a tag that it had is gone.
    let mut request = planned.request("cancelFirst");
    request["from"]["booking"]["tagIds"] = json!(["5b0d6c1e-0000-4a6e-9d10-0000000000ff"]);
    let told = line.bench.call("move_appointment", request).await;
    assert_eq!(told["state"], "noneHeld", "{told:#}");
    assert_eq!(told["message"]["id"], "move-none-held");
    assert_eq!(told["newCaseId"], Value::Null);
    assert!(!held(&line).contains(&planned.case));
    assert_eq!(held(&line).len(), 1, "the one that took the new time");
}

#[tokio::test]
async fn pressing_twice_moves_once() {
    let line = Line::new().await;
    let planned = Planned::on(&line).await;
    let mut request = planned.request("bookFirst");
    request["moveId"] = json!("5b0d6c1e-3333-4a6e-9d10-000000000001");
    let (first, second) = tokio::join!(
        line.outcome("move_appointment", &request),
        line.outcome("move_appointment", &request),
    );
    let later = line.outcome("move_appointment", &request).await.unwrap();
    assert_eq!(first.clone().unwrap()["newCaseId"], later["newCaseId"]);
    assert_eq!(second.unwrap()["newCaseId"], later["newCaseId"]);
    assert_eq!(line.made("BookAppointment").len(), 2);
    assert_eq!(held(&line), [later["newCaseId"].clone()]);

    // Another form for the same appointment comes too late, and another wish under the same id is refused.
    let refused = line
        .bench
        .refused("move_appointment", planned.request("bookFirst"))
        .await;
    assert_eq!(refused.message.id, "move-old-gone");
    request["order"] = json!("cancelFirst");
    let refused = line.bench.refused("move_appointment", request).await;
    assert_eq!(refused.fields[0].field, "moveId");
}
