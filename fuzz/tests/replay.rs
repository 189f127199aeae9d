//! Every kept input through its target, then a fixed number of changes to each: what `cargo xtask fuzz` goes on from.

use std::collections::BTreeSet;

use desk_core::commands::NAMES;
use fuzz::{Target, all, inputs, mutate, named};

/// Changes that are tried for each kept input.
const CHANGES: u64 = 40;

// One test: memory is counted for the whole process.
#[test]
fn no_kept_input_and_no_change_to_one_panics_or_takes_too_much_memory() {
    for target in all() {
        let kept = inputs(target).unwrap();
        assert!(!kept.is_empty(), "{} has no input", target.name);
        for input in kept {
            println!("{}: {}", target.name, input.name);
            target.run(&input.bytes);
            for seed in 0..CHANGES.min(target.changes) {
                target.run(&mutate::mutate(&input.bytes, seed));
            }
        }
    }
    a_target_that_takes_too_much_memory_is_found();
    every_target_has_a_name_of_its_own();
    every_kept_request_names_a_command();
}

fn a_target_that_takes_too_much_memory_is_found() {
    let greedy = Target {
        read: |input| drop(vec![1_u8; input.len() * 1024 * 1024]),
        ..Target::bare("greedy")
    };
    greedy.run(b"1");
    let found = std::panic::catch_unwind(|| greedy.run(b"0123456789"));
    assert!(found.is_err());
}

/// Any other is read by nobody, and would prove nothing.
fn every_kept_request_names_a_command() {
    let kept = named("request").and_then(|target| inputs(target).ok());
    for input in kept.into_iter().flatten() {
        let command = input.bytes.split(|byte| *byte == b'\n').next();
        let command = String::from_utf8_lossy(command.unwrap_or_default());
        assert!(
            NAMES.contains(&command.as_ref()),
            "{}: {command}",
            input.name
        );
    }
}

fn every_target_has_a_name_of_its_own() {
    let names: BTreeSet<_> = all().iter().map(|target| target.name).collect();
    assert_eq!(names.len(), all().len());
    let decoders = all().iter().filter(|target| target.fixture.is_some());
    assert_eq!(decoders.count(), 27);
}
