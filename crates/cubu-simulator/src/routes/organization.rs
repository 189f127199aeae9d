//! Organization: its users and back-office tasks, both plain arrays.

use chrono::{DateTime, Utc};
use serde_json::json;

use super::{Answer, Call};
use crate::rules::Refusal;
use crate::state::State;
use crate::wire;

pub(super) fn list_back_office_tasks(
    state: &mut State,
    _call: &Call,
    _now: DateTime<Utc>,
) -> Result<Answer, Refusal> {
    Ok(Answer::Ok(
        state
            .back_office_tasks
            .iter()
            .map(|task| json!({ "backOfficeTaskId": task.id, "name": task.name }))
            .collect(),
    ))
}

pub(super) fn list_users(
    state: &mut State,
    _call: &Call,
    _now: DateTime<Utc>,
) -> Result<Answer, Refusal> {
    Ok(Answer::Ok(
        state.users.iter().map(wire::agents::user).collect(),
    ))
}
