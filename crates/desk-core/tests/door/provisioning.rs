//! Setting a desk up by script.

use std::{fs, path::PathBuf, sync::Arc};

use desk_core::{clock::Clock, desk::Desk, provision::StartOptions, secrets::MemoryKeychain};
use serde_json::json;

use crate::harness::Bench;

async fn start(options: &StartOptions, secret: &str) -> Result<Desk, String> {
    let keychain = Arc::new(MemoryKeychain::default());
    options
        .open(keychain, Clock::System, secret.as_bytes())
        .await
        .map_err(|failure| failure.to_string())
}

#[tokio::test]
async fn a_profile_and_a_secret_make_a_desk_that_is_connected() {
    let bench = Bench::new().await;
    let exported = bench.call("export_profile", bench.this_profile()).await;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("profile.json");
    fs::write(&file, exported["json"].as_str().unwrap()).unwrap();
    let options = StartOptions {
        data_dir: Some(folder.path().join("desk")),
        import_profile: Some(file),
        secret_stdin: true,
    };
    let secret = format!("{}\n", bench.simulator.connection.client_secret);
    for _ in 0..2 {
        let desk = start(&options, &secret).await.unwrap();
        let state = desk.dispatch("app_state", json!({})).await.unwrap();
        assert_eq!(state["connection"]["status"], "connected");
        assert_eq!(state["profiles"].as_array().unwrap().len(), 1);
        desk.dispatch("list_users", json!({})).await.unwrap();
    }
    let nothing = start(&options, " \n").await.unwrap_err();
    assert_eq!(nothing, "There is no client secret on standard input.");
}

#[tokio::test]
async fn what_is_wrong_is_said_in_words_and_nothing_is_set_up() {
    let folder = tempfile::tempdir().unwrap();
    let options = |file: PathBuf| StartOptions {
        data_dir: Some(folder.path().join("desk")),
        import_profile: Some(file),
        secret_stdin: false,
    };
    let file = folder.path().join("profile.json");
    let missing = start(&options(file.clone()), "").await.unwrap_err();
    assert!(
        missing.contains("profile.json") && missing.contains("there is no such file"),
        "{missing}"
    );
    for (content, words) in [
        ("{", "stops making sense at line 1"),
        (
            r#"{"format":"front-desk-profile","schema":9}"#,
            "newer version",
        ),
        (
            r#"{"format":"front-desk-profile","schema":1,"profile":{"name":7}}"#,
            "profile.name: This should be text.",
        ),
    ] {
        fs::write(&file, content).unwrap();
        let told = start(&options(file.clone()), "").await.unwrap_err();
        assert!(told.contains(words), "{told}");
    }
    fs::write(&file, vec![b' '; 10 * 1024 * 1024]).unwrap();
    assert!(
        start(&options(file.clone()), "")
            .await
            .unwrap_err()
            .contains("larger than")
    );
    fs::write(&file, [0xff, 0xfe]).unwrap();
    assert!(start(&options(file), "").await.is_err());
    let profiles = folder.path().join("desk").join("profiles");
    assert_eq!(fs::read_dir(profiles).unwrap().count(), 0);
}
