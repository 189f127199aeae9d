//! The audit trail as a window sees it: pages of it, newest first, exports, and whether its chain holds.

use std::{collections::HashSet, ops::ControlFlow, path::PathBuf};

use chrono::{DateTime, Days, FixedOffset, NaiveDate, NaiveTime, TimeZone, Utc};
use cubu_s2s::UserId;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use ts_rs::TS;

use super::Nothing;
use crate::{
    audit::{
        Act, Header, Sealed,
        chain::Content,
        export::{Export, Format},
        verify::count,
    },
    desk::Desk,
    error::Error,
    files,
    journal::{Journal, Search, intent::IntentId},
    messages,
    text::Text,
};

/// Entries on a page, when nobody says otherwise.
const PAGE: u16 = 50;
const LONGEST_PAGE: u16 = 200;

/// What is looked for in the trail. What is not given is not asked for.
#[derive(Clone, Debug, Default, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
#[ts(optional_fields)]
pub struct AuditFilter {
    /// From this day on, by this PC's calendar.
    #[ts(optional, type = "string")]
    pub from: Option<NaiveDate>,
    /// Up to this day.
    #[ts(optional, type = "string")]
    pub to: Option<NaiveDate>,
    /// Words that stand anywhere in it.
    pub text: Option<String>,
    /// The command.
    pub command: Option<String>,
    /// What happened.
    pub outcome: Option<String>,
    /// The agent it was done for.
    pub agent: Option<UserId>,
    /// One intent, with every step of it.
    pub intent: Option<IntentId>,
    /// Every step of every change, and not only the last.
    pub steps: Option<bool>,
}

/// A page of the trail.
#[derive(Clone, Debug, Default, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
#[ts(optional_fields)]
pub struct ListAudit {
    /// What is looked for.
    pub filter: Option<AuditFilter>,
    /// Only entries before this number: the last one of the page before.
    #[ts(optional, type = "number")]
    pub before: Option<u64>,
    /// How many entries at most.
    pub limit: Option<u16>,
}

/// An entry of the trail.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct AuditEntry {
    /// Its number.
    #[ts(type = "number")]
    pub seq: u64,
    /// When, by this PC's clock.
    pub at: String,
    /// What happened.
    pub event: String,
    /// The command it happened to.
    pub command: String,
    /// The intent it happened to.
    pub intent: Option<IntentId>,
    /// The organisation.
    pub organization: Option<String>,
    /// Who was logged in to this PC.
    pub user: Option<String>,
    /// The agent this desk acted for.
    pub agent: Option<UserId>,
    /// Their name.
    pub agent_name: Option<String>,
    /// Why it was refused or lost.
    pub reason: Option<String>,
    /// The HTTP status of Cubu's answer, when it was not a success.
    pub status: Option<u16>,
    /// Cubu's error number.
    pub error_number: Option<u32>,
    /// Cubu's id of the request.
    pub request_id: Option<String>,
    /// Whether its content was forgotten.
    pub forgotten: bool,
    /// What was asked for, and what it did; as the command has it.
    #[ts(type = "JsonValue")]
    pub content: Value,
}

/// Entries, newest first.
#[derive(Clone, Debug, Serialize, TS)]
pub struct AuditPage {
    /// The entries.
    pub entries: Vec<AuditEntry>,
    /// Whether there are more before them.
    pub more: bool,
}

/// An export of the trail.
#[derive(Clone, Debug, Deserialize, TS)]
#[ts(optional_fields)]
pub struct ExportAudit {
    /// As what.
    pub format: Format,
    /// Entries that do not fit keep their header and hash, and leave their content out.
    pub filter: Option<AuditFilter>,
}

/// The same, into a file.
#[derive(Clone, Debug, Deserialize, TS)]
#[ts(optional_fields)]
pub struct ExportAuditToFile {
    /// Where to, as chosen in the system's dialog.
    #[ts(type = "string")]
    pub path: PathBuf,
    /// As what.
    pub format: Format,
    /// As for an export in one piece.
    pub filter: Option<AuditFilter>,
}

/// An exported trail.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ExportedAudit {
    /// The name to suggest for the file.
    pub file_name: &'static str,
    /// What belongs in it.
    pub text: String,
}

/// Whether the chain holds.
#[derive(Clone, Debug, Serialize, TS)]
pub struct AuditCheck {
    /// Whether it does.
    pub whole: bool,
    /// The same in words.
    pub message: Text,
}

/// Lists entries of the trail, newest first.
pub async fn list_audit(desk: &Desk, request: ListAudit) -> Result<AuditPage, Error> {
    let journal = desk.shown_journal().await?;
    let limit = usize::from(request.limit.unwrap_or(PAGE).clamp(1, LONGEST_PAGE));
    let (search, words) = request.filter.unwrap_or_default().read(desk.clock().here());
    let found = journal.search_trail(search, request.before, Vec::new(), {
        move |found, _, entry| {
            let Some(entry) = shown(entry).filter(|entry| entry.holds(&words)) else {
                return ControlFlow::Continue(());
            };
            found.push(entry);
            // One more tells that there are more.
            if found.len() > limit {
                ControlFlow::Break(())
            } else {
                ControlFlow::Continue(())
            }
        }
    });
    let mut entries = found.await?;
    let more = entries.len() > limit;
    entries.truncate(limit);
    Ok(AuditPage { entries, more })
}

