//! Which reading settles which change: one pure rule per call, over the request, what was there before it was sent, and what
//! is there now. How a booking is known has a module of its own ([`super::booking`]).
//!
//! What is new is told by comparing with what was listed right before sending, not by dates: this PC's clock, Cubu's and
//! the gateway's need not agree, and a rule that trusted them would book twice on the day one of them is wrong. The one date
//! that is looked at casts doubt and proves nothing.

use std::collections::{BTreeMap, HashSet};

use chrono::{DateTime, TimeDelta, Utc};
use cubu_s2s::{
    AgentStatus, Appointment, CancelAppointment, Case, CaseId, CaseStatus, CreateCustomer,
    CreatedCustomer, Customer, CustomerField, ErrorKind, FieldTypeId, OccupyWorkstation,
    ResolveCase, ResolvedCase, SelectCurrentUnit, StartNextCase, StartedCase, Timestamp,
    UpdateCustomer, UserId, VacateWorkstation, Workstation, WorkstationId,
};
use serde_json::Value;

use crate::changes::Before;

/// What a reading tells about a change.
#[derive(Clone, Debug, PartialEq)]
pub enum Finding<R> {
    /// It is there: it happened.
    Seen(R),
    /// Things stand as it wants them, as they may have done before: it happened, if a later look agrees.
    AsAsked(R),
    /// Nothing of it is there: it did not happen, if a later look agrees.
    Missing,
    /// It can't have happened.
    Excluded,
    /// This reading can't tell.
    Unclear,
    /// No reading ever will.
    Unprovable,
}

/// Whether two things are the same, as far as can be seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Alike {
    Yes,
    No,
    Unseen,
}

pub(super) fn alike<T>(
    wanted: Option<T>,
    listed: Option<T>,
    same: impl FnOnce(&T, &T) -> bool,
) -> Alike {
    match (wanted, listed) {
        (Some(wanted), Some(listed)) if same(&wanted, &listed) => Alike::Yes,
        (Some(_), Some(_)) => Alike::No,
        (_, None) | (None, _) => Alike::Unseen,
    }
}

pub(super) fn digits(number: &str) -> String {
    number.chars().filter(char::is_ascii_digit).collect()
}

/// Whether the list shows cancelled appointments, and in which word, is not documented.
pub fn is_cancelled(appointment: &Appointment) -> bool {
    matches!(&appointment.status, Some(CaseStatus::Unknown(word)) if word.to_ascii_lowercase().starts_with("cancel"))
}

/// Cancel: the case is gone from its calendar, or stands there as cancelled.
pub fn cancelled(request: &CancelAppointment, listed: &[Appointment]) -> Finding<()> {
    match listed
        .iter()
        .find(|appointment| appointment.case_id == request.case_id)
    {
        None => Finding::AsAsked(()),
        Some(appointment) if is_cancelled(appointment) => Finding::Seen(()),
        Some(_) => Finding::Missing,
    }
}

/// Clocks may disagree by so much, and one answer's by another's.
const CLOCKS_DISAGREE: TimeDelta = TimeDelta::minutes(15);

/// Start next: the agent serves a case that they did not serve before.
///
/// The list is of the agent's unit and lags behind, so right after another unit was chosen it may have left out what they
/// serve there. A case that by its own date was served long before is therefore no proof; being a date's word only, that
/// does not prove the contrary either.
pub fn started(
    request: &StartNextCase,
    known: &HashSet<CaseId>,
    listed_at: Option<DateTime<Utc>>,
    active: &[Case],
) -> Finding<Option<StartedCase>> {
    let is_old = |case: &&Case| {
        let since = case.status_date.as_ref().and_then(Timestamp::utc);
        let before = since
            .zip(listed_at)
            .map(|(since, at)| at.signed_duration_since(since));
        before.is_some_and(|before| before > CLOCKS_DISAGREE)
    };
    let (old, new): (Vec<_>, Vec<_>) = active
        .iter()
        .filter(|case| !known.contains(&case.case_id) && fits(request, case))
        .partition(is_old);
    match new[..] {
        [] if old.is_empty() => Finding::Missing,
        [case] => Finding::Seen(Some(StartedCase {
            case_id: case.case_id,
            status: case.status.clone(),
            status_date: case.status_date.clone(),
            queue_timestamp: None,
            ticket: case.ticket.clone(),
            online_meeting: case.online_meeting.clone(),
        })),
        _ => Finding::Unclear,
    }
}

fn fits(request: &StartNextCase, case: &Case) -> bool {
    let locked_by = case.locked_by.as_ref().map(|agent| agent.user_id);
    locked_by.is_none_or(|agent| agent == request.user_id)
        && same_if_both(request.inbox_id, case.inbox_id)
        && same_if_both(request.workstation_id, case.workstation_id)
}

fn same_if_both<T: PartialEq>(wanted: Option<T>, listed: Option<T>) -> bool {
    wanted.is_none() || listed.is_none() || wanted == listed
}

/// Resolve: a case that was listed among the agent's active ones is not any more. Of any other case no list tells, and neither
/// of one in another unit than the agent's current one.
pub fn resolved(
    request: &ResolveCase,
    active_before: &HashSet<CaseId>,
    active: &[Case],
) -> Finding<ResolvedCase> {
    if active.iter().any(|case| case.case_id == request.case_id) {
        Finding::Missing
    } else if active_before.contains(&request.case_id) {
        Finding::AsAsked(ResolvedCase::default())
    } else {
        Finding::Unclear
    }
}

