//! The program: what it prints first, and that it stops when it is told to.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

use serde_json::Value;

use crate::desk::{http, read};

/// Ends the program whatever the test does.
pub struct Program(Child);

impl Drop for Program {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

pub fn run(arguments: &[&str]) -> (Program, String) {
    let mut child = Command::new(env!("CARGO_BIN_EXE_cubu-simulator"))
        .args(arguments)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap())
        .read_line(&mut line)
        .unwrap();
    (Program(child), line)
}

#[tokio::test]
async fn the_first_line_is_the_connection_and_the_world_is_served() {
    let (_program, line) = run(&[
        "--port",
        "0",
        "--seed",
        "7",
        "--json",
        "--roles",
        "case-manager,organization-reader",
    ]);
    let connection: Value = serde_json::from_str(&line).unwrap();
    let names: Vec<&String> = connection.as_object().unwrap().keys().collect();
    assert_eq!(
        names,
        [
            "applicationId",
            "authority",
            "baseUrl",
            "clientId",
            "clientSecret",
            "tenantId"
        ]
    );
    let base = connection["baseUrl"].as_str().unwrap();
    assert!(base.starts_with("http://127.0.0.1:"));
    let (_, world) = read(
        http()
            .get(format!("{base}/_simulator/world"))
            .send()
            .await
            .unwrap(),
    )
    .await;
    assert_eq!(
        world["roles"],
        serde_json::json!(["Case Manager", "Organization Reader"])
    );
}

#[cfg(unix)]
#[test]
fn it_stops_when_it_is_told_to() {
    for signal in ["INT", "TERM"] {
        let (mut program, _) = run(&["--json"]);
        let told = Command::new("kill")
            .arg(format!("-{signal}"))
            .arg(program.0.id().to_string())
            .status();
        assert!(told.unwrap().success());
        assert!(program.0.wait().unwrap().success(), "{signal}");
    }
}

#[test]
fn a_pace_of_nothing_is_refused() {
    let refused = Command::new(env!("CARGO_BIN_EXE_cubu-simulator"))
        .args(["--life", "0"])
        .output()
        .unwrap();
    assert!(!refused.status.success());
    assert!(String::from_utf8_lossy(&refused.stderr).contains("above 0"));
}
