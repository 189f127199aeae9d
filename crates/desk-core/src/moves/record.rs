//! A move as it stands in the journal.

use chrono::{DateTime, Utc};
use cubu_s2s::{BookAppointment, CaseId, Ticket};
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use uuid::Uuid;

use super::table::{State, Step, Stuck};
use crate::{
    error::Error,
    journal::{Fault, Journal, MoveRow, intent::IntentId},
    profiles::ProfileId,
    text::Text,
};

/// The id of a move. A window makes one for each filled form, so that pressing twice moves once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(type = "string")]
#[serde(transparent)]
pub struct MoveId(pub Uuid);

impl MoveId {
    /// An id nobody has used.
    pub fn fresh() -> Self {
        Self(Uuid::new_v4())
    }
}

/// Which comes first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(rename = "MoveOrder")]
pub enum Order {
    /// The new time is booked, then the old one is cancelled: never without an appointment.
    #[default]
    BookFirst,
    /// The old time is given up, then the new one is booked; the old one is booked again should that fail.
    CancelFirst,
}

/// The appointment that is moved.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct MovedFrom {
    /// Its case.
    pub case_id: CaseId,
    /// What would book it again.
    pub booking: BookAppointment,
}

/// The intents of a move's steps. They are given out with the move, before any step is sent.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Intents {
    pub book_new: IntentId,
    pub cancel_old: IntentId,
    pub rebook_old: IntentId,
    pub cancel_new: IntentId,
}

impl Intents {
    fn fresh() -> Self {
        Self {
            book_new: IntentId::fresh(),
            cancel_old: IntentId::fresh(),
            rebook_old: IntentId::fresh(),
            cancel_new: IntentId::fresh(),
        }
    }

    pub fn all(self) -> [IntentId; 4] {
        [
            self.book_new,
            self.cancel_old,
            self.rebook_old,
            self.cancel_new,
        ]
    }
}

/// What kept a step from being done, in words.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Trouble {
    pub message: Text,
    pub hint: Option<Text>,
}

impl Trouble {
    pub fn of(failure: Error) -> Self {
        let told = failure.of("move_appointment");
        Self {
            message: told.message,
            hint: told.hint,
        }
    }
}

/// A move.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Move {
    pub id: MoveId,
    pub profile: ProfileId,
    pub asked_at: DateTime<Utc>,
    pub from: MovedFrom,
    pub to: BookAppointment,
    pub order: Order,
    pub state: State,
    /// Why it waits for somebody.
    pub stuck: Option<Stuck>,
    pub trouble: Option<Trouble>,
    pub intents: Intents,
    pub customer_name: Option<String>,
    /// How long the old appointment lasts.
    pub old_minutes: Option<u16>,
    /// The ticket of the old appointment, and of the one booked in its place.
    pub old_ticket: Option<Ticket>,
    pub new_case: Option<CaseId>,
    pub new_ticket: Option<Ticket>,
    /// The case of the old time, booked again.
    pub rebooked_case: Option<CaseId>,
    /// Whether somebody has been told how it ended.
    pub told: bool,
}

impl Move {
    pub fn new(
        id: MoveId,
        profile: ProfileId,
        asked_at: DateTime<Utc>,
        from: MovedFrom,
        to: BookAppointment,
        order: Order,
    ) -> Self {
        Self {
            id,
            profile,
            asked_at,
            from,
            to,
            order,
            state: match order {
                Order::BookFirst => State::Booking,
                Order::CancelFirst => State::GivingUp,
            },
            stuck: None,
            trouble: None,
            intents: Intents::fresh(),
            customer_name: None,
            old_minutes: None,
            old_ticket: None,
            new_case: None,
            new_ticket: None,
            rebooked_case: None,
            told: false,
        }
    }

    /// The intent of a step.
    pub fn intent_of(&self, step: Step) -> IntentId {
        match step {
            Step::BookNew => self.intents.book_new,
            Step::CancelOld => self.intents.cancel_old,
            Step::RebookOld => self.intents.rebook_old,
            Step::CancelNew => self.intents.cancel_new,
        }
    }

    /// Whether a case is one of its appointments.
    pub fn is_about(&self, case: CaseId) -> bool {
        self.from.case_id == case || self.new_case == Some(case) || self.rebooked_case == Some(case)
    }

    /// Writes it down, and which appointments it has made of the old one.
    pub async fn save(&self, journal: &Journal) -> Result<(), Error> {
        let made = [
            (self.new_case, self.to.date),
            (self.rebooked_case, self.from.booking.date),
        ];
        for (case, day) in made {
            if let Some(case) = case {
                let old = self.from.case_id;
                journal.came_from(self.profile, case, old, day).await?;
            }
        }
        journal.put_move(self.row()?).await
    }

    pub fn row(&self) -> Result<MoveRow, Error> {
        Ok(MoveRow {
            id: self.id.0,
            profile: self.profile,
            asked_at: self.asked_at,
            is_over: self.state.is_over(),
            told: self.told,
            body: serde_json::to_value(self).map_err(|_| Error::Stopped)?,
        })
    }

    pub fn of_row(row: MoveRow) -> Result<Self, Error> {
        serde_json::from_value(row.body).map_err(|_| Fault::Unreadable.into())
    }
}

/// Whether a row tells of a move, which can then be shown.
#[cfg(feature = "fuzzing")]
pub(crate) fn is_readable(row: MoveRow) -> bool {
    Move::of_row(row).is_ok_and(|moved| !super::view::of(&moved, false).message.id.is_empty())
}

/// A move of an organisation.
pub(crate) async fn find(
    journal: &Journal,
    profile: ProfileId,
    id: MoveId,
) -> Result<Option<Move>, Error> {
    let row = journal.find_move(id.0).await?;
    let found = row.map(Move::of_row).transpose()?;
    Ok(found.filter(|found| found.profile == profile))
}

/// The moves of an organisation that are not over, or whose end nobody has been told, oldest first.
pub(crate) async fn to_see_to(journal: &Journal, profile: ProfileId) -> Result<Vec<Move>, Error> {
    let rows = journal.moves_to_see_to(profile).await?;
    rows.into_iter().map(Move::of_row).collect()
}
