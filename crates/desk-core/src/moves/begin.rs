//! What can be done with moves: begin one, go on, end one that holds two, close one, list them. One at a time for each
//! appointment, in a task of its own that ends with the desk.

use std::collections::HashSet;

use cubu_s2s::{BookAppointment, CaseStatus, ErrorKind, ListVacancies};
use tokio::{sync::oneshot, time::timeout};

use super::{
    completing::{ContactOnCard, complete, is_what_came_of},
    fault::{MoveFault, Reason},
    record::{Move, MoveId, MovedFrom, Order, find, to_see_to},
    run::{self, Stand, close_intents},
    steps::{calendar_of, shows, span_of},
    table::{State, Stuck},
    view::{self, AppointmentMove},
};
use crate::{
    connection::Connection,
    error::Error,
    fields::FieldError,
    journal::{
        Held, Lane, Note, Telling,
        intent::{Event, IntentId, State as Stage},
    },
    messages,
    profiles::ProfileId,
    writes::Writer,
};

/// Moves an appointment. The same id once more joins the first, and hears the same.
pub(crate) async fn begin(
    writer: &Writer,
    id: MoveId,
    from: MovedFrom,
    to: BookAppointment,
    order: Order,
    on_card: Option<ContactOnCard>,
) -> Result<AppointmentMove, Error> {
    let profile = writer.connection.profile().id;
    let held = hold(writer, &from).await?;
    if let Some(known) = find(&writer.journal, profile, id).await? {
        let is_wanted = is_what_came_of(&known.to, &to);
        if !is_wanted || (known.from.case_id, known.order) != (from.case_id, order) {
            return Err(Error::field("moveId", messages::field_malformed()));
        }
        return Ok(view::of(&known, false));
    }
    let open = to_see_to(&writer.journal, profile).await?;
    let is_open = |other: &Move| !other.state.is_over() && other.is_about(from.case_id);
    if open.iter().any(is_open) {
        return Err(MoveFault::Open.into());
    }
    let mut moved = Move::new(id, profile, writer.connection.now(), from, to, order);
    look_around(&writer.connection, &mut moved).await?;
    complete(&writer.journal, &mut moved, on_card).await?;
    let has_customer = moved.to.customer_record_id.is_some();
    match follow(writer, moved, held, false).await? {
        Stand {
            failure: Some(failure),
            ..
        } => Err(match order {
            Order::BookFirst if has_customer => perhaps_one_each(failure),
            _ => failure,
        }),
        Stand { moved, .. } => Ok(view::of(
            &moved,
            !moved.state.is_over() && moved.stuck.is_none(),
        )),
    }
}

/// Looks before anything is changed: whether the old appointment is there to be moved, and whether both can be held.
async fn look_around(connection: &Connection, moved: &mut Move) -> Result<(), Error> {
    let (old, new) = (&moved.from.booking, &moved.to);
    let listed = connection.send(&calendar_of(old)).await?;
    let found = listed
        .iter()
        .find(|appointment| appointment.case_id == moved.from.case_id)
        .filter(|appointment| shows(std::slice::from_ref(*appointment), moved.from.case_id))
        .ok_or(MoveFault::Gone)?;
    if !matches!(found.status, None | Some(CaseStatus::Planned)) {
        return Err(MoveFault::NotPlanned.into());
    }
    let same_calendar =
        (old.service_id, old.date, old.cu_index) == (new.service_id, new.date, new.cu_index);
    if same_calendar
        && (old.start_time, old.service_type_id) == (new.start_time, new.service_type_id)
    {
        let problem = FieldError::new("to.startTime", messages::move_same_time());
        return Err(Error::Fields(vec![problem]));
    }
    let span = span_of(found);
    if let Some((from, to)) = span.filter(|_| same_calendar && moved.order == Order::BookFirst) {
        let asked = ListVacancies {
            service_id: new.service_id,
            date: new.date,
            cu_index: new.cu_index,
            service_type_id: new.service_type_id,
        };
        let offered = connection.send(&asked).await?;
        let minutes = offered.duration.unwrap_or(1).max(1);
        let end = new.start_time.saturating_add(minutes);
        if new.start_time < to && from < end {
            return Err(MoveFault::NeedsOrder(Reason::Overlap).into());
        }
    }
    moved.old_minutes = span.map(|(from, to)| to - from);
    moved.customer_name = found
        .customer
        .as_ref()
        .and_then(|customer| customer.display_name.clone());
    moved.old_ticket = found.ticket.clone();
    Ok(())
}

