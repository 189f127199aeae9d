//! A Cubu in one process: the token endpoint and the 27 calls of the S2S API, with state and rules, as strict and as odd as
//! its documentation. It stands in for the real one in practice mode, in tests and in benchmarks.
//!
//! It shares no model types with the client on purpose: both are held to the contract, not to each other. Where the contract is
//! silent it answers plainly: 400 for a request that is wrong in itself, 404 for unknown ids, 409 without a number for a
//! rule that has none, always with a sentence under `message`. It listens on 127.0.0.1 only, and everyone in it is invented.
//!
//! ```no_run
//! # async fn example() -> std::io::Result<()> {
//! let running = cubu_simulator::start(cubu_simulator::Options::default()).await?;
//! println!("{}", running.connection.base_url);
//! running.shutdown().await;
//! # Ok(())
//! # }
//! ```

mod clock;
mod doors;
mod exchange;
mod faults;
mod ledger;
mod life;
mod model;
mod options;
mod routes;
mod rules;
mod running;
mod server;
mod state;
mod timeline;
mod token;
mod wire;
mod world;

pub use faults::{BadRule, Breakdown, Fault, FaultRule};
pub use options::{BookAnswer, CustomerIdSpelling, Options, Role};
pub use routes::{ROUTES, Route};
pub use running::{Connection, Running, start};
