//! What goes over the wire, for all 27 calls.

use cubu_s2s::{AddressOverride, Client, CustomerIdSpelling, Endpoint, Method};
use serde_json::{Value, json};
use wiremock::matchers::any;
use wiremock::{Mock, MockServer, Request, ResponseTemplate};

use crate::calls::{self, Check};
use crate::server::{TOKEN, client, options, signed_in, token_answer, token_request};

struct Sender<'a> {
    client: &'a Client,
    server: &'a MockServer,
    seen: Vec<Value>,
}

impl Check for Sender<'_> {
    fn check<E: Endpoint>(&mut self, call: &E)
    where
        E::Response: serde::Serialize + PartialEq + std::fmt::Debug,
    {
        let request = tokio::task::block_in_place(|| {
            tokio::runtime::Handle::current().block_on(async {
                // The answer fits few of the calls; only what was sent matters here.
                let _ = self.client.send(call).await;
                self.server
                    .received_requests()
                    .await
                    .expect("recording is on")
                    .pop()
            })
        })
        .expect("a request");
        assert_eq!(request.headers["authorization"], format!("Bearer {TOKEN}"));
        assert!(
            request.headers["user-agent"]
                .to_str()
                .is_ok_and(|it| it.starts_with("cubu-s2s/0."))
        );
        self.seen.push(shape(E::NAME, &request));
    }
}

fn shape(call: &str, request: &Request) -> Value {
    let body: Value = match request.body.as_slice() {
        [] => {
            let length = request.headers.get("content-length");
            assert_eq!(length.is_some(), request.method != "GET", "{call}");
            Value::Null
        }
        body => {
            assert_eq!(
                request.headers["content-type"], "application/json",
                "{call}"
            );
            serde_json::from_slice(body).expect("a JSON body")
        }
    };
    json!({
        "call": call,
        "request": format!("{} {}", request.method, request.url.path()),
        "query": request.url.query(),
        "body": body,
    })
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_call_sends_what_the_contract_asks_for() {
    let (server, client) = signed_in().await;
    Mock::given(any())
        .respond_with(ResponseTemplate::new(204))
        .with_priority(20)
        .mount(&server)
        .await;
    let mut sender = Sender {
        client: &client,
        server: &server,
        seen: Vec::new(),
    };
    calls::each(&mut sender);
    assert_eq!(sender.seen.len(), 27);
    for request in sender.seen {
        let name = request["call"].as_str().expect("a name").to_owned();
        insta::assert_json_snapshot!(name, request);
    }
}

async fn body_with(spelling: CustomerIdSpelling, call: &impl Endpoint) -> Value {
    let server = MockServer::start().await;
    token_request()
        .respond_with(token_answer(TOKEN))
        .with_priority(1)
        .mount(&server)
        .await;
    Mock::given(any())
        .respond_with(ResponseTemplate::new(204))
        .mount(&server)
        .await;
    let mut options = options(&server.uri(), &server.uri());
    options.customer_id_spelling = spelling;
    let _ = Client::new(options).expect("a client").send(call).await;
    let request = server
        .received_requests()
        .await
        .expect("recording is on")
        .pop();
    serde_json::from_slice(&request.expect("a request").body).expect("a JSON body")
}

#[tokio::test]
async fn the_customer_goes_under_both_spellings_or_the_one_chosen() {
    let id = json!(calls::customer());
    for (spelling, printed, correct) in [
        (CustomerIdSpelling::Both, Some(&id), Some(&id)),
        (CustomerIdSpelling::AsPrinted, Some(&id), None),
        (CustomerIdSpelling::Correct, None, Some(&id)),
    ] {
        for body in [
            body_with(spelling, &calls::booking()).await,
            body_with(spelling, &calls::queue_up()).await,
        ] {
            assert_eq!(body.get("cusotmerRecordId"), printed, "{spelling:?}");
            assert_eq!(body.get("customerRecordId"), correct, "{spelling:?}");
        }
    }
}

#[tokio::test]
async fn a_corrected_address_is_the_one_called() {
    let server = MockServer::start().await;
    token_request()
        .respond_with(token_answer(TOKEN))
        .with_priority(1)
        .mount(&server)
        .await;
    Mock::given(any())
        .respond_with(ResponseTemplate::new(204))
        .mount(&server)
        .await;
    let mut options = options(&server.uri(), &format!("{}/gateway/", server.uri()));
    options.address_overrides = vec![AddressOverride {
        endpoint: "CancelAppointment".to_owned(),
        method: Method::Post,
        path: "/{applicationId}/cases/{caseId}/actions/cancel".to_owned(),
    }];
    let client = Client::new(options).expect("a client");
    let cancel = cubu_s2s::CancelAppointment {
        service_id: calls::service(),
        date: calls::day(),
        cu_index: cubu_s2s::CuIndex(1),
        case_id: calls::id("6666-4a6e-9d10-000000000001"),
    };
    client.send(&cancel).await.expect("cancelled");
    let request = server
        .received_requests()
        .await
        .expect("recording is on")
        .pop()
        .expect("a request");
    assert_eq!(request.method.as_str(), "POST");
    assert_eq!(
        request.url.path(),
        "/gateway/5b0d6c1e-0000-4a6e-9d10-00000000cccc/cases/5b0d6c1e-6666-4a6e-9d10-000000000001/actions/cancel"
    );
}

#[tokio::test]
async fn the_token_request_is_url_encoded() {
    let server = MockServer::start().await;
    token_request()
        .respond_with(token_answer(TOKEN))
        .mount(&server)
        .await;
    client(&server.uri(), &server.uri())
        .check_token()
        .await
        .expect("a token");
    let request = server
        .received_requests()
        .await
        .expect("recording is on")
        .pop()
        .expect("a request");
    assert_eq!(
        request.url.path(),
        "/5b0d6c1e-0000-4a6e-9d10-00000000aaaa/oauth2/v2.0/token"
    );
    assert_eq!(
        request.headers["content-type"],
        "application/x-www-form-urlencoded"
    );
    assert_eq!(
        String::from_utf8_lossy(&request.body),
        "grant_type=client_credentials&client_id=5b0d6c1e-0000-4a6e-9d10-00000000bbbb\
         &client_secret=s3cret%7Evalue%2Fwith%2Bsigns%3D\
         &scope=5b0d6c1e-0000-4a6e-9d10-00000000bbbb%2F.default"
    );
}
