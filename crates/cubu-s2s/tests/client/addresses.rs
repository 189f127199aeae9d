//! Addresses and ids on entry: what is taken, what is refused and in which words, and that nothing ever panics.

use cubu_s2s::{
    AddressOverride, CaseId, Client, CuIndex, InvalidAddress, InvalidTemplate, Method, SetupError,
    UnitId, check_address, check_override,
};
use proptest::prelude::*;

use crate::server::options;

#[test]
fn https_is_taken_and_http_on_this_computer() {
    for address in [
        "https://s2s.api.app.cubu.com",
        "https://s2s.api.app.cubu.com/",
        "https://gateway.example.org:8443/cubu",
        " https://s2s.api.app.cubu.com ",
        "http://localhost:4010",
        "http://127.0.0.1:4010",
        "http://127.9.9.9",
        "http://[::1]:4010",
    ] {
        assert!(check_address(address).is_ok(), "{address}");
    }
}

#[test]
fn other_addresses_are_refused_with_a_reason() {
    use InvalidAddress::{Credentials, Dots, Malformed, NotLoopback, QueryOrFragment, Scheme};
    for (address, reason) in [
        ("", Malformed),
        ("s2s.api.app.cubu.com", Malformed),
        ("https:s2s.api.app.cubu.com", Malformed),
        ("https:/s2s.api.app.cubu.com", Malformed),
        ("https://", Malformed),
        ("https://a b.example", Malformed),
        ("https:///s2s.api.app.cubu.com", Malformed),
        ("https:///user@s2s.api.app.cubu.com", Malformed),
        ("https:\\\\s2s.api.app.cubu.com", Malformed),
        ("ftp://s2s.api.app.cubu.com", Scheme),
        ("file:///etc/passwd", Scheme),
        ("http://s2s.api.app.cubu.com", NotLoopback),
        ("http://localhost.example.org", NotLoopback),
        ("http://127.0.0.1.example.org", NotLoopback),
        ("http://10.0.0.1", NotLoopback),
        ("https://user:word@s2s.api.app.cubu.com", Credentials),
        ("https://@s2s.api.app.cubu.com", Credentials),
        ("http://localhost@example.org", Credentials),
        ("https://s2s.api.app.cubu.com/../x", Dots),
        ("https://s2s.api.app.cubu.com/%2E%2e/x", Dots),
        ("https://s2s.api.app.cubu.com?x=1", QueryOrFragment),
        ("https://s2s.api.app.cubu.com/#x", QueryOrFragment),
    ] {
        assert_eq!(check_address(address).err(), Some(reason), "{address}");
    }
}

#[test]
fn a_client_says_which_address_is_wrong() {
    let wrong = Client::new(options(
        "http://login.example.org",
        "https://s2s.api.app.cubu.com",
    ));
    assert_eq!(
        wrong.err(),
        Some(SetupError::Authority(InvalidAddress::NotLoopback))
    );
    let wrong = Client::new(options("http://localhost:1", "http://localhost:1/?x"));
    assert_eq!(
        wrong.err(),
        Some(SetupError::BaseUrl(InvalidAddress::QueryOrFragment))
    );
}

fn checked(endpoint: &str, path: &str) -> Option<InvalidTemplate> {
    let (endpoint, path) = (endpoint.to_owned(), path.to_owned());
    check_override(&AddressOverride {
        endpoint,
        method: Method::Post,
        path,
    })
    .err()
}

#[test]
fn an_assumed_address_may_be_corrected() {
    for (endpoint, path) in [
        (
            "CancelAppointment",
            "/{applicationId}/calendars/{serviceId}/{date}/{cuIndex}/appointments/{caseId}",
        ),
        (
            "CancelAppointment",
            "/{applicationId}/cases/{caseId}/actions/cancel",
        ),
        (
            "BecomeAvailable",
            "/{applicationId}/agents/{userId}/status/_available",
        ),
        (
            "VacateWorkstation",
            "/{applicationId}/agents/{userId}/workstations/{workstationId}/actions/leave",
        ),
        (
            "ListBackOfficeTasks",
            "/{applicationId}/organization/back-office-tasks",
        ),
    ] {
        assert_eq!(checked(endpoint, path), None, "{path}");
    }
}

