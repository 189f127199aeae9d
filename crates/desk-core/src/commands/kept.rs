//! Papers that outlive a crash: drafts of forms, and days as they were last read, for when Cubu can't be reached.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use cubu_s2s::ServiceId;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use ts_rs::TS;

use super::Nothing;
use crate::{
    day::DayBoard,
    desk::Desk,
    error::Error,
    journal::{Kept, Kind},
    messages,
};

/// Drafts that are kept at most; the oldest go first.
const MOST_DRAFTS: u32 = 50;
/// Days that are kept at most.
const MOST_DAYS: u32 = 40;
/// The longest draft, in bytes of JSON.
const LONGEST_DRAFT: usize = 64 * 1024;

/// A form that is being filled in.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct KeepDraft {
    /// Which form; a draft takes the place of the one of its name.
    pub name: String,
    /// What stands in it. Only the form knows what it means.
    #[ts(type = "JsonValue")]
    pub content: Value,
}

/// A kept draft.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct DraftRef {
    /// Its name.
    pub name: String,
}

/// A form as it was last filled in.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct KeptDraft {
    /// Which form.
    pub name: String,
    /// What stood in it.
    #[ts(type = "JsonValue")]
    pub content: Value,
    /// When it was last kept.
    #[ts(type = "string")]
    pub kept_at: DateTime<Utc>,
}

/// A service's day.
#[derive(Clone, Copy, Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct KeptDayRef {
    /// The service.
    pub service_id: ServiceId,
    /// The date.
    #[ts(type = "string")]
    pub date: NaiveDate,
}

/// A day as it was last read.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct KeptDay {
    /// The board, with the moment it was loaded.
    #[ts(type = "DayBoard")]
    pub board: Value,
}

/// A day that this PC has kept.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct KeptDayEntry {
    /// The service.
    pub service_id: ServiceId,
    /// The date.
    #[ts(type = "string")]
    pub date: NaiveDate,
    /// When it was read.
    #[ts(type = "string")]
    pub as_of: DateTime<Utc>,
}

/// Keeps a draft, encrypted, so that a crash does not take it.
pub async fn keep_draft(desk: &Desk, draft: KeepDraft) -> Result<(), Error> {
    let KeepDraft { name, content } = draft;
    if content.to_string().len() > LONGEST_DRAFT {
        return Err(Error::field("content", messages::field_malformed()));
    }
    let writer = desk.writer().await?;
    let paper = Kept {
        name,
        content,
        kept_at: desk.clock().now(),
    };
    let profile = writer.connection.profile().id;
    writer
        .journal
        .keep(profile, Kind::Draft, paper, MOST_DRAFTS)
        .await
}

/// Lists the drafts of the connected organisation, the last kept first.
pub async fn list_drafts(desk: &Desk, _: Nothing) -> Result<Vec<KeptDraft>, Error> {
    let writer = desk.writer().await?;
    let profile = writer.connection.profile().id;
    let kept = writer.journal.kept(profile, Kind::Draft).await?;
    Ok(kept
        .into_iter()
        .map(|paper| KeptDraft {
            name: paper.name,
            content: paper.content,
            kept_at: paper.kept_at,
        })
        .collect())
}

/// Lets a draft go; one that is not there is as good.
pub async fn drop_draft(desk: &Desk, request: DraftRef) -> Result<(), Error> {
    let writer = desk.writer().await?;
    let profile = writer.connection.profile().id;
    writer
        .journal
        .let_go(profile, Kind::Draft, request.name)
        .await
}

/// A day as it was last read in whole, if this PC has it.
pub async fn kept_day(desk: &Desk, request: KeptDayRef) -> Result<Option<KeptDay>, Error> {
    let writer = desk.writer().await?;
    let profile = writer.connection.profile().id;
    let name = name_of(request.service_id, request.date);
    let kept = writer.journal.kept_as(profile, Kind::Day, name).await?;
    Ok(kept.map(|paper| KeptDay {
        board: paper.content,
    }))
}

/// The days that this PC has kept, the earliest first.
pub async fn list_kept_days(desk: &Desk, _: Nothing) -> Result<Vec<KeptDayEntry>, Error> {
    let writer = desk.writer().await?;
    let profile = writer.connection.profile().id;
    let kept = writer.journal.kept_names(profile, Kind::Day).await?;
    let entry = |(name, as_of): (String, DateTime<Utc>)| {
        let (service, date) = name.split_once(' ')?;
        Some(KeptDayEntry {
            service_id: service.parse().ok()?,
            date: date.parse().ok()?,
            as_of,
        })
    };
    let mut days: Vec<_> = kept.into_iter().filter_map(entry).collect();
    days.sort_by_key(|day| (day.date, day.service_id.to_string()));
    Ok(days)
}

/// Keeps a day that was read. Columns that were not read again are taken from the day as it is kept, if they are the same
/// there; otherwise the older day stays, which is at least all of one moment. Nobody is told when it can't be kept.
pub(super) async fn keep_day(desk: &Desk, board: &DayBoard) {
    let kept = async {
        let writer = desk.writer().await?;
        let profile = writer.connection.profile().id;
        let name = name_of(board.service_id, board.date);
        let mut content = serde_json::to_value(board).map_err(|_| Error::Stopped)?;
        if !board.is_whole() {
            let older = writer.journal.kept_as(profile, Kind::Day, name.clone());
            let Some(older) = older.await? else {
                return Ok(());
            };
            let rested = board.loaded_at - older.kept_at >= TimeDelta::minutes(1);
            if board.is_unchanged() && !rested || !fill_up(&mut content, &older.content) {
                return Ok(());
            }
        }
        let paper = Kept {
            name,
            content,
            kept_at: board.loaded_at,
        };
        writer
            .journal
            .keep(profile, Kind::Day, paper, MOST_DAYS)
            .await
    };
    if let Err(failure) = kept.await {
        tracing::warn!(%failure, "a day was not kept");
    }
}

/// Puts the parts of an older board where this one has none; false when they can't be those of this one.
fn fill_up(board: &mut Value, older: &Value) -> bool {
    let (Some(columns), Some(before)) =
        (board["columns"].as_array_mut(), older["columns"].as_array())
    else {
        return false;
    };
    columns.iter_mut().all(|column| {
        let state = |part: &Value| part["state"].as_str().map(str::to_owned);
        let parts = [state(&column["appointments"]), state(&column["vacancies"])];
        if parts.iter().all(|state| state.as_deref() == Some("loaded")) {
            return true;
        }
        if parts
            .iter()
            .any(|state| state.as_deref() != Some("unchanged"))
        {
            return false;
        }
        let same = before
            .iter()
            .find(|one| reads_as(&one["calendar"]) == reads_as(&column["calendar"]));
        let Some(same) = same else {
            return false;
        };
        for part in ["appointments", "vacancies"] {
            column[part] = same[part].clone();
        }
        true
    })
}

/// By what a calendar is known to read as it did.
fn reads_as(calendar: &Value) -> [&Value; 4] {
    let stats = &calendar["stats"];
    [
        &calendar["cuIndex"],
        &calendar["calendarTimestamp"],
        &stats["appointmentCount"],
        &stats["minutesBooked"],
    ]
}

fn name_of(service_id: ServiceId, date: NaiveDate) -> String {
    format!("{service_id} {date}")
}
