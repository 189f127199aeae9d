//! Neither the secret, nor a token, nor what the server says about people is ever printed.

use cubu_s2s::{Client, ListUsers};
use serde_json::json;
use wiremock::matchers::path_regex;
use wiremock::{Mock, MockServer, ResponseTemplate};

use crate::server::{SECRET, TOKEN, options, signed_in, token_request};

fn is_clean(text: &str) {
    for private in [SECRET, TOKEN, "Robin Vale"] {
        assert!(!text.contains(private), "{private} in {text}");
    }
}

#[tokio::test]
async fn options_client_and_errors_print_nothing_private() {
    let (server, client) = signed_in().await;
    let echo = json!({ "errorCode": 1, "message": format!("Robin Vale {SECRET} {TOKEN}") });
    for status in [400, 401, 403, 404, 405, 409, 422, 500] {
        server.reset().await;
        token_request()
            .respond_with(crate::server::token_answer(TOKEN))
            .mount(&server)
            .await;
        Mock::given(path_regex("/users$"))
            .respond_with(ResponseTemplate::new(status).set_body_json(&echo))
            .mount(&server)
            .await;
        let error = client.send(&ListUsers {}).await.expect_err("refused");
        is_clean(&format!("{error} {error:?} {error:#?}"));
    }
    is_clean(&format!("{client:?} {client:#?}"));
    let options = options(&server.uri(), &server.uri());
    is_clean(&format!("{options:?} {options:#?}"));
}

#[tokio::test]
async fn a_refused_token_request_prints_nothing_private() {
    let server = MockServer::start().await;
    let echo = format!("Robin Vale {SECRET} {TOKEN}");
    for body in [
        json!({ "error": "invalid_client", "error_description": echo }),
        json!({ "error": "other", "error_description": echo, "error_codes": "many" }),
        json!({ "access_token": 7, "echo": echo }),
    ] {
        server.reset().await;
        token_request()
            .respond_with(ResponseTemplate::new(400).set_body_json(&body))
            .mount(&server)
            .await;
        let client = Client::new(options(&server.uri(), &server.uri())).expect("a client");
        let error = client.check_token().await.expect_err("refused");
        is_clean(&format!("{error} {error:?}"));
        let error = client.send(&ListUsers {}).await.expect_err("refused");
        is_clean(&format!("{error} {error:?}"));
    }
}
