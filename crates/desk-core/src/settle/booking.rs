//! How a booking is known in a calendar's list: the rule that settles Book. By what it is not (it was there before), by time
//! and service type, and by the person where the list shows one.

use std::collections::HashSet;

use cubu_s2s::{Appointment, BookAppointment, BookedAppointment, CaseId};

use super::{
    Finding,
    rules::{Alike, alike, digits, is_cancelled},
};

/// An appointment in the calendar that was not there before, with the same start, service type and customer, or
/// telephone number or e-mail address where the list shows them. One that may as well be somebody else's settles nothing.
pub fn booked(
    request: &BookAppointment,
    known: &HashSet<CaseId>,
    listed: &[Appointment],
) -> Finding<BookedAppointment> {
    let mut doubtful = false;
    for appointment in listed {
        if known.contains(&appointment.case_id) || is_cancelled(appointment) {
            continue;
        }
        match is_ours(request, appointment) {
            Alike::Yes => return Finding::Seen(as_booked(appointment)),
            Alike::Unseen => doubtful = true,
            Alike::No => {}
        }
    }
    if doubtful {
        Finding::Unclear
    } else {
        Finding::Missing
    }
}

/// The same, in a list that was asked for with the booking's customer: what stands there is theirs, whether it says so or not.
/// One that shows somebody else's as well does not heed the question, and settles nothing.
pub fn booked_among_theirs(
    request: &BookAppointment,
    known: &HashSet<CaseId>,
    theirs: &[Appointment],
) -> Finding<BookedAppointment> {
    let is_another = |listed: &Appointment| {
        let customer = listed.customer.as_ref().map(|customer| customer.record_id);
        customer.is_some() && customer != request.customer_record_id
    };
    if theirs.iter().any(is_another) {
        return Finding::Unclear;
    }
    let mut finding = Finding::Missing;
    for appointment in theirs {
        if known.contains(&appointment.case_id) || is_cancelled(appointment) {
            continue;
        }
        match is_there(request, appointment) {
            Alike::Yes => return Finding::Seen(as_booked(appointment)),
            Alike::Unseen => finding = Finding::Unclear,
            Alike::No => {}
        }
    }
    finding
}

fn is_ours(request: &BookAppointment, listed: &Appointment) -> Alike {
    match is_there(request, listed) {
        Alike::No => Alike::No,
        Alike::Yes => is_their_person(request, listed),
        Alike::Unseen => match is_their_person(request, listed) {
            Alike::Yes => Alike::Unseen,
            person => person,
        },
    }
}

/// At the time, and for what it was booked for.
fn is_there(request: &BookAppointment, listed: &Appointment) -> Alike {
    let start = listed.appointment.as_ref().and_then(|slot| slot.start);
    let place = [
        alike(Some(request.start_time), start, PartialEq::eq),
        alike(
            Some(request.service_type_id),
            listed.service_type_id,
            PartialEq::eq,
        ),
    ];
    if place.contains(&Alike::No) {
        Alike::No
    } else if place.contains(&Alike::Unseen) {
        Alike::Unseen
    } else {
        Alike::Yes
    }
}

/// The customer decides where the list shows one; only then number and address, which Cubu may take from the customer.
fn is_their_person(request: &BookAppointment, listed: &Appointment) -> Alike {
    let customer = listed.customer.as_ref().map(|customer| customer.record_id);
    match alike(request.customer_record_id, customer, PartialEq::eq) {
        Alike::Unseen => {}
        seen => return seen,
    }
    let contact = [
        alike(
            request.contact_phone_number.as_deref(),
            listed.contact_phone_number.as_deref(),
            |wanted, listed| digits(wanted) == digits(listed),
        ),
        alike(
            request.contact_email.as_deref(),
            listed.contact_email.as_deref(),
            |wanted, listed| wanted.trim().eq_ignore_ascii_case(listed.trim()),
        ),
    ];
    if contact.contains(&Alike::No) {
        Alike::No
    } else if contact.contains(&Alike::Yes) {
        Alike::Yes
    } else if customer.is_some() {
        Alike::No
    } else {
        Alike::Unseen
    }
}

fn as_booked(appointment: &Appointment) -> BookedAppointment {
    BookedAppointment {
        case_id: Some(appointment.case_id),
        status: appointment.status.clone(),
        reference_date: appointment.reference_date.clone(),
        ticket: appointment.ticket.clone(),
        appointment: appointment.appointment.clone(),
        calendar_timestamp: None,
    }
}

#[cfg(test)]
#[path = "booking_tests.rs"]
mod tests;
