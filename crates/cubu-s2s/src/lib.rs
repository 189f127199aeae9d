//! A typed async client of the Cubu Server-to-Server (S2S) API: the token request and all 27 endpoints.
//!
//! Every endpoint is a plain request struct with an associated answer; [`Client::send`] takes any of them:
//!
//! ```no_run
//! use cubu_s2s::{Client, ClientOptions, ListCalendars, ListVacancies};
//!
//! # async fn example() -> Result<(), Box<dyn std::error::Error>> {
//! let client = Client::new(ClientOptions::new(
//!     "5b0d6c1e-0000-4a6e-9d10-00000000aaaa".parse()?, // tenant id
//!     "5b0d6c1e-0000-4a6e-9d10-00000000bbbb".parse()?, // client id
//!     std::env::var("CUBU_CLIENT_SECRET")?.into(),
//!     "5b0d6c1e-0000-4a6e-9d10-00000000cccc".parse()?, // application id
//! ))?;
//!
//! let service_id = "5b0d6c1e-7777-4a6e-9d10-000000000001".parse()?;
//! let service_type_id = "5b0d6c1e-2222-4a6e-9d10-0000000ce101".parse()?;
//! let date = "2025-03-04".parse()?;
//!
//! for calendar in client.send(&ListCalendars { service_id, date }).await? {
//!     let cu_index = calendar.cu_index;
//!     let vacancies = client
//!         .send(&ListVacancies { service_id, date, cu_index, service_type_id })
//!         .await?;
//!     println!("calendar {cu_index} has {} free slots", vacancies.slots.len());
//! }
//! # Ok(())
//! # }
//! ```
//!
//! # What it takes care of
//!
//! * **Tokens**: fetched once however many calls start together, refreshed five minutes early, replaced once after a 401.
//! * **Trying again**: decided by what a call does ([`Retry`]), not by its HTTP method. A write is repeated only when it is known
//!   not to have been sent, or was turned away with a 429. When a write fails any other way, [`Error::outcome_unknown`] says
//!   whether it may have been applied all the same.
//! * **What is not documented**: each endpoint carries its [`Evidence`]. The addresses of the four [`Evidence::Assumed`] ones
//!   can be corrected ([`AddressOverride`]). Answers are read leniently: unknown fields are ignored, unknown enum values kept,
//!   everything but the identifying id may be missing.
//! * **Privacy**: the secret and the token are in no `Debug` and no `Display`; errors never quote answers; logs (through
//!   `tracing`) carry the call's name, status, duration and request id.
//!
//! # What it leaves out
//!
//! Storing secrets, reading configuration, caching answers, and anything about windows.
//!
//! # Features
//!
//! `ts` derives TypeScript descriptions (`ts-rs`) of the request and answer types. `fuzzing` opens a few readers to this project's
//! fuzzer and is no part of the interface.

mod address;
mod agents;
mod appointments;
mod cases;
mod client;
mod clock;
mod customers;
mod decode;
mod endpoint;
pub mod endpoints;
mod error;
#[cfg(feature = "fuzzing")]
pub mod fuzzing;
mod ids;
mod organization;
mod refusal;
mod retry;
mod token;
mod transport;
mod values;
mod wire;

pub use address::{
    AddressOverride, InvalidAddress, InvalidTemplate, check_address, check_override,
};
pub use agents::*;
pub use appointments::*;
pub use cases::*;
pub use client::{Client, ClientOptions, DEFAULT_AUTHORITY, DEFAULT_BASE_URL, Limits, SetupError};
pub use clock::{Clock, SystemClock};
pub use customers::*;
pub use decode::{DecodeError, RawAnswer};
pub use endpoint::*;
pub use error::{Error, ErrorKind, Refusal, ServerMessage};
pub use ids::*;
pub use organization::*;
pub use retry::RetryLimits;
pub use secrecy::SecretString;
pub use token::{TokenAdvice, TokenError};
pub use values::*;
