//! Where things are in the project's tree.

use std::path::PathBuf;

/// The folder with the root manifest.
pub fn root() -> PathBuf {
    let manifest = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    manifest
        .parent()
        .map_or(manifest.clone(), std::path::Path::to_path_buf)
}

/// The web front.
pub fn ui() -> PathBuf {
    root().join("ui")
}

/// The tests through the door.
pub fn e2e() -> PathBuf {
    root().join("e2e")
}

/// Where Cargo puts what it builds.
pub fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from)
}

/// A program of this workspace, as the development profile builds it.
pub fn program(name: &str) -> PathBuf {
    target()
        .join("debug")
        .join(format!("{name}{}", std::env::consts::EXE_SUFFIX))
}
