//! The 27 calls as JSON, for scripts.

use cubu_s2s::endpoints;
use desk_core::commands::command;
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
}
