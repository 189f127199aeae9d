//! Reading answers: the contract's samples lose nothing, the smallest answers are enough, what is new is tolerated.

use cubu_s2s::{
    Channel, DecodeError, Endpoint, ListActiveCases, ListVacancies, RawAnswer, StartNextCase,
};
use serde_json::{Value, json};

use crate::calls::{self, Check};

struct Fixtures {
    checked: usize,
}

fn fixture(name: &str) -> Value {
    let mut file = String::new();
    for c in name.chars() {
        if c.is_uppercase() && !file.is_empty() {
            file.push('_');
        }
        file.push(c.to_ascii_lowercase());
    }
    [
        "agents",
        "appointments",
        "cases",
        "customers",
        "organization",
    ]
    .iter()
    .map(|area| {
        format!(
            "{}/tests/fixtures/{area}/{file}.json",
            env!("CARGO_MANIFEST_DIR")
        )
    })
    .find_map(|path| std::fs::read(path).ok())
    .map(|text| serde_json::from_slice(&text).expect("a readable fixture"))
    .unwrap_or_else(|| panic!("no fixture {file}.json"))
}

fn decode<E: Endpoint>(body: &Value) -> Result<E::Response, DecodeError> {
    let body = if body.is_null() {
        Vec::new()
    } else {
        body.to_string().into_bytes()
    };
    E::decode(&RawAnswer {
        status: 200,
        body: &body,
    })
}

/// Every member of `sample` is in `read`, with the same value. A ticket's number may become a text, midnight may drop off a day.
fn lost(sample: &Value, read: &Value, path: &str, losses: &mut Vec<String>) {
    match (sample, read) {
        (Value::Object(sample), Value::Object(read)) => {
            for (name, value) in sample {
                lost(
                    value,
                    read.get(name).unwrap_or(&Value::Null),
                    &format!("{path}.{name}"),
                    losses,
                );
            }
        }
        (Value::Array(sample), Value::Array(read)) if sample.len() == read.len() => {
            for (index, (sample, read)) in sample.iter().zip(read).enumerate() {
                lost(sample, read, &format!("{path}[{index}]"), losses);
            }
        }
        (Value::Number(number), Value::String(text)) if path.ends_with(".number") => {
            assert_eq!(&number.to_string(), text);
        }
        (Value::Number(sample), Value::Number(read)) if sample.as_f64() == read.as_f64() => {}
        (Value::String(sample), Value::String(read))
            if path.ends_with(".date") && sample.strip_suffix("T00:00:00") == Some(read) => {}
        (sample, read) if sample == read => {}
        (sample, read) => losses.push(format!("{path}: {sample} became {read}")),
    }
}

fn with_unknown_members(value: &Value) -> Value {
    match value {
        Value::Object(members) => {
            let mut members: serde_json::Map<_, _> = members
                .iter()
                // Free-form members are kept as they come, so nothing may be added to them.
                .map(|(name, value)| match name.as_str() {
                    "data" | "value" => (name.clone(), value.clone()),
                    _ => (name.clone(), with_unknown_members(value)),
                })
                .collect();
            members.insert(
                "addedLater".to_owned(),
                json!({ "deep": [1, { "er": null }] }),
            );
            Value::Object(members)
        }
        Value::Array(items) => items.iter().map(with_unknown_members).collect(),
        other => other.clone(),
    }
}

impl Check for Fixtures {
    fn check<E: Endpoint>(&mut self, _: &E)
    where
        E::Response: serde::Serialize + PartialEq + std::fmt::Debug,
    {
        let fixture = fixture(E::NAME);
        let good =
            decode::<E>(&fixture["good"]).unwrap_or_else(|error| panic!("{}: {error}", E::NAME));
        let mut losses = Vec::new();
        lost(
            &fixture["good"],
            &serde_json::to_value(&good).expect("JSON"),
            E::NAME,
            &mut losses,
        );
        assert_eq!(losses, Vec::<String>::new());

        if let Err(error) = decode::<E>(&fixture["minimal"]) {
            panic!("{} minimal: {error}", E::NAME);
        }
        let unknown = decode::<E>(&with_unknown_members(&fixture["good"]));
        assert_eq!(
            unknown.as_ref(),
            Ok(&good),
            "{} with unknown members",
            E::NAME
        );
        self.checked += 1;
    }
}

#[test]
fn every_answer_is_read_without_loss_and_leniently() {
    let mut fixtures = Fixtures { checked: 0 };
    calls::each(&mut fixtures);
    assert_eq!(fixtures.checked, 27);
}

struct NoContent;

impl Check for NoContent {
    fn check<E: Endpoint>(&mut self, _: &E)
    where
        E::Response: serde::Serialize + PartialEq + std::fmt::Debug,
    {
        if !fixture(E::NAME)["good"].is_null() {
            return;
        }
        for (status, body) in [
            (200, ""),
            (204, ""),
            (200, " \r\n"),
            (200, "{}"),
            (200, "null"),
            (200, "Done"),
        ] {
            let read = E::decode(&RawAnswer {
                status,
                body: body.as_bytes(),
            });
            assert!(read.is_ok(), "{} {status} {body:?}", E::NAME);
        }
        let page = E::decode(&RawAnswer {
            status: 200,
            body: b" <html>sign in</html>",
        });
        assert_eq!(page.err(), Some(DecodeError::Markup), "{}", E::NAME);
    }
}

