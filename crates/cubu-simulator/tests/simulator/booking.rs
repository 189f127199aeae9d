//! Book and cancel: what is refused, what changes, and two desks that want the same slot.

use cubu_simulator::{BookAnswer, Options};
use serde_json::{Value, json};

use crate::desk::{Answer, Desk, TODAY, TOMORROW, assert_refused, options};

const LICENCES: &str = "Licences by appointment";
const RESIDENCY: &str = "Residency by appointment";
const HEALTH: &str = "Health advice by appointment";

async fn book(desk: &Desk, calendar: &str, body: Value) -> Answer {
    desk.post(&format!("{calendar}/appointments"), body).await
}

async fn listed(desk: &Desk, calendar: &str, case: &Value) -> Option<Value> {
    let (_, booked) = desk.get(&format!("{calendar}/appointments")).await;
    booked
        .as_array()
        .unwrap()
        .iter()
        .find(|other| other["caseId"] == *case)
        .cloned()
}

async fn stamp_and_count(desk: &Desk, service: &str, date: &str) -> (String, u64) {
    let (_, calendars) = desk
        .get(&format!("/calendars/{}/{date}", desk.service(service)))
        .await;
    let stamp = calendars[0]["calendarTimestamp"]
        .as_str()
        .unwrap()
        .to_owned();
    (
        stamp,
        calendars[0]["stats"]["appointmentCount"].as_u64().unwrap(),
    )
}

/// A copy of a body with one member changed, or taken out by null.
fn but(body: &Value, member: &str, value: Value) -> Value {
    let mut body = body.clone();
    body[member] = value;
    body
}

#[tokio::test]
async fn a_booking_takes_its_slot_and_a_cancellation_gives_it_back() {
    let desk = Desk::open().await;
    let calendar = desk.calendar(LICENCES, TOMORROW, 0);
    let before = stamp_and_count(&desk, LICENCES, TOMORROW).await;
    let start = desk.vacancies(&calendar, "Renewal").await[0];
    let (status, booked) = book(&desk, &calendar, desk.renewal_at(start)).await;
    assert_eq!(
        (status, &booked["status"]),
        (201, &json!("Planned")),
        "{booked}"
    );

    let appointment = listed(&desk, &calendar, &booked["caseId"]).await.unwrap();
    assert_eq!(appointment["appointment"]["start"], json!(start));
    assert_eq!(appointment["ticket"], booked["ticket"]);
    assert!(!desk.vacancies(&calendar, "Renewal").await.contains(&start));
    let after = stamp_and_count(&desk, LICENCES, TOMORROW).await;
    assert!(after.0 > before.0 && after.1 == before.1 + 1);
    assert_eq!(booked["calendarTimestamp"].as_str(), Some(after.0.as_str()));

    let case = format!(
        "{calendar}/appointments/{}",
        booked["caseId"].as_str().unwrap()
    );
    assert_eq!(desk.delete(&case).await, (204, Value::Null));
    assert!(listed(&desk, &calendar, &booked["caseId"]).await.is_none());
    assert!(desk.vacancies(&calendar, "Renewal").await.contains(&start));
    let last = stamp_and_count(&desk, LICENCES, TOMORROW).await;
    assert!(last.0 > after.0 && last.1 == before.1);
    assert_refused(&desk.delete(&case).await, 404, "appointment");
}

#[tokio::test]
async fn the_ledger_has_every_applied_write_and_no_refused_one() {
    let desk = Desk::open().await;
    let calendar = desk.calendar(LICENCES, TOMORROW, 0);
    let start = desk.vacancies(&calendar, "Renewal").await[0];
    let (_, booked) = book(&desk, &calendar, desk.renewal_at(start)).await;
    book(&desk, &calendar, desk.renewal_at(start)).await;
    let case = booked["caseId"].as_str().unwrap();
    desk.delete(&format!("{calendar}/appointments/{case}"))
        .await;
    let ledger = desk.running.ledger();
    let seen: Vec<_> = ledger
        .iter()
        .map(|entry| {
            (
                entry["endpoint"].as_str().unwrap(),
                entry["caseId"].as_str().unwrap(),
            )
        })
        .collect();
    assert_eq!(
        seen,
        [("BookAppointment", case), ("CancelAppointment", case)]
    );
    assert_eq!(
        (&ledger[0]["by"], &ledger[0]["start"]),
        (&json!("api"), &json!(start))
    );
}

