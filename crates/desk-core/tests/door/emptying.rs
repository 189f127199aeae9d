//! Emptying a calendar-day: every booking is listed, has a time proposed that nobody else has, and ends as the journal says,
//! also after a restart.

use std::collections::HashSet;

use serde_json::{Value, json};

use crate::{
    line::Line,
    moves::{BOOK, until_over},
    proxy::Mishap,
};

/// A calendar-day with three bookings of this desk, as they were booked.
struct Ill {
    at: Value,
    cases: Vec<Value>,
    bookings: Vec<Value>,
}

impl Ill {
    async fn on(line: &Line) -> Self {
        let first = line.bench.vacancy().await;
        let at = json!({
            "serviceId": first["serviceId"], "date": first["date"], "cuIndex": first["cuIndex"],
        });
        let mut ill = Self {
            at,
            cases: Vec::new(),
            bookings: Vec::new(),
        };
        for _ in 0..3 {
            let booking = line.bench.vacancy().await;
            assert_eq!(booking["cuIndex"], ill.at["cuIndex"], "it is full");
            let booked = line.bench.call("book_appointment", booking.clone()).await;
            ill.cases.push(booked["caseId"].clone());
            ill.bookings.push(booking);
        }
        ill
    }

    /// How this desk's bookings stand.
    async fn rows(&self, line: &Line) -> Vec<Value> {
        let emptying = line.bench.call("empty_calendar", self.at.clone()).await;
        self.rows_of(&emptying)
    }

    fn rows_of(&self, emptying: &Value) -> Vec<Value> {
        let rows = emptying["rows"].as_array().unwrap();
        let of = |case: &Value| rows.iter().find(|row| row["caseId"] == *case).cloned();
        self.cases.iter().map(|case| of(case).unwrap()).collect()
    }

    async fn states(&self, line: &Line) -> Vec<Value> {
        let rows = self.rows(line).await;
        rows.into_iter().map(|row| row["state"].clone()).collect()
    }

    async fn mark(&self, line: &Line, place: usize, mark: &str) {
        let request = json!({ "at": self.at, "caseId": self.cases[place], "mark": mark });
        line.bench.call("mark_emptied", request).await;
    }

    async fn proposals(&self, line: &Line) -> Vec<Value> {
        let answer = line.bench.call("propose_times", self.at.clone()).await;
        answer["proposals"].as_array().unwrap().clone()
    }

    /// What moves a booking to the time proposed for it.
    async fn to_proposed(&self, line: &Line, place: usize) -> Value {
        let proposals = self.proposals(line).await;
        let case = &self.cases[place];
        let proposal = proposals.iter().find(|one| one["caseId"] == *case).unwrap();
        let mut to = self.bookings[place].clone();
        for member in ["date", "cuIndex", "startTime"] {
            to[member] = proposal[member].clone();
        }
        json!({ "from": { "caseId": case, "booking": self.bookings[place] }, "to": to })
    }

    fn cancelling(&self, place: usize) -> Value {
        let mut request = self.at.clone();
        request["caseId"] = self.cases[place].clone();
        request
    }
}