#[test]
fn a_correction_is_checked_on_entry() {
    use InvalidTemplate::{
        Documented, Dots, MissingPlaceholder, NotAPath, QueryOrFragment, Segment, UnknownEndpoint,
        UnknownPlaceholder,
    };
    let segment = |text: &str| Segment {
        segment: text.to_owned(),
    };
    let unknown = |text: &str| UnknownPlaceholder {
        name: text.to_owned(),
    };
    for (path, problem) in [
        ("", NotAPath),
        ("/", NotAPath),
        ("{applicationId}/cases/{caseId}", NotAPath),
        ("https://evil.example/{applicationId}/{caseId}", NotAPath),
        ("//evil.example/{applicationId}/{caseId}", NotAPath),
        ("/{applicationId}//{caseId}", NotAPath),
        ("/{applicationId}/../{caseId}", Dots),
        ("/{applicationId}/./{caseId}", Dots),
        ("/{applicationId}/{caseId}?x=1", QueryOrFragment),
        ("/{applicationId}/{caseId}#x", QueryOrFragment),
        ("/{applicationId}/{caseId}/", segment("")),
        ("/{applicationId}/{caseId}/a b", segment("a b")),
        ("/{applicationId}/{caseId}/%2e%2e", segment("%2e%2e")),
        ("/{applicationId}/x{caseId}", segment("x{caseId}")),
        ("/{applicationId}/{caseId", segment("{caseId")),
        ("/{applicationId}/{caseId}/{userId}", unknown("userId")),
        ("/{applicationId}/{caseId}/{}", unknown("")),
        (
            "/{applicationId}/cases",
            MissingPlaceholder { name: "caseId" },
        ),
        (
            "/cases/{caseId}",
            MissingPlaceholder {
                name: "applicationId",
            },
        ),
    ] {
        assert_eq!(checked("CancelAppointment", path), Some(problem), "{path}");
    }
    let fine = "/{applicationId}/customers/{customerRecordId}";
    assert_eq!(
        checked("GetCustomer", fine),
        Some(Documented),
        "partial counts as documented"
    );
    assert_eq!(
        checked("ListUsers", "/{applicationId}/users"),
        Some(Documented)
    );
    assert_eq!(
        checked("DropTables", "/{applicationId}"),
        Some(UnknownEndpoint)
    );
}

#[test]
fn a_malformed_id_is_refused_by_name() {
    let error = "5b0d6c1e".parse::<UnitId>().expect_err("too short");
    assert_eq!(
        error.to_string(),
        "not a unit id: it should look like 5b0d6c1e-1111-4a6e-9d10-00000000a001"
    );
    let pasted = " {5B0D6C1E-1111-4A6E-9D10-00000000A001}\n"
        .parse::<UnitId>()
        .expect("taken");
    assert_eq!(pasted.to_string(), "5b0d6c1e-1111-4a6e-9d10-00000000a001");
}

proptest! {
    #[test]
    fn ids_never_panic_and_read_back_what_they_write(text in any::<String>(), bits in any::<u128>()) {
        let _ = text.parse::<CaseId>();
        let _ = text.parse::<CuIndex>();
        let _ = serde_json::from_value::<CaseId>(text.into());
        let id = CaseId(uuid::Uuid::from_u128(bits));
        prop_assert_eq!(id.to_string().parse::<CaseId>(), Ok(id));
    }

    #[test]
    fn addresses_never_panic(text in any::<String>()) {
        let _ = check_address(&text);
        let _ = check_address(&format!("https://{text}"));
    }

    #[test]
    fn templates_never_panic_and_accept_only_plain_paths(text in "[/{}a-zA-Z.?#%:@ ]{0,40}") {
        let path = format!("/{{applicationId}}/{{caseId}}{text}");
        if checked("CancelAppointment", &path).is_none() {
            prop_assert!(!path.contains("..") && !path.contains("//") && !path.contains([':', '@', '?', '#', '%']));
        }
        let _ = checked("CancelAppointment", &text);
    }
}
