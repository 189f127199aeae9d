//! Requests that get no answer: reset, refused, too slow.

use std::io::ErrorKind;
use std::time::{Duration, Instant};

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

use super::{is_reset, read_to_end, until};
use crate::desk::Desk;

#[tokio::test]
async fn a_reset_before_the_server_acts_is_not_in_the_ledger() {
    let desk = Desk::open().await;
    let start = desk.free_start().await;
    desk.fault(&["BookAppointment:reset-before"]);
    let (bytes, ended) = desk.book_raw(start).await;
    assert!(is_reset(&ended), "{ended:?}");
    assert!(bytes.is_empty());
    assert!(desk.booked().is_empty());
    assert_eq!(desk.running.requests("BookAppointment"), 1);
    assert_eq!(desk.free_start().await, start, "other calls are spared");
}

#[tokio::test]
async fn a_reset_after_the_server_acted_is_in_the_ledger() {
    let desk = Desk::open().await;
    let start = desk.free_start().await;
    desk.fault(&["BookAppointment:reset-after"]);
    let (bytes, ended) = desk.book_raw(start).await;
    assert!(is_reset(&ended), "{ended:?}");
    assert!(bytes.is_empty());
    let booked = desk.booked();
    assert_eq!(booked.len(), 1);
    assert_eq!(booked[0]["start"], start);
    assert_eq!(booked[0]["caller"], "raw");
    let case = booked[0]["caseId"].as_str().unwrap();
    assert!(desk.listed().await.iter().any(|listed| listed == case));
}

#[tokio::test]
async fn connections_are_refused_for_a_while_and_taken_again_at_the_same_port() {
    let desk = Desk::open().await;
    let start = desk.free_start().await;
    desk.fault(&["BookAppointment:refused=1500:limit=1"]);
    let shut = Instant::now();
    let (_, ended) = desk.book_raw(start).await;
    assert!(is_reset(&ended), "{ended:?}");
    let refused = desk.connect().await.unwrap_err();
    assert_eq!(refused.kind(), ErrorKind::ConnectionRefused);
    until("the port's return", async || desk.connect().await.is_ok()).await;
    assert!(shut.elapsed() >= Duration::from_millis(1500));
    assert!(desk.booked().is_empty());
    assert_eq!(desk.book(start).await.0, 201);
}

#[tokio::test]
async fn lines_at_rest_are_cut_when_the_network_goes() {
    let desk = Desk::open().await;
    let mut line = desk.connect().await.unwrap();
    let request = desk.raw("GET", "/organization/users", "");
    line.write_all(request.as_bytes()).await.unwrap();
    line.read_u8().await.unwrap();
    desk.running
        .refuse_connections(Duration::from_secs(600))
        .await;
    let (_, ended) = read_to_end(&mut line).await;
    assert!(is_reset(&ended), "{ended:?}");
    let refused = desk.connect().await.unwrap_err();
    assert_eq!(refused.kind(), ErrorKind::ConnectionRefused);
    desk.running.clear_faults();
    until("the network's return", async || {
        desk.connect().await.is_ok()
    })
    .await;
}

#[tokio::test]
async fn latency_of_one_call_is_waited_by_that_call() {
    let desk = Desk::open().await;
    desk.fault(&["ListUsers:latency=60"]);
    let asked = Instant::now();
    assert_eq!(desk.get("/organization/users").await.0, 200);
    assert!(asked.elapsed() >= Duration::from_millis(60));
}

#[tokio::test]
async fn a_write_takes_hold_though_its_caller_hung_up_meanwhile() {
    let desk = Desk::open().await;
    let start = desk.free_start().await;
    desk.fault(&["BookAppointment:latency=300"]);
    let path = format!("{}/appointments", desk.licences());
    let mut line = desk.connect().await.unwrap();
    let request = desk.raw("POST", &path, &desk.renewal_at(start).to_string());
    line.write_all(request.as_bytes()).await.unwrap();
    until("the request's arrival", async || {
        desk.running.requests("BookAppointment") == 1
    })
    .await;
    drop(line);
    assert!(desk.booked().is_empty());
    until("the write", async || desk.booked().len() == 1).await;
}
