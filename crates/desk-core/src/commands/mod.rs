//! The commands: everything a window can ask of the desk. One request, one answer, [`CommandError`] on failure.
//!
//! [`for_each_command!`] holds the one list. The shell's handlers, the development host's dispatch, the TypeScript types
//! and the table of endpoints are all made from it, so a command that is missing somewhere does not compile.

#[macro_use]
mod list;

mod agents;
mod audit;
mod calendars;
mod catalogue;
mod connection;
mod customers;
mod desk_agent;
mod emptying;
mod endpoint_cards;
mod erasing;
mod find;
mod forgetting;
mod held;
mod journal;
mod kept;
mod moves;
mod papers;
mod profiles;
mod unsettled;
mod watches;

use serde_json::Value;

pub use agents::*;
pub use audit::*;
use calendars::MINUTES_OF_A_DAY;
pub use calendars::*;
pub use catalogue::*;
pub use connection::*;
pub use customers::*;
pub use desk_agent::*;
pub use emptying::*;
pub use endpoint_cards::*;
pub use erasing::*;
pub use find::*;
pub use forgetting::*;
pub use held::*;
pub use journal::*;
pub use kept::*;
pub use moves::*;
pub use papers::*;
pub use profiles::*;
pub use unsettled::*;
pub use watches::*;

use crate::{
    desk::Desk,
    error::{CommandError, Error},
    fields,
};

/// A request that asks for nothing in particular.
#[derive(Clone, Copy, Debug, Default, serde::Deserialize, ts_rs::TS)]
#[ts(type = "Record<string, never>")]
pub struct Nothing {}

macro_rules! dispatch {
    ($($name:ident: $request:ty => $response:ty;)+) => {
        /// The names of all commands.
        pub const NAMES: &[&str] = &[$(stringify!($name)),+];

        async fn run(desk: &Desk, command: &str, request: Value) -> Result<Value, Error> {
            use crate::api::*;
            match command {
                $(stringify!($name) => {
                    let request: $request = fields::read(request).map_err(|field| Error::Fields(vec![field]))?;
                    let response: $response = Box::pin($name(desk, request)).await?;
                    serde_json::to_value(response).map_err(|_| Error::Stopped)
                })+
                _ => Err(Error::UnknownCommand),
            }
        }
    };
}
for_each_command!(dispatch);

impl Desk {
    /// Runs a command by its name: JSON in, JSON out. Every host goes through here.
    pub async fn dispatch(&self, command: &str, request: Value) -> Result<Value, CommandError> {
        run(self, command, request).await.map_err(|failure| {
            tracing::info!(command, %failure, "command failed");
            failure.of(command)
        })
    }

    /// Like [`Desk::dispatch`], for a request that is still text.
    pub async fn dispatch_json(
        &self,
        command: &str,
        request: &[u8],
    ) -> Result<Value, CommandError> {
        match serde_json::from_slice(request) {
            Ok(request) => self.dispatch(command, request).await,
            Err(_) => Err(Error::UnreadableRequest.of(command)),
        }
    }
}
