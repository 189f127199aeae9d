//! What is left behind when the program crashes: the place where it happened, and nothing of what it knew. A panic's own
//! words may quote whatever was being read; a core file holds the secret, the token and every customer seen.

use std::panic::{self, Location, PanicHookInfo};

/// Keeps crashes from telling anything. To be called first thing by every program that opens a desk.
pub fn keep_quiet() {
    leave_no_core();
    panic::set_hook(Box::new(tell));
}

fn tell(panic: &PanicHookInfo<'_>) {
    let place = panic
        .location()
        .map(Location::to_string)
        .unwrap_or_default();
    tracing::error!(place, "a part of the program has failed");
    eprintln!("front-desk: a part of the program has failed at {place}");
}

/// The programs that collect cores in place of files heed the limit too.
#[cfg(unix)]
fn leave_no_core() {
    use rustix::process::{Resource, Rlimit, setrlimit};

    let none = Rlimit {
        current: Some(0),
        maximum: Some(0),
    };
    if let Err(failure) = setrlimit(Resource::Core, none) {
        tracing::warn!(%failure, "a crash may leave a core file");
    }
}

/// Windows leaves none unless it is told to.
#[cfg(not(unix))]
fn leave_no_core() {}

#[cfg(test)]
mod tests {
    use std::{env, process::Command};

    use super::*;

    const CHILD: &str = "FRONT_DESK_TEST_CRASHES";

    #[test]
    fn a_panic_tells_its_place_and_none_of_its_words() {
        if env::var_os(CHILD).is_some() {
            keep_quiet();
            panic!("0555000199 is nobody's number");
        }
        let this = "crash::tests::a_panic_tells_its_place_and_none_of_its_words";
        let child = Command::new(env::current_exe().unwrap())
            .args([this, "--exact", "--nocapture"])
            .env(CHILD, "1")
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&child.stderr);
        assert!(!child.status.success());
        assert!(
            said.contains("has failed at") && said.contains("crash.rs:"),
            "{said}"
        );
        assert!(!said.contains("0555000199"), "{said}");
    }
}
