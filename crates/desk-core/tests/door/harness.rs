//! A desk in an empty folder, connected to a simulated Cubu.

use std::{
    fs,
    path::Path,
    sync::{Arc, OnceLock},
};

use cubu_simulator::{Connection, Options, Running};
use desk_core::{
    clock::Clock,
    desk::{self, Desk},
    error::CommandError,
    secrets::{Keychain, MemoryKeychain},
};
use serde_json::{Value, json};
use tempfile::TempDir;

pub struct Bench {
    pub desk: Desk,
    pub simulator: Running,
    pub profile: Value,
    pub folder: TempDir,
    pub keychain: Arc<dyn Keychain>,
    /// Where its bookings go.
    pub booked_in: OnceLock<Value>,
}

pub fn open(folder: &Path, keychain: Arc<dyn Keychain>) -> Desk {
    Desk::open(desk::Options {
        data_dir: folder.to_owned(),
        keychain,
        clock: Clock::System,
    })
    .unwrap()
}

pub fn draft(connection: &Connection) -> Value {
    json!({
        "name": "Town hall",
        "authority": connection.authority,
        "baseUrl": connection.base_url,
        "tenantId": connection.tenant_id,
        "clientId": connection.client_id,
        "applicationId": connection.application_id,
        "cubuWebUrl": "https://app.example.org/",
        "customerIdSpelling": "both",
        "addresses": [],
    })
}

/// Copies a folder with all that is in it.
fn copy(from: &Path, to: &Path) {
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let copied = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            fs::create_dir(&copied).unwrap();
            copy(&entry.path(), &copied);
        } else {
            fs::copy(entry.path(), copied).unwrap();
        }
    }
}

impl Bench {
    /// Connected, with the whole catalogue.
    pub async fn new() -> Self {
        Self::with(Options::default(), |_| {}).await
    }

    pub async fn with(options: Options, change: impl FnOnce(&mut Value)) -> Self {
        Self::on(options, Arc::new(MemoryKeychain::default()), change).await
    }

    /// With this keychain.
    pub async fn on(
        options: Options,
        keychain: Arc<dyn Keychain>,
        change: impl FnOnce(&mut Value),
    ) -> Self {
        let simulator = cubu_simulator::start(options).await.unwrap();
        let folder = tempfile::tempdir().unwrap();
        let desk = open(folder.path(), keychain.clone());
        let mut profile = draft(&simulator.connection);
        change(&mut profile);
        let bench = Self {
            desk,
            simulator,
            profile: Value::Null,
            folder,
            keychain,
            booked_in: OnceLock::new(),
        };
        let profile = bench
            .call("save_profile", json!({ "profile": profile }))
            .await["id"]
            .clone();
        let bench = Self { profile, ..bench };
        let secret = json!({ "profileId": bench.profile, "clientSecret": bench.simulator.connection.client_secret });
        bench.call("set_client_secret", secret).await;
        bench.call("activate_profile", bench.this_profile()).await;
        let world = bench.simulator.world();
        for unit in world["units"].as_array().unwrap() {
            bench.call("put_unit", unit.clone()).await;
        }
        // What can be taken back leaves at once, unless a test is about just that.
        bench.undo_seconds(0).await;
        for service in world["services"].as_array().unwrap() {
            bench.call("put_service", service.clone()).await;
        }
        bench
    }

    /// Another desk of the same organisation, on another PC.
    pub async fn other_desk(&self) -> (Desk, TempDir) {
        let folder = tempfile::tempdir().unwrap();
        let desk = open(folder.path(), Arc::new(MemoryKeychain::default()));
        let connection = &self.simulator.connection;
        let profile = json!({ "profile": draft(connection) });
        let profile = desk.dispatch("save_profile", profile).await.unwrap();
        let profile = json!({ "profileId": profile["id"] });
        let mut secret = profile.clone();
        secret["clientSecret"] = json!(connection.client_secret);
        desk.dispatch("set_client_secret", secret).await.unwrap();
        desk.dispatch("activate_profile", profile).await.unwrap();
        let mut settings = desk.dispatch("get_settings", json!({})).await.unwrap();
        settings["undoSeconds"] = json!(0);
        let settings = json!({ "settings": settings });
        desk.dispatch("save_settings", settings).await.unwrap();
        (desk, folder)
    }

