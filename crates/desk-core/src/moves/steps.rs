//! The steps of a move: each one change, sent under the move's own intent, and then seen in the calendar. Which step comes
//! when is in `table`.

use cubu_s2s::{
    Appointment, BookAppointment, BookedAppointment, CancelAppointment, CaseId, ErrorKind,
    ListAppointments,
};
use serde::de::DeserializeOwned;
use tokio::time::{Instant, sleep};

use super::{
    record::Move,
    table::{Outcome, Step},
};
use crate::{
    changes::{Before, Change},
    draft::Draft,
    error::Error,
    journal::intent::{Intent, IntentId},
    settle::{Finding, Verdict, rules},
    writes::Writer,
};

/// How a step ended, and what kept it from being done.
pub(super) struct Taken {
    pub outcome: Outcome,
    pub failure: Option<Error>,
}

impl From<Outcome> for Taken {
    fn from(outcome: Outcome) -> Self {
        Self {
            outcome,
            failure: None,
        }
    }
}

/// What a failure makes of a step. One that is no outcome, such as a journal that can't be written to, is handed back.
fn judged(failure: Error) -> Result<Taken, Error> {
    let outcome = match &failure {
        Error::OutcomeUnknown { .. } => Outcome::Unknown,
        Error::DidNotHappen(_) | Error::Unsettled(_) => Outcome::NotNow,
        passing if passing.is_passing() || passing.is_garbled() => Outcome::NotNow,
        Error::SlotTaken { .. }
        | Error::Call(_)
        | Error::AddressNotAccepted(_)
        | Error::AddressOrGone(_) => Outcome::Refused,
        _ => return Err(failure),
    };
    Ok(Taken {
        outcome,
        failure: Some(failure),
    })
}

/// What stands in the journal of a step that was begun before.
fn standing(intent: Option<&Intent>) -> Outcome {
    match intent {
        Some(intent) if intent.state.is_done() => Outcome::Done,
        Some(intent) if intent.state.is_open() => Outcome::Unknown,
        _ => Outcome::NotNow,
    }
}

/// Whether a list shows a case that is not cancelled.
pub(super) fn shows(listed: &[Appointment], case: CaseId) -> bool {
    listed
        .iter()
        .any(|appointment| appointment.case_id == case && !rules::is_cancelled(appointment))
}

/// The list that a booking stands in.
pub(super) fn calendar_of(booking: &BookAppointment) -> ListAppointments {
    ListAppointments {
        service_id: booking.service_id,
        date: booking.date,
        cu_index: booking.cu_index,
        customer_record_id: None,
    }
}

/// Takes the step a move stands before.
pub(super) async fn take(writer: &Writer, moved: &mut Move, step: Step) -> Result<Taken, Error> {
    match step {
        Step::BookNew => {
            let (taken, booked) =
                book(writer, moved.to.clone(), moved.intents.book_new, moved).await?;
            if let Some(booked) = booked {
                moved.new_case = booked.case_id;
                moved.new_ticket = booked.ticket;
            }
            Ok(taken)
        }
        Step::RebookOld => {
            let (taken, booked) = rebook(writer, moved).await?;
            moved.rebooked_case = booked.and_then(|booked| booked.case_id);
            Ok(taken)
        }
        Step::CancelOld => {
            if let Some(case) = moved.new_case {
                // The new one has to be in its calendar before the old one goes.
                match seen(writer, &moved.to, |listed| shows(listed, case)).await {
                    Ok(true) => {}
                    Ok(false) => return Ok(Outcome::Unknown.into()),
                    Err(failure) => return judged(failure),
                }
            }
            let from = moved.from.booking.clone();
            let (case, intent) = (moved.from.case_id, &mut moved.intents.cancel_old);
            cancel(writer, &from, case, intent).await
        }
        Step::CancelNew => {
            let Some(case) = moved.new_case else {
                return Ok(Outcome::Unknown.into());
            };
            let to = moved.to.clone();
            cancel(writer, &to, case, &mut moved.intents.cancel_new).await
        }
    }
}

