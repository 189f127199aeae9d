//! What a clerk does with a move: hears how it stands, goes on with one that was cut off, chooses where two are held, looks
//! where it is not known, and closes it.

use std::time::Instant;

use rand::{RngExt as _, rngs::StdRng, seq::IndexedRandom as _};
use serde_json::{Value, json};
use tokio::time::sleep;

use super::{
    clerk::{Clerk, LOOKS, SILENT, TO_THE_SCREEN, TOO_LONG},
    line::Failure,
    story::{End, Story},
};

/// The command.
pub const MOVE: &str = "move_appointment";

/// How a move stands for whoever asked.
enum Stands {
    /// As the list shows it.
    So(Value),
    /// Nothing was changed; why, in a code.
    NotBegun(String),
    /// The list will tell.
    Somehow,
}

impl Clerk {
    /// From pressing the button to knowing which appointment is held.
    pub async fn carry_move(&self, story: &mut Story, chance: &mut StdRng) {
        let twice = chance.random_bool(0.05);
        let mut stands = self.begin(story, twice).await;
        for again in (0..3).rev() {
            let seen = match stands {
                Stands::NotBegun(code) => {
                    story.know();
                    let needs_order = code == "move_needs_order";
                    story.end = End::NotDone(code);
                    if again == 0 || !chance.random_bool(0.5) {
                        return;
                    }
                    // The form still stands there, and what it sends is another move.
                    story.request["moveId"] =
                        json!(uuid::Builder::from_random_bytes(chance.random()).into_uuid());
                    if needs_order {
                        story.request["order"] = json!("cancelFirst");
                    }
                    stands = self.begin(story, false).await;
                    continue;
                }
                Stands::So(view) => Some(view),
                Stands::Somehow => None,
            };
            story.end = self.watch(story, seen, chance).await;
            if !matches!(story.end, End::Stuck) {
                story.know();
            }
            let closing = json!({ "moveId": story.request["moveId"] });
            // There may be nothing to close.
            let _ = self.line.call("close_move", closing).await;
            return;
        }
    }

    async fn begin(&self, story: &mut Story, twice: bool) -> Stands {
        match self.press(story, twice).await {
            Ok(view) => Stands::So(view),
            Err(Failure::Told(failure)) => {
                let code = failure["code"].as_str().unwrap_or_default().to_owned();
                story.hear(format!("not begun: {code}"));
                Stands::NotBegun(code)
            }
            Err(Failure::Died) => {
                story.hear("the desk died");
                Stands::Somehow
            }
        }
    }

    /// Watches the list of moves, and does what it asks for, until the move is over.
    async fn watch(&self, story: &mut Story, mut seen: Option<Value>, chance: &mut StdRng) -> End {
        let since = Instant::now();
        let mut silent = 0;
        while since.elapsed() < TOO_LONG && silent < SILENT {
            let view = match seen.take() {
                Some(view) => Some(view),
                None => match self.line.call("list_moves", json!({})).await {
                    Ok(list) => {
                        let mut moves = list.as_array().into_iter().flatten();
                        let found = moves.find(|view| view["moveId"] == story.request["moveId"]);
                        silent = if found.is_some() { 0 } else { silent + 1 };
                        found.cloned()
                    }
                    Err(_) => None,
                },
            };
            let Some(view) = view else {
                sleep(LOOKS).await;
                continue;
            };
            let state = view["state"].as_str().unwrap_or_default();
            if state != "underWay" {
                story.hear(format!("{state}: {}", view["message"]["id"]));
            }
            let can = |what: &str| view[what] == true;
            let act = match state {
                "moved" | "unchanged" | "rebooked" | "closed" => return End::Done(view),
                "noneHeld" if !can("canResume") => return End::Done(view),
                "needsEyes" => {
                    story.look();
                    sleep(TO_THE_SCREEN).await;
                    *["resume_move", "close_move"]
                        .choose(chance)
                        .unwrap_or(&"close_move")
                }
                "twoHeld" if can("canChoose") && chance.random_bool(0.5) => "end_move",
                "twoHeld" | "waiting" | "noneHeld" if can("canResume") => "resume_move",
                _ => {
                    sleep(LOOKS).await;
                    continue;
                }
            };
            let mut request = json!({ "moveId": story.request["moveId"] });
            if act == "end_move" {
                request["keep"] = json!(if chance.random_bool(0.5) {
                    "old"
                } else {
                    "new"
                });
            }
            story.hear(format!("{act} {}", request["keep"]));
            match self.line.call(act, request).await {
                Ok(_) if act == "close_move" => return End::Dropped,
                Ok(view) => seen = Some(view),
                Err(Failure::Told(failure)) => {
                    story.hear(failure["code"].as_str().unwrap_or_default());
                    sleep(LOOKS).await;
                }
                Err(Failure::Died) => story.hear("the desk died"),
            }
        }
        if silent < SILENT {
            story.hear("still under way");
            return End::Stuck;
        }
        story.hear("nothing");
        End::Untold
    }
}
