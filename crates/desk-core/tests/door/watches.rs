//! Watches for an earlier time: what another desk frees is told once, at little cost, also after a restart; and a watch ends
//! with its appointment.

use serde_json::{Value, json};

use crate::harness::Bench;

const WATCH: &str = "5b0d6c1e-9999-4a6e-9d10-000000000001";
/// Days that lie far ahead are read in every tenth round only.
const ROUNDS: usize = 12;

/// An appointment, and somebody else's before it.
struct Waiting {
    bench: Bench,
    mine: Value,
    case: Value,
    earlier: Value,
    earlier_case: Value,
}

impl Waiting {
    async fn new() -> Self {
        let bench = Bench::new().await;
        let mut earlier = bench.vacancy().await;
        earlier["customerRecordId"] = bench.simulator.world()["customers"][1]["recordId"].clone();
        let earlier_case = bench.call("book_appointment", earlier.clone()).await["caseId"].clone();
        let mine = bench.vacancy().await;
        let case = bench.call("book_appointment", mine.clone()).await["caseId"].clone();
        Self {
            bench,
            mine,
            case,
            earlier,
            earlier_case,
        }
    }

    /// Watches for a time before the appointment.
    async fn watch(&self) {
        let Value::Object(mine) = &self.mine else {
            unreachable!("a booking is an object")
        };
        let request = json!({
            "watchId": WATCH,
            "wish": {
                "wanted": [{
                    "serviceId": mine["serviceId"], "serviceTypeId": mine["serviceTypeId"],
                }],
                "before": { "date": mine["date"], "minute": mine["startTime"] },
            },
            "appointment": {
                "caseId": self.case, "startTime": mine["startTime"],
                "at": place(&self.mine), "customerName": "Robin Vale",
                "customerRecordId": mine["customerRecordId"],
            },
        });
        self.bench.call("start_watch", request).await;
        let watch = self.look().await;
        assert_eq!(watch["hits"], json!([]), "what is free already is no news");
        assert_eq!(watch["end"], Value::Null);
    }

    /// One round; the watch as it stands after it.
    async fn look(&self) -> Value {
        let round = self.bench.call("check_watches", json!({})).await;
        assert_eq!(round["trouble"], Value::Null, "{round:#}");
        round["watches"][0].clone()
    }

    async fn until(&self, is_so: impl Fn(&Value) -> bool) -> Value {
        for _ in 0..ROUNDS {
            let watch = self.look().await;
            if is_so(&watch) {
                return watch;
            }
        }
        panic!("not in {ROUNDS} rounds");
    }

    /// Another desk cancels the earlier one.
    async fn free_earlier(&self) {
        let (other, _folder) = self.bench.other_desk().await;
        let mut cancelling = place(&self.earlier);
        cancelling["caseId"] = self.earlier_case.clone();
        other
            .dispatch("cancel_appointment", cancelling)
            .await
            .unwrap();
    }

    fn next_run(self) -> Self {
        Self {
            bench: self.bench.next_run(),
            ..self
        }
    }

    fn is_freed(&self, hit: &Value) -> bool {
        hit["startTime"] == self.earlier["startTime"]
            && hit["date"] == self.earlier["date"]
            && hit["cuIndex"] == self.earlier["cuIndex"]
    }
}

fn place(booking: &Value) -> Value {
    json!({
        "serviceId": booking["serviceId"], "date": booking["date"], "cuIndex": booking["cuIndex"],
    })
}

fn has_news(watch: &Value) -> bool {
    watch["hits"] != json!([])
}

fn is_over(watch: &Value) -> bool {
    watch["end"] != Value::Null
}

#[tokio::test]
async fn what_another_desk_frees_is_told_once_and_again_only_when_it_was_taken_meanwhile() {
    let waiting = Waiting::new().await;
    waiting.watch().await;
    waiting.free_earlier().await;
    let told = waiting.until(has_news).await;
    let hits = told["hits"].as_array().unwrap();
    assert!(hits.iter().any(|hit| waiting.is_freed(hit)), "{told:#}");
    let count = hits.len();
    for _ in 0..ROUNDS {
        assert_eq!(
            waiting.look().await["hits"].as_array().unwrap().len(),
            count
        );
    }
    let put_away = json!({ "watchId": WATCH });
    waiting.bench.call("put_away_freed", put_away).await;
    for _ in 0..ROUNDS {
        assert_eq!(waiting.look().await["hits"], json!([]), "it was put away");
    }
    let (other, _folder) = waiting.bench.other_desk().await;
    let booked = other
        .dispatch("book_appointment", waiting.earlier.clone())
        .await
        .unwrap();
    for _ in 0..ROUNDS {
        waiting.look().await;
    }
    let mut cancelling = place(&waiting.earlier);
    cancelling["caseId"] = booked["caseId"].clone();
    other
        .dispatch("cancel_appointment", cancelling)
        .await
        .unwrap();
    let told = waiting.until(has_news).await;
    assert!(waiting.is_freed(&told["hits"][0]));
}

