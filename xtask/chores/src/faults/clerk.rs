//! A clerk at a desk: asks for one thing after the other and does with the answers what the app tells them to do. What they
//! do with a move is in `moving`.

use std::{
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

use cubu_simulator::Running;
use rand::{RngExt as _, rngs::StdRng};
use serde_json::{Value, json};
use tokio::time::sleep;

use super::{
    ledger::is_marked,
    line::{Answer, Failure, Line},
    moving::MOVE,
    plan,
    story::{End, NOT_DONE, Story},
    town::Town,
};

/// Between two looks at the list of what is not settled.
pub const LOOKS: Duration = Duration::from_millis(100);
/// As long as this somebody waits before they go and look in Cubu. Nobody is there sooner.
pub const TO_THE_SCREEN: Duration = Duration::from_millis(2_500);
/// After this a verdict is not expected any more.
pub const TOO_LONG: Duration = Duration::from_secs(60);
/// Looks in a row at a list that says nothing.
pub const SILENT: u32 = 4;

/// What all clerks share.
pub struct Shared {
    /// The seed.
    pub seed: u64,
    /// Cubu.
    pub cubu: Running,
    /// What everybody knows.
    pub town: Town,
    /// How many acts are over.
    pub done: AtomicUsize,
    /// What was asked for.
    pub stories: Mutex<Vec<Story>>,
    /// Appointments that somebody was told to have booked.
    pub booked: Mutex<Vec<Booked>>,
}

/// An appointment that somebody was told to have booked.
#[derive(Clone)]
pub struct Booked {
    /// Its case.
    pub case: Value,
    /// What booked it.
    pub booking: Value,
}

impl Booked {
    /// What was booked as this case.
    pub fn new(case: &Value, booking: Value) -> Self {
        Self {
            case: case.clone(),
            booking,
        }
    }

    /// What cancels it.
    pub fn cancellation(&self) -> Value {
        json!({
            "serviceId": self.booking["serviceId"],
            "date": self.booking["date"],
            "cuIndex": self.booking["cuIndex"],
            "caseId": self.case,
        })
    }
}

impl Shared {
    /// Appointments to cancel.
    pub fn booked(&self) -> MutexGuard<'_, Vec<Booked>> {
        self.booked.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A clerk.
pub struct Clerk {
    /// The desk's number.
    pub desk: usize,
    /// Their place at it: 0 is the agent.
    pub place: usize,
    /// The desk.
    pub line: Arc<Line>,
    /// What all share.
    pub shared: Arc<Shared>,
    /// Whether the agent came to work, as far as they know.
    pub at_work: bool,
    /// The agent's unit, as far as they know.
    pub unit: Value,
    /// Cases that the agent serves.
    pub active: Vec<Value>,
    /// Cases that an agent serves who sits at several desks, with the agent.
    pub shared_active: Vec<(Value, Value)>,
}

/// What was heard of an act whose answer was not the end of it.
enum Heard {
    Done(Value),
    NotDone(String),
    NeedsEyes,
    Untold,
    Stuck,
}

impl Clerk {
    /// Does these acts, one after the other.
    pub async fn work(mut self, acts: Vec<usize>) -> Self {
        for number in acts {
            let mut chance = plan::chance(self.shared.seed, number);
            let mut story = self.next_story(number, &mut chance).await;
            self.carry(&mut story, &mut chance).await;
            self.learn(&story);
            self.shared
                .stories
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .push(story);
            self.shared.done.fetch_add(1, Ordering::Relaxed);
        }
        self
    }

    /// From pressing the button to knowing.
    async fn carry(&self, story: &mut Story, chance: &mut StdRng) {
        if story.command == MOVE {
            return self.carry_move(story, chance).await;
        }
        let twice = chance.random_bool(0.05);
        let mut answer = self.press(story, twice).await;
        for again in (0..3).rev() {
            let heard = match answer {
                Ok(answer) => Heard::Done(answer),
                Err(Failure::Told(failure)) => {
                    let code = failure["code"].as_str().unwrap_or_default().to_owned();
                    story.hear(code.as_str());
                    match code.as_str() {
                        "outcome_unknown" if story.command == "call_again" => {
                            story.know();
                            story.end = End::Harmless;
                            return;
                        }
                        "outcome_unknown" => self.wait(story).await,
                        _ => Heard::NotDone(code),
                    }
                }
                Err(Failure::Died) => {
                    story.hear("the desk died");
                    if story.command == "call_again" {
                        story.know();
                        story.end = End::Harmless;
                        return;
                    }
                    self.wait(story).await
                }
            };
            if !matches!(heard, Heard::Stuck) {
                story.know();
            }
            answer = match heard {
                Heard::Done(answer) => {
                    story.hear("done");
                    story.end = End::Done(answer);
                    return self.close(story).await;
                }
                Heard::NotDone(code) => {
                    story.hear(format!("{NOT_DONE}: {code}"));
                    story.end = End::NotDone(code);
                    if again == 0 || !chance.random_bool(0.5) {
                        return self.close(story).await;
                    }
                    // The form still stands there.
                    self.press(story, false).await
                }
                Heard::NeedsEyes => {
                    story.look();
                    sleep(TO_THE_SCREEN).await;
                    let there = is_marked(&self.shared.cubu.ledger(), story);
                    story.end = End::Dropped;
                    if there || again == 0 || chance.random_bool(0.5) {
                        story.hear(format!("dropped, there: {there}"));
                        return self.close(story).await;
                    }
                    story.hear("retried");
                    let intent = json!({ "intentId": story.request["intentId"] });
                    let answer = self.line.call("retry_unsettled", intent).await;
                    answer.map(|retried| retried["answer"].clone())
                }
                Heard::Untold => {
                    story.hear("nothing");
                    story.end = End::Untold;
                    return;
                }
                Heard::Stuck => {
                    story.hear("still settling");
                    story.end = End::Stuck;
                    return;
                }
            };
        }
    }

    /// Presses the button, or presses it twice, or in two windows.
    pub async fn press(&self, story: &Story, twice: bool) -> Answer {
        let press = || self.line.call(story.command, story.request.clone());
        if !twice || matches!(*self.line, Line::Naive(_)) {
            return press().await;
        }
        match tokio::join!(press(), press()) {
            (Ok(answer), _) | (_, Ok(answer)) => Ok(answer),
            (Err(Failure::Died), _) | (_, Err(Failure::Died)) => Err(Failure::Died),
            (Err(Failure::Told(first)), Err(Failure::Told(second))) => {
                let open = first["code"] == "outcome_unknown";
                Err(Failure::Told(if open { first } else { second }))
            }
        }
    }

    /// Watches the list of what is not settled until it says what became of a story.
    async fn wait(&self, story: &mut Story) -> Heard {
        let since = Instant::now();
        let mut silent = 0;
        while since.elapsed() < TOO_LONG {
            if let Ok(list) = self.line.call("list_unsettled", json!({})).await {
                let intent = &story.request["intentId"];
                let listed = list.as_array().into_iter().flatten();
                match listed
                    .into_iter()
                    .find(|write| write["intentId"] == *intent)
                {
                    None => silent += 1,
                    Some(write) => {
                        silent = 0;
                        match write["state"].as_str() {
                            Some("happened") => return Heard::Done(write["answer"].clone()),
                            Some("didNotHappen") => {
                                return Heard::NotDone("did_not_happen".to_owned());
                            }
                            Some("needsEyes") => return Heard::NeedsEyes,
                            _ => {}
                        }
                    }
                }
                if silent >= SILENT {
                    return Heard::Untold;
                }
            }
            sleep(LOOKS).await;
        }
        Heard::Stuck
    }

    /// Closes what the list shows of a story.
    async fn close(&self, story: &Story) {
        let intent = json!({ "intentId": story.request["intentId"] });
        // There may be nothing to close.
        let _ = self.line.call("drop_unsettled", intent).await;
    }

    /// What this clerk knows now.
    fn learn(&mut self, story: &Story) {
        let End::Done(answer) = &story.end else {
            return;
        };
        let case = &answer["caseId"];
        match story.command {
            "clock_in" | "select_current_unit" => self.unit = story.request["unitId"].clone(),
            "start_next_case" if case.is_string() && self.place == 0 => {
                self.active.push(case.clone())
            }
            "start_next_case" if case.is_string() => {
                self.shared_active
                    .push((story.request["userId"].clone(), case.clone()));
            }
            "book_appointment" if case.is_string() => {
                let mut booking = story.request.clone();
                booking["intentId"].take();
                self.shared.booked().push(Booked::new(case, booking));
            }
            MOVE => {
                let (case, request) = (&answer["newCaseId"], &story.request);
                let held = match answer["state"].as_str() {
                    Some("moved") => &request["to"],
                    Some("rebooked" | "unchanged") => &request["from"]["booking"],
                    _ => return,
                };
                if case.is_string() {
                    self.shared.booked().push(Booked::new(case, held.clone()));
                }
            }
            _ => {}
        }
    }
}
