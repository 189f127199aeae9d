//! Whether a move left what its clerk was told that it left.

use serde_json::Value;

use super::{
    ledger::{Ledger, Line, id_of},
    story::{End, Story},
    verdict::{Wrong, is_twin},
};

/// What is wrong with a move, if anything.
pub fn judge(index: usize, stories: &[Story], ledger: &Ledger<'_>) -> Option<Wrong> {
    let story = &stories[index];
    let (to, from) = (&story.request["to"], &story.request["from"]);
    let held = |mark: &str| -> Vec<&Line<'_>> {
        let lines = ledger.booked_as(mark);
        lines
            .filter(|line| !ledger.is_cancelled(&line.facts["caseId"]))
            .collect()
    };
    let (new, again) = (held(&story.mark), held(&story.old_mark()));
    if new.len() > 1 || again.len() > 1 {
        return Some(Wrong::Doubled);
    }
    let gave_up = ledger.is_cancelled(&from["caseId"]);
    let unchanged = || {
        let before = ledger.cancelled_by(&from["caseId"], story.ended());
        let lost = before && !ledger.by_another(index, stories);
        let wrong = !new.is_empty() || !again.is_empty() || lost;
        wrong.then_some(Wrong::WronglyReported)
    };
    match &story.end {
        End::Done(view) => {
            let told = view["newCaseId"].as_str();
            match view["state"].as_str().unwrap_or_default() {
                "moved" => ended_with(told, &story.mark, to, ledger)
                    .or((!gave_up || !again.is_empty()).then_some(Wrong::WronglyReported)),
                "rebooked" => ended_with(told, &story.old_mark(), &from["booking"], ledger)
                    .or((!gave_up || !new.is_empty()).then_some(Wrong::WronglyReported)),
                "unchanged" => unchanged(),
                "noneHeld" => {
                    let holds = !gave_up || !new.is_empty() || !again.is_empty();
                    holds.then_some(Wrong::WronglyReported)
                }
                _ => None,
            }
        }
        End::NotDone(_) | End::Untold => unchanged(),
        End::Open | End::Stuck => Some(Wrong::Stuck),
        End::Dropped | End::Harmless => None,
    }
}

/// The booking that a move ended with is in the ledger, under the case that was told; or the very same by another desk is.
fn ended_with(
    told: Option<&str>,
    mark: &str,
    booking: &Value,
    ledger: &Ledger<'_>,
) -> Option<Wrong> {
    if ledger.booked_as(mark).any(|line| id_of(line.facts) == told) {
        return None;
    }
    let told = told.and_then(|case| ledger.booking(case));
    if told.is_some_and(|line| is_twin(booking, line.facts)) {
        return None;
    }
    let is_booked = ledger.booked_as(mark).next().is_some();
    Some(if is_booked {
        Wrong::WronglyReported
    } else {
        Wrong::Lost
    })
}
