//! The audit trail's part of the database: appending in the transaction of whatever an entry tells of, reading it page by
//! page, and the two lawful ways of forgetting. Everything else is refused by the database itself (see the schema).

use std::ops::ControlFlow;

use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension, Row, TransactionBehavior, named_params, params};

use super::{Journal, fault::Fault, store::Store};
use crate::{
    audit::{
        Act, Broken, Chain, Entry, Header, Sealed, chain::Content, entry::stamp, verify::Whole,
    },
    error::Error,
    profiles::ProfileId,
};

/// Entries that are read at a time.
const PAGE: i64 = 256;

/// What is looked for in the trail; what is `None` is not asked for.
#[derive(Clone, Debug, Default)]
pub struct Search {
    /// Not before this moment.
    pub from: Option<DateTime<Utc>>,
    /// Before this moment.
    pub until: Option<DateTime<Utc>>,
    /// What happened.
    pub event: Option<String>,
    /// The command it happened to.
    pub command: Option<String>,
    /// The agent.
    pub agent: Option<String>,
    /// The intent.
    pub intent: Option<String>,
    /// Only the last entry of each intent.
    pub latest: bool,
}

/// Appends an entry. The caller's transaction makes it one with what it tells of.
pub(super) fn append(change: &Connection, entry: Entry, at: DateTime<Utc>) -> Result<(), Fault> {
    let mut chain = end(change)?;
    let unwritable = |_| Fault::Other("an entry of the trail can't be written".to_owned());
    let (header, content) = entry.written(chain.seq + 1, at).map_err(unwritable)?;
    let sealed = chain.seal(header, content);
    insert(change, chain.seq, &sealed)
}

/// Appends the trail of another journal, each entry with the next number here.
pub(super) fn take_in(from: &Connection, to: &Connection) -> Result<(), Fault> {
    let mut query = from.prepare("SELECT * FROM audit ORDER BY seq")?;
    let mut rows = query.query([])?;
    let mut chain = end(to)?;
    while let Some(row) = rows.next()? {
        let (_, entry) = numbered(row)?;
        let unreadable = |_| Fault::Other("an entry of the trail can't be read".to_owned());
        let header: Header = serde_json::from_str(&entry.header).map_err(unreadable)?;
        let header = Header {
            seq: chain.seq + 1,
            ..header
        };
        let header = serde_json::to_string(&header).map_err(unreadable)?;
        let sealed = chain.seal_again(header, entry);
        insert(to, chain.seq, &sealed)?;
    }
    Ok(())
}

fn insert(change: &Connection, seq: u64, sealed: &Sealed) -> Result<(), Fault> {
    let (salt, content) = match &sealed.content {
        Content::Whole { salt, text } => (Some(salt), Some(text)),
        Content::Forgotten | Content::Withheld => (None, None),
    };
    change.execute(
        "INSERT INTO audit (seq, header, digest, hash, salt, content)
         VALUES (:seq, :header, :digest, :hash, :salt, :content)",
        named_params! {
            ":seq": number(seq),
            ":header": sealed.header,
            ":digest": sealed.digest,
            ":hash": sealed.hash,
            ":salt": salt,
            ":content": content,
        },
    )?;
    Ok(())
}

/// The end of the chain: the last entry, or what was dropped before it.
fn end(sqlite: &Connection) -> Result<Chain, Fault> {
    let last = "SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1";
    match sqlite.query_row(last, [], chain).optional()? {
        Some(chain) => Ok(chain),
        None => anchor(sqlite),
    }
}

fn anchor(sqlite: &Connection) -> Result<Chain, Fault> {
    Ok(sqlite.query_row("SELECT seq, hash FROM audit_anchor", [], chain)?)
}

impl Store {
    /// Appends an entry that stands for itself.
    pub fn record(&mut self, entry: Entry) -> Result<(), Fault> {
        let at = self.clock.now();
        let change = self
            .sqlite
            .transaction_with_behavior(TransactionBehavior::Immediate)?;
        append(&change, entry, at)?;
        Ok(change.commit()?)
    }

    /// The last entry that was dropped with age: the chain goes on from there.
    pub fn trail_anchor(&self) -> Result<Chain, Fault> {
        anchor(&self.sqlite)
    }

