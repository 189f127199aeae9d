//! Drafts and days that outlive a run.

use std::time::Duration;

use serde_json::json;

use crate::harness::Bench;

#[tokio::test]
async fn a_draft_outlives_the_run_and_the_last_one_of_a_form_counts() {
    let bench = Bench::new().await;
    for phone in ["5550100123", "5550100124"] {
        let draft = json!({ "name": "booking", "content": { "phone": phone } });
        bench.call("keep_draft", draft).await;
    }
    let bench = bench.next_run();
    let drafts = bench.call("list_drafts", json!({})).await;
    assert_eq!(drafts.as_array().unwrap().len(), 1);
    assert_eq!(drafts[0]["content"]["phone"], "5550100124");
    bench.call("drop_draft", json!({ "name": "booking" })).await;
    let drafts = bench.next_run().call("list_drafts", json!({})).await;
    assert_eq!(drafts, json!([]));
}

#[tokio::test]
async fn a_draft_that_is_too_long_is_refused() {
    let bench = Bench::new().await;
    let draft = json!({ "name": "booking", "content": "x".repeat(70_000) });
    let refused = bench.refused("keep_draft", draft).await;
    assert_eq!(json!(refused)["fields"][0]["field"], "content");
    assert_eq!(bench.call("list_drafts", json!({})).await, json!([]));
}

#[tokio::test]
async fn a_day_that_was_read_can_be_shown_when_cubu_is_gone() {
    let bench = Bench::new().await;
    let slot = bench.vacancy().await;
    let day = json!({ "serviceId": slot["serviceId"], "date": slot["date"] });
    let read = bench.call("load_day", day.clone()).await;
    let bench = bench.next_run();
    bench
        .simulator
        .refuse_connections(Duration::from_secs(600))
        .await;
    assert_eq!(
        json!(bench.refused("load_day", day.clone()).await)["code"],
        "offline"
    );
    let kept = bench.call("kept_day", day).await;
    assert_eq!(
        kept["board"]["columns"][0]["calendar"],
        read["columns"][0]["calendar"]
    );
    assert!(kept["board"]["loadedAt"].is_string());
    let other = json!({ "serviceId": slot["serviceId"], "date": "2031-01-02" });
    assert!(bench.call("kept_day", other).await.is_null());
}

#[tokio::test]
async fn a_change_is_in_the_kept_day_although_only_its_calendar_was_read_again() {
    let bench = Bench::new().await;
    let slot = bench.vacancy().await;
    let mut asked = json!({ "serviceId": slot["serviceId"], "date": slot["date"], "serviceTypeId": slot["serviceTypeId"] });
    let day = json!({ "serviceId": slot["serviceId"], "date": slot["date"] });
    let board = bench.call("load_day", asked.clone()).await;
    let known = |board: &serde_json::Value| -> Vec<_> {
        let columns = board["columns"].as_array().unwrap().iter();
        columns
            .map(|column| {
                let calendar = &column["calendar"];
                json!({
                    "cuIndex": calendar["cuIndex"],
                    "calendarTimestamp": calendar["calendarTimestamp"],
                    "appointmentCount": calendar["stats"]["appointmentCount"],
                    "minutesBooked": calendar["stats"]["minutesBooked"],
                })
            })
            .collect()
    };
    asked["known"] = json!(known(&board));
    bench.call("book_appointment", slot.clone()).await;
    let news = bench.call("load_day", asked).await;
    let kept = bench.call("kept_day", day).await["board"].clone();
    assert_eq!(kept["loadedAt"], news["loadedAt"]);
    for (column, fresh) in kept["columns"]
        .as_array()
        .unwrap()
        .iter()
        .zip(news["columns"].as_array().unwrap())
    {
        assert_eq!(column["appointments"]["state"], "loaded");
        if column["calendar"]["cuIndex"] == slot["cuIndex"] {
            assert_eq!(column["appointments"], fresh["appointments"]);
        }
    }
    let listed = bench.call("list_kept_days", json!({})).await;
    let entry = listed
        .as_array()
        .unwrap()
        .iter()
        .find(|entry| entry["date"] == slot["date"] && entry["serviceId"] == slot["serviceId"])
        .unwrap();
    assert_eq!(
        entry["asOf"].as_str().map(|at| &at[..19]),
        news["loadedAt"].as_str().map(|at| &at[..19])
    );
}
