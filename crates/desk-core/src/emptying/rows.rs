//! The bookings of a calendar-day that is emptied, and how each of them stands: what was kept, what Cubu lists now and what
//! became of it at this desk, put together. Pure; a table of tests.

use std::collections::HashMap;

use cubu_s2s::{
    Appointment, BookAppointment, CaseId, CaseStatus, CustomerRecordId, ServiceTypeId, Ticket,
};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{journal::CalendarDay, moves::Fate, settle::rules::is_cancelled, text::Text};

/// How a booking stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(rename = "EmptiedState")]
pub enum RowState {
    /// Nobody has seen to it.
    ToDo,
    /// The customer could not be reached.
    NotReached,
    /// Left as it is.
    Skipped,
    /// It is being moved, or a move of it waits for somebody.
    Moving,
    /// It is moved.
    Moved,
    /// It is being cancelled.
    Cancelling,
    /// It is cancelled.
    Cancelled,
    /// The customer has come, or was served: there is nothing to move.
    NotPlanned,
    /// It is gone from the calendar, and not by this desk.
    Gone,
    /// It was given up, and its new time was lost as well.
    NoneHeld,
}

impl RowState {
    /// Whether somebody may still see to it.
    pub fn is_open(self) -> bool {
        matches!(self, Self::ToDo | Self::NotReached | Self::Skipped)
    }

    /// Whether this desk has ended it, which nothing that is read later changes.
    fn is_final(self) -> bool {
        matches!(self, Self::Moved | Self::Cancelled | Self::NoneHeld)
    }
}

/// Where a booking was moved to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct MovedTo {
    /// The calendar and the day.
    #[serde(flatten)]
    pub at: CalendarDay,
    /// Minutes past midnight.
    pub start_time: u16,
    /// Its case, so far as it is known.
    pub case_id: Option<CaseId>,
    /// Its ticket.
    pub ticket: Option<Ticket>,
}

/// A booking of a calendar-day that is emptied.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(rename = "EmptiedBooking")]
pub struct Row {
    /// Its case.
    pub case_id: CaseId,
    /// Minutes past midnight.
    pub start_time: u16,
    /// How many minutes it takes.
    pub duration: Option<u16>,
    /// What is booked.
    pub service_type_id: Option<ServiceTypeId>,
    /// Its name.
    pub service_type_name: Option<String>,
    /// Whose it is.
    pub customer_record_id: Option<CustomerRecordId>,
    /// Their name.
    pub customer_name: Option<String>,
    /// Its ticket.
    pub ticket: Option<Ticket>,
    /// How it stands.
    pub state: RowState,
    /// Where it was moved to.
    pub moved_to: Option<MovedTo>,
    /// What was noted beside its cancelling.
    pub reason: Option<String>,
    /// What kept the last try to move it.
    pub trouble: Option<Text>,
    /// It reads otherwise than when it was last looked at.
    pub has_changed: bool,
}

impl Row {
    fn of(listed: &Appointment) -> Self {
        let slot = listed.appointment.as_ref();
        let customer = listed.customer.as_ref();
        Self {
            case_id: listed.case_id,
            start_time: slot.and_then(|slot| slot.start).unwrap_or_default(),
            duration: slot.and_then(|slot| slot.duration),
            service_type_id: listed.service_type_id,
            service_type_name: listed.service_type_name.clone(),
            customer_record_id: customer.map(|customer| customer.record_id),
            customer_name: customer.and_then(|customer| customer.display_name.clone()),
            ticket: listed.ticket.clone(),
            state: RowState::ToDo,
            moved_to: None,
            reason: None,
            trouble: None,
            has_changed: false,
        }
    }

    /// The same booking as it is listed now.
    fn reread(self, listed: &Appointment) -> Self {
        let now = Self::of(listed);
        let reads = |row: &Self| (row.start_time, row.service_type_id, row.customer_record_id);
        Self {
            has_changed: reads(&self) != reads(&now),
            state: self.state,
            ..now
        }
    }

    fn moved(self, to: BookAppointment, case_id: Option<CaseId>, ticket: Option<Ticket>) -> Self {
        Self {
            state: RowState::Moved,
            moved_to: Some(MovedTo {
                at: CalendarDay {
                    service_id: to.service_id,
                    date: to.date,
                    cu_index: to.cu_index,
                },
                start_time: to.start_time,
                case_id,
                ticket,
            }),
            trouble: None,
            ..self
        }
    }
}

