//! What a program does that has no journal: it sends, and what failed is sent again. The proof that the campaign can fail.

use cubu_s2s::{
    BecomeAvailable, BecomeUnavailable, BookAppointment, CallAgain, CancelAppointment, Client,
    ClockIn, ClockOut, CreateCustomer, ListCalendars, ListVacancies, OccupyWorkstation, QueueUp,
    ResolveCase, SelectCurrentUnit, StartNextCase, UpdateCustomer, VacateWorkstation,
};
use serde_json::{Value, json};

use super::line::{Answer, Failure};

/// As often as this.
const TRIES: u32 = 3;

/// A client without a journal.
pub struct Naive(pub Client);

macro_rules! calls {
    ($($command:literal: $call:ident;)+) => {
        impl Naive {
            /// Sends, up to three times; tells of the last.
            pub async fn call(&self, command: &str, request: Value) -> Answer {
                let mut last = json!({ "code": "invalid_input" });
                for _ in 0..TRIES {
                    let failure = match command {
                        $($command => {
                            let Ok(call) = serde_json::from_value::<$call>(request.clone()) else {
                                break;
                            };
                            match self.0.send(&call).await {
                                Ok(answer) => return Ok(serde_json::to_value(answer).unwrap_or_default()),
                                Err(failure) => failure,
                            }
                        })+
                        "list_unsettled" => return Ok(json!([])),
                        _ => break,
                    };
                    last = json!({ "code": failure.to_string() });
                    if !failure.outcome_unknown() && !failure.retryable() {
                        break;
                    }
                }
                Err(Failure::Told(last))
            }
        }
    };
}

calls! {
    "call_again": CallAgain;
    "clock_in": ClockIn;
    "clock_out": ClockOut;
    "occupy_workstation": OccupyWorkstation;
    "resolve_case": ResolveCase;
    "select_current_unit": SelectCurrentUnit;
    "start_next_case": StartNextCase;
    "become_available": BecomeAvailable;
    "become_unavailable": BecomeUnavailable;
    "vacate_workstation": VacateWorkstation;
    "book_appointment": BookAppointment;
    "cancel_appointment": CancelAppointment;
    "queue_up": QueueUp;
    "create_customer": CreateCustomer;
    "update_customer": UpdateCustomer;
    "list_calendars": ListCalendars;
    "list_vacancies": ListVacancies;
}
