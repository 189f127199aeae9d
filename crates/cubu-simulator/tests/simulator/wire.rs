//! What is printed, against the samples in the contract: the same members, no more and no fewer, of the same JSON types.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::desk::{Desk, TODAY, TOMORROW, assert_refused};

const CONTRACT: &str = include_str!("../../../../docs/contract/cubu-s2s.md");
const JERUSALEM: &str = "Jerusalem, Jaffa Road";

/// The JSON sample in the section with this number.
fn sample(section: &str) -> Value {
    let start = CONTRACT.find(&format!("\n### {section} ")).unwrap();
    let text = &CONTRACT[start..];
    let text = text
        .split("```json")
        .nth(1)
        .unwrap()
        .split("```")
        .next()
        .unwrap();
    serde_json::from_str(text).unwrap()
}

/// Whether two values have the same members all the way down. Null stands for any type; lists are alike in their first item.
fn assert_alike(printed: &Value, sample: &Value, place: &str) {
    match (printed, sample) {
        (Value::Object(printed), Value::Object(sample)) => {
            let names = |object: &serde_json::Map<String, Value>| {
                object.keys().cloned().collect::<BTreeSet<_>>()
            };
            assert_eq!(names(printed), names(sample), "members of {place}");
            for (name, value) in printed {
                assert_alike(value, &sample[name], &format!("{place}.{name}"));
            }
        }
        (Value::Array(printed), Value::Array(sample)) => {
            if let (Some(printed), Some(sample)) = (printed.first(), sample.first()) {
                assert_alike(printed, sample, &format!("{place}[]"));
            }
        }
        (Value::Null, _) | (_, Value::Null) => {}
        _ => assert_eq!(kind(printed), kind(sample), "type of {place}: {printed}"),
    }
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    }
}

#[tokio::test]
async fn the_agents_lists_are_printed_like_the_contracts_samples() {
    let desk = Desk::open().await;
    let agent = desk.agent_at("Noa Marcus", JERUSALEM).await;
    desk.post(&format!("{agent}/actions/startNext"), json!({}))
        .await;
    for (section, call) in [
        ("3.4", "status"),
        ("3.5", "activeCases"),
        ("3.6", "inboxes"),
        ("3.7", "workspaces"),
        ("3.8", "workstations"),
    ] {
        let (status, printed) = desk.get(&format!("{agent}/{call}")).await;
        assert_eq!(status, 200);
        assert_alike(&printed, &sample(section), call);
    }
}

#[tokio::test]
async fn start_next_prints_the_ticket_number_as_a_string() {
    let desk = Desk::open().await;
    let agent = desk.agent_at("Noa Marcus", JERUSALEM).await;
    let (_, printed) = desk
        .post(&format!("{agent}/actions/startNext"), json!({}))
        .await;
    assert_alike(&printed, &sample("3.12"), "startNext");
    assert!(printed["ticket"]["number"].is_string());
    let (_, cases) = desk.get(&format!("{agent}/activeCases")).await;
    assert!(cases[0]["ticket"]["number"].is_u64());
}

#[tokio::test]
async fn resolve_prints_the_cases_stamp() {
    let desk = Desk::open().await;
    let agent = desk.agent_at("Noa Marcus", JERUSALEM).await;
    let (_, started) = desk
        .post(&format!("{agent}/actions/startNext"), json!({}))
        .await;
    let case = started["caseId"].as_str().unwrap();
    let (_, printed) = desk
        .post(&format!("{agent}/cases/{case}/actions/resolve"), json!({}))
        .await;
    let names: Vec<&String> = printed.as_object().unwrap().keys().collect();
    assert_eq!(names, ["caseTimestamp"]);
}

#[tokio::test]
async fn appointments_are_printed_like_the_sample_and_end_with_the_language() {
    let desk = Desk::open().await;
    let path = format!(
        "{}/appointments",
        desk.calendar("Licences by appointment", TODAY, 0)
    );
    let (_, mut printed) = desk.get(&path).await;
    for case in printed.as_array_mut().unwrap() {
        assert!(case.as_object_mut().unwrap().remove("language").is_some());
        assert_alike(case, &sample("4.3")[0], "appointments[]");
    }
}

