//! The slip a customer takes home, as lines: how they look is the window's affair.

use cubu_s2s::QueuedCase;
use serde::Serialize;
use ts_rs::TS;

use super::{
    GetTicketPapers,
    occasion::Occasion,
    qr::QrCode,
    words::{Words, clock},
};
use crate::catalogue::Catalogue;

/// A slip.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Slip {
    /// The organisation.
    pub organization: String,
    /// What it is.
    pub title: String,
    /// The number the customer is called by, if there is one, and what it is called.
    pub ticket: Option<SlipLine>,
    /// What the customer has to know, the most important first.
    pub lines: Vec<SlipLine>,
    /// What to do with it.
    pub note: Option<String>,
    /// The customer's page, to be scanned. Only what Cubu gives an address for has one.
    pub qr: Option<QrCode>,
    /// What scanning it does.
    pub qr_note: Option<String>,
}

/// A line of a slip.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SlipLine {
    /// What it is called.
    pub label: String,
    /// What it is.
    pub value: String,
    /// Whether it is no word of any language: a time, a number, an address.
    pub ltr: bool,
}

struct Lines<'w> {
    words: &'w Words,
    lines: Vec<SlipLine>,
}

impl Lines<'_> {
    fn add(&mut self, label: &str, value: Option<&str>, ltr: bool) {
        if let Some(value) = value.filter(|value| !value.trim().is_empty()) {
            self.lines.push(line(self.words, label, value, ltr));
        }
    }
}

fn line(words: &Words, label: &str, value: &str, ltr: bool) -> SlipLine {
    SlipLine {
        label: words.say(label),
        value: value.to_owned(),
        ltr,
    }
}

/// The slip of an appointment.
pub fn of_appointment(occasion: &Occasion, words: &Words) -> Slip {
    let mut lines = Lines {
        words,
        lines: Vec::new(),
    };
    lines.add("slip-date", Some(&words.date(occasion.date)), false);
    let time = occasion
        .at
        .map(|at| time_of(at.minute, occasion.minutes, words));
    lines.add("slip-time", time.as_deref(), false);
    lines.add("slip-place", occasion.place.as_deref(), false);
    lines.add("slip-service", occasion.service.as_deref(), false);
    lines.add("slip-type", occasion.service_type.as_deref(), false);
    lines.add("slip-customer", occasion.customer.as_deref(), false);
    lines.add("slip-meeting", occasion.meeting.as_deref(), true);
    lines.add("slip-zone", occasion.zone.map(|zone| zone.name()), true);
    if occasion.ticket.is_none() {
        lines.add("slip-reference", Some(&occasion.case_id.to_string()), true);
    }
    let ticket = occasion.ticket.as_deref();
    Slip {
        organization: occasion.organization.clone(),
        title: words.say("slip-appointment"),
        ticket: ticket.map(|ticket| line(words, "slip-ticket", ticket, true)),
        lines: lines.lines,
        note: occasion.meeting.is_none().then(|| words.say("slip-bring")),
        qr: None,
        qr_note: None,
    }
}

fn time_of(minute: u16, minutes: Option<u16>, words: &Words) -> String {
    let from = clock(minute);
    match minutes.and_then(|minutes| minute.checked_add(minutes)) {
        Some(end) if end <= 24 * 60 => words.fill(
            "slip-time-range",
            &[("from", &from), ("until", &clock(end))],
        ),
        _ => from,
    }
}

/// A walk-in as a customer has to know it.
pub struct Ticketed<'r> {
    /// The case.
    pub case: &'r QueuedCase,
    /// The organisation.
    pub organization: String,
    /// The number they are called by.
    pub ticket: Option<String>,
    place: Option<String>,
    service: Option<String>,
    service_type: Option<String>,
    customer: Option<&'r str>,
}

impl<'r> Ticketed<'r> {
    /// Reads it from the case, and from the catalogue what the case does not say.
    pub fn of(organization: &str, catalogue: &Catalogue, request: &'r GetTicketPapers) -> Self {
        let service = catalogue.service(request.service_id);
        let unit = service.and_then(|service| catalogue.unit(service.unit_id?));
        let types = &catalogue.service_types;
        let service_type = request
            .service_type_id
            .and_then(|id| types.iter().find(|known| known.service_type_id == id));
        Self {
            case: &request.case,
            organization: organization.to_owned(),
            ticket: request.case.ticket.as_ref().map(ToString::to_string),
            place: unit.map(|unit| unit.name.clone()),
            service: service.map(|service| service.name.clone()),
            service_type: service_type.map(|known| known.name.clone()),
            customer: request.customer_name.as_deref(),
        }
    }
}

/// The slip of a place in the queue.
pub fn of_ticket(ticket: &Ticketed<'_>, words: &Words) -> Slip {
    let mut lines = Lines {
        words,
        lines: Vec::new(),
    };
    let position = ticket.case.position.map(|position| position.to_string());
    lines.add("slip-place", ticket.place.as_deref(), false);
    lines.add("slip-service", ticket.service.as_deref(), false);
    lines.add("slip-type", ticket.service_type.as_deref(), false);
    lines.add("slip-customer", ticket.customer, false);
    lines.add("slip-position", position.as_deref(), true);
    let number = ticket.ticket.as_deref();
    if number.is_none() {
        lines.add(
            "slip-reference",
            Some(&ticket.case.case_id.to_string()),
            true,
        );
    }
    let qr = ticket
        .case
        .ticket_url
        .as_deref()
        .and_then(QrCode::of_address);
    Slip {
        organization: ticket.organization.clone(),
        title: words.say("slip-queue"),
        ticket: number.map(|number| line(words, "slip-ticket", number, true)),
        lines: lines.lines,
        note: number.map(|_| words.say("slip-wait")),
        qr_note: qr.is_some().then(|| words.say("slip-scan")),
        qr,
    }
}
