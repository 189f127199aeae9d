//! Agent Impersonation: act for an agent. Fifteen calls, in three files by what they are about.

mod cases;
mod places;
mod presence;

pub use cases::*;
pub use places::*;
pub use presence::*;

use crate::ids::UserId;

const AGENT: &[&str] = &["applicationId", "userId"];

fn agent(user_id: UserId) -> Vec<(&'static str, String)> {
    vec![("userId", user_id.to_string())]
}
