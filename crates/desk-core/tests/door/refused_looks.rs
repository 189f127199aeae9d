//! Looks that Cubu refuses, or whose list names nobody, or is of another unit: what became of a change is found out all the same
//! where anything can tell, and left to a person where nothing can.

use std::time::Duration;

use cubu_simulator::{Breakdown, Fault, FaultRule, Role};
use serde_json::{Value, json};
use tokio::time::timeout;

use crate::{line::Line, proxy::Mishap};

const ROLES: [Role; 5] = [
    Role::AgentImpersonator,
    Role::AppointmentsManager,
    Role::CaseManager,
    Role::CustomersManager,
    Role::OrganizationReader,
];

#[tokio::test]
async fn looks_that_are_refused_for_a_moment_do_not_leave_a_change_to_a_person() {
    let line = Line::new().await;
    let user = line.agent().await;
    let places = line.bench.call("list_workstations", user.clone()).await;
    let free = |place: &&Value| place["isActive"] == true && place["user"].is_null();
    let place = places.as_array().unwrap().iter().find(free).unwrap();
    let mut here = user.clone();
    here["workstationId"] = place["workstationId"].clone();
    line.bench.call("occupy_workstation", here.clone()).await;

    let simulator = &line.bench.simulator;
    let looks = simulator.requests("ListWorkstations");
    line.proxy
        .next("POST /actions/vacate", Mishap::NeverAnswered);
    let refused_for_a_moment = async {
        while line.made("VacateWorkstation").is_empty() {
            tokio::task::yield_now().await;
        }
        simulator.set_roles(&[]);
        while simulator.requests("ListWorkstations") < looks + 3 {
            tokio::task::yield_now().await;
        }
        simulator.set_roles(&ROLES);
    };
    let vacated = line.outcome("vacate_workstation", &here);
    let both = async { tokio::join!(vacated, refused_for_a_moment) };
    let (told, ()) = timeout(Duration::from_secs(10), both).await.unwrap();
    assert_eq!(told.unwrap()["outcome"], "vacated");
}

#[tokio::test]
async fn a_booking_without_a_name_in_its_place_is_known_not_to_be_the_customer_s() {
    let line = Line::new().await;
    let booking = line.bench.vacancy().await;
    let mut nameless = booking.clone();
    nameless.as_object_mut().unwrap().remove("customerRecordId");
    // Neither desk sees the other's before it sends.
    let stale = Fault::StaleRead(Duration::from_secs(60));
    let rules =
        ["ListAppointments", "ListVacancies"].map(|call| FaultRule::new(call, stale).limit(2));
    line.bench.simulator.set_faults(&rules).unwrap();
    let (stranger, _folder) = line.another_desk().await;
    let theirs = stranger.dispatch("book_appointment", nameless).await;
    assert!(theirs.is_ok(), "{theirs:#?}");
    line.proxy.next("POST /appointments", Mishap::NeverArrives);
    let told = line
        .outcome("book_appointment", &booking)
        .await
        .unwrap_err();
    assert_eq!(told["code"], "did_not_happen", "{told:#}");
    assert_eq!(line.proxy.seen(), 1);
    assert_eq!(line.unsettled().await, Vec::<Value>::new());
}

/// Books what another desk had booked and this one has cancelled. Every list that is read once the booking is on its way lags
/// behind, and still shows the cancelled one.
async fn booked_after_cancelling(mishap: Mishap) -> (Line, Result<Value, Value>) {
    let line = Line::new().await;
    let booking = line.bench.vacancy().await;
    let (stranger, _folder) = line.another_desk().await;
    let theirs = stranger.dispatch("book_appointment", booking.clone()).await;
    let mut cancel = booking.clone();
    cancel["caseId"] = theirs.unwrap()["caseId"].clone();
    // From now on the past is remembered; the first that is remembered is the moment before the cancelling.
    let simulator = &line.bench.simulator;
    let stale = Fault::StaleRead(Duration::from_secs(60));
    let rule = |call| FaultRule::new(call, stale);
    simulator.set_faults(&[rule("ListCalendars")]).unwrap();
    line.bench.call("cancel_appointment", cancel).await;

    let looks = simulator.requests("ListAppointments");
    line.proxy.next("POST /appointments", mishap);
    let looked_behind = async {
        while simulator.requests("ListAppointments") == looks {
            tokio::task::yield_now().await;
        }
        simulator.set_faults(&[rule("ListAppointments")]).unwrap();
    };
    let (told, ()) = tokio::join!(line.outcome("book_appointment", &booking), looked_behind);
    assert!(simulator.requests("ListAppointments") > looks + 1);
    (line, told)
}

