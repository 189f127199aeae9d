//! Days put together from many reads, and what is learnt on the way.

use std::time::{Duration, Instant};

use cubu_simulator::Options;
use serde_json::json;

use crate::harness::Bench;

#[tokio::test]
async fn a_day_has_a_column_per_calendar_and_tells_the_time_of_its_unit() {
    let bench = Bench::new().await;
    let slot = bench.vacancy().await;
    let asked = json!({ "serviceId": slot["serviceId"], "date": slot["date"], "serviceTypeId": slot["serviceTypeId"] });
    let board = bench.call("load_day", asked).await;
    let columns = board["columns"].as_array().unwrap();
    assert!(!columns.is_empty());
    assert!(
        columns
            .iter()
            .all(|column| column["appointments"]["state"] == "loaded"
                && column["vacancies"]["value"]["slots"].is_array())
    );
    assert!(
        board["timeZone"].is_string()
            && board["unitName"].is_string()
            && board["timeZoneProblem"].is_null()
    );
    assert!(board["nowMinute"].as_u64().unwrap() < 1440);
    let without = bench
        .call(
            "load_day",
            json!({ "serviceId": slot["serviceId"], "date": slot["date"] }),
        )
        .await;
    assert_eq!(
        without["columns"][0]["vacancies"],
        json!({ "state": "loaded", "value": null })
    );
}

#[tokio::test]
async fn service_types_and_the_time_zone_are_learnt_from_a_day() {
    let bench = Bench::new().await;
    bench.vacancy().await;
    let catalogue = bench.call("get_catalogue", json!({})).await;
    let service_id = bench.service("appointment")["serviceId"].clone();
    let learnt = |kind: &str, test: &dyn Fn(&serde_json::Value) -> bool| {
        catalogue[kind].as_array().unwrap().iter().any(test)
    };
    assert!(learnt("serviceTypes", &|entry| entry["serviceIds"]
        .as_array()
        .unwrap()
        .contains(&service_id)));
    assert!(learnt("services", &|entry| entry["serviceId"]
        == service_id
        && entry["categoryName"].is_string()));
    assert!(learnt("services", &|entry| entry["timeZone"].is_string()));
}

#[tokio::test]
async fn the_reads_of_a_day_go_side_by_side() {
    let latency = Some(Duration::from_millis(50));
    let bench = Bench::with(
        Options {
            latency,
            ..Options::default()
        },
        |_| {},
    )
    .await;
    let slot = bench.vacancy().await;
    let asked = json!({ "serviceId": slot["serviceId"], "date": slot["date"], "serviceTypeId": slot["serviceTypeId"] });
    let started = Instant::now();
    let board = bench.call("load_day", asked).await;
    let together = started.elapsed();
    // The same reads one after the other, in the same run: a busy machine slows both.
    let started = Instant::now();
    for column in board["columns"].as_array().unwrap() {
        let mut calendar = slot.clone();
        calendar["cuIndex"] = column["calendar"]["cuIndex"].clone();
        bench.call("list_appointments", json!({ "serviceId": slot["serviceId"], "date": slot["date"], "cuIndex": calendar["cuIndex"] })).await;
        bench.call("list_vacancies", calendar).await;
    }
    assert!(together < started.elapsed(), "{together:?}");
}

#[tokio::test]
async fn a_service_that_does_not_exist_fails_as_a_whole_and_a_day_of_a_span_by_itself() {
    let bench = Bench::new().await;
    let unknown = "5b0d6c1e-7777-4a6e-9d10-00000000dead";
    let failure = bench
        .refused(
            "load_day",
            json!({ "serviceId": unknown, "date": "2026-11-23" }),
        )
        .await;
    assert_eq!(json!(failure.code), "not_found");
    let span = bench
        .call(
            "load_span",
            json!({ "serviceId": unknown, "from": "2026-11-23", "days": 2 }),
        )
        .await;
    assert_eq!(span["days"][1]["calendars"]["state"], "failed");
    assert_eq!(
        span["days"][1]["calendars"]["error"]["command"],
        "list_calendars"
    );
}

#[tokio::test]
async fn pasted_ids_are_asked_about_one_by_one() {
    let bench = Bench::new().await;
    let service_id = bench.service("appointment")["serviceId"]
        .as_str()
        .unwrap()
        .to_owned();
    bench
        .call(
            "remove_catalogue_entry",
            json!({ "kind": "service", "id": service_id }),
        )
        .await;
    let unknown = "5b0d6c1e-7777-4a6e-9d10-00000000dead";
    let text = format!("https://app.example.org/services/{service_id}\n{unknown}\nLicences");
    let learned = bench.call("learn_services", json!({ "text": text })).await;
    assert_eq!(learned["added"][0]["serviceId"], service_id.as_str());
    let refused: Vec<_> = learned["refused"]
        .as_array()
        .unwrap()
        .iter()
        .map(|line| line["input"].as_str().unwrap())
        .collect();
    assert_eq!(refused, ["Licences", unknown]);
}