/// Writes the trail down so that it proves itself.
pub async fn export_audit(desk: &Desk, request: ExportAudit) -> Result<ExportedAudit, Error> {
    let ExportAudit { format, filter } = request;
    let filter = filter.unwrap_or_default();
    let journal = desk.shown_journal().await?;
    // Recorded before anything leaves, and so a part of what leaves.
    let act = Act {
        command: "export_audit",
        profile: None,
        content: json!({ "format": format.file_name(), "filtered": filter.is_set() }),
    };
    journal.record(act).await?;
    let matching = if filter.is_set() {
        Some(matching(&journal, filter, desk.clock().here()).await?)
    } else {
        None
    };
    let mut text = Vec::new();
    let anchor = journal.trail_anchor().await?;
    let mut last = anchor.seq;
    let mut export = Export::begin(format, anchor, &mut text)?;
    loop {
        let page = journal.trail_after(last).await?;
        if page.is_empty() {
            break;
        }
        for (seq, entry) in page {
            last = seq;
            let fits = matching.as_ref().is_none_or(|these| these.contains(&seq));
            export.entry(entry, fits)?;
        }
    }
    export.end()?;
    Ok(ExportedAudit {
        file_name: format.file_name(),
        text: String::from_utf8(text).map_err(|_| Error::Stopped)?,
    })
}

/// The same, into a file.
pub async fn export_audit_to_file(desk: &Desk, request: ExportAuditToFile) -> Result<(), Error> {
    let ExportAuditToFile {
        path,
        format,
        filter,
    } = request;
    let exported = export_audit(desk, ExportAudit { format, filter }).await?;
    tokio::task::spawn_blocking(move || files::write(&path, exported.text.as_bytes())).await??;
    Ok(())
}

/// Follows the chain of the trail on this PC.
pub async fn verify_audit(desk: &Desk, _: Nothing) -> Result<AuditCheck, Error> {
    let journal = desk.shown_journal().await?;
    Ok(match journal.verify_trail().await? {
        Ok(whole) => AuditCheck {
            whole: true,
            message: whole.message(),
        },
        Err(broken) => AuditCheck {
            whole: false,
            message: messages::audit_broken(count(broken.seq), broken.difference.word()),
        },
    })
}

/// The numbers of the entries that fit, every step of them.
async fn matching(
    journal: &Journal,
    filter: AuditFilter,
    here: FixedOffset,
) -> Result<HashSet<u64>, Error> {
    let (mut search, words) = filter.read(here);
    search.latest = false;
    let add = move |numbers: &mut HashSet<u64>, seq, entry| {
        if shown(entry).is_some_and(|entry| entry.holds(&words)) {
            numbers.insert(seq);
        }
        ControlFlow::Continue(())
    };
    journal
        .search_trail(search, None, HashSet::new(), add)
        .await
}

impl AuditFilter {
    fn is_set(&self) -> bool {
        let Self {
            from,
            to,
            text,
            command,
            outcome,
            agent,
            intent,
            steps: _,
        } = self;
        let given =
            |words: &Option<String>| words.as_ref().is_some_and(|words| !words.trim().is_empty());
        from.is_some()
            || to.is_some()
            || agent.is_some()
            || intent.is_some()
            || [text, command, outcome].into_iter().any(given)
    }

    /// What the database looks for, and the words that are looked for in what it finds.
    fn read(self, here: FixedOffset) -> (Search, Vec<String>) {
        let given = |words: Option<String>| words.filter(|words| !words.trim().is_empty());
        let search = Search {
            from: self.from.and_then(|day| midnight(day, here)),
            until: self
                .to
                .and_then(|day| day.checked_add_days(Days::new(1)))
                .and_then(|day| midnight(day, here)),
            event: given(self.outcome),
            command: given(self.command),
            agent: self.agent.map(|agent| agent.to_string()),
            intent: self.intent.map(|intent| intent.0.to_string()),
            latest: self.intent.is_none() && !self.steps.unwrap_or_default(),
        };
        let words = self.text.unwrap_or_default().to_lowercase();
        (
            search,
            words.split_whitespace().map(str::to_owned).collect(),
        )
    }
}

fn midnight(day: NaiveDate, here: FixedOffset) -> Option<DateTime<Utc>> {
    let midnight = here.from_local_datetime(&day.and_time(NaiveTime::MIN));
    midnight.single().map(|moment| moment.to_utc())
}

fn shown(entry: Sealed) -> Option<AuditEntry> {
    let header: Header = serde_json::from_str(&entry.header).ok()?;
    let content = match &entry.content {
        Content::Whole { text, .. } => serde_json::from_str(text).ok(),
        Content::Forgotten | Content::Withheld => None,
    };
    Some(AuditEntry {
        seq: header.seq,
        at: header.at,
        event: header.event,
        command: header.command,
        intent: header.intent,
        organization: header.organization,
        user: header.user,
        agent: header.agent,
        agent_name: header.agent_name,
        reason: header.reason,
        status: header.status,
        error_number: header.error_number,
        request_id: header.request_id,
        forgotten: content.is_none(),
        content: content.unwrap_or_default(),
    })
}

impl AuditEntry {
    /// Whether each word stands in some field of it. The names of members do not count: they are ours, not the clerk's.
    fn holds(&self, words: &[String]) -> bool {
        if words.is_empty() {
            return true;
        }
        let mut hay = Vec::new();
        let named = [
            &self.organization,
            &self.user,
            &self.agent_name,
            &self.request_id,
        ];
        hay.extend(named.into_iter().flatten().map(|text| text.to_lowercase()));
        hay.extend(self.error_number.map(|number| number.to_string()));
        leaves(&self.content, &mut hay);
        words
            .iter()
            .all(|word| hay.iter().any(|text| text.contains(word.as_str())))
    }
}

fn leaves(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::String(text) => found.push(text.to_lowercase()),
        Value::Number(number) => found.push(number.to_string()),
        Value::Array(items) => items.iter().for_each(|item| leaves(item, found)),
        Value::Object(members) => members.values().for_each(|item| leaves(item, found)),
        Value::Null | Value::Bool(_) => {}
    }
}
