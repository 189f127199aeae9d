//! Setting faults: by the library, through the doors, on the command line; and that a seed decides all.

use std::process::Command;
use std::slice;

use cubu_simulator::{Fault, FaultRule, Options, start};
use serde_json::{Value, json};

use crate::desk::{Desk, assert_refused, http, options, read};
use crate::program::run;

/// The statuses of so many requests under a rule.
async fn statuses(rule: &str, requests: usize) -> Vec<u16> {
    let desk = Desk::open().await;
    desk.fault(&[rule]);
    let mut statuses = Vec::new();
    for _ in 0..requests {
        statuses.push(desk.get("/organization/users").await.0);
    }
    statuses
}

#[tokio::test]
async fn the_same_seed_befalls_the_same_requests() {
    let first = statuses("*:429-seconds:0.4:seed=11", 40).await;
    assert_eq!(first, statuses("*:429-seconds:0.4:seed=11", 40).await);
    assert_ne!(first, statuses("*:429-seconds:0.4:seed=12", 40).await);
    assert!(first.contains(&200) && first.contains(&429));
}

#[tokio::test]
async fn the_doors_set_report_and_clear_faults() {
    let desk = Desk::open().await;
    let door = format!("{}/_simulator/faults", desk.running.connection.base_url);
    let rules = json!([
        { "endpoint": "ListUsers", "fault": "429-seconds=7", "limit": 1 },
        { "endpoint": "*", "fault": "late-write=2000", "rate": 0.05, "seed": 9 },
    ]);
    let set = desk.http.post(&door).json(&rules).send().await.unwrap();
    assert_eq!(set.status(), 200);
    for status in [429, 200] {
        assert_eq!(desk.get("/organization/users").await.0, status);
    }
    let report = read(desk.http.get(&door).send().await.unwrap()).await;
    assert_eq!(report, (200, desk.running.faults()));
    let expected = json!({
        "endpoint": "ListUsers", "fault": "429-seconds=7", "rate": 1.0, "seed": 0, "limit": 1, "drawn": 2, "struck": 1,
    });
    assert_eq!(report.1["rules"][0], expected);
    let cleared = read(desk.http.delete(&door).send().await.unwrap()).await;
    assert_eq!(
        cleared.1,
        json!({ "rules": [], "touchedRequests": 0, "promisedWrites": 0 })
    );
}

#[tokio::test]
async fn a_rule_for_nothing_is_refused_and_changes_nothing() {
    let desk = Desk::open().await;
    desk.fault(&["ListUsers:429-seconds"]);
    let door = format!("{}/_simulator/faults", desk.running.connection.base_url);
    let rules = json!([{ "endpoint": "Book", "fault": "reset-after" }]);
    let answer = desk.http.post(&door).json(&rules).send().await.unwrap();
    assert_refused(&read(answer).await, 400, "\"Book\"");
    let too_often = FaultRule::new("*", Fault::ResetAfter).rate(1.5);
    let set = desk.running.set_faults(slice::from_ref(&too_often));
    assert!(set.is_err());
    assert_eq!(desk.get("/organization/users").await.0, 429);
    let refused = start(Options {
        faults: vec![too_often],
        ..options()
    });
    assert!(refused.await.is_err());
}

#[tokio::test]
async fn the_program_takes_faults_and_refuses_what_is_none() {
    let (_program, line) = run(&[
        "--json",
        "--fault",
        "BookAppointment:reset-after:0.2",
        "--fault",
        "Token:latency=10",
    ]);
    let connection: Value = serde_json::from_str(&line).unwrap();
    let base = connection["baseUrl"].as_str().unwrap();
    let door = format!("{base}/_simulator/faults");
    let (_, report) = read(http().get(door).send().await.unwrap()).await;
    assert_eq!(report["rules"][0]["rate"], 0.2);
    assert_eq!(report["rules"][1]["fault"], "latency=10");
    let refused = Command::new(env!("CARGO_BIN_EXE_cubu-simulator"))
        .args(["--fault", "Book:reset-after"])
        .output()
        .unwrap();
    assert!(!refused.status.success());
    let said = String::from_utf8_lossy(&refused.stderr);
    assert!(said.contains("There is no endpoint"), "{said}");
}
