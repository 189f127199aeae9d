//! Finding a time: what is asked and what is not, what is told and when, stopping and going on.

use std::time::Duration;

use chrono::DateTime;
use cubu_simulator::{Breakdown, Fault, FaultRule, Options};
use desk_core::{
    clock::Clock,
    desk::{self, Desk},
};
use serde_json::{Value, json};

use crate::harness::Bench;

const ONE: &str = "5b0d6c1e-0000-4a6e-9d10-00000000f001";
const TWO: &str = "5b0d6c1e-0000-4a6e-9d10-00000000f002";
const WINDOW: &str = "5b0d6c1e-0000-4a6e-9d10-00000000f0aa";

/// A desk at a moment that stands still, on a PC with that moment's offset.
async fn at(moment: &str) -> Bench {
    let moment = DateTime::parse_from_rfc3339(moment).unwrap();
    let options = Options {
        now: Some(moment.to_utc()),
        ..Options::default()
    };
    let mut bench = Bench::with(options, |_| {}).await;
    drop(bench.desk);
    bench.desk = Desk::open(desk::Options {
        data_dir: bench.folder.path().to_owned(),
        keychain: bench.keychain.clone(),
        clock: Clock::Still(moment),
    })
    .unwrap();
    bench
}

async fn slow(latency: u64) -> Bench {
    let options = Options {
        latency: Some(Duration::from_millis(latency)),
        ..Options::default()
    };
    Bench::with(options, |_| {}).await
}

/// A search for the first type of the appointment services with these numbers.
fn search(bench: &Bench, id: &str, services: &[usize], narrowed: Value) -> Value {
    let world = bench.simulator.world();
    let by_appointment: Vec<_> = world["services"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|service| service["kind"] == "appointment")
        .collect();
    let wanted: Vec<_> = services
        .iter()
        .map(|number| {
            let service = by_appointment[*number];
            json!({ "serviceId": service["serviceId"], "serviceTypeId": service["serviceTypeIds"][0] })
        })
        .collect();
    let mut criteria = json!({ "wanted": wanted, "days": 5, "most": 5_000 });
    for (field, value) in narrowed.as_object().unwrap() {
        criteria[field] = value.clone();
    }
    json!({ "searchId": id, "windowId": WINDOW, "criteria": criteria })
}

/// Reads a search to its end: its last answer, with all times sorted as a window sorts them.
async fn read_on(bench: &Bench, mut answer: Value) -> Value {
    let mut times = answer["times"].as_array().unwrap().clone();
    while answer["ended"].is_null() {
        let on = json!({ "searchId": answer["searchId"], "after": answer["cursor"] });
        answer = bench.call("more_times", on).await;
        times.extend(answer["times"].as_array().unwrap().clone());
    }
    times.sort_by_key(|time| (time["at"].as_i64(), time["seat"].as_i64()));
    answer["times"] = times.into();
    answer
}

async fn find(bench: &Bench, request: Value) -> Value {
    let first = bench.call("find_times", request).await;
    read_on(bench, first).await
}

/// Every free time of these days by asking everything there is, one after the other: (date, minute, calendar).
async fn by_hand(bench: &Bench, wanted: &Value, days: u64) -> (Vec<(String, u64, u64)>, u64) {
    let service_id = &wanted["serviceId"];
    let now = bench
        .call("get_today", json!({ "serviceId": service_id }))
        .await;
    let span = json!({ "serviceId": service_id, "from": now["today"], "days": days });
    let span = bench.call("load_span", span).await;
    let (mut free, mut open) = (Vec::new(), 0);
    for day in span["days"].as_array().unwrap() {
        for calendar in day["calendars"]["value"].as_array().unwrap() {
            if calendar["stats"]["isFullyBooked"] == false
                && calendar["agentsBookingActive"] == true
            {
                open += 1;
            }
            let asked = json!({
                "serviceId": service_id,
                "serviceTypeId": wanted["serviceTypeId"],
                "date": day["date"],
                "cuIndex": calendar["cuIndex"],
            });
            let vacancies = bench.call("list_vacancies", asked).await;
            for slot in vacancies["slots"].as_array().unwrap() {
                let date = day["date"].as_str().unwrap().to_owned();
                free.push((
                    date,
                    slot.as_u64().unwrap(),
                    calendar["cuIndex"].as_u64().unwrap(),
                ));
            }
        }
    }
    free.sort();
    (free, open)
}

