//! Customer records: a dictionary in, an array out, and keys that belong to one person only.

use serde_json::{Value, json};

use crate::desk::{Answer, Desk, assert_refused};

const NOBODY: &str = "00000000-0000-4000-8000-000000000000";

async fn create(desk: &Desk, fields: &[(&str, Value)]) -> Answer {
    let fields: serde_json::Map<String, Value> = fields
        .iter()
        .map(|(slug, value)| (desk.field(slug), value.clone()))
        .collect();
    desk.post("/customers", json!({ "fields": fields })).await
}

async fn change(desk: &Desk, record: &Value, slug: &str, value: Value) -> Answer {
    let fields = json!([{ "fieldTypeId": desk.field(slug), "value": value }]);
    let record = record.as_str().unwrap();
    desk.patch(&format!("/customers/{record}"), json!({ "fields": fields }))
        .await
}

async fn find(desk: &Desk, slug: &str, value: &str) -> Answer {
    let query = json!({ "queryType": "KeyField", "fieldSlug": slug, "fieldValue": value });
    desk.post("/customers/query", query).await
}

fn robin(national_id: &str) -> Vec<(&'static str, Value)> {
    vec![
        ("customer-first-name", json!("Robin")),
        ("customer-last-name", json!("Vale")),
        ("national-id", json!(national_id)),
    ]
}

fn value<'record>(record: &'record Value, slug: &str) -> &'record Value {
    let fields = record["fields"].as_array().unwrap();
    let field = fields.iter().find(|field| field["slug"] == slug);
    &field.unwrap()["value"]
}

#[tokio::test]
async fn a_customer_is_created_found_changed_and_read() {
    let desk = Desk::open().await;
    let (status, created) = create(&desk, &robin("900000001")).await;
    assert_eq!(status, 201, "{created}");
    let record = &created["recordId"];
    let (_, found) = find(&desk, "national-id", "900000001").await;
    assert_eq!(
        (&found["recordId"], &found["displayName"]),
        (record, &json!("Robin Vale"))
    );

    let answer = change(&desk, record, "customer-last-name", json!("Vale-Archer")).await;
    assert_eq!(answer, (200, Value::Null));
    let (_, read) = desk
        .get(&format!("/customers/{}", record.as_str().unwrap()))
        .await;
    assert_eq!(read["displayName"], "Robin Vale-Archer");
    assert_eq!(value(&read, "national-id"), "900000001");
    assert!(read["dateUpdated"].as_str() > found["dateUpdated"].as_str());
    assert_eq!(read["dateCreated"], found["dateCreated"]);

    let by_id = json!({ "queryType": "RecordId", "recordId": record });
    assert_eq!(desk.post("/customers/query", by_id).await.1, read);
}

#[tokio::test]
async fn find_is_exact_and_by_key_fields_only() {
    let desk = Desk::open().await;
    let known = desk.customer_with("phone").clone();
    let phone = known["phone"].as_str().unwrap();
    let (_, found) = find(&desk, "phone-number", phone).await;
    assert_eq!(found["recordId"], known["recordId"]);
    let part = phone.get(..6).unwrap();
    assert_refused(
        &find(&desk, "phone-number", part).await,
        404,
        "customer record",
    );
    assert_refused(
        &find(&desk, "email", "customer1@example.org").await,
        400,
        "not a key field",
    );
    assert_refused(&find(&desk, "shoe-size", "44").await, 400, "no field");
}

#[tokio::test]
async fn find_needs_what_its_query_type_needs() {
    let desk = Desk::open().await;
    for (query, words) in [
        (json!({}), "queryType is required"),
        (json!({ "queryType": "Name" }), "RecordId, KeyField"),
        (json!({ "queryType": "RecordId" }), "recordId is required"),
        (
            json!({ "queryType": "RecordId", "recordId": "7" }),
            "recordId must be a GUID",
        ),
        (
            json!({ "queryType": "KeyField", "fieldValue": "7" }),
            "fieldSlug is required",
        ),
        (
            json!({ "queryType": "KeyField", "fieldSlug": "national-id" }),
            "fieldValue is required",
        ),
    ] {
        assert_refused(&desk.post("/customers/query", query).await, 400, words);
    }
    let nobody = json!({ "queryType": "RecordId", "recordId": NOBODY });
    assert_refused(
        &desk.post("/customers/query", nobody).await,
        404,
        "customer record",
    );
}

