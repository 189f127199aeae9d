//! The simulator over real HTTP on loopback, one module per area. What its rules do is asked through the API, as a client would.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test's tools may fail loudly too"
)]

mod access;
mod agents;
mod appointments;
mod bad_input;
mod booking;
mod cases;
mod customers;
mod desk;
mod faults;
mod life;
mod program;
mod queue_up;
mod routes;
mod spelling;
mod wire;
mod workstations;
mod world;