#[tokio::test]
async fn calendars_and_vacancies_are_printed_like_the_samples() {
    let desk = Desk::open().await;
    let service = desk.service("Licences by appointment");
    let (_, printed) = desk.get(&format!("/calendars/{service}/{TOMORROW}")).await;
    assert_alike(&printed, &sample("4.4"), "calendars");
    let kind = desk.service_type("Renewal");
    let path = desk.calendar("Licences by appointment", TOMORROW, 0);
    let (_, printed) = desk
        .get(&format!("{path}/vacancies?serviceTypeId={kind}"))
        .await;
    assert_alike(&printed, &sample("4.5"), "vacancies");
}

#[tokio::test]
async fn queue_up_is_printed_like_the_sample() {
    let desk = Desk::open().await;
    let service = desk.service("Licences, walk-in");
    let body = json!({ "serviceTypeId": desk.service_type("Renewal") });
    let (status, printed) = desk.post(&format!("/services/{service}/cases"), body).await;
    assert_eq!(status, 201);
    assert_alike(&printed, &sample("5.1"), "queueUp");
}

#[tokio::test]
async fn customers_are_printed_like_the_sample_and_empty_texts_have_null_members() {
    let desk = Desk::open().await;
    let without = desk.world["customers"]
        .as_array()
        .unwrap()
        .iter()
        .find(|customer| customer["phone"].is_null());
    let record = without.unwrap()["recordId"].as_str().unwrap();
    let (_, printed) = desk.get(&format!("/customers/{record}")).await;
    assert_alike(&printed, &sample("6.4"), "customer");
    let field = |slug: &str| {
        let fields = printed["fields"].as_array().unwrap();
        fields
            .iter()
            .find(|field| field["slug"] == slug)
            .unwrap()
            .clone()
    };
    let phone = field("phone-number");
    assert_eq!(
        (&phone["data"], &phone["value"]),
        (&Value::Null, &Value::Null)
    );
    assert_eq!(
        field("customer-first-name")["data"]["text"],
        field("customer-first-name")["value"]
    );
    for field in printed["fields"].as_array().unwrap() {
        assert_eq!(field["hash"].as_str().unwrap().len(), 24);
    }
}

#[tokio::test]
async fn users_have_three_members_and_tasks_two() {
    let desk = Desk::open().await;
    for (path, names) in [
        (
            "/organization/users",
            vec!["displayName", "email", "userId"],
        ),
        (
            "/organization/backOfficeTasks",
            vec!["backOfficeTaskId", "name"],
        ),
    ] {
        let (_, printed) = desk.get(path).await;
        let found: Vec<&String> = printed[0].as_object().unwrap().keys().collect();
        assert_eq!(found, names);
    }
}

#[tokio::test]
async fn ranks_are_huge_and_time_stamps_are_fine() {
    let desk = Desk::open().await;
    let agent = desk.agent_at("Noa Marcus", JERUSALEM).await;
    desk.post(&format!("{agent}/actions/startNext"), json!({}))
        .await;
    let (_, cases) = desk.get(&format!("{agent}/activeCases")).await;
    assert!(cases[0]["rank"].as_f64().unwrap() >= 1e37);
    let path = format!(
        "{}/appointments",
        desk.calendar("Licences by appointment", TODAY, 0)
    );
    let (_, booked) = desk.get(&path).await;
    let longest = booked
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|case| case["dateOpened"].as_str()?.split('.').nth(1));
    assert_eq!(longest.map(str::len).max(), Some("1234567Z".len()));
}

#[tokio::test]
async fn a_refusal_has_a_sentence_and_a_number_only_where_one_is_documented() {
    let desk = Desk::open().await;
    let away = format!("/agents/{}", desk.user("Noa Marcus"));
    let (_, numbered) = desk.get(&format!("{away}/inboxes")).await;
    assert_eq!(
        numbered,
        json!({ "errorCode": 1010, "message": "The agent has no current unit." })
    );
    assert_refused(
        &desk.get(&format!("{away}/activeCases")).await,
        403,
        "no current unit",
    );
}
