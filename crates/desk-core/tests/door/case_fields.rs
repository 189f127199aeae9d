//! The fields and tags of a case: put into the catalogue by hand, carried by a booking and a walk-in as they were given,
//! and known to the practice organisation.

use serde_json::{Value, json};

use crate::harness::{Bench, open};

/// The last thing that was written under this name.
fn written(bench: &Bench, endpoint: &str) -> Value {
    let ledger = bench.simulator.ledger();
    let found = ledger.iter().rfind(|entry| entry["endpoint"] == endpoint);
    found.unwrap().clone()
}

#[tokio::test]
async fn a_booking_and_a_walk_in_carry_the_fields_and_tags_they_were_given_and_no_others() {
    let bench = Bench::new().await;
    let world = bench.simulator.world();
    let field = world["caseFields"][0]["fieldTypeId"].as_str().unwrap();
    let tag = &world["tags"][1]["tagId"];
    let fields = json!({ field: "Lost the old one" });

    let mut booking = bench.vacancy().await;
    booking["fields"] = fields.clone();
    booking["tagIds"] = json!([tag]);
    bench.call("book_appointment", booking).await;
    let booked = written(&bench, "BookAppointment");
    assert_eq!(booked["fields"], fields);
    assert_eq!(booked["tagIds"], json!([tag]));

    let service = bench.service("walkIn");
    let walk_in = json!({
        "serviceId": service["serviceId"],
        "serviceTypeId": service["serviceTypeIds"][0],
        "customerRecordId": bench.customer()["recordId"],
        "contactPhoneNumber": "5550100123",
        "contactEmail": "robin.vale@example.org",
        "fields": fields,
        "tagIds": [tag],
    });
    bench.call("queue_up", walk_in).await;
    let queued = written(&bench, "QueueUp");
    assert_eq!(queued["fields"], fields);
    assert_eq!(queued["tagIds"], json!([tag]));

    let plain = bench.vacancy().await;
    let plain = bench.call("book_appointment", plain).await;
    let booked = written(&bench, "BookAppointment");
    assert_eq!(booked["caseId"], plain["caseId"]);
    assert_eq!(
        (&booked["fields"], &booked["tagIds"]),
        (&json!({}), &json!([]))
    );
}

#[tokio::test]
async fn the_catalogue_keeps_them_under_one_id_each_and_brings_them_to_another_desk() {
    let bench = Bench::new().await;
    let id = "5b0d6c1e-8888-4a6e-9d10-00000000ca5e";
    let service = bench.service("appointment")["serviceId"].clone();
    for name in ["Reason", " Reason for the visit "] {
        let field =
            json!({ "fieldTypeId": id, "name": name, "serviceIds": [service.clone(), service] });
        bench.call("put_case_field", field).await;
    }
    let tag = json!({ "tagId": id, "name": "Wheelchair" });
    let catalogue = bench.call("put_case_tag", tag.clone()).await;
    let field =
        json!({ "fieldTypeId": id, "name": "Reason for the visit", "serviceIds": [service] });
    assert_eq!(catalogue["caseFields"], json!([field]));
    assert_eq!(catalogue["caseTags"], json!([tag]));

    let exported = bench.call("export_profile", bench.this_profile()).await;
    let (other, _folder) = bench.other_desk().await;
    let imported = json!({ "json": exported["json"] });
    let imported = other.dispatch("import_profile", imported).await.unwrap();
    let there = json!({ "profileId": imported["id"] });
    other.dispatch("activate_profile", there).await.unwrap();
    let theirs = other.dispatch("get_catalogue", json!({})).await.unwrap();
    assert_eq!(theirs["caseFields"], json!([field]));
    assert_eq!(theirs["caseTags"], json!([tag]));

    let gone = json!({ "kind": "caseField", "id": id });
    bench.call("remove_catalogue_entry", gone).await;
    let gone = json!({ "kind": "caseTag", "id": id });
    bench.call("remove_catalogue_entry", gone).await;
    let next = open(bench.folder.path(), bench.keychain.clone());
    let catalogue = next.dispatch("get_catalogue", json!({})).await.unwrap();
    assert_eq!(catalogue["caseFields"], json!([]));
    assert_eq!(catalogue["caseTags"], json!([]));
}

#[tokio::test]
async fn the_practice_organisation_takes_every_case_field_and_tag_of_its_catalogue() {
    let mut bench = Bench::new().await;
    bench.call("start_practice", json!({ "seed": 3 })).await;
    let catalogue = bench.call("get_catalogue", json!({})).await;
    let list = |kind: &str| catalogue[kind].as_array().unwrap().clone();
    let walks_in = |service: &&Value| service["kind"] == "walkIn";
    let services = list("services");
    let service = &services.iter().find(walks_in).unwrap()["serviceId"];
    let types = list("serviceTypes");
    let offered = |kind: &&Value| kind["serviceIds"].as_array().unwrap().contains(service);
    let fields: serde_json::Map<String, Value> = list("caseFields")
        .iter()
        .map(|field| {
            let id = field["fieldTypeId"].as_str().unwrap();
            (id.to_owned(), json!("2"))
        })
        .collect();
    let tags: Vec<Value> = list("caseTags")
        .iter()
        .map(|tag| tag["tagId"].clone())
        .collect();
    assert!(!fields.is_empty() && !tags.is_empty());
    bench.undo_seconds(0).await;
    let walk_in = json!({
        "serviceId": service,
        "serviceTypeId": types.iter().find(offered).unwrap()["serviceTypeId"],
        "contactPhoneNumber": "5550100123",
        "contactEmail": "robin.vale@example.org",
        "fields": fields,
        "tagIds": tags,
    });
    let queued = bench.call("queue_up", walk_in).await;
    assert!(queued["caseId"].is_string());
    bench = bench.next_run();
    let kept = bench.call("get_catalogue", json!({})).await;
    assert_eq!(kept["caseFields"], json!([]));
}
