//! Settling: finding out what became of a change whose answer did not come, by the reads that prove it, for as long as it
//! takes the network to come back.
//!
//! The sighting of something new settles at once. An absence, and a state that may have been the same before, are believed
//! only when two looks agree and some time has passed since the answer was lost: Cubu may act late, and a read may be stale. Here nothing is ever sent again, four calls excepted whose repeat is
//! their only proof and changes nothing more ([`rules::repeated`]).

pub mod booking;
pub mod rules;

use std::time::Duration;

use cubu_s2s::ErrorKind;
use tokio::time::{Instant, sleep, timeout};

pub use rules::Finding;

use crate::{
    changes::{Before, Change},
    connection::Connection,
    error::Error,
};

/// How patiently outcomes are found out.
#[derive(Clone, Copy, Debug)]
pub struct Pace {
    /// How long somebody at the desk waits for a verdict before they are told that it takes longer.
    pub patience: Duration,
    /// How long an answer may take before the change is looked for.
    pub early: Duration,
    /// How long after the answer was lost an absence proves nothing.
    pub quiet: Duration,
    /// Between the first two looks; it doubles from there.
    pub first_pause: Duration,
    /// The longest pause between two looks.
    pub longest_pause: Duration,
    /// How long one look may take.
    pub look: Duration,
    /// How old a change may be whose proof is to repeat it.
    pub repeat_within: Duration,
    /// After how long Cubu is asked again that did not let this connection in.
    pub again: Duration,
}

impl Default for Pace {
    fn default() -> Self {
        Self {
            patience: Duration::from_secs(12),
            early: Duration::from_secs(4),
            quiet: Duration::from_secs(5),
            first_pause: Duration::from_millis(200),
            longest_pause: Duration::from_secs(1),
            look: Duration::from_secs(4),
            repeat_within: Duration::from_secs(120),
            again: Duration::from_secs(30),
        }
    }
}

/// What is known in the end.
#[derive(Clone, Debug, PartialEq)]
pub enum Verdict<R> {
    /// It happened, with what Cubu would have answered as far as it can be read.
    Happened(R),
    /// It did not happen.
    DidNotHappen,
    /// No read can tell: somebody has to look.
    NeedsEyes,
    /// Cubu can't be asked with this connection: it stays open.
    Open,
}

impl<R> Verdict<R> {
    /// The verdict in a word, for the log.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Happened(_) => "happened",
            Self::DidNotHappen => "did not happen",
            Self::NeedsEyes => "needs eyes",
            Self::Open => "open",
        }
    }
}

/// Refused looks in a row, after which Cubu is not asked again. One may come from a server that lags behind, and does not know
/// yet that the agent is at work.
const REFUSALS: u32 = 3;
/// Looks in a row for which the connection was not let in, after which Cubu is not asked again.
const BARRED: u32 = 5;
/// Unreadable looks in a row, after which Cubu is not asked again.
const UNREADABLE: u32 = 10;

/// Looks until the outcome is known.
pub(crate) async fn settle<C: Change>(
    connection: &Connection,
    request: &C,
    before: &Before,
    pace: Pace,
) -> Verdict<C::Response> {
    let since = Instant::now();
    if C::PROVEN_BY_REPEAT {
        // The first may still be on its way, and would undo what is asked for next.
        sleep(pace.quiet).await;
    }
    let mut pause = pace.first_pause;
    let mut tally = Tally::default();
    loop {
        let look = timeout(pace.look, request.look(connection, before)).await;
        if let Ok(Err(failure)) = &look {
            tracing::debug!(%failure, "a look failed");
        }
        if let Some(verdict) = tally.weigh(look.ok(), since.elapsed() >= pace.quiet) {
            return verdict;
        }
        sleep(pause).await;
        pause = (pause * 2).min(pace.longest_pause);
    }
}

/// Looks for a change whose answer is still awaited, until it is seen. That it is not there proves nothing: it may be on its
/// way.
pub(crate) async fn sighting<C: Change>(
    connection: &Connection,
    request: &C,
    before: &Before,
    pace: Pace,
) -> C::Response {
    loop {
        let look = timeout(pace.look, request.look(connection, before)).await;
        if let Ok(Ok(Finding::Seen(found))) = look {
            return found;
        }
        sleep(pace.longest_pause).await;
    }
}

/// What the looks so far amount to.
#[derive(Debug, Default)]
struct Tally {
    as_asked: u32,
    missing: u32,
    unclear: u32,
    refused: u32,
    unreadable: u32,
    barred: u32,
}

