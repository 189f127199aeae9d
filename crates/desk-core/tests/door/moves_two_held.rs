//! Moves that hold two appointments for a while: said plainly, and ended by the clerk or the next run.

use cubu_simulator::{Breakdown, Fault, FaultRule};
use serde_json::{Value, json};

use crate::{
    line::Line,
    moves::{Planned, clear, held, listed, nothing_is_left, until_over},
};

async fn two_held(line: &Line) -> (Planned, Value) {
    let planned = Planned::on(line).await;
    let broken = Fault::BreakdownBefore(Breakdown::Internal);
    let rule = FaultRule::new("CancelAppointment", broken);
    line.bench.simulator.set_faults(&[rule]).unwrap();
    let stuck = line
        .bench
        .call("move_appointment", planned.request("bookFirst"))
        .await;
    assert_eq!(stuck["state"], "twoHeld", "{stuck:#}");
    assert_eq!(stuck["canChoose"], true);
    assert_eq!(stuck["canClose"], false);
    assert_eq!(stuck["trouble"]["id"], "did-not-happen");
    (planned, stuck)
}

#[tokio::test]
async fn while_the_old_one_can_not_be_cancelled_the_two_that_are_held_are_named() {
    let line = Line::new().await;
    let (planned, stuck) = two_held(&line).await;
    let [open] = &listed(&line).await[..] else {
        panic!("one move is open");
    };
    assert_eq!(open, &stuck);
    assert_eq!(line.unsettled().await, Vec::<Value>::new());
    for (time, slot) in [("old", &planned.old), ("new", &planned.new)] {
        assert_eq!(open[time]["held"], "yes");
        assert_eq!(open[time]["startTime"], slot["startTime"]);
        assert!(open[time]["ticket"]["number"].is_string(), "{open:#}");
    }
    assert_eq!(
        held(&line),
        [&open["old"]["caseId"], &open["new"]["caseId"]].map(Value::clone)
    );
    assert!(open["customerName"].is_string());

    // Neither of the two can be moved meanwhile, and the move can't be put away.
    let mut other = planned.request("bookFirst");
    assert_eq!(
        line.bench
            .refused("move_appointment", other.clone())
            .await
            .message
            .id,
        "move-open"
    );
    other["from"] = json!({ "caseId": open["new"]["caseId"], "booking": planned.new });
    assert_eq!(
        line.bench
            .refused("move_appointment", other)
            .await
            .message
            .id,
        "move-open"
    );
    let this = json!({ "moveId": open["moveId"] });
    assert_eq!(
        line.bench
            .refused("close_move", this.clone())
            .await
            .message
            .id,
        "move-open"
    );

    // Trying again in vain leaves it as it is.
    assert_eq!(
        line.bench.call("resume_move", this.clone()).await["state"],
        "twoHeld"
    );
    assert_eq!(held(&line).len(), 2);

    line.bench.simulator.set_faults(&[]).unwrap();
    let ended = line
        .bench
        .call(
            "end_move",
            json!({ "moveId": open["moveId"], "keep": "new" }),
        )
        .await;
    assert_eq!(ended["state"], "moved");
    assert_eq!(held(&line), [open["new"]["caseId"].clone()]);
    nothing_is_left(&line).await;
    let again = line.bench.refused("resume_move", this).await;
    assert_eq!(again.message.id, "move-unknown");
}

#[tokio::test]
async fn of_two_the_old_one_can_be_kept() {
    let line = Line::new().await;
    let (planned, stuck) = two_held(&line).await;
    let keep = json!({ "moveId": stuck["moveId"], "keep": "old" });
    let still = line.bench.call("end_move", keep.clone()).await;
    assert_eq!(still["state"], "twoHeld");
    line.bench.simulator.set_faults(&[]).unwrap();
    let ended = line.bench.call("end_move", keep).await;
    assert_eq!(ended["state"], "unchanged");
    assert_eq!(held(&line), [planned.case]);
    nothing_is_left(&line).await;
}

#[tokio::test]
async fn one_of_two_that_was_cancelled_elsewhere_ends_the_move() {
    let line = Line::new().await;
    let (_, stuck) = two_held(&line).await;
    line.bench.simulator.set_faults(&[]).unwrap();
    let line = clear(line, &stuck["old"]["caseId"]).await;
    // The old one is gone, so it can't be kept any more.
    let keep = json!({ "moveId": stuck["moveId"], "keep": "old" });
    let ended = line.bench.call("end_move", keep).await;
    assert_eq!(ended["state"], "moved");
    assert_eq!(held(&line), [stuck["new"]["caseId"].clone()]);
}

#[tokio::test]
async fn two_that_are_held_are_seen_to_by_the_next_run() {
    let line = Line::new().await;
    let (_, stuck) = two_held(&line).await;
    line.bench.simulator.set_faults(&[]).unwrap();
    let line = line.next_run();
    let ended = until_over(&line).await;
    assert_eq!(
        (&ended["state"], &ended["moveId"]),
        (&json!("moved"), &stuck["moveId"])
    );
    let left = line
        .bench
        .call("close_move", json!({ "moveId": ended["moveId"] }))
        .await;
    assert_eq!(left, json!([]));
    assert_eq!(held(&line), [stuck["new"]["caseId"].clone()]);
}

/// The one move, once nothing more happens to it by itself.

#[tokio::test]
async fn a_cancel_address_that_is_not_accepted_leaves_two_and_says_where_to_correct_it() {
    let line = Line::new().await;
    let planned = Planned::on(&line).await;
    let bench = &line.bench;
    let mut profile = bench.call("get_profile", bench.this_profile()).await;
    profile["addresses"] = json!([{
        "endpoint": "CancelAppointment", "method": "POST",
        "path": "/{applicationId}/calendars/{serviceId}/{date}/{cuIndex}/nowhere/{caseId}",
    }]);
    bench
        .call("save_profile", json!({ "profile": profile }))
        .await;
    let stuck = bench
        .call("move_appointment", planned.request("bookFirst"))
        .await;
    assert_eq!(stuck["state"], "twoHeld");
    assert_eq!(stuck["trouble"]["id"], "address-not-accepted");
    assert_eq!(held(&line).len(), 2);
}
