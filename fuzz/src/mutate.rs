//! Changing an input in ways that matter to a reader of JSON: another type, a missing or doubled member, numbers at their
//! limits, strange texts, deep nesting, an end too early. Every change is decided by a seed.

use rand::{Rng, RngExt, SeedableRng, rngs::StdRng};
use serde_json::{Map, Number, Value, json};

/// A text that stands for somebody's telephone number: no error may repeat it.
pub const PRIVATE: &str = "0555000199";

/// The input with one to four changes. What is no JSON is changed as bytes.
pub fn mutate(input: &[u8], seed: u64) -> Vec<u8> {
    let mut rng = StdRng::seed_from_u64(seed);
    let mut bytes = match serde_json::from_slice::<Value>(input) {
        Ok(mut value) => {
            for _ in 0..rng.random_range(1..=4) {
                let places = count(&value);
                let place = rng.random_range(0..places);
                change_at(&mut value, &mut { place }, &mut rng);
            }
            value.to_string().into_bytes()
        }
        Err(_) => input.to_vec(),
    };
    if rng.random_ratio(1, 8) || bytes == input {
        spoil(&mut bytes, &mut rng);
    }
    bytes
}

fn count(value: &Value) -> usize {
    1 + match value {
        Value::Array(items) => items.iter().map(count).sum(),
        Value::Object(members) => members.values().map(count).sum(),
        _ => 0,
    }
}

/// Changes the value that is `place` steps ahead; whether it was among these.
fn change_at(value: &mut Value, place: &mut usize, rng: &mut StdRng) -> bool {
    if *place == 0 {
        change(value, rng);
        return true;
    }
    *place -= 1;
    match value {
        Value::Array(items) => items.iter_mut().any(|item| change_at(item, place, rng)),
        Value::Object(members) => members
            .values_mut()
            .any(|member| change_at(member, place, rng)),
        _ => false,
    }
}

fn change(value: &mut Value, rng: &mut StdRng) {
    match value {
        Value::Object(members) if rng.random_ratio(3, 4) => change_members(members, rng),
        Value::Array(items) if rng.random_ratio(3, 4) => change_items(items, rng),
        _ => *value = strange(rng),
    }
}

fn change_members(members: &mut Map<String, Value>, rng: &mut StdRng) {
    let nth = rng.random_range(0..members.len().max(1));
    let name = members.keys().nth(nth).cloned().unwrap_or_default();
    match rng.random_range(0..5) {
        0 => drop(members.remove(&name)),
        1 => drop(members.insert(text(rng), strange(rng))),
        2 => drop(members.insert(name.to_uppercase(), strange(rng))),
        3 => {
            if let Some(moved) = members.remove(&name) {
                members.insert(text(rng), moved);
            }
        }
        _ => drop(members.insert(name, strange(rng))),
    }
}

fn change_items(items: &mut Vec<Value>, rng: &mut StdRng) {
    let nth = rng.random_range(0..items.len().max(1));
    match rng.random_range(0..4) {
        0 if !items.is_empty() => drop(items.remove(nth)),
        1 => items.clear(),
        2 => {
            if let Some(item) = items.get(nth).cloned() {
                let times = rng.random_range(1..40);
                items.extend(std::iter::repeat_n(item, times));
            }
        }
        _ => items.insert(nth.min(items.len()), strange(rng)),
    }
}

fn strange(rng: &mut StdRng) -> Value {
    match rng.random_range(0..9) {
        0 => Value::Null,
        1 => json!(rng.random::<bool>()),
        2 | 3 => number(rng),
        4..=6 => json!(text(rng)),
        7 => (0..rng.random_range(1..200)).fold(json!(1), |inner, _| json!([inner])),
        _ => (0..rng.random_range(1..200)).fold(json!({}), |inner, _| json!({ "caseId": inner })),
    }
}

fn number(rng: &mut StdRng) -> Value {
    const WHOLE: [i64; 14] = [
        0,
        -1,
        1,
        59,
        1439,
        1440,
        65_535,
        65_536,
        i32::MAX as i64,
        i32::MIN as i64,
        u32::MAX as i64,
        u32::MAX as i64 + 1,
        i64::MAX,
        i64::MIN,
    ];
    const BROKEN: [f64; 7] = [
        0.5,
        -0.0,
        1e37,
        f64::MAX,
        f64::MIN_POSITIVE,
        9_007_199_254_740_993.0,
        -1e-7,
    ];
    match rng.random_range(0..4) {
        0 => json!(rng.next_u64()),
        1 => Number::from_f64(BROKEN[rng.random_range(0..BROKEN.len())]).into(),
        _ => json!(WHOLE[rng.random_range(0..WHOLE.len())]),
    }
}

