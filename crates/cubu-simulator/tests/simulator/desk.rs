//! A desk for tests: a running simulator, a token, and short ways to ask. Its clock stands on a Tuesday morning, half past nine
//! in Jerusalem, unless a test moves it.

use chrono::{DateTime, Utc};
use cubu_simulator::{Options, Running, start};
use reqwest::{Client, Method, RequestBuilder, Response};
use serde_json::{Value, json};

/// What an answer came down to: the status, and the body as JSON (null when empty).
pub type Answer = (u16, Value);

pub const TODAY: &str = "2025-03-04";
pub const TOMORROW: &str = "2025-03-05";

/// 09:30 in Jerusalem, 07:30 in London.
pub fn tuesday_morning() -> DateTime<Utc> {
    DateTime::parse_from_rfc3339("2025-03-04T07:30:00Z")
        .unwrap()
        .to_utc()
}

pub fn options() -> Options {
    Options {
        now: Some(tuesday_morning()),
        ..Options::default()
    }
}

pub fn http() -> Client {
    // Whichever test comes second finds the provider installed.
    let _ = rustls::crypto::ring::default_provider().install_default();
    Client::builder().no_proxy().build().unwrap()
}

pub struct Desk {
    pub running: Running,
    pub http: Client,
    pub token: String,
    pub world: Value,
}

impl Desk {
    pub async fn open() -> Self {
        Self::with(options()).await
    }

    pub async fn with(options: Options) -> Self {
        let running = start(options).await.unwrap();
        let http = http();
        let world = running.world();
        let mut desk = Self {
            running,
            http,
            token: String::new(),
            world,
        };
        desk.sign_in().await;
        desk
    }

    pub async fn sign_in(&mut self) {
        let connection = &self.running.connection;
        let (_, body) = self
            .ask_token(&connection.tenant_id, &self.credentials())
            .await;
        self.token = body["access_token"].as_str().unwrap().to_owned();
    }

    pub fn credentials(&self) -> Vec<(&'static str, String)> {
        let connection = &self.running.connection;
        vec![
            ("grant_type", "client_credentials".to_owned()),
            ("client_id", connection.client_id.clone()),
            ("client_secret", connection.client_secret.clone()),
            ("scope", format!("{}/.default", connection.client_id)),
        ]
    }

    pub async fn ask_token(&self, tenant: &str, form: &[(&'static str, String)]) -> Answer {
        let url = format!(
            "{}/{tenant}/oauth2/v2.0/token",
            self.running.connection.authority
        );
        read(self.http.post(url).form(form).send().await.unwrap()).await
    }

    /// A request below the application's id, with the token.
    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let connection = &self.running.connection;
        let url = format!(
            "{}/{}{path}",
            connection.base_url, connection.application_id
        );
        self.http.request(method, url).bearer_auth(&self.token)
    }

    pub async fn get(&self, path: &str) -> Answer {
        read(self.request(Method::GET, path).send().await.unwrap()).await
    }

    pub async fn post(&self, path: &str, body: Value) -> Answer {
        read(
            self.request(Method::POST, path)
                .json(&body)
                .send()
                .await
                .unwrap(),
        )
        .await
    }

    pub async fn patch(&self, path: &str, body: Value) -> Answer {
        read(
            self.request(Method::PATCH, path)
                .json(&body)
                .send()
                .await
                .unwrap(),
        )
        .await
    }

    pub async fn delete(&self, path: &str) -> Answer {
        read(self.request(Method::DELETE, path).send().await.unwrap()).await
    }

    /// The id of the one in this list of the world with this name.
    pub fn id(&self, list: &str, id: &str, name: &str) -> String {
        let found = self.world[list].as_array().unwrap().iter().find(|item| {
            [&item["name"], &item["displayName"], &item["slug"]].contains(&&json!(name))
        });
        let item = found.unwrap_or_else(|| unreachable!("no {name} in {list}"));
        item[id].as_str().unwrap().to_owned()
    }

    pub fn service(&self, name: &str) -> String {
        self.id("services", "serviceId", name)
    }

    pub fn service_type(&self, name: &str) -> String {
        self.id("serviceTypes", "serviceTypeId", name)
    }

    pub fn user(&self, name: &str) -> String {
        self.id("users", "userId", name)
    }

    pub fn unit(&self, name: &str) -> String {
        self.id("units", "unitId", name)
    }

    pub fn field(&self, slug: &str) -> String {
        self.id("customerFields", "fieldTypeId", slug)
    }

    /// The first customer in the world with a value under this name.
    pub fn customer_with(&self, name: &str) -> &Value {
        let customers = self.world["customers"].as_array().unwrap();
        customers
            .iter()
            .find(|customer| customer[name].is_string())
            .unwrap()
    }

    /// What the world says now about the queue.
    pub fn queue(&self) -> Vec<Value> {
        self.running.world()["queue"].as_array().unwrap().clone()
    }

    /// The first case in the queue for which this holds.
    pub fn queued(&self, wanted: impl Fn(&Value) -> bool) -> String {
        let queue = self.queue();
        let case = queue.iter().find(|case| wanted(case)).unwrap();
        case["caseId"].as_str().unwrap().to_owned()
    }

    /// Clocks an agent in and gives the path of their calls.
    pub async fn agent_at(&self, user: &str, unit: &str) -> String {
        let agent = format!("/agents/{}", self.user(user));
        let body = json!({ "unitId": self.unit(unit) });
        let (status, _) = self.post(&format!("{agent}/actions/clockIn"), body).await;
        assert_eq!(status, 200);
        agent
    }

    /// A calendar's path.
    pub fn calendar(&self, service: &str, date: &str, index: u32) -> String {
        format!("/calendars/{}/{date}/{index}", self.service(service))
    }

    /// The free start times of a calendar.
    pub async fn vacancies(&self, calendar: &str, service_type: &str) -> Vec<u64> {
        let service_type = self.service_type(service_type);
        let (status, body) = self
            .get(&format!(
                "{calendar}/vacancies?serviceTypeId={service_type}"
            ))
            .await;
        assert_eq!(status, 200, "{body}");
        body["slots"]
            .as_array()
            .unwrap()
            .iter()
            .filter_map(Value::as_u64)
            .collect()
    }

    /// A body for Book that the licences service accepts.
    pub fn renewal_at(&self, start: u64) -> Value {
        json!({
            "serviceTypeId": self.service_type("Renewal"),
            "startTime": start,
            "channel": "FaceToFace",
            "contactPhoneNumber": "0501234567",
        })
    }
}

pub async fn read(response: Response) -> Answer {
    let status = response.status().as_u16();
    let text = response.text().await.unwrap();
    let body = if text.is_empty() {
        Value::Null
    } else {
        serde_json::from_str(&text).expect("an answer is JSON or empty")
    };
    (status, body)
}

/// A refusal with its documented number.
pub fn assert_numbered(answer: &Answer, number: u64) {
    let (status, body) = answer;
    assert_eq!(
        (*status, body["errorCode"].as_u64()),
        (409, Some(number)),
        "{body}"
    );
    assert!(body["message"].is_string());
}

/// A refusal without a number, whose sentence has this in it.
pub fn assert_refused(answer: &Answer, status: u16, words: &str) {
    let (found, body) = answer;
    assert_eq!(*found, status, "{body}");
    assert!(body.get("errorCode").is_none(), "{body}");
    let message = body["message"].as_str().unwrap_or_default();
    assert!(message.contains(words), "\"{message}\" lacks \"{words}\"");
}