#[tokio::test]
async fn a_taken_slot_and_a_time_between_slots_are_refused() {
    let desk = Desk::open().await;
    let calendar = desk.calendar(LICENCES, TOMORROW, 0);
    let start = desk.vacancies(&calendar, "Renewal").await[0];
    assert_eq!(book(&desk, &calendar, desk.renewal_at(start)).await.0, 201);
    let again = book(&desk, &calendar, desk.renewal_at(start)).await;
    assert_refused(&again, 409, "time slot is not available");
    let between = book(&desk, &calendar, desk.renewal_at(start + 1)).await;
    assert_refused(&between, 409, "time slot is not available");
}

#[tokio::test]
async fn of_eight_desks_that_want_one_slot_one_gets_it() {
    let desk = Desk::open().await;
    let calendar = desk.calendar(LICENCES, TOMORROW, 0);
    let start = desk.vacancies(&calendar, "Renewal").await[0];
    let wish = || book(&desk, &calendar, desk.renewal_at(start));
    let answers = tokio::join!(
        wish(),
        wish(),
        wish(),
        wish(),
        wish(),
        wish(),
        wish(),
        wish()
    );
    let (a, b, c, d, e, f, g, h) = answers;
    let won = [a, b, c, d, e, f, g, h]
        .iter()
        .filter(|(status, _)| *status == 201)
        .count();
    assert_eq!(won, 1);
}

#[tokio::test]
async fn a_bypass_ignores_bookings_and_keeps_to_working_hours() {
    let desk = Desk::open().await;
    let calendar = desk.calendar(LICENCES, TOMORROW, 2);
    let bypass = |start| but(&desk.renewal_at(start), "bypassTimeslotCheck", json!(true));
    assert_eq!(book(&desk, &calendar, bypass(600)).await.0, 201);
    assert_refused(
        &book(&desk, &calendar, bypass(475)).await,
        409,
        "working hours",
    );
    assert_refused(
        &book(&desk, &calendar, bypass(955)).await,
        409,
        "working hours",
    );
    let yesterday = desk.calendar(LICENCES, "2025-03-03", 2);
    assert_refused(&book(&desk, &yesterday, bypass(600)).await, 409, "passed");
    let today = desk.calendar(LICENCES, TODAY, 2);
    assert_refused(&book(&desk, &today, bypass(569)).await, 409, "passed");
}

#[tokio::test]
async fn windows_and_closed_calendars_hold_even_with_a_bypass() {
    let desk = Desk::open().await;
    let consultation = json!({
        "serviceTypeId": desk.service_type("Consultation"),
        "startTime": 600,
        "contactEmail": "robin@example.org",
        "bypassTimeslotCheck": true,
    });
    let beyond = desk.calendar(HEALTH, "2025-03-15", 0);
    assert_refused(
        &book(&desk, &beyond, consultation).await,
        409,
        "booking window",
    );
    let closed = desk.calendar(LICENCES, "2025-03-07", 5);
    let body = but(&desk.renewal_at(660), "bypassTimeslotCheck", json!(true));
    assert_refused(&book(&desk, &closed, body).await, 409, "closed for booking");
}

#[tokio::test]
async fn what_the_service_demands_is_demanded() {
    let desk = Desk::open().await;
    let licences = desk.calendar(LICENCES, TOMORROW, 0);
    let start = desk.vacancies(&licences, "Renewal").await[0];
    let body = but(&desk.renewal_at(start), "contactPhoneNumber", Value::Null);
    assert_refused(
        &book(&desk, &licences, body).await,
        400,
        "contactPhoneNumber",
    );

    let residency = desk.calendar(RESIDENCY, TOMORROW, 3);
    let start = desk.vacancies(&residency, "Document check").await[0];
    let body = json!({ "serviceTypeId": desk.service_type("Document check"), "startTime": start });
    assert_refused(
        &book(&desk, &residency, body.clone()).await,
        400,
        "requires a customer",
    );
    let stranger = but(&body, "customerRecordId", json!(desk.user("Noa Marcus")));
    assert_refused(
        &book(&desk, &residency, stranger).await,
        404,
        "customer record",
    );

    let health = desk.calendar(HEALTH, TOMORROW, 1);
    let start = desk.vacancies(&health, "Consultation").await[0];
    let body = json!({ "serviceTypeId": desk.service_type("Consultation"), "startTime": start });
    assert_refused(
        &book(&desk, &health, body.clone()).await,
        400,
        "contactEmail",
    );
    let wrong = but(&body, "contactEmail", json!("robin at example"));
    assert_refused(&book(&desk, &health, wrong).await, 400, "e-mail address");
}

#[tokio::test]
async fn a_phone_number_has_ten_digits_as_the_contract_prints_it() {
    let desk = Desk::open().await;
    let calendar = desk.calendar(LICENCES, TOMORROW, 0);
    let start = desk.vacancies(&calendar, "Renewal").await[0];
    for phone in ["+972501234567", "050-123-4567", "050123456", "05012345678"] {
        let body = but(&desk.renewal_at(start), "contactPhoneNumber", json!(phone));
        assert_refused(&book(&desk, &calendar, body).await, 400, "10-digit");
    }
}

