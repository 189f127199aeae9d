//! The one list of routes against the contract's OpenAPI file, and against what is really served.

use std::collections::BTreeSet;

use cubu_simulator::ROUTES;

const OPENAPI: &str = include_str!("../../../../docs/contract/openapi.yaml");

/// Served at the addresses that the contract assumes, because their pages were never seen.
const ASSUMED: [(&str, &str); 4] = [
    (
        "POST",
        "/{applicationId}/agents/{userId}/actions/becomeAvailable",
    ),
    (
        "POST",
        "/{applicationId}/agents/{userId}/workstations/{workstationId}/actions/vacate",
    ),
    (
        "DELETE",
        "/{applicationId}/calendars/{serviceId}/{date}/{cuIndex}/appointments/{caseId}",
    ),
    ("GET", "/{applicationId}/organization/backOfficeTasks"),
];

/// Method, path and role of every operation, read off the file's indentation.
fn documented() -> Vec<(String, String, String)> {
    let mut operations: Vec<(String, String, String)> = Vec::new();
    let mut path = "";
    let paths = OPENAPI.split("\npaths:\n").nth(1).unwrap();
    for line in paths.lines().take_while(|line| line.starts_with(' ')) {
        let (depth, text) = (line.len() - line.trim_start().len(), line.trim());
        if depth == 2 {
            path = text.trim_end_matches(':');
        } else if depth == 4 && ["get:", "post:", "patch:", "delete:", "put:"].contains(&text) {
            let method = text.trim_end_matches(':').to_uppercase();
            operations.push((method, path.to_owned(), String::new()));
        } else if let Some(role) = text.strip_prefix("x-required-role: ") {
            operations.last_mut().unwrap().2 = role.to_owned();
        }
    }
    operations.retain(|(_, path, _)| !path.ends_with("/oauth2/v2.0/token"));
    operations
}

#[test]
fn the_routes_are_the_contracts_and_the_four_assumed_ones() {
    let documented = documented();
    assert_eq!(documented.len(), 23);
    let mut expected: BTreeSet<(String, String)> = documented
        .into_iter()
        .map(|(method, path, _)| (method, path))
        .collect();
    expected.extend(ASSUMED.map(|(method, path)| (method.to_owned(), path.to_owned())));
    let served: BTreeSet<(String, String)> = ROUTES
        .iter()
        .map(|route| (route.method.to_string(), route.path.to_owned()))
        .collect();
    assert_eq!(served, expected);
    assert_eq!(ROUTES.len(), expected.len());
}

#[test]
fn every_route_asks_for_the_contracts_role() {
    for (method, path, role) in documented() {
        if role.starts_with("NOT SEEN") {
            continue;
        }
        let route = ROUTES
            .iter()
            .find(|route| route.method.as_str() == method && route.path == path);
        assert_eq!(route.unwrap().role.name(), role, "{method} {path}");
    }
}

#[test]
fn every_route_has_its_own_name() {
    let names: BTreeSet<&str> = ROUTES.iter().map(|route| route.name).collect();
    assert_eq!(names.len(), ROUTES.len());
}
