//! Next, call again, resolve: by the rules, and with everybody pressing at once.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::desk::{Answer, Desk, assert_numbered, assert_refused};

const JERUSALEM: &str = "Jerusalem, Jaffa Road";
const HAIFA: &str = "Haifa, Carmel";
const LONDON: &str = "London, Southwark";

async fn next(desk: &Desk, agent: &str, body: Value) -> Answer {
    desk.post(&format!("{agent}/actions/startNext"), body).await
}

async fn resolve(desk: &Desk, agent: &str, case: &str) -> Answer {
    desk.post(&format!("{agent}/cases/{case}/actions/resolve"), json!({}))
        .await
}

async fn call_again(desk: &Desk, agent: &str, case: &str) -> Answer {
    desk.post(
        &format!("{agent}/cases/{case}/actions/callAgain"),
        json!({}),
    )
    .await
}

async fn active(desk: &Desk, agent: &str) -> Vec<Value> {
    let (_, cases) = desk.get(&format!("{agent}/activeCases")).await;
    cases
        .as_array()
        .unwrap()
        .iter()
        .map(|case| case["caseId"].clone())
        .collect()
}

/// The inbox of this kind in this unit.
fn inbox(desk: &Desk, unit: &str, name: &str) -> Value {
    let unit = json!(desk.unit(unit));
    let inboxes = desk.world["inboxes"].as_array().unwrap();
    let inbox = inboxes
        .iter()
        .find(|inbox| inbox["unitId"] == unit && inbox["name"] == name);
    inbox.unwrap()["inboxId"].clone()
}

/// The cases that wait in an inbox and may be called by anybody, in order.
fn waiting(desk: &Desk, inbox: &Value) -> Vec<Value> {
    let free = |case: &&Value| {
        case["inboxId"] == *inbox && case["status"] == "Waiting" && case["assignedTo"].is_null()
    };
    desk.queue()
        .iter()
        .filter(free)
        .map(|case| case["caseId"].clone())
        .collect()
}

#[tokio::test]
async fn next_follows_the_inboxes_priority_then_the_queue() {
    let desk = Desk::open().await;
    let agent = desk.agent_at("Noa Marcus", JERUSALEM).await;
    let mut expected = waiting(&desk, &inbox(&desk, JERUSALEM, "Appointments"));
    assert!(
        !expected.is_empty(),
        "somebody with an appointment has checked in"
    );
    expected.extend(waiting(&desk, &inbox(&desk, JERUSALEM, "Walk-ins")));
    let mut called = Vec::new();
    loop {
        let (status, body) = next(&desk, &agent, json!({})).await;
        if status == 204 {
            assert_eq!(body, Value::Null);
            break;
        }
        called.push(body["caseId"].clone());
    }
    assert_eq!(called, expected);
    assert_eq!(active(&desk, &agent).await, expected);
}

#[tokio::test]
async fn next_from_one_inbox_takes_from_that_one_only() {
    let desk = Desk::open().await;
    let agent = desk.agent_at("Noa Marcus", JERUSALEM).await;
    let queue = inbox(&desk, JERUSALEM, "Walk-ins");
    let first = waiting(&desk, &queue)[0].clone();
    let (_, body) = next(&desk, &agent, json!({ "inboxId": queue })).await;
    assert_eq!(body["caseId"], first);
    let elsewhere = json!({ "inboxId": inbox(&desk, LONDON, "Walk-ins") });
    assert_refused(&next(&desk, &agent, elsewhere).await, 409, "workspace");
    let unknown = json!({ "inboxId": desk.user("Noa Marcus") });
    assert_refused(&next(&desk, &agent, unknown).await, 404, "inbox");
}

#[tokio::test]
async fn the_customer_is_called_to_the_workstation_named() {
    let desk = Desk::open().await;
    let agent = desk.agent_at("Noa Marcus", JERUSALEM).await;
    let workstation = desk.id("workstations", "workstationId", "Desk 4");
    next(
        &desk,
        &agent,
        json!({ "workstationId": workstation, "silent": true }),
    )
    .await;
    let (_, cases) = desk.get(&format!("{agent}/activeCases")).await;
    assert_eq!(cases[0]["workstationName"], "Desk 4");
    let elsewhere = json!({ "workstationId": desk.id("workstations", "workstationId", "Room 4") });
    assert_refused(&next(&desk, &agent, elsewhere).await, 404, "workstation");
}

#[tokio::test]
async fn who_is_away_or_on_a_break_calls_nobody() {
    let desk = Desk::open().await;
    let away = format!("/agents/{}", desk.user("Noa Marcus"));
    assert_refused(&next(&desk, &away, json!({})).await, 409, "no current unit");
    let agent = desk.agent_at("Noa Marcus", JERUSALEM).await;
    let pause = json!({ "unavailabilityReason": "Break" });
    desk.post(&format!("{agent}/actions/becomeUnavailable"), pause)
        .await;
    assert_refused(&next(&desk, &agent, json!({})).await, 409, "Unavailable");
}

#[tokio::test]
async fn twelve_presses_at_once_call_different_people() {
    let desk = Desk::open().await;
    let first = desk.agent_at("Noa Marcus", JERUSALEM).await;
    let second = desk.agent_at("Dana Frost", JERUSALEM).await;
    let waiting = waiting(&desk, &inbox(&desk, JERUSALEM, "Walk-ins")).len()
        + waiting(&desk, &inbox(&desk, JERUSALEM, "Appointments")).len();
    let mut called = BTreeSet::new();
    let mut pressed = 0;
    while pressed < waiting {
        let (one, two, three) = tokio::join!(
            next(&desk, &first, json!({})),
            next(&desk, &second, json!({})),
            next(&desk, &first, json!({}))
        );
        for (status, body) in [one, two, three] {
            pressed += 1;
            if status == 200 {
                assert!(
                    called.insert(body["caseId"].to_string()),
                    "called twice: {body}"
                );
            }
        }
    }
    assert_eq!(called.len(), waiting);
}

