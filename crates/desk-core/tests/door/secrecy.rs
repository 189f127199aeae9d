//! The client secret goes in by one command and comes out nowhere.

use std::{fs, path::Path};

use desk_core::{
    commands::SetClientSecret,
    fields,
    secrets::{MemoryKeychain, Secrets},
};
use secrecy::SecretString;
use serde_json::json;

use crate::harness::Bench;

/// Compiles only while a type does not implement `Serialize`: otherwise both of the traits' functions are meant.
macro_rules! can_not_be_serialized {
    ($($type:ty),+) => {$(const _: fn() = || {
        trait Either<Which> {
            fn one() {}
        }
        impl<T: ?Sized> Either<()> for T {}
        impl<T: ?Sized + serde::Serialize> Either<u8> for T {}
        let _ = <$type as Either<_>>::one;
    };)+};
}
can_not_be_serialized!(SecretString, SetClientSecret, Secrets, MemoryKeychain);

fn holds(folder: &Path, secret: &str) -> bool {
    fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .any(|path| {
            if path.is_dir() {
                holds(&path, secret)
            } else {
                String::from_utf8_lossy(&fs::read(&path).unwrap()).contains(secret)
            }
        })
}

#[tokio::test]
async fn the_secret_is_in_no_answer_no_export_and_no_file() {
    let bench = Bench::new().await;
    let secret = bench.simulator.connection.client_secret.clone();
    for (command, request) in [
        ("app_state", json!({})),
        ("get_profile", bench.this_profile()),
        ("test_connection", bench.this_profile()),
        ("export_profile", bench.this_profile()),
        ("activate_profile", bench.this_profile()),
        ("get_catalogue", json!({})),
        ("list_endpoints", json!({})),
    ] {
        let answer = bench.call(command, request).await.to_string();
        assert!(!answer.contains(&secret), "{command}");
        assert!(!answer.to_lowercase().contains("bearer"), "{command}");
    }
    assert!(!holds(bench.folder.path(), &secret));
    assert!(!format!("{:?}", bench.desk).contains(&secret));
}

#[tokio::test]
async fn a_failed_command_does_not_repeat_the_secret() {
    let bench = Bench::new().await;
    let wrong = "hunter2hunter2";
    for request in [
        json!({ "profileId": "nobody", "clientSecret": wrong }),
        json!({ "profileId": bench.profile, "clientSecret": [wrong] }),
        json!({ "profileId": 7, "clientSecret": wrong }),
    ] {
        let failure = bench.refused("set_client_secret", request).await;
        assert!(!json!(failure).to_string().contains(wrong));
        assert!(!format!("{failure:?}").contains(wrong));
    }
    bench
        .call(
            "set_client_secret",
            json!({ "profileId": bench.profile, "clientSecret": wrong }),
        )
        .await;
    let failure = bench.refused("list_users", json!({})).await;
    assert!(!json!(failure).to_string().contains(wrong));
    let request: SetClientSecret =
        fields::read(json!({ "profileId": bench.profile, "clientSecret": wrong })).unwrap();
    assert!(!format!("{request:?}").contains(wrong));
}
