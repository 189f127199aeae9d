//! The audit trail through the door: what is in it of changes that went well, were refused, were lost; exports that prove
//! themselves; and what is never in it.

use std::fs;

use desk_core::audit::verify;
use serde_json::{Value, json};

use crate::{harness::Bench, line::Line, proxy::Mishap};

async fn list(bench: &Bench, filter: Value) -> Vec<Value> {
    let page = bench
        .call("list_audit", json!({ "filter": filter, "limit": 200 }))
        .await;
    assert_eq!(page["more"], false);
    page["entries"].as_array().unwrap().clone()
}

/// What happened to a command's change, oldest first.
async fn events(bench: &Bench, command: &str) -> Vec<String> {
    let filter = json!({ "command": command, "steps": true });
    let entries = list(bench, filter).await.into_iter().rev();
    entries
        .map(|entry| entry["event"].as_str().unwrap().to_owned())
        .collect()
}

async fn export(bench: &Bench, format: &str, filter: Value) -> String {
    let request = json!({ "format": format, "filter": filter });
    let exported = bench.call("export_audit", request).await;
    exported["text"].as_str().unwrap().to_owned()
}

fn whole(text: &str) -> verify::Whole {
    match verify::verdict(text) {
        verify::Verdict::Whole(whole) => whole,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_booking_and_its_cancellation_are_in_the_trail_with_before_and_after() {
    let line = Line::new().await;
    let bench = &line.bench;
    let booking = bench.vacancy().await;
    let booked = bench.call("book_appointment", booking.clone()).await;
    let cancel = json!({
        "serviceId": booking["serviceId"], "date": booking["date"],
        "cuIndex": booking["cuIndex"], "caseId": booked["caseId"],
    });
    bench.call("cancel_appointment", cancel).await;
    assert_eq!(
        events(bench, "book_appointment").await,
        ["asked", "sent", "confirmed"]
    );
    let [cancelled, made, ..] = &list(bench, json!({})).await[..] else {
        panic!("both are listed");
    };
    assert_eq!(
        made["content"]["request"]["startTime"],
        booking["startTime"]
    );
    assert_eq!(made["content"]["after"]["caseId"], booked["caseId"]);
    assert_eq!(made["organization"], "Town hall");
    assert_eq!(cancelled["content"]["before"]["caseId"], booked["caseId"]);
    assert_eq!(
        cancelled["content"]["before"]["customer"]["recordId"],
        booking["customerRecordId"]
    );
}

#[tokio::test]
async fn a_booking_outside_the_free_times_and_the_reason_of_a_cancellation_are_in_the_trail() {
    let line = Line::new().await;
    let bench = &line.bench;
    let booking = bench.vacancy().await;
    bench.call("book_appointment", booking.clone()).await;
    let mut second = booking.clone();
    second["contactPhoneNumber"] = json!("0555000777");
    second["bypassTimeslotCheck"] = json!(true);
    let booked = bench.call("book_appointment", second).await;
    let made = &list(bench, json!({ "command": "book_appointment" })).await[0];
    assert_eq!(made["content"]["after"]["caseId"], booked["caseId"]);
    assert_eq!(made["content"]["request"]["bypassTimeslotCheck"], true);

    let cancel = json!({
        "serviceId": booking["serviceId"], "date": booking["date"],
        "cuIndex": booking["cuIndex"], "caseId": booked["caseId"], "note": "moved away",
    });
    bench.call("cancel_appointment", cancel).await;
    let cancelled = &list(bench, json!({ "command": "cancel_appointment" })).await[0];
    assert!(cancelled["content"].to_string().contains("moved away"));
    let sent = line.made("CancelAppointment");
    assert!(!json!(sent).to_string().contains("moved away"));
}

#[tokio::test]
async fn a_changed_customer_is_in_the_trail_with_old_and_new_values() {
    let bench = Bench::new().await;
    let record = bench.customer()["recordId"].clone();
    let known = bench
        .call("get_customer", json!({ "customerRecordId": record }))
        .await;
    let fields = known["fields"].as_array().unwrap();
    let name = fields.iter().find(|field| field["isKey"] == false).unwrap();
    let change = json!({ "fieldTypeId": name["fieldTypeId"], "value": "Kim" });
    let request = json!({ "customerRecordId": record, "fields": [change] });
    bench.call("update_customer", request).await;
    let entry = &list(&bench, json!({ "command": "update_customer" })).await[0];
    let before = json!([{ "fieldTypeId": name["fieldTypeId"], "value": name["value"] }]);
    assert_eq!(entry["content"]["before"]["fields"], before);
    assert_eq!(entry["content"]["request"]["fields"][0]["value"], "Kim");
}

#[tokio::test]
async fn refusals_and_lost_answers_are_in_the_trail() {
    let line = Line::new().await;
    let user = line.agent().await;
    let unit =
        json!({ "unitId": line.bench.service("walkIn")["unitId"], "userId": user["userId"] });
    line.bench.refused("clock_in", unit).await;
    let refused = &list(&line.bench, json!({ "outcome": "refused" })).await[0];
    assert_eq!(
        (
            &refused["command"],
            &refused["reason"],
            &refused["status"],
            &refused["errorNumber"]
        ),
        (
            &json!("clock_in"),
            &json!("conflict"),
            &json!(409),
            &json!(3301)
        )
    );

    let booking = line.bench.vacancy().await;
    line.proxy.next("POST /appointments", Mishap::NeverAnswered);
    line.outcome("book_appointment", &booking).await.unwrap();
    assert_eq!(
        events(&line.bench, "book_appointment").await,
        ["asked", "sent", "unknown", "happened"]
    );
    line.proxy.next("POST /cases", Mishap::NeverAnswered);
    let lost = line.outcome("queue_up", &line.walk_in()).await.unwrap_err();
    let intent = json!({ "intentId": lost["intentId"] });
    line.bench.call("drop_unsettled", intent.clone()).await;
    let steps = list(&line.bench, json!({ "intent": intent["intentId"] })).await;
    let told: Vec<_> = steps.iter().rev().map(|step| &step["event"]).collect();
    assert_eq!(told, ["asked", "sent", "unknown", "needs-eyes", "dropped"]);
    assert!(steps.iter().any(|step| step["reason"] == "interrupted"));
}

#[tokio::test]
async fn a_kill_between_sending_and_the_answer_leaves_trail_and_journal_of_one_mind() {
    let line = Line::new().await;
    let booking = line.bench.vacancy().await;
    line.proxy.next("POST /appointments", Mishap::NetworkDies);
    line.outcome("book_appointment", &booking)
        .await
        .unwrap_err();
    let line = line.next_run();
    line.proxy.comes_back();
    line.bench
        .call("activate_profile", line.bench.this_profile())
        .await;
    let settled = async {
        while events(&line.bench, "book_appointment")
            .await
            .last()
            .unwrap()
            != "happened"
        {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(std::time::Duration::from_secs(10), settled)
        .await
        .unwrap();
    assert_eq!(
        events(&line.bench, "book_appointment").await,
        ["asked", "sent", "unknown", "happened"]
    );
    assert_eq!(line.unsettled().await[0]["state"], "happened");
    assert_eq!(
        line.bench.call("verify_audit", json!({})).await["whole"],
        true
    );
}

#[tokio::test]
async fn exports_prove_themselves_and_a_part_can_be_handed_on() {
    let bench = Bench::new().await;
    let booking = bench.vacancy().await;
    bench.call("book_appointment", booking.clone()).await;
    for format in ["csv", "jsonLines"] {
        let all = whole(&export(&bench, format, json!({})).await);
        assert!(all.entries >= 6 && all.withheld == 0, "{all:?}");
        let text = export(&bench, format, json!({ "command": "book_appointment" })).await;
        let part = whole(&text);
        assert_eq!(part.entries, part.withheld + 3);
        assert!(text.contains("5550100123"));
        let text = export(&bench, format, json!({ "text": "nobody at all" })).await;
        assert_eq!(whole(&text).withheld, whole(&text).entries);
        assert!(!text.contains("5550100123"));
    }
    let path = bench.folder.path().join("elsewhere/trail.csv");
    let request = json!({ "path": path, "format": "csv" });
    bench.call("export_audit_to_file", request).await;
    let (words, code) = verify::file(&path);
    assert_eq!(code, 0, "{words}");
    let changed = fs::read_to_string(&path)
        .unwrap()
        .replacen("5550100123", "5550100124", 1);
    fs::write(&path, changed).unwrap();
    let (words, code) = verify::file(&path);
    assert_eq!(code, 1);
    assert!(
        words.contains("content is not what was recorded"),
        "{words}"
    );
    assert_eq!(
        list(&bench, json!({ "command": "export_audit" }))
            .await
            .len(),
        7
    );
}

#[tokio::test]
async fn what_is_done_on_this_pc_is_in_the_trail_and_no_secret_or_token_ever() {
    let bench = Bench::new().await;
    let booking = bench.vacancy().await;
    bench.call("book_appointment", booking).await;
    let wrong = "hunter2hunter2";
    let secret = json!({ "profileId": bench.profile, "clientSecret": wrong });
    bench.call("set_client_secret", secret).await;
    bench.refused("list_users", json!({})).await;
    let exported = bench.call("export_profile", bench.this_profile()).await;
    bench.call("delete_profile", bench.this_profile()).await;
    bench
        .call("import_profile", json!({ "json": exported["json"] }))
        .await;
    let acts: Vec<_> = list(&bench, json!({ "outcome": "done" }))
        .await
        .into_iter()
        .rev()
        .map(|entry| entry["command"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(
        acts,
        [
            "save_profile",
            "set_client_secret",
            "set_client_secret",
            "delete_profile",
            "import_profile"
        ]
    );
    let everything = json!(list(&bench, json!({ "steps": true })).await).to_string();
    let exports = [
        export(&bench, "csv", json!({})).await,
        export(&bench, "jsonLines", json!({})).await,
    ];
    for text in exports.iter().chain([&everything]) {
        assert!(text.contains("set_client_secret"));
        for secret in [wrong, &bench.simulator.connection.client_secret] {
            assert!(!text.contains(secret));
        }
        assert!(!text.to_lowercase().contains("bearer"));
        // The simulator's tokens, like all of their kind, begin with an encoded "{\"".
        assert!(!text.contains("eyJ"));
    }
}

#[tokio::test]
async fn the_trail_is_read_page_by_page_and_searched_by_words() {
    let bench = Bench::new().await;
    let booking = bench.vacancy().await;
    bench.call("book_appointment", booking).await;
    let mut seen = Vec::new();
    let mut before = Value::Null;
    loop {
        let request = json!({ "filter": { "steps": true }, "limit": 2, "before": before });
        let page = bench.call("list_audit", request).await;
        let entries = page["entries"].as_array().unwrap();
        seen.extend(entries.iter().map(|entry| entry["seq"].as_u64().unwrap()));
        if page["more"] == false {
            break;
        }
        before = entries.last().unwrap()["seq"].clone();
    }
    let all: Vec<_> = (1..=seen.len() as u64).rev().collect();
    assert_eq!(seen, all);
    let found = |text: &'static str| {
        let bench = &bench;
        async move { list(bench, json!({ "text": text })).await.len() }
    };
    assert_eq!(found("ROBIN.vale 5550100123").await, 1);
    assert_eq!(found("contactPhoneNumber").await, 0);
    let long_ago = json!({ "to": "2020-01-01" });
    assert_eq!(list(&bench, long_ago).await, Vec::<Value>::new());
    let since = json!({ "from": "2020-01-01", "command": "book_appointment" });
    assert_eq!(list(&bench, since).await.len(), 1);
}

#[tokio::test]
async fn practice_has_a_trail_of_its_own() {
    let bench = Bench::new().await;
    let before = list(&bench, json!({})).await.len();
    assert!(before > 0);
    bench.call("start_practice", json!({})).await;
    assert_eq!(list(&bench, json!({})).await, Vec::<Value>::new());
    bench.call("stop_practice", json!({})).await;
    assert_eq!(list(&bench, json!({})).await.len(), before);
}
