//! Words for calls that failed: what happened, what to do, and what is known of the outcome. Error numbers and a 403
//! mean something per endpoint only, so each documented one has a sentence of its own.

use cubu_s2s::{DecodeError, Error, ErrorKind, Evidence, Refusal};

use crate::{
    error::{Code, CommandError},
    explain_token::token,
    messages,
    text::Text,
};

/// A code, what happened and what to do.
pub(crate) type Words = (Code, Text, Option<Text>);

/// A failed call.
pub(crate) fn call(command: &str, failure: &Error) -> CommandError {
    told(command, failure, words(failure))
}

/// A call whose assumed address Cubu did not accept.
pub(crate) fn address_not_accepted(command: &str, failure: &Error) -> CommandError {
    let title = failure.endpoint.title;
    let hint = Some(messages::hint_correct_address(title));
    told(
        command,
        failure,
        (
            Code::AddressNotAccepted,
            messages::address_not_accepted(title),
            hint,
        ),
    )
}

/// A call to an assumed address that found nothing, with no read to tell why.
pub(crate) fn address_or_gone(command: &str, failure: &Error) -> CommandError {
    let title = failure.endpoint.title;
    let hint = Some(messages::hint_correct_address(title));
    told(
        command,
        failure,
        (
            Code::AddressNotAccepted,
            messages::address_or_gone(title),
            hint,
        ),
    )
}

fn told(command: &str, failure: &Error, (code, message, hint): Words) -> CommandError {
    CommandError {
        code,
        command: command.to_owned(),
        message,
        hint,
        fields: Vec::new(),
        retryable: failure.retryable(),
        outcome_unknown: false,
        request_id: match &failure.kind {
            ErrorKind::Token(refused) => refused.correlation_id.clone(),
            _ => failure.request_id.clone(),
        },
        intent_id: None,
        slots: None,
    }
}

fn words(failure: &Error) -> Words {
    let again = Some(messages::hint_try_again());
    match &failure.kind {
        ErrorKind::Offline => (
            Code::Offline,
            messages::offline(),
            Some(messages::hint_offline()),
        ),
        ErrorKind::Timeout => (Code::Offline, messages::timed_out(), again),
        ErrorKind::Interrupted => (Code::Offline, messages::interrupted(), again),
        ErrorKind::RateLimited { retry_after } => {
            let message = retry_after
                .and_then(|wait| i32::try_from(wait.as_secs()).ok())
                .map_or_else(messages::busy, messages::busy_for);
            (Code::Busy, message, Some(messages::hint_busy()))
        }
        ErrorKind::Token(refused) => token(refused),
        ErrorKind::Unauthorized(_) => (
            Code::TokenRefused,
            messages::unauthorized(),
            Some(messages::hint_unauthorized()),
        ),
        ErrorKind::Forbidden(_) => forbidden(failure),
        ErrorKind::NotFound(_) => not_found(failure),
        ErrorKind::MethodNotAllowed(_) if failure.endpoint.evidence == Evidence::Assumed => (
            Code::AddressNotAccepted,
            messages::address_not_accepted(failure.endpoint.title),
            Some(messages::hint_correct_address(failure.endpoint.title)),
        ),
        ErrorKind::MethodNotAllowed(refusal) => rejected(failure, refusal),
        ErrorKind::Conflict(refusal) => conflict(failure.endpoint.name, refusal),
        ErrorKind::Rejected(refusal) => rejected(failure, refusal),
        ErrorKind::Server(refusal) => (
            Code::Offline,
            messages::server_failed(i32::from(refusal.status)),
            Some(messages::hint_server_failed()),
        ),
        ErrorKind::Redirected { status } => (
            Code::UnreadableAnswer,
            messages::redirected(i32::from(*status)),
            Some(messages::hint_address()),
        ),
        ErrorKind::Decode(DecodeError::Field { path, .. }) => (
            Code::UnreadableAnswer,
            messages::unreadable_field(path.as_str()),
            Some(messages::hint_unreadable()),
        ),
        ErrorKind::Decode(_) => (
            Code::UnreadableAnswer,
            messages::unreadable_answer(),
            Some(messages::hint_unreadable()),
        ),
        ErrorKind::TooLarge { .. } => (
            Code::UnreadableAnswer,
            messages::answer_too_large(),
            Some(messages::hint_unreadable()),
        ),
    }
}

/// A 403 is a missing role, except where the contract gives it another meaning.
fn forbidden(failure: &Error) -> Words {
    let role = failure.endpoint.role.label();
    let choose_unit = Some(messages::hint_choose_unit());
    match failure.endpoint.name {
        "CallAgain" => (
            Code::Conflict,
            messages::lock_not_held(),
            Some(messages::hint_refresh()),
        ),
        "ClockIn" | "ClockOut" => (
            Code::Conflict,
            messages::tracking_off_or_unit(),
            Some(messages::hint_tracking(role)),
        ),
        "BecomeAvailable" | "BecomeUnavailable" => (
            Code::Conflict,
            messages::tracking_off(),
            Some(messages::hint_tracking(role)),
        ),
        "SelectCurrentUnit" => (
            Code::Conflict,
            messages::unit_not_accessible(),
            Some(messages::hint_unit_access()),
        ),
        "ListActiveCases" | "ListWorkstations" => {
            (Code::Conflict, messages::no_current_unit(), choose_unit)
        }
        _ => (
            Code::RoleMissing,
            messages::role_missing(role),
            Some(messages::hint_role(role)),
        ),
    }
}

