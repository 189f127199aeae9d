//! Finding a time: starting a search, reading what it finds, going on, stopping.

use crate::{
    desk::Desk,
    error::Error,
    find::{FindTimes, FoundTimes, MoreTimes, SearchRef},
};

/// Starts a search in place of the window's older one; answers as soon as there is something to tell.
pub async fn find_times(desk: &Desk, request: FindTimes) -> Result<FoundTimes, Error> {
    let connection = desk.connection().await?;
    desk.finder.start(connection, desk.clock(), request).await
}

/// Waits for what a search finds.
pub async fn more_times(desk: &Desk, request: MoreTimes) -> Result<FoundTimes, Error> {
    let connection = desk.connection().await?;
    desk.finder
        .more(&connection, request.search_id, request.after)
        .await
}

/// Asks again what failed, and goes on where a search had found enough.
pub async fn continue_finding(desk: &Desk, request: SearchRef) -> Result<(), Error> {
    let connection = desk.connection().await?;
    desk.finder.go_on(&connection, request.search_id)
}

/// Stops a search; one that is gone already is stopped too.
pub async fn stop_finding(desk: &Desk, request: SearchRef) -> Result<(), Error> {
    desk.finder.stop(request.search_id);
    Ok(())
}
