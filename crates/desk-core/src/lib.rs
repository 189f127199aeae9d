//! Front Desk without a window: profiles and their secrets, the connection to Cubu, the catalogue, days, the agent's
//! desk, settings, and the commands by which a window gets at all that. It knows nothing of any window toolkit.
//!
//! - [`commands`] is the door: [`for_each_command!`] holds the one list.
//! - [`desk::Desk`] is what stands behind it.
//! - [`clock`] is the only reader of the clock, [`secrets`] the only one to touch the keychain, and
//!   [`connection::Connection::send`] the only way to Cubu.

pub mod agent;
pub mod api;
pub mod audit;
mod bindings;
pub mod catalogue;
mod changes;
pub mod clock;
pub mod commands;
pub mod connection;
pub mod crash;
pub mod day;
pub mod desk;
mod documents;
pub mod draft;
pub mod emptying;
mod erasing;
pub mod error;
mod explain;
mod explain_token;
mod explain_unknown;
pub mod fields;
mod files;
pub mod find;
#[cfg(feature = "fuzzing")]
pub mod fuzzing;
pub mod journal;
pub mod logging;
mod memory;
mod messages;
pub mod moves;
pub mod paper;
pub mod practice;
pub mod profiles;
pub mod provision;
pub mod secrets;
pub mod settings;
pub mod settle;
pub mod text;
mod transfer;
pub mod watches;
mod writes;
mod zones;

pub use bindings::bindings;