/// Occupy: the agent sits at the workstation.
pub fn occupied(request: &OccupyWorkstation, workstations: &[Workstation]) -> Finding<()> {
    match occupant(workstations, request.workstation_id) {
        Some(occupant) => as_asked_if(occupant == Some(request.user_id)),
        None => Finding::Unclear,
    }
}

/// Vacate: the agent does not sit at the workstation any more.
pub fn vacated(request: &VacateWorkstation, workstations: &[Workstation]) -> Finding<()> {
    match occupant(workstations, request.workstation_id) {
        Some(occupant) => as_asked_if(occupant != Some(request.user_id)),
        None => Finding::Unclear,
    }
}

/// Who sits at a workstation, if it is listed: the list is of the agent's current unit only.
fn occupant(workstations: &[Workstation], id: WorkstationId) -> Option<Option<UserId>> {
    let workstation = workstations
        .iter()
        .find(|workstation| workstation.workstation_id == id)?;
    Some(workstation.user.as_ref().map(|user| user.user_id))
}

/// Select unit: it is the agent's current one.
pub fn unit_selected(request: &SelectCurrentUnit, status: &AgentStatus) -> Finding<()> {
    as_asked_if(status.unit_id == Some(request.unit_id))
}

fn as_asked_if(there: bool) -> Finding<()> {
    if there {
        Finding::AsAsked(())
    } else {
        Finding::Missing
    }
}

/// Create: there is a customer with the key now, there was none before, and no field says otherwise. Where there is none now,
/// it does not matter what was before.
pub(crate) fn created(
    request: &CreateCustomer,
    before: &Before,
    found: Option<&Customer>,
) -> Finding<CreatedCustomer> {
    let Some(customer) = found else {
        return Finding::Missing;
    };
    if before.customer_unknown {
        return Finding::Unclear;
    }
    if before.customer.is_some() {
        return if before.customer == Some(customer.record_id) {
            Finding::Missing
        } else {
            Finding::Unclear
        };
    }
    let fields = by_type(customer);
    let contradicted = request.fields.iter().any(|(field_type, wanted)| {
        fields
            .get(field_type)
            .is_some_and(|field| holds(field, wanted) == Alike::No)
    });
    if contradicted {
        Finding::Unclear
    } else {
        Finding::Seen(CreatedCustomer {
            record_id: customer.record_id,
        })
    }
}

/// Update: every field holds what was asked for. Nothing has happened where a field holds what it held right before; where it
/// holds a third thing, somebody else has written over it, and nobody can tell.
pub fn updated(
    request: &UpdateCustomer,
    before: &BTreeMap<FieldTypeId, String>,
    customer: &Customer,
) -> Finding<()> {
    let fields = by_type(customer);
    let mut finding = Finding::AsAsked(());
    for change in &request.fields {
        let Some(field) = fields.get(&change.field_type_id) else {
            return Finding::Unclear;
        };
        match holds(field, &change.value) {
            Alike::Yes => {}
            Alike::Unseen => return Finding::Unclear,
            Alike::No if was(before, change.field_type_id, field) => finding = Finding::Missing,
            Alike::No => return Finding::Unclear,
        }
    }
    finding
}

/// What the fields hold that a change is about.
pub fn held(request: &UpdateCustomer, customer: &Customer) -> BTreeMap<FieldTypeId, String> {
    let asked = |id: &FieldTypeId| {
        let mut changes = request.fields.iter();
        changes.any(|change| change.field_type_id == *id)
    };
    by_type(customer)
        .into_iter()
        .filter(|(id, _)| asked(id))
        .map(|(id, field)| (id, shown(field)))
        .collect()
}

/// Whether a field is known to hold what it held before.
fn was(before: &BTreeMap<FieldTypeId, String>, id: FieldTypeId, field: &CustomerField) -> bool {
    before.get(&id).is_some_and(|held| *held == shown(field))
}

fn shown(field: &CustomerField) -> String {
    field.display_text().unwrap_or_default()
}

fn by_type(customer: &Customer) -> BTreeMap<FieldTypeId, &CustomerField> {
    customer
        .fields
        .iter()
        .filter_map(|field| Some((field.field_type_id?, field)))
        .collect()
}

/// Numbers may come back written in another way; their digits stay.
fn holds(field: &CustomerField, wanted: &Value) -> Alike {
    let shown = shown(field);
    let wanted = match wanted {
        wanted if *wanted == field.value => return Alike::Yes,
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        Value::Bool(flag) => flag.to_string(),
        Value::Array(_) | Value::Object(_) => return Alike::Unseen,
    };
    let (wanted_digits, shown_digits) = (digits(&wanted), digits(&shown));
    let same_number = wanted_digits.len() > 4 && wanted_digits == shown_digits;
    if wanted.trim() == shown.trim() || same_number {
        Alike::Yes
    } else {
        Alike::No
    }
}

/// Clock in or out, available, unavailable: no read shows the status, so the call is made once more. Done again it changes
/// nothing more, and the number of a refusal tells that it was done already.
pub fn repeated(already: Option<u32>, outcome: Result<(), &ErrorKind>) -> Option<Finding<()>> {
    match outcome {
        Ok(()) => Some(Finding::Seen(())),
        Err(ErrorKind::Conflict(refusal)) if already.is_some() && refusal.error_code == already => {
            Some(Finding::Seen(()))
        }
        // An answer whose number did not come through tells nothing where there is one to tell.
        Err(ErrorKind::Conflict(refusal)) if already.is_some() && refusal.error_code.is_none() => {
            Some(Finding::Unclear)
        }
        Err(ErrorKind::Conflict(_)) => Some(Finding::Excluded),
        Err(_) => None,
    }
}

#[cfg(test)]
#[path = "rules_tests.rs"]
pub(super) mod tests;