/// What became of a step that an earlier run, or an earlier try, may have begun.
pub(super) async fn begun(writer: &Writer, intent: IntentId) -> Result<Outcome, Error> {
    Ok(standing(writer.look_again(intent).await?.as_ref()))
}

/// Makes a change. While its outcome is being found out this waits, however long it takes.
async fn write<C: Change>(writer: &Writer, request: C, id: IntentId) -> Result<C::Response, Error> {
    if let Some(done) = writer.journal.find(id).await?
        && done.state.is_done()
    {
        return answer_of(done);
    }
    let draft = Draft {
        intent_id: Some(id),
        request,
        note: None,
    };
    let (endpoint, lost) = match writer.write(draft).await {
        Err(Error::OutcomeUnknown {
            endpoint,
            intent,
            settling: true,
            request_id,
        }) => (endpoint, (intent, request_id)),
        other => return other,
    };
    let found = writer.look_again(id).await?;
    match standing(found.as_ref()) {
        Outcome::Done => found.ok_or(Error::Stopped).and_then(answer_of),
        Outcome::Unknown => Err(Error::OutcomeUnknown {
            endpoint,
            intent: lost.0,
            settling: false,
            request_id: lost.1,
        }),
        _ => Err(Error::DidNotHappen(endpoint)),
    }
}

fn answer_of<R: DeserializeOwned>(done: Intent) -> Result<R, Error> {
    serde_json::from_value(done.answer.unwrap_or_default()).map_err(|_| Error::Stopped)
}

async fn book(
    writer: &Writer,
    booking: BookAppointment,
    id: IntentId,
    moved: &Move,
) -> Result<(Taken, Option<BookedAppointment>), Error> {
    let mut booked = match write(writer, booking.clone(), id).await {
        Ok(booked) => booked,
        Err(failure) => return Ok((judged(failure)?, None)),
    };
    if booked.case_id.is_none() {
        booked.case_id = case_of(writer, &booking, id).await?;
    }
    let Some(case) = booked.case_id else {
        // Cubu says that it is booked, and nobody can say which one it is.
        return Ok((Outcome::Unknown.into(), None));
    };
    if moved.state.is_first() {
        // It is looked for right before the old one is cancelled.
        return Ok((Outcome::Done.into(), Some(booked)));
    }
    let outcome = match seen(writer, &booking, |listed| shows(listed, case)).await {
        Ok(true) => Outcome::Done.into(),
        Ok(false) => Outcome::Unknown.into(),
        Err(failure) => Taken {
            outcome: Outcome::Unknown,
            failure: Some(failure),
        },
    };
    Ok((outcome, Some(booked)))
}

/// The old time again, by exactly the old request. A time that no calendar offers by itself, because its grid begins
/// elsewhere, is still its own: where nothing overlaps it, it is asked for past the grid.
async fn rebook(
    writer: &Writer,
    moved: &Move,
) -> Result<(Taken, Option<BookedAppointment>), Error> {
    let mut old = moved.from.booking.clone();
    let id = moved.intents.rebook_old;
    let (taken, booked) = book(writer, old.clone(), id, moved).await?;
    if !matches!(taken.failure, Some(Error::SlotTaken { .. })) {
        return Ok((taken, booked));
    }
    let listed = match writer.connection.send(&calendar_of(&old)).await {
        Ok(listed) => listed,
        Err(failure) => return Ok((judged(failure)?, None)),
    };
    let end = old
        .start_time
        .saturating_add(moved.old_minutes.unwrap_or(1));
    let is_free = listed.iter().all(|other| {
        rules::is_cancelled(other)
            || span_of(other).is_some_and(|(from, to)| to <= old.start_time || end <= from)
    });
    if !is_free {
        return Ok((taken, booked));
    }
    old.bypass_timeslot_check = Some(true);
    book(writer, old, id, moved).await
}

