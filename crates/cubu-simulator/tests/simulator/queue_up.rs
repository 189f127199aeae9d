//! Walk-ins: their ticket, their place, and what is refused.

use serde_json::{Value, json};

use crate::desk::{Answer, Desk, assert_refused};

const LICENCES: &str = "Licences, walk-in";
const RESIDENCY: &str = "Residency, walk-in";
const HEALTH: &str = "Health advice, walk-in";

async fn queue_up(desk: &Desk, service: &str, body: Value) -> Answer {
    desk.post(&format!("/services/{}/cases", desk.service(service)), body)
        .await
}

#[tokio::test]
async fn a_walk_in_gets_the_next_ticket_and_the_last_place() {
    let desk = Desk::open().await;
    let body = json!({ "serviceTypeId": desk.service_type("Renewal"), "locale": "he-IL" });
    let (status, first) = queue_up(&desk, LICENCES, body.clone()).await;
    assert_eq!(
        (status, &first["status"], &first["language"]),
        (201, &json!("Waiting"), &json!("he-IL"))
    );
    let (_, second) = queue_up(&desk, LICENCES, body).await;
    let number = |case: &Value| case["ticket"]["number"].as_u64().unwrap();
    assert_eq!(number(&second), number(&first) + 1);
    let position = |case: &Value| case["position"].as_u64().unwrap();
    assert_eq!(position(&second), position(&first) + 1);
    assert!(second["queueTimestamp"].as_str() > first["queueTimestamp"].as_str());
    assert_eq!(first["calendarTimestamp"], Value::Null);
}

#[tokio::test]
async fn each_service_has_its_own_tickets() {
    let desk = Desk::open().await;
    let licence = json!({ "serviceTypeId": desk.service_type("Renewal") });
    let health = json!({ "serviceTypeId": desk.service_type("Blood test"), "contactPhoneNumber": "0501234567" });
    let (_, licence) = queue_up(&desk, LICENCES, licence).await;
    let (_, health) = queue_up(&desk, HEALTH, health).await;
    assert_eq!(
        (&licence["ticket"]["prefix"], &health["ticket"]["prefix"]),
        (&json!("W"), &json!("N"))
    );
}

#[tokio::test]
async fn a_service_may_begin_with_pending() {
    let desk = Desk::open().await;
    let customer = &desk.customer_with("phone")["recordId"];
    let body = json!({ "serviceTypeId": desk.service_type("Document check"), "cusotmerRecordId": customer });
    let (status, queued) = queue_up(&desk, RESIDENCY, body).await;
    assert_eq!((status, &queued["status"]), (201, &json!("Pending")));
}

#[tokio::test]
async fn what_the_service_demands_may_come_from_the_customer() {
    let desk = Desk::open().await;
    let kind = desk.service_type("Blood test");
    assert_refused(
        &queue_up(&desk, HEALTH, json!({ "serviceTypeId": kind })).await,
        400,
        "contactPhoneNumber",
    );
    let customer = &desk.customer_with("phone")["recordId"];
    let body = json!({ "serviceTypeId": kind, "customerRecordId": customer });
    assert_refused(
        &queue_up(&desk, HEALTH, body).await,
        400,
        "contactPhoneNumber",
    );
    let body = json!({ "serviceTypeId": kind, "customerRecordId": customer, "useCustomerContactInfo": true });
    assert_eq!(queue_up(&desk, HEALTH, body).await.0, 201);
    let residency = json!({ "serviceTypeId": desk.service_type("Document check") });
    assert_refused(
        &queue_up(&desk, RESIDENCY, residency).await,
        400,
        "requires a customer",
    );
}

#[tokio::test]
async fn appointment_services_unknown_services_and_foreign_types_are_refused() {
    let desk = Desk::open().await;
    let body = json!({ "serviceTypeId": desk.service_type("Renewal") });
    let answer = queue_up(&desk, "Licences by appointment", body.clone()).await;
    assert_refused(&answer, 409, "appointment only");
    let answer = desk
        .post(
            &format!("/services/{}/cases", desk.user("Noa Marcus")),
            body.clone(),
        )
        .await;
    assert_refused(&answer, 404, "service");
    assert_refused(&queue_up(&desk, HEALTH, body).await, 400, "does not offer");
}

#[tokio::test]
async fn a_walk_in_is_counted_called_and_served() {
    let desk = Desk::open().await;
    let agent = desk.agent_at("Noa Marcus", "Jerusalem, Jaffa Road").await;
    let (_, before) = desk.get(&format!("{agent}/inboxes")).await;
    let body = json!({ "serviceTypeId": desk.service_type("Renewal") });
    let (_, queued) = queue_up(&desk, LICENCES, body).await;
    let (_, after) = desk.get(&format!("{agent}/inboxes")).await;
    let count = |inboxes: &Value| inboxes[1]["waitingCount"].as_u64().unwrap();
    assert_eq!(count(&after), count(&before) + 1);
    loop {
        let (status, started) = desk
            .post(&format!("{agent}/actions/startNext"), json!({}))
            .await;
        assert_eq!(status, 200, "the walk-in was never called");
        if started["caseId"] == queued["caseId"] {
            assert_eq!(
                started["ticket"]["number"],
                json!(queued["ticket"]["number"].to_string())
            );
            break;
        }
    }
}
