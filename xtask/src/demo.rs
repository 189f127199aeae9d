//! `cargo xtask demo`: from a fresh clone to a window in practice mode.

use std::process::Command;

use crate::machine::{self, Needs};
use crate::run::{self, Outcome};
use crate::{programs, tree};

/// Opens the window where there is a display; elsewhere the tour does the main job in a virtual one.
pub fn run() -> Outcome {
    let display = has_display();
    machine::set_up(if display { Needs::Window } else { Needs::Tour })?;
    programs::build_ui()?;
    programs::build()?;
    if display {
        println!(
            "\nThe window opens in practice mode: an invented organisation, no account needed."
        );
        let data = tree::target().join("demo");
        let mut window = Command::new(tree::program("front-desk"));
        window.arg("--practice").arg("--data-dir").arg(&data);
        run::step("Front Desk for Cubu", &mut window)
    } else {
        println!("\nNo display here: the main job runs in a virtual one, step by step.");
        run::step("tour", &mut run::npm(&tree::e2e(), &["run", "tour"]))?;
        println!(
            "Pictures of each step: {}",
            tree::target().join("tour").display()
        );
        Ok(())
    }
}

fn has_display() -> bool {
    let set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    !cfg!(target_os = "linux") || set("DISPLAY") || set("WAYLAND_DISPLAY")
}
