//! The agent's day: unit, clock-in, breaks, clock-out, and the calls that only read.

use cubu_simulator::Options;
use serde_json::{Value, json};

use crate::desk::{Desk, assert_numbered, assert_refused, options};

const JERUSALEM: &str = "Jerusalem, Jaffa Road";
const ANNEX: &str = "Records annex";

#[tokio::test]
async fn a_new_agent_has_no_unit_and_each_call_says_so_in_its_own_way() {
    let desk = Desk::open().await;
    let agent = format!("/agents/{}", desk.user("Noa Marcus"));
    let (_, status) = desk.get(&format!("{agent}/status")).await;
    assert_eq!(
        (&status["unitId"], &status["workspaceId"]),
        (&Value::Null, &Value::Null)
    );
    assert_refused(
        &desk.get(&format!("{agent}/activeCases")).await,
        403,
        "no current unit",
    );
    assert_refused(
        &desk.get(&format!("{agent}/workstations")).await,
        403,
        "no current unit",
    );
    assert_numbered(&desk.get(&format!("{agent}/inboxes")).await, 1010);
    assert_eq!(
        desk.get(&format!("{agent}/workspaces")).await,
        (200, json!([]))
    );
}

#[tokio::test]
async fn a_unit_without_workspaces_is_1011() {
    let desk = Desk::open().await;
    let agent = desk.agent_at("Noa Marcus", ANNEX).await;
    assert_numbered(&desk.get(&format!("{agent}/activeCases")).await, 1011);
    assert_numbered(&desk.get(&format!("{agent}/inboxes")).await, 1011);
}

#[tokio::test]
async fn selecting_a_unit_brings_its_workspace_inboxes_and_desks() {
    let desk = Desk::open().await;
    let agent = format!("/agents/{}", desk.user("Noa Marcus"));
    let unit = json!({ "unitId": desk.unit(JERUSALEM) });
    let answer = desk.post(&format!("{agent}/units/_current"), unit).await;
    assert_eq!(answer, (200, Value::Null));
    let (_, status) = desk.get(&format!("{agent}/status")).await;
    assert_eq!(status["unitName"], JERUSALEM);
    assert_eq!(status["workspaceName"], "Main hall");
    let (_, workspaces) = desk.get(&format!("{agent}/workspaces")).await;
    let behaviors: Vec<&Value> = workspaces
        .as_array()
        .unwrap()
        .iter()
        .map(|w| &w["startNextBehavior"])
        .collect();
    assert_eq!(behaviors, ["Auto", "AddTab"]);
    let (_, inboxes) = desk.get(&format!("{agent}/inboxes")).await;
    assert_eq!(inboxes[1]["position"], 1);
    assert!(inboxes[1]["waitingCount"].as_u64().unwrap() >= 4);
    assert_eq!(inboxes[1]["pendingCount"], 2);
    let (_, desks) = desk.get(&format!("{agent}/workstations")).await;
    assert_eq!(desks.as_array().unwrap().len(), 7);
}

#[tokio::test]
async fn a_unit_that_is_closed_to_the_agent_is_forbidden() {
    let desk = Desk::open().await;
    let agent = format!("/agents/{}", desk.user("Noa Marcus"));
    for unit in [
        desk.unit("London, Southwark"),
        "00000000-0000-4000-8000-000000000000".to_owned(),
    ] {
        for call in ["units/_current", "actions/clockIn"] {
            let answer = desk
                .post(&format!("{agent}/{call}"), json!({ "unitId": unit }))
                .await;
            assert_refused(&answer, 403, "may not access");
        }
    }
}

#[tokio::test]
async fn an_unknown_agent_is_not_found() {
    let desk = Desk::open().await;
    let answer = desk
        .get("/agents/00000000-0000-4000-8000-000000000000/status")
        .await;
    assert_refused(&answer, 404, "user");
}

#[tokio::test]
async fn clocking_in_twice_is_3301() {
    let desk = Desk::open().await;
    let agent = desk.agent_at("Noa Marcus", JERUSALEM).await;
    let unit = json!({ "unitId": desk.unit(JERUSALEM) });
    assert_numbered(
        &desk.post(&format!("{agent}/actions/clockIn"), unit).await,
        3301,
    );
}

#[tokio::test]
async fn clocking_out_needs_words_for_other_and_somebody_at_work() {
    let desk = Desk::open().await;
    let agent = desk.agent_at("Noa Marcus", JERUSALEM).await;
    let out = format!("{agent}/actions/clockOut");
    let other = json!({ "clockOutReason": "Other" });
    assert_refused(
        &desk.post(&out, other).await,
        400,
        "clockOutDescription is required",
    );
    let long = json!({ "clockOutReason": "Other", "clockOutDescription": "ש".repeat(201) });
    assert_refused(&desk.post(&out, long).await, 400, "at most 200");
    let unknown = json!({ "clockOutReason": "Holiday" });
    assert_refused(&desk.post(&out, unknown).await, 400, "EndOfShift, Other");
    let words = json!({ "clockOutReason": "Other", "clockOutDescription": "ש".repeat(200) });
    assert_eq!(desk.post(&out, words).await, (200, Value::Null));
    assert_numbered(
        &desk
            .post(&out, json!({ "clockOutReason": "EndOfShift" }))
            .await,
        3301,
    );
}

