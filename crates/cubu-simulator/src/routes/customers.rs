//! Customer Management: create with a dictionary, change with an array, find exactly one. Leaves out the rules
//! (`rules::customers`).

use chrono::{DateTime, Utc};
use serde_json::json;

use super::{Answer, Call};
use crate::rules::{Refusal, customers};
use crate::state::State;
use crate::wire;

type Outcome = Result<Answer, Refusal>;

pub(super) fn create(state: &mut State, call: &Call, now: DateTime<Utc>) -> Outcome {
    let record = customers::create(state, &call.field_dictionary()?, now)?;
    Ok(Answer::Created(json!({ "recordId": record })))
}

pub(super) fn get(state: &mut State, call: &Call, _now: DateTime<Utc>) -> Outcome {
    let customer = state.customer(call.id("customerRecordId")?)?;
    Ok(Answer::Ok(wire::customers::customer(state, customer)))
}

pub(super) fn update(state: &mut State, call: &Call, now: DateTime<Utc>) -> Outcome {
    let record = call.id("customerRecordId")?;
    customers::update(state, record, &call.field_array()?, now)?;
    Ok(Answer::OkEmpty)
}

pub(super) fn find(state: &mut State, call: &Call, _now: DateTime<Utc>) -> Outcome {
    let query = call.one_of("queryType", &["RecordId", "KeyField"])?;
    let customer = match query {
        Some("RecordId") => state.customer(call.required_id("recordId")?)?,
        Some(_) => {
            let slug = call.required_text("fieldSlug")?;
            customers::find_by_key(state, slug, call.required_text("fieldValue")?)?
        }
        None => return Err(Refusal::invalid("queryType is required.")),
    };
    Ok(Answer::Ok(wire::customers::customer(state, customer)))
}
