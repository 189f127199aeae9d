//! Answers that are not what was asked for: errors of unknown form, web pages, nothing, too much, too deep.

use cubu_s2s::{CallAgain, DecodeError, Error, ErrorKind, ListAppointments, ListUsers};
use wiremock::matchers::{method, path_regex};
use wiremock::{Mock, ResponseTemplate};

use crate::calls;
use crate::server::{count, signed_in};

async fn users_answered(answer: ResponseTemplate) -> Error {
    let (server, client) = signed_in().await;
    Mock::given(path_regex("/users$"))
        .respond_with(answer)
        .mount(&server)
        .await;
    let error = client
        .send(&ListUsers {})
        .await
        .expect_err("not a list of users");
    assert!(!error.outcome_unknown());
    error
}

#[tokio::test]
async fn error_bodies_of_any_form_are_read_as_far_as_they_go() {
    let long = "x".repeat(5000);
    for (body, code, message) in [
        (
            r#"{"errorCode":1010,"message":"Wrong status"}"#,
            Some(1010),
            Some("Wrong status"),
        ),
        (
            r#"{"errorCode":"1010","errorMessage":"Wrong"}"#,
            Some(1010),
            Some("Wrong"),
        ),
        (
            r#"{"error":{"errorCode":1010,"message":"Wrong"}}"#,
            Some(1010),
            Some("Wrong"),
        ),
        (
            r#"{"error":"Wrong\n\n status"}"#,
            None,
            Some("Wrong status"),
        ),
        (
            r#"{"title":"Conflict","detail":"More","status":409}"#,
            None,
            Some("Conflict"),
        ),
        (
            r#"{"errors":[{"errorCode":1011,"detail":"No workspace"}]}"#,
            Some(1011),
            Some("No workspace"),
        ),
        (r#"{"errorCode":-1,"message":7}"#, None, None),
        (r#"{"errorCode":99999999999,"message":""}"#, None, None),
        (r#""Wrong status""#, None, Some("Wrong status")),
        ("Wrong status", None, Some("Wrong status")),
        ("[1,2]", None, None),
        ("null", None, None),
        ("", None, None),
        ("<html><body>Conflict</body></html>", None, None),
        (r#"{"errorCode":1010,"mess"#, None, None),
        (long.as_str(), None, Some(&long[..300])),
    ] {
        let (server, client) = signed_in().await;
        Mock::given(method("POST"))
            .and(path_regex("/callAgain$"))
            .respond_with(ResponseTemplate::new(409).set_body_string(body))
            .mount(&server)
            .await;
        let call = CallAgain {
            user_id: calls::agent(),
            case_id: calls::id("2222-4a6e-9d10-000000000001"),
        };
        let error = client.send(&call).await.expect_err("a conflict");
        let ErrorKind::Conflict(refusal) = &error.kind else {
            panic!("{body}: {error:?}");
        };
        assert_eq!(refusal.error_code, code, "{body}");
        assert_eq!(
            refusal.message.as_ref().map(|message| message.as_str()),
            message,
            "{body}"
        );
        let known: Vec<_> = error.faults().map(|fault| fault.meaning).collect();
        let expected = if code == Some(1010) {
            vec!["the case is not active"]
        } else {
            vec![]
        };
        assert_eq!(known, expected, "{body}");
        assert!(!error.outcome_unknown());
    }
}

#[tokio::test]
async fn statuses_are_told_apart() {
    for (status, expected) in [
        (302, "Redirected"),
        (400, "Rejected"),
        (403, "Forbidden"),
        (404, "NotFound"),
        (405, "MethodNotAllowed"),
        (409, "Conflict"),
        (422, "Rejected"),
        (500, "Server"),
        (501, "Server"),
    ] {
        let answer = ResponseTemplate::new(status)
            .insert_header("location", "https://example.org/")
            .insert_header("x-request-id", "req-7");
        let error = users_answered(answer).await;
        assert!(
            format!("{:?}", error.kind).starts_with(expected),
            "{status}: {error:?}"
        );
        assert_eq!(error.request_id.as_deref(), Some("req-7"));
        assert!(error.to_string().starts_with("List Users: "), "{error}");
    }
}

#[tokio::test]
async fn a_403_carries_the_documented_reason() {
    let error = users_answered(ResponseTemplate::new(403)).await;
    let reasons: Vec<_> = error.faults().map(|fault| fault.meaning).collect();
    assert_eq!(reasons, ["the application may not read the organization"]);
}

#[tokio::test]
async fn an_html_error_page_keeps_its_status_and_shows_no_markup() {
    let page = "<!DOCTYPE html><html><h1>502 Bad Gateway</h1></html>";
    let error = users_answered(ResponseTemplate::new(500).set_body_raw(page, "text/html")).await;
    let refusal = error.refusal().expect("a refusal");
    assert_eq!((refusal.status, refusal.message.as_ref()), (500, None));
}

#[tokio::test]
async fn a_web_page_with_status_200_is_not_an_answer() {
    let page = "<html>Please sign in to the Wi-Fi</html>";
    let error = users_answered(ResponseTemplate::new(200).set_body_raw(page, "text/html")).await;
    assert_eq!(error.kind, ErrorKind::Decode(DecodeError::Markup));
}

#[tokio::test]
async fn an_empty_body_is_told_where_one_is_needed() {
    let error = users_answered(ResponseTemplate::new(200)).await;
    assert_eq!(error.kind, ErrorKind::Decode(DecodeError::Empty));
}

#[tokio::test]
async fn an_empty_201_is_a_booking() {
    let (server, client) = signed_in().await;
    Mock::given(method("POST"))
        .and(path_regex("/appointments$"))
        .respond_with(ResponseTemplate::new(201))
        .mount(&server)
        .await;
    let booked = client.send(&calls::booking()).await.expect("booked");
    assert_eq!(booked, cubu_s2s::BookedAppointment::default());
}

#[tokio::test]
async fn an_unreadable_answer_to_a_write_leaves_its_outcome_unknown() {
    let (server, client) = signed_in().await;
    Mock::given(method("POST"))
        .and(path_regex("/cases$"))
        .respond_with(ResponseTemplate::new(201).set_body_string("{\"caseId\":"))
        .mount(&server)
        .await;
    let error = client
        .send(&calls::queue_up())
        .await
        .expect_err("unreadable");
    assert!(matches!(
        error.kind,
        ErrorKind::Decode(DecodeError::Syntax { .. })
    ));
    assert!(error.outcome_unknown());
    assert_eq!(count(&server, "/cases").await, 1);
}

#[tokio::test]
async fn ten_megabytes_are_too_much() {
    let body = format!("[{}]", "0,".repeat(5 * 1024 * 1024));
    let error = users_answered(ResponseTemplate::new(200).set_body_string(body)).await;
    assert_eq!(
        error.kind,
        ErrorKind::TooLarge {
            limit: 8 * 1024 * 1024
        }
    );
}

#[tokio::test]
async fn ten_megabytes_are_too_much_even_when_their_length_is_not_announced() {
    let body = format!("HTTP/1.1 200 OK\r\n\r\n[{}]", "0,".repeat(5 * 1024 * 1024));
    let (sign_in, _) = signed_in().await;
    let (address, _) = crate::server::raw_server(crate::server::Act::Say(body)).await;
    let client = crate::server::client(&sign_in.uri(), &address);
    let error = client.send(&ListUsers {}).await.expect_err("too much");
    assert_eq!(
        error.kind,
        ErrorKind::TooLarge {
            limit: 8 * 1024 * 1024
        }
    );
}

#[tokio::test]
async fn a_thousand_levels_are_too_deep() {
    let deep = format!("{}{}", "[".repeat(1000), "]".repeat(1000));
    let error = users_answered(ResponseTemplate::new(200).set_body_string(deep.clone())).await;
    assert!(matches!(error.kind, ErrorKind::Decode(_)), "{error:?}");

    // Within a member that is kept as it comes, the depth limit itself answers.
    let (server, client) = signed_in().await;
    let record = format!(
        "{{\"recordId\":\"{}\",\"fields\":[{{\"data\":{deep}}}]}}",
        calls::customer()
    );
    Mock::given(path_regex("/customers/"))
        .respond_with(ResponseTemplate::new(200).set_body_string(record))
        .mount(&server)
        .await;
    let call = cubu_s2s::GetCustomer {
        customer_record_id: calls::customer(),
    };
    let error = client.send(&call).await.expect_err("too deep");
    assert!(
        matches!(error.kind, ErrorKind::Decode(DecodeError::Syntax { .. })),
        "{error:?}"
    );

    // And an error body that deep is no more than an error without words.
    let error = users_answered(ResponseTemplate::new(400).set_body_string(deep)).await;
    assert_eq!(
        error.refusal().map(|refusal| refusal.message.clone()),
        Some(None)
    );
}

#[tokio::test]
async fn a_204_or_null_is_an_empty_list() {
    for answer in [
        ResponseTemplate::new(204),
        ResponseTemplate::new(200).set_body_string("null"),
    ] {
        let (server, client) = signed_in().await;
        Mock::given(path_regex("/appointments$"))
            .respond_with(answer)
            .mount(&server)
            .await;
        let call = ListAppointments {
            service_id: calls::service(),
            date: calls::day(),
            cu_index: cubu_s2s::CuIndex(0),
            customer_record_id: None,
        };
        assert_eq!(client.send(&call).await.expect("a list"), []);
    }
}