fn not_found(failure: &Error) -> Words {
    let title = failure.endpoint.title;
    if failure.endpoint.evidence == Evidence::Assumed {
        let hint = messages::hint_correct_address(title);
        return (
            Code::AddressNotAccepted,
            messages::address_or_gone(title),
            Some(hint),
        );
    }
    match failure.endpoint.name {
        "GetCustomer" | "FindCustomer" | "UpdateCustomer" => {
            (Code::NotFound, messages::customer_gone(), None)
        }
        "OccupyWorkstation" => (
            Code::NotFound,
            messages::workstation_elsewhere(),
            Some(messages::hint_refresh()),
        ),
        _ => (
            Code::NotFound,
            messages::gone(),
            Some(messages::hint_gone()),
        ),
    }
}

/// A 409 is news: what is the case now, and what follows from it.
fn conflict(endpoint: &str, refusal: &Refusal) -> Words {
    let refresh = messages::hint_refresh();
    let (message, hint) = match (endpoint, refusal.error_code) {
        ("CallAgain", Some(1010)) => (messages::case_not_active(), refresh),
        ("ListInboxes", Some(1010)) => (messages::no_current_unit(), messages::hint_choose_unit()),
        ("ListActiveCases" | "ListInboxes", Some(1011)) => {
            (messages::no_current_workspace(), messages::hint_workspace())
        }
        ("ResolveCase", Some(1001)) => (messages::case_not_open(), refresh),
        ("ResolveCase", Some(1002)) => (messages::case_served_elsewhere(), refresh),
        ("ResolveCase", Some(1004)) => (messages::case_assigned_elsewhere(), refresh),
        ("OccupyWorkstation", Some(1002)) => (
            messages::workstation_inactive(),
            messages::hint_other_workstation(),
        ),
        ("OccupyWorkstation", Some(1003)) => (
            messages::workstation_taken(),
            messages::hint_other_workstation(),
        ),
        ("ClockIn", Some(3301)) => (messages::already_clocked_in(), refresh),
        ("ClockOut", Some(3301)) => (messages::clock_out_refused(), refresh),
        ("BecomeUnavailable", Some(3303)) => (messages::not_available(), refresh),
        ("BecomeUnavailable", Some(3304)) => (messages::status_does_not_allow(), refresh),
        ("BookAppointment", _) => (said(refusal), messages::hint_slot_taken()),
        _ => (said(refusal), messages::hint_conflict()),
    };
    (Code::Conflict, message, Some(hint))
}

/// Cubu's own words, which only go to the screen of whoever made the call, never to the log.
fn said(refusal: &Refusal) -> Text {
    match &refusal.message {
        Some(words) => messages::conflict_with(words.as_str()),
        None => messages::conflict(),
    }
}

fn rejected(failure: &Error, refusal: &Refusal) -> Words {
    let status = i32::from(refusal.status);
    let message = match &refusal.message {
        Some(words) => messages::rejected_with(status, words.as_str()),
        None => messages::rejected(status),
    };
    let hint = match failure.endpoint.name {
        "BookAppointment" => messages::hint_slot_taken(),
        _ => messages::hint_rejected(),
    };
    (Code::Conflict, message, Some(hint))
}

#[cfg(test)]
mod tests {
    use cubu_s2s::endpoints;

    use super::*;

    fn failed(name: &str, kind: ErrorKind) -> CommandError {
        let endpoint = endpoints::ALL
            .iter()
            .find(|endpoint| endpoint.name == name)
            .unwrap();
        call(
            "a_command",
            &Error {
                endpoint,
                kind,
                request_id: Some("r-1".to_owned()),
            },
        )
    }

    fn refusal(status: u16, error_code: Option<u32>) -> Refusal {
        Refusal {
            status,
            error_code,
            message: None,
        }
    }

    #[test]
    fn every_documented_number_has_a_sentence_of_its_own() {
        for endpoint in &endpoints::ALL {
            for fault in endpoint.faults.iter().filter(|fault| fault.code.is_some()) {
                let told = failed(endpoint.name, ErrorKind::Conflict(refusal(409, fault.code)));
                assert_eq!(told.code, Code::Conflict);
                assert_ne!(
                    told.message,
                    messages::conflict(),
                    "{} {:?}",
                    endpoint.name,
                    fault.code
                );
                assert!(!told.retryable);
            }
        }
    }

    #[test]
    fn a_403_names_the_role_unless_it_means_something_else_there() {
        for endpoint in &endpoints::ALL {
            let told = failed(endpoint.name, ErrorKind::Forbidden(refusal(403, None)));
            let other = endpoint.faults.iter().any(|fault| fault.status == 403)
                && endpoint.name != "ListUsers"
                || endpoint.name == "BecomeAvailable";
            let code = if other {
                Code::Conflict
            } else {
                Code::RoleMissing
            };
            assert_eq!(told.code, code, "{}", endpoint.name);
            assert!(told.hint.is_some());
        }
    }

    #[test]
    fn a_read_that_failed_in_passing_may_be_tried_again() {
        for kind in [
            ErrorKind::Offline,
            ErrorKind::Timeout,
            ErrorKind::Interrupted,
            ErrorKind::RateLimited { retry_after: None },
        ] {
            let told = failed("ListCalendars", kind);
            assert!(told.retryable && !told.outcome_unknown && told.hint.is_some());
            assert_eq!(told.request_id.as_deref(), Some("r-1"));
        }
    }

    #[test]
    fn a_405_or_404_of_an_assumed_address_says_so_and_of_a_documented_one_does_not() {
        for endpoint in &endpoints::ALL {
            let assumed = endpoint.evidence == Evidence::Assumed;
            for kind in [
                ErrorKind::MethodNotAllowed(refusal(405, None)),
                ErrorKind::NotFound(refusal(404, None)),
            ] {
                let told = failed(endpoint.name, kind);
                assert_eq!(
                    told.code == Code::AddressNotAccepted,
                    assumed,
                    "{}",
                    endpoint.name
                );
            }
        }
    }
}
