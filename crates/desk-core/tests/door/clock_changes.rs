//! The days on which clocks change, at units in two zones and on PCs in others: the time it is, what is free, when that is, and
//! what becomes of a booking in an hour that comes twice or not at all. Cubu speaks in minutes of the unit's wall clock; it
//! does not say which of two equal hours a minute means, so the minute goes out as it was chosen.

use std::time::Duration;

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveTime, TimeDelta, Utc};
use cubu_simulator::Options;
use desk_core::{
    clock::Clock,
    desk::{self, Desk},
};
use serde_json::{Value, json};

use crate::harness::Bench;

/// A day on which clocks change, at one of the simulator's units.
#[derive(Clone, Copy, Debug)]
struct Edge {
    /// The number of its service by appointment.
    service: usize,
    zone: &'static str,
    date: &'static str,
    /// When, in UTC.
    at: &'static str,
    /// What becomes of the minutes between the other two.
    change: &'static str,
    from: u64,
    to: u64,
    /// The unit's minutes ahead of UTC, before and after.
    ahead: (i64, i64),
}

const EDGES: [Edge; 4] = [
    Edge {
        service: 0,
        zone: "Asia/Jerusalem",
        date: "2027-03-26",
        at: "2027-03-26T00:00:00Z",
        change: "skipped",
        from: 120,
        to: 180,
        ahead: (120, 180),
    },
    Edge {
        service: 0,
        zone: "Asia/Jerusalem",
        date: "2027-10-31",
        at: "2027-10-30T23:00:00Z",
        change: "twice",
        from: 60,
        to: 120,
        ahead: (180, 120),
    },
    Edge {
        service: 2,
        zone: "Europe/London",
        date: "2027-03-28",
        at: "2027-03-28T01:00:00Z",
        change: "skipped",
        from: 60,
        to: 120,
        ahead: (0, 60),
    },
    Edge {
        service: 2,
        zone: "Europe/London",
        date: "2027-10-31",
        at: "2027-10-31T01:00:00Z",
        change: "twice",
        from: 60,
        to: 120,
        ahead: (60, 0),
    },
];

/// Minutes ahead of UTC that PCs are: Jerusalem's in winter, London's in summer, New York, Kathmandu.
const PCS: [i32; 4] = [120, 60, -300, 345];

impl Edge {
    fn changes(&self) -> DateTime<Utc> {
        self.at.parse().unwrap()
    }

    fn midnight(&self) -> i64 {
        let date: NaiveDate = self.date.parse().unwrap();
        date.and_time(NaiveTime::MIN).and_utc().timestamp() / 60
    }

    /// The minute of universal time that a minute of the day stands for, and what the change of clocks does to it.
    fn stands_for(&self, minute: u64) -> (i64, Value) {
        let odd = (self.from..self.to).contains(&minute);
        let ahead = if odd || minute < self.from {
            self.ahead.0
        } else {
            self.ahead.1
        };
        let at = self.midnight() + i64::try_from(minute).unwrap() - ahead;
        (at, if odd { json!(self.change) } else { Value::Null })
    }

    /// A desk so many minutes after the change, on a PC so far ahead of UTC. Everybody works day and night.
    async fn desk(&self, after: i64, pc: i32) -> Bench {
        let options = Options {
            now: Some(self.changes() + TimeDelta::minutes(after)),
            always_open: true,
            ..Options::default()
        };
        self.next(Bench::with(options, |_| {}).await, after, pc)
    }

    /// The same desk at another moment, on another PC.
    fn next(&self, bench: Bench, after: i64, pc: i32) -> Bench {
        let Bench { desk, .. } = bench;
        drop(desk);
        let here = FixedOffset::east_opt(pc * 60).unwrap();
        let now = self.changes() + TimeDelta::minutes(after);
        let desk = Desk::open(desk::Options {
            data_dir: bench.folder.path().to_owned(),
            keychain: bench.keychain.clone(),
            clock: Clock::Still(now.with_timezone(&here)),
        });
        Bench {
            desk: desk.unwrap(),
            ..bench
        }
    }