fn told(found: &Value) -> Vec<(String, u64, u64)> {
    let times = found["times"].as_array().unwrap().iter();
    times
        .map(|time| {
            let date = time["date"].as_str().unwrap().to_owned();
            (
                date,
                time["startTime"].as_u64().unwrap(),
                time["cuIndex"].as_u64().unwrap(),
            )
        })
        .collect()
}

#[tokio::test]
async fn a_search_tells_every_free_time_in_order_and_asks_no_full_or_closed_calendar() {
    let bench = at("2026-11-23T11:00:00+02:00").await;
    let request = search(&bench, ONE, &[0], json!({}));
    let (free, open) = by_hand(&bench, &request["criteria"]["wanted"][0], 5).await;
    let before = bench.simulator.requests("ListVacancies");
    let found = find(&bench, request).await;
    assert_eq!(told(&found), free);
    assert_eq!(bench.simulator.requests("ListVacancies") - before, open);
    assert_eq!(found["ended"]["end"], "complete");
    let progress = &found["progress"];
    assert_eq!(progress["calendarsAsked"], open);
    assert_eq!(
        (&progress["days"], &progress["daysAsked"]),
        (&json!(5), &json!(5))
    );
    assert!(
        progress["full"].as_u64().unwrap() >= 1 && progress["closed"] == 1,
        "{progress}"
    );
}

#[tokio::test]
async fn the_first_times_are_told_before_the_last_are_asked_for() {
    let bench = slow(20).await;
    let first = bench
        .call(
            "find_times",
            search(&bench, ONE, &[0], json!({ "days": 14 })),
        )
        .await;
    assert!(first["ended"].is_null());
    let mut answer = first;
    while answer["times"].as_array().unwrap().is_empty() {
        let on = json!({ "searchId": ONE, "after": answer["cursor"] });
        answer = bench.call("more_times", on).await;
    }
    assert!(answer["ended"].is_null());
    assert!(
        answer["progress"]["calendarsAsked"].as_u64() < answer["progress"]["calendars"].as_u64()
    );
}

#[tokio::test]
async fn a_search_is_narrowed_by_part_of_day_agent_weekday_and_not_before() {
    // A Monday.
    let bench = at("2026-11-23T11:00:00+02:00").await;
    let all = find(&bench, search(&bench, ONE, &[0], json!({ "days": 8 }))).await;
    let agent = all["times"]
        .as_array()
        .unwrap()
        .iter()
        .find_map(|time| time["user"]["userId"].as_str());
    let agent = agent.unwrap().to_owned();
    type Fits = Box<dyn Fn(&Value) -> bool>;
    let narrowings: [(Value, Fits); 4] = [
        (
            json!({ "fromMinute": 780, "toMinute": 960 }),
            Box::new(|time| (780..960).contains(&time["startTime"].as_u64().unwrap())),
        ),
        (
            json!({ "userIds": [agent.clone()] }),
            Box::new(move |time| time["user"]["userId"] == agent),
        ),
        (
            json!({ "weekdays": [1] }),
            Box::new(|time| time["date"] == "2026-11-23" || time["date"] == "2026-11-30"),
        ),
        (
            json!({ "cuIndexes": [0, 3] }),
            Box::new(|time| time["cuIndex"] == 0 || time["cuIndex"] == 3),
        ),
    ];
    for (mut narrowed, fits) in narrowings {
        narrowed["days"] = json!(8);
        let found = find(&bench, search(&bench, TWO, &[0], narrowed.clone())).await;
        let mut expected = all["times"].as_array().unwrap().clone();
        expected.retain(&fits);
        assert_eq!(found["times"], json!(expected), "{narrowed}");
        assert!(!expected.is_empty(), "{narrowed}");
    }
    let later = json!({ "days": 1, "notBefore": { "date": "2026-11-25", "minute": 700 } });
    let found = find(&bench, search(&bench, TWO, &[0], later)).await;
    let times = found["times"].as_array().unwrap();
    assert!(!times.is_empty());
    assert!(
        times
            .iter()
            .all(|time| time["date"] == "2026-11-25" && time["startTime"].as_u64() >= Some(700))
    );
}

#[tokio::test]
async fn a_new_search_of_the_window_drops_the_older_one_with_its_requests() {
    let bench = slow(150).await;
    bench
        .call(
            "find_times",
            search(&bench, ONE, &[0], json!({ "days": 14 })),
        )
        .await;
    let second = search(&bench, TWO, &[2], json!({ "days": 1 }));
    let second = find(&bench, second).await;
    assert!(second["ended"]["end"] == "complete" || second["ended"]["end"] == "enough");
    let gone = bench
        .refused("more_times", json!({ "searchId": ONE, "after": 0 }))
        .await;
    assert_eq!(json!(gone.code), "not_found");
    nothing_more_is_asked(&bench).await;
}