#[tokio::test]
async fn auto_and_close_active_tabs_resolve_and_add_tab_does_not() {
    let apply = json!({ "applyWorkspaceBehavior": true });
    for (unit, user, left) in [
        (JERUSALEM, "Noa Marcus", 1),
        (HAIFA, "Noa Marcus", 1),
        (LONDON, "Dana Frost", 2),
    ] {
        let desk = Desk::open().await;
        let agent = desk.agent_at(user, unit).await;
        assert_eq!(next(&desk, &agent, apply.clone()).await.0, 200);
        assert_eq!(next(&desk, &agent, apply.clone()).await.0, 200);
        assert_eq!(active(&desk, &agent).await.len(), left, "{unit}");
        assert_eq!(next(&desk, &agent, json!({})).await.0, 200);
        assert_eq!(active(&desk, &agent).await.len(), left + 1, "{unit}");
    }
}

#[tokio::test]
async fn a_case_is_called_again_by_its_own_agent_while_active() {
    let desk = Desk::open().await;
    let agent = desk.agent_at("Noa Marcus", JERUSALEM).await;
    let (_, started) = next(&desk, &agent, json!({})).await;
    let case = started["caseId"].as_str().unwrap();
    assert_eq!(call_again(&desk, &agent, case).await, (200, Value::Null));
    let other = desk.agent_at("Dana Frost", JERUSALEM).await;
    assert_refused(&call_again(&desk, &other, case).await, 403, "lock");
    resolve(&desk, &agent, case).await;
    assert_numbered(&call_again(&desk, &agent, case).await, 1010);
    let unknown = "00000000-0000-4000-8000-000000000000";
    assert_refused(&call_again(&desk, &agent, unknown).await, 404, "case");
}

#[tokio::test]
async fn resolving_frees_the_agent_and_happens_once() {
    let desk = Desk::open().await;
    let agent = desk.agent_at("Noa Marcus", JERUSALEM).await;
    let (_, started) = next(&desk, &agent, json!({})).await;
    let case = started["caseId"].as_str().unwrap();
    let (status, body) = resolve(&desk, &agent, case).await;
    assert_eq!(status, 200);
    assert!(body["caseTimestamp"].as_str().unwrap() > started["statusDate"].as_str().unwrap());
    assert_numbered(&resolve(&desk, &agent, case).await, 1001);
    let pause = json!({ "unavailabilityReason": "Break" });
    let (status, _) = desk
        .post(&format!("{agent}/actions/becomeUnavailable"), pause)
        .await;
    assert_eq!(status, 200, "an agent without a case is Available");
}

#[tokio::test]
async fn anothers_case_is_not_resolved() {
    let desk = Desk::open().await;
    let agent = desk.agent_at("Noa Marcus", JERUSALEM).await;
    let locked = desk.queued(|case| case["status"] == "Active");
    assert_numbered(&resolve(&desk, &agent, &locked).await, 1002);
    let assigned = desk.queued(|case| case["status"] == "Waiting" && !case["assignedTo"].is_null());
    assert_numbered(&resolve(&desk, &agent, &assigned).await, 1004);
}

#[tokio::test]
async fn pending_and_waiting_cases_are_resolved_from_the_queue() {
    let desk = Desk::open().await;
    let agent = desk.agent_at("Noa Marcus", JERUSALEM).await;
    for status in ["Pending", "Waiting"] {
        let case = desk.queued(|case| case["status"] == status && case["assignedTo"].is_null());
        assert_eq!(resolve(&desk, &agent, &case).await.0, 200);
        assert!(
            !desk
                .queue()
                .iter()
                .any(|other| other["caseId"] == json!(case))
        );
    }
}

#[tokio::test]
async fn a_planned_appointment_is_not_resolved() {
    let desk = Desk::open().await;
    let agent = desk.agent_at("Noa Marcus", JERUSALEM).await;
    let calendar = desk.calendar("Licences by appointment", crate::desk::TOMORROW, 0);
    let (_, booked) = desk.get(&format!("{calendar}/appointments")).await;
    let case = booked[0]["caseId"].as_str().unwrap();
    assert_numbered(&resolve(&desk, &agent, case).await, 1001);
}

#[tokio::test]
async fn every_change_moves_the_queues_stamp() {
    let desk = Desk::open().await;
    let agent = desk.agent_at("Noa Marcus", JERUSALEM).await;
    let queue = inbox(&desk, JERUSALEM, "Walk-ins");
    let mut stamps = vec![stamp(&desk, &agent).await];
    let (_, started) = next(&desk, &agent, json!({ "inboxId": queue })).await;
    stamps.push(stamp(&desk, &agent).await);
    assert_eq!(
        started["queueTimestamp"].as_str(),
        stamps.last().map(String::as_str)
    );
    resolve(&desk, &agent, started["caseId"].as_str().unwrap()).await;
    stamps.push(stamp(&desk, &agent).await);
    assert!(
        stamps.is_sorted_by(|left, right| left < right),
        "{stamps:?}"
    );
}

/// The change stamp of the walk-ins' queue.
async fn stamp(desk: &Desk, agent: &str) -> String {
    let (_, inboxes) = desk.get(&format!("{agent}/inboxes")).await;
    inboxes[1]["queueTimestamp"].as_str().unwrap().to_owned()
}
