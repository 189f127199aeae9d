//! What the screens wait for when Cubu is 150 ms away: a day that was never read, and the earliest free times of two weeks.
//! Leaves out the window itself.

use std::time::{Duration, Instant};

use cubu_simulator::{Options, Running};
use desk_core::desk::Desk;
use serde_json::{Value, json};

use super::{Figure, Outcome, day, median};

const LATENCY: Duration = Duration::from_millis(150);
const SEARCHES: usize = 5;
const DAYS: u16 = 14;
/// How many calendars the day that was never read has.
const COLUMNS: usize = 10;
/// Six of the calendars that the simulated service has; one is full tomorrow, one is closed on the third day.
const CALENDARS: [u32; 6] = [0, 1, 2, 3, 4, 5];

/// Measures all of it.
pub fn measure() -> Outcome<Vec<Figure>> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?;
    runtime.block_on(async {
        let running = cubu_simulator::start(Options {
            latency: Some(LATENCY),
            calendars: Some(COLUMNS),
            ..Options::default()
        })
        .await?;
        let folder = tempfile::tempdir()?;
        let desk = day::connected_desk(folder.path(), &running).await?;
        // The desk is open all day: connections stand and the token is there.
        day_of(&desk, &running).await?;
        let cold_day = day_of(&desk, &running).await?;
        let (mut first, mut all, mut enough) = (Vec::new(), Vec::new(), Vec::new());
        for _ in 0..SEARCHES {
            let search = find(&desk, &running, 5_000).await?;
            first.push(search.first);
            all.push(search.all);
            enough.push(find(&desk, &running, 60).await?.all);
        }
        running.shutdown().await;
        let row = |name, value: Duration, limit| Figure {
            name,
            value: value.as_secs_f64(),
            unit: "s",
            limit,
        };
        Ok(vec![
            row(
                "cold day, 10 calendars: first column",
                cold_day.first,
                Some(0.4),
            ),
            row("cold day, 10 calendars: all", cold_day.all, Some(1.0)),
            row(
                "earliest slot, 14 days x 6 calendars: first hit, median",
                median(first),
                Some(0.6),
            ),
            row(
                "earliest slot, 14 days x 6 calendars: all, median",
                median(all),
                Some(2.5),
            ),
            row(
                "earliest slot, 14 days x 6 calendars: the first 60 times, median",
                median(enough),
                None,
            ),
        ])
    })
}

/// How long a search took, or a day.
struct Search {
    first: Duration,
    all: Duration,
}

async fn call(desk: &Desk, command: &str, request: Value) -> Outcome<Value> {
    desk.dispatch(command, request)
        .await
        .map_err(|failure| format!("{failure:?}").into())
}

/// The first service by appointment, and its first type.
fn wanted(running: &Running) -> Outcome<Value> {
    let world = running.world();
    let services = world["services"].as_array();
    let service = services
        .and_then(|services| {
            services
                .iter()
                .find(|service| service["kind"] == "appointment")
        })
        .ok_or("the world has no service by appointment")?;
    Ok(json!({
        "serviceId": service["serviceId"],
        "serviceTypeId": service["serviceTypeIds"][0],
    }))
}

/// Reads a day as the board does: its calendars, then each column as it comes.
async fn day_of(desk: &Desk, running: &Running) -> Outcome<Search> {
    let reader = "5b0d6c1e-0000-4a6e-9d10-00000000f002";
    let mut request = wanted(running)?;
    request["date"] = json!(running.now().date_naive());
    request["reader"] = json!(reader);
    let started = Instant::now();
    let mut first = None;
    let mut arrived = 0;
    let mut news = call(desk, "load_day", request).await?;
    while news["reading"] == true {
        let more = json!({ "reader": reader, "after": arrived });
        news = call(desk, "more_of_day", more).await?;
        arrived += news["columns"].as_array().map_or(0, Vec::len);
        if arrived > 0 {
            first.get_or_insert_with(|| started.elapsed());
        }
    }
    if arrived != COLUMNS {
        return Err(format!("{arrived} of {COLUMNS} columns came").into());
    }
    Ok(Search {
        first: first.unwrap_or_default(),
        all: started.elapsed(),
    })
}

async fn find(desk: &Desk, running: &Running, most: u16) -> Outcome<Search> {
    let id = "5b0d6c1e-0000-4a6e-9d10-00000000f001";
    let request = json!({
        "searchId": id,
        "windowId": id,
        "criteria": {
            "wanted": [wanted(running)?],
            "days": DAYS,
            "cuIndexes": CALENDARS,
            "most": most,
        },
    });
    let started = Instant::now();
    let mut first = None;
    let mut found = call(desk, "find_times", request).await?;
    loop {
        let some = found["times"]
            .as_array()
            .is_some_and(|times| !times.is_empty());
        if some && first.is_none() {
            first = Some(started.elapsed());
        }
        if !found["ended"].is_null() {
            break;
        }
        let on = json!({ "searchId": id, "after": found["cursor"] });
        found = call(desk, "more_times", on).await?;
    }
    if found["missed"] != json!([]) || found["ended"]["end"] == "halted" {
        return Err("the search did not read everything".into());
    }
    Ok(Search {
        first: first.ok_or("the search found nothing")?,
        all: started.elapsed(),
    })
}