#[tokio::test]
async fn to_the_letter_clocking_out_is_for_those_who_are_away() {
    let desk = Desk::with(Options {
        doubtful_conflicts_as_printed: true,
        ..options()
    })
    .await;
    let agent = desk.agent_at("Noa Marcus", JERUSALEM).await;
    let end = json!({ "clockOutReason": "EndOfShift" });
    assert_numbered(
        &desk.post(&format!("{agent}/actions/clockOut"), end).await,
        3301,
    );
    let pause = json!({ "unavailabilityReason": "Break" });
    let answer = desk
        .post(&format!("{agent}/actions/becomeUnavailable"), pause)
        .await;
    assert_numbered(&answer, 3304);
}

#[tokio::test]
async fn a_break_begins_changes_its_reason_and_ends() {
    let desk = Desk::open().await;
    let agent = desk.agent_at("Noa Marcus", JERUSALEM).await;
    let pause = format!("{agent}/actions/becomeUnavailable");
    let back = format!("{agent}/actions/becomeAvailable");
    assert_eq!(
        desk.post(&pause, json!({ "unavailabilityReason": "Break" }))
            .await
            .0,
        200
    );
    assert_eq!(
        desk.post(&pause, json!({ "unavailabilityReason": "Meeting" }))
            .await
            .0,
        200
    );
    assert_eq!(desk.post(&back, json!({})).await, (200, Value::Null));
    assert_eq!(desk.post(&back, json!({})).await.0, 200);
    let reasons: Vec<Value> = desk
        .running
        .ledger()
        .iter()
        .map(|entry| entry["reason"].clone())
        .collect();
    assert_eq!(
        reasons,
        [
            Value::Null,
            json!("Break"),
            json!("Meeting"),
            Value::Null,
            Value::Null
        ]
    );
}

#[tokio::test]
async fn a_break_needs_what_its_reason_needs() {
    let desk = Desk::open().await;
    let agent = desk.agent_at("Noa Marcus", JERUSALEM).await;
    let pause = format!("{agent}/actions/becomeUnavailable");
    let other = json!({ "unavailabilityReason": "Other", "unavailabilityDescription": " " });
    assert_refused(
        &desk.post(&pause, other).await,
        400,
        "unavailabilityDescription is required",
    );
    let work = json!({ "unavailabilityReason": "BackOfficeWork" });
    assert_refused(
        &desk.post(&pause, work).await,
        400,
        "backOfficeTaskId is required",
    );
    let unknown = json!({ "unavailabilityReason": "BackOfficeWork", "backOfficeTaskId": desk.user("Dana Frost") });
    assert_refused(&desk.post(&pause, unknown).await, 404, "back-office task");
    let (_, tasks) = desk.get("/organization/backOfficeTasks").await;
    let task = &tasks[0]["backOfficeTaskId"];
    let work = json!({ "unavailabilityReason": "BackOfficeWork", "backOfficeTaskId": task });
    assert_eq!(desk.post(&pause, work).await.0, 200);
}

#[tokio::test]
async fn only_the_available_can_become_unavailable() {
    let desk = Desk::open().await;
    let pause = json!({ "unavailabilityReason": "Break" });
    let away = format!("/agents/{}/actions", desk.user("Noa Marcus"));
    assert_numbered(
        &desk
            .post(&format!("{away}/becomeUnavailable"), pause.clone())
            .await,
        3303,
    );
    let answer = desk
        .post(&format!("{away}/becomeAvailable"), json!({}))
        .await;
    assert_refused(&answer, 409, "Away");
    let agent = desk.agent_at("Dana Frost", JERUSALEM).await;
    assert_eq!(
        desk.post(&format!("{agent}/actions/startNext"), json!({}))
            .await
            .0,
        200
    );
    assert_numbered(
        &desk
            .post(&format!("{agent}/actions/becomeUnavailable"), pause)
            .await,
        3303,
    );
}

#[tokio::test]
async fn without_tracking_nobody_clocks_in_and_everybody_may_serve() {
    let desk = Desk::with(Options {
        agent_tracking: false,
        ..options()
    })
    .await;
    let agent = format!("/agents/{}", desk.user("Noa Marcus"));
    let unit = json!({ "unitId": desk.unit(JERUSALEM) });
    for (call, body) in [
        ("clockIn", unit.clone()),
        ("clockOut", json!({ "clockOutReason": "EndOfShift" })),
        (
            "becomeUnavailable",
            json!({ "unavailabilityReason": "Break" }),
        ),
        ("becomeAvailable", json!({})),
    ] {
        let answer = desk.post(&format!("{agent}/actions/{call}"), body).await;
        assert_refused(&answer, 403, "Track Agents Status");
    }
    assert_eq!(
        desk.post(&format!("{agent}/units/_current"), unit).await.0,
        200
    );
    assert_eq!(
        desk.post(&format!("{agent}/actions/startNext"), json!({}))
            .await
            .0,
        200
    );
}
