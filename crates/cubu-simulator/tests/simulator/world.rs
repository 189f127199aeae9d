//! The invented organisation: large enough, odd enough, and the same for the same seed.

use chrono::TimeDelta;
use cubu_simulator::{Options, start};
use serde_json::{Value, json};

use crate::desk::{Desk, TODAY, TOMORROW, options, read, tuesday_morning};

#[tokio::test]
async fn the_same_seed_makes_the_same_world_and_another_seed_another() {
    let first = start(options()).await.unwrap();
    let second = start(options()).await.unwrap();
    assert_eq!(first.world(), second.world());
    assert_eq!(
        first.connection.client_secret,
        second.connection.client_secret
    );
    let other = start(Options {
        seed: 8,
        ..options()
    })
    .await
    .unwrap();
    assert_ne!(first.world()["customers"], other.world()["customers"]);
    assert_ne!(first.connection.client_id, other.connection.client_id);
}

#[tokio::test]
async fn the_same_requests_make_the_same_ids() {
    let mut seen = Vec::new();
    for _ in 0..2 {
        let desk = Desk::open().await;
        let calendar = desk.calendar("Licences by appointment", TOMORROW, 0);
        let start = desk.vacancies(&calendar, "Renewal").await[0];
        let (_, booked) = desk
            .post(&format!("{calendar}/appointments"), desk.renewal_at(start))
            .await;
        seen.push((booked, desk.running.ledger()));
    }
    assert_eq!(seen[0], seen[1]);
}

#[tokio::test]
async fn time_moves_bookings_but_no_name_and_no_id_of_the_catalogue() {
    let now = start(options()).await.unwrap();
    let later = start(Options {
        now: Some(tuesday_morning() + TimeDelta::days(40)),
        ..options()
    });
    let (now, later) = (now.world(), later.await.unwrap().world());
    for list in [
        "units",
        "services",
        "serviceTypes",
        "workstations",
        "customerFields",
        "customers",
    ] {
        assert_eq!(now[list], later[list], "{list}");
    }
}

#[tokio::test]
async fn the_world_is_as_large_as_promised() {
    let desk = Desk::open().await;
    let count = |list: &str| desk.world[list].as_array().unwrap().len();
    assert!(count("units") >= 3);
    assert_eq!(
        (count("services"), count("serviceTypes"), count("customers")),
        (6, 12, 400)
    );
    let mut zones: Vec<&str> = desk.world["units"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|u| u["timeZone"].as_str())
        .collect();
    zones.sort_unstable();
    zones.dedup();
    assert_eq!(zones, ["Asia/Jerusalem", "Europe/London"]);
    for minutes in [7, 10, 15, 40] {
        let types = desk.world["serviceTypes"].as_array().unwrap();
        assert!(
            types.iter().any(|kind| kind["duration"] == json!(minutes)),
            "{minutes}"
        );
    }
}

#[tokio::test]
async fn customers_have_names_in_many_scripts_and_keys_of_their_own() {
    let desk = Desk::open().await;
    let customers = desk.world["customers"].as_array().unwrap();
    let names: Vec<&str> = customers
        .iter()
        .filter_map(|customer| customer["displayName"].as_str())
        .collect();
    let any = |holds: fn(char) -> bool| names.iter().any(|name| name.chars().any(holds));
    assert!(
        any(|letter| ('\u{5d0}'..='\u{5ea}').contains(&letter)),
        "Hebrew"
    );
    assert!(
        any(|letter| ('\u{620}'..='\u{64a}').contains(&letter)),
        "Arabic"
    );
    assert!(
        any(|letter| ('\u{c0}'..='\u{17f}').contains(&letter)),
        "accents"
    );
    assert!(
        names.iter().any(|name| name.chars().count() > 60),
        "a very long one"
    );
    for key in ["nationalId", "phone"] {
        let mut values: Vec<&str> = customers
            .iter()
            .filter_map(|customer| customer[key].as_str())
            .collect();
        let all = values.len();
        values.sort_unstable();
        values.dedup();
        assert_eq!(values.len(), all, "{key}");
    }
}

#[tokio::test]
async fn bookings_look_like_a_morning_at_work() {
    let desk = Desk::open().await;
    let mut statuses: Vec<String> = Vec::new();
    for index in 0..8 {
        let path = format!(
            "{}/appointments",
            desk.calendar("Licences by appointment", TODAY, index)
        );
        let (_, booked) = desk.get(&path).await;
        for case in booked.as_array().unwrap() {
            let start = case["appointment"]["start"].as_u64().unwrap();
            let status = case["status"].as_str().unwrap();
            assert!(
                status != "Resolved" || start < 570,
                "resolved before it began"
            );
            statuses.push(status.to_owned());
        }
    }
    for status in ["Planned", "Waiting", "Resolved"] {
        assert!(statuses.iter().any(|found| found == status), "{status}");
    }
}

#[tokio::test]
async fn somebody_is_free_to_be_impersonated_and_somebody_is_waiting() {
    let desk = Desk::open().await;
    let first = &desk.world["users"][0];
    assert_eq!(
        (&first["status"], &first["currentUnitId"]),
        (&json!("Away"), &Value::Null)
    );
    assert!(
        desk.queue()
            .iter()
            .filter(|case| case["status"] == "Waiting")
            .count()
            >= 10
    );
}

#[tokio::test]
async fn the_world_stands_whatever_the_time_and_the_seed() {
    for seed in 0..6 {
        let hours = i64::try_from(seed).unwrap() * 29;
        let now = tuesday_morning() + TimeDelta::hours(hours);
        let desk = Desk::with(Options {
            seed,
            now: Some(now),
            ..options()
        })
        .await;
        let tomorrow = (now + TimeDelta::days(1)).date_naive().to_string();
        let calendar = desk.calendar("Licences by appointment", &tomorrow, 0);
        assert!(
            !desk
                .vacancies(&calendar, "Photo and signature")
                .await
                .is_empty()
        );
    }
}

#[tokio::test]
async fn the_doors_tell_what_the_library_tells() {
    let desk = Desk::open().await;
    let calendar = desk.calendar("Licences by appointment", TOMORROW, 0);
    let start = desk.vacancies(&calendar, "Renewal").await[0];
    let appointments = format!("{calendar}/appointments");
    desk.post(&appointments, desk.renewal_at(start)).await;
    let running = &desk.running;
    for (door, told) in [
        ("world", running.world()),
        ("ledger", running.ledger().into()),
        ("connection", json!(running.connection)),
    ] {
        let url = format!("{}/_simulator/{door}", running.connection.base_url);
        let answer = desk.http.get(url).send().await.unwrap();
        assert_eq!(read(answer).await, (200, told), "{door}");
    }
}
