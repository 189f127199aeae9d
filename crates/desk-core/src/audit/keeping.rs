//! What a desk does for its trail: acts on this PC are recorded, and the chain is followed once in every run. Changes in
//! Cubu are not recorded here but with their step in the journal.

use std::sync::PoisonError;

use super::Act;
use crate::{desk::Desk, error::Error, journal::Journal, messages};

impl Desk {
    /// Records something done on this PC. It is done already: a trail that can't be written to does not undo it.
    pub(crate) async fn record(&self, act: Act) {
        let command = act.command;
        let recorded = async { self.journal().await?.record(act).await };
        if let Err(failure) = recorded.await {
            tracing::warn!(command, %failure, "an act is missing in the audit trail");
        }
    }

    /// The journal whose trail is shown: while practising, that of the practice organisation.
    pub(crate) async fn shown_journal(&self) -> Result<Journal, Error> {
        let connection = self.connected().await;
        match connection.as_ref().and_then(|it| it.own_journal()) {
            Some(own) => Ok(own.clone()),
            None => self.journal().await,
        }
    }

    /// Follows the chain in the background; one that does not hold is a standing notice.
    pub(crate) fn watch_over_trail(&self, journal: &Journal) {
        let (journal, notices) = (journal.clone(), self.notice_board());
        let mut closing = self.writes.closing();
        tokio::spawn(async move {
            let outcome = tokio::select! {
                biased;
                _ = closing.changed() => return,
                outcome = journal.verify_trail() => outcome,
            };
            match outcome {
                Ok(Ok(whole)) => {
                    tracing::info!(entries = whole.entries, "the audit trail is whole")
                }
                Ok(Err(broken)) => {
                    tracing::warn!(entry = broken.seq, "the audit trail is broken");
                    let mut notices = notices.lock().unwrap_or_else(PoisonError::into_inner);
                    notices.push(messages::audit_broken(
                        super::verify::count(broken.seq),
                        broken.difference.word(),
                    ));
                }
                Err(failure) => tracing::warn!(%failure, "the audit trail can't be followed"),
            }
        });
    }
}
