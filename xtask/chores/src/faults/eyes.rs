//! Why a story could not be told: what in Cubu's ledger keeps any read from telling. Where there is nothing of the kind, the desk
//! should have known.

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::Value;

use super::{ledger::Ledger, moving::MOVE, story::Story};

/// As long ago a stale read may look.
const STALE: TimeDelta = TimeDelta::milliseconds(2_100);

/// Why no read could tell at this moment what became of a story.
pub fn beyond_knowing(
    story: &Story,
    looked: DateTime<Utc>,
    ledger: &Ledger<'_>,
) -> Option<&'static str> {
    let asked = &story.request;
    let nameless = |booking| nameless_stands_there(booking, looked, ledger);
    // Another unit than the agent's, at any time when a list was asked for, or seen as it was.
    let elsewhere = |asked: &Value, unit: String| {
        let mut units = ledger.units_between(&asked["userId"], story.asked - STALE, looked);
        units.any(|current| current != unit)
    };
    match story.command {
        "queue_up" => Some("Cubu has no list of waiting cases"),
        "book_appointment" if nameless(asked) => {
            Some("nobody's name is on the booking in its place")
        }
        MOVE if nameless(&asked["to"]) || nameless(&asked["from"]["booking"]) => {
            Some("nobody's name is on the booking in its place")
        }
        "update_customer" if written_over(story, looked, ledger) => {
            Some("somebody else has written over the field")
        }
        "vacate_workstation" | "occupy_workstation"
            if elsewhere(asked, ledger.unit_of_workstation(&asked["workstationId"])) =>
        {
            Some("Cubu lists the workstations of the agent's current unit only")
        }
        "resolve_case" if elsewhere(asked, ledger.unit_of_case(&asked["caseId"])) => {
            Some("Cubu lists the active cases of the agent's current unit only")
        }
        "resolve_case" if was_resolved(story, ledger) => {
            Some("the case was not among the active ones any more when it was to be resolved")
        }
        _ => None,
    }
}

fn was_resolved(story: &Story, ledger: &Ledger<'_>) -> bool {
    let case = &story.request["caseId"];
    ledger
        .of_endpoint("ResolveCase")
        .any(|line| line.facts["caseId"] == *case && line.at <= story.asked)
}

/// A booking without a customer is asked for, and one without a customer stands in its place: theirs, or a stranger's.
fn nameless_stands_there(booking: &Value, looked: DateTime<Utc>, ledger: &Ledger<'_>) -> bool {
    let same = |facts: &Value| {
        [
            ("serviceId", "serviceId"),
            ("date", "date"),
            ("cuIndex", "cuIndex"),
            ("startTime", "start"),
            ("serviceTypeId", "serviceTypeId"),
        ]
        .iter()
        .all(|(asked, written)| booking[asked] == facts[written])
    };
    booking["customerRecordId"].is_null()
        && ledger.of_endpoint("BookAppointment").any(|line| {
            line.at <= looked && line.facts["customerRecordId"].is_null() && same(line.facts)
        })
}

/// Somebody else has changed the same customer since, or so shortly before that a stale read did not show it.
fn written_over(story: &Story, looked: DateTime<Utc>, ledger: &Ledger<'_>) -> bool {
    let customer = &story.request["customerRecordId"];
    let own = Value::from(story.mark.as_str());
    ledger.of_endpoint("UpdateCustomer").any(|line| {
        let mut fields = line.facts["fields"].as_object().into_iter().flatten();
        line.facts["customerRecordId"] == *customer
            && story.asked - STALE <= line.at
            && line.at <= looked
            && fields.all(|(_, value)| *value != own)
    })
}
