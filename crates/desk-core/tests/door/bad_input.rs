//! Whatever the window sends: a clear answer that names the field, no panic, and the desk goes on.

use desk_core::commands;
use serde_json::{Value, json};

use crate::harness::Bench;

#[tokio::test]
async fn no_command_takes_the_wrong_shape_for_the_right_one() {
    let bench = Bench::new().await;
    for command in commands::NAMES {
        for request in [json!(null), json!([]), json!("text"), json!(7), json!(true)] {
            let Err(failure) = bench.desk.dispatch(command, request.clone()).await else {
                assert!(request == json!([]), "{command} took {request}");
                continue;
            };
            assert_eq!(json!(failure.code), "invalid_input", "{command}: {request}");
        }
    }
    bench.call("list_users", json!({})).await;
}

#[tokio::test]
async fn wrong_fields_are_named() {
    let bench = Bench::new().await;
    let id = "5b0d6c1e-7777-4a6e-9d10-000000000001";
    for (command, request, field) in [
        (
            "list_calendars",
            json!({ "serviceId": "nowhere", "date": "2026-11-22" }),
            "serviceId",
        ),
        (
            "list_calendars",
            json!({ "serviceId": id, "date": "tomorrow" }),
            "date",
        ),
        ("list_calendars", json!({ "serviceId": id }), "date"),
        (
            "list_vacancies",
            json!({ "serviceId": id, "date": "2026-11-22", "cuIndex": -1, "serviceTypeId": id }),
            "cuIndex",
        ),
        (
            "book_appointment",
            json!({ "serviceId": id, "date": "2026-11-22", "cuIndex": 0, "serviceTypeId": id, "startTime": 1440 }),
            "startTime",
        ),
        (
            "book_appointment",
            json!({ "serviceId": id, "date": "2026-11-22", "cuIndex": 0, "serviceTypeId": id, "startTime": "9:00" }),
            "startTime",
        ),
        (
            "become_unavailable",
            json!({ "userId": id, "unavailabilityReason": "Lunch" }),
            "unavailabilityReason",
        ),
        (
            "become_unavailable",
            json!({ "userId": id, "unavailabilityReason": "Other" }),
            "unavailabilityDescription",
        ),
        (
            "become_unavailable",
            json!({ "userId": id, "unavailabilityReason": "BackOfficeWork" }),
            "backOfficeTaskId",
        ),
        (
            "clock_out",
            json!({ "userId": id, "clockOutReason": "Other", "clockOutDescription": "x".repeat(201) }),
            "clockOutDescription",
        ),
        ("create_customer", json!({ "fields": {} }), "fields"),
        (
            "update_customer",
            json!({ "customerRecordId": id, "fields": [] }),
            "fields",
        ),
        (
            "find_customer",
            json!({ "queryType": "KeyField", "fieldSlug": " ", "fieldValue": "1" }),
            "fieldSlug",
        ),
        (
            "load_span",
            json!({ "serviceId": id, "from": "2026-11-22", "days": 400 }),
            "days",
        ),
        ("choose_agent", json!({ "userId": "me" }), "userId"),
        (
            "put_unit",
            json!({ "unitId": id, "name": "Town hall", "timeZone": "Middle Earth" }),
            "timeZone",
        ),
        (
            "put_service",
            json!({ "serviceId": id, "name": " ", "kind": "walkIn" }),
            "name",
        ),
        (
            "put_service",
            json!({ "serviceId": id, "name": "Licences", "kind": "drive-in" }),
            "kind",
        ),
        (
            "put_service_type",
            json!({ "serviceTypeId": id, "name": "Renewal", "serviceIds": [id, "x"] }),
            "serviceIds[1]",
        ),
        (
            "put_service_type",
            json!({ "serviceTypeId": id, "name": "Renewal", "serviceIds": [], "duration": 0 }),
            "duration",
        ),
        (
            "put_case_field",
            json!({ "fieldTypeId": "reason", "name": "Reason for the visit" }),
            "fieldTypeId",
        ),
        (
            "put_case_field",
            json!({ "fieldTypeId": id, "name": "x".repeat(121) }),
            "name",
        ),
        (
            "put_case_field",
            json!({ "fieldTypeId": id, "name": "Reason for the visit", "serviceIds": [id, ""] }),
            "serviceIds[1]",
        ),
        (
            "put_case_tag",
            json!({ "tagId": "", "name": "Wheelchair" }),
            "tagId",
        ),
        ("put_case_tag", json!({ "tagId": id, "name": "" }), "name"),
        ("learn_services", json!({ "text": " \n" }), "text"),
        (
            "save_settings",
            json!({ "settings": { "theme": "mauve" } }),
            "settings.theme",
        ),
        (
            "set_client_secret",
            json!({ "profileId": bench.profile, "clientSecret": "  " }),
            "clientSecret",
        ),
        (
            "set_client_secret",
            json!({ "profileId": bench.profile, "clientSecret": "x".repeat(600) }),
            "clientSecret",
        ),
        ("start_practice", json!({ "lifeSeconds": 0 }), "lifeSeconds"),
    ] {
        let failure = bench.refused(command, request).await;
        assert_eq!(json!(failure.code), "invalid_input", "{command}");
        assert_eq!(
            failure.fields.first().map(|fault| fault.field.as_str()),
            Some(field),
            "{command}"
        );
    }
}

