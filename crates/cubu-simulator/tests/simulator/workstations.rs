//! Who sits where.

use serde_json::{Value, json};

use crate::desk::{Desk, assert_numbered, assert_refused};

const JERUSALEM: &str = "Jerusalem, Jaffa Road";

async fn occupy(desk: &Desk, agent: &str, workstation: &str, vacate_others: bool) -> (u16, Value) {
    let id = desk.id("workstations", "workstationId", workstation);
    let path = format!("{agent}/workstations/{id}/actions/occupy");
    desk.post(&path, json!({ "vacateOthers": vacate_others }))
        .await
}

async fn vacate(desk: &Desk, agent: &str, workstation: &str) -> (u16, Value) {
    let id = desk.id("workstations", "workstationId", workstation);
    desk.post(
        &format!("{agent}/workstations/{id}/actions/vacate"),
        json!({}),
    )
    .await
}

async fn own_desks(desk: &Desk, agent: &str) -> Vec<Value> {
    let (_, list) = desk.get(&format!("{agent}/workstations")).await;
    let mine = |desk: &&Value| agent.ends_with(desk["user"]["userId"].as_str().unwrap_or("nobody"));
    list.as_array()
        .unwrap()
        .iter()
        .filter(mine)
        .map(|desk| desk["workstationName"].clone())
        .collect()
}

#[tokio::test]
async fn a_desk_is_taken_kept_beside_another_or_left_for_it() {
    let desk = Desk::open().await;
    let agent = desk.agent_at("Noa Marcus", JERUSALEM).await;
    assert_eq!(
        occupy(&desk, &agent, "Desk 4", false).await,
        (200, Value::Null)
    );
    assert_eq!(occupy(&desk, &agent, "Desk 5", false).await.0, 200);
    assert_eq!(own_desks(&desk, &agent).await, ["Desk 4", "Desk 5"]);
    assert_eq!(occupy(&desk, &agent, "Desk 6", true).await.0, 200);
    assert_eq!(own_desks(&desk, &agent).await, ["Desk 6"]);
    assert_eq!(occupy(&desk, &agent, "Desk 6", false).await.0, 200);
}

#[tokio::test]
async fn a_desk_that_is_inactive_taken_or_elsewhere_is_refused() {
    let desk = Desk::open().await;
    let agent = desk.agent_at("Noa Marcus", JERUSALEM).await;
    assert_numbered(&occupy(&desk, &agent, "Desk 7", false).await, 1002);
    assert_numbered(&occupy(&desk, &agent, "Desk 1", false).await, 1003);
    assert_refused(
        &occupy(&desk, &agent, "Room 4", false).await,
        404,
        "workstation",
    );
}

#[tokio::test]
async fn a_desk_is_vacated_once() {
    let desk = Desk::open().await;
    let agent = desk.agent_at("Noa Marcus", JERUSALEM).await;
    occupy(&desk, &agent, "Desk 4", false).await;
    assert_eq!(vacate(&desk, &agent, "Desk 4").await, (200, Value::Null));
    assert!(own_desks(&desk, &agent).await.is_empty());
    assert_refused(&vacate(&desk, &agent, "Desk 4").await, 404, "workstation");
}

#[tokio::test]
async fn only_a_power_agent_vacates_anothers_desk() {
    let desk = Desk::open().await;
    let agent = desk.agent_at("Noa Marcus", JERUSALEM).await;
    assert_refused(&vacate(&desk, &agent, "Desk 1").await, 403, "Power Agent");
    let power = desk.agent_at("Dana Frost", JERUSALEM).await;
    assert_eq!(vacate(&desk, &power, "Desk 1").await.0, 200);
    assert_eq!(occupy(&desk, &agent, "Desk 1", false).await.0, 200);
}

#[tokio::test]
async fn two_agents_reaching_for_one_desk_do_not_both_get_it() {
    let desk = Desk::open().await;
    let first = desk.agent_at("Noa Marcus", JERUSALEM).await;
    let second = desk.agent_at("Dana Frost", JERUSALEM).await;
    let (left, right) = tokio::join!(
        occupy(&desk, &first, "Desk 5", false),
        occupy(&desk, &second, "Desk 5", false)
    );
    let mut statuses = [left.0, right.0];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 409]);
}
