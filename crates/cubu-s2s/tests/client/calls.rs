//! One filled-in example of each of the 27 calls, and a way to run the same check on every one of them.

use cubu_s2s::*;
use serde_json::json;

/// A check that works on any endpoint.
pub trait Check {
    fn check<E: Endpoint>(&mut self, call: &E)
    where
        E::Response: serde::Serialize + PartialEq + std::fmt::Debug;
}

pub fn id<T: std::str::FromStr<Err = InvalidId>>(tail: &str) -> T {
    format!("5b0d6c1e-{tail}")
        .parse()
        .expect("a well-formed id")
}

pub fn agent() -> UserId {
    id("1111-4a6e-9d10-00000000a001")
}

pub fn service() -> ServiceId {
    id("7777-4a6e-9d10-000000000001")
}

pub fn service_type() -> ServiceTypeId {
    id("2222-4a6e-9d10-0000000ce101")
}

pub fn customer() -> CustomerRecordId {
    id("4444-4a6e-9d10-000000000001")
}

pub fn day() -> chrono::NaiveDate {
    "2025-03-04".parse().expect("a date")
}

pub fn vacancies() -> ListVacancies {
    ListVacancies {
        service_id: service(),
        date: day(),
        cu_index: CuIndex(0),
        service_type_id: service_type(),
    }
}

pub fn booking() -> BookAppointment {
    BookAppointment {
        service_id: service(),
        date: day(),
        cu_index: CuIndex(0),
        service_type_id: service_type(),
        start_time: 570,
        language: Some("en-US".to_owned()),
        customer_record_id: Some(customer()),
        contact_phone_number: Some("5550100123".to_owned()),
        contact_email: Some("robin.vale@example.org".to_owned()),
        channel: Some(Channel::FaceToFace),
        bypass_timeslot_check: Some(false),
        prevent_self_check_in: Some(true),
        fields: Some([(id("8888-4a6e-9d10-000000000003"), json!("Robin"))].into()),
        tag_ids: Some(vec![id("aaaa-4a6e-9d10-000000000001")]),
    }
}

pub fn queue_up() -> QueueUp {
    QueueUp {
        service_id: service(),
        service_type_id: service_type(),
        locale: Some("en-US".to_owned()),
        channel: Some(Channel::Phone),
        customer_record_id: Some(customer()),
        use_customer_contact_info: Some(true),
        contact_phone_number: None,
        contact_email: None,
        fields: None,
        tag_ids: None,
    }
}

/// Runs a check on all 27, in the order of the contract.
pub fn each(check: &mut impl Check) {
    let (user_id, unit_id) = (agent(), id("1111-4a6e-9d10-00000000e001"));
    let case_id = id("2222-4a6e-9d10-000000000001");
    let workstation_id = id("5555-4a6e-9d10-000000000001");
    let (service_id, date, cu_index) = (service(), day(), CuIndex(0));
    let customer_record_id = customer();

    check.check(&CallAgain { user_id, case_id });
    check.check(&ClockIn { user_id, unit_id });
    check.check(&ClockOut {
        user_id,
        clock_out_reason: ClockOutReason::Other,
        clock_out_description: Some("Dentist".to_owned()),
    });
    check.check(&GetAgentStatus { user_id });
    check.check(&ListActiveCases { user_id });
    check.check(&ListInboxes { user_id });
    check.check(&ListWorkspaces { user_id });
    check.check(&ListWorkstations { user_id });
    check.check(&OccupyWorkstation {
        user_id,
        workstation_id,
        vacate_others: Some(true),
    });
    check.check(&ResolveCase { user_id, case_id });
    check.check(&SelectCurrentUnit { user_id, unit_id });
    check.check(&StartNextCase {
        user_id,
        workstation_id: Some(workstation_id),
        inbox_id: Some(id("3333-4a6e-9d10-000000000001")),
        apply_workspace_behavior: Some(true),
        silent: Some(false),
    });
    check.check(&BecomeAvailable { user_id });
    check.check(&BecomeUnavailable {
        user_id,
        unavailability_reason: UnavailabilityReason::BackOfficeWork,
        unavailability_description: None,
        back_office_task_id: Some(id("9999-4a6e-9d10-000000000001")),
    });
    check.check(&VacateWorkstation {
        user_id,
        workstation_id,
    });
    check.check(&booking());
    check.check(&CancelAppointment {
        service_id,
        date,
        cu_index,
        case_id,
    });
    check.check(&ListAppointments {
        service_id,
        date,
        cu_index,
        customer_record_id: Some(customer_record_id),
    });
    check.check(&ListCalendars { service_id, date });
    check.check(&vacancies());
    check.check(&queue_up());
    check.check(&CreateCustomer {
        fields: [(id("8888-4a6e-9d10-000000000003"), json!("Robin"))].into(),
    });
    check.check(&GetCustomer { customer_record_id });
    check.check(&UpdateCustomer {
        customer_record_id,
        fields: vec![FieldChange {
            field_type_id: id("8888-4a6e-9d10-000000000003"),
            value: json!("Robyn"),
        }],
    });
    check.check(&FindCustomer::KeyField {
        field_slug: "customer-number".to_owned(),
        field_value: "10 042".to_owned(),
    });
    check.check(&ListBackOfficeTasks {});
    check.check(&ListUsers {});
}
