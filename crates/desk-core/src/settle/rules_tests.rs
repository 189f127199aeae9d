//! What each rule finds in what a look shows, as tables.

use serde::de::DeserializeOwned;
use serde_json::json;

use super::*;

pub(in crate::settle) fn id(number: u32) -> String {
    format!("5b0d6c1e-0000-4a6e-9d10-{number:012}")
}

pub(in crate::settle) fn of<T: DeserializeOwned>(value: Value) -> T {
    serde_json::from_value(value).unwrap()
}

pub(in crate::settle) fn with(mut base: Value, more: Value) -> Value {
    base.as_object_mut()
        .unwrap()
        .extend(more.as_object().unwrap().clone());
    base
}

pub(in crate::settle) fn known(cases: &[u32]) -> HashSet<CaseId> {
    cases
        .iter()
        .map(|case| id(*case).parse().unwrap())
        .collect()
}

/// What a finding amounts to, without what was found.
pub(in crate::settle) fn word<R>(finding: &Finding<R>) -> &'static str {
    match finding {
        Finding::Seen(_) => "seen",
        Finding::AsAsked(_) => "as asked",
        Finding::Missing => "missing",
        Finding::Excluded => "excluded",
        Finding::Unclear => "unclear",
        Finding::Unprovable => "unprovable",
    }
}

#[test]
fn a_cancelled_appointment_is_gone_or_marked() {
    let asked: CancelAppointment = of(json!({
        "serviceId": id(1), "date": "2026-11-23", "cuIndex": 0, "caseId": id(50),
    }));
    let table = [
        (vec![], "as asked"),
        (
            vec![json!({ "caseId": id(51), "status": "Planned" })],
            "as asked",
        ),
        (
            vec![json!({ "caseId": id(50), "status": "Planned" })],
            "missing",
        ),
        (
            vec![json!({ "caseId": id(50), "status": "Waiting" })],
            "missing",
        ),
        (
            vec![json!({ "caseId": id(50), "status": "Canceled" })],
            "seen",
        ),
    ];
    for (list, expected) in table {
        let list: Vec<Appointment> = list.into_iter().map(of).collect();
        assert_eq!(word(&cancelled(&asked, &list)), expected, "{list:?}");
    }
}

#[test]
fn a_started_case_is_one_that_the_agent_did_not_serve_before() {
    let asked = |more| -> StartNextCase { of(with(json!({ "userId": id(1) }), more)) };
    let case = |number: u32, more| with(json!({ "caseId": id(number), "status": "Active" }), more);
    let mine = || json!({ "lockedBy": { "userId": id(1) } });
    let table = [
        (json!({}), vec![], "missing"),
        (json!({}), vec![case(40, mine())], "missing"),
        (json!({}), vec![case(40, mine()), case(50, mine())], "seen"),
        (json!({}), vec![case(50, json!({}))], "seen"),
        (
            json!({}),
            vec![case(50, json!({ "lockedBy": { "userId": id(2) } }))],
            "missing",
        ),
        (
            json!({}),
            vec![case(50, mine()), case(51, mine())],
            "unclear",
        ),
        (
            json!({ "inboxId": id(7) }),
            vec![case(50, json!({ "inboxId": id(8) }))],
            "missing",
        ),
        (
            json!({ "inboxId": id(7) }),
            vec![case(50, json!({ "inboxId": id(7) }))],
            "seen",
        ),
        (
            json!({ "workstationId": id(7) }),
            vec![case(50, json!({ "workstationId": id(8) }))],
            "missing",
        ),
    ];
    for (request, list, expected) in table {
        let list: Vec<Case> = list.into_iter().map(of).collect();
        let finding = started(&asked(request), &known(&[40]), None, &list);
        assert_eq!(word(&finding), expected, "{list:?}");
    }
}

#[test]
fn a_case_that_was_served_long_before_neither_proves_a_start_nor_hides_the_one_that_does() {
    let asked: StartNextCase = of(json!({ "userId": id(1) }));
    let since =
        |number: u32, at: &str| -> Case { of(json!({ "caseId": id(number), "statusDate": at })) };
    let old = || since(50, "2026-11-23T16:46:08.1584363Z");
    let new = || since(51, "2026-11-23T17:51:22.600857Z");
    let listed_at = "2026-11-23T17:51:22Z".parse().ok();
    let find = |list: &[Case]| started(&asked, &known(&[]), listed_at, list);
    assert_eq!(word(&find(&[old()])), "unclear");
    let Finding::Seen(Some(found)) = find(&[old(), new()]) else {
        panic!("the new case is hidden");
    };
    assert_eq!(found.case_id, new().case_id);
    // A clock that is ten minutes behind, and one that nothing is known of.
    assert_eq!(word(&find(&[since(52, "2026-11-23T17:41:30Z")])), "seen");
    assert_eq!(word(&started(&asked, &known(&[]), None, &[old()])), "seen");
}

#[test]
fn a_case_is_resolved_when_it_was_active_and_is_not_any_more() {
    let asked: ResolveCase = of(json!({ "userId": id(1), "caseId": id(40) }));
    let active: Vec<Case> = vec![of(json!({ "caseId": id(40) }))];
    assert_eq!(word(&resolved(&asked, &known(&[40]), &active)), "missing");
    assert_eq!(word(&resolved(&asked, &known(&[40]), &[])), "as asked");
    assert_eq!(word(&resolved(&asked, &known(&[41]), &[])), "unclear");
}

