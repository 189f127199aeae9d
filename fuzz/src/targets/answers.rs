//! The decoders of the client's answers. What was read can be written and read again without change, and an error does not
//! repeat what the answer said.

use std::fmt::Debug;

use cubu_s2s::{Endpoint, RawAnswer};
use serde::Serialize;
use serde_json::Value;

use super::Target;
use crate::mutate::PRIVATE;

macro_rules! decoders {
    ($($fixture:literal: $endpoint:ident;)+) => {
        pub const DECODERS: &[Target] = &[$(Target {
            corpus: "answer",
            changes: 12,
            fixture: Some($fixture),
            read: read::<cubu_s2s::$endpoint>,
            ..Target::bare(concat!("answer-", stringify!($endpoint)))
        },)+];
    };
}

decoders! {
    "agents/call_again.json": CallAgain;
    "agents/clock_in.json": ClockIn;
    "agents/clock_out.json": ClockOut;
    "agents/get_agent_status.json": GetAgentStatus;
    "agents/list_active_cases.json": ListActiveCases;
    "agents/list_inboxes.json": ListInboxes;
    "agents/list_workspaces.json": ListWorkspaces;
    "agents/list_workstations.json": ListWorkstations;
    "agents/occupy_workstation.json": OccupyWorkstation;
    "agents/resolve_case.json": ResolveCase;
    "agents/select_current_unit.json": SelectCurrentUnit;
    "agents/start_next_case.json": StartNextCase;
    "agents/become_available.json": BecomeAvailable;
    "agents/become_unavailable.json": BecomeUnavailable;
    "agents/vacate_workstation.json": VacateWorkstation;
    "appointments/book_appointment.json": BookAppointment;
    "appointments/cancel_appointment.json": CancelAppointment;
    "appointments/list_appointments.json": ListAppointments;
    "appointments/list_calendars.json": ListCalendars;
    "appointments/list_vacancies.json": ListVacancies;
    "cases/queue_up.json": QueueUp;
    "customers/create_customer.json": CreateCustomer;
    "customers/get_customer.json": GetCustomer;
    "customers/update_customer.json": UpdateCustomer;
    "customers/find_customer.json": FindCustomer;
    "organization/list_back_office_tasks.json": ListBackOfficeTasks;
    "organization/list_users.json": ListUsers;
}

fn read<E: Endpoint>(body: &[u8])
where
    E::Response: Serialize + PartialEq + Debug,
{
    for status in [200, 204] {
        match E::decode(&RawAnswer { status, body }) {
            Ok(answer) => is_read_again::<E>(&answer),
            Err(error) => {
                let told = format!("{error} {error:?}");
                // A member's name is part of a field's path.
                let named = || serde_json::from_slice(body).is_ok_and(|body| names(&body, PRIVATE));
                assert!(
                    !told.contains(PRIVATE) || named(),
                    "the error repeats the answer: {told}"
                );
            }
        }
    }
}

fn is_read_again<E: Endpoint>(answer: &E::Response)
where
    E::Response: Serialize + PartialEq + Debug,
{
    let written = serde_json::to_vec(answer).expect("what was read can be written");
    // Nothing is written of an answer that says nothing.
    if written != b"null" {
        let raw = RawAnswer {
            status: 200,
            body: &written,
        };
        assert_eq!(E::decode(&raw).as_ref(), Ok(answer), "read again");
    }
}

fn names(value: &Value, text: &str) -> bool {
    match value {
        Value::Object(members) => members
            .iter()
            .any(|(name, member)| name.contains(text) || names(member, text)),
        Value::Array(items) => items.iter().any(|item| names(item, text)),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_endpoint_has_its_target() {
        let targets: Vec<_> = DECODERS.iter().map(|target| target.name).collect();
        let endpoints: Vec<_> = cubu_s2s::endpoints::ALL
            .iter()
            .map(|endpoint| format!("answer-{}", endpoint.name))
            .collect();
        assert_eq!(targets, endpoints);
    }
}
