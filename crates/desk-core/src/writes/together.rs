//! The same wish from two windows, or from a form that lost its state, is one change: while one is under way, whoever asks
//! for the same hears its outcome. What is open and not under way any more is found in the journal instead.

use std::{
    any::Any,
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use cubu_s2s::UserId;
use futures_util::future::{BoxFuture, FutureExt, Shared, WeakShared};

use crate::{
    changes::Repeat,
    error::Error,
    journal::intent::{Intent, IntentId},
    profiles::ProfileId,
};

type Outcome<R> = Result<R, Error>;
type UnderWay<R> = BoxFuture<'static, Outcome<R>>;

/// What is under way, each as a `WeakShared<UnderWay<R>>` of its own answer: it ends when nobody waits for it any more.
#[derive(Debug, Default)]
pub(crate) struct Together(Mutex<HashMap<Wish, Box<dyn Any + Send>>>);

/// What is asked for, by whom.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Wish {
    profile: ProfileId,
    agent: Option<UserId>,
    command: String,
    request: String,
    /// Where each asking is a wish of its own.
    id: Option<IntentId>,
}

impl Wish {
    pub fn of(intent: &Intent, repeat: Repeat) -> Self {
        Self {
            profile: intent.profile,
            agent: intent.agent,
            command: intent.command.clone(),
            request: intent.request.to_string(),
            id: (repeat == Repeat::AnotherWish).then_some(intent.id),
        }
    }
}

impl Together {
    /// Joins what is under way, or begins it.
    pub(super) fn join<R: Clone + Send + Sync + 'static>(
        self: &Arc<Self>,
        wish: Wish,
        begin: impl Future<Output = Outcome<R>> + Send + 'static,
    ) -> Shared<UnderWay<R>> {
        let mut under_way = self.under_way();
        let known = under_way
            .get(&wish)
            .and_then(|known| known.downcast_ref::<WeakShared<UnderWay<R>>>())
            .and_then(WeakShared::upgrade)
            // What has its outcome is over: from now on it is another wish.
            .filter(|known| known.peek().is_none());
        if let Some(known) = known {
            return known;
        }
        let over = Over(Arc::clone(self), wish.clone());
        let begun = async move {
            let _over = over;
            begin.await
        };
        let begun = begun.boxed().shared();
        if let Some(weak) = begun.downgrade() {
            under_way.insert(wish, Box::new(weak));
        }
        begun
    }

    fn under_way(&self) -> MutexGuard<'_, HashMap<Wish, Box<dyn Any + Send>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Strikes a wish off when it is over.
struct Over(Arc<Together>, Wish);

impl Drop for Over {
    fn drop(&mut self) {
        self.0.under_way().remove(&self.1);
    }
}
