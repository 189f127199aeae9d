//! Running programs: each step is announced, shown while it runs, and timed.

use std::ffi::OsStr;
use std::fmt;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

/// Why a chore could not be done, in words for the person at the keyboard.
#[derive(Debug)]
pub struct Failure(String);

impl fmt::Display for Failure {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl From<String> for Failure {
    fn from(words: String) -> Self {
        Self(words)
    }
}

impl From<&str> for Failure {
    fn from(words: &str) -> Self {
        Self(words.to_owned())
    }
}

/// What a chore ends with.
pub type Outcome<T = ()> = Result<T, Failure>;

/// A command that runs in `folder`.
pub fn command<S: AsRef<OsStr>>(folder: &Path, program: &str, arguments: &[S]) -> Command {
    let mut command = Command::new(program);
    command.current_dir(folder).args(arguments);
    command
}

/// Cargo, the one that runs this chore.
pub fn cargo<S: AsRef<OsStr>>(arguments: &[S]) -> Command {
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    command(&crate::tree::root(), &cargo, arguments)
}

/// npm in one of the two folders that have a package.json.
pub fn npm<S: AsRef<OsStr>>(folder: &Path, arguments: &[S]) -> Command {
    let program = if cfg!(windows) { "npm.cmd" } else { "npm" };
    command(folder, program, arguments)
}

/// Runs a step with its output shown; says its name before and its time after.
pub fn step(name: &str, command: &mut Command) -> Outcome {
    timed(name, || {
        let status = command
            .status()
            .map_err(|error| cannot_start(command, &error))?;
        ended(command, status)
    })
}

/// Runs a step like [`step`], and lets `listen` read along every line of its standard output.
pub fn step_heard(name: &str, command: &mut Command, mut listen: impl FnMut(&str)) -> Outcome {
    timed(name, || {
        let mut child = command
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|error| cannot_start(command, &error))?;
        if let Some(output) = child.stdout.take() {
            let mut reader = BufReader::new(output);
            let mut line = Vec::new();
            while matches!(reader.read_until(b'\n', &mut line), Ok(1..)) {
                let mut shown = std::io::stdout().lock();
                // A closed terminal must not stop the step itself.
                let _ = shown.write_all(&line).and_then(|()| shown.flush());
                listen(&String::from_utf8_lossy(&line));
                line.clear();
            }
        }
        let status = child
            .wait()
            .map_err(|error| cannot_start(command, &error))?;
        ended(command, status)
    })
}

/// The standard output of a program that answers a question, or `None` when it could not be asked.
pub fn answer(command: &mut Command) -> Option<String> {
    let output = command
        .stderr(Stdio::null())
        .stdin(Stdio::null())
        .output()
        .ok()?;
    output
        .status
        .success()
        .then(|| String::from_utf8_lossy(&output.stdout).into_owned())
}

fn timed(name: &str, act: impl FnOnce() -> Outcome) -> Outcome {
    println!("\n== {name}");
    let started = Instant::now();
    let outcome = act();
    let verdict = if outcome.is_ok() { "done" } else { "FAILED" };
    println!(
        "== {name}: {verdict} in {:.1} s",
        started.elapsed().as_secs_f32()
    );
    outcome
}

fn cannot_start(command: &Command, error: &std::io::Error) -> Failure {
    format!(
        "could not run {}: {error}",
        command.get_program().to_string_lossy()
    )
    .into()
}

fn ended(command: &Command, status: std::process::ExitStatus) -> Outcome {
    if status.success() {
        return Ok(());
    }
    let arguments: Vec<_> = command.get_args().map(OsStr::to_string_lossy).collect();
    Err(format!(
        "{} {} ended with {status}",
        command.get_program().to_string_lossy(),
        arguments.join(" ")
    )
    .into())
}
