//! The desk through its door: commands in JSON, on a simulated Cubu over real HTTP.

#![expect(
    clippy::panic,
    clippy::unwrap_used,
    reason = "in a test, what does not work is a failure"
)]

mod audit;
mod bad_disk;
mod bad_input;
mod calls;
mod case_fields;
mod clock_changes;
mod completeness;
mod connecting;
mod days;
mod doubtful_addresses;
mod emptying;
mod erasing;
mod finding;
mod harness;
mod kept;
mod keychains;
mod killed;
mod line;
mod log_hygiene;
mod lost_answers;
mod moves;
mod moves_cut_off;
mod moves_two_held;
mod one_change;
mod papers;
mod passphrase;
mod profiles;
mod provisioning;
mod proxy;
mod refused_looks;
mod secrecy;
#[cfg(target_os = "linux")]
mod small_disk;
mod undo;
mod watches;
