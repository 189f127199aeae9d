//! One wish is one change: asked for in two windows, by a form that lost its state, or seen before its answer came.

use std::time::Duration;

use serde_json::{Value, json};

use crate::{line::Line, proxy::Mishap};

const BOOK: &str = "POST /appointments";
const START_NEXT: &str = "POST /actions/startNext";

#[tokio::test]
async fn the_same_from_two_windows_is_one_change_and_both_hear_its_outcome() {
    let line = Line::new().await;
    let from = |window: u8, mut request: Value| {
        request["intentId"] = json!(format!("5b0d6c1e-2222-4a6e-9d10-00000000000{window}"));
        request
    };
    let booking = line.bench.vacancy().await;
    let (one, two) = (from(1, booking.clone()), from(2, booking.clone()));
    let (first, second) = tokio::join!(
        line.outcome("book_appointment", &one),
        line.outcome("book_appointment", &two),
    );
    assert!(first.is_ok(), "{first:#?}");
    assert_eq!(first, second);
    assert_eq!(line.made("BookAppointment").len(), 1);

    // It is closed: from another window it is another wish now, and finds the slot taken. Both hear that, too.
    let (three, four) = (from(3, booking.clone()), from(4, booking));
    let (first, second) = tokio::join!(
        line.outcome("book_appointment", &three),
        line.outcome("book_appointment", &four),
    );
    assert_eq!(first.clone().unwrap_err()["code"], "slot_taken");
    assert_eq!(first, second);

    // Two people without a name may stand there for the same thing.
    let mut nameless = line.walk_in();
    nameless.as_object_mut().unwrap().remove("customerRecordId");
    for (request, made) in [(nameless, 2), (line.walk_in(), 3)] {
        let (one, two) = (from(5, request.clone()), from(6, request));
        let (one, two) = match made {
            2 => (one, two),
            _ => (from(7, one), from(8, two)),
        };
        let (first, second) = tokio::join!(
            line.outcome("queue_up", &one),
            line.outcome("queue_up", &two),
        );
        assert_eq!(first.unwrap() == second.unwrap(), made == 3);
        assert_eq!(line.made("QueueUp").len(), made);
    }
    assert_eq!(line.unsettled().await, Vec::<Value>::new());
}

#[tokio::test]
async fn a_form_that_lost_its_state_finds_the_change_that_is_still_under_way() {
    let line = Line::new().await;
    let booking = line.bench.vacancy().await;
    line.proxy.next(BOOK, Mishap::AnswerVanishes);
    {
        let mut pending = std::pin::pin!(line.outcome("book_appointment", &booking));
        let sent = async {
            while line.proxy.seen() == 0 {
                tokio::task::yield_now().await;
            }
        };
        tokio::select! {
            told = &mut pending => panic!("{told:#?}"),
            () = sent => {}
        }
    }
    let told = line.outcome("book_appointment", &booking).await.unwrap();
    let made = line.made("BookAppointment");
    assert_eq!((made.len(), &made[0]["caseId"]), (1, &told["caseId"]));
    assert_eq!(line.unsettled().await, Vec::<Value>::new());
}

#[tokio::test]
async fn a_change_is_seen_while_its_answer_is_still_awaited() {
    let line = Line::new().await;
    let user = line.agent().await;
    let late = Mishap::ActsLaterInSilence(Duration::from_millis(600));
    for mishap in [Mishap::AnswerVanishes, late] {
        for (command, endpoint, first_line) in [
            ("book_appointment", "BookAppointment", BOOK),
            ("start_next_case", "StartNextCase", START_NEXT),
        ] {
            let request = match command {
                "book_appointment" => line.bench.vacancy().await,
                _ => user.clone(),
            };
            let before = line.made(endpoint).len();
            line.proxy.next(first_line, mishap);
            let told =
                tokio::time::timeout(Duration::from_secs(10), line.outcome(command, &request));
            let told = told.await.unwrap();
            line.holds_true(endpoint, before, &told, mishap);
            assert_eq!(line.proxy.seen(), 1, "{command} was sent once");
            let last = line.made(endpoint).pop().unwrap();
            assert_eq!(told.unwrap()["caseId"], last["caseId"]);
        }
    }
    assert_eq!(line.unsettled().await, Vec::<Value>::new());
}
