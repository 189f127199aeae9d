//! Find me a time: the earliest free times over days, calendars, services and units, told as they come in. What to ask and
//! in which order is decided in [`plan`], which times fit in [`filter`]; [`search`] asks. Leaves out booking.
//!
//! A window has one search at a time: a new one drops the older one with its requests. A search runs only so far ahead of
//! whoever reads it, so one that nobody reads any more comes to rest by itself.

mod filter;
mod moment;
mod plan;
mod search;
mod shapes;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::task::AbortHandle;

pub(crate) use filter::{Filter, MOST_DAYS, Skip, check};
pub use shapes::{
    FindCriteria, FindTimes, FoundTime, FoundTimes, MissedQuestion, MoreTimes, NotBefore, Progress,
    SearchEnd, SearchId, SearchRef, SearchedService, TimeHere, WantedType, WindowId,
};

use crate::{clock::Clock, connection::Connection, error::Error};
use search::Search;

/// Windows come and go; a search whose window is long gone is forgotten.
const SEARCHES_KEPT: usize = 8;

/// The searches of a desk, one for each window.
#[derive(Debug, Default)]
pub struct Finder {
    searches: Mutex<Vec<Entry>>,
}

/// A search and whoever asks for it; dropping it drops the requests that are on their way.
#[derive(Debug)]
struct Entry {
    window: WindowId,
    search: Arc<Search>,
    asking: AbortHandle,
}

impl Drop for Entry {
    fn drop(&mut self) {
        self.asking.abort();
        self.search.stop();
    }
}

impl Finder {
    /// Starts a search in place of the window's older one, and answers as soon as there is something to tell.
    pub async fn start(
        &self,
        connection: Arc<Connection>,
        clock: Clock,
        request: FindTimes,
    ) -> Result<FoundTimes, Error> {
        let FindTimes {
            search_id,
            window_id,
            criteria,
        } = request;
        let catalogue = connection.catalogue().await;
        let search = Search::new(search_id, connection, clock, &catalogue, criteria)?;
        let search = Arc::new(search);
        {
            let mut searches = self.searches();
            searches.retain(|entry| entry.window != window_id && entry.search.id != search_id);
            let surplus = (searches.len() + 1).saturating_sub(SEARCHES_KEPT);
            searches.drain(..surplus);
            searches.push(Entry {
                window: window_id,
                asking: search::ask_on(&search),
                search: Arc::clone(&search),
            });
        }
        Ok(search.read(0).await)
    }

    /// What a search has found since the last answer; waits for it.
    pub async fn more(
        &self,
        connection: &Arc<Connection>,
        id: SearchId,
        after: u32,
    ) -> Result<FoundTimes, Error> {
        let search = self.search(connection, id)?;
        Ok(search.read(after).await)
    }

    /// Asks again what failed, and goes on where a search had found enough.
    pub fn go_on(&self, connection: &Arc<Connection>, id: SearchId) -> Result<(), Error> {
        let search = self.search(connection, id)?;
        let mut searches = self.searches();
        let entry = searches
            .iter_mut()
            .find(|entry| entry.search.id == id)
            .ok_or(Error::SearchGone)?;
        if search.reopen() {
            entry.asking.abort();
            entry.asking = search::ask_on(&search);
        }
        Ok(())
    }

    /// Stops a search: nothing more is asked, and what is on its way is dropped.
    pub fn stop(&self, id: SearchId) {
        self.searches().retain(|entry| entry.search.id != id);
    }

    /// Stops them all.
    pub fn stop_all(&self) {
        self.searches().clear();
    }

    /// A search of this connection: what was found in another organisation is nothing to book here.
    fn search(&self, connection: &Arc<Connection>, id: SearchId) -> Result<Arc<Search>, Error> {
        let mut searches = self.searches();
        searches.retain(|entry| entry.search.is_of(connection));
        let entry = searches.iter().find(|entry| entry.search.id == id);
        entry
            .map(|entry| Arc::clone(&entry.search))
            .ok_or(Error::SearchGone)
    }

    fn searches(&self) -> MutexGuard<'_, Vec<Entry>> {
        self.searches.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
