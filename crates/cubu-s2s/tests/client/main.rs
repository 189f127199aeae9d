//! The client's tests from outside: one binary, one file per concern.

#![expect(
    clippy::expect_used,
    clippy::panic,
    reason = "a test that can not go on should say so"
)]

mod addresses;
mod answers;
mod calls;
mod contract;
mod decoding;
mod redaction;
mod requests;
mod retrying;
mod server;
mod token;
#[cfg(feature = "ts")]
mod typescript;
