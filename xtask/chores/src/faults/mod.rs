//! The campaign: the real core at several desks, against a Cubu on a bad day, with desks that are killed in mid-sentence. In
//! the end, what the clerks were told is compared with what Cubu did.
//!
//! Each desk is a process of its own with its own encrypted journal; the simulator runs here and is spoken to over real HTTP.
//! The clerks ask for every kind of change, get in each other's way (the same early slots, the same customers, the same
//! workstations, two agents who are served by every desk), press twice, are killed, start again, read the list of what is not
//! settled, and retry or drop as it tells them to. What is not known they look up in the ledger, as a person would in Cubu.
//!
//! - **doubled**: one intent, two effects in the ledger. A line that changed nothing (an agent who was available already) is
//!   no effect, and neither is announcing somebody once more (of Call Again the app says that it does not know, or nothing
//!   after a kill: pressing it again does no harm).
//! - **lost**: told as done, and not in the ledger. For an agent's unit, workstation and status the state that was asked for
//!   is as good; for a booking, the very same booking by another desk is (counted as `twins`: no read tells them apart).
//! - **wrongly_reported**: told as not done, or not told at all by a desk that was killed, and in the ledger; or told as
//!   done with a wrong id.
//! - **unknown_reported**: somebody had to look. Allowed for Queue Up (Cubu has no list of waiting cases), for a booking that a
//!   list without numbers can't tell from a stranger's, and for a change of a customer that somebody else has written over.
//! - **unsettled_after_s**: from the network's return until every intent of every desk had a verdict, at the product's own pace.
//!
//! The same seed makes the same plan and the same weather; how the desks interleave is the machine's business, and so the
//! figures differ a little from run to run. Most of a campaign runs on a shortened clock ([`desk::hasty`]); its last part runs
//! at the product's own pace, ends in a network outage, and gives the last figure.

mod clerk;
pub mod desk;
mod field;
mod ledger;
mod line;
mod naive;
mod plan;
mod story;
mod town;
mod verdict;
mod weather;

use std::time::Instant;

use serde_json::Value;

use field::Field;

/// What a step comes to, or why it could not be made.
pub type Outcome<T> = Result<T, Box<dyn std::error::Error>>;

/// What a campaign is to be.
#[derive(Clone, Copy)]
pub struct Order {
    /// How many changes are asked for.
    pub writes: usize,
    /// Where chance begins.
    pub seed: u64,
    /// Send again whatever failed, without journal and settling.
    pub naive: bool,
}

/// What a campaign came to.
pub struct Report {
    /// The figures.
    pub json: Value,
    /// Whether they are as promised.
    pub good: bool,
    /// The first stories that went wrong.
    pub wrong: Vec<String>,
}

/// Runs a campaign.
pub fn run(order: Order) -> Outcome<Report> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?;
    runtime.block_on(async {
        let began = Instant::now();
        let field = Field::open(order).await?;
        let last = field.last_part();
        let clerks = field.most(order.writes - last).await?;
        let unsettled = field.end(clerks, order.writes - last).await?;
        field.report(began, unsettled).await
    })
}
