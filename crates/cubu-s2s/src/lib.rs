//! A typed async client of the Cubu Server-to-Server (S2S) API.

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
pub use client::*;
pub use clock::*;
pub use customers::*;
pub use decode::{DecodeError, RawAnswer};
pub use endpoint::*;
pub use error::*;
pub use ids::*;
pub use organization::*;
pub use retry::RetryLimits;
pub use token::{TokenAdvice, TokenError};
pub use values::*;
