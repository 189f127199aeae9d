//! Words for changes whose outcome is not known: where to look, and whether making them again does harm.

use cubu_s2s::EndpointSummary;

use crate::{
    error::{Code, CommandError},
    journal::intent::IntentId,
    messages,
    text::Text,
};

/// A change that may have been made. While it is being found out there is nothing to do but wait.
pub(crate) fn outcome_unknown(
    command: &str,
    endpoint: &EndpointSummary,
    intent: IntentId,
    settling: bool,
    request_id: Option<String>,
) -> CommandError {
    let (hint, harmless) = look_at(endpoint.name);
    let hint = if settling {
        messages::hint_settling()
    } else {
        hint
    };
    CommandError {
        code: Code::OutcomeUnknown,
        command: command.to_owned(),
        message: messages::outcome_unknown(),
        hint: Some(hint),
        fields: Vec::new(),
        retryable: harmless,
        outcome_unknown: true,
        request_id,
        intent_id: Some(intent),
        slots: None,
    }
}

/// Where to look after a command whose outcome is unknown.
pub(crate) fn where_to_look(command: &str) -> Text {
    let name: String = command
        .split('_')
        .flat_map(|word| {
            let mut letters = word.chars();
            let first = letters.next().map(|letter| letter.to_ascii_uppercase());
            first.into_iter().chain(letters)
        })
        .collect();
    look_at(&name).0
}

/// Where to look after a change whose outcome is unknown, and whether doing it again does no harm.
fn look_at(endpoint: &str) -> (Text, bool) {
    match endpoint {
        "BookAppointment" | "CancelAppointment" => (messages::look_at_calendar(), false),
        "CreateCustomer" => (messages::look_at_customer_by_key(), false),
        "UpdateCustomer" => (messages::look_at_customer(), false),
        "StartNextCase" | "ResolveCase" => (messages::look_at_active_cases(), false),
        "OccupyWorkstation" | "VacateWorkstation" => (messages::look_at_workstations(), false),
        "SelectCurrentUnit" => (messages::look_at_unit(), false),
        "CallAgain" => (messages::call_again_is_harmless(), true),
        "QueueUp" => (messages::look_at_queue(), false),
        _ => (messages::look_at_status(), false),
    }
}

#[cfg(test)]
mod tests {
    use cubu_s2s::{Retry, endpoints};

    use super::*;

    #[test]
    fn a_change_that_may_have_been_made_says_where_to_look_and_is_not_offered_again() {
        let intent = IntentId::fresh();
        for endpoint in endpoints::ALL
            .iter()
            .filter(|endpoint| endpoint.retry == Retry::Write)
        {
            let told = outcome_unknown("a_command", endpoint, intent, false, None);
            assert!(told.outcome_unknown && told.hint.is_some());
            assert_eq!(
                (told.code, told.intent_id),
                (Code::OutcomeUnknown, Some(intent))
            );
            assert_eq!(
                told.retryable,
                endpoint.name == "CallAgain",
                "{}",
                endpoint.name
            );
        }
    }

    #[test]
    fn every_command_of_a_change_knows_where_to_look() {
        assert_eq!(where_to_look("queue_up"), messages::look_at_queue());
        assert_eq!(
            where_to_look("start_next_case"),
            messages::look_at_active_cases()
        );
        assert_eq!(
            where_to_look("update_customer"),
            messages::look_at_customer()
        );
    }
}
