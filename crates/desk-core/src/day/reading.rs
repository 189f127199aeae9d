//! A day that is handed over as it arrives: the calendars first, then each column as its two reads are answered. The reads
//! go on in a task of their own and are read by long polling, like a search. A reader has one reading at a time: asking
//! for another day drops the older one with its requests, so that nobody waits for days that were only passed by.

use std::{
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use cubu_s2s::{Calendar, CuIndex, ListCalendars};
use futures_util::{StreamExt as _, stream::FuturesUnordered};
use tokio::{sync::watch, task::AbortHandle};

use super::{
    board::{DayBoard, DayColumn, LoadDay, MoreOfDay, Part, ReaderId},
    column, heading, learn_day,
};
use crate::{clock::Clock, connection::Connection, error::Error};

/// Readers come and go; the reading of one that is long gone is forgotten.
const READINGS_KEPT: usize = 16;

/// How long a reader is kept waiting when nothing arrives.
const PATIENCE: Duration = Duration::from_secs(15);

/// The days that are being read, one for each reader.
#[derive(Debug, Default)]
pub struct Readings {
    turns: AtomicU64,
    open: Mutex<Vec<Entry>>,
}

/// A reading and whoever asks for it; dropping it drops the requests that are on their way.
#[derive(Debug)]
struct Entry {
    reader: ReaderId,
    turn: u64,
    reading: Arc<Reading>,
    asking: AbortHandle,
}

impl Drop for Entry {
    fn drop(&mut self) {
        self.asking.abort();
        self.reading.stage.send_replace(Stage::Dropped);
    }
}

#[derive(Debug)]
struct Reading {
    connection: Arc<Connection>,
    clock: Clock,
    request: LoadDay,
    /// The calendars as Cubu lists them.
    order: Vec<CuIndex>,
    /// In the order in which they came.
    arrived: Mutex<Vec<DayColumn>>,
    stage: watch::Sender<Stage>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    /// So many columns are there.
    Reading(usize),
    Whole,
    /// Another day took its place.
    Dropped,
}

/// What arrived since the last answer.
#[derive(Debug)]
pub struct News {
    /// The day with the columns that arrived.
    pub board: DayBoard,
    /// The day with all of them, when these were the last.
    pub whole: Option<DayBoard>,
}

impl Readings {
    /// Starts reading a day in place of what this reader was reading, and answers with its calendars.
    pub async fn start(
        &self,
        connection: Arc<Connection>,
        clock: Clock,
        request: LoadDay,
        reader: ReaderId,
    ) -> Result<DayBoard, Error> {
        let turn = self.turns.fetch_add(1, Ordering::Relaxed);
        self.open().retain(|entry| entry.reader != reader);
        let LoadDay {
            service_id, date, ..
        } = request;
        let calendars = connection.send(&ListCalendars { service_id, date }).await?;
        let mut board = heading(&connection, clock, &request).await;
        board.columns = calendars.iter().cloned().map(expected).collect();
        board.reading = !calendars.is_empty();
        let reading = Arc::new(Reading {
            connection,
            clock,
            request,
            order: calendars.iter().map(|calendar| calendar.cu_index).collect(),
            arrived: Mutex::default(),
            stage: watch::Sender::new(Stage::Reading(0)),
        });
        let mut open = self.open();
        let overtaken = open
            .iter()
            .any(|entry| entry.reader == reader && entry.turn > turn);
        if board.reading && !overtaken {
            open.retain(|entry| entry.reader != reader);
            let surplus = (open.len() + 1).saturating_sub(READINGS_KEPT);
            open.drain(..surplus);
            open.push(Entry {
                reader,
                turn,
                asking: tokio::spawn(Arc::clone(&reading).read(calendars)).abort_handle(),
                reading,
            });
        }
        Ok(board)
    }

    /// Waits for more columns than the reader has. Nothing when another day took its place, or it was read to its end.
    pub async fn more(&self, request: MoreOfDay) -> Option<News> {
        let reading = self
            .open()
            .iter()
            .find(|entry| entry.reader == request.reader)
            .map(|entry| Arc::clone(&entry.reading))?;
        let news = reading.news(request.after).await?;
        if news.whole.is_some() {
            self.open()
                .retain(|entry| !Arc::ptr_eq(&entry.reading, &reading));
        }
        Some(news)
    }

    fn open(&self) -> MutexGuard<'_, Vec<Entry>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Reading {
    /// Reads every column; how many go at once is the connection's affair.
    async fn read(self: Arc<Self>, calendars: Vec<Calendar>) {
        let mut coming: FuturesUnordered<_> = calendars
            .into_iter()
            .map(|calendar| column(&self.connection, &self.request, calendar))
            .collect();
        while let Some(column) = coming.next().await {
            let mut arrived = self.arrived();
            arrived.push(column);
            if !coming.is_empty() {
                self.stage.send_replace(Stage::Reading(arrived.len()));
            }
        }
        let columns = self.arrived().clone();
        learn_day(&self.connection, &self.request, &columns).await;
        self.stage.send_replace(Stage::Whole);
    }

    async fn news(&self, after: usize) -> Option<News> {
        let mut stage = self.stage.subscribe();
        let moved = stage.wait_for(|stage| match stage {
            Stage::Reading(count) => *count > after,
            Stage::Whole | Stage::Dropped => true,
        });
        // Nothing new is an answer too: the reader sees that the reading goes on.
        let waited = tokio::time::timeout(PATIENCE, moved).await;
        drop(waited);
        let stage = *stage.borrow();
        if stage == Stage::Dropped {
            return None;
        }
        let mut board = heading(&self.connection, self.clock, &self.request).await;
        let arrived = self.arrived().clone();
        board.reading = stage != Stage::Whole;
        let whole = (!board.reading).then(|| DayBoard {
            columns: self.in_order(arrived.clone()),
            ..board.clone()
        });
        board.columns = arrived.into_iter().skip(after).collect();
        Some(News { board, whole })
    }

    /// As Cubu lists them, whichever came first.
    fn in_order(&self, mut columns: Vec<DayColumn>) -> Vec<DayColumn> {
        let place = |column: &DayColumn| {
            let cu_index = column.calendar.cu_index;
            self.order.iter().position(|listed| *listed == cu_index)
        };
        columns.sort_by_key(place);
        columns
    }

    fn arrived(&self) -> MutexGuard<'_, Vec<DayColumn>> {
        self.arrived.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn expected(calendar: Calendar) -> DayColumn {
    DayColumn {
        calendar,
        appointments: Part::Expected,
        vacancies: Part::Expected,
    }
}
