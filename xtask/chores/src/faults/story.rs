//! One thing a clerk asked for, and what they were told of it until they knew.

use chrono::{DateTime, Utc};
use serde_json::Value;

/// With this begins what is told of something that was not done.
pub const NOT_DONE: &str = "not done";

/// How it ended for the clerk.
#[derive(Clone, Debug, PartialEq)]
pub enum End {
    /// It is on its way.
    Open,
    /// Told as done, with the answer.
    Done(Value),
    /// Told as not done, with the code.
    NotDone(String),
    /// Told that nobody can know; somebody looked in Cubu and closed it.
    Dropped,
    /// Told that nobody can know, and that it does not matter (Call Again).
    Harmless,
    /// The desk was killed, and after its start it said nothing of it.
    Untold,
    /// Nobody knows after a whole minute.
    Stuck,
}

/// One thing a clerk asked for.
#[derive(Clone, Debug)]
pub struct Story {
    /// Its number in the campaign.
    pub number: usize,
    /// The desk.
    pub desk: usize,
    /// The command.
    pub command: &'static str,
    /// The request, with its intent's id.
    pub request: Value,
    /// What marks its effect in the ledger, where the call has room for a mark.
    pub mark: String,
    /// When it was asked for.
    pub asked: DateTime<Utc>,
    /// Everything that was told, in order.
    pub told: Vec<(DateTime<Utc>, String)>,
    /// When somebody was told to look in Cubu.
    pub eyes: Vec<DateTime<Utc>>,
    /// When there was a verdict for the first time.
    pub verdict: Option<DateTime<Utc>>,
    /// How it ended.
    pub end: End,
}

impl Story {
    /// One that begins now.
    pub fn new(
        number: usize,
        desk: usize,
        command: &'static str,
        request: Value,
        mark: String,
    ) -> Self {
        Self {
            number,
            desk,
            command,
            request,
            mark,
            asked: Utc::now(),
            told: Vec::new(),
            eyes: Vec::new(),
            verdict: None,
            end: End::Open,
        }
    }

    /// Notes what was told.
    pub fn hear(&mut self, words: impl Into<String>) {
        self.told.push((Utc::now(), words.into()));
    }

    /// Notes that the outcome is known, or known to be beyond knowing.
    pub fn know(&mut self) {
        self.verdict.get_or_insert_with(Utc::now);
    }

    /// Notes that somebody has to look.
    pub fn look(&mut self) {
        self.hear("needs eyes");
        self.eyes.push(Utc::now());
    }

    /// Whether it may have made what another story finds made.
    pub fn may_have_acted(&self) -> bool {
        match &self.end {
            End::Done(answer) => answer["state"] != "unchanged",
            End::NotDone(_) | End::Untold => false,
            End::Open | End::Dropped | End::Harmless | End::Stuck => true,
        }
    }

    /// What marks the old time in the ledger, booked again by a move.
    pub fn old_mark(&self) -> String {
        old_mark(self.number)
    }

    /// When something was told; when it was asked for, if nothing ever was.
    pub fn moments(&self) -> impl Iterator<Item = DateTime<Utc>> {
        let untold = self.told.is_empty().then_some(self.asked);
        self.told.iter().map(|(at, _)| *at).chain(untold)
    }

    /// When it was over.
    pub fn ended(&self) -> DateTime<Utc> {
        self.told.last().map_or(self.asked, |(at, _)| *at)
    }
}

/// What marks what an act makes.
pub fn mark(number: usize) -> String {
    format!("w{number}")
}

/// What marks the old time, booked again by a move.
pub fn old_mark(number: usize) -> String {
    format!("r{number}")
}

/// Whether a text is such a mark.
pub fn is_mark(text: &str) -> bool {
    text.strip_prefix(['w', 'r']).is_some_and(|number| {
        !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit())
    })
}