#[tokio::test]
async fn a_key_belongs_to_one_customer_on_create_and_on_update() {
    let desk = Desk::open().await;
    let taken = desk.customer_with("phone").clone();
    let national_id = taken["nationalId"].as_str().unwrap();
    assert_refused(
        &create(&desk, &robin(national_id)).await,
        409,
        "national-id",
    );
    let (_, created) = create(&desk, &robin("900000001")).await;
    let answer = change(
        &desk,
        &created["recordId"],
        "phone-number",
        taken["phone"].clone(),
    )
    .await;
    assert_refused(&answer, 409, "phone-number");
    let same = change(
        &desk,
        &taken["recordId"],
        "phone-number",
        taken["phone"].clone(),
    )
    .await;
    assert_eq!(same.0, 200);
}

#[tokio::test]
async fn two_desks_creating_the_same_person_make_one_record() {
    let desk = Desk::open().await;
    let fields = robin("900000001");
    let (left, right) = tokio::join!(create(&desk, &fields), create(&desk, &fields));
    let mut statuses = [left.0, right.0];
    statuses.sort_unstable();
    assert_eq!(statuses, [201, 409]);
}

#[tokio::test]
async fn values_fit_their_fields() {
    let desk = Desk::open().await;
    let (_, created) = create(&desk, &robin("900000001")).await;
    let record = &created["recordId"];
    for (slug, value, words) in [
        ("email", json!("robin"), "e-mail address"),
        ("phone-number", json!("call me"), "phone number"),
        ("birth-date", json!("31/12/1990"), "date"),
        ("birth-date", json!("1990-02-30"), "date"),
        ("needs-interpreter", json!("perhaps"), "true or false"),
        ("remarks", json!(["a"]), "text"),
        ("customer-first-name", json!(7), "text"),
        ("national-id", Value::Null, "required"),
        ("customer-last-name", json!(""), "required"),
    ] {
        assert_refused(&change(&desk, record, slug, value).await, 400, words);
    }
    for (slug, value) in [
        ("email", json!("robin@example.org")),
        ("phone-number", json!("+15550100123")),
        ("birth-date", json!("1990-12-31")),
        ("needs-interpreter", json!(true)),
        ("remarks", json!("שלום\nعربي")),
    ] {
        assert_eq!(
            change(&desk, record, slug, value.clone()).await.0,
            200,
            "{slug}"
        );
        let (_, read) = desk
            .get(&format!("/customers/{}", record.as_str().unwrap()))
            .await;
        assert_eq!(self::value(&read, slug), &value);
    }
}

#[tokio::test]
async fn a_value_is_cleared_with_null_and_its_data_goes_too() {
    let desk = Desk::open().await;
    let mut fields = robin("900000001");
    fields.push(("email", json!("robin@example.org")));
    let (_, created) = create(&desk, &fields).await;
    assert_eq!(
        change(&desk, &created["recordId"], "email", Value::Null)
            .await
            .0,
        200
    );
    let (_, read) = desk
        .get(&format!(
            "/customers/{}",
            created["recordId"].as_str().unwrap()
        ))
        .await;
    let email = read["fields"]
        .as_array()
        .unwrap()
        .iter()
        .find(|field| field["slug"] == "email")
        .unwrap();
    assert_eq!(
        (&email["data"], &email["value"]),
        (&Value::Null, &Value::Null)
    );
}

#[tokio::test]
async fn shapes_are_not_interchangeable() {
    let desk = Desk::open().await;
    let name = desk.field("customer-first-name");
    let array = json!({ "fields": [{ "fieldTypeId": name, "value": "Robin" }] });
    assert_refused(&desk.post("/customers", array).await, 400, "dictionary");
    let record = desk.customer_with("phone")["recordId"].as_str().unwrap();
    let dictionary = json!({ "fields": { name.clone(): "Robin" } });
    let answer = desk
        .patch(&format!("/customers/{record}"), dictionary)
        .await;
    assert_refused(&answer, 400, "array");
    let missing = desk.patch(&format!("/customers/{record}"), json!({})).await;
    assert_refused(&missing, 400, "fields is required");
    let unknown = json!({ "fields": { NOBODY: "x" } });
    assert_refused(&desk.post("/customers", unknown).await, 400, "no field");
    assert_refused(
        &desk
            .post("/customers", json!({ "fields": { "name": "x" } }))
            .await,
        400,
        "GUID",
    );
    assert_refused(
        &desk.get(&format!("/customers/{NOBODY}")).await,
        404,
        "customer record",
    );
    let answer = desk
        .patch(&format!("/customers/{NOBODY}"), json!({ "fields": [] }))
        .await;
    assert_refused(&answer, 404, "customer record");
}