/// The bookings as they stand now, the earliest first. Without a list, what could not be read stays as it was.
pub(super) fn merge(
    kept: Vec<Row>,
    listed: Option<&[Appointment]>,
    fates: &HashMap<CaseId, Fate>,
) -> Vec<Row> {
    let held = |case: CaseId| {
        listed
            .into_iter()
            .flatten()
            .find(|listed| listed.case_id == case && !is_cancelled(listed))
    };
    let known: Vec<CaseId> = kept.iter().map(|row| row.case_id).collect();
    let is_new = |listed: &&Appointment| !known.contains(&listed.case_id) && !is_cancelled(listed);
    let new = listed.into_iter().flatten().filter(is_new).map(Row::of);
    let mut rows: Vec<Row> = kept
        .into_iter()
        .chain(new)
        .filter_map(|row| {
            let now = held(row.case_id);
            let fate = fates.get(&row.case_id).unwrap_or(&Fate::None(None));
            stands(row, now, listed.is_some(), fate)
        })
        .collect();
    rows.sort_by_key(|row| row.start_time);
    rows
}

/// How a booking stands; nothing when it stands as another case now.
fn stands(row: Row, now: Option<&Appointment>, is_read: bool, fate: &Fate) -> Option<Row> {
    let as_is = |state| Row {
        state,
        trouble: None,
        ..row.clone()
    };
    Some(match fate {
        Fate::Rebooked => return None,
        Fate::Moved { to, case, ticket } => row.moved((**to).clone(), *case, ticket.clone()),
        Fate::Moving => as_is(RowState::Moving),
        Fate::Cancelling => as_is(RowState::Cancelling),
        Fate::Cancelled { reason } => Row {
            reason: reason.clone(),
            ..as_is(RowState::Cancelled)
        },
        // Somebody has seen to it since.
        Fate::NoneHeld if row.state == RowState::Skipped => row,
        Fate::NoneHeld => as_is(RowState::NoneHeld),
        Fate::None(_) if row.state.is_final() => row,
        Fate::None(trouble) => {
            let mark = if row.state.is_open() {
                row.state
            } else {
                RowState::ToDo
            };
            let row = now.map_or_else(|| row.clone(), |now| row.clone().reread(now));
            let state = match now {
                Some(now) if is_planned(now) => mark,
                Some(_) => RowState::NotPlanned,
                None if is_read => RowState::Gone,
                None => mark,
            };
            let trouble = trouble.clone().filter(|_| state == RowState::ToDo);
            Row {
                state,
                trouble,
                ..row
            }
        }
    })
}

