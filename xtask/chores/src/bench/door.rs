//! Figures that are taken where somebody sees them: by the tests through the door (`e2e`), each project of which leaves what
//! it measured behind as a file. Leaves out what the numbers mean.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::{env, fs, io};

use serde_json::Value;

use super::Outcome;

/// Runs a project and reads what it left behind. The programs it drives have to be built.
pub fn run(project: &str) -> Outcome<Value> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
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
        .stdout(Stdio::from(io::stderr()))
        .status()?;
    if !status.success() {
        return Err(format!("it could not be measured: npm run {project} {status}").into());
    }
    Ok(serde_json::from_slice(&fs::read(&left)?)?)
}
