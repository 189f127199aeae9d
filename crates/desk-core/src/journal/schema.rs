//! The tables of the journal and how older journals become newer ones. A migration, once published, is never changed.

use rusqlite::{Connection, TransactionBehavior};

use super::fault::Fault;

/// One step from each version to the next, from an empty file on.
const MIGRATIONS: &[&str] = &[
    "
    CREATE TABLE intents (
        id          TEXT PRIMARY KEY,
        profile     TEXT NOT NULL,
        command     TEXT NOT NULL,
        request     TEXT NOT NULL,
        asked_at    TEXT NOT NULL,
        os_user     TEXT NOT NULL,
        agent       TEXT,
        state       TEXT NOT NULL,
        sent_at     TEXT,
        basis       TEXT,
        answer      TEXT,
        refusal     TEXT,
        needs_eyes  INTEGER NOT NULL DEFAULT 0,
        told        INTEGER NOT NULL DEFAULT 0
    ) STRICT;
    CREATE INDEX intents_to_see_to ON intents (profile, asked_at)
        WHERE told = 0 OR state IN ('queued', 'sent', 'unknown');
",
    "
    CREATE TABLE kept (
        profile  TEXT NOT NULL,
        kind     TEXT NOT NULL,
        name     TEXT NOT NULL,
        content  TEXT NOT NULL,
        kept_at  TEXT NOT NULL,
        PRIMARY KEY (profile, kind, name)
    ) STRICT;
",
    "ALTER TABLE intents ADD COLUMN note TEXT;",
];

/// The tables whose rows go over when one journal takes in another.
pub(super) const CARRIED: &[&str] = &["intents", "kept"];

/// Brings a journal to this program's version.
pub(super) fn migrate(sqlite: &mut Connection) -> Result<(), Fault> {
    migrate_by(sqlite, MIGRATIONS)
}

fn migrate_by(sqlite: &mut Connection, migrations: &[&str]) -> Result<(), Fault> {
    let change = sqlite.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let version: i64 = change.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    let known = usize::try_from(version)
        .ok()
        .filter(|known| *known <= migrations.len())
        .ok_or(Fault::Newer(version))?;
    for migration in migrations.iter().skip(known) {
        change.execute_batch(migration)?;
    }
    change.pragma_update(None, "user_version", migrations.len() as i64)?;
    Ok(change.commit()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What version 1 of the journal wrote, in its own words.
    const VERSION_1: &str = "
        INSERT INTO intents (id, profile, command, request, asked_at, os_user, state)
        VALUES ('5b0d6c1e-0000-4a6e-9d10-000000000001', '5b0d6c1e-0000-4a6e-9d10-000000000002',
                'queue_up', '{}', '2026-11-02T08:00:00Z', 'robin', 'sent');
    ";

    fn version(sqlite: &Connection) -> i64 {
        sqlite
            .query_row("PRAGMA user_version", [], |row| row.get(0))
            .unwrap()
    }

    #[test]
    fn a_journal_of_every_published_version_becomes_one_of_this_version() {
        for published in 1..=MIGRATIONS.len() {
            let mut sqlite = Connection::open_in_memory().unwrap();
            migrate_by(&mut sqlite, &MIGRATIONS[..published]).unwrap();
            assert_eq!(version(&sqlite), published as i64);
            sqlite.execute_batch(VERSION_1).unwrap();
            migrate(&mut sqlite).unwrap();
            migrate(&mut sqlite).unwrap();
            assert_eq!(version(&sqlite), MIGRATIONS.len() as i64);
            let kept: i64 = sqlite
                .query_row(
                    "SELECT count(*) FROM intents WHERE state = 'sent'",
                    [],
                    |row| row.get(0),
                )
                .unwrap();
            assert_eq!(kept, 1);
        }
    }

    #[test]
    fn a_migration_that_fails_leaves_the_journal_as_it_was() {
        let mut sqlite = Connection::open_in_memory().unwrap();
        migrate(&mut sqlite).unwrap();
        sqlite.execute_batch(VERSION_1).unwrap();
        let next = [MIGRATIONS, &["DELETE FROM intents; CREATE TABLE oops;"]].concat();
        assert!(migrate_by(&mut sqlite, &next).is_err());
        assert_eq!(version(&sqlite), MIGRATIONS.len() as i64);
        let kept: i64 = sqlite
            .query_row("SELECT count(*) FROM intents", [], |row| row.get(0))
            .unwrap();
        assert_eq!(kept, 1);
    }

    #[test]
    fn a_journal_of_a_newer_version_is_left_alone() {
        let mut sqlite = Connection::open_in_memory().unwrap();
        sqlite.pragma_update(None, "user_version", 99).unwrap();
        assert!(matches!(migrate(&mut sqlite), Err(Fault::Newer(99))));
        assert_eq!(version(&sqlite), 99);
    }
}