    /// The entries after a number, oldest first, a page at a time. The number that comes with each is its own.
    pub fn trail_after(&self, seq: u64) -> Result<Vec<(u64, Sealed)>, Fault> {
        let mut query = self
            .sqlite
            .prepare("SELECT * FROM audit WHERE seq > ? ORDER BY seq LIMIT ?")?;
        let rows = query.query_map(params![number(seq), PAGE], numbered)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Hands the entries that fit to `visit`, newest first, from the one before `before`, until it has enough.
    pub fn search_trail(
        &self,
        search: &Search,
        before: Option<u64>,
        mut visit: impl FnMut(u64, Sealed) -> ControlFlow<()>,
    ) -> Result<(), Fault> {
        let mut query = self.sqlite.prepare(
            "SELECT * FROM audit AS entry
             WHERE seq < :before
               AND (:from IS NULL OR at >= :from) AND (:until IS NULL OR at < :until)
               AND (:event IS NULL OR event = :event) AND (:command IS NULL OR command = :command)
               AND (:agent IS NULL OR agent = :agent) AND (:intent IS NULL OR intent = :intent)
               AND NOT (:latest AND EXISTS (
                   SELECT 1 FROM audit AS later WHERE later.intent = entry.intent AND later.seq > entry.seq
               ))
             ORDER BY seq DESC",
        )?;
        let mut rows = query.query(named_params! {
            ":before": before.map_or(i64::MAX, number),
            ":from": search.from.map(stamp),
            ":until": search.until.map(stamp),
            ":event": search.event,
            ":command": search.command,
            ":agent": search.agent,
            ":intent": search.intent,
            ":latest": search.latest,
        })?;
        while let Some(row) = rows.next()? {
            let (seq, entry) = numbered(row)?;
            if visit(seq, entry).is_break() {
                break;
            }
        }
        Ok(())
    }

    /// Drops the oldest entries, up to the first that is not older than a moment. Answers how many there were.
    pub fn drop_trail_before(&mut self, moment: DateTime<Utc>) -> Result<usize, Fault> {
        let change = self
            .sqlite
            .transaction_with_behavior(TransactionBehavior::Immediate)?;
        let last: Option<i64> = change.query_row(
            "SELECT coalesce((SELECT min(seq) - 1 FROM audit WHERE at >= ?), max(seq)) FROM audit",
            [stamp(moment)],
            |row| row.get(0),
        )?;
        change.execute(
            "UPDATE audit_anchor SET (seq, hash) = (SELECT seq, hash FROM audit WHERE seq = ?1)
             WHERE EXISTS (SELECT 1 FROM audit WHERE seq = ?1)",
            [last],
        )?;
        let dropped = change.execute("DELETE FROM audit WHERE seq <= ?", [last])?;
        change.commit()?;
        Ok(dropped)
    }
}

/// Forgets the contents of an organisation's entries that hold a word, and with each those of its whole change; how many.
pub(super) fn forget_contents_with(
    sqlite: &Connection,
    profile: ProfileId,
    word: &str,
) -> Result<usize, Fault> {
    Ok(sqlite.execute(
        "WITH named AS (
            SELECT seq, intent FROM audit
            WHERE content IS NOT NULL AND instr(content, :word)
              AND json_extract(header, '$.profile') = :profile)
         UPDATE audit SET content = NULL, salt = NULL
         WHERE content IS NOT NULL
           AND (seq IN (SELECT seq FROM named) OR intent IN (SELECT intent FROM named))",
        named_params! { ":word": word, ":profile": profile.to_string() },
    )?)
}

impl Journal {
    /// Puts something done on this PC into the audit trail.
    pub async fn record(&self, act: Act) -> Result<(), Error> {
        self.run(move |store| store.record(Entry::of_act(act)))
            .await
    }

    /// The last entry of the trail that was dropped with age.
    pub async fn trail_anchor(&self) -> Result<Chain, Error> {
        self.run(|store| store.trail_anchor()).await
    }

    /// Some of the trail's entries after a number, oldest first.
    pub async fn trail_after(&self, seq: u64) -> Result<Vec<(u64, Sealed)>, Error> {
        self.run(move |store| store.trail_after(seq)).await
    }

    /// Hands the entries of the trail that fit to `visit`, newest first, until it has enough; what it then holds.
    pub async fn search_trail<T: Send + 'static>(
        &self,
        search: Search,
        before: Option<u64>,
        mut found: T,
        visit: impl Fn(&mut T, u64, Sealed) -> ControlFlow<()> + Send + 'static,
    ) -> Result<T, Error> {
        self.run(move |store| {
            store.search_trail(&search, before, |seq, entry| visit(&mut found, seq, entry))?;
            Ok(found)
        })
        .await
    }

    /// Follows the trail's chain from its anchor to its end, or to the first link that does not hold.
    pub async fn verify_trail(&self) -> Result<Result<Whole, Broken>, Error> {
        let mut chain = self.trail_anchor().await?;
        let mut whole = Whole::default();
        loop {
            // A page at a time, so that a change that is asked for meanwhile need not wait for all of it.
            let page = self.trail_after(chain.seq).await?;
            if page.is_empty() {
                return Ok(Ok(whole));
            }
            for (_, entry) in page {
                if let Err(broken) = chain.follow(&entry) {
                    return Ok(Err(broken));
                }
                whole.count(&entry.content);
            }
        }
    }
}

fn chain(row: &Row<'_>) -> rusqlite::Result<Chain> {
    Ok(Chain {
        seq: unsigned(row)?,
        hash: row.get("hash")?,
    })
}

fn numbered(row: &Row<'_>) -> rusqlite::Result<(u64, Sealed)> {
    let content = match (row.get("salt")?, row.get("content")?) {
        (Some(salt), Some(text)) => Content::Whole { salt, text },
        _ => Content::Forgotten,
    };
    let sealed = Sealed {
        header: row.get("header")?,
        digest: row.get("digest")?,
        hash: row.get("hash")?,
        content,
    };
    Ok((unsigned(row)?, sealed))
}

fn unsigned(row: &Row<'_>) -> rusqlite::Result<u64> {
    Ok(u64::try_from(row.get::<_, i64>("seq")?).unwrap_or_default())
}

fn number(seq: u64) -> i64 {
    i64::try_from(seq).unwrap_or(i64::MAX)
}
