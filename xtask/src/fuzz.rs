//! `cargo xtask fuzz --seconds N [--json]`: every target of `fuzz/` under libFuzzer, each for its share of the time.
//!
//! It works with the stable compiler: the instrumentation that guides libFuzzer is a pass of LLVM, and no sanitizer is
//! used, since the code that is fuzzed is safe Rust. What is found stays in `target/fuzz/findings`; what was learnt on the
//! way in `target/fuzz/learnt`, where the next run goes on. Linux and macOS.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

use crate::run::{self, Outcome};
use crate::tree;

/// Edges, counters of how often each was taken, and the values that were compared.
const INSTRUMENTED: &str = "-Cpasses=sancov-module \
    -Cllvm-args=-sanitizer-coverage-level=4 \
    -Cllvm-args=-sanitizer-coverage-inline-8bit-counters \
    -Cllvm-args=-sanitizer-coverage-pc-table \
    -Cllvm-args=-sanitizer-coverage-trace-compares";

/// Seconds after which one input counts as a hang.
const HANG_SECONDS: u32 = 10;
/// Megabytes of the whole process; what an input may take beside its size is the targets' own check.
const MEMORY_MEGABYTES: u32 = 1024;
/// The longest input that is tried.
const LONGEST_INPUT: u32 = 64 * 1024;

/// What is asked for.
#[derive(Debug, PartialEq)]
struct Asked {
    seconds: u64,
    json: bool,
}

/// What one target came to.
#[derive(Debug, PartialEq)]
struct Figures {
    target: String,
    runs: u64,
    seconds: f64,
    findings: Vec<String>,
}

/// Fuzzes, and fails when something was found.
pub fn run(words: &[&str]) -> Outcome {
    let asked = asked(words)?;
    let folder = tree::target().join("fuzz");
    let program = build(&folder)?;
    let targets = targets(&program, &folder)?;
    let share = (asked.seconds / targets.len().max(1) as u64).max(1);
    let mut all = Vec::new();
    for target in &targets {
        let figures = fuzz(&program, &folder, target, share)?;
        if !asked.json {
            println!("{}", line(&figures));
        }
        all.push(figures);
    }
    let found: usize = all.iter().map(|figures| figures.findings.len()).sum();
    if asked.json {
        println!("{}", json(&all));
    } else {
        let runs: u64 = all.iter().map(|figures| figures.runs).sum();
        println!("{} targets, {runs} runs, {found} findings", all.len());
    }
    if found == 0 {
        Ok(())
    } else {
        Err("something was found; CONTRIBUTING.md says how it is kept and mended".into())
    }
}

fn asked(words: &[&str]) -> Outcome<Asked> {
    let (json, rest): (Vec<&str>, Vec<&str>) = words.iter().partition(|word| **word == "--json");
    let seconds = match rest.as_slice() {
        [] => Some(60),
        ["--seconds", number] => number.parse().ok(),
        _ => None,
    };
    match seconds {
        Some(seconds) => Ok(Asked {
            seconds,
            json: !json.is_empty(),
        }),
        None => Err("it goes like this: cargo xtask fuzz --seconds 60 [--json]".into()),
    }
}

/// The instrumented program, in a folder of its own: other flags would build everything else anew.
fn build(folder: &Path) -> Outcome<PathBuf> {
    let host = host()?;
    let words = [
        "build",
        "--quiet",
        "--locked",
        "--package",
        "fuzz",
        "--features",
        "engine",
        "--profile",
        "fuzz",
        "--target",
        &host,
    ];
    let mut cargo = run::cargo(&words);
    cargo.arg("--target-dir").arg(folder);
    cargo.env("RUSTFLAGS", INSTRUMENTED);
    // Standard output is for the figures.
    cargo.stdout(Stdio::null());
    eprintln!("Building the instrumented program; the first time takes some minutes.");
    match cargo.status() {
        Ok(status) if status.success() => Ok(folder.join(host).join("fuzz").join("fuzz")),
        Ok(status) => Err(format!("cargo build ended with {status}").into()),
        Err(error) => Err(format!("could not run cargo: {error}").into()),
    }
}

fn host() -> Outcome<String> {
    let rustc = std::env::var("RUSTC").unwrap_or_else(|_| "rustc".to_owned());
    let told = run::answer(Command::new(rustc).arg("-vV")).unwrap_or_default();
    told.lines()
        .find_map(|line| line.strip_prefix("host: "))
        .map(str::to_owned)
        .ok_or_else(|| "rustc does not say which machine this is".into())
}

/// Lays out the kept inputs and hears which targets there are.
fn targets(program: &Path, folder: &Path) -> Outcome<Vec<String>> {
    let kept = folder.join("kept");
    // One that is kept no longer must not be tried for ever.
    let _ = fs::remove_dir_all(&kept);
    let told = run::answer(Command::new(program).env("FUZZ_INPUTS", &kept));
    told.map(|told| told.lines().map(str::to_owned).collect())
        .ok_or_else(|| "the fuzzing program does not tell its targets".into())
}

