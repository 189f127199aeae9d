//! Moves that are cut off at any step: the next run says what is held and finishes, or leaves everything as it was.

use std::time::Duration;

use serde_json::json;

use crate::{
    line::Line,
    moves::{BOOK, CANCEL, Planned, clear, held, listed, nothing_is_left, until_over},
    proxy::Mishap,
};

/// Reads of a calendar, in the order of a move that books first: the old one, right before booking, the new one booked,
/// right before cancelling, right after it. One that cancels first: the old one, right before cancelling, right after it.
const READ: &str = "GET /appointments";

/// Moves, and kills the desk as soon as the network has gone.
async fn cut_off(
    line: Line,
    order: &str,
    others: usize,
    request: &'static str,
    mishap: Mishap,
) -> (Line, Planned) {
    let planned = Planned::on(&line).await;
    line.proxy.after(others, request, mishap);
    let body = planned.request(order);
    {
        let moving = line.outcome("move_appointment", &body);
        let gone = async {
            while !line.proxy.is_down() {
                tokio::task::yield_now().await;
            }
        };
        tokio::select! {
            told = moving => panic!("{order} {request}: it was told before the network went: {told:#?}"),
            gone = tokio::time::timeout(Duration::from_secs(20), gone) => gone.unwrap(),
        }
    }
    let line = line.next_run();
    line.proxy.comes_back();
    (line, planned)
}

#[tokio::test]
async fn the_next_run_ends_a_move_that_was_killed_at_any_step() {
    use Mishap::{NetworkDies, NetworkDiesBefore};
    let table = [
        // Nothing was changed before the first step is done, and nothing is begun that nobody waits for.
        ("bookFirst", 0, BOOK, NetworkDiesBefore, "unchanged"),
        ("bookFirst", 0, BOOK, NetworkDies, "moved"),
        ("bookFirst", 1, READ, NetworkDiesBefore, "unchanged"),
        ("bookFirst", 2, READ, NetworkDiesBefore, "moved"),
        ("bookFirst", 0, CANCEL, NetworkDiesBefore, "moved"),
        ("bookFirst", 0, CANCEL, NetworkDies, "moved"),
        ("bookFirst", 3, READ, NetworkDiesBefore, "moved"),
        ("bookFirst", 4, READ, NetworkDiesBefore, "moved"),
        ("cancelFirst", 0, CANCEL, NetworkDiesBefore, "unchanged"),
        ("cancelFirst", 0, CANCEL, NetworkDies, "moved"),
        ("cancelFirst", 1, READ, NetworkDiesBefore, "unchanged"),
        ("cancelFirst", 2, READ, NetworkDiesBefore, "moved"),
        ("cancelFirst", 0, BOOK, NetworkDiesBefore, "moved"),
        ("cancelFirst", 0, BOOK, NetworkDies, "moved"),
    ];
    let mut line = Line::new().await;
    for (order, others, request, mishap, expected) in table {
        let what = format!("{order} {others} {request} {mishap:?}");
        let before = held(&line).len();
        let planned;
        (line, planned) = cut_off(line, order, others, request, mishap).await;
        let ended = until_over(&line).await;
        assert_eq!(ended["state"], expected, "{what}: {ended:#}");
        let held = held(&line);
        assert_eq!(held.len(), before + 1, "{what}");
        let kept = if expected == "moved" {
            assert!(!held.contains(&planned.case), "{what}");
            &ended["newCaseId"]
        } else {
            &planned.case
        };
        assert!(held.contains(kept), "{what}");
        line.bench
            .call("close_move", json!({ "moveId": ended["moveId"] }))
            .await;
        nothing_is_left(&line).await;
    }
}

#[tokio::test]
async fn a_rebooking_that_was_killed_is_finished_by_the_next_run() {
    for mishap in [Mishap::NetworkDiesBefore, Mishap::NetworkDies] {
        let line = Line::new().await;
        let planned = Planned::on(&line).await;
        line.bench
            .call("book_appointment", planned.new.clone())
            .await;
        line.proxy.next(BOOK, mishap);
        let body = planned.request("cancelFirst");
        {
            let gone = async {
                while !line.proxy.is_down() {
                    tokio::task::yield_now().await;
                }
            };
            tokio::select! {
                told = line.outcome("move_appointment", &body) => panic!("it was told: {told:#?}"),
                () = gone => {}
            }
        }
        let line = line.next_run();
        line.proxy.comes_back();
        let ended = until_over(&line).await;
        assert_eq!(ended["state"], "rebooked", "{mishap:?}");
        assert!(held(&line).contains(&ended["newCaseId"]));
        assert_eq!(held(&line).len(), 2, "the other's, and the old one again");
    }
}

#[tokio::test]
async fn a_move_whose_network_is_gone_says_so_and_goes_on_when_it_is_back() {
    let line = Line::new().await;
    let planned = Planned::on(&line).await;
    line.proxy.next(CANCEL, Mishap::NetworkDies);
    let told = line
        .outcome("move_appointment", &planned.request("bookFirst"))
        .await
        .unwrap();
    assert_eq!(told["state"], "underWay");
    assert_eq!(
        (&told["old"]["held"], &told["new"]["held"]),
        (&json!("unknown"), &json!("yes"))
    );
    let refused = line
        .bench
        .refused("resume_move", json!({ "moveId": told["moveId"] }))
        .await;
    assert_eq!(refused.message.id, "move-open");
    assert_eq!(listed(&line).await[0]["state"], "underWay");
    line.proxy.comes_back();
    let ended = until_over(&line).await;
    assert_eq!(ended["state"], "moved");
    assert_eq!(held(&line), [ended["newCaseId"].clone()]);
}

#[tokio::test]
async fn one_look_that_makes_no_sense_makes_no_move_say_what_is_not_so() {
    let mut line = Line::new().await;
    for order in ["bookFirst", "cancelFirst"] {
        for others in 0..6 {
            let what = format!("{order} after {others}");
            let planned = Planned::on(&line).await;
            line.proxy.after(others, READ, Mishap::AnsweredBy("<"));
            let told = line
                .outcome("move_appointment", &planned.request(order))
                .await;
            let held = held(&line);
            assert_eq!(held.len(), 1, "{what}: {told:#?}");
            match told {
                Ok(moved) => {
                    assert_eq!(moved["state"], "moved", "{what}");
                    assert_eq!(held[0], moved["newCaseId"], "{what}");
                }
                // Nothing was changed yet.
                Err(failure) => {
                    assert_eq!(failure["code"], "unreadable_answer", "{what}");
                    assert_eq!(held[0], planned.case, "{what}");
                }
            }
            nothing_is_left(&line).await;
            line = clear(line, &held[0]).await;
        }
    }
}