#[tokio::test]
async fn unknown_commands_and_profiles_and_unreadable_requests_are_told() {
    let bench = Bench::new().await;
    assert_eq!(
        bench.refused("open_the_safe", json!({})).await.message.id,
        "command-unknown"
    );
    let stranger = json!({ "profileId": "5b0d6c1e-7777-4a6e-9d10-00000000dead" });
    for command in [
        "get_profile",
        "delete_profile",
        "activate_profile",
        "test_connection",
        "export_profile",
    ] {
        assert_eq!(
            bench.refused(command, stranger.clone()).await.message.id,
            "profile-unknown",
            "{command}"
        );
    }
    let deep = format!("{{\"json\":{}{}}}", "[".repeat(1000), "]".repeat(1000));
    let failure = bench
        .desk
        .dispatch_json("import_profile", deep.as_bytes())
        .await
        .unwrap_err();
    assert_eq!(failure.message.id, "request-unreadable");
    let huge = json!({ "json": "[".repeat(10 * 1024 * 1024) });
    assert_eq!(
        bench.refused("import_profile", huge).await.message.id,
        "document-too-large"
    );
    let nested: Value = json!({ "json": format!("{}{}", "[".repeat(1000), "]".repeat(1000)) });
    assert_eq!(
        bench.refused("import_profile", nested).await.message.id,
        "document-too-deep"
    );
    assert_eq!(
        bench.call("app_state", json!({})).await["connection"]["status"],
        "connected"
    );
}

#[tokio::test]
async fn ten_megabytes_in_a_field_are_refused_and_the_desk_can_be_opened_again() {
    let bench = Bench::new().await;
    let huge = "a".repeat(10 * 1024 * 1024);
    for field in ["name", "authority", "baseUrl", "tenantId", "cubuWebUrl"] {
        let mut draft = crate::harness::draft(&bench.simulator.connection);
        draft[field] = json!(format!("https://{huge}.example.org"));
        let failure = bench
            .refused("save_profile", json!({ "profile": draft }))
            .await;
        assert_eq!(failure.fields[0].field, field);
    }
    let user = bench.simulator.world()["users"][0]["userId"].clone();
    let named = json!({ "userId": user, "displayName": huge });
    let failure = bench.refused("choose_agent", named).await;
    assert_eq!(failure.message.id, "file-not-written");
    let bench = bench.next_run();
    let state = bench.call("app_state", json!({})).await;
    assert_eq!(state["connection"]["status"], "connected");
    assert_eq!(state["notices"], json!([]));
}