#[tokio::test]
async fn every_booking_of_the_day_is_listed_and_has_a_time_of_its_own_proposed() {
    let line = Line::new().await;
    let ill = Ill::on(&line).await;
    let emptying = line.bench.call("empty_calendar", ill.at.clone()).await;
    let rows = emptying["rows"].as_array().unwrap();
    let listed = line.bench.call("list_appointments", ill.at.clone()).await;
    assert_eq!(rows.len(), listed.as_array().unwrap().len());
    let of_ours = |listed: &&Value| listed["caseId"] == ill.cases[0];
    let shown = emptying["appointments"].as_array().unwrap();
    let shown = shown.iter().find(of_ours).unwrap();
    assert_eq!(
        shown["contactPhoneNumber"], "5550100123",
        "known from the booking made here"
    );
    assert_eq!(ill.states(&line).await, ["toDo", "toDo", "toDo"]);

    let proposals = ill.proposals(&line).await;
    let of = |proposal: &Value| {
        let place = [
            &proposal["date"],
            &proposal["cuIndex"],
            &proposal["startTime"],
        ];
        place.map(ToString::to_string)
    };
    let places: HashSet<_> = proposals.iter().map(of).collect();
    assert_eq!(places.len(), proposals.len(), "{proposals:#?}");
    let calendar = (&ill.at["date"], &ill.at["cuIndex"]);
    for proposal in &proposals {
        assert_ne!((&proposal["date"], &proposal["cuIndex"]), calendar);
        let asked = json!({
            "serviceId": proposal["serviceId"], "date": proposal["date"],
            "cuIndex": proposal["cuIndex"], "serviceTypeId": proposal["serviceTypeId"],
        });
        let free = line.bench.call("list_vacancies", asked).await;
        let slots = free["slots"].as_array().unwrap();
        assert!(slots.contains(&proposal["startTime"]));
    }
    for case in &ill.cases {
        assert!(proposals.iter().any(|proposal| proposal["caseId"] == *case));
    }
}

#[tokio::test]
async fn how_each_booking_came_out_outlives_the_run() {
    let line = Line::new().await;
    let ill = Ill::on(&line).await;
    ill.rows(&line).await;
    let request = ill.to_proposed(&line, 0).await;
    let moved = line.bench.call("move_appointment", request.clone()).await;
    let mut cancelling = ill.cancelling(1);
    cancelling["note"] = json!("Wants to call back");
    line.bench.call("cancel_appointment", cancelling).await;
    ill.mark(&line, 2, "notReached").await;

    let line = line.next_run();
    let lists = line.bench.call("list_emptyings", json!({})).await;
    assert_eq!(lists[0]["isOver"], false);
    let rows = ill.rows_of(&lists[0]);
    assert_eq!(
        rows,
        ill.rows(&line).await,
        "asking Cubu tells nothing else"
    );
    assert_eq!(rows[0]["state"], "moved");
    assert_eq!(rows[0]["movedTo"]["caseId"], moved["newCaseId"]);
    assert_eq!(rows[0]["movedTo"]["startTime"], request["to"]["startTime"]);
    assert_eq!(rows[1]["state"], "cancelled");
    assert_eq!(rows[1]["reason"], "Wants to call back");
    assert_eq!(rows[2]["state"], "notReached");
    let refused = json!({ "at": ill.at, "caseId": ill.cases[0], "mark": "toDo" });
    let refused = line.bench.refused("mark_emptied", refused).await;
    assert_eq!(refused.fields[0].message.id, "emptying-row-closed");

    ill.mark(&line, 2, "skipped").await;
    let rows = line.bench.call("list_emptyings", json!({})).await[0]["rows"].clone();
    for row in rows.as_array().unwrap() {
        if row["state"] == "toDo" {
            let mark = json!({ "at": ill.at, "caseId": row["caseId"], "mark": "skipped" });
            line.bench.call("mark_emptied", mark).await;
        }
    }
    line.bench.call("end_emptying", ill.at.clone()).await;
    let again = line.bench.call("empty_calendar", ill.at.clone()).await;
    assert_eq!(again["isOver"], true, "nothing is left to do");
    line.bench
        .call("book_appointment", ill.bookings[0].clone())
        .await;
    let again = line.bench.call("empty_calendar", ill.at.clone()).await;
    assert_eq!(again["isOver"], false, "somebody booked anew");
}

