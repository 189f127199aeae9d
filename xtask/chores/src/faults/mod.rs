//! The campaign: the real core at several desks, against a Cubu on a bad day, with desks that are killed in mid-sentence. In
//! the end, what the clerks were told is compared with what Cubu did.
//!
//! Each desk is a process of its own with its own encrypted journal; the simulator runs here and is spoken to over real HTTP.
//! The clerks ask for every kind of change and move appointments, get in each other's way (the same early slots, the same
//! customers, the same workstations, two agents who are served by every desk), press twice, are killed, start again, read the
//! lists of what is not settled and of moves that are not over, and retry, drop, go on or choose as these tell them to. What is
//! not known they look up in the ledger, as a person would in Cubu.
//!
//! - **doubled**: one intent, two effects in the ledger. A line that changed nothing (an agent who was available already) is
//!   no effect, and neither is announcing somebody once more (of Call Again the app says that it does not know, or nothing
//!   after a kill: pressing it again does no harm). A move may have cancelled what it booked first.
//! - **lost**: told as done, and not in the ledger. For an agent's unit, workstation and status the state that was asked for
//!   is as good; for a booking, the very same booking by another desk is (counted as `twins`: no read tells them apart).
//! - **wrongly_reported**: told as not done, or not told at all by a desk that was killed, and in the ledger; told as done
//!   with a wrong id; or a move that left something else than it said. A unit or workstation that another agent's desk has
//!   taken back before anybody looked is as good as not taken.
//! - **unknown_reported**: somebody had to look. Always so for Queue Up (Cubu has no list of waiting cases). Otherwise the
//!   ledger has to show why no read could tell ([`eyes`]): a booking without a customer in the place of one that was asked for
//!   without a customer, a field that somebody else has written over, workstations that Cubu does not list for an agent
//!   without a unit. Where it does not, the desk should have known, and the story counts as **unexplained**.
//! - **unsettled_after_s**: from the network's return until every intent of every desk had a verdict, at the product's own pace.
//!
//! A campaign is good when all these are nothing, the unknown with its reasons apart, and the last is ten seconds at most. A
//! long one also needs bad weather: a third of the requests touched, and every kind of fault.
//!
//! The same seed makes the same plan and the same weather; how the desks interleave is the machine's business, and so the
//! figures differ a little from run to run. Most of a campaign runs on a shortened clock ([`desk::hasty`]); its last part runs
//! at the product's own pace, ends in a network outage, and gives the last figure.

mod agents;
mod clerk;
pub mod desk;
mod eyes;
mod field;
mod ledger;
mod line;
mod moved;
mod moving;
mod naive;
mod plan;
mod story;
mod strikes;
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
