//! What is fuzzed: every reader of bytes that this program did not write a moment ago. One function a target, the inputs
//! that are kept for it, and what must hold for each input: no panic, no more memory than its size accounts for, and
//! whatever the target itself asserts.
//!
//! The same targets are replayed by `cargo test` and driven by libFuzzer in `cargo xtask fuzz`. Which bytes come next is
//! decided in [`mutate`] and by libFuzzer; nothing here is random.

#![expect(
    clippy::expect_used,
    clippy::panic,
    reason = "a target that finds something says so by panicking"
)]

mod inputs;
mod memory;
pub mod mutate;
mod targets;

pub use inputs::{Input, inputs};
pub use targets::{Target, all, named};

impl Target {
    /// Runs the target on an input. Panics with what was found.
    pub fn run(&self, input: &[u8]) {
        let peak = memory::peak_of(|| (self.read)(input));
        let most = memory::most(input.len());
        if peak > most {
            panic!(
                "{} bytes of input took {peak} bytes of memory, more than {most}",
                input.len()
            );
        }
    }
}
