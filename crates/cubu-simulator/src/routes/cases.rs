//! Case Management: Queue Up. Leaves out the rules (`rules::queue`).

use chrono::{DateTime, Utc};

use super::{Answer, Call};
use crate::rules::Refusal;
use crate::rules::contact::Contact;
use crate::rules::queue::{self, WalkIn};
use crate::state::State;
use crate::wire;

pub(super) fn queue_up(
    state: &mut State,
    call: &Call,
    now: DateTime<Utc>,
) -> Result<Answer, Refusal> {
    let walk_in = WalkIn {
        service: call.id("serviceId")?,
        service_type: call.required_id("serviceTypeId")?,
        locale: call.owned_text("locale")?,
        channel: call.channel()?,
        contact: Contact {
            customer: call.customer(state.habits.customer_id_spelling)?,
            phone: call.owned_text("contactPhoneNumber")?,
            email: call.owned_text("contactEmail")?,
            from_customer: call.flag("useCustomerContactInfo")?,
        },
        fields: call.field_dictionary()?,
        tags: call.tags()?,
    };
    let case = queue::queue_up(state, walk_in, now)?;
    Ok(Answer::Created(wire::cases::opened_case(state, case)?))
}
