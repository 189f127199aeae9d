//! Booking, cancelling, walk-ins. A booking looks once more whether its slot is free before it is sent, and names the
//! nearest free ones when it is not.

use cubu_s2s::{
    BookAppointment, BookedAppointment, CancelAppointment, CuIndex, ErrorKind, ListAppointments,
    ListCalendars, ListVacancies, QueueUp, QueuedCase,
};
use futures_util::future::join_all;
use serde::Serialize;
use ts_rs::TS;

use super::{Before, Change, Repeat, was};
use crate::{
    connection::Connection,
    error::Error,
    journal::Lane,
    settle::{Finding, booking, rules},
};

/// How many free slots are named when one is taken.
const NEAREST: usize = 3;
/// Calendars that are asked at a time.
const POOL: usize = 6;

/// A free slot on the day of a booking.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FreeSlot {
    /// The calendar.
    pub cu_index: CuIndex,
    /// Minutes past midnight.
    pub start_time: u16,
}

impl Change for BookAppointment {
    const COMMAND: &'static str = "book_appointment";
    const SHOWS_EARLY: bool = true;

    fn lanes(&self) -> Vec<Lane> {
        let calendar = Lane::Calendar(self.service_id, self.date, self.cu_index);
        let customer = self.customer_record_id.map(Lane::Customer);
        [calendar].into_iter().chain(customer).collect()
    }

    async fn prepare(&self, connection: &Connection) -> Result<Before, Error> {
        let list = calendar_of(self);
        let (listed, taken) = tokio::try_join!(connection.send(&list), taken(self, connection))?;
        match taken {
            Some(taken) => Err(taken),
            None => Ok(Before::listing(
                listed.iter().map(|appointment| appointment.case_id),
            )),
        }
    }

    async fn look(
        &self,
        connection: &Connection,
        before: &Before,
    ) -> Result<Finding<BookedAppointment>, Error> {
        let (list, known) = (calendar_of(self), before.known());
        let listed = connection.send(&list).await?;
        match (
            booking::booked(self, &known, &listed),
            self.customer_record_id,
        ) {
            // The list does not say whose it is. Asked for this customer's appointments only, Cubu does.
            (Finding::Unclear, Some(_)) => {
                let theirs = ListAppointments {
                    customer_record_id: self.customer_record_id,
                    ..list
                };
                let theirs = connection.send(&theirs).await?;
                Ok(booking::booked_among_theirs(self, &known, &theirs))
            }
            (finding, _) => Ok(finding),
        }
    }

    /// The answer's form is not documented, and may be empty: then the calendar tells which case it became.
    fn is_complete(answer: &BookedAppointment) -> bool {
        answer.case_id.is_some()
    }

    /// Which refusal means that the slot is taken is not documented: the vacancies tell.
    async fn refused(&self, connection: &Connection, failure: Error) -> Error {
        let may_be_taken = matches!(&failure, Error::Call(failure)
            if matches!(failure.kind, ErrorKind::Conflict(_) | ErrorKind::Rejected(_)));
        if !may_be_taken {
            return failure;
        }
        match taken(self, connection).await {
            Ok(Some(taken)) => taken,
            _ => failure,
        }
    }
}

fn calendar_of(booking: &BookAppointment) -> ListAppointments {
    ListAppointments {
        service_id: booking.service_id,
        date: booking.date,
        cu_index: booking.cu_index,
        customer_record_id: None,
    }
}

fn calendar_of_cancelled(cancelled: &CancelAppointment) -> ListAppointments {
    ListAppointments {
        service_id: cancelled.service_id,
        date: cancelled.date,
        cu_index: cancelled.cu_index,
        customer_record_id: None,
    }
}

/// The refusal of a booking whose slot is not free.
async fn taken(booking: &BookAppointment, connection: &Connection) -> Result<Option<Error>, Error> {
    if booking.bypass_timeslot_check == Some(true) {
        return Ok(None);
    }
    let own = vacancies(booking, booking.cu_index, connection).await?;
    if own.contains(&booking.start_time) {
        return Ok(None);
    }
    let mut free = slots(booking.cu_index, own);
    for slots in elsewhere(booking, connection).await {
        free.extend(slots);
    }
    Ok(Some(Error::SlotTaken {
        nearest: nearest(free, booking),
    }))
}