#[tokio::test]
async fn a_calendar_that_has_not_moved_is_not_read_again_and_one_that_was_booked_is() {
    let bench = Bench::new().await;
    let slot = bench.vacancy().await;
    let mut asked = json!({ "serviceId": slot["serviceId"], "date": slot["date"], "serviceTypeId": slot["serviceTypeId"] });
    let board = bench.call("load_day", asked.clone()).await;
    let known: Vec<_> = board["columns"]
        .as_array()
        .unwrap()
        .iter()
        .map(|column| {
            let calendar = &column["calendar"];
            json!({
                "cuIndex": calendar["cuIndex"],
                "calendarTimestamp": calendar["calendarTimestamp"],
                "appointmentCount": calendar["stats"]["appointmentCount"],
                "minutesBooked": calendar["stats"]["minutesBooked"],
            })
        })
        .collect();
    asked["known"] = json!(known);
    let states = |board: &serde_json::Value, moved: &serde_json::Value| -> Vec<(bool, String)> {
        let columns = board["columns"].as_array().unwrap();
        let state = |column: &serde_json::Value| {
            (
                &column["calendar"]["cuIndex"] == moved,
                column["appointments"]["state"].as_str().unwrap().to_owned(),
            )
        };
        columns.iter().map(state).collect()
    };
    let again = bench.call("load_day", asked.clone()).await;
    assert!(
        states(&again, &slot["cuIndex"])
            .iter()
            .all(|(_, state)| state == "unchanged")
    );
    bench.call("book_appointment", slot.clone()).await;
    let after = bench.call("load_day", asked).await;
    for (moved, state) in states(&after, &slot["cuIndex"]) {
        assert_eq!(state, if moved { "loaded" } else { "unchanged" });
    }
}

#[tokio::test]
async fn the_services_on_the_board_are_remembered_for_the_organisation() {
    let bench = Bench::new().await;
    let nothing = bench.call("board_view", json!({})).await;
    assert_eq!(nothing, json!({ "services": [] }));
    let service_id = bench.service("appointment")["serviceId"].clone();
    let view = json!({ "services": [{ "serviceId": service_id, "serviceTypeId": null }] });
    bench.call("keep_board_view", view.clone()).await;
    assert_eq!(bench.call("board_view", json!({})).await, view);
}

const READER: &str = "5b0d6c1e-0000-4a6e-9d10-00000000f0aa";

/// Reads a day to its end, column by column: what was told first, and every column in the order in which it came.
async fn read_on(bench: &Bench, first: serde_json::Value) -> Vec<serde_json::Value> {
    let mut columns = Vec::new();
    let mut reading = first["reading"].clone();
    while reading == true {
        let news = bench
            .call(
                "more_of_day",
                json!({ "reader": READER, "after": columns.len() }),
            )
            .await;
        columns.extend(news["columns"].as_array().unwrap().iter().cloned());
        reading = news["reading"].clone();
    }
    columns
}

#[tokio::test]
async fn a_day_is_handed_over_column_by_column_and_is_the_same_day_in_the_end() {
    let bench = Bench::with(
        Options {
            latency: Some(Duration::from_millis(20)),
            ..Options::default()
        },
        |_| {},
    )
    .await;
    let slot = bench.vacancy().await;
    let mut asked = json!({ "serviceId": slot["serviceId"], "date": slot["date"], "serviceTypeId": slot["serviceTypeId"] });
    let whole = bench.call("load_day", asked.clone()).await;
    asked["reader"] = json!(READER);
    let first = bench.call("load_day", asked).await;
    let heads = first["columns"].as_array().unwrap();
    assert!(heads.len() > 3 && first["reading"] == true);
    assert!(heads.iter().all(|column| {
        column["appointments"]["state"] == "expected" && column["vacancies"]["state"] == "expected"
    }));
    let mut columns = read_on(&bench, first).await;
    columns.sort_by_key(|column| column["calendar"]["cuIndex"].as_u64());
    assert_eq!(json!(columns), whole["columns"]);
    let nothing = json!({ "reader": READER, "after": columns.len() });
    assert!(bench.call("more_of_day", nothing).await.is_null());
    let kept = json!({ "serviceId": slot["serviceId"], "date": slot["date"] });
    let kept = bench.call("kept_day", kept).await;
    assert_eq!(kept["board"]["columns"], whole["columns"]);
}

#[tokio::test]
async fn a_day_that_is_only_passed_by_costs_no_more_than_its_calendars() {
    let bench = Bench::with(
        Options {
            latency: Some(Duration::from_millis(100)),
            ..Options::default()
        },
        |_| {},
    )
    .await;
    let slot = bench.vacancy().await;
    let day = |date: &serde_json::Value| json!({ "serviceId": slot["serviceId"], "date": date, "reader": READER });
    let before = bench.simulator.requests("ListAppointments");
    let passed = bench.call("load_day", day(&slot["date"])).await;
    let calendars = passed["columns"].as_array().unwrap().len();
    let first = bench.call("load_day", day(&slot["date"])).await;
    assert_eq!(read_on(&bench, first).await.len(), calendars);
    let asked = bench.simulator.requests("ListAppointments") - before;
    // Six were on their way at once when the second day took the first one's place.
    assert!(asked < 2 * calendars as u64, "{asked} of {calendars}");
}
