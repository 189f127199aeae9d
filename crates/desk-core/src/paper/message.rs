//! A text to send to a customer, ready for SMS or WhatsApp: short, a line for each thing, nothing that only a desk needs.

use super::{
    occasion::Occasion,
    slip::Ticketed,
    words::{Words, clock},
};

/// The text about an appointment.
pub fn of_appointment(occasion: &Occasion, words: &Words) -> String {
    let organization = occasion.organization.as_str();
    let date = words.date(occasion.date);
    let first = match occasion.at {
        Some(at) => words.fill(
            "message-appointment",
            &[
                ("organization", organization),
                ("date", &date),
                ("time", &clock(at.minute)),
            ],
        ),
        None => words.fill(
            "message-appointment-day",
            &[("organization", organization), ("date", &date)],
        ),
    };
    let what = occasion.service_type.as_ref().or(occasion.service.as_ref());
    let more = [
        ("message-service", "service", what),
        ("message-place", "place", occasion.place.as_ref()),
        ("message-ticket", "ticket", occasion.ticket.as_ref()),
        ("message-meeting", "url", occasion.meeting.as_ref()),
    ];
    lines(first, &more, words)
}

/// The text about a place in the queue.
pub fn of_ticket(ticket: &Ticketed<'_>, words: &Words) -> String {
    let organization = ticket.organization.as_str();
    let first = match &ticket.ticket {
        Some(number) => words.fill(
            "message-ticket-taken",
            &[("organization", organization), ("ticket", number)],
        ),
        None => words.fill("message-queued", &[("organization", organization)]),
    };
    let more = [("message-follow", "url", ticket.case.ticket_url.as_ref())];
    lines(first, &more, words)
}

type Line<'v> = (&'static str, &'static str, Option<&'v String>);

fn lines(first: String, more: &[Line<'_>], words: &Words) -> String {
    let more = more.iter().filter_map(|(id, name, value)| {
        let value = value.filter(|value| !value.trim().is_empty())?;
        Some(words.fill(id, &[(*name, value)]))
    });
    std::iter::once(first)
        .chain(more)
        .collect::<Vec<_>>()
        .join("\n")
}
