//! Calendars and vacancies: what the desk sees of a day.

use serde_json::{Value, json};

use crate::desk::{Desk, TODAY, TOMORROW, assert_refused};

const LICENCES: &str = "Licences by appointment";

async fn calendars(desk: &Desk, service: &str, date: &str) -> Vec<Value> {
    let (status, body) = desk
        .get(&format!("/calendars/{}/{date}", desk.service(service)))
        .await;
    assert_eq!(status, 200, "{body}");
    body.as_array().unwrap().clone()
}

#[tokio::test]
async fn the_main_service_has_eight_calendars_every_day_for_three_weeks() {
    let desk = Desk::open().await;
    for day in ["2025-02-26", "2025-03-01", TODAY, TOMORROW, "2025-03-18"] {
        assert_eq!(calendars(&desk, LICENCES, day).await.len(), 8, "{day}");
    }
    assert!(calendars(&desk, LICENCES, "2025-03-19").await.is_empty());
}

#[tokio::test]
async fn a_day_off_and_a_walk_in_service_have_no_calendars() {
    let desk = Desk::open().await;
    assert!(
        calendars(&desk, "Residency by appointment", "2025-03-07")
            .await
            .is_empty()
    );
    assert!(
        calendars(&desk, "Licences, walk-in", TODAY)
            .await
            .is_empty()
    );
    let unknown = format!("/calendars/{}/{TODAY}", desk.user("Noa Marcus"));
    assert_refused(&desk.get(&unknown).await, 404, "service");
}

#[tokio::test]
async fn the_figures_add_up() {
    let desk = Desk::open().await;
    for calendar in calendars(&desk, LICENCES, TODAY).await {
        let path = desk.calendar(
            LICENCES,
            TODAY,
            u32::try_from(calendar["cuIndex"].as_u64().unwrap()).unwrap(),
        );
        let (_, booked) = desk.get(&format!("{path}/appointments")).await;
        let booked = booked.as_array().unwrap();
        let minutes: u64 = booked
            .iter()
            .filter_map(|case| case["appointment"]["duration"].as_u64())
            .sum();
        let hours = calendar["workingHours"].as_array().unwrap();
        let capacity: u64 = hours
            .iter()
            .map(|open| open["end"].as_u64().unwrap() - open["start"].as_u64().unwrap())
            .sum();
        let stats = &calendar["stats"];
        assert_eq!(
            stats["appointmentCount"].as_u64(),
            u64::try_from(booked.len()).ok()
        );
        assert_eq!(stats["minutesBooked"].as_u64(), Some(minutes));
        assert_eq!(stats["capacityMinutes"].as_u64(), Some(capacity));
        let rate =
            stats["bookingRate"].as_f64().unwrap() * stats["capacityMinutes"].as_f64().unwrap();
        assert!((rate - stats["minutesBooked"].as_f64().unwrap()).abs() < 1e-6);
        assert!(stats["compMinutesBooked"].as_u64() <= Some(minutes));
    }
}

#[tokio::test]
async fn one_calendar_is_full_tomorrow_and_has_no_vacancy_of_any_length() {
    let desk = Desk::open().await;
    let full: Vec<Value> = calendars(&desk, LICENCES, TOMORROW)
        .await
        .into_iter()
        .filter(|calendar| calendar["stats"]["isFullyBooked"] == json!(true))
        .collect();
    assert_eq!(full.len(), 1);
    let path = desk.calendar(LICENCES, TOMORROW, 2);
    for kind in [
        "Renewal",
        "Photo and signature",
        "Lost licence",
        "First licence",
    ] {
        assert!(desk.vacancies(&path, kind).await.is_empty());
    }
}

#[tokio::test]
async fn vacancies_lie_in_working_hours_and_touch_no_booking() {
    let desk = Desk::open().await;
    for (kind, minutes) in [
        ("Photo and signature", 7),
        ("Renewal", 10),
        ("Lost licence", 15),
        ("First licence", 40),
    ] {
        for (index, calendar) in (0_u32..).zip(calendars(&desk, LICENCES, TOMORROW).await) {
            let path = desk.calendar(LICENCES, TOMORROW, index);
            let (_, booked) = desk.get(&format!("{path}/appointments")).await;
            for start in desk.vacancies(&path, kind).await {
                let end = start + minutes;
                let open = calendar["workingHours"]
                    .as_array()
                    .unwrap()
                    .iter()
                    .any(|open| {
                        open["start"].as_u64().unwrap() <= start
                            && end <= open["end"].as_u64().unwrap()
                    });
                assert!(open, "{start} is outside working hours");
                for other in booked.as_array().unwrap() {
                    let from = other["appointment"]["start"].as_u64().unwrap();
                    let until = from + other["appointment"]["duration"].as_u64().unwrap();
                    assert!(
                        end <= from || until <= start,
                        "{start} meets a booking at {from}"
                    );
                }
            }
        }
    }
}