fn fuzz(program: &Path, folder: &Path, target: &str, seconds: u64) -> Outcome<Figures> {
    let learnt = folder.join("learnt").join(target);
    let findings = folder.join("findings").join(target);
    for folder in [&learnt, &findings] {
        fs::create_dir_all(folder)
            .map_err(|error| format!("could not make {}: {error}", folder.display()))?;
    }
    let started = Instant::now();
    let output = Command::new(program)
        .env("FUZZ_TARGET", target)
        .arg(format!("-max_total_time={seconds}"))
        .arg(format!("-timeout={HANG_SECONDS}"))
        .arg(format!("-rss_limit_mb={MEMORY_MEGABYTES}"))
        .arg(format!("-max_len={LONGEST_INPUT}"))
        .arg("-print_final_stats=1")
        .arg(format!("-artifact_prefix={}/", findings.display()))
        .arg(learnt)
        .arg(folder.join("kept").join(target))
        .output()
        .map_err(|error| format!("could not run {}: {error}", program.display()))?;
    let told = String::from_utf8_lossy(&output.stderr);
    let mut figures = Figures {
        target: target.to_owned(),
        runs: runs(&told),
        seconds: started.elapsed().as_secs_f64(),
        findings: found(&told),
    };
    if !output.status.success() && figures.findings.is_empty() {
        figures
            .findings
            .push(format!("it ended with {}", output.status));
    }
    if !figures.findings.is_empty() {
        eprintln!("{told}");
    }
    Ok(figures)
}

fn runs(told: &str) -> u64 {
    told.lines()
        .find_map(|line| line.strip_prefix("stat::number_of_executed_units:"))
        .and_then(|number| number.trim().parse().ok())
        .unwrap_or(0)
}

/// The files of the inputs that found something.
fn found(told: &str) -> Vec<String> {
    told.lines()
        .filter_map(|line| line.split_once("Test unit written to "))
        .map(|(_, file)| file.trim().to_owned())
        .collect()
}

fn line(figures: &Figures) -> String {
    let Figures {
        target,
        runs,
        seconds,
        findings,
    } = figures;
    let mut line = format!(
        "{target:<32} {runs:>10} runs in {seconds:>6.1} s, {} findings",
        findings.len()
    );
    for finding in findings {
        line.push_str("\n    ");
        line.push_str(finding);
    }
    line
}

fn json(all: &[Figures]) -> String {
    let targets: Vec<String> = all
        .iter()
        .map(|figures| {
            format!(
                r#"{{"target":"{}","runs":{},"seconds":{:.1},"findings":{}}}"#,
                figures.target,
                figures.runs,
                figures.seconds,
                figures.findings.len()
            )
        })
        .collect();
    let runs: u64 = all.iter().map(|figures| figures.runs).sum();
    let seconds: f64 = all.iter().map(|figures| figures.seconds).sum();
    let findings: usize = all.iter().map(|figures| figures.findings.len()).sum();
    format!(
        r#"{{"runs":{runs},"seconds":{seconds:.1},"findings":{findings},"targets":[{}]}}"#,
        targets.join(",")
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_asked_for_is_understood_or_refused() {
        for (words, wanted) in [
            (&["--seconds", "600", "--json"][..], Some((600, true))),
            (&["--json", "--seconds", "5"], Some((5, true))),
            (&["--seconds", "5"], Some((5, false))),
            (&[], Some((60, false))),
            (&["--seconds", "soon"], None),
            (&["for", "ever"], None),
        ] {
            let asked = asked(words).ok().map(|asked| (asked.seconds, asked.json));
            assert_eq!(asked, wanted, "{words:?}");
        }
    }

    #[test]
    fn libfuzzer_s_closing_words_are_counted() {
        let told = "#8123 DONE cov: 40\nDone 8123 runs in 2 second(s)\nstat::number_of_executed_units: 8123\n";
        assert_eq!((runs(told), found(told)), (8123, vec![]));
        let told = "==1== ERROR: libFuzzer: deadly signal\nartifact_prefix='f/'; Test unit written to f/crash-1\n";
        assert_eq!(found(told), ["f/crash-1"]);
    }

    #[test]
    fn figures_are_told_as_json() {
        let figures = Figures {
            target: "settings".to_owned(),
            runs: 12,
            seconds: 1.04,
            findings: vec!["f".to_owned()],
        };
        assert_eq!(
            json(&[figures]),
            r#"{"runs":12,"seconds":1.0,"findings":1,"targets":[{"target":"settings","runs":12,"seconds":1.0,"findings":1}]}"#
        );
    }
}
