//! What a desk lends its changes: the journal, opened with the first of them, and the pace at which they are settled.

use std::sync::Arc;

use tokio::sync::{OnceCell, watch};

use super::{Writer, outbox::Outbox};
use crate::{
    changes::Change, connection::Connection, desk::Desk, draft::Draft, error::Error,
    journal::Journal, settle::Pace,
};

/// What a desk lends its changes.
#[derive(Debug)]
pub(crate) struct Writes {
    journal: OnceCell<Journal>,
    pace: Pace,
    /// What waits before it leaves.
    pub outbox: Arc<Outbox>,
    /// What changes under way listen to: they end with the desk.
    closing: watch::Sender<()>,
}

impl Default for Writes {
    fn default() -> Self {
        Self {
            journal: OnceCell::new(),
            pace: Pace::default(),
            outbox: Arc::default(),
            closing: watch::Sender::new(()),
        }
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
            None => self.journal().await?.clone(),
        };
        Ok(self.writer_over(connection, journal))
    }

    /// Sees to what the last run left open. A journal that can't be opened keeps nobody from reading.
    pub(crate) async fn settle_what_is_open(&self, connection: &Arc<Connection>) {
        match self.journal().await {
            Ok(journal) => self
                .writer_over(Arc::clone(connection), journal.clone())
                .settle_all(),
            Err(failure) => {
                tracing::warn!(%failure, "nothing can be changed without the journal");
                self.give_notice(failure.of("app_state").message);
            }
        }
    }

    fn writer_over(&self, connection: Arc<Connection>, journal: Journal) -> Writer {
        Writer {
            connection,
            journal,
            pace: self.writes.pace,
            outbox: Arc::clone(&self.writes.outbox),
            closing: self.writes.closing.subscribe(),
        }
    }

    /// The journal. One that could not be opened is tried again the next time.
    async fn journal(&self) -> Result<&Journal, Error> {
        let open = || async {
            let opened = Journal::open(self.data_dir(), self.secrets(), self.clock().now()).await;
            let (journal, notice) = opened?;
            if let Some(notice) = notice {
                self.give_notice(notice);
            }
            Ok(journal)
        };
        self.writes.journal.get_or_try_init(open).await
    }
}
