//! The simulator over real HTTP on loopback, one module per area. What its rules do is asked through the API, as a client would.

mod access;
mod agents;
mod appointments;
mod bad_input;
mod booking;
mod cases;
mod customers;
mod desk;
mod life;
mod program;
mod queue_up;
mod routes;
mod wire;
mod workstations;
mod world;
