//! The campaign's end of a desk: asking it, killing it, starting it again.

use std::{
    collections::HashMap,
    io::{BufRead as _, BufReader, Write as _},
    path::PathBuf,
    process::{Child, ChildStdin, Command, Stdio},
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use serde_json::{Value, json};
use tokio::{sync::oneshot, time::sleep};

use super::{Outcome, naive::Naive};

/// How often a desk that is being started again is asked for.
const NEXT_TRY: Duration = Duration::from_millis(20);

/// Why there is no answer.
#[derive(Debug)]
pub enum Failure {
    /// The desk says why: a `CommandError`.
    Told(Value),
    /// The desk was killed.
    Died,
}

/// What a command comes to.
pub type Answer = Result<Value, Failure>;

/// A desk.
pub enum Line {
    /// A process with the real core.
    Desk(Process),
    /// A client that sends again whatever failed, and settles nothing.
    Naive(Naive),
}

impl Line {
    /// Runs a command. Waits for a desk that is not up.
    pub async fn call(&self, command: &str, request: Value) -> Answer {
        match self {
            Self::Desk(process) => process.call(command, request).await,
            Self::Naive(naive) => naive.call(command, request).await,
        }
    }

    /// What a command answers that has to work.
    pub async fn must(&self, command: &str, request: Value) -> Outcome<Value> {
        match self.call(command, request).await {
            Ok(answer) => Ok(answer),
            Err(failure) => {
                Err(format!("{command} failed while the campaign was set up: {failure:?}").into())
            }
        }
    }
}

type Waiting = Arc<Mutex<HashMap<u64, oneshot::Sender<Answer>>>>;

/// A desk in a process of its own.
pub struct Process {
    folder: PathBuf,
    running: Mutex<Option<Running>>,
    next: AtomicU64,
}

struct Running {
    child: Child,
    input: ChildStdin,
    waiting: Waiting,
}

impl Process {
    /// A desk that keeps its things in a folder and is not up yet.
    pub fn new(folder: PathBuf) -> Self {
        Self {
            folder,
            running: Mutex::new(None),
            next: AtomicU64::new(0),
        }
    }

    fn running(&self) -> MutexGuard<'_, Option<Running>> {
        self.running.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Starts the desk.
    pub fn start(&self, unhurried: bool) -> Outcome<()> {
        self.kill()?;
        let mut command = Command::new(std::env::current_exe()?);
        command.arg("desk").arg(&self.folder);
        if unhurried {
            command.arg("--unhurried");
        }
        let mut child = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()?;
        let (Some(input), Some(output)) = (child.stdin.take(), child.stdout.take()) else {
            return Err("a desk has no pipes".into());
        };
        let waiting = Waiting::default();
        let answered = Arc::clone(&waiting);
        std::thread::spawn(move || {
            for line in BufReader::new(output).lines().map_while(Result::ok) {
                let Ok(mut line) = serde_json::from_str::<Value>(&line) else {
                    continue;
                };
                let id = line["id"].as_u64().unwrap_or_default();
                let Some(asker) = locked(&answered).remove(&id) else {
                    continue;
                };
                let answer = match line.get_mut("failure") {
                    Some(failure) => Err(Failure::Told(failure.take())),
                    None => Ok(line["answer"].take()),
                };
                // Whoever asked may have gone.
                let _ = asker.send(answer);
            }
            for (_, asker) in locked(&answered).drain() {
                let _ = asker.send(Err(Failure::Died));
            }
        });
        *self.running() = Some(Running {
            child,
            input,
            waiting,
        });
        Ok(())
    }

    /// `kill -9`.
    pub fn kill(&self) -> Outcome<()> {
        if let Some(mut running) = self.running().take() {
            running.child.kill()?;
            running.child.wait()?;
        }
        Ok(())
    }

    async fn call(&self, command: &str, request: Value) -> Answer {
        let id = self.next.fetch_add(1, Ordering::Relaxed);
        let line = json!({ "id": id, "command": command, "request": request });
        let answer = loop {
            if let Some(running) = &mut *self.running() {
                let (asker, answer) = oneshot::channel();
                locked(&running.waiting).insert(id, asker);
                if writeln!(running.input, "{line}").is_err() {
                    return Err(Failure::Died);
                }
                break answer;
            }
            sleep(NEXT_TRY).await;
        };
        answer.await.unwrap_or(Err(Failure::Died))
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        if let Err(failure) = self.kill() {
            eprintln!("a desk could not be stopped: {failure}");
        }
    }
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
