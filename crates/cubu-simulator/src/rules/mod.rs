//! What may be done to the organisation, and what follows: pure functions over the state with the time passed in. Leave out
//! HTTP (`routes`) and printing (`wire`).

pub(crate) mod agents;
pub(crate) mod booking;
pub(crate) mod cases;
pub(crate) mod contact;
pub(crate) mod customers;
pub(crate) mod queue;
mod refusal;
pub(crate) mod vacancies;
pub(crate) mod workstations;

pub(crate) use refusal::Refusal;
