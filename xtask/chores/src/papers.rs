//! The committed files that are made from the code: writing them, and telling whether they are current.

use std::path::{Path, PathBuf};
use std::{fs, io};

use crate::table;

/// Each with its path below the project's root.
fn papers() -> [(&'static str, String); 2] {
    [
        ("ui/src/bindings.ts", desk_core::bindings()),
        ("docs/endpoints.md", table::endpoints()),
    ]
}

fn path(paper: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../..")
        .join(paper)
}

/// Writes all of them.
pub fn write() -> io::Result<()> {
    papers()
        .into_iter()
        .try_for_each(|(paper, text)| fs::write(path(paper), text))
}

/// Fails with the names of those that are not what the code says.
pub fn check() -> Result<(), String> {
    let current = |paper, text: &String| {
        fs::read_to_string(path(paper)).is_ok_and(|written| written == *text)
    };
    let papers = papers();
    let old: Vec<&str> = papers
        .iter()
        .filter(|(paper, text)| !current(paper, text))
        .map(|(paper, _)| *paper)
        .collect();
    if old.is_empty() {
        Ok(())
    } else {
        Err(format!(
            "not current, run cargo xtask gen: {}",
            old.join(", ")
        ))
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_generated_files_are_current() {
        super::check().unwrap();
    }
}