    /// The service, with the first of its types.
    fn wanted(&self, bench: &Bench) -> Value {
        let world = bench.simulator.world();
        let services = world["services"].as_array().unwrap().iter();
        let service = services
            .filter(|service| service["kind"] == "appointment")
            .nth(self.service)
            .unwrap();
        json!({ "serviceId": service["serviceId"], "serviceTypeId": service["serviceTypeIds"][0] })
    }

    async fn board(&self, bench: &Bench) -> Value {
        let mut asked = self.wanted(bench);
        asked["date"] = json!(self.date);
        bench.call("load_day", asked).await
    }
}

fn columns(board: &Value) -> &[Value] {
    board["columns"].as_array().unwrap()
}

fn slots(column: &Value) -> Vec<u64> {
    let slots = column["vacancies"]["value"]["slots"].as_array().unwrap();
    slots.iter().map(|slot| slot.as_u64().unwrap()).collect()
}

#[tokio::test]
async fn the_time_it_is_and_what_is_free_follow_the_units_clock_whatever_the_pcs_shows() {
    for edge in EDGES {
        let moments = [(-30, 0), (-1, 29), (0, 1), (30, 30)];
        let mut bench = edge.desk(-30, 0).await;
        for ((after, later), pc) in moments.into_iter().zip(PCS) {
            bench.simulator.advance(Duration::from_secs(later * 60));
            bench = edge.next(bench, after, pc);
            let board = edge.board(&bench).await;
            let ahead = if after < 0 {
                edge.ahead.0
            } else {
                edge.ahead.1
            };
            let told = format!("{edge:?}, {after} minutes after, PC {pc}: {board:#}");
            let minute = edge.changes().timestamp() / 60 + after + ahead - edge.midnight();
            assert_eq!(board["today"], edge.date, "{told}");
            assert_eq!(board["nowMinute"], minute, "{told}");
            assert_eq!(board["timeZone"], edge.zone);
            assert_eq!(board["timeZoneDiffers"], i64::from(pc) != ahead, "{told}");
            let shift =
                json!({ "change": edge.change, "fromMinute": edge.from, "toMinute": edge.to });
            assert_eq!(board["clockShift"], shift, "{told}");
            assert!(!columns(&board).is_empty());
            for column in columns(&board) {
                let slots = slots(column);
                assert!(slots.is_sorted_by(|one, next| one < next), "{slots:?}");
                assert!(
                    slots
                        .iter()
                        .all(|slot| i64::try_from(*slot).unwrap() >= minute)
                );
                assert_eq!(
                    column["calendar"]["workingHours"],
                    json!([{ "start": 0, "end": 1440 }])
                );
            }
        }
    }
}

#[tokio::test]
async fn a_free_time_is_when_the_units_clock_shows_it_and_says_when_that_is_not_plain() {
    for (edge, pc) in EDGES.into_iter().zip(PCS) {
        // Half a day before, when everything is still ahead.
        let bench = edge.desk(-12 * 60, pc).await;
        let id = "5b0d6c1e-0000-4a6e-9d10-00000000f001";
        let search = json!({
            "searchId": id, "windowId": "5b0d6c1e-0000-4a6e-9d10-00000000f0aa",
            "criteria": {
                "wanted": [edge.wanted(&bench)], "days": 1, "most": 5_000, "notBefore": { "date": edge.date },
            },
        });
        let mut answer = bench.call("find_times", search).await;
        let mut times = answer["times"].as_array().unwrap().clone();
        while answer["ended"].is_null() {
            let on = json!({ "searchId": id, "after": answer["cursor"] });
            answer = bench.call("more_times", on).await;
            times.extend(answer["times"].as_array().unwrap().clone());
        }
        let (mut odd, mut after) = (0, 0);
        for time in &times {
            let minute = time["startTime"].as_u64().unwrap();
            let (at, change) = edge.stands_for(minute);
            assert_eq!(time["at"], at, "{edge:?}: {time:#}");
            assert_eq!(time["clockChange"], change, "{edge:?}: {time:#}");
            if let Some(here) = time["here"]["minute"].as_i64() {
                assert_eq!(
                    here,
                    (at + i64::from(pc)).rem_euclid(1440),
                    "{edge:?}: {time:#}"
                );
            }
            odd += u64::from(!change.is_null());
            after += u64::from(minute >= edge.to);
        }
        assert!(odd > 0 && after > 0, "{edge:?}: {} times", times.len());
    }
}