#[tokio::test]
async fn what_was_cancelled_here_is_not_taken_for_the_booking_that_follows() {
    let (_line, told) = booked_after_cancelling(Mishap::NeverArrives).await;
    assert_eq!(told.unwrap_err()["code"], "did_not_happen");
    // Cubu says that it is booked, and not which one it is.
    let (_line, told) = booked_after_cancelling(Mishap::AnsweredBy("null")).await;
    assert_eq!(told.unwrap()["caseId"], Value::Null);
}

#[tokio::test]
async fn a_case_in_another_unit_is_not_told_as_resolved_because_it_is_not_listed() {
    let line = Line::new().await;
    let user = line.agent().await;
    let started = line.bench.call("start_next_case", user.clone()).await;
    let case = json!({ "userId": user["userId"], "caseId": started["caseId"] });
    let world = line.bench.simulator.world();
    let mut users = world["users"].as_array().unwrap().iter();
    let agent = users.find(|agent| agent["userId"] == user["userId"]);
    let unit = &line.bench.service("walkIn")["unitId"];
    let mut units = agent.unwrap()["unitIds"].as_array().unwrap().iter();
    let other = units.find(|other| *other != unit).unwrap();
    let elsewhere = json!({ "userId": user["userId"], "unitId": other });
    line.bench.call("select_current_unit", elsewhere).await;

    line.proxy
        .next("POST /actions/resolve", Mishap::NeverArrives);
    let told = line.outcome("resolve_case", &case).await.unwrap_err();
    assert_eq!(told["code"], "outcome_unknown", "{told:#}");
    assert_eq!(line.unsettled().await[0]["state"], "needsEyes");
}

#[tokio::test]
async fn a_connection_that_is_not_let_in_for_a_while_finds_out_in_the_end() {
    let line = Line::new().await;
    let booking = line.bench.vacancy().await;
    line.proxy.next("POST /appointments", Mishap::NeverAnswered);
    let simulator = &line.bench.simulator;
    let turned_away = async {
        while line.made("BookAppointment").is_empty() {
            tokio::task::yield_now().await;
        }
        let expired = FaultRule::new("ListAppointments", Fault::TokenExpired);
        simulator.set_faults(&[expired]).unwrap();
    };
    let booked = line.outcome("book_appointment", &booking);
    let (told, ()) = tokio::join!(booked, turned_away);
    assert_eq!(told.unwrap_err()["code"], "outcome_unknown");
    assert_eq!(line.unsettled().await[0]["state"], "settling");
    simulator.clear_faults();
    let found_out = async {
        while line.unsettled().await[0]["state"] != "happened" {
            tokio::task::yield_now().await;
        }
    };
    timeout(Duration::from_secs(10), found_out).await.unwrap();
}

#[tokio::test]
async fn a_case_is_not_resolved_unseen_while_cubu_fails() {
    let line = Line::new().await;
    let user = line.agent().await;
    let started = line.bench.call("start_next_case", user.clone()).await;
    let case = json!({ "userId": user["userId"], "caseId": started["caseId"] });
    let failing = Fault::BreakdownBefore(Breakdown::Internal);
    let failing = FaultRule::new("ListActiveCases", failing);
    line.bench.simulator.set_faults(&[failing]).unwrap();
    line.bench.refused("resolve_case", case.clone()).await;
    assert_eq!(line.made("ResolveCase"), Vec::<Value>::new());
    line.bench.simulator.clear_faults();
    line.bench.call("resolve_case", case).await;
}
