//! What the whole program says while it is as talkative as it can be: nobody's name, number, address or field, no secret and
//! no token. Captured from the one subscriber of a process of its own, libraries included, those that log by other means too.

use std::{
    env, fs, io,
    process::Command,
    sync::{Arc, Mutex},
    time::Duration,
};

use cubu_simulator::{Fault, FaultRule};
use serde_json::{Value, json};
use tracing_subscriber::{filter::LevelFilter, fmt::MakeWriter};

use crate::{line::Line, moves::Planned, proxy::Mishap};

const CHILD: &str = "FRONT_DESK_TEST_LISTENS";
const NAME: &str = "Wilhelmina Oxenstierna";
const PHONE: &str = "0559876543";
const MAIL: &str = "w.oxenstierna@example.org";
const NATIONAL_ID: &str = "318273645";
const NOTE: &str = "wheelchair at the side door";
const REASON: &str = "inherits the mill at Ostervale";
const PLANTED: &str = "a planted number 0558887776";

#[derive(Clone, Default)]
struct Said(Arc<Mutex<Vec<u8>>>);

impl Said {
    fn so_far(&self) -> String {
        String::from_utf8_lossy(&self.0.lock().unwrap()).into_owned()
    }
}

impl io::Write for Said {
    fn write(&mut self, words: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(words);
        Ok(words.len())
    }
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Said {
    type Writer = Self;
    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

/// The ways in which a program may write a text.
fn spellings(text: &str) -> Vec<String> {
    let hex: String = text.bytes().map(|byte| format!("{byte:02x}")).collect();
    let in_url = |space: &str| {
        let letters = text.chars().map(|letter| match letter {
            ' ' => space.to_owned(),
            '@' => "%40".to_owned(),
            '~' => "%7E".to_owned(),
            '/' => "%2F".to_owned(),
            other => other.to_string(),
        });
        letters.collect::<String>()
    };
    let numbers = text.bytes().map(|byte| byte.to_string());
    let numbers = numbers.collect::<Vec<_>>().join(", ");
    vec![text.to_owned(), hex, in_url("%20"), in_url("+"), numbers]
}

fn found(said: &str, hidden: &[String]) -> Vec<String> {
    let lines = said.lines().filter(|line| {
        let mut spelt = hidden.iter().flat_map(|text| spellings(text));
        spelt.any(|text| line.contains(&text))
    });
    lines.map(str::to_owned).collect()
}

#[test]
fn a_whole_day_at_the_lowest_level_names_nobody_and_tells_no_secret() {
    if env::var_os(CHILD).is_some() {
        return listen();
    }
    let this = "log_hygiene::a_whole_day_at_the_lowest_level_names_nobody_and_tells_no_secret";
    let child = Command::new(env::current_exe().unwrap())
        .args([this, "--exact", "--nocapture"])
        .env(CHILD, "1")
        .output()
        .unwrap();
    let told = String::from_utf8_lossy(&child.stdout);
    let complained = String::from_utf8_lossy(&child.stderr);
    assert!(child.status.success(), "{told}\n{complained}");
    assert!(told.contains("1 passed"), "{told}");
}

fn listen() {
    let said = Said::default();
    tracing_subscriber::fmt()
        .with_max_level(LevelFilter::TRACE)
        .with_ansi(false)
        .with_writer(said.clone())
        .init();
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let hidden = runtime.block_on(a_day());
    drop(runtime);

    let words = said.so_far();
    // Nothing is learnt from a program that was silent, or from ours alone: libraries were heard by both of their ways.
    for heard in ["desk_core", "cubu_s2s", "hyper_util", "reqwest"] {
        assert!(words.contains(heard), "nothing of {heard} was heard");
    }
    assert!(words.contains("TRACE") && words.lines().count() > 200);
    assert_eq!(found(&words, &hidden), Vec::<String>::new());

    tracing::trace!(target: "some_library", "{PLANTED}");
    let planted = [PLANTED.to_owned()];
    assert_eq!(found(&said.so_far(), &planted).len(), 1);
}

/// Everything a desk does, and what must not be heard of it.
async fn a_day() -> Vec<String> {
    let line = Line::new().await;
    let bench = &line.bench;
    let world = bench.simulator.world();
    let field = |slug: &str| {
        let fields = world["customerFields"].as_array().unwrap();
        let found = fields.iter().find(|field| field["slug"] == slug).unwrap();
        found["fieldTypeId"].as_str().unwrap().to_owned()
    };
    let (first, last) = NAME.split_once(' ').unwrap();
    let fields = json!({
        field("customer-first-name"): first, field("customer-last-name"): last,
        field("national-id"): NATIONAL_ID, field("phone-number"): PHONE, field("email"): MAIL,
    });
    let created = bench
        .call("create_customer", json!({ "fields": fields }))
        .await;
    let by_phone =
        json!({ "queryType": "KeyField", "fieldSlug": "phone-number", "fieldValue": PHONE });
    bench.call("find_customer", by_phone.clone()).await;
    let contact = |mut request: Value| {
        request["customerRecordId"] = created["recordId"].clone();
        request["contactPhoneNumber"] = json!(PHONE);
        request["contactEmail"] = json!(MAIL);
        let reason = world["caseFields"][0]["fieldTypeId"].as_str().unwrap();
        request["fields"] = json!({ reason: REASON });
        request
    };
    let booking = contact(bench.vacancy().await);
    bench.call("book_appointment", booking.clone()).await;
    // Refused, malformed, lost, and without a token.
    line.outcome("book_appointment", &booking)
        .await
        .unwrap_err();
    let change = json!([{ "fieldTypeId": field("phone-number"), "value": format!("{PHONE}1") }]);
    let update = json!({ "customerRecordId": created["recordId"], "fields": change });
    bench.call("update_customer", update).await;
    let missing = json!({ "customerRecordId": created["recordId"], "fields": PHONE });
    bench.refused("update_customer", missing).await;
    let malformed = FaultRule::new("FindCustomer", Fault::Malformed).limit(1);
    bench.simulator.set_faults(&[malformed]).unwrap();
    line.outcome("find_customer", &by_phone).await.unwrap_err();
    bench.simulator.clear_faults();
    line.proxy.next("POST /cases", Mishap::NeverAnswered);
    let walk_in = contact(line.walk_in());
    line.outcome("queue_up", &walk_in).await.unwrap_err();
    let mut tokens = bench.simulator.tokens();
    bench.simulator.revoke_tokens();
    line.outcome("queue_up", &contact(line.walk_in()))
        .await
        .ok();
    let planned = Planned::on(&line).await;
    let moved = bench.call("move_appointment", planned.request("bookFirst"));
    moved.await;
    let note = json!({ "name": "walk-in", "content": { "note": NOTE } });
    bench.call("keep_draft", note).await;
    let exported = bench
        .call("export_audit", json!({ "format": "jsonLines" }))
        .await;
    let text = exported["text"].as_str().unwrap();
    assert!(text.contains(PHONE) && text.contains(REASON));
    let to = bench.folder.path().join("trail.csv");
    let to_file = json!({ "format": "csv", "path": to });
    bench.call("export_audit_to_file", to_file).await;
    assert!(fs::read_to_string(to).unwrap().contains(PHONE));

    let mut hidden = vec![
        bench.simulator.connection.client_secret.clone(),
        "Bearer ".to_owned(),
    ];
    hidden.extend([NAME, last, PHONE, MAIL, NATIONAL_ID, NOTE, REASON].map(str::to_owned));
    // Those of the world too: other people's names came with every list.
    for customer in world["customers"].as_array().unwrap().iter().take(50) {
        let of_them = [&customer["displayName"], &customer["phone"]];
        let known = of_them.into_iter().filter_map(Value::as_str);
        hidden.extend(known.filter(|text| text.len() > 6).map(str::to_owned));
    }
    hidden.extend(["5550100123", "robin.vale@example.org"].map(str::to_owned));
    tokens.extend(bench.simulator.tokens());
    assert!(tokens.len() > 1);
    hidden.extend(tokens);
    let erase = json!({ "forgetUnread": true, "forget": open(&line).await });
    let erased = tokio::time::timeout(Duration::from_secs(20), async {
        while line.outcome("erase_local_data", &erase).await.is_err() {
            tokio::task::yield_now().await;
        }
    });
    erased.await.unwrap();
    hidden
}

async fn open(line: &Line) -> Vec<Value> {
    let preview = line.bench.call("preview_erasure", json!({})).await;
    let changes = preview["changes"].as_array().unwrap().iter();
    changes.map(|change| change["id"].clone()).collect()
}