#[tokio::test]
async fn a_stopped_search_asks_nothing_more_and_tells_whoever_waits() {
    let bench = slow(150).await;
    let first = bench
        .call(
            "find_times",
            search(&bench, ONE, &[0], json!({ "days": 14 })),
        )
        .await;
    let mut last = bench
        .call(
            "more_times",
            json!({ "searchId": ONE, "after": first["cursor"] }),
        )
        .await;
    // Behind the answer that is already there, so that this one has to wait.
    let waiting = async {
        while last["ended"].is_null() {
            let on = json!({ "searchId": ONE, "after": last["cursor"] });
            last = bench.call("more_times", on).await;
        }
        last
    };
    let stopping = bench.call("stop_finding", json!({ "searchId": ONE }));
    let (waited, _) = tokio::join!(waiting, stopping);
    assert_eq!(waited["ended"]["end"], "stopped");
    bench.call("stop_finding", json!({ "searchId": ONE })).await;
    nothing_more_is_asked(&bench).await;
}

/// Some other calls take their time, and no search asks anything meanwhile.
async fn nothing_more_is_asked(bench: &Bench) {
    // Requests that were dropped may still have been counted: the first call lets them arrive.
    bench.call("list_users", json!({})).await;
    let asked =
        || bench.simulator.requests("ListVacancies") + bench.simulator.requests("ListCalendars");
    let before = asked();
    bench.call("list_users", json!({})).await;
    bench.call("list_users", json!({})).await;
    assert_eq!(asked(), before);
}

#[tokio::test]
async fn a_search_that_nobody_reads_comes_to_rest() {
    let bench = Bench::new().await;
    bench
        .call(
            "find_times",
            search(&bench, ONE, &[0], json!({ "days": 14 })),
        )
        .await;
    for _ in 0..40 {
        bench.call("list_users", json!({})).await;
    }
    let asked =
        bench.simulator.requests("ListVacancies") + bench.simulator.requests("ListCalendars");
    // 24 answers ahead and 6 on their way, of some 120.
    assert!(asked <= 30, "{asked}");
    let on = json!({ "searchId": ONE, "after": 0 });
    let first = bench.call("more_times", on).await;
    assert_eq!(read_on(&bench, first).await["ended"]["end"], "complete");
}

#[tokio::test]
async fn what_cannot_be_read_is_named_and_asked_again_on_request() {
    let bench = Bench::new().await;
    let broken = FaultRule::new("ListVacancies", Fault::BreakdownBefore(Breakdown::Internal));
    bench.simulator.set_faults(&[broken]).unwrap();
    let found = find(&bench, search(&bench, ONE, &[0], json!({ "days": 2 }))).await;
    let missed = found["missed"].as_array().unwrap();
    assert_eq!(json!(missed.len()), found["progress"]["calendars"]);
    assert!(!missed.is_empty() && found["times"] == json!([]));
    assert!(missed.iter().all(|part| part["cuIndex"].is_number()
        && part["date"].is_string()
        && part["error"]["command"] == "list_vacancies"));
    bench.simulator.clear_faults();
    bench
        .call("continue_finding", json!({ "searchId": ONE }))
        .await;
    let on = json!({ "searchId": ONE, "after": found["cursor"] });
    let again = bench.call("more_times", on).await;
    let again = read_on(&bench, again).await;
    assert_eq!(again["missed"], json!([]));
    assert_eq!(
        again["progress"]["calendarsAsked"],
        again["progress"]["calendars"]
    );
    assert!(!again["times"].as_array().unwrap().is_empty());
}

#[tokio::test]
async fn without_a_network_a_search_halts_once_and_goes_on_when_it_is_back() {
    let bench = Bench::new().await;
    // The token is had already: what fails is the question.
    bench.call("list_users", json!({})).await;
    bench
        .simulator
        .refuse_connections(Duration::from_secs(600))
        .await;
    let found = find(&bench, search(&bench, ONE, &[0], json!({}))).await;
    assert_eq!(found["ended"]["end"], "halted");
    assert_eq!(found["ended"]["error"]["code"], "offline");
    assert_eq!(found["missed"], json!([]));
    bench.simulator.clear_faults();
    bench
        .call("continue_finding", json!({ "searchId": ONE }))
        .await;
    let on = json!({ "searchId": ONE, "after": found["cursor"] });
    let again = bench.call("more_times", on).await;
    let again = read_on(&bench, again).await;
    assert_eq!(again["ended"]["end"], "complete");
}