#[tokio::test]
async fn seven_minute_slots_follow_each_other_off_any_grid() {
    let desk = Desk::open().await;
    let path = desk.calendar("Residency by appointment", "2025-03-18", 3);
    let slots = desk.vacancies(&path, "Collect a permit").await;
    assert!(
        slots.windows(2).any(|pair| pair[1] - pair[0] == 7),
        "{slots:?}"
    );
    assert!(slots.iter().any(|start| start % 5 != 0), "{slots:?}");
}

#[tokio::test]
async fn no_vacancy_is_in_the_past() {
    let desk = Desk::open().await;
    for index in 0..8 {
        let path = desk.calendar(LICENCES, TODAY, index);
        let slots = desk.vacancies(&path, "Photo and signature").await;
        assert!(slots.iter().all(|start| *start >= 570), "{slots:?}");
        let yesterday = desk.calendar(LICENCES, "2025-03-03", index);
        assert!(
            desk.vacancies(&yesterday, "Photo and signature")
                .await
                .is_empty()
        );
    }
    let past = &calendars(&desk, LICENCES, "2025-03-03").await[0];
    assert_eq!(
        (&past["isPastDate"], &past["isInAgentsBookingWindow"]),
        (&json!(true), &json!(false))
    );
}

#[tokio::test]
async fn the_booking_window_ends_and_the_calendar_says_so() {
    let desk = Desk::open().await;
    let health = "Health advice by appointment";
    let last = &calendars(&desk, health, "2025-03-14").await[0];
    let beyond = &calendars(&desk, health, "2025-03-15").await[0];
    assert_eq!(
        (
            &last["isInAgentsBookingWindow"],
            &last["isInSelfBookingWindow"]
        ),
        (&json!(true), &json!(false))
    );
    assert_eq!(beyond["isInAgentsBookingWindow"], json!(false));
    let path = desk.calendar(health, "2025-03-15", 0);
    assert!(desk.vacancies(&path, "Consultation").await.is_empty());
}

#[tokio::test]
async fn vacancies_need_a_type_that_the_service_offers() {
    let desk = Desk::open().await;
    let path = desk.calendar(LICENCES, TODAY, 0);
    assert_refused(
        &desk.get(&format!("{path}/vacancies")).await,
        400,
        "serviceTypeId is required",
    );
    let other = desk.service_type("Consultation");
    let answer = desk
        .get(&format!("{path}/vacancies?serviceTypeId={other}"))
        .await;
    assert_refused(&answer, 400, "does not offer");
    let unknown = desk.user("Noa Marcus");
    let answer = desk
        .get(&format!("{path}/vacancies?serviceTypeId={unknown}"))
        .await;
    assert_refused(&answer, 404, "service type");
    let renewal = desk.service_type("Renewal");
    let nowhere = desk.calendar(LICENCES, TODAY, 8);
    let answer = desk
        .get(&format!("{nowhere}/vacancies?serviceTypeId={renewal}"))
        .await;
    assert_refused(&answer, 404, "calendar");
}

#[tokio::test]
async fn appointments_are_listed_for_everyone_or_for_one_customer() {
    let desk = Desk::open().await;
    let path = format!("{}/appointments", desk.calendar(LICENCES, TODAY, 0));
    let (_, all) = desk.get(&path).await;
    let all = all.as_array().unwrap();
    let starts: Vec<u64> = all
        .iter()
        .filter_map(|case| case["appointment"]["start"].as_u64())
        .collect();
    assert!(starts.is_sorted());
    let customer = all
        .iter()
        .find_map(|case| case["customer"]["recordId"].as_str())
        .unwrap();
    let (_, own) = desk
        .get(&format!("{path}?customerRecordId={customer}"))
        .await;
    let own = own.as_array().unwrap();
    assert!(!own.is_empty() && own.len() < all.len());
    assert!(
        own.iter()
            .all(|case| case["customer"]["recordId"] == json!(customer))
    );
}

#[tokio::test]
async fn wall_clock_times_follow_the_units_zone() {
    let desk = Desk::open().await;
    for (service, date, zone, hours) in [
        (LICENCES, TODAY, "Israel Standard Time", 2),
        (
            "Health advice by appointment",
            TODAY,
            "GMT Standard Time",
            0,
        ),
    ] {
        let (_, booked) = desk
            .get(&format!("{}/appointments", desk.calendar(service, date, 0)))
            .await;
        let slot = &booked[0]["appointment"];
        assert_eq!(slot["timeZoneId"], zone);
        let local = slot["timeLocal"].as_str().unwrap();
        let start = slot["start"].as_u64().unwrap();
        assert_eq!(
            local,
            format!("{date}T{:02}:{:02}:00", start / 60, start % 60)
        );
        let utc = start - hours * 60;
        assert_eq!(
            slot["timeUtc"],
            format!("{date}T{:02}:{:02}:00Z", utc / 60, utc % 60)
        );
        assert_eq!(slot["timeUtc"], booked[0]["referenceDate"]);
    }
}
