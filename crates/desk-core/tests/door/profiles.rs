//! Profiles: typed, exported, imported, deleted.

use std::fs;

use serde_json::json;

use crate::harness::{Bench, draft, open};

#[tokio::test]
async fn an_exported_profile_sets_another_desk_up_but_for_the_secret() {
    let bench = Bench::new().await;
    let exported = bench.call("export_profile", bench.this_profile()).await;
    assert_eq!(exported["fileName"], "town-hall.cubu.json");
    let folder = tempfile::tempdir().unwrap();
    let other = open(
        folder.path(),
        std::sync::Arc::new(desk_core::secrets::MemoryKeychain::default()),
    );
    let imported = other
        .dispatch("import_profile", json!({ "json": exported["json"] }))
        .await
        .unwrap();
    assert_eq!(
        (&imported["name"], &imported["hasSecret"]),
        (&json!("Town hall"), &json!(false))
    );
    let state = other
        .dispatch("activate_profile", json!({ "profileId": imported["id"] }))
        .await
        .unwrap();
    assert_eq!(state["status"], "secretMissing");
    let refused = other.dispatch("list_users", json!({})).await.unwrap_err();
    assert_eq!(json!(refused.code), "secret_missing");
    let catalogue = other.dispatch("get_catalogue", json!({})).await.unwrap();
    assert_eq!(catalogue, bench.call("get_catalogue", json!({})).await);
}

#[tokio::test]
async fn importing_the_same_profile_again_brings_it_up_to_date_and_keeps_its_secret() {
    let bench = Bench::new().await;
    let exported = bench.call("export_profile", bench.this_profile()).await;
    let renamed = exported["json"]
        .as_str()
        .unwrap()
        .replace("Town hall", "City hall");
    let imported = bench
        .call("import_profile", json!({ "json": renamed }))
        .await;
    assert_eq!(
        (&imported["id"], &imported["name"], &imported["hasSecret"]),
        (&bench.profile, &json!("City hall"), &json!(true))
    );
    let state = bench.call("app_state", json!({})).await;
    assert_eq!(state["connection"]["profileName"], "City hall");
    assert_eq!(state["profiles"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn a_profile_that_leads_elsewhere_does_not_inherit_the_secret() {
    let bench = Bench::new().await;
    let mut elsewhere = draft(&bench.simulator.connection);
    elsewhere["id"] = bench.profile.clone();
    elsewhere["authority"] = json!("https://login.example.org");
    let saved = bench
        .call("save_profile", json!({ "profile": elsewhere }))
        .await;
    assert_eq!(
        (&saved["id"], &saved["hasSecret"]),
        (&bench.profile, &json!(false))
    );
    assert_eq!(
        bench.call("app_state", json!({})).await["connection"]["status"],
        "secretMissing"
    );
    let exported = bench.call("export_profile", bench.this_profile()).await;
    let foreign = exported["json"]
        .as_str()
        .unwrap()
        .replace("login.example.org", "evil.example.org");
    let imported = bench
        .call("import_profile", json!({ "json": foreign }))
        .await;
    assert_ne!(imported["id"], bench.profile);
    assert_eq!(imported["hasSecret"], false);
}

#[tokio::test]
async fn a_draft_with_mistakes_saves_nothing() {
    let bench = Bench::new().await;
    let mut wrong = draft(&bench.simulator.connection);
    wrong["id"] = bench.profile.clone();
    wrong["name"] = json!("Renamed");
    wrong["tenantId"] = json!("tenant");
    let refused = bench
        .refused("save_profile", json!({ "profile": wrong }))
        .await;
    assert_eq!(json!(refused.code), "invalid_input");
    assert_eq!(refused.fields[0].field, "tenantId");
    assert_eq!(
        bench.call("get_profile", bench.this_profile()).await["name"],
        "Town hall"
    );
}

#[tokio::test]
async fn a_deleted_profile_is_gone_with_all_that_belonged_to_it() {
    let bench = Bench::new().await;
    let state = bench.call("delete_profile", bench.this_profile()).await;
    assert_eq!(
        (&state["connection"]["status"], &state["profiles"]),
        (&json!("none"), &json!([]))
    );
    assert_eq!(
        json!(bench.refused("list_users", json!({})).await.code),
        "not_connected"
    );
    for folder in ["profiles", "catalogues"] {
        assert_eq!(
            fs::read_dir(bench.folder.path().join(folder))
                .unwrap()
                .count(),
            0,
            "{folder}"
        );
    }
}

#[tokio::test]
async fn what_a_newer_version_wrote_is_left_as_it_is_and_the_desk_can_be_used() {
    let bench = Bench::new().await;
    let newer = |format: &str| json!({ "format": format, "schema": 99, "more": 1 }).to_string();
    let (desk, settings) = (newer("front-desk-desk"), newer("front-desk-settings"));
    fs::write(bench.folder.path().join("desk.json"), &desk).unwrap();
    fs::write(bench.folder.path().join("settings.json"), &settings).unwrap();
    let next = open(bench.folder.path(), bench.keychain.clone());
    let state = next.dispatch("app_state", json!({})).await.unwrap();
    assert_eq!(state["notices"].as_array().unwrap().len(), 2);
    assert_eq!(state["notices"][0]["id"], "file-newer");
    next.dispatch("activate_profile", bench.this_profile())
        .await
        .unwrap();
    next.dispatch("list_users", json!({})).await.unwrap();
    let dark = json!({ "settings": { "theme": "dark" } });
    let refused = next.dispatch("save_settings", dark).await.unwrap_err();
    assert_eq!(refused.message.id, "file-not-written");
    for (file, text) in [("desk.json", desk), ("settings.json", settings)] {
        let kept = fs::read_to_string(bench.folder.path().join(file)).unwrap();
        assert_eq!(kept, text);
    }
}

#[tokio::test]
async fn an_export_that_can_not_be_written_says_so_and_the_desk_goes_on() {
    let bench = Bench::new().await;
    let file = bench.folder.path().join("export.json");
    let export = |path: &std::path::Path| json!({ "profileId": bench.profile, "path": path });
    bench.call("export_profile_to_file", export(&file)).await;
    assert!(
        fs::read_to_string(&file)
            .unwrap()
            .contains("front-desk-profile")
    );
    let refused = bench
        .refused("export_profile_to_file", export(&file.join("below-a-file")))
        .await;
    assert_eq!(refused.message.id, "file-not-written");
    bench.call("list_users", json!({})).await;
}