#[test]
fn no_content_may_come_as_200_or_204_and_never_as_a_web_page() {
    calls::each(&mut NoContent);
}

struct WrongTypes;

impl Check for WrongTypes {
    fn check<E: Endpoint>(&mut self, _: &E)
    where
        E::Response: serde::Serialize + PartialEq + std::fmt::Debug,
    {
        let good = fixture(E::NAME)["good"].clone();
        for spoilt in spoil(&good) {
            // Read or refused, but never a panic; refused with a place.
            if let Err(DecodeError::Field { path, .. }) = decode::<E>(&spoilt) {
                assert!(!path.is_empty(), "{}", E::NAME);
            }
        }
    }
}

/// The sample with, one at a time, each member replaced by values of other types.
fn spoil(sample: &Value) -> Vec<Value> {
    let others = [
        json!(-1),
        json!(1e300),
        json!("x"),
        json!([[]]),
        json!({ "a": 1 }),
        json!(true),
        json!(null),
    ];
    let mut spoilt: Vec<Value> = others.to_vec();
    match sample {
        Value::Object(members) => {
            for (name, value) in members {
                for other in spoil(value) {
                    let mut copy = members.clone();
                    copy.insert(name.clone(), other);
                    spoilt.push(Value::Object(copy));
                }
            }
        }
        Value::Array(items) => {
            for item in items {
                spoilt.extend(spoil(item).into_iter().map(|item| json!([item])));
            }
        }
        _ => {}
    }
    spoilt
}

#[test]
fn wrong_types_anywhere_never_panic() {
    calls::each(&mut WrongTypes);
}

fn field_error<E: Endpoint>(body: &str) -> String {
    match E::decode(&RawAnswer {
        status: 200,
        body: body.as_bytes(),
    }) {
        Err(DecodeError::Field { path, .. }) => path,
        Err(other) => panic!("{other}"),
        Ok(_) => panic!("read"),
    }
}

#[test]
fn a_decode_error_names_the_field() {
    let case = "5b0d6c1e-2222-4a6e-9d10-000000000001";
    assert_eq!(
        field_error::<ListActiveCases>(&format!(r#"[{{"caseId":"{case}"}},{{"caseId":7}}]"#)),
        "[1].caseId"
    );
    assert_eq!(
        field_error::<ListActiveCases>(&format!(
            r#"[{{"caseId":"{case}","ticket":{{"number":[]}}}}]"#
        )),
        "[0].ticket.number"
    );
    assert_eq!(
        field_error::<ListActiveCases>(r#"[{"status":"Active"}]"#),
        "[0].caseId"
    );
    assert_eq!(field_error::<ListVacancies>(r#"{"duration":15}"#), "slots");
    assert_eq!(
        field_error::<ListVacancies>(r#"{"slots":[540,-5]}"#),
        "slots[1]"
    );
}

#[test]
fn a_decode_error_does_not_quote_the_answer() {
    let body = br#"[{"caseId":"Robin Vale"}]"#;
    let error = ListActiveCases::decode(&RawAnswer { status: 200, body }).expect_err("not an id");
    assert!(!format!("{error} {error:?}").contains("Robin"));
}

#[test]
fn values_this_version_does_not_know_are_kept() {
    let channel: Channel = serde_json::from_value(json!("Hologram")).expect("read");
    assert_eq!(channel, Channel::Unknown("Hologram".to_owned()));
    assert_eq!(
        serde_json::to_value(channel).expect("written"),
        json!("Hologram")
    );
}

#[test]
fn only_a_204_says_that_nobody_is_waiting() {
    let read = |status, body: &str| {
        StartNextCase::decode(&RawAnswer {
            status,
            body: body.as_bytes(),
        })
    };
    assert_eq!(read(204, ""), Ok(None));
    assert_eq!(read(200, ""), Err(DecodeError::Empty));
}

#[test]
fn stamps_keep_every_digit_and_still_tell_the_time() {
    let stamp: cubu_s2s::Timestamp =
        serde_json::from_value(json!("2025-03-01T08:00:00.1234567Z")).expect("read");
    assert_eq!(stamp.as_str(), "2025-03-01T08:00:00.1234567Z");
    assert_eq!(
        stamp.utc().map(|moment| moment.timestamp()),
        Some(1_740_816_000)
    );
    let local: cubu_s2s::Timestamp =
        serde_json::from_value(json!("2025-03-04T09:30:00")).expect("read");
    assert_eq!(local.utc(), None);
    assert_eq!(
        local.wall_time().map(|it| it.to_string()),
        Some("2025-03-04 09:30:00".to_owned())
    );
}
