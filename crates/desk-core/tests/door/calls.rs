//! All 27 calls, driven through the commands.

use serde_json::{Value, json};

use crate::harness::Bench;

fn with(mut base: Value, more: Value) -> Value {
    base.as_object_mut()
        .unwrap()
        .extend(more.as_object().unwrap().clone());
    base
}

#[tokio::test]
async fn an_appointment_is_booked_listed_and_cancelled() {
    let bench = Bench::new().await;
    let booking = bench.vacancy().await;
    let calendar = json!({ "serviceId": booking["serviceId"], "date": booking["date"], "cuIndex": booking["cuIndex"] });
    let calendars = bench
        .call(
            "list_calendars",
            json!({ "serviceId": booking["serviceId"], "date": booking["date"] }),
        )
        .await;
    assert!(!calendars.as_array().unwrap().is_empty());
    let asked = with(
        calendar.clone(),
        json!({ "serviceTypeId": booking["serviceTypeId"] }),
    );
    let vacancies = bench.call("list_vacancies", asked.clone()).await;
    assert!(
        vacancies["slots"]
            .as_array()
            .unwrap()
            .contains(&booking["startTime"])
    );

    let booked = bench.call("book_appointment", booking.clone()).await;
    let listed = bench.call("list_appointments", calendar.clone()).await;
    let found = listed
        .as_array()
        .unwrap()
        .iter()
        .find(|listed| listed["caseId"] == booked["caseId"])
        .unwrap();
    assert_eq!(found["appointment"]["start"], booking["startTime"]);

    let taken = bench.refused("book_appointment", booking).await;
    assert!(taken.hint.is_some() && !taken.outcome_unknown);

    let cancelled = bench
        .call(
            "cancel_appointment",
            with(calendar.clone(), json!({ "caseId": booked["caseId"] })),
        )
        .await;
    assert_eq!(cancelled["outcome"], "cancelled");
    let again = bench
        .call(
            "cancel_appointment",
            with(calendar, json!({ "caseId": booked["caseId"] })),
        )
        .await;
    assert_eq!(again["outcome"], "alreadyCancelled");
}

#[tokio::test]
async fn a_customer_is_created_found_opened_and_changed() {
    let bench = Bench::new().await;
    let known = bench.customer();
    let customer = bench
        .call(
            "get_customer",
            json!({ "customerRecordId": known["recordId"] }),
        )
        .await;
    let fields = customer["fields"].as_array().unwrap();
    let key = fields.iter().find(|field| field["isKey"] == true).unwrap();
    let mut typed: serde_json::Map<String, Value> = fields
        .iter()
        .filter(|field| field["dataType"] == "Text" && field["isKey"] == false)
        .map(|field| {
            (
                field["fieldTypeId"].as_str().unwrap().to_owned(),
                json!("Robin"),
            )
        })
        .collect();
    typed.insert(
        key["fieldTypeId"].as_str().unwrap().to_owned(),
        json!("987654321"),
    );
    let created = bench
        .call("create_customer", json!({ "fields": typed }))
        .await;

    let by_key =
        json!({ "queryType": "KeyField", "fieldSlug": key["slug"], "fieldValue": "987654321" });
    let found = bench.call("find_customer", by_key).await;
    assert_eq!(found["recordId"], created["recordId"]);
    let by_id = bench
        .call(
            "find_customer",
            json!({ "queryType": "RecordId", "recordId": created["recordId"] }),
        )
        .await;
    assert_eq!(by_id["recordId"], created["recordId"]);

    let field = fields
        .iter()
        .find(|field| field["dataType"] == "Text" && field["isKey"] == false)
        .unwrap();
    let change = json!({
        "customerRecordId": created["recordId"],
        "fields": [{ "fieldTypeId": field["fieldTypeId"], "value": "Vale" }],
    });
    assert_eq!(bench.call("update_customer", change).await, Value::Null);
    let changed = bench
        .call(
            "get_customer",
            json!({ "customerRecordId": created["recordId"] }),
        )
        .await;
    assert!(changed.to_string().contains("Vale"));

    let nobody = json!({ "queryType": "KeyField", "fieldSlug": key["slug"], "fieldValue": "000" });
    let missing = bench.refused("find_customer", nobody).await;
    assert_eq!(missing.message.id, "customer-gone");
    let catalogue = bench.call("get_catalogue", json!({})).await;
    assert_eq!(catalogue["fields"].as_array().unwrap().len(), fields.len());
}

