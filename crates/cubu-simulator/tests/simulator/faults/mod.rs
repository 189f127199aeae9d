//! Everything that can go wrong on purpose: as it shows on the wire, and that the ledger tells the truth through all of it.

mod applied;
mod broken;
mod rules;
mod unreachable;

use std::io;
use std::time::Duration;

use cubu_simulator::FaultRule;
use serde_json::Value;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use crate::desk::{Answer, Desk, TOMORROW};

impl Desk {
    fn fault(&self, rules: &[&str]) {
        let rules: Vec<FaultRule> = rules.iter().map(|rule| rule.parse().unwrap()).collect();
        self.running.set_faults(&rules).unwrap();
    }

    fn licences(&self) -> String {
        self.calendar("Licences by appointment", TOMORROW, 0)
    }

    /// A start that is free tomorrow.
    async fn free_start(&self) -> u64 {
        self.vacancies(&self.licences(), "Renewal").await[0]
    }

    async fn book(&self, start: u64) -> Answer {
        let appointments = format!("{}/appointments", self.licences());
        self.post(&appointments, self.renewal_at(start)).await
    }

    /// Books over a line of its own: what came before the line ended, and how it ended.
    async fn book_raw(&self, start: u64) -> (Vec<u8>, io::Result<()>) {
        let path = format!("{}/appointments", self.licences());
        let mut line = self.connect().await.unwrap();
        let request = self.raw("POST", &path, &self.renewal_at(start).to_string());
        line.write_all(request.as_bytes()).await.unwrap();
        read_to_end(&mut line).await
    }

    async fn connect(&self) -> io::Result<TcpStream> {
        let base = &self.running.connection.base_url;
        TcpStream::connect(base.trim_start_matches("http://")).await
    }

    /// A request as bytes; with a body, it is the last one over its line.
    fn raw(&self, method: &str, path: &str, body: &str) -> String {
        let application = &self.running.connection.application_id;
        let after = if body.is_empty() {
            "keep-alive"
        } else {
            "close"
        };
        format!(
            "{method} /{application}{path} HTTP/1.1\r\nHost: simulator\r\nAuthorization: Bearer {}\r\n\
             Connection: {after}\r\nX-Caller: raw\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
            self.token,
            body.len(),
        )
    }

    /// The bookings in the ledger.
    fn booked(&self) -> Vec<Value> {
        let mut ledger = self.running.ledger();
        ledger.retain(|entry| entry["endpoint"] == "BookAppointment");
        ledger
    }

    /// The cases that tomorrow's calendar lists.
    async fn listed(&self) -> Vec<String> {
        let (status, body) = self.get(&format!("{}/appointments", self.licences())).await;
        assert_eq!(status, 200);
        let cases = body.as_array().unwrap().iter();
        cases
            .map(|case| case["caseId"].as_str().unwrap().to_owned())
            .collect()
    }
}

async fn read_to_end(line: &mut TcpStream) -> (Vec<u8>, io::Result<()>) {
    let mut bytes = Vec::new();
    let ended = line.read_to_end(&mut bytes).await;
    (bytes, ended.map(drop))
}

fn is_reset(ended: &io::Result<()>) -> bool {
    matches!(ended, Err(error) if error.kind() == io::ErrorKind::ConnectionReset)
}

/// Waits for something that is to come about soon.
async fn until(what: &str, mut holds: impl AsyncFnMut() -> bool) {
    let waited = tokio::time::timeout(Duration::from_secs(10), async {
        while !holds().await {
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
    });
    assert!(waited.await.is_ok(), "{what} did not come about");
}
