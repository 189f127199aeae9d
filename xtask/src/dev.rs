//! `cargo xtask dev`: the window with the UI's hot reload.

use crate::machine::{self, Needs};
use crate::run::{self, Outcome};
use crate::tree;

/// Runs Tauri's development loop; the address of Vite's server is merged from a file of its own, so that no build
/// that people install ever knows it.
pub fn run() -> Outcome {
    machine::set_up(Needs::Window)?;
    let tauri = tree::ui().join("node_modules").join(".bin").join("tauri");
    let program = tauri.to_string_lossy().into_owned();
    let mut command = run::command(
        &tree::root(),
        &program,
        &["dev", "--config", "src-tauri/tauri.dev.conf.json"],
    );
    run::step("the window, reloading as you edit", &mut command)
}