/// From which minute to which an appointment lasts.
pub(super) fn span_of(appointment: &Appointment) -> Option<(u16, u16)> {
    let slot = appointment.appointment.as_ref()?;
    let start = slot.start?;
    let minutes = slot.duration.unwrap_or(1).max(1);
    Some((start, start.saturating_add(minutes)))
}

/// Which case a booking became whose answer did not say.
async fn case_of(
    writer: &Writer,
    booking: &BookAppointment,
    id: IntentId,
) -> Result<Option<CaseId>, Error> {
    let intent = writer.journal.find(id).await?;
    let basis = intent.and_then(|intent| intent.basis).unwrap_or_default();
    let before: Before = serde_json::from_value(basis).unwrap_or_default();
    let before = writer.with_others::<BookAppointment>(id, before).await?;
    match booking.look(&writer.connection, &before).await {
        Ok(Finding::Seen(booked)) => Ok(booked.case_id),
        _ => Ok(None),
    }
}

/// Cancels an appointment and sees it gone. One that is gone before, or in spite of a refusal, is cancelled all the same.
async fn cancel(
    writer: &Writer,
    booking: &BookAppointment,
    case: CaseId,
    intent: &mut IntentId,
) -> Result<Taken, Error> {
    let request = CancelAppointment {
        service_id: booking.service_id,
        date: booking.date,
        cu_index: booking.cu_index,
        case_id: case,
    };
    let taken = match write(writer, request.clone(), *intent).await {
        Ok(()) => Outcome::Done.into(),
        Err(failure) => judged(failure)?,
    };
    let is_gone = |listed: &[Appointment]| !shows(listed, case);
    match taken.outcome {
        Outcome::Done => match seen(writer, booking, is_gone).await {
            Ok(true) => Ok(taken),
            Ok(false) => {
                // Cubu said that it is cancelled, and it is not: the next try is another wish.
                *intent = IntentId::fresh();
                Ok(Outcome::Unknown.into())
            }
            // Cubu said that it is cancelled, and can't be asked: that is no "nothing has changed".
            Err(failure) => Ok(Taken {
                outcome: Outcome::Unknown,
                failure: Some(failure),
            }),
        },
        Outcome::Refused => match writer.find_out(&request).await {
            Verdict::Happened(()) => Ok(Outcome::Done.into()),
            Verdict::DidNotHappen => Ok(refused(taken, Error::AddressNotAccepted)),
            Verdict::NeedsEyes | Verdict::Open => Ok(refused(taken, Error::AddressOrGone)),
        },
        _ => Ok(taken),
    }
}

/// The address of Cancel is assumed: one that finds nothing may be another one here.
fn refused(taken: Taken, address: impl FnOnce(Box<cubu_s2s::Error>) -> Error) -> Taken {
    let failure = taken.failure.map(|failure| match failure {
        Error::Call(call) if matches!(call.kind, ErrorKind::NotFound(_)) => address(call),
        other => other,
    });
    Taken { failure, ..taken }
}

/// Whether a calendar comes to show something. A list may lag behind, so it is looked at until the patience is over.
async fn seen(
    writer: &Writer,
    booking: &BookAppointment,
    wanted: impl Fn(&[Appointment]) -> bool,
) -> Result<bool, Error> {
    let until = Instant::now() + writer.pace.patience;
    let mut pause = writer.pace.first_pause;
    loop {
        let is_late = Instant::now() >= until;
        match writer.connection.send(&calendar_of(booking)).await {
            Ok(listed) if wanted(&listed) => return Ok(true),
            Ok(_) if is_late => return Ok(false),
            Err(failure) if failure.is_passing() || failure.is_garbled() => {
                if is_late {
                    return Err(failure);
                }
            }
            Err(failure) => return Err(failure),
            Ok(_) => {}
        }
        sleep(pause).await;
        pause = (pause * 2).min(writer.pace.longest_pause);
    }
}
