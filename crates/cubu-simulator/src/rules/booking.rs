//! Booking and cancelling appointments. Leaves out free start times (`vacancies`) and what a case goes through afterwards.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::model::{CalendarKey, Case, CaseStatus, Channel, Minute, ServiceKind, Slot};
use crate::rules::contact::{Contact, channel_of};
use crate::rules::vacancies::{in_window, vacancies};
use crate::rules::{Refusal, cases};
use crate::state::{State, fresh_id, instant, wall_clock};

/// An appointment that is asked for.
pub(crate) struct Booking {
    pub key: CalendarKey,
    pub service_type: Uuid,
    pub start: Minute,
    pub language: Option<String>,
    pub contact: Contact,
    pub channel: Option<Channel>,
    pub bypass_timeslot_check: bool,
    pub prevent_self_check_in: bool,
    pub fields: BTreeMap<Uuid, Value>,
    pub tags: Vec<Uuid>,
}

/// Books the appointment and gives its case.
pub(crate) fn book(
    state: &mut State,
    booking: Booking,
    now: DateTime<Utc>,
) -> Result<Uuid, Refusal> {
    let service = state.service(booking.key.service)?;
    if service.kind != ServiceKind::Appointment {
        return Err(Refusal::conflict("The service takes no appointments."));
    }
    state.calendar(booking.key)?;
    let kind = state.service_type(booking.service_type)?;
    if !service.types.contains(&kind.id) {
        return Err(Refusal::invalid(
            "The service does not offer this service type.",
        ));
    }
    let channel = channel_of(kind, booking.channel)?;
    let language = state.language(booking.language.as_deref())?;
    let contact = booking.contact.settle(state, service)?;
    cases::check_fields_and_tags(state, &booking.fields, &booking.tags)?;

    let unit = state.unit(service.unit)?;
    let slot = Slot {
        key: booking.key,
        start: booking.start,
        duration: kind.duration,
        prevent_self_check_in: booking.prevent_self_check_in,
    };
    check_one_each(state, booking.key.service, contact.customer)?;
    check_time(state, &slot, kind.id, booking.bypass_timeslot_check, now)?;

    let (category, service_type, unit, inbox) =
        (kind.category, kind.id, (unit.id, unit.zone), service.inbox);
    let reference_date = instant(slot.key.date, slot.start, unit.1);
    let id = fresh_id(&mut state.rng);
    let opened = state.stamp(now);
    let case = Case {
        id,
        service: slot.key.service,
        category,
        service_type,
        unit: unit.0,
        inbox,
        ticket: state.next_ticket(slot.key.service)?,
        status: CaseStatus::Planned,
        status_date: opened,
        reference_date,
        opened,
        closed: None,
        assigned_to: None,
        locked_by: None,
        channel,
        rank: state.next_rank(),
        stamp: opened,
        workstation: None,
        customer: contact.customer,
        phone: contact.phone,
        email: contact.email,
        language,
        slot: Some(slot),
        fields: booking.fields,
        tags: booking.tags,
    };
    let facts = facts(&case);
    if let Some(calendar) = state.calendars.get_mut(&booking.key) {
        calendar.cases.push(id);
    }
    state.cases.insert(id, case);
    state.touch_case(id, now);
    state.ledger.note(now, "BookAppointment", facts);
    Ok(id)
}

fn check_one_each(state: &State, service: Uuid, customer: Option<Uuid>) -> Result<(), Refusal> {
    let holds_one = customer.is_some()
        && state.cases.values().any(|case| {
            case.service == service
                && case.customer == customer
                && case.slot.is_some()
                && case.status == CaseStatus::Planned
        });
    if state.habits.one_appointment_each && holds_one {
        return Err(Refusal::conflict(
            "The customer already has an appointment.",
        ));
    }
    Ok(())
}

fn check_time(
    state: &State,
    slot: &Slot,
    service_type: Uuid,
    bypass_timeslot_check: bool,
    now: DateTime<Utc>,
) -> Result<(), Refusal> {
    let service = state.service(slot.key.service)?;
    let calendar = state.calendar(slot.key)?;
    let (today, minute) = wall_clock(now, state.unit(service.unit)?.zone);
    if slot.key.date < today || (slot.key.date == today && slot.start < minute) {
        return Err(Refusal::conflict("The time has passed."));
    }
    if !in_window(slot.key.date, today, service.agents_window_days) {
        return Err(Refusal::conflict(
            "The date is outside the agents' booking window.",
        ));
    }
    if !calendar.agents_booking_active {
        return Err(Refusal::conflict("The calendar is closed for booking."));
    }
    let end = slot.start.saturating_add(slot.duration);
    if !calendar
        .hours
        .iter()
        .any(|open| open.start <= slot.start && end <= open.end)
    {
        return Err(Refusal::conflict(
            "The time is outside the calendar's working hours.",
        ));
    }
    if !bypass_timeslot_check
        && !vacancies(state, slot.key, service_type, now)?.contains(&slot.start)
    {
        return Err(Refusal::conflict("The time slot is not available."));
    }
    Ok(())
}

/// Cancels a planned appointment: its case leaves the calendar and the slot is free again.
pub(crate) fn cancel(
    state: &mut State,
    key: CalendarKey,
    case: Uuid,
    now: DateTime<Utc>,
) -> Result<(), Refusal> {
    if !state.calendar(key)?.cases.contains(&case) {
        return Err(Refusal::unknown("appointment"));
    }
    let status = state.case(case)?.status;
    if status != CaseStatus::Planned {
        return Err(Refusal::conflict(format!(
            "Only a planned appointment can be cancelled; this one is {}.",
            status.name()
        )));
    }
    state.touch_case(case, now);
    if let Some(calendar) = state.calendars.get_mut(&key) {
        calendar.cases.retain(|id| *id != case);
    }
    if let Some(case) = state.cases.remove(&case) {
        state.ledger.note(now, "CancelAppointment", facts(&case));
    }
    Ok(())
}

fn facts(case: &Case) -> Value {
    let slot = case.slot.as_ref();
    json!({
        "caseId": case.id,
        "serviceId": case.service,
        "serviceTypeId": case.service_type,
        "date": slot.map(|slot| slot.key.date.to_string()),
        "cuIndex": slot.map(|slot| slot.key.index),
        "start": slot.map(|slot| slot.start),
        "preventSelfCheckIn": slot.map(|slot| slot.prevent_self_check_in),
        "customerRecordId": case.customer,
        "contactPhoneNumber": case.phone,
        "contactEmail": case.email,
        "language": case.language,
        "channel": case.channel.name(),
        "fields": case.fields,
        "tagIds": case.tags,
    })
}