    /// The same desk in its next run.
    pub fn next_run(self) -> Self {
        let Self {
            desk,
            simulator,
            profile,
            folder,
            keychain,
            booked_in,
        } = self;
        drop(desk);
        Self {
            desk: open(folder.path(), keychain.clone()),
            simulator,
            profile,
            folder,
            keychain,
            booked_in,
        }
    }

    /// The next run of a desk that was killed at this very moment: what lies on the disk is all there is.
    pub fn killed(self) -> Self {
        let folder = tempfile::tempdir().unwrap();
        copy(self.folder.path(), folder.path());
        Self { folder, ..self }.next_run()
    }

    /// How long what can be taken back waits.
    pub async fn undo_seconds(&self, seconds: u8) {
        let mut settings = self.call("get_settings", json!({})).await;
        settings["undoSeconds"] = json!(seconds);
        self.call("save_settings", json!({ "settings": settings }))
            .await;
    }

    pub fn this_profile(&self) -> Value {
        json!({ "profileId": self.profile })
    }

    /// What a command answers that has to work.
    pub async fn call(&self, command: &str, request: Value) -> Value {
        match self.desk.dispatch(command, request).await {
            Ok(answer) => answer,
            Err(failure) => panic!("{command}: {failure:#?}"),
        }
    }

    /// What is told of a command that has to fail.
    pub async fn refused(&self, command: &str, request: Value) -> CommandError {
        match self.desk.dispatch(command, request).await {
            Ok(answer) => panic!("{command} answered {answer:#}"),
            Err(failure) => failure,
        }
    }

    /// The first service of a kind.
    pub fn service(&self, kind: &str) -> Value {
        let world = self.simulator.world();
        let services = world["services"].as_array().unwrap();
        services
            .iter()
            .find(|service| service["kind"] == kind)
            .unwrap()
            .clone()
    }

    pub fn customer(&self) -> Value {
        self.simulator.world()["customers"][0].clone()
    }

    /// A free time for the world's customer, always in the same calendar while it has some.
    pub async fn vacancy(&self) -> Value {
        if let Some(asked) = self.booked_in.get()
            && let Some(found) = self.vacancy_on(asked, 2).await
        {
            return found;
        }
        let service = self.service("appointment");
        let service_id = &service["serviceId"];
        let today = self
            .call("get_today", json!({ "serviceId": service_id }))
            .await["today"]
            .clone();
        let span = self
            .call(
                "load_span",
                json!({ "serviceId": service_id, "from": today, "days": 14 }),
            )
            .await;
        // Late in the day the calendars of today have hardly a time left.
        for enough in [8, 2] {
            for day in span["days"].as_array().unwrap() {
                for service_type in service["serviceTypeIds"].as_array().unwrap() {
                    let asked = json!({ "serviceId": service_id, "date": day["date"], "serviceTypeId": service_type });
                    if let Some(found) = self.vacancy_on(&asked, enough).await {
                        let mut here = asked;
                        here["cuIndex"] = found["cuIndex"].clone();
                        self.booked_in.get_or_init(|| here);
                        return found;
                    }
                }
            }
        }
        panic!("there is no vacancy in two weeks");
    }

    /// A time of a day for a type, in the calendar that is named or the first, where so many are free.
    async fn vacancy_on(&self, asked: &Value, enough: usize) -> Option<Value> {
        let mut day = asked.clone();
        let only = day.as_object_mut().unwrap().remove("cuIndex");
        let board = self.call("load_day", day).await;
        let free = |column: &&Value| {
            column["vacancies"]["value"]["slots"]
                .as_array()
                .is_some_and(|slots| slots.len() >= enough)
        };
        let columns = board["columns"].as_array().unwrap();
        let column = columns
            .iter()
            .filter(|column| {
                only.as_ref()
                    .is_none_or(|only| *only == column["calendar"]["cuIndex"])
            })
            .find(free)?;
        Some(json!({
            "serviceId": asked["serviceId"],
            "date": asked["date"],
            "cuIndex": column["calendar"]["cuIndex"],
            "serviceTypeId": asked["serviceTypeId"],
            // Not the first one: it may begin this very minute.
            "startTime": column["vacancies"]["value"]["slots"][1],
            "customerRecordId": self.customer()["recordId"],
            "contactPhoneNumber": "5550100123",
            "contactEmail": "robin.vale@example.org",
        }))
    }
}
