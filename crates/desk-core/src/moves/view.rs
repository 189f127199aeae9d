//! A move as a window shows it: which appointments are held, in words, and what can be done about it.

use chrono::{DateTime, NaiveDate, Utc};
use cubu_s2s::{
    BookAppointment, CaseId, CuIndex, CustomerRecordId, ServiceId, ServiceTypeId, Ticket,
};
use serde::Serialize;
use ts_rs::TS;

use super::{
    record::{Move, MoveId, Trouble},
    table::{State, Step, Stuck},
};
use crate::{messages, text::Text};

/// How a move stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum MoveState {
    /// It goes on by itself.
    UnderWay,
    /// Two appointments are held; one of them has to go.
    TwoHeld,
    /// It is not known what became of a step: somebody has to look.
    NeedsEyes,
    /// It was cut off, and waits to be gone on with.
    Waiting,
    /// It is done: the new appointment is held.
    Moved,
    /// The old appointment is held, as it was.
    Unchanged,
    /// The new time is lost; the old one is booked again.
    Rebooked,
    /// No appointment is held.
    NoneHeld,
    /// Somebody closed it.
    Closed,
}

/// Whether an appointment is held.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum Held {
    /// It is.
    Yes,
    /// It is not.
    No,
    /// It is not known.
    Unknown,
}

impl From<Option<bool>> for Held {
    fn from(held: Option<bool>) -> Self {
        match held {
            Some(true) => Self::Yes,
            Some(false) => Self::No,
            None => Self::Unknown,
        }
    }
}

/// One of the two times of a move.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct HeldTime {
    /// The service.
    pub service_id: ServiceId,
    /// The day.
    #[ts(type = "string")]
    pub date: NaiveDate,
    /// The calendar.
    pub cu_index: CuIndex,
    /// What is booked.
    pub service_type_id: ServiceTypeId,
    /// Minutes past midnight.
    pub start_time: u16,
    /// Its case, once there is one.
    pub case_id: Option<CaseId>,
    /// Its ticket, as far as known.
    pub ticket: Option<Ticket>,
    /// Whether it is held.
    pub held: Held,
}

/// A move of an appointment.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct AppointmentMove {
    /// Its id.
    pub move_id: MoveId,
    /// When it was asked for.
    #[ts(type = "string")]
    pub asked_at: DateTime<Utc>,
    /// How it stands.
    pub state: MoveState,
    /// The same in words.
    pub message: Text,
    /// What kept a step from being done.
    pub trouble: Option<Text>,
    /// What to do.
    pub hint: Option<Text>,
    /// The old time.
    pub old: HeldTime,
    /// The new time.
    pub new: HeldTime,
    /// The case of the appointment that is held in the end.
    pub new_case_id: Option<CaseId>,
    /// Whose appointment it is.
    pub customer_record_id: Option<CustomerRecordId>,
    /// Their name.
    pub customer_name: Option<String>,
    /// Whether it can be gone on with, or looked for again.
    pub can_resume: bool,
    /// Whether one of two can be chosen.
    pub can_choose: bool,
    /// Whether it can be closed.
    pub can_close: bool,
}

/// Whether a move can be closed by somebody who has looked: never one that is known to hold two.
pub(super) fn can_close(moved: &Move) -> bool {
    let nothing_left = moved.state == State::Rebooking && moved.stuck == Some(Stuck::NotNow);
    moved.state.is_over() || moved.stuck == Some(Stuck::NeedsEyes) || nothing_left
}

