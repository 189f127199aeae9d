//! The program that libFuzzer drives: one target, chosen by `FUZZ_TARGET`. Without one it writes the kept inputs of every
//! target into `FUZZ_INPUTS` and lists the targets, so that whoever starts it need not know them.

#![no_main]

use std::{fs, io, path::Path, process::exit, sync::OnceLock};

use fuzz::{Target, all, inputs, mutate, named};
use libfuzzer_sys::{fuzz_mutator, fuzz_target, fuzzer_mutate};

static TARGET: OnceLock<&'static Target> = OnceLock::new();

fuzz_target!(
    init: choose(),
    |input: &[u8]| {
        if let Some(target) = TARGET.get() {
            target.run(input);
        }
    }
);

fuzz_mutator!(|data: &mut [u8], size: usize, most: usize, seed: u32| {
    // Every other change knows what JSON is; the rest is libFuzzer's, which learns from comparisons.
    if seed % 2 == 0 {
        return fuzzer_mutate(data, size, most);
    }
    let made = mutate::mutate(&data[..size], u64::from(seed));
    if made.len() > most {
        return fuzzer_mutate(data, size, most);
    }
    data[..made.len()].copy_from_slice(&made);
    made.len()
});

fn choose() {
    match std::env::var("FUZZ_TARGET") {
        Ok(name) => match named(&name) {
            Some(target) => drop(TARGET.set(target)),
            None => stop(&format!("there is no target {name}")),
        },
        Err(_) => {
            let outcome = std::env::var_os("FUZZ_INPUTS").map(|folder| write(Path::new(&folder)));
            if let Some(Err(problem)) = outcome {
                stop(&format!("the inputs can't be written: {problem}"));
            }
            for target in all() {
                println!("{}", target.name);
            }
            exit(0);
        }
    }
}

fn stop(problem: &str) {
    eprintln!("fuzz: {problem}");
    exit(2);
}

fn write(folder: &Path) -> io::Result<()> {
    for target in all() {
        let folder = folder.join(target.name);
        fs::create_dir_all(&folder)?;
        for input in inputs(target)? {
            fs::write(folder.join(input.name), input.bytes)?;
        }
    }
    Ok(())
}
