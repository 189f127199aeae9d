//! Earlier-slot watches: "tell me if something frees before …". Cubu has no waiting list, so the days are read again and
//! again, cheaply: the calendars' stamps first, and the free times of those alone that moved. Leaves out how somebody is
//! told, and the move itself.
//!
//! A watch ends by its date, and when its appointment is moved, cancelled, or gone.

mod record;
mod round;
mod rules;

use std::{collections::HashMap, sync::Arc};

use chrono::{DateTime, Utc};
use cubu_s2s::ServiceId;
use serde::{Deserialize, Serialize};
use tokio::sync::Mutex;
use ts_rs::TS;

pub use record::{Before, Hit, WatchEnd, WatchFor, WatchId, WatchedAppointment};

use self::{record::Record, round::Memory};
#[cfg(feature = "fuzzing")]
use crate::journal::WatchRow;
use crate::{
    catalogue::Catalogue,
    clock::Clock,
    connection::Connection,
    day,
    error::{CommandError, Error},
    find,
    journal::{Held, Lane},
    messages,
    moves::{Fate, fates},
    writes::Writer,
    zones::WallClock,
};

/// Watches at one time. More would be a waiting list of another kind.
const MOST: usize = 40;

/// Begins a watch.
#[derive(Clone, Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct StartWatch {
    /// The new watch.
    pub watch_id: WatchId,
    /// What is watched for.
    pub wish: WatchFor,
    /// The appointment that an earlier time is wanted for.
    #[serde(default)]
    #[ts(optional)]
    pub appointment: Option<WatchedAppointment>,
}

/// A watch.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Watch {
    /// Its id.
    pub watch_id: WatchId,
    /// When it was asked for.
    #[ts(type = "string")]
    pub asked_at: DateTime<Utc>,
    /// What is watched for.
    pub wish: WatchFor,
    /// The appointment that an earlier time is wanted for.
    pub appointment: Option<WatchedAppointment>,
    /// Times that became free and that nobody has put away, the earliest first.
    pub hits: Vec<Hit>,
    /// How many times fitted already when it was begun, or since, and are free.
    pub free: usize,
    /// Why it is over.
    pub end: Option<WatchEnd>,
}

impl From<Record> for Watch {
    fn from(record: Record) -> Self {
        Self {
            watch_id: record.id,
            asked_at: record.asked_at,
            free: record.seen.iter().map(|seen| seen.slots.len()).sum(),
            wish: record.wish,
            appointment: record.appointment,
            hits: record.hits,
            end: record.end.map(|(end, _)| end),
        }
    }
}

/// What a round over the watched days found.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct WatchRound {
    /// The watches, as they stand now.
    pub watches: Vec<Watch>,
    /// What could not be read.
    pub trouble: Option<CommandError>,
}

/// Makes the rounds of a desk, one at a time, and remembers what it read from one to the next.
#[derive(Debug, Default)]
pub(crate) struct Lookout {
    memory: Mutex<Option<(Arc<Connection>, Memory)>>,
}

impl Lookout {
    /// Makes a round.
    pub async fn look(&self, writer: &Writer, clock: Clock) -> Result<WatchRound, Error> {
        let mut memory = self.memory.lock().await;
        let connection = &writer.connection;
        let is_same = |kept: &&mut (Arc<Connection>, Memory)| Arc::ptr_eq(&kept.0, connection);
        let (_, memory) = match memory.as_mut().filter(is_same) {
            Some(_) => memory.get_or_insert_with(|| (Arc::clone(connection), Memory::default())),
            None => memory.insert((Arc::clone(connection), Memory::default())),
        };
        let mut records = all(writer).await?;
        records.retain(|record| record.end.is_none());
        let nows = nows(clock, &connection.catalogue().await, &records);
        let now = |service: ServiceId| {
            let known = nows.get(&service).copied();
            known.unwrap_or_else(|| crate::zones::wall_clock(clock.now(), &clock.here()))
        };
        records.retain(|record| !is_expired(record, &now));
        let found = memory.look(connection, &records, now).await;
        if let Some(yesterday) = clock.now().date_naive().pred_opt() {
            memory.forget_past(&records, yesterday);
        }

        let _held = hold(writer).await;
        // Somebody may have put one away meanwhile.
        for mut record in all(writer).await? {
            let before = record.clone();
            if record.end.is_none() {
                match ending(writer, &record, &found, &now).await? {
                    Some(end) => record.close(end, clock.now()),
                    None => {
                        memory.tell(&mut record, &found, now, clock.now());
                        let service = record.wish.wanted.first().map(|wanted| wanted.service_id);
                        if let Some(service) = service {
                            rules::forget_past(&mut record, now(service));
                        }
                    }
                }
            }
            if rules::is_old(&record, clock.now()) {
                writer.journal.drop_watch(record.id.0).await?;
            } else if record != before {
                save(writer, &record).await?;
            }
        }
        Ok(WatchRound {
            watches: told(all(writer).await?),
            trouble: found.trouble.map(|failure| failure.of("check_watches")),
        })
    }
}