#[tokio::test]
async fn channels_and_languages_must_be_supported() {
    let desk = Desk::open().await;
    let calendar = desk.calendar(LICENCES, TOMORROW, 0);
    let start = desk.vacancies(&calendar, "Renewal").await[0];
    let body = desk.renewal_at(start);
    let video = but(&body, "channel", json!("Video"));
    assert_refused(&book(&desk, &calendar, video).await, 400, "Video");
    let fax = but(&body, "channel", json!("Fax"));
    assert_refused(
        &book(&desk, &calendar, fax).await,
        400,
        "FaceToFace, Video, Phone",
    );
    let klingon = but(&body, "language", json!("tlh"));
    assert_refused(&book(&desk, &calendar, klingon).await, 400, "tlh");
    let (status, booked) = book(&desk, &calendar, but(&body, "language", json!("he-IL"))).await;
    assert_eq!((status, &booked["language"]), (201, &json!("he-IL")));
}

#[tokio::test]
async fn a_video_appointment_has_a_meeting() {
    let desk = Desk::open().await;
    let calendar = desk.calendar(HEALTH, TOMORROW, 1);
    let start = desk.vacancies(&calendar, "Consultation").await[0];
    let body = json!({
        "serviceTypeId": desk.service_type("Consultation"),
        "startTime": start,
        "channel": "Video",
        "contactEmail": "robin@example.org",
    });
    let (_, booked) = book(&desk, &calendar, body).await;
    let appointment = listed(&desk, &calendar, &booked["caseId"]).await.unwrap();
    assert_eq!(appointment["onlineMeeting"]["provider"], "Zoom");
    assert_eq!(
        appointment["onlineMeeting"]["dateCreated"],
        "20250304T07:30:00.000Z"
    );
}

#[tokio::test]
async fn an_answer_may_be_empty_and_the_list_still_tells() {
    let desk = Desk::with(Options {
        book_answer: BookAnswer::Empty,
        ..options()
    })
    .await;
    let calendar = desk.calendar(LICENCES, TOMORROW, 0);
    let start = desk.vacancies(&calendar, "Renewal").await[0];
    assert_eq!(
        book(&desk, &calendar, desk.renewal_at(start)).await,
        (201, Value::Null)
    );
    let (_, booked) = desk.get(&format!("{calendar}/appointments")).await;
    let found = booked
        .as_array()
        .unwrap()
        .iter()
        .any(|case| case["appointment"]["start"] == json!(start));
    assert!(found);
}

#[tokio::test]
async fn fields_and_tags_must_exist() {
    let desk = Desk::open().await;
    let calendar = desk.calendar(LICENCES, TOMORROW, 0);
    let start = desk.vacancies(&calendar, "Renewal").await[0];
    let body = desk.renewal_at(start);
    let unknown = desk.user("Noa Marcus");
    let answer = book(
        &desk,
        &calendar,
        but(&body, "fields", json!({ unknown.clone(): "x" })),
    )
    .await;
    assert_refused(&answer, 400, "no field");
    let answer = book(&desk, &calendar, but(&body, "tagIds", json!([unknown]))).await;
    assert_refused(&answer, 400, "no tag");
    let field = desk.id("caseFields", "fieldTypeId", "Reason for the visit");
    let tag = desk.id("tags", "tagId", "Wheelchair");
    let body = but(
        &but(&body, "fields", json!({ field: "A lost card" })),
        "tagIds",
        json!([tag]),
    );
    assert_eq!(book(&desk, &calendar, body).await.0, 201);
}

#[tokio::test]
async fn walk_in_services_past_cases_and_other_calendars_are_no_place_to_book_or_cancel() {
    let desk = Desk::open().await;
    let walk_in = desk.calendar("Licences, walk-in", TOMORROW, 0);
    assert_refused(
        &book(&desk, &walk_in, desk.renewal_at(600)).await,
        409,
        "no appointments",
    );
    let today = desk.calendar(LICENCES, TODAY, 0);
    let (_, booked) = desk.get(&format!("{today}/appointments")).await;
    let resolved = booked
        .as_array()
        .unwrap()
        .iter()
        .find(|case| case["status"] == "Resolved")
        .unwrap();
    let case = resolved["caseId"].as_str().unwrap();
    assert_refused(
        &desk.delete(&format!("{today}/appointments/{case}")).await,
        409,
        "Resolved",
    );
    let other = desk.calendar(LICENCES, TODAY, 1);
    assert_refused(
        &desk.delete(&format!("{other}/appointments/{case}")).await,
        404,
        "appointment",
    );
}