#[tokio::test]
async fn an_agent_has_a_day() {
    let bench = Bench::new().await;
    let users = bench.call("list_users", json!({})).await;
    assert!(!users.as_array().unwrap().is_empty());
    assert!(
        !bench
            .call("list_back_office_tasks", json!({}))
            .await
            .as_array()
            .unwrap()
            .is_empty()
    );

    let world = bench.simulator.world();
    let walk_in = bench.service("walkIn");
    let agents = world["users"].as_array().unwrap();
    let works_there = |user: &&Value| {
        user["status"] == "Away"
            && user["unitIds"]
                .as_array()
                .unwrap()
                .contains(&walk_in["unitId"])
    };
    let agent = agents.iter().find(works_there).unwrap();
    let user = json!({ "userId": agent["userId"] });
    bench
        .call(
            "choose_agent",
            json!({ "userId": agent["userId"], "displayName": agent["displayName"] }),
        )
        .await;
    let status =
        || async { bench.call("agent_desk", json!({})).await["presence"]["status"].clone() };
    assert_eq!(status().await, "unknown");

    let unit = with(user.clone(), json!({ "unitId": walk_in["unitId"] }));
    bench.call("clock_in", unit.clone()).await;
    assert_eq!(status().await, "available");
    let again = bench.refused("clock_in", unit.clone()).await;
    assert_eq!(again.message.id, "already-clocked-in");
    bench.call("select_current_unit", unit).await;
    let known = bench.call("get_agent_status", user.clone()).await;
    assert_eq!(known["unitId"], walk_in["unitId"]);
    assert!(
        !bench
            .call("list_workspaces", user.clone())
            .await
            .as_array()
            .unwrap()
            .is_empty()
    );
    bench.call("list_inboxes", user.clone()).await;

    let workstations = bench.call("list_workstations", user.clone()).await;
    let free = |place: &&Value| place["isActive"] == true && place["user"].is_null();
    let place =
        workstations.as_array().unwrap().iter().find(free).unwrap()["workstationId"].clone();
    let at_place = with(user.clone(), json!({ "workstationId": place }));
    bench.call("occupy_workstation", at_place.clone()).await;
    bench.call("list_workstations", user.clone()).await;
    assert!(bench.call("agent_desk", json!({})).await["workstationName"].is_string());

    bench
        .call(
            "become_unavailable",
            with(user.clone(), json!({ "unavailabilityReason": "Break" })),
        )
        .await;
    assert_eq!(status().await, "unavailable");
    bench.call("become_available", user.clone()).await;
    assert_eq!(status().await, "available");

    let queued = bench
        .call(
            "queue_up",
            json!({
                "serviceId": walk_in["serviceId"],
                "serviceTypeId": walk_in["serviceTypeIds"][0],
                "customerRecordId": bench.customer()["recordId"],
                "contactPhoneNumber": "5550100123",
                "contactEmail": "robin.vale@example.org",
            }),
        )
        .await;
    assert!(queued["ticket"]["number"].is_string());
    let started = bench.call("start_next_case", at_place.clone()).await;
    assert_eq!(status().await, "active");
    let active = bench.call("list_active_cases", user.clone()).await;
    assert_eq!(active[0]["caseId"], started["caseId"]);
    let case = with(user.clone(), json!({ "caseId": started["caseId"] }));
    bench.call("call_again", case.clone()).await;
    bench.call("resolve_case", case.clone()).await;
    let twice = bench.refused("resolve_case", case).await;
    assert_eq!(twice.message.id, "case-not-open");
    assert_eq!(
        bench.call("list_active_cases", user.clone()).await,
        json!([])
    );
    assert_eq!(status().await, "available");

    assert_eq!(
        bench.call("vacate_workstation", at_place.clone()).await["outcome"],
        "vacated"
    );
    let idle = bench.desk.dispatch("vacate_workstation", at_place).await;
    assert!(idle.is_ok_and(|answer| answer["outcome"] == "alreadyVacant"));
    bench
        .call(
            "clock_out",
            with(user, json!({ "clockOutReason": "EndOfShift" })),
        )
        .await;
    assert_eq!(status().await, "away");
}