/// Cubu documents no refusal of a second appointment of the same customer. Where it refuses a free time by a conflict while
/// the old one is held, that may be why: somebody has to say whether the old one is given up first. A request that is wrong
/// in itself is refused in other words, and would be refused again.
fn perhaps_one_each(failure: Error) -> Error {
    match &failure {
        Error::Call(call) => match &call.kind {
            ErrorKind::Conflict(refusal) => {
                let words = refusal
                    .message
                    .as_ref()
                    .map(|words| words.as_str().to_owned());
                MoveFault::NeedsOrder(Reason::Refused(words)).into()
            }
            _ => failure,
        },
        _ => failure,
    }
}

/// Goes on with a move that waits for somebody.
pub(crate) async fn resume(writer: &Writer, id: MoveId) -> Result<AppointmentMove, Error> {
    let (moved, held) = at_rest(writer, id).await?;
    if moved.state.is_over() {
        return Err(MoveFault::Unknown.into());
    }
    go_on(writer, moved, held).await
}

/// Ends a move that holds two appointments by cancelling the other one.
pub(crate) async fn end(
    writer: &Writer,
    id: MoveId,
    keeps_old: bool,
) -> Result<AppointmentMove, Error> {
    let (mut moved, held) = at_rest(writer, id).await?;
    let case = match moved.state {
        State::CancellingOld | State::CancellingNew => moved.new_case.ok_or(MoveFault::NotTwo)?,
        _ => return Err(MoveFault::NotTwo.into()),
    };
    // Before the other one goes, the one that is kept has to be there.
    let (kept, kept_case, gone) = if keeps_old {
        (
            &moved.from.booking,
            moved.from.case_id,
            State::CancellingOld,
        )
    } else {
        (&moved.to, case, State::CancellingNew)
    };
    let listed = writer.connection.send(&calendar_of(kept)).await?;
    if shows(&listed, kept_case) {
        moved.state = if keeps_old {
            State::CancellingNew
        } else {
            State::CancellingOld
        };
    } else if moved.state != gone {
        return Err(MoveFault::NotTwo.into());
    }
    moved.trouble = None;
    go_on(writer, moved, held).await
}

/// Closes a move that is over, or that somebody has looked after in Cubu. Answers what is left.
pub(crate) async fn close(writer: &Writer, id: MoveId) -> Result<Vec<AppointmentMove>, Error> {
    let (mut moved, _held) = at_rest(writer, id).await?;
    if !moved.state.is_over() {
        if !view::can_close(&moved) {
            return Err(MoveFault::Open.into());
        }
        for intent in moved.intents.all() {
            drop_unknown(writer, intent).await?;
        }
        moved.state = match (moved.state, moved.stuck) {
            (State::Rebooking, Some(Stuck::NotNow)) => State::NoneHeld,
            _ => State::Closed,
        };
    }
    moved.told = true;
    moved.save(&writer.journal).await?;
    close_intents(writer, &moved).await?;
    list(writer).await
}

async fn drop_unknown(writer: &Writer, id: IntentId) -> Result<(), Error> {
    let found = writer.journal.find(id).await?;
    if found.is_some_and(|intent| intent.state == Stage::Unknown) {
        let note = Note {
            told: true,
            ..Note::default()
        };
        writer
            .journal
            .step(id, Stage::Unknown, Event::Drops, note)
            .await?;
    }
    Ok(())
}

/// The moves that are not over, or whose end nobody has been told, oldest first.
pub(crate) async fn list(writer: &Writer) -> Result<Vec<AppointmentMove>, Error> {
    let profile = writer.connection.profile().id;
    let moves = to_see_to(&writer.journal, profile).await?;
    Ok(moves
        .iter()
        .filter(|moved| !writer.journal.is_being_told(moved.id.0))
        .map(|moved| view::of(moved, is_busy(writer, profile, moved)))
        .collect())
}

/// The intents that moves account for: what becomes of them is told with the move.
pub(crate) async fn intents(
    writer: &Writer,
    profile: ProfileId,
) -> Result<HashSet<IntentId>, Error> {
    let moves = to_see_to(&writer.journal, profile).await?;
    Ok(moves
        .into_iter()
        .flat_map(|moved| moved.intents.all())
        .collect())
}