#[tokio::test]
async fn later_days_are_not_asked_about_once_there_is_enough() {
    let bench = at("2026-11-23T07:00:00+02:00").await;
    let found = find(
        &bench,
        search(&bench, ONE, &[0], json!({ "days": 14, "most": 20 })),
    )
    .await;
    assert_eq!(found["ended"]["end"], "enough");
    let days = |found: &Value| {
        let times = found["times"].as_array().unwrap().iter();
        times
            .map(|time| time["date"].as_str().unwrap().to_owned())
            .max()
            .unwrap()
    };
    assert_eq!(days(&found), "2026-11-23");
    bench
        .call("continue_finding", json!({ "searchId": ONE }))
        .await;
    let on = json!({ "searchId": ONE, "after": found["cursor"] });
    let first = bench.call("more_times", on).await;
    let more = read_on(&bench, first).await;
    assert!(more["ended"]["end"] == "enough" || days(&more) > days(&found));
}

#[tokio::test]
async fn both_edges_of_summer_time_and_a_pc_elsewhere_change_nothing_in_the_order() {
    // The clocks of Jerusalem leap on 27 March and fall back on 25 October, those of London on 29 March and the same day.
    for (now, jerusalem_minute, london_minute) in [
        ("2026-03-26T09:30:00-05:00", 990, 870),
        ("2026-03-27T09:30:00-05:00", 1050, 870),
        ("2026-03-28T09:30:00-05:00", 1050, 870),
        ("2026-10-24T09:30:00-05:00", 1050, 930),
        ("2026-10-26T09:30:00-05:00", 990, 870),
    ] {
        let bench = at(now).await;
        let found = find(&bench, search(&bench, ONE, &[0, 2], json!({ "days": 4 }))).await;
        let services = found["services"].as_array().unwrap();
        let minute = |number: usize| services[number]["nowMinute"].as_u64().unwrap();
        assert_eq!(
            (minute(0), minute(1)),
            (jerusalem_minute, london_minute),
            "{now}"
        );
        let times = found["times"].as_array().unwrap();
        for (number, zone) in [
            (0, chrono_tz::Asia::Jerusalem),
            (1, chrono_tz::Europe::London),
        ] {
            let of_service = times
                .iter()
                .filter(|time| time["serviceId"] == services[number]["serviceId"]);
            let mut counted = 0;
            for time in of_service {
                counted += 1;
                let at = DateTime::from_timestamp(time["at"].as_i64().unwrap() * 60, 0).unwrap();
                let there = at.with_timezone(&zone).naive_local();
                let minute = time["startTime"].as_u64().unwrap();
                assert_eq!(
                    there.format("%Y-%m-%d %-H:%M").to_string(),
                    format!(
                        "{} {}:{:02}",
                        time["date"].as_str().unwrap(),
                        minute / 60,
                        minute % 60
                    )
                );
                let here = at.naive_utc() - chrono::TimeDelta::hours(5);
                assert_eq!(time["here"]["date"], here.date().to_string());
                assert!(
                    at >= DateTime::parse_from_rfc3339(now).unwrap(),
                    "{time} is over"
                );
            }
            assert!(counted > 0, "{now} {zone}");
        }
    }
}

#[tokio::test]
async fn a_service_that_is_not_there_is_named_and_the_others_are_found() {
    let bench = Bench::new().await;
    let mut request = search(&bench, ONE, &[0], json!({ "days": 2 }));
    let wanted = request["criteria"]["wanted"].as_array_mut().unwrap();
    let mut unknown = wanted[0].clone();
    unknown["serviceId"] = json!("5b0d6c1e-7777-4a6e-9d10-00000000dead");
    wanted.push(unknown);
    let found = find(&bench, request).await;
    assert_eq!(found["missed"].as_array().unwrap().len(), 2);
    assert_eq!(found["missed"][0]["error"]["code"], "not_found");
    assert!(!found["times"].as_array().unwrap().is_empty());
    let refused = bench
        .refused(
            "find_times",
            search(&bench, ONE, &[], json!({ "days": 99 })),
        )
        .await;
    let fields: Vec<_> = refused
        .fields
        .iter()
        .map(|field| field.field.as_str())
        .collect();
    assert_eq!(fields, ["criteria.wanted", "criteria.days"]);
}
