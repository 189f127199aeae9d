//! Papers for customers through the door: of what Cubu lists, through a move, and into a file.

use std::time::Duration;

use serde_json::{Value, json};
use tokio::time::sleep;

use crate::{line::Line, moves::Planned};

/// The appointment of a case, as Cubu lists it, in the form the window asks for papers of it.
async fn asked(line: &Line, booking: &Value, case: &Value) -> Value {
    let listed = line
        .bench
        .call(
            "list_appointments",
            json!({
                "serviceId": booking["serviceId"], "date": booking["date"], "cuIndex": booking["cuIndex"],
            }),
        )
        .await;
    let listed = listed.as_array().unwrap().clone();
    let appointment = listed.into_iter().find(|one| one["caseId"] == *case);
    json!({
        "serviceId": booking["serviceId"], "date": booking["date"], "appointment": appointment.unwrap(),
    })
}

fn line_of<'f>(file: &'f str, name: &str) -> &'f str {
    file.lines()
        .find_map(|line| line.strip_prefix(name))
        .unwrap_or_else(|| panic!("no {name} in {file}"))
}

#[tokio::test]
async fn a_moved_appointment_is_the_same_event_one_move_further_on_also_in_the_next_run() {
    let line = Line::new().await;
    let planned = Planned::on(&line).await;
    let before = asked(&line, &planned.old, &planned.case).await;
    let before = line.bench.call("get_appointment_papers", before).await;
    let before = before["calendarFile"]["text"].as_str().unwrap().to_owned();
    let moved = line
        .bench
        .call("move_appointment", planned.request("bookFirst"))
        .await;
    assert_eq!(moved["state"], "moved");
    let after = asked(&line, &planned.new, &moved["newCaseId"]).await;

    let line = line.next_run();
    let path = line.bench.folder.path().join("saved").join("one.ics");
    let export = json!({ "path": path, "of": after });
    line.bench.call("export_appointment_to_file", export).await;
    let file = std::fs::read_to_string(&path).unwrap();
    assert_eq!(line_of(&file, "UID:"), line_of(&before, "UID:"));
    let sequences = (line_of(&before, "SEQUENCE:"), line_of(&file, "SEQUENCE:"));
    assert_eq!(sequences, ("0", "1"));
    assert_ne!(line_of(&file, "DTSTART;"), line_of(&before, "DTSTART;"));
    let beside: Vec<_> = std::fs::read_dir(path.parent().unwrap()).unwrap().collect();
    assert_eq!(
        beside.len(),
        1,
        "nothing but what was asked for is left behind"
    );
}

#[tokio::test]
async fn papers_are_in_the_language_of_the_appointment_unless_another_is_asked_for() {
    let line = Line::new().await;
    let planned = Planned::on(&line).await;
    let mut request = asked(&line, &planned.old, &planned.case).await;
    request["appointment"]["language"] = json!("he-IL");
    let papers = line
        .bench
        .call("get_appointment_papers", request.clone())
        .await;
    assert_eq!(papers["language"]["tag"], "he");
    assert_eq!(papers["language"]["direction"], "rtl");
    assert!(papers["message"].as_str().unwrap().contains("נקבע לך תור"));
    request["language"] = json!("en");
    let papers = line.bench.call("get_appointment_papers", request).await;
    assert_eq!(papers["language"]["tag"], "en");
    assert_eq!(papers["slip"]["title"], "Your appointment");
}

#[tokio::test]
async fn a_walk_in_takes_its_ticket_and_its_address_home() {
    let line = Line::new().await;
    let service = line.bench.service("walkIn");
    let queued = line
        .bench
        .call(
            "queue_up",
            json!({
                "serviceId": service["serviceId"], "serviceTypeId": service["serviceTypeIds"][0],
                "contactPhoneNumber": "0501234567", "contactEmail": "dana@example.org",
                "customerRecordId": line.bench.customer()["recordId"],
            }),
        )
        .await;
    let papers = line
        .bench
        .call(
            "get_ticket_papers",
            json!({ "serviceId": service["serviceId"], "case": queued, "customerName": "Dana Levi" }),
        )
        .await;
    assert_eq!(papers["slip"]["qr"]["address"], queued["ticketUrl"]);
    let number = queued["ticket"]["number"].as_str().unwrap();
    assert!(
        papers["slip"]["ticket"]["value"]
            .as_str()
            .unwrap()
            .contains(number)
    );
    assert_eq!(papers["calendarFile"], Value::Null);
}

#[tokio::test]
async fn a_customer_who_is_forgotten_takes_the_line_of_their_moves_along() {
    let line = Line::new().await;
    let mut planned = Planned::on(&line).await;
    let record = line.bench.customer()["recordId"].clone();
    planned.new["customerRecordId"] = record.clone();
    let moved = line
        .bench
        .call("move_appointment", planned.request("bookFirst"))
        .await;
    let after = asked(&line, &planned.new, &moved["newCaseId"]).await;
    let sequence = async || {
        let papers = line
            .bench
            .call("get_appointment_papers", after.clone())
            .await;
        let file = papers["calendarFile"]["text"].as_str().unwrap().to_owned();
        line_of(&file, "SEQUENCE:").to_owned()
    };
    assert_eq!(sequence().await, "1");
    // A move stays until it counts as told how it ended.
    let forget = json!({ "customerRecordId": record, "contacts": [] });
    for _ in 0..100 {
        line.bench.call("forget_customer", forget.clone()).await;
        if sequence().await == "0" {
            return;
        }
        sleep(Duration::from_millis(100)).await;
    }
    panic!("the line of the moves stays");
}
