//! Figures that are taken where somebody sees them: by the tests through the door (`e2e`), each project of which leaves what
//! it measured behind as a file. Leaves out what the numbers mean.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::{env, fs, io};

use serde_json::Value;

use super::Outcome;

/// As optimised as what people install: a window waits for the core behind it.
const PROFILE: &str = "measure";

/// Runs a project and reads what it left behind. The web front that the programs show has to be built.
pub fn run(project: &str) -> Outcome<Value> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    build(&root)?;
    let target = env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), PathBuf::from);
    let left = target.join(project).with_extension("json");
    match fs::remove_file(&left) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error.into()),
        _ => {}
    }
    // The answer on standard output is the figures and nothing else.
    let status = Command::new("npm")
        .args(["run", "--silent", project])
        .current_dir(root.join("e2e"))
        .env("FRONT_DESK_BUILD", PROFILE)
        .stdout(Stdio::from(io::stderr()))
        .status()?;
    if !status.success() {
        return Err(format!("it could not be measured: npm run {project} {status}").into());
    }
    Ok(serde_json::from_slice(&fs::read(&left)?)?)
}

fn build(root: &Path) -> Outcome<()> {
    let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let programs = ["front-desk", "desk-host", "cubu-simulator"];
    let status = Command::new(cargo)
        .args(["build", "--quiet", "--locked", "--profile", PROFILE])
        .args(programs.iter().flat_map(|name| ["--package", *name]))
        .current_dir(root)
        .status()?;
    if status.success() {
        Ok(())
    } else {
        Err(format!("the programs could not be built: {status}").into())
    }
}
