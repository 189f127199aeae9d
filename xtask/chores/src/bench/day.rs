//! A day of a service: where in the simulated world there is a full one, and how long the desk takes to load it.

use std::sync::Arc;
use std::time::{Duration, Instant};

use chrono::{Days, NaiveDate};
use cubu_s2s::{Client, CuIndex, ListCalendars, ListVacancies, ServiceId, ServiceTypeId};
use cubu_simulator::{Options, Running};
use desk_core::clock::Clock;
use desk_core::commands;
use desk_core::day::{LoadDay, Part};
use desk_core::desk::{self, Desk};
use desk_core::secrets::MemoryKeychain;
use serde_json::{Value, json};

use super::{Outcome, client, median};

const CALENDARS: usize = 8;
const LATENCY: Duration = Duration::from_millis(50);
/// One list of calendars, then two reads for each of 8 calendars, six at a time.
const ROUND_TRIPS: u32 = 1 + 16_u32.div_ceil(6);
const LOADS: usize = 21;
const DAYS_AHEAD: u64 = 21;

/// A service, a day on which it has 8 calendars, and something to book there.
#[derive(Clone, Copy)]
pub struct Place {
    service_id: ServiceId,
    date: NaiveDate,
    cu_index: CuIndex,
    service_type_id: ServiceTypeId,
}

impl Place {
    /// Looks for one in the simulated world, from tomorrow on.
    pub async fn find(running: &Running, client: &Client) -> Outcome<Self> {
        let world = running.world();
        let services = world["services"]
            .as_array()
            .ok_or("the world has no services")?;
        for service in services
            .iter()
            .filter(|service| service["kind"] == "appointment")
        {
            let service_id = id(&service["serviceId"])?.parse()?;
            let service_type_id = id(&service["serviceTypeIds"][0])?.parse()?;
            for ahead in 1..DAYS_AHEAD {
                let date = running.now().date_naive() + Days::new(ahead);
                let calendars = client.send(&ListCalendars { service_id, date }).await?;
                if calendars.len() == CALENDARS {
                    let cu_index = calendars[0].cu_index;
                    return Ok(Self {
                        service_id,
                        date,
                        cu_index,
                        service_type_id,
                    });
                }
            }
        }
        Err(format!("no service has {CALENDARS} calendars on one day").into())
    }

    /// The free times of its first calendar.
    pub fn vacancies(self) -> ListVacancies {
        let Self {
            service_id,
            date,
            cu_index,
            service_type_id,
        } = self;
        ListVacancies {
            service_id,
            date,
            cu_index,
            service_type_id,
        }
    }
}

fn id(value: &Value) -> Outcome<&str> {
    Ok(value
        .as_str()
        .ok_or("an id is missing in the simulated world")?)
}

/// The median time to load a day, as a multiple of the round trips that cannot be avoided.
pub async fn loading() -> Outcome<f64> {
    let running = cubu_simulator::start(Options {
        latency: Some(LATENCY),
        ..Options::default()
    })
    .await?;
    let place = Place::find(&running, &client::client(&running.connection)?).await?;
    let folder = tempfile::tempdir()?;
    let desk = connected_desk(folder.path(), &running).await?;
    let request = LoadDay {
        service_id: place.service_id,
        date: place.date,
        service_type_id: Some(place.service_type_id),
        known: Vec::new(),
        reader: None,
    };
    let mut times = Vec::with_capacity(LOADS);
    // The first one also opens connections and gets the token.
    for load in 0..=LOADS {
        let started = Instant::now();
        let board = commands::load_day(&desk, request.clone())
            .await
            .map_err(|failure| format!("{failure:?}"))?;
        let took = started.elapsed();
        let whole = board.columns.len() == CALENDARS
            && board.columns.iter().all(|column| {
                matches!(column.appointments, Part::Loaded { .. })
                    && matches!(column.vacancies, Part::Loaded { .. })
            });
        if !whole {
            return Err("the day did not load whole".into());
        }
        if load > 0 {
            times.push(took);
        }
    }
    running.shutdown().await;
    Ok(median(times).as_secs_f64() / (LATENCY * ROUND_TRIPS).as_secs_f64())
}

/// A desk in this folder, connected to the simulated organisation.
pub async fn connected_desk(folder: &std::path::Path, running: &Running) -> Outcome<Desk> {
    let desk = Desk::open(desk::Options {
        data_dir: folder.to_owned(),
        keychain: Arc::new(MemoryKeychain::default()),
        clock: Clock::System,
    })?;
    let connection = &running.connection;
    let profile = json!({
        "name": "Benchmark",
        "authority": connection.authority,
        "baseUrl": connection.base_url,
        "tenantId": connection.tenant_id,
        "clientId": connection.client_id,
        "applicationId": connection.application_id,
        "cubuWebUrl": "",
        "customerIdSpelling": "both",
        "addresses": [],
    });
    let told = |failure| format!("{failure:?}");
    let profile = desk
        .dispatch("save_profile", json!({ "profile": profile }))
        .await
        .map_err(told)?;
    let secret = json!({ "profileId": profile["id"], "clientSecret": connection.client_secret });
    desk.dispatch("set_client_secret", secret)
        .await
        .map_err(told)?;
    let of_profile = json!({ "profileId": profile["id"] });
    desk.dispatch("activate_profile", of_profile)
        .await
        .map_err(told)?;
    Ok(desk)
}