/// A move as a window shows it. `is_busy`: it is being gone on with at this moment.
pub(super) fn of(moved: &Move, is_busy: bool) -> AppointmentMove {
    let state = state_of(moved, is_busy);
    let known = !is_busy && moved.stuck != Some(Stuck::NeedsEyes);
    let (old, new) = if known {
        moved.state.holds_undone()
    } else {
        moved.state.holds()
    };
    let (message, hint) = words(moved, state);
    let (trouble, advice) = match moved.trouble.clone().filter(|_| !is_busy) {
        Some(Trouble { message, hint }) => (Some(message), hint),
        None => (None, None),
    };
    AppointmentMove {
        move_id: moved.id,
        asked_at: moved.asked_at,
        state,
        message,
        trouble,
        hint: hint.or(advice),
        old: HeldTime {
            case_id: Some(moved.rebooked_case.unwrap_or(moved.from.case_id)),
            ticket: moved.old_ticket.clone(),
            ..time(&moved.from.booking, old)
        },
        new: HeldTime {
            case_id: moved.new_case,
            ticket: moved.new_ticket.clone(),
            ..time(&moved.to, new)
        },
        new_case_id: match moved.state {
            State::Moved => moved.new_case,
            State::Rebooked => moved.rebooked_case,
            State::Unchanged => Some(moved.from.case_id),
            _ => None,
        },
        customer_record_id: moved.from.booking.customer_record_id,
        customer_name: moved.customer_name.clone(),
        can_resume: !is_busy && !moved.state.is_over(),
        can_choose: !is_busy && can_choose(moved),
        can_close: !is_busy && can_close(moved),
    }
}

fn can_choose(moved: &Move) -> bool {
    matches!(moved.state, State::CancellingOld | State::CancellingNew) && moved.new_case.is_some()
}

fn time(booking: &BookAppointment, held: Option<bool>) -> HeldTime {
    HeldTime {
        service_id: booking.service_id,
        date: booking.date,
        cu_index: booking.cu_index,
        service_type_id: booking.service_type_id,
        start_time: booking.start_time,
        case_id: None,
        ticket: None,
        held: held.into(),
    }
}

fn state_of(moved: &Move, is_busy: bool) -> MoveState {
    match moved.state {
        State::Moved => MoveState::Moved,
        State::Unchanged => MoveState::Unchanged,
        State::Rebooked => MoveState::Rebooked,
        State::NoneHeld => MoveState::NoneHeld,
        State::Closed => MoveState::Closed,
        _ if is_busy => MoveState::UnderWay,
        _ if moved.stuck == Some(Stuck::NeedsEyes) => MoveState::NeedsEyes,
        State::CancellingOld | State::CancellingNew => MoveState::TwoHeld,
        State::BookingAfter | State::Rebooking => MoveState::NoneHeld,
        State::Booking | State::GivingUp => MoveState::Waiting,
    }
}

fn words(moved: &Move, state: MoveState) -> (Text, Option<Text>) {
    match state {
        MoveState::UnderWay => (messages::move_under_way(), None),
        MoveState::TwoHeld => (
            messages::move_two_held(),
            Some(messages::hint_move_two_held()),
        ),
        MoveState::NeedsEyes => {
            let message = match moved.state.step() {
                Some(Step::BookNew) if moved.state.is_first() => messages::move_booking_unknown(),
                Some(Step::CancelOld) if moved.state.is_first() => {
                    messages::move_giving_up_unknown()
                }
                Some(Step::CancelOld) => messages::move_cancelling_unknown(),
                Some(Step::BookNew) => messages::move_booking_after_unknown(),
                Some(Step::RebookOld) => messages::move_rebooking_unknown(),
                Some(Step::CancelNew) | None => messages::move_cancelling_new_unknown(),
            };
            (message, Some(messages::hint_move_look()))
        }
        MoveState::Waiting => (
            messages::move_waiting(),
            Some(messages::hint_move_waiting()),
        ),
        MoveState::Moved => (messages::move_done(), None),
        MoveState::Unchanged => (messages::move_unchanged(), None),
        MoveState::Rebooked => (messages::move_rebooked(), None),
        MoveState::NoneHeld if moved.state.is_over() => (
            messages::move_none_held(),
            Some(messages::hint_move_none_held()),
        ),
        MoveState::NoneHeld => (
            messages::move_none_held_yet(),
            Some(messages::hint_move_none_held_yet()),
        ),
        MoveState::Closed => (messages::move_closed(), None),
    }
}
