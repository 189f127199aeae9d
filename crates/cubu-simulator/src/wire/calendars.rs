//! Calendars with figures that add up, and vacancies. Leaves out finding the free slots (`rules::vacancies`).

use chrono::{DateTime, Utc};
use serde_json::{Value, json};
use uuid::Uuid;

use super::{local, timestamp, user_data};
use crate::model::{Calendar, CalendarKey, FieldKind, Minute, Service};
use crate::rules::{Refusal, vacancies};
use crate::state::{State, local_time, wall_clock};

/// One calendar as List Calendars prints it.
pub(crate) fn calendar(
    state: &State,
    key: CalendarKey,
    calendar: &Calendar,
    now: DateTime<Utc>,
) -> Result<Value, Refusal> {
    let service = state.service(key.service)?;
    let inbox = state.inbox(service.inbox)?;
    let (today, _) = wall_clock(now, state.unit(service.unit)?.zone);
    let in_window = |days| vacancies::in_window(key.date, today, days);
    let hours: Vec<Value> = calendar
        .hours
        .iter()
        .map(|open| json!({ "start": open.start, "end": open.end }))
        .collect();
    Ok(json!({
        "serviceId": key.service,
        "date": local(local_time(key.date, 0)),
        "cuIndex": key.index,
        "calendarTimestamp": timestamp(calendar.stamp),
        "serviceName": service.name,
        "serviceCategoryId": service.category,
        "serviceCategoryName": state.category(service.category)?.name,
        "isCustomerRequired": service.requires_customer,
        "customersDataTableId": state.organization.customers_table,
        "isPhoneNumberRequired": service.requires_phone,
        "phoneNumberFieldTypeId": field_of_kind(state, FieldKind::PhoneNumber),
        "isEmailRequired": service.requires_email,
        "emailFieldTypeId": field_of_kind(state, FieldKind::Email),
        "workingHours": hours,
        "user": user_data(state, calendar.user),
        "allowAnonymousAgentBooking": !service.requires_customer,
        "inboxId": inbox.id,
        "inboxName": inbox.name,
        "isInAgentsBookingWindow": in_window(service.agents_window_days),
        "agentsBookingActive": calendar.agents_booking_active,
        "isInSelfBookingWindow": in_window(service.self_window_days),
        "selfBookingActive": calendar.agents_booking_active,
        "stats": stats(state, service, calendar),
        "isPastDate": key.date < today,
        "issues": [],
    }))
}

fn field_of_kind(state: &State, kind: FieldKind) -> Option<Uuid> {
    let field = state
        .customer_fields
        .iter()
        .find(|field| field.kind == kind)?;
    Some(field.id)
}

/// "Comp" figures weigh each appointment with the probability that its customer comes.
fn stats(state: &State, service: &Service, calendar: &Calendar) -> Value {
    let capacity: u32 = calendar
        .hours
        .iter()
        .map(|open| u32::from(open.end.saturating_sub(open.start)))
        .sum();
    let mut booked: u32 = 0;
    let mut expected = 0.0;
    for case in state.cases_in(calendar) {
        let minutes = case.slot.as_ref().map_or(0, |slot| slot.duration);
        let no_show = state
            .service_type(case.service_type)
            .map_or(0.0, |kind| kind.no_show);
        booked += u32::from(minutes);
        expected += f64::from(minutes) * (1.0 - no_show);
    }
    let comp_booked = expected.round();
    let rate = |minutes: f64| {
        if capacity == 0 {
            0.0
        } else {
            minutes / f64::from(capacity)
        }
    };
    let shortest = service
        .types
        .iter()
        .filter_map(|id| state.service_type(*id).ok())
        .map(|kind| kind.duration)
        .min()
        .unwrap_or(Minute::MAX);
    let gaps = vacancies::gaps(&calendar.hours, &vacancies::booked(state, calendar));
    let fully_booked = !gaps.iter().any(|gap| gap.end - gap.start >= shortest);
    json!({
        "appointmentCount": calendar.cases.len(),
        "capacityMinutes": capacity,
        "minutesBooked": booked,
        "bookingRate": rate(f64::from(booked)),
        "compMinutesBooked": comp_booked as u32,
        "compBookingRate": rate(comp_booked),
        "isFullyBooked": fully_booked,
    })
}

/// The answer of List Vacancies: an object, where the other calendar lists are arrays.
pub(crate) fn vacancies(
    state: &State,
    service_type: Uuid,
    slots: &[Minute],
) -> Result<Value, Refusal> {
    let kind = state.service_type(service_type)?;
    Ok(json!({
        "serviceTypeId": kind.id,
        "serviceTypeName": kind.name,
        "duration": kind.duration,
        "slots": slots,
    }))
}
