//! Cases as four different calls print them: active cases, appointments, Queue Up's answer and Start Next's. The ticket number
//! is a string in Start Next and an integer elsewhere.

use serde_json::{Value, json};
use uuid::Uuid;

use super::{customers, local, timestamp, user_data, windows_zone};
use crate::model::{Case, CaseStatus, Channel, Ticket};
use crate::rules::{Refusal, queue};
use crate::state::{State, local_time};

fn ticket(ticket: &Ticket) -> Value {
    json!({ "prefix": ticket.prefix, "suffix": null, "number": ticket.number })
}

/// The case as List Active Cases prints it; `fields` and `tags` are always null there.
pub(crate) fn active_case(state: &State, id: Uuid) -> Result<Value, Refusal> {
    let case = state.case(id)?;
    let inbox = state.inbox(case.inbox)?;
    let workstation = case.workstation.and_then(|id| state.workstation(id).ok());
    Ok(json!({
        "caseId": case.id,
        "ticket": ticket(&case.ticket),
        "serviceCategoryId": case.category,
        "serviceCategoryName": state.category(case.category)?.name,
        "serviceTypeId": case.service_type,
        "serviceTypeName": state.service_type(case.service_type)?.name,
        "status": case.status.name(),
        "statusDate": timestamp(case.status_date),
        "referenceDate": timestamp(case.reference_date),
        "dateOpened": timestamp(case.opened),
        "dateClosed": case.closed.map(timestamp),
        "assignedTo": user_data(state, case.assigned_to),
        "lockedBy": user_data(state, case.locked_by),
        "channel": case.channel.name(),
        "rank": case.rank,
        "unitId": case.unit,
        "unitName": state.unit(case.unit)?.name,
        "inboxId": inbox.id,
        "inboxName": inbox.name,
        "inboxColorCode": inbox.color,
        "caseTimestamp": timestamp(case.stamp),
        "workstationId": case.workstation,
        "workstationName": workstation.map(|workstation| workstation.name),
        "customer": customers::reference(state, case.customer),
        "onlineMeeting": online_meeting(case),
        "printedTicket": false,
        "contactPhoneNumber": case.phone,
        "contactEmail": case.email,
        "entryMode": if case.slot.is_some() { "Appointment" } else { "WalkIn" },
        "fields": null,
        "tags": null,
    }))
}

/// The case as List Appointments prints it. Nothing is known of what follows `language`, so nothing follows.
pub(crate) fn appointment(state: &State, case: &Case) -> Result<Value, Refusal> {
    let slot = case
        .slot
        .as_ref()
        .ok_or_else(|| Refusal::unknown("appointment"))?;
    let kind = state.service_type(case.service_type)?;
    let zone = state.unit(case.unit)?.zone;
    Ok(json!({
        "caseId": case.id,
        "appointment": {
            "serviceId": slot.key.service,
            "date": local(local_time(slot.key.date, 0)),
            "cuIndex": slot.key.index,
            "start": slot.start,
            "timeLocal": local(local_time(slot.key.date, slot.start)),
            "timeUtc": timestamp(case.reference_date),
            "timeZoneId": windows_zone(zone),
            "duration": slot.duration,
            "noShowProbability": no_show(case, kind.no_show),
            "reservationToken": null,
            "reservationExpiryDate": null,
        },
        "ticket": ticket(&case.ticket),
        "serviceCategoryId": case.category,
        "serviceCategoryName": state.category(case.category)?.name,
        "serviceTypeId": kind.id,
        "serviceTypeName": kind.name,
        "serviceTypeColorCode": kind.color,
        "status": case.status.name(),
        "statusDate": timestamp(case.status_date),
        "referenceDate": timestamp(case.reference_date),
        "dateOpened": timestamp(case.opened),
        "dateClosed": case.closed.map(timestamp),
        "assignedTo": user_data(state, case.assigned_to),
        "lockedBy": user_data(state, case.locked_by),
        "customer": customers::reference(state, case.customer),
        "onlineMeeting": online_meeting(case),
        "channel": case.channel.name(),
        "language": case.language,
    }))
}

/// A probability of zero is printed as the integer 0, as in the contract's sample.
fn no_show(case: &Case, probability: f64) -> Value {
    if probability > 0.0 && case.status == CaseStatus::Planned {
        json!(probability)
    } else {
        json!(0)
    }
}

/// What Queue Up answers, and (assumed) Book Appointment: `calendarTimestamp` is null for a walk-in.
pub(crate) fn opened_case(state: &State, id: Uuid) -> Result<Value, Refusal> {
    let case = state.case(id)?;
    let inbox = state.inbox(case.inbox)?;
    let calendar = case
        .slot
        .as_ref()
        .and_then(|slot| state.calendars.get(&slot.key));
    let queued = case.slot.is_none();
    Ok(json!({
        "caseId": case.id,
        "status": case.status.name(),
        "referenceDate": timestamp(case.reference_date),
        "inboxId": inbox.id,
        "inboxName": inbox.name,
        "channel": case.channel.name(),
        "language": case.language,
        "ticket": ticket(&case.ticket),
        "queueTimestamp": queued.then(|| timestamp(inbox.stamp)),
        "position": queued.then(|| queue::position(state, case)),
        "calendarTimestamp": calendar.map(|calendar| timestamp(calendar.stamp)),
        "ticketUrl": format!("https://tickets.example.org/{}", case.id),
    }))
}

/// What Start Next answers.
pub(crate) fn started_case(state: &State, id: Uuid) -> Result<Value, Refusal> {
    let case = state.case(id)?;
    Ok(json!({
        "caseId": case.id,
        "status": case.status.name(),
        "statusDate": timestamp(case.status_date),
        "queueTimestamp": timestamp(state.inbox(case.inbox)?.stamp),
        "ticket": { "prefix": case.ticket.prefix, "suffix": null, "number": case.ticket.number.to_string() },
        "onlineMeeting": online_meeting(case),
    }))
}

/// The meeting of a video case; null for the others. Its date follows the pattern on the vendor's page, not the API's own.
fn online_meeting(case: &Case) -> Value {
    if case.channel != Channel::Video {
        return Value::Null;
    }
    let meeting = case.id.simple().to_string();
    let meeting = meeting.get(..12).unwrap_or_default();
    json!({
        "provider": "Zoom",
        "meetingId": meeting,
        "hostUrl": format!("https://meetings.example.org/{meeting}/host"),
        "participantsUrl": format!("https://meetings.example.org/{meeting}"),
        "dateCreated": case.opened.format("%Y%m%dT%H:%M:%S%.3fZ").to_string(),
    })
}