/// Goes on with everything the last run left open, each in a task of its own.
pub(crate) async fn resume_all(writer: &Writer) -> Result<(), Error> {
    let profile = writer.connection.profile().id;
    for open in to_see_to(&writer.journal, profile).await? {
        let writer = writer.clone();
        writer.clone().spawn(async move {
            let lane = vec![Lane::Move(open.from.case_id)];
            let _held = writer.journal.lanes().hold(profile, lane).await;
            let now = find(&writer.journal, profile, open.id).await?;
            if let Some(moved) = now.filter(|moved| !moved.state.is_over()) {
                run::run(&writer, moved, true).await?;
            }
            Ok::<_, Error>(())
        });
    }
    Ok(())
}

fn is_busy(writer: &Writer, profile: ProfileId, moved: &Move) -> bool {
    let lane = Lane::Move(moved.from.case_id);
    !moved.state.is_over() && writer.journal.lanes().is_held(profile, lane)
}

async fn hold(writer: &Writer, from: &MovedFrom) -> Result<Held, Error> {
    let lane = vec![Lane::Move(from.case_id)];
    let profile = writer.connection.profile().id;
    let held = timeout(
        writer.pace.patience,
        writer.journal.lanes().hold(profile, lane),
    );
    Ok(held.await.map_err(|_| MoveFault::Open)?)
}

/// A move that nobody is seeing to, and nobody else will.
async fn at_rest(writer: &Writer, id: MoveId) -> Result<(Move, Held), Error> {
    let profile = writer.connection.profile().id;
    let known = find(&writer.journal, profile, id).await?;
    let known = known.ok_or(MoveFault::Unknown)?;
    if is_busy(writer, profile, &known) {
        return Err(MoveFault::Open.into());
    }
    let held = hold(writer, &known.from).await?;
    let moved = find(&writer.journal, profile, id).await?;
    Ok((moved.ok_or(MoveFault::Unknown)?, held))
}

async fn go_on(writer: &Writer, moved: Move, held: Held) -> Result<AppointmentMove, Error> {
    let Stand { moved, failure } = follow(writer, moved, held, true).await?;
    if let Some(failure) = failure {
        tracing::info!(%failure, "a move went back");
    }
    Ok(view::of(
        &moved,
        !moved.state.is_over() && moved.stuck.is_none(),
    ))
}

/// The end of a move counts as told only a moment after it went out: a program that is killed in between has told nobody.
async fn count_as_told(mut writer: Writer, id: MoveId, telling: Telling) {
    writer.is_told().await;
    let counted = async {
        let profile = writer.connection.profile().id;
        match find(&writer.journal, profile, id).await? {
            Some(mut moved) if !moved.told => {
                moved.told = true;
                moved.save(&writer.journal).await
            }
            _ => Ok(()),
        }
    };
    if let Err(failure) = counted.await {
        tracing::warn!(%failure, "the journal lags behind");
    }
    drop(telling);
}

/// Goes on with a move in a task of its own, and waits for it as long as anybody would.
async fn follow(writer: &Writer, moved: Move, held: Held, resumed: bool) -> Result<Stand, Error> {
    let (tell, mut hear) = oneshot::channel();
    let id = moved.id;
    let runner = writer.clone();
    writer.spawn(async move {
        let stand = run::run(&runner, moved, resumed).await;
        drop(held);
        let is_over = matches!(&stand, Ok(stand) if stand.moved.state.is_over());
        let telling = is_over.then(|| runner.journal.tell(id.0));
        // Whoever has gone is told by the list.
        if tell.send(stand).is_ok()
            && let Some(telling) = telling
        {
            tokio::spawn(count_as_told(runner, id, telling));
        }
    });
    match timeout(writer.pace.patience * 2, &mut hear).await {
        Ok(stand) => stand.map_err(|_| Error::Stopped)?,
        Err(_) => {
            hear.close();
            if let Ok(stand) = hear.try_recv() {
                return stand;
            }
            let profile = writer.connection.profile().id;
            let moved = find(&writer.journal, profile, id).await?;
            Ok(Stand {
                moved: moved.ok_or(Error::Stopped)?,
                failure: None,
            })
        }
    }
}