#[test]
fn who_sits_where_settles_occupying_and_leaving() {
    let asked = json!({ "userId": id(1), "workstationId": id(5) });
    let at = |user: Value| -> Vec<Workstation> {
        vec![
            of(json!({ "workstationId": id(4), "user": { "userId": id(1) } })),
            of(json!({ "workstationId": id(5), "user": user })),
        ]
    };
    let table = [
        (at(json!({ "userId": id(1) })), "as asked", "missing"),
        (at(json!({ "userId": id(2) })), "missing", "as asked"),
        (at(Value::Null), "missing", "as asked"),
        // The workstation of another unit.
        (Vec::new(), "unclear", "unclear"),
    ];
    for (list, occupies, leaves) in table {
        assert_eq!(
            word(&occupied(&of(asked.clone()), &list)),
            occupies,
            "{list:?}"
        );
        assert_eq!(
            word(&vacated(&of(asked.clone()), &list)),
            leaves,
            "{list:?}"
        );
    }
}

#[test]
fn the_current_unit_settles_choosing_it() {
    let asked: SelectCurrentUnit = of(json!({ "userId": id(1), "unitId": id(3) }));
    for (unit, expected) in [
        (json!(id(3)), "as asked"),
        (json!(id(4)), "missing"),
        (Value::Null, "missing"),
    ] {
        let status: AgentStatus = of(json!({ "userId": id(1), "unitId": unit }));
        assert_eq!(word(&unit_selected(&asked, &status)), expected);
    }
}

fn customer(fields: Value) -> Customer {
    of(json!({ "recordId": id(9), "fields": fields }))
}

#[test]
fn a_new_customer_is_known_by_a_key_that_nobody_had_before() {
    let asked: CreateCustomer = of(json!({ "fields": { id(71): "5550100123", id(72): "Robin" } }));
    let name = |name: &str| json!([{ "fieldTypeId": id(72), "value": name }]);
    let found = customer(name("Robin"));
    let before = |customer| Before {
        customer,
        ..Before::default()
    };
    let (nobody, same) = (before(None), before(Some(found.record_id)));
    let other = before(Some(id(8).parse().unwrap()));
    let unknown = Before {
        customer_unknown: true,
        ..Before::default()
    };
    let kim = customer(name("Kim"));
    for (before, found, finding) in [
        (&nobody, None, "missing"),
        (&nobody, Some(&found), "seen"),
        (&nobody, Some(&kim), "unclear"),
        (&same, Some(&found), "missing"),
        (&other, Some(&found), "unclear"),
        (&unknown, None, "missing"),
        (&unknown, Some(&found), "unclear"),
    ] {
        assert_eq!(word(&created(&asked, before, found)), finding);
    }
}

#[test]
fn a_change_is_made_when_every_field_holds_it() {
    let asked = |changes: Value| -> UpdateCustomer {
        of(json!({ "customerRecordId": id(9), "fields": changes }))
    };
    let now = customer(json!([
        { "fieldTypeId": id(71), "value": null, "data": { "displayText": "(555) 010-0123" } },
        { "fieldTypeId": id(72), "value": "Robin" },
        { "fieldTypeId": id(73), "value": null },
    ]));
    let change = |number: u32, value: Value| json!({ "fieldTypeId": id(number), "value": value });
    let table = [
        (json!([change(72, json!("Robin"))]), "as asked"),
        (
            json!([change(71, json!("5550100123")), change(72, json!("Robin"))]),
            "as asked",
        ),
        (json!([change(72, json!("Kim"))]), "missing"),
        (
            json!([change(72, json!("Robin")), change(71, json!("5550100199"))]),
            "missing",
        ),
        (json!([change(73, Value::Null)]), "as asked"),
        (json!([change(73, json!(""))]), "as asked"),
        (json!([change(74, json!("new"))]), "unclear"),
        (json!([change(72, json!({ "text": "Robin" }))]), "unclear"),
    ];
    for (changes, expected) in table {
        let asked = asked(changes.clone());
        let before = held(&asked, &now);
        assert_eq!(word(&updated(&asked, &before, &now)), expected, "{changes}");
    }
    // What was there before could not be read: it may have been this, or something else.
    let other = asked(json!([change(72, json!("Kim"))]));
    assert_eq!(word(&updated(&other, &BTreeMap::new(), &now)), "unclear");
}

#[test]
fn a_change_that_somebody_wrote_over_is_nobody_s_to_tell() {
    let asked: UpdateCustomer = of(json!({
        "customerRecordId": id(9), "fields": [{ "fieldTypeId": id(72), "value": "Robin" }],
    }));
    let holding = |name: &str| customer(json!([{ "fieldTypeId": id(72), "value": name }]));
    let before = held(&asked, &holding("Kim"));
    for (name, expected) in [
        ("Robin", "as asked"),
        ("Kim", "missing"),
        ("Noa", "unclear"),
    ] {
        assert_eq!(
            word(&updated(&asked, &before, &holding(name))),
            expected,
            "{name}"
        );
    }
}

#[test]
fn a_repeat_that_is_refused_as_done_already_proves_the_first() {
    let conflict = |error_code| {
        ErrorKind::Conflict(cubu_s2s::Refusal {
            status: 409,
            error_code,
            message: None,
        })
    };
    let told = |already, outcome: Result<(), &ErrorKind>| {
        repeated(already, outcome).map(|finding| word(&finding))
    };
    assert_eq!(told(Some(3301), Ok(())), Some("seen"));
    assert_eq!(told(Some(3301), Err(&conflict(Some(3301)))), Some("seen"));
    assert_eq!(
        told(Some(3301), Err(&conflict(Some(3303)))),
        Some("excluded")
    );
    assert_eq!(told(None, Err(&conflict(Some(3303)))), Some("excluded"));
    assert_eq!(told(None, Err(&conflict(None))), Some("excluded"));
    assert_eq!(told(Some(3301), Err(&conflict(None))), Some("unclear"));
    assert_eq!(told(Some(3301), Err(&ErrorKind::Timeout)), None);
}
