//! One list of endpoints: client, contract, simulator and commands agree.

use std::{collections::BTreeSet, fs, path::Path};

use cubu_s2s::{Evidence, endpoints};
use cubu_simulator::ROUTES;
use desk_core::commands::{self, EndpointCard};

#[test]
fn the_simulator_serves_exactly_the_endpoints_of_the_client() {
    let client: BTreeSet<_> = endpoints::ALL
        .iter()
        .map(|endpoint| {
            (
                endpoint.name,
                endpoint.method.to_string(),
                endpoint.path,
                endpoint.role.label(),
            )
        })
        .collect();
    let simulator: BTreeSet<_> = ROUTES
        .iter()
        .map(|route| {
            (
                route.name,
                route.method.to_string(),
                route.path,
                route.role.name(),
            )
        })
        .collect();
    assert_eq!(client, simulator);
    assert_eq!(client.len(), 27);
}

#[test]
fn every_endpoint_stands_in_the_contract_with_its_method_and_path() {
    let contract = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/contract/cubu-s2s.md");
    let contract = fs::read_to_string(contract).unwrap();
    let rows: Vec<Vec<&str>> = contract
        .lines()
        .filter(|line| line.starts_with("| "))
        .map(|line| line.trim_matches('|').split('|').map(str::trim).collect())
        .collect();
    let numbered: Vec<_> = rows
        .iter()
        .filter(|row| row[0].parse::<u8>().is_ok() && row.len() > 5)
        .collect();
    assert_eq!(numbered.len(), endpoints::ALL.len());
    for (endpoint, row) in endpoints::ALL.iter().zip(numbered) {
        assert_eq!(endpoint.title, row[1]);
        let (method, path) = if endpoint.evidence == Evidence::Assumed {
            assert_eq!(row[2], "NOT SEEN", "{}", endpoint.title);
            let assumed = rows.iter().find(|row| row[0] == endpoint.title).unwrap();
            assumed[1]
                .trim_start_matches('`')
                .split('`')
                .next()
                .unwrap()
                .split_once(' ')
                .unwrap()
        } else {
            (
                row[2].split(' ').next().unwrap(),
                row[3].trim_start_matches('`'),
            )
        };
        let path = path.split(['`', '?', '[']).next().unwrap();
        assert_eq!(
            (endpoint.method.as_str(), endpoint.path),
            (method, path),
            "{}",
            endpoint.title
        );
    }
}

#[test]
fn every_endpoint_has_its_command() {
    for endpoint in &endpoints::ALL {
        let card = EndpointCard::of(endpoint);
        assert!(
            commands::NAMES.contains(&card.command.as_str()),
            "{}",
            card.command
        );
    }
    let distinct: BTreeSet<_> = commands::NAMES.iter().collect();
    assert_eq!(distinct.len(), commands::NAMES.len());
}
