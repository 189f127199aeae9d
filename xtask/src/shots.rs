//! `cargo xtask shots`: a picture of every screen and state, to look through.

use crate::machine::{self, Needs};
use crate::run::{self, Outcome};
use crate::{programs, tree};

/// Writes them into target/shots/ with an index page.
pub fn run() -> Outcome {
    machine::set_up(Needs::Everything)?;
    programs::build_ui()?;
    programs::build()?;
    run::step("pictures", &mut run::npm(&tree::e2e(), &["run", "shots"]))?;
    println!(
        "Look through them: {}",
        tree::target().join("shots").join("index.html").display()
    );
    Ok(())
}
