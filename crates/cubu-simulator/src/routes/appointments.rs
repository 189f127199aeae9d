//! Appointments Management: calendars, vacancies, booking, cancelling. Leaves out the rules (`rules::booking`, `vacancies`).

use chrono::{DateTime, Utc};
use serde_json::Value;

use super::{Answer, Call};
use crate::model::CalendarKey;
use crate::options::BookAnswer;
use crate::rules::booking::Booking;
use crate::rules::contact::Contact;
use crate::rules::{Refusal, booking, vacancies};
use crate::state::State;
use crate::wire;

type Outcome = Result<Answer, Refusal>;

pub(super) fn book(state: &mut State, call: &Call, now: DateTime<Utc>) -> Outcome {
    let booking = Booking {
        key: call.calendar()?,
        service_type: call.required_id("serviceTypeId")?,
        start: call.minute("startTime")?,
        language: call.owned_text("language")?,
        contact: Contact {
            customer: call.customer(state.habits.customer_id_spelling)?,
            phone: call.owned_text("contactPhoneNumber")?,
            email: call.owned_text("contactEmail")?,
            from_customer: false,
        },
        channel: call.channel()?,
        bypass_timeslot_check: call.flag("bypassTimeslotCheck")?,
        prevent_self_check_in: call.flag("preventSelfCheckIn")?,
        fields: call.field_dictionary()?,
        tags: call.tags()?,
    };
    let case = booking::book(state, booking, now)?;
    match state.habits.book_answer {
        BookAnswer::Case => Ok(Answer::Created(wire::cases::opened_case(state, case)?)),
        BookAnswer::Empty => Ok(Answer::CreatedEmpty),
    }
}

pub(super) fn cancel(state: &mut State, call: &Call, now: DateTime<Utc>) -> Outcome {
    booking::cancel(state, call.calendar()?, call.id("caseId")?, now)?;
    Ok(Answer::NoContent)
}

pub(super) fn list_appointments(state: &mut State, call: &Call, _now: DateTime<Utc>) -> Outcome {
    let customer = call.query_id("customerRecordId")?;
    let calendar = state.calendar(call.calendar()?)?;
    let printed: Result<Vec<Value>, Refusal> = state
        .cases_in(calendar)
        .into_iter()
        .filter(|case| customer.is_none() || case.customer == customer)
        .map(|case| wire::cases::appointment(state, case))
        .collect();
    Ok(Answer::Ok(printed?.into()))
}

/// A day without calendars, and a service that has none at all, answer an empty list.
pub(super) fn list_calendars(state: &mut State, call: &Call, now: DateTime<Utc>) -> Outcome {
    let service = state.service(call.id("serviceId")?)?.id;
    let date = call.date()?;
    let day = |index| CalendarKey {
        service,
        date,
        index,
    };
    let printed: Result<Vec<Value>, Refusal> = state
        .calendars
        .range(day(0)..=day(u32::MAX))
        .map(|(key, calendar)| wire::calendars::calendar(state, *key, calendar, now))
        .collect();
    Ok(Answer::Ok(printed?.into()))
}

pub(super) fn list_vacancies(state: &mut State, call: &Call, now: DateTime<Utc>) -> Outcome {
    let key = call.calendar()?;
    let service_type = call
        .query_id("serviceTypeId")?
        .ok_or_else(|| Refusal::invalid("serviceTypeId is required."))?;
    let slots = vacancies::vacancies(state, key, service_type, now)?;
    Ok(Answer::Ok(wire::calendars::vacancies(
        state,
        service_type,
        &slots,
    )?))
}