#[tokio::test]
async fn a_booking_whose_move_was_killed_ends_as_the_move_does() {
    for (mishap, state) in [
        (Mishap::NetworkDies, "moved"),
        (Mishap::NetworkDiesBefore, "toDo"),
    ] {
        let line = Line::new().await;
        let ill = Ill::on(&line).await;
        ill.rows(&line).await;
        let request = ill.to_proposed(&line, 0).await;
        line.proxy.next(BOOK, mishap);
        {
            let gone = async {
                while !line.proxy.is_down() {
                    tokio::task::yield_now().await;
                }
            };
            tokio::select! {
                told = line.outcome("move_appointment", &request) => panic!("{mishap:?}: {told:#?}"),
                () = gone => {}
            }
        }
        let line = line.next_run();
        let lists = line.bench.call("list_emptyings", json!({})).await;
        assert_eq!(ill.rows_of(&lists[0])[0]["state"], "moving");
        line.proxy.comes_back();
        until_over(&line).await;
        assert_eq!(ill.states(&line).await, [state, "toDo", "toDo"]);
    }
}

#[tokio::test]
async fn what_another_desk_changes_meanwhile_is_read_again() {
    let line = Line::new().await;
    let ill = Ill::on(&line).await;
    ill.mark_all(&line).await;
    let (other, _folder) = line.bench.other_desk().await;
    other
        .dispatch("cancel_appointment", ill.cancelling(0))
        .await
        .unwrap();
    let mut back = ill.bookings[0].clone();
    back["customerRecordId"] = line.bench.simulator.world()["customers"][1]["recordId"].clone();
    let theirs = other.dispatch("book_appointment", back).await.unwrap();
    let emptying = line.bench.call("empty_calendar", ill.at.clone()).await;
    let rows = ill.rows_of(&emptying);
    assert_eq!(rows[0]["state"], "gone");
    assert_eq!(rows[1]["state"], "notReached");
    let new = emptying["rows"].as_array().unwrap().iter();
    let mut new = new.filter(|row| row["caseId"] == theirs["caseId"]);
    assert_eq!(new.next().unwrap()["state"], "toDo");
}

impl Ill {
    async fn mark_all(&self, line: &Line) {
        self.rows(line).await;
        for place in 0..self.cases.len() {
            self.mark(line, place, "notReached").await;
        }
    }
}

#[tokio::test]
async fn without_a_network_the_list_stands_as_it_was_last_read() {
    let line = Line::new().await;
    let ill = Ill::on(&line).await;
    ill.rows(&line).await;
    ill.mark(&line, 1, "notReached").await;
    line.proxy
        .next("GET /appointments", Mishap::NetworkDiesBefore);
    let emptying = line.bench.call("empty_calendar", ill.at.clone()).await;
    assert_eq!(emptying["unread"]["code"], "offline");
    let rows = ill.rows_of(&emptying);
    assert_eq!(
        (&rows[0]["state"], &rows[1]["state"]),
        (&json!("toDo"), &json!("notReached"))
    );
    let mut elsewhere = ill.at.clone();
    elsewhere["cuIndex"] = json!(3);
    let refused = line
        .bench
        .refused("empty_calendar", elsewhere.clone())
        .await;
    assert_eq!(json!(refused.code), "offline");
    let refused = line.bench.refused("propose_times", elsewhere).await;
    assert_eq!(refused.fields[0].message.id, "emptying-unknown");
}

#[tokio::test]
async fn a_forgotten_customer_stands_in_no_list() {
    let line = Line::new().await;
    let ill = Ill::on(&line).await;
    let other = line.bench.simulator.world()["customers"][2]["recordId"].clone();
    let mut theirs = line.bench.vacancy().await;
    theirs["customerRecordId"] = other.clone();
    line.bench.call("book_appointment", theirs).await;
    ill.rows(&line).await;
    let whose = |lists: &Value| -> HashSet<String> {
        let rows = lists[0]["rows"].as_array().unwrap().iter();
        rows.map(|row| row["customerRecordId"].to_string())
            .collect()
    };
    let customer = ill.bookings[0]["customerRecordId"].clone();
    let before = line.bench.call("list_emptyings", json!({})).await;
    assert!(whose(&before).contains(&customer.to_string()));
    let request = json!({ "customerRecordId": customer });
    line.bench.call("forget_customer", request).await;
    let after = line.bench.call("list_emptyings", json!({})).await;
    assert!(!whose(&after).contains(&customer.to_string()));
    assert!(whose(&after).contains(&other.to_string()));
}
