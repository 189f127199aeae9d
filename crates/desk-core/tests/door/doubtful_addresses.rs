//! Calls whose address is assumed: what a read says when Cubu finds nothing there.

use std::time::Duration;

use cubu_simulator::{Fault, FaultRule, Options};
use serde_json::json;

use crate::{harness::Bench, line::hasty};

async fn with_wrong_address(endpoint: &str, path: &str) -> Bench {
    let address = json!([{ "endpoint": endpoint, "method": "POST", "path": path }]);
    let bench = Bench::with(Options::default(), |draft| draft["addresses"] = address).await;
    Bench {
        desk: bench.desk.settling_at(hasty()),
        ..bench
    }
}

#[tokio::test]
async fn an_appointment_that_is_still_there_proves_the_address_of_cancel_wrong() {
    let bench = with_wrong_address("CancelAppointment", "/{applicationId}/nowhere/{caseId}").await;
    let booking = bench.vacancy().await;
    let booked = bench.call("book_appointment", booking.clone()).await;
    let cancel = json!({
        "serviceId": booking["serviceId"], "date": booking["date"], "cuIndex": booking["cuIndex"], "caseId": booked["caseId"],
    });
    let refused = json!(bench.refused("cancel_appointment", cancel).await);
    assert_eq!(
        (&refused["code"], &refused["message"]["id"]),
        (
            &json!("address_not_accepted"),
            &json!("address-not-accepted")
        )
    );
    assert_eq!(refused["hint"]["id"], "hint-correct-address");
    let cards = bench.call("list_endpoints", json!({})).await;
    let cards = cards.as_array().unwrap();
    let card = cards
        .iter()
        .find(|card| card["name"] == "CancelAppointment")
        .unwrap();
    assert_eq!(
        card["override"]["path"],
        "/{applicationId}/nowhere/{caseId}"
    );
    assert_eq!(
        cards
            .iter()
            .filter(|card| card["overridable"] == true)
            .count(),
        4
    );
}

#[tokio::test]
async fn a_calendar_that_is_not_up_to_date_does_not_make_an_appointment_cancelled() {
    let bench = with_wrong_address("CancelAppointment", "/{applicationId}/nowhere/{caseId}").await;
    let booking = bench.vacancy().await;
    // The look before it is booked, the one before it is cancelled, and the first one after that.
    let stale = Fault::StaleRead(Duration::from_secs(60));
    let stale = FaultRule::new("ListAppointments", stale).limit(3);
    bench.simulator.set_faults(&[stale]).unwrap();
    let booked = bench.call("book_appointment", booking.clone()).await;
    let cancel = json!({
        "serviceId": booking["serviceId"], "date": booking["date"], "cuIndex": booking["cuIndex"], "caseId": booked["caseId"],
    });
    let refused = json!(bench.refused("cancel_appointment", cancel).await);
    assert_eq!(refused["code"], "address_not_accepted");
}

#[tokio::test]
async fn a_workstation_that_is_still_held_proves_the_address_of_vacate_wrong() {
    let bench = with_wrong_address(
        "VacateWorkstation",
        "/{applicationId}/nowhere/{userId}/{workstationId}",
    )
    .await;
    let world = bench.simulator.world();
    let held = world["workstations"]
        .as_array()
        .unwrap()
        .iter()
        .find(|place| place["userId"].is_string())
        .unwrap();
    let vacate = json!({ "userId": held["userId"], "workstationId": held["workstationId"] });
    let refused = json!(bench.refused("vacate_workstation", vacate).await);
    assert_eq!(refused["message"]["id"], "address-not-accepted");
}

#[tokio::test]
async fn a_workstation_that_somebody_else_holds_is_not_called_vacant() {
    let bench = with_wrong_address(
        "VacateWorkstation",
        "/{applicationId}/nowhere/{userId}/{workstationId}",
    )
    .await;
    let world = bench.simulator.world();
    let held = world["workstations"]
        .as_array()
        .unwrap()
        .iter()
        .find(|place| place["userId"].is_string())
        .unwrap();
    let colleague = world["users"]
        .as_array()
        .unwrap()
        .iter()
        .find(|user| user["userId"] != held["userId"] && user["currentUnitId"] == held["unitId"])
        .unwrap();
    let vacate = json!({ "userId": colleague["userId"], "workstationId": held["workstationId"] });
    let refused = json!(bench.refused("vacate_workstation", vacate).await);
    assert_eq!(refused["message"]["id"], "address-or-gone");
}

#[tokio::test]
async fn without_a_read_to_decide_it_is_said_to_be_either() {
    let bench = with_wrong_address(
        "ListBackOfficeTasks",
        "/{applicationId}/organization/nowhere",
    )
    .await;
    let refused = json!(bench.refused("list_back_office_tasks", json!({})).await);
    assert_eq!(
        (&refused["code"], &refused["message"]["id"]),
        (&json!("address_not_accepted"), &json!("address-or-gone"))
    );
}
