//! Whether somebody still waits for an outcome. Exactly one of two things happens: they hear it, or it is kept for them.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum State {
    #[default]
    Waiting,
    Gone,
    Told,
}

/// What the one who waits and the one who tells agree on.
#[derive(Debug, Default)]
pub(super) struct Hearing(Mutex<State>);

/// The one who waits. They are gone when this is.
pub(super) struct Listener(Arc<Hearing>);

impl Hearing {
    /// Nobody waits.
    pub fn nobody() -> Self {
        Self(Mutex::new(State::Gone))
    }

    pub fn listen(self: &Arc<Self>) -> Listener {
        Listener(Arc::clone(self))
    }

    /// Whether the outcome is told now. If not, nobody hears it.
    pub fn tell(&self) -> bool {
        let mut state = self.state();
        if *state == State::Waiting {
            *state = State::Told;
        }
        *state == State::Told
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Listener {
    /// Stops waiting. If not, the outcome has been told and is on its way.
    pub fn leave(&self) -> bool {
        let mut state = self.0.state();
        if *state == State::Waiting {
            *state = State::Gone;
        }
        *state == State::Gone
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        self.leave();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_outcome_is_either_heard_or_left_and_never_both() {
        let hearing = Arc::new(Hearing::default());
        let listener = hearing.listen();
        assert!(hearing.tell() && hearing.tell() && !listener.leave());

        let hearing = Arc::new(Hearing::default());
        let listener = hearing.listen();
        assert!(listener.leave() && !hearing.tell() && listener.leave());

        let hearing = Arc::new(Hearing::default());
        drop(hearing.listen());
        assert!(!hearing.tell() && !Hearing::nobody().tell());
    }
}