#[tokio::test]
async fn a_booking_in_an_hour_that_comes_twice_or_not_at_all_is_sent_and_shown_as_it_was_chosen() {
    for edge in EDGES {
        let bench = edge.desk(-12 * 60, 120).await;
        let board = edge.board(&bench).await;
        let odd = edge.from..edge.to;
        let (cu_index, start) = columns(&board)
            .iter()
            .find_map(|column| {
                let start = slots(column).into_iter().find(|slot| odd.contains(slot))?;
                Some((column["calendar"]["cuIndex"].clone(), start))
            })
            .unwrap();
        let mut booking = edge.wanted(&bench);
        let rest = json!({
            "date": edge.date, "cuIndex": cu_index, "startTime": start,
            "customerRecordId": bench.customer()["recordId"],
            "contactPhoneNumber": "5550100123", "contactEmail": "robin.vale@example.org",
        });
        booking
            .as_object_mut()
            .unwrap()
            .extend(rest.as_object().unwrap().clone());
        let booked = bench.call("book_appointment", booking.clone()).await;

        let written = bench.simulator.ledger();
        let written = written
            .iter()
            .filter(|entry| entry["endpoint"] == "BookAppointment");
        let written: Vec<_> = written
            .map(|entry| (&entry["date"], &entry["start"]))
            .collect();
        assert_eq!(written, [(&json!(edge.date), &json!(start))]);

        let board = edge.board(&bench).await;
        let column = columns(&board)
            .iter()
            .find(|column| column["calendar"]["cuIndex"] == cu_index);
        let column = column.unwrap();
        assert!(!slots(column).contains(&start));
        let appointments = column["appointments"]["value"].as_array().unwrap();
        let shown = appointments
            .iter()
            .find(|one| one["caseId"] == booked["caseId"])
            .unwrap();
        assert_eq!(shown["appointment"]["start"], start);
        let clock = format!("{:02}:{:02}", start / 60, start % 60);
        let local = shown["appointment"]["timeLocal"].as_str().unwrap();
        assert!(
            local.starts_with(&format!("{}T{clock}", edge.date)),
            "{local}"
        );

        // Every paper says what was chosen; a calendar file says a moment that nobody reads two ways.
        let asked = json!({
            "serviceId": booking["serviceId"], "date": edge.date, "appointment": shown, "language": "en",
        });
        let papers = bench.call("get_appointment_papers", asked).await;
        assert!(
            papers["message"].as_str().unwrap().contains(&clock),
            "{papers:#}"
        );
        let file = papers["calendarFile"]["text"].as_str().unwrap();
        let (at, _) = edge.stands_for(start);
        let at = DateTime::from_timestamp(at * 60, 0).unwrap();
        let begins = if edge.change == "twice" {
            format!("DTSTART:{}", at.format("%Y%m%dT%H%M%SZ"))
        } else {
            let there = at + TimeDelta::minutes(edge.ahead.1);
            format!(
                "DTSTART;TZID={}:{}",
                edge.zone,
                there.format("%Y%m%dT%H%M%S")
            )
        };
        assert!(file.contains(&begins), "{edge:?} {begins}: {file}");

        let cancel = json!({
            "serviceId": booking["serviceId"], "date": edge.date, "cuIndex": cu_index, "caseId": booked["caseId"],
        });
        bench.call("cancel_appointment", cancel).await;
        let board = edge.board(&bench).await;
        let column = columns(&board)
            .iter()
            .find(|column| column["calendar"]["cuIndex"] == cu_index);
        assert!(slots(column.unwrap()).contains(&start));
    }
}