impl Tally {
    /// Adds a look, `None` when it took too long. `late` tells that an absence may be believed by now.
    fn weigh<R>(
        &mut self,
        look: Option<Result<Finding<R>, Error>>,
        late: bool,
    ) -> Option<Verdict<R>> {
        let earlier = std::mem::take(self);
        match look {
            Some(Ok(Finding::Seen(found))) => return Some(Verdict::Happened(found)),
            Some(Ok(Finding::Excluded)) => return Some(Verdict::DidNotHappen),
            Some(Ok(Finding::Unprovable)) => return Some(Verdict::NeedsEyes),
            Some(Ok(Finding::AsAsked(found))) => {
                self.as_asked = earlier.as_asked + 1;
                if late && earlier.as_asked > 0 {
                    return Some(Verdict::Happened(found));
                }
            }
            Some(Ok(Finding::Missing)) => {
                self.missing = earlier.missing + 1;
                if late && earlier.missing > 0 {
                    return Some(Verdict::DidNotHappen);
                }
            }
            Some(Ok(Finding::Unclear)) => {
                self.unclear = earlier.unclear + 1;
                if late && earlier.unclear > 0 {
                    return Some(Verdict::NeedsEyes);
                }
            }
            Some(Err(failure)) => match Failed::of(&failure) {
                // The network comes and goes; what was seen before it went still counts.
                Failed::Passing => *self = earlier,
                Failed::Shut => return Some(Verdict::Open),
                Failed::Barred => {
                    self.barred = earlier.barred + 1;
                    if self.barred >= BARRED {
                        return Some(Verdict::Open);
                    }
                }
                Failed::Refused => {
                    self.refused = earlier.refused + 1;
                    if late && self.refused >= REFUSALS {
                        return Some(Verdict::NeedsEyes);
                    }
                }
                Failed::Unreadable => {
                    self.unreadable = earlier.unreadable + 1;
                    if late && self.unreadable >= UNREADABLE {
                        return Some(Verdict::NeedsEyes);
                    }
                }
            },
            None => *self = earlier,
        }
        None
    }
}

/// How a look failed.
enum Failed {
    /// It may work in a moment.
    Passing,
    /// There is nothing to ask with.
    Shut,
    /// This connection is not let in; one wrong answer to a token request looks the same.
    Barred,
    /// Cubu does not answer this question.
    Refused,
    /// Its answer makes no sense.
    Unreadable,
}

impl Failed {
    fn of(failure: &Error) -> Self {
        if failure.is_passing() {
            return Self::Passing;
        }
        let Error::Call(failure) = failure else {
            return Self::Shut;
        };
        match &failure.kind {
            ErrorKind::Token(_) | ErrorKind::Unauthorized(_) => Self::Barred,
            ErrorKind::Decode(_) | ErrorKind::TooLarge { .. } => Self::Unreadable,
            _ => Self::Refused,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn verdicts(looks: Vec<(Finding<u8>, bool)>) -> Option<Verdict<u8>> {
        let mut tally = Tally::default();
        let mut looks = looks.into_iter();
        let verdict = looks.find_map(|(finding, late)| tally.weigh(Some(Ok(finding)), late));
        assert_eq!(looks.next(), None, "settled before its time");
        verdict
    }

    #[test]
    fn how_many_looks_settle_what() {
        use Finding::{AsAsked, Excluded, Missing, Seen, Unclear, Unprovable};
        let (early, late) = (false, true);
        let table = [
            (vec![(Seen(1), early)], Some(Verdict::Happened(1))),
            (
                vec![(Missing, early), (Seen(1), early)],
                Some(Verdict::Happened(1)),
            ),
            (vec![(Excluded, early)], Some(Verdict::DidNotHappen)),
            (vec![(Unprovable, early)], Some(Verdict::NeedsEyes)),
            (vec![(Missing, early), (Missing, early)], None),
            (vec![(Missing, late)], None),
            (
                vec![(Missing, early), (Missing, late)],
                Some(Verdict::DidNotHappen),
            ),
            (
                vec![(AsAsked(1), early), (AsAsked(2), late)],
                Some(Verdict::Happened(2)),
            ),
            (vec![(AsAsked(1), late), (Missing, late)], None),
            (vec![(Unclear, late), (Missing, late)], None),
            (
                vec![(Unclear, late), (Unclear, late)],
                Some(Verdict::NeedsEyes),
            ),
        ];
        for (looks, expected) in table {
            assert_eq!(verdicts(looks.clone()), expected, "{looks:?}");
        }
    }

    #[test]
    fn a_look_that_was_cut_off_neither_adds_nor_takes_away() {
        let mut tally = Tally::default();
        assert_eq!(tally.weigh::<u8>(Some(Ok(Finding::Missing)), true), None);
        assert_eq!(tally.weigh::<u8>(None, true), None);
        let verdict = tally.weigh::<u8>(Some(Ok(Finding::Missing)), true);
        assert_eq!(verdict, Some(Verdict::DidNotHappen));
    }

    #[test]
    fn without_a_secret_an_outcome_stays_open() {
        let verdict = Tally::default().weigh::<u8>(Some(Err(Error::SecretMissing)), true);
        assert_eq!(verdict, Some(Verdict::Open));
    }
}
