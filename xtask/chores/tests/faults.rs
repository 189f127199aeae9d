//! Campaigns on a bad network, as `cargo xtask faults` runs them: two with settling, and one without, which has to find what
//! settling is for.

use std::{
    io::{self, Write as _},
    process::{Command, Output},
    sync::{Mutex, PoisonError},
};

/// One after the other: each keeps the machine busy, and measures.
static TURN: Mutex<()> = Mutex::new(());

fn campaign(arguments: &[&str]) -> io::Result<Output> {
    let _turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
    Command::new(env!("CARGO_BIN_EXE_chores"))
        .args(["faults", "--json"])
        .args(arguments)
        .output()
}

fn assert_good(campaign: &Output) {
    let told = String::from_utf8_lossy(&campaign.stdout);
    // Past the test's own capture: the seed and the figures are worth a line of every run.
    let _ = io::stderr().lock().write_all(told.as_bytes());
    let wrong = String::from_utf8_lossy(&campaign.stderr);
    assert!(campaign.status.success(), "{told}\n{wrong}");
}

#[test]
fn a_thousand_writes_are_each_done_once_or_told_as_what_became_of_them() {
    assert_good(&campaign(&["--writes", "1000", "--seed", "7"]).unwrap());
}

/// The seed is printed with the figures.
#[test]
fn so_are_a_thousand_others_every_time() {
    assert_good(&campaign(&["--writes", "1000"]).unwrap());
}

#[test]
fn without_settling_the_same_comparison_finds_doubles() {
    let campaign = campaign(&["--writes", "300", "--seed", "7", "--naive"]).unwrap();
    assert!(!campaign.status.success());
    let figures: serde_json::Value = serde_json::from_slice(&campaign.stdout).unwrap();
    assert_eq!(figures["settling"], false);
    for wrong in ["doubled", "wrongly_reported"] {
        assert!(figures[wrong].as_u64().unwrap() > 0, "{wrong}: {figures}");
    }
}
