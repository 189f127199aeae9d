//! A desk behind a network that can be broken, settling in haste.

use std::{sync::Arc, time::Duration};

use cubu_simulator::Options;
use desk_core::{
    desk::Desk,
    secrets::{Keychain, MemoryKeychain},
    settle::Pace,
};
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::{
    harness::{Bench, open},
    proxy::{Mishap, Proxy},
};

pub fn hasty() -> Pace {
    Pace {
        patience: Duration::from_secs(2),
        early: Duration::from_millis(150),
        quiet: Duration::from_millis(400),
        first_pause: Duration::from_millis(20),
        longest_pause: Duration::from_millis(50),
        look: Duration::from_secs(2),
        repeat_within: Duration::from_secs(60),
        again: Duration::from_millis(200),
    }
}

/// A desk and its network.
pub struct Line {
    pub bench: Bench,
    pub proxy: Proxy,
}

impl Line {
    pub async fn new() -> Self {
        Self::with(Options::default()).await
    }

    pub async fn with(options: Options) -> Self {
        Self::on(options, Arc::new(MemoryKeychain::default())).await
    }

    /// With this keychain.
    pub async fn on(options: Options, keychain: Arc<dyn Keychain>) -> Self {
        let Bench {
            desk,
            simulator,
            profile,
            folder,
            keychain,
            booked_in,
        } = Bench::on(options, keychain, |_| {}).await;
        let proxy = Proxy::before(&simulator.connection.base_url).await;
        let call = async |command, request: Value| desk.dispatch(command, request).await.unwrap();
        let mut moved = call("get_profile", json!({ "profileId": profile })).await;
        moved["baseUrl"] = json!(proxy.address);
        call("save_profile", json!({ "profile": moved })).await;
        let secret =
            json!({ "profileId": profile, "clientSecret": simulator.connection.client_secret });
        call("set_client_secret", secret).await;
        call("activate_profile", json!({ "profileId": profile })).await;
        let bench = Bench {
            desk: desk.settling_at(hasty()),
            simulator,
            profile,
            folder,
            keychain,
            booked_in,
        };
        Self { bench, proxy }
    }

    /// The same desk in its next run.
    pub fn next_run(self) -> Self {
        let mut bench = self.bench.next_run();
        bench.desk = bench.desk.settling_at(hasty());
        Self { bench, ..self }
    }

    /// The same desk in its next run, after it was killed at this very moment.
    pub fn killed(self) -> Self {
        let mut bench = self.bench.killed();
        bench.desk = bench.desk.settling_at(hasty());
        Self { bench, ..self }
    }

    pub async fn outcome(&self, command: &str, request: &Value) -> Result<Value, Value> {
        let outcome = self.bench.desk.dispatch(command, request.clone()).await;
        outcome.map_err(|failure| json!(failure))
    }

    /// Another desk of the same organisation, with its folder.
    pub async fn another_desk(&self) -> (Desk, TempDir) {
        let folder = tempfile::tempdir().unwrap();
        let profile = self
            .bench
            .call("export_profile", self.bench.this_profile())
            .await;
        let desk = open(folder.path(), Arc::new(MemoryKeychain::default()));
        let call = async |command, request: Value| desk.dispatch(command, request).await.unwrap();
        let imported = call("import_profile", json!({ "json": profile["json"] })).await;
        let connection = &self.bench.simulator.connection;
        let secret =
            json!({ "profileId": imported["id"], "clientSecret": connection.client_secret });
        call("set_client_secret", secret).await;
        call("activate_profile", json!({ "profileId": imported["id"] })).await;
        (desk, folder)
    }

    /// The writes of a call that Cubu has made.
    pub fn made(&self, endpoint: &str) -> Vec<Value> {
        let ledger = self.bench.simulator.ledger();
        ledger
            .into_iter()
            .filter(|entry| entry["endpoint"] == endpoint)
            .collect()
    }

    pub async fn unsettled(&self) -> Vec<Value> {
        let list = self.bench.call("list_unsettled", json!({})).await;
        list.as_array().unwrap().clone()
    }

    /// An agent at work with somebody waiting.
    pub async fn agent(&self) -> Value {
        let bench = &self.bench;
        let walk_in = bench.service("walkIn");
        let world = bench.simulator.world();
        let agent = world["users"].as_array().unwrap().iter().find(|user| {
            user["status"] == "Away"
                && user["unitIds"]
                    .as_array()
                    .unwrap()
                    .contains(&walk_in["unitId"])
        });
        let user = json!({ "userId": agent.unwrap()["userId"] });
        let unit = json!({ "userId": user["userId"], "unitId": walk_in["unitId"] });
        bench.call("clock_in", unit.clone()).await;
        bench.call("select_current_unit", unit).await;
        for _ in 0..3 {
            bench.call("queue_up", self.walk_in()).await;
        }
        user
    }

    pub fn walk_in(&self) -> Value {
        let service = self.bench.service("walkIn");
        json!({
            "serviceId": service["serviceId"],
            "serviceTypeId": service["serviceTypeIds"][0],
            "customerRecordId": self.bench.customer()["recordId"],
            "contactPhoneNumber": "5550100123",
            "contactEmail": "robin.vale@example.org",
        })
    }

    /// What is told agrees with what was made: nothing doubled, nothing lost.
    pub fn holds_true(
        &self,
        endpoint: &str,
        before: usize,
        told: &Result<Value, Value>,
        mishap: Mishap,
    ) {
        let made = self.made(endpoint).len() - before;
        match told {
            Ok(_) => assert_eq!(made, 1, "{endpoint} {mishap:?} was told as done"),
            Err(failure) => {
                assert_eq!(
                    failure["code"], "did_not_happen",
                    "{endpoint} {mishap:?}: {failure:#}"
                );
                assert_eq!(failure["retryable"], true);
                assert_eq!(made, 0, "{endpoint} {mishap:?} was told as not done");
            }
        }
    }
}
