//! The last acts on a case in the journal: the latest move from it and the latest cancellation of it. What they mean is
//! known in [`crate::moves`].

use cubu_s2s::CaseId;
use rusqlite::{OptionalExtension, params};

use super::{
    Journal,
    fault::Fault,
    intent::Intent,
    moves::{self, MoveRow},
    rows,
    store::Store,
};
use crate::{error::Error, profiles::ProfileId};

/// The last acts on a case.
#[derive(Clone, Debug, Default)]
pub struct LastActs {
    /// The latest move from it.
    pub moved: Option<MoveRow>,
    /// The latest cancellation of it.
    pub cancel: Option<Intent>,
}

impl Store {
    fn last_acts_on(&self, profile: ProfileId, case: CaseId) -> Result<LastActs, Fault> {
        let about = params![profile.to_string(), case.to_string()];
        let mut moved = self.sqlite.prepare(
            "SELECT * FROM moves WHERE profile = ? AND json_extract(body, '$.from.caseId') = ?
             ORDER BY asked_at DESC, rowid DESC LIMIT 1",
        )?;
        let mut cancel = self.sqlite.prepare(
            "SELECT * FROM intents
             WHERE profile = ? AND command = 'cancel_appointment'
               AND json_extract(request, '$.caseId') = ?
             ORDER BY asked_at DESC, rowid DESC LIMIT 1",
        )?;
        Ok(LastActs {
            moved: moved.query_row(about, moves::read).optional()?,
            cancel: cancel.query_row(about, rows::intent).optional()?,
        })
    }
}

impl Journal {
    /// The last acts on some cases of an organisation.
    pub async fn last_acts_on(
        &self,
        profile: ProfileId,
        cases: Vec<CaseId>,
    ) -> Result<Vec<(CaseId, LastActs)>, Error> {
        self.run(move |store| {
            cases
                .into_iter()
                .map(|case| Ok((case, store.last_acts_on(profile, case)?)))
                .collect()
        })
        .await
    }
}
