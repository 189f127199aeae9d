//! `cargo xtask bundle`: a .deb and a .rpm.

use std::fs;

use crate::machine::{self, Needs};
use crate::run::{self, Outcome};
use crate::{programs, tree};

/// Builds both and says where they are.
pub fn run() -> Outcome {
    machine::set_up(Needs::Window)?;
    programs::build_ui()?;
    let tauri = tree::ui().join("node_modules").join(".bin").join("tauri");
    let program = tauri.to_string_lossy().into_owned();
    let mut command = run::command(
        &tree::root(),
        &program,
        &["build", "--ci", "--bundles", "deb,rpm"],
    );
    run::step("build and bundle", &mut command)?;
    for kind in ["deb", "rpm"] {
        let folder = tree::target().join("release").join("bundle").join(kind);
        let entries = fs::read_dir(&folder)
            .map_err(|error| format!("no bundle in {}: {error}", folder.display()))?;
        for entry in entries.filter_map(Result::ok) {
            let path = entry.path();
            if path.extension().is_some_and(|extension| extension == kind) {
                println!("{}", path.display());
            }
        }
    }
    Ok(())
}