async fn vacancies(
    booking: &BookAppointment,
    cu_index: CuIndex,
    connection: &Connection,
) -> Result<Vec<u16>, Error> {
    let asked = ListVacancies {
        service_id: booking.service_id,
        date: booking.date,
        cu_index,
        service_type_id: booking.service_type_id,
    };
    Ok(connection.send(&asked).await?.slots)
}

/// What the day's other calendars offer; those that do not answer offer nothing.
async fn elsewhere(booking: &BookAppointment, connection: &Connection) -> Vec<Vec<FreeSlot>> {
    let day = ListCalendars {
        service_id: booking.service_id,
        date: booking.date,
    };
    let Ok(calendars) = connection.send(&day).await else {
        return Vec::new();
    };
    let others: Vec<_> = calendars
        .iter()
        .filter(|calendar| calendar.agents_booking_active != Some(false))
        .map(|calendar| calendar.cu_index)
        .filter(|cu_index| *cu_index != booking.cu_index)
        .collect();
    let mut free = Vec::new();
    for others in others.chunks(POOL) {
        let answers = join_all(
            others
                .iter()
                .map(|cu_index| vacancies(booking, *cu_index, connection)),
        );
        for (cu_index, answer) in others.iter().zip(answers.await) {
            free.push(slots(*cu_index, answer.unwrap_or_default()));
        }
    }
    free
}

fn slots(cu_index: CuIndex, starts: Vec<u16>) -> Vec<FreeSlot> {
    starts
        .into_iter()
        .map(|start_time| FreeSlot {
            cu_index,
            start_time,
        })
        .collect()
}

/// The nearest in time, those of the same calendar before others.
fn nearest(mut free: Vec<FreeSlot>, booking: &BookAppointment) -> Vec<FreeSlot> {
    free.sort_by_key(|slot| {
        (
            slot.start_time.abs_diff(booking.start_time),
            slot.cu_index != booking.cu_index,
            slot.start_time,
            slot.cu_index,
        )
    });
    free.truncate(NEAREST);
    free
}

impl Change for CancelAppointment {
    const COMMAND: &'static str = "cancel_appointment";
    const CAN_BE_TAKEN_BACK: bool = true;

    fn lanes(&self) -> Vec<Lane> {
        vec![Lane::Calendar(self.service_id, self.date, self.cu_index)]
    }

    /// The appointment as it is listed: afterwards nothing tells any more what it was.
    async fn prepare(&self, connection: &Connection) -> Result<Before, Error> {
        let calendar = calendar_of_cancelled(self);
        let read = async {
            let listed = connection.send(&calendar).await.ok()?;
            listed
                .into_iter()
                .find(|appointment| appointment.case_id == self.case_id)
        };
        Ok(was(read).await)
    }

    async fn look(&self, connection: &Connection, _: &Before) -> Result<Finding<()>, Error> {
        let listed = connection.send(&calendar_of_cancelled(self)).await?;
        Ok(rules::cancelled(self, &listed))
    }
}

impl Change for QueueUp {
    const COMMAND: &'static str = "queue_up";

    /// Two people without a name may well stand there for the same thing; one customer stands there once.
    fn repeat(&self) -> Repeat {
        match self.customer_record_id {
            Some(_) => Repeat::SameWish,
            None => Repeat::AnotherWish,
        }
    }

    fn lanes(&self) -> Vec<Lane> {
        self.customer_record_id
            .map(Lane::Customer)
            .into_iter()
            .collect()
    }

    /// Cubu has no list of waiting cases.
    async fn look(&self, _: &Connection, _: &Before) -> Result<Finding<QueuedCase>, Error> {
        Ok(Finding::Unprovable)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_slots_are_those_nearest_in_time_and_of_the_same_calendar_first() {
        let booking: BookAppointment = serde_json::from_value(serde_json::json!({
            "serviceId": "5b0d6c1e-0000-4a6e-9d10-000000000001",
            "serviceTypeId": "5b0d6c1e-0000-4a6e-9d10-000000000002",
            "date": "2026-11-23", "cuIndex": 1, "startTime": 600,
        }))
        .unwrap();
        let mut free = slots(CuIndex(0), vec![540, 590, 607, 700]);
        free.extend(slots(CuIndex(1), vec![480, 590, 620]));
        let told: Vec<_> = nearest(free, &booking)
            .iter()
            .map(|slot| (slot.cu_index.0, slot.start_time))
            .collect();
        assert_eq!(told, [(0, 607), (1, 590), (0, 590)]);
    }
}