fn is_planned(listed: &Appointment) -> bool {
    matches!(listed.status, None | Some(CaseStatus::Planned))
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::messages;

    fn case(number: u8) -> CaseId {
        format!("5b0d6c1e-6666-4a6e-9d10-0000000000{number:02}")
            .parse()
            .unwrap()
    }

    fn listed(number: u8, start: u16, status: Value) -> Appointment {
        serde_json::from_value(json!({
            "caseId": case(number), "status": status,
            "appointment": { "start": start, "duration": 10 },
        }))
        .unwrap()
    }

    fn kept(number: u8, state: RowState) -> Row {
        Row {
            state,
            ..Row::of(&listed(number, 600, json!("Planned")))
        }
    }

    fn to() -> BookAppointment {
        serde_json::from_value(json!({
            "serviceId": "5b0d6c1e-7777-4a6e-9d10-000000000001", "date": "2026-11-24", "cuIndex": 2,
            "serviceTypeId": "5b0d6c1e-2222-4a6e-9d10-0000000ce101", "startTime": 540,
        }))
        .unwrap()
    }

    fn state(row: Option<RowState>, now: Option<Value>, fate: Fate) -> Option<RowState> {
        let list: Vec<Appointment> = now
            .into_iter()
            .map(|status| listed(1, 600, status))
            .collect();
        let kept = row.map(|state| kept(1, state)).into_iter().collect();
        let rows = merge(kept, Some(&list), &HashMap::from([(case(1), fate)]));
        assert!(rows.len() < 2);
        rows.first().map(|row| row.state)
    }

    #[test]
    fn how_a_booking_stands_follows_from_what_was_kept_what_is_listed_and_what_was_done() {
        use RowState::*;
        let planned = || Some(json!("Planned"));
        let none = || Fate::None(None);
        let moved = || Fate::Moved {
            to: Box::new(to()),
            case: None,
            ticket: None,
        };
        let cancelled = || Fate::Cancelled { reason: None };
        for (kept, now, fate, expected) in [
            (None, planned(), none(), Some(ToDo)),
            (None, Some(json!("Waiting")), none(), Some(NotPlanned)),
            (None, Some(json!("Cancelled")), none(), None),
            (Some(ToDo), planned(), none(), Some(ToDo)),
            (Some(NotReached), planned(), none(), Some(NotReached)),
            (Some(Skipped), planned(), none(), Some(Skipped)),
            (Some(ToDo), None, none(), Some(Gone)),
            (Some(NotReached), None, none(), Some(Gone)),
            (Some(ToDo), Some(json!("Cancelled")), none(), Some(Gone)),
            (Some(Gone), planned(), none(), Some(ToDo)),
            (Some(ToDo), Some(json!("Active")), none(), Some(NotPlanned)),
            (Some(NotPlanned), planned(), none(), Some(ToDo)),
            // What a killed run had begun ends as the journal says.
            (Some(ToDo), planned(), Fate::Moving, Some(Moving)),
            (Some(Moving), None, moved(), Some(Moved)),
            (Some(Moving), planned(), none(), Some(ToDo)),
            (Some(Moving), planned(), Fate::Rebooked, None),
            (Some(Moving), None, Fate::NoneHeld, Some(NoneHeld)),
            (Some(Skipped), None, Fate::NoneHeld, Some(Skipped)),
            (Some(ToDo), planned(), Fate::Cancelling, Some(Cancelling)),
            (Some(Cancelling), planned(), none(), Some(ToDo)),
            (Some(Cancelling), None, cancelled(), Some(Cancelled)),
            // What this desk ended stays ended when the journal has forgotten how.
            (Some(Moved), None, none(), Some(Moved)),
            (Some(Cancelled), None, none(), Some(Cancelled)),
        ] {
            let what = format!("{kept:?} {now:?} {fate:?}");
            assert_eq!(state(kept, now, fate), expected, "{what}");
        }
    }

    #[test]
    fn a_booking_that_was_changed_meanwhile_is_shown_as_it_is_now() {
        let now = [listed(1, 620, json!("Planned"))];
        let rows = merge(
            vec![kept(1, RowState::NotReached)],
            Some(&now),
            &HashMap::new(),
        );
        assert_eq!(rows[0].start_time, 620);
        assert!(rows[0].has_changed);
        let again = merge(rows, Some(&now), &HashMap::new());
        assert!(!again[0].has_changed);
    }

    #[test]
    fn what_cannot_be_read_stays_as_it_was() {
        let rows = merge(vec![kept(1, RowState::NotReached)], None, &HashMap::new());
        assert_eq!(rows, [kept(1, RowState::NotReached)]);
    }

    #[test]
    fn what_was_done_is_told_with_it() {
        let fate = Fate::Moved {
            to: Box::new(to()),
            case: Some(case(2)),
            ticket: None,
        };
        let rows = merge(
            vec![kept(1, RowState::Moving)],
            Some(&[]),
            &HashMap::from([(case(1), fate)]),
        );
        let told = rows[0].moved_to.as_ref().unwrap();
        assert_eq!((told.start_time, told.case_id), (540, Some(case(2))));

        let fate = Fate::None(Some(messages::slot_taken()));
        let now = [listed(1, 600, json!("Planned"))];
        let fates = HashMap::from([(case(1), fate)]);
        let rows = merge(vec![kept(1, RowState::Moving)], Some(&now), &fates);
        assert_eq!(rows[0].trouble, Some(messages::slot_taken()));
    }

    #[test]
    fn the_earliest_booking_comes_first_whenever_it_was_made() {
        let now = [
            listed(1, 600, json!("Planned")),
            listed(2, 540, json!("Planned")),
        ];
        let rows = merge(vec![kept(1, RowState::ToDo)], Some(&now), &HashMap::new());
        assert_eq!(rows[0].case_id, case(2));
    }
}