/// Why a watch is over, if it is.
async fn ending(
    writer: &Writer,
    record: &Record,
    found: &round::Found,
    now: &impl Fn(ServiceId) -> WallClock,
) -> Result<Option<WatchEnd>, Error> {
    if is_expired(record, now) {
        return Ok(Some(WatchEnd::Expired));
    }
    let Some(appointment) = &record.appointment else {
        return Ok(None);
    };
    let case = appointment.case_id;
    let fates = fates(&writer.journal, writer.connection.profile().id, vec![case]).await?;
    Ok(match fates.get(&case) {
        Some(Fate::Moved { .. }) => Some(WatchEnd::Moved),
        Some(Fate::Cancelled { .. }) => Some(WatchEnd::Cancelled),
        Some(Fate::Rebooked | Fate::NoneHeld) => Some(WatchEnd::Gone),
        // On its way to one or the other.
        Some(Fate::Moving | Fate::Cancelling) => None,
        Some(Fate::None(_)) | None => found.lacks(case).then_some(WatchEnd::Gone),
    })
}

fn is_expired(record: &Record, now: &impl Fn(ServiceId) -> WallClock) -> bool {
    let mut services = record.wish.wanted.iter().map(|wanted| wanted.service_id);
    services.all(|service| record.wish.is_over(now(service)))
}

fn nows(clock: Clock, catalogue: &Catalogue, records: &[Record]) -> HashMap<ServiceId, WallClock> {
    let wanted = records.iter().flat_map(|record| &record.wish.wanted);
    let ours = wanted.map(|wanted| wanted.service_id);
    let at = |record: &Record| record.appointment.as_ref().map(|own| own.at.service_id);
    ours.chain(records.iter().filter_map(at))
        .map(|service| (service, now_at(clock, catalogue, service)))
        .collect()
}

fn now_at(clock: Clock, catalogue: &Catalogue, service: ServiceId) -> WallClock {
    let now = day::today(clock, catalogue, Some(service));
    WallClock {
        date: now.today,
        minute: now.now_minute,
    }
}

/// Begins a watch; the same id once more is the same watch.
pub(crate) async fn start(writer: &Writer, clock: Clock, request: StartWatch) -> Result<(), Error> {
    let StartWatch {
        watch_id,
        wish,
        appointment,
    } = request;
    let catalogue = writer.connection.catalogue().await;
    let first = wish.wanted.first().map(|wanted| wanted.service_id);
    let today = first.map(|service| now_at(clock, &catalogue, service));
    if let Some(now) = today {
        if wish.is_over(now) {
            return Err(Error::field("wish.before", messages::watch_over()));
        }
        let ahead = (wish.before.date - now.date).num_days();
        if ahead >= i64::from(find::MOST_DAYS) {
            let most = i32::from(find::MOST_DAYS);
            return Err(Error::field("wish.before", messages::watch_too_far(most)));
        }
    }
    find::check(&wish.criteria(1))?;
    let _held = hold(writer).await;
    let known = all(writer).await?;
    if known.iter().all(|known| known.id != watch_id) {
        let open = known.iter().filter(|known| known.end.is_none()).count();
        if open >= MOST {
            let most = i32::try_from(MOST).unwrap_or(i32::MAX);
            return Err(Error::field("watchId", messages::watch_too_many(most)));
        }
        let record = Record {
            id: watch_id,
            asked_at: clock.now(),
            wish,
            appointment,
            seen: Vec::new(),
            known_days: Vec::new(),
            hits: Vec::new(),
            end: None,
        };
        save(writer, &record).await?;
    }
    Ok(())
}

/// The watches, those with news first.
pub(crate) async fn list(writer: &Writer) -> Result<Vec<Watch>, Error> {
    Ok(told(all(writer).await?))
}

/// Puts away the times a watch has told. It goes on; they are told again only when they become free again.
pub(crate) async fn put_away(writer: &Writer, id: WatchId) -> Result<Vec<Watch>, Error> {
    let _held = hold(writer).await;
    let known = all(writer).await?;
    if let Some(mut record) = known.into_iter().find(|known| known.id == id) {
        record.hits.clear();
        save(writer, &record).await?;
    }
    list(writer).await
}

/// Ends a watch; one that is gone is as good.
pub(crate) async fn drop_watch(writer: &Writer, id: WatchId) -> Result<Vec<Watch>, Error> {
    let _held = hold(writer).await;
    writer.journal.drop_watch(id.0).await?;
    list(writer).await
}

fn told(mut records: Vec<Record>) -> Vec<Watch> {
    records.sort_by_key(|record| {
        (
            record.hits.is_empty(),
            record.end.is_some(),
            record.wish.before,
        )
    });
    records.into_iter().map(Watch::from).collect()
}

async fn all(writer: &Writer) -> Result<Vec<Record>, Error> {
    let rows = writer
        .journal
        .watches(writer.connection.profile().id)
        .await?;
    rows.into_iter().map(Record::of_row).collect()
}

/// What a watch tells as it was kept, after what a round does with it at a moment: how many can be shown.
#[cfg(feature = "fuzzing")]
pub(crate) fn read(row: WatchRow, at: DateTime<Utc>) -> Result<usize, Error> {
    let mut record = Record::of_row(row)?;
    rules::try_out(&mut record, at);
    Ok(told(vec![record]).len())
}

async fn save(writer: &Writer, record: &Record) -> Result<(), Error> {
    let row = record.row(writer.connection.profile().id)?;
    writer.journal.put_watch(row).await
}

async fn hold(writer: &Writer) -> Held {
    let profile = writer.connection.profile().id;
    writer
        .journal
        .lanes()
        .hold(profile, vec![Lane::Watches])
        .await
}
