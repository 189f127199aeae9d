//! The 27 calls as JSON, for scripts.

use cubu_s2s::endpoints;
use serde_json::{Value, json};

/// One object a call: `{name, method, path, role, evidence, retry, command}`.
pub fn json() -> Value {
    endpoints::ALL
        .iter()
        .map(|endpoint| {
            json!({
                "name": endpoint.name,
                "method": endpoint.method.as_str(),
                "path": endpoint.path,
                "role": endpoint.role.label(),
                "evidence": endpoint.evidence,
                "retry": endpoint.retry,
                "command": command(endpoint.name),
            })
        })
        .collect()
}

/// The command of a call: its name in snake case.
pub fn command(name: &str) -> String {
    let mut words = String::new();
    for letter in name.chars() {
        if letter.is_ascii_uppercase() && !words.is_empty() {
            words.push('_');
        }
        words.push(letter.to_ascii_lowercase());
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_call_is_listed_with_all_that_a_script_asks_for() {
        let list = json();
        let list = list.as_array().unwrap();
        assert_eq!(list.len(), 27);
        for call in list {
            for field in [
                "name", "method", "path", "role", "evidence", "retry", "command",
            ] {
                assert!(
                    call[field].as_str().is_some_and(|word| !word.is_empty()),
                    "{field} of {call}"
                );
            }
        }
    }

    #[test]
    fn a_command_is_the_name_in_snake_case() {
        assert_eq!(command("ListBackOfficeTasks"), "list_back_office_tasks");
    }
}