#[tokio::test]
async fn only_calendars_that_moved_are_read_again() {
    let waiting = Waiting::new().await;
    waiting.watch().await;
    let simulator = &waiting.bench.simulator;
    let asked = || {
        [
            simulator.requests("ListVacancies"),
            simulator.requests("ListAppointments"),
        ]
    };
    let before = asked();
    let lists = simulator.requests("ListCalendars");
    for _ in 0..ROUNDS {
        waiting.look().await;
    }
    assert_eq!(asked(), before, "nothing has changed");
    assert!(simulator.requests("ListCalendars") > lists);
    waiting.free_earlier().await;
    let before = simulator.requests("ListVacancies");
    waiting.until(has_news).await;
    assert_eq!(simulator.requests("ListVacancies"), before + 1, "one has");
}

#[tokio::test]
async fn what_was_freed_while_the_desk_was_closed_is_told_at_its_next_start_and_not_once_more_after_that()
 {
    let waiting = Waiting::new().await;
    waiting.watch().await;
    let waiting = waiting.next_run();
    waiting.free_earlier().await;
    let told = waiting.until(has_news).await;
    assert!(
        told["hits"]
            .as_array()
            .unwrap()
            .iter()
            .any(|hit| waiting.is_freed(hit))
    );
    let waiting = waiting.next_run();
    let listed = waiting.bench.call("list_watches", json!({})).await;
    assert_eq!(listed[0]["hits"], told["hits"]);
    assert_eq!(waiting.look().await["hits"], told["hits"]);
}

#[tokio::test]
async fn moving_to_the_freed_time_ends_the_watch() {
    let waiting = Waiting::new().await;
    waiting.watch().await;
    waiting.free_earlier().await;
    let told = waiting.until(has_news).await;
    let hit = told["hits"].as_array().unwrap().iter();
    let hit = hit.clone().find(|hit| waiting.is_freed(hit)).unwrap();
    let mut to = waiting.mine.clone();
    for member in ["date", "cuIndex", "startTime"] {
        to[member] = hit[member].clone();
    }
    let from = json!({ "caseId": waiting.case, "booking": waiting.mine });
    let request = json!({ "from": from, "to": to });
    let moved = waiting.bench.call("move_appointment", request).await;
    assert_eq!(moved["state"], "moved");
    let watch = waiting.look().await;
    assert_eq!(watch["end"], "moved");
    assert_eq!(watch["hits"], json!([]));
    assert_eq!(watch["appointment"]["customerRecordId"], Value::Null);
    let ended = json!({ "watchId": WATCH });
    assert_eq!(waiting.bench.call("end_watch", ended).await, json!([]));
}

#[tokio::test]
async fn a_watch_ends_when_its_appointment_is_cancelled_here_or_gone_elsewhere() {
    for (elsewhere, end) in [(false, "cancelled"), (true, "gone")] {
        let waiting = Waiting::new().await;
        waiting.watch().await;
        let mut cancelling = place(&waiting.mine);
        cancelling["caseId"] = waiting.case.clone();
        if elsewhere {
            let (other, _folder) = waiting.bench.other_desk().await;
            other
                .dispatch("cancel_appointment", cancelling)
                .await
                .unwrap();
        } else {
            waiting.bench.call("cancel_appointment", cancelling).await;
        }
        assert_eq!(waiting.until(is_over).await["end"], end);
    }
}

#[tokio::test]
async fn a_watch_needs_a_time_to_come_and_a_forgotten_customer_has_none() {
    let waiting = Waiting::new().await;
    let wanted = json!([{
        "serviceId": waiting.mine["serviceId"], "serviceTypeId": waiting.mine["serviceTypeId"],
    }]);
    for (date, message) in [
        ("2026-01-01", "watch-over"),
        ("2031-01-01", "watch-too-far"),
    ] {
        let wish = json!({ "wanted": wanted, "before": { "date": date, "minute": 0 } });
        let request = json!({ "watchId": WATCH, "wish": wish });
        let refused = waiting.bench.refused("start_watch", request).await;
        assert_eq!(refused.fields[0].message.id, message);
    }
    waiting.watch().await;
    waiting.watch().await;
    let listed = waiting.bench.call("list_watches", json!({})).await;
    assert_eq!(
        listed.as_array().unwrap().len(),
        1,
        "the same id is the same watch"
    );
    let request = json!({ "customerRecordId": waiting.mine["customerRecordId"] });
    waiting.bench.call("forget_customer", request).await;
    let listed = waiting.bench.call("list_watches", json!({})).await;
    assert_eq!(listed, json!([]));
}
