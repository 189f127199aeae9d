//! The list of endpoints is the contract's: method, path, role and error numbers of the documented ones, the assumed defaults of the rest.

use std::collections::{BTreeMap, BTreeSet};

use cubu_s2s::{Evidence, endpoints};

const OPENAPI: &str = include_str!("../../../../docs/contract/openapi.yaml");
const CONTRACT: &str = include_str!("../../../../docs/contract/cubu-s2s.md");

#[derive(Debug, Default, PartialEq)]
struct Operation {
    role: String,
    coverage: String,
    codes: BTreeSet<u32>,
}

/// Reads the few lines this test is about; the file is written by one hand and keeps its indentation.
fn operations() -> BTreeMap<(String, String), Operation> {
    let mut operations = BTreeMap::new();
    let (mut path, mut key) = (String::new(), None);
    let paths = OPENAPI.lines().skip_while(|line| *line != "paths:").skip(1);
    for line in paths.take_while(|line| line.starts_with(' ')) {
        let text = line.trim();
        match line.len() - line.trim_start().len() {
            2 => path = text.trim_end_matches(':').to_owned(),
            4 if text.ends_with(':') => {
                let method = text.trim_end_matches(':').to_ascii_uppercase();
                let found = (method, path.clone());
                operations.insert(found.clone(), Operation::default());
                key = Some(found);
            }
            _ => {
                let Some(operation) = key.as_ref().and_then(|key| operations.get_mut(key)) else {
                    continue;
                };
                if let Some(role) = text.strip_prefix("x-required-role: ") {
                    operation.role = role.to_owned();
                } else if let Some(coverage) = text.strip_prefix("x-coverage: ") {
                    operation.coverage = coverage.to_owned();
                } else if let Some(code) = text.strip_prefix("- errorCode: ") {
                    operation.codes.insert(code.parse().expect("a number"));
                }
            }
        }
    }
    operations.retain(|(_, path), _| !path.contains("/oauth2/"));
    operations
}

#[test]
fn the_documented_endpoints_are_the_ones_of_the_contract() {
    let operations = operations();
    assert_eq!(operations.len(), 23);
    let mut seen = BTreeSet::new();
    for endpoint in endpoints::ALL
        .iter()
        .filter(|it| it.evidence != Evidence::Assumed)
    {
        let key = (endpoint.method.to_string(), endpoint.path.to_owned());
        let operation = operations
            .get(&key)
            .unwrap_or_else(|| panic!("{key:?} is not in the contract"));
        if operation.role != "NOT SEEN" {
            assert_eq!(operation.role, endpoint.role.label(), "{}", endpoint.name);
        }
        let full = operation.coverage == "full";
        assert_eq!(
            full,
            endpoint.evidence == Evidence::Documented,
            "{}",
            endpoint.name
        );
        let codes: BTreeSet<u32> = endpoint
            .faults
            .iter()
            .filter_map(|fault| fault.code)
            .collect();
        assert_eq!(operation.codes, codes, "{}", endpoint.name);
        seen.insert(key);
    }
    assert_eq!(
        seen.len(),
        operations.len(),
        "an operation of the contract has no endpoint"
    );
}

#[test]
fn the_unseen_endpoints_have_the_assumed_default_addresses() {
    let unseen: Vec<&str> = OPENAPI
        .lines()
        .filter_map(|line| line.strip_prefix("- endpoint: "))
        .collect();
    let assumed: Vec<_> = endpoints::ALL
        .iter()
        .filter(|it| it.evidence == Evidence::Assumed)
        .collect();
    assert_eq!(assumed.len(), 4);
    for endpoint in assumed {
        assert!(unseen.contains(&endpoint.title), "{}", endpoint.title);
        let default = format!(
            "| {} | `{} {}`",
            endpoint.title, endpoint.method, endpoint.path
        );
        assert!(CONTRACT.contains(&default), "{default}");
    }
}

#[test]
fn titles_and_order_are_those_of_the_summary_table() {
    let titles: Vec<&str> = CONTRACT
        .lines()
        .skip_while(|line| !line.starts_with("## 1."))
        .filter_map(|line| {
            let cells: Vec<&str> = line.split('|').map(str::trim).collect();
            cells.get(1)?.parse::<u32>().ok()?;
            cells.get(2).copied()
        })
        .take(27)
        .collect();
    let ours: Vec<&str> = endpoints::ALL
        .iter()
        .map(|endpoint| endpoint.title)
        .collect();
    assert_eq!(ours, titles);
}

#[test]
fn every_required_placeholder_is_one_of_the_path() {
    for endpoint in endpoints::ALL {
        let placeholders: Vec<_> = endpoint.placeholders().collect();
        for name in endpoint.required_placeholders {
            assert!(placeholders.contains(name), "{} {name}", endpoint.name);
        }
        assert_eq!(endpoints::named(endpoint.name), Some(endpoint));
    }
}
