//! The inputs that are kept: the client's fixtures for its answers, and the files of `fuzz/corpus/`, where every input that
//! ever found something stays.

use std::{fs, io, path::Path};

use serde_json::Value;

use crate::Target;

/// A kept input.
pub struct Input {
    /// Where it is from.
    pub name: String,
    /// What it is.
    pub bytes: Vec<u8>,
}

/// Every input that is kept for a target.
pub fn inputs(target: &Target) -> io::Result<Vec<Input>> {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut inputs = Vec::new();
    let folder = here.join("corpus").join(target.corpus);
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        inputs.push(Input {
            name: path.file_name().unwrap_or_default().display().to_string(),
            bytes: fs::read(&path)?,
        });
    }
    if let Some(area) = target.fixture {
        let file = here.join("../crates/cubu-s2s/tests/fixtures").join(area);
        let samples: Value = serde_json::from_slice(&fs::read(file)?)?;
        for (name, sample) in samples.as_object().into_iter().flatten() {
            inputs.push(Input {
                name: format!("fixture-{name}"),
                bytes: if sample.is_null() {
                    Vec::new()
                } else {
                    sample.to_string().into_bytes()
                },
            });
        }
    }
    inputs.sort_by(|left, right| left.name.cmp(&right.name));
    Ok(inputs)
}
