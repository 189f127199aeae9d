//! What a desk lends its changes: the journal, opened with the first of them, and the pace at which they are settled.

use std::sync::{Arc, Mutex, PoisonError};

use chrono::NaiveDate;
use tokio::sync::{OnceCell, watch};

use super::{Writer, outbox::Outbox, together::Together};
use crate::{
    changes::Change,
    connection::Connection,
    desk::Desk,
    draft::Draft,
    error::Error,
    journal::{Journal, JournalState},
    messages, moves,
    settle::Pace,
    text::Text,
};

/// What a desk lends its changes.
#[derive(Debug)]
pub(crate) struct Writes {
    /// Another cell once everything was erased.
    journal: Mutex<Arc<OnceCell<Journal>>>,
    /// Why it could not be opened the last time that was tried.
    trouble: Mutex<Option<Text>>,
    /// The day, by Cubu's clock, on which the journal was last tidied in this run.
    tidied: Mutex<Option<NaiveDate>>,
    pace: Pace,
    /// What waits before it leaves.
    pub outbox: Arc<Outbox>,
    together: Arc<Together>,
    /// What changes under way listen to: they end with the desk.
    closing: watch::Sender<()>,
}

impl Default for Writes {
    fn default() -> Self {
        Self {
            journal: Mutex::default(),
            trouble: Mutex::default(),
            tidied: Mutex::default(),
            pace: Pace::default(),
            outbox: Arc::default(),
            together: Arc::default(),
            closing: watch::Sender::new(()),
        }
    }
}

impl Writes {
    /// What ends with the desk listens to this.
    pub(crate) fn closing(&self) -> watch::Receiver<()> {
        self.closing.subscribe()
    }

    /// Ends what is under way, as the end of the desk would.
    pub(crate) fn end_all(&self) {
        self.closing.send_replace(());
    }

    /// Opens the journal anew when it is needed next.
    pub(crate) fn begin_afresh(&self) {
        *self.journal.lock().unwrap_or_else(PoisonError::into_inner) = Arc::default();
        *self.trouble.lock().unwrap_or_else(PoisonError::into_inner) = None;
        *self.tidied.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }

    fn journal(&self) -> Arc<OnceCell<Journal>> {
        let journal = self.journal.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(&journal)
    }
}

impl Desk {
    /// Settles unknown outcomes at another pace.
    #[must_use]
    pub fn settling_at(mut self, pace: Pace) -> Self {
        self.writes.pace = pace;
        self
    }

    /// Makes a change: journalled, sent, and settled when no answer comes. What can be taken back waits first.
    pub(crate) async fn write<C: Change>(&self, draft: Draft<C>) -> Result<C::Response, Error> {
        let writer = self.writer().await?;
        if C::CAN_BE_TAKEN_BACK {
            writer.write_after(self.settings().undo_time(), draft).await
        } else {
            writer.write(draft).await
        }
    }

    /// What sends changes over the present connection.
    pub(crate) async fn writer(&self) -> Result<Writer, Error> {
        let connection = self.connection().await?;
        connection.client()?;
        let journal = match connection.own_journal() {
            Some(journal) => journal.clone(),
            None => self.journal().await?,
        };
        Ok(self.writer_over(connection, journal))
    }

    /// Sees to what the last run left open: single changes first, then the moves they are part of. A journal that can't be
    /// opened keeps nobody from reading.
    pub(crate) async fn settle_what_is_open(&self, connection: &Arc<Connection>) {
        match self.journal().await {
            Ok(journal) => {
                let writer = self.writer_over(Arc::clone(connection), journal);
                writer.clone().spawn(async move {
                    writer.settle_all().await?;
                    moves::resume_all(&writer).await
                });
            }
            Err(failure) => tracing::warn!(%failure, "nothing can be changed without the journal"),
        }
    }

    fn writer_over(&self, connection: Arc<Connection>, journal: Journal) -> Writer {
        Writer {
            connection,
            journal,
            pace: self.writes.pace,
            outbox: Arc::clone(&self.writes.outbox),
            together: Arc::clone(&self.writes.together),
            closing: self.writes.closing(),
        }
    }

    /// How the journal is kept.
    pub(crate) async fn journal_state(&self) -> Result<JournalState, Error> {
        match self.writes.journal().get() {
            Some(journal) => journal.state().await,
            None => Ok(JournalState::not_open(self.journal_trouble().clone())),
        }
    }

    /// The journal, which may be locked. One that could not be opened is tried again the next time.
    pub(crate) async fn journal(&self) -> Result<Journal, Error> {
        let open = || async {
            self.pay_what_erasing_owes().await;
            let opened = Journal::open(self.data_dir(), self.secrets()).await;
            let trouble = opened.as_ref().err().map(|failure| match failure {
                Error::Journal(fault) => fault.words().0,
                _ => messages::internal(),
            });
            *self.journal_trouble() = trouble;
            let (journal, notice) = opened?;
            if let Some(notice) = notice {
                self.give_notice(notice);
            }
            self.watch_over_trail(&journal);
            Ok(journal)
        };
        let journal = self.writes.journal();
        journal.get_or_try_init(open).await.cloned()
    }

    /// Once a day, forgets what has been kept long enough. The days are counted by the time of Cubu's last answer: a PC whose
    /// clock jumped forgets nothing for it.
    pub(crate) async fn tidy_once_a_day(&self) {
        let Some(connection) = self.connected().await else {
            return;
        };
        let (Some(now), None) = (connection.cubu_time(), connection.own_journal()) else {
            return;
        };
        let day = Some(now.date_naive());
        if *self.last_tidied() == day {
            return;
        }
        self.tidy_log(&self.settings());
        let tidied = async {
            let journal = self.journal().await?;
            journal.tidy(now, self.settings().days_kept()).await
        };
        match tidied.await {
            Ok(gone) => {
                *self.last_tidied() = day;
                tracing::info!(gone, "what was kept long enough is forgotten");
            }
            Err(failure) => tracing::debug!(%failure, "nothing is forgotten yet"),
        }
    }

    fn last_tidied(&self) -> std::sync::MutexGuard<'_, Option<NaiveDate>> {
        self.writes
            .tidied
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    fn journal_trouble(&self) -> std::sync::MutexGuard<'_, Option<Text>> {
        self.writes
            .trouble
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }
}
