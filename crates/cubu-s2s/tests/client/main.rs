//! The client's tests from outside: one binary, one file per concern.

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
