//! Watches for earlier times: begin one, make a round, put away what was told, end one.

use serde::Deserialize;
use ts_rs::TS;

use super::Nothing;
use crate::{
    desk::Desk,
    error::Error,
    watches::{self, StartWatch, Watch, WatchId, WatchRound},
};

/// A watch.
#[derive(Clone, Copy, Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct WatchRef {
    /// The watch.
    pub watch_id: WatchId,
}

/// Begins to watch for an earlier time, with a first round: what is free already is no news later. Answers all watches.
pub async fn start_watch(desk: &Desk, request: StartWatch) -> Result<WatchRound, Error> {
    let writer = desk.writer().await?;
    watches::start(&writer, desk.clock(), request).await?;
    desk.lookout.look(&writer, desk.clock()).await
}

/// Lists the watches of the connected organisation, those with news first, without asking Cubu.
pub async fn list_watches(desk: &Desk, _: Nothing) -> Result<Vec<Watch>, Error> {
    if desk.connected().await.is_none() {
        return Ok(Vec::new());
    }
    watches::list(&desk.writer().await?).await
}

/// Makes a round over the watched days, and tells what became free.
pub async fn check_watches(desk: &Desk, _: Nothing) -> Result<WatchRound, Error> {
    let writer = desk.writer().await?;
    desk.lookout.look(&writer, desk.clock()).await
}

/// Puts away the times that a watch has told. Answers all watches.
pub async fn put_away_freed(desk: &Desk, request: WatchRef) -> Result<Vec<Watch>, Error> {
    watches::put_away(&desk.writer().await?, request.watch_id).await
}

/// Ends a watch. Answers all that are left.
pub async fn end_watch(desk: &Desk, request: WatchRef) -> Result<Vec<Watch>, Error> {
    watches::drop_watch(&desk.writer().await?, request.watch_id).await
}