fn text(rng: &mut StdRng) -> String {
    const TEXTS: [&str; 40] = [
        "",
        " ",
        PRIVATE,
        "null",
        "0",
        "-1",
        "18446744073709551616",
        "5b0d6c1e-2222-4a6e-9d10-000000000001",
        "{5B0D6C1E-2222-4A6E-9D10-000000000001}",
        "urn:uuid:5b0d6c1e-2222-4a6e-9d10-000000000001",
        "2025-03-04",
        "2025-03-04T00:00:00",
        "2025-03-04T24:00:00Z",
        "2025-02-30T10:00:00Z",
        "2025-03-04T23:59:60Z",
        "2025-03-04T10:00:00.1234567+14:00",
        "0000-01-01T00:00:00Z",
        "9999-12-31T23:59:59.999999999-23:59",
        "+262142-12-31T23:59:59Z",
        "-262143-01-01T00:00:00Z",
        "T",
        "Israel Standard Time",
        "UTC",
        "America/Argentina/ComodRivadavia",
        "Wed, 21 Oct 2026 07:28:00 GMT",
        "Sunday, 06-Nov-94 08:49:37 GMT",
        "Fri, 31 Dec 9999 23:59:59 GMT",
        "https://app.example.org/a?b=c#d",
        "http://[::1]:0/",
        "javascript:alert(1)",
        "/{applicationId}/{",
        "../../etc/passwd",
        "דלפק קדמי",
        "\u{202e}desk\u{202c}",
        "👩‍👩‍👧‍👦",
        "\u{0}",
        "\u{feff}",
        "e\u{301}\u{301}\u{301}",
        "front-desk-profile",
        "invalid_client",
    ];
    match rng.random_range(0..12) {
        0 => {
            let length = rng.random_range(1..3000);
            TEXTS[rng.random_range(0..TEXTS.len())]
                .chars()
                .cycle()
                .take(length)
                .collect()
        }
        1 => (0..rng.random_range(1..30))
            .map(|_| rng.random::<char>())
            .collect(),
        _ => TEXTS[rng.random_range(0..TEXTS.len())].to_owned(),
    }
}

/// Changes that leave no JSON, or JSON that only a text can be: a member named twice, numbers no type holds.
fn spoil(bytes: &mut Vec<u8>, rng: &mut StdRng) {
    let place = rng.random_range(0..=bytes.len());
    match rng.random_range(0..8) {
        0 => bytes.truncate(place),
        1 => drop(bytes.splice(0..0, *b"\xef\xbb\xbf")),
        2 => bytes.insert(place, rng.random()),
        3 => drop(bytes.splice(0..0, std::iter::repeat_n(b'[', 300))),
        4 => bytes.extend_from_slice(b" trailing"),
        5 => {
            let doubled = bytes.clone();
            if let (Some(b'{'), Some(b'}')) = (bytes.first(), bytes.last()) {
                bytes.pop();
                bytes.push(b',');
                bytes.extend_from_slice(&doubled[1..]);
            }
        }
        6 => {
            if let Some(digit) = bytes.iter().position(u8::is_ascii_digit) {
                bytes.splice(digit..=digit, *b"1e400");
            }
        }
        _ => {
            if let Some(byte) = bytes.get_mut(place) {
                *byte = rng.random();
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_decides_every_change_and_many_seeds_change_many_things() {
        let sample = br#"{"slots":[540,555],"duration":15,"serviceTypeName":"Renewal"}"#;
        let made: std::collections::BTreeSet<_> =
            (0..200).map(|seed| mutate(sample, seed)).collect();
        assert!(made.len() > 150, "only {} different ones", made.len());
        assert!((0..200).all(|seed| mutate(sample, seed) == mutate(sample, seed)));
        assert!(made.iter().any(|bytes| bytes.starts_with(b"\xef\xbb\xbf")));
        assert!(made.iter().any(|bytes| bytes.len() < 30));
    }
}
