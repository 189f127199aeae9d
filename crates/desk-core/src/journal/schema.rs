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
    AUDIT,
    "
    CREATE TABLE moves (
        id        TEXT PRIMARY KEY,
        profile   TEXT NOT NULL,
        asked_at  TEXT NOT NULL,
        is_over   INTEGER NOT NULL,
        told      INTEGER NOT NULL,
        body      TEXT NOT NULL
    ) STRICT;
    CREATE INDEX moves_to_see_to ON moves (profile, asked_at) WHERE is_over = 0 OR told = 0;
",
    "
    CREATE TABLE emptyings (
        profile   TEXT NOT NULL,
        service   TEXT NOT NULL,
        date      TEXT NOT NULL,
        cu_index  INTEGER NOT NULL,
        begun_at  TEXT NOT NULL,
        is_over   INTEGER NOT NULL,
        body      TEXT NOT NULL,
        PRIMARY KEY (profile, service, date, cu_index)
    ) STRICT;
    CREATE TABLE emptied (
        profile   TEXT NOT NULL,
        service   TEXT NOT NULL,
        date      TEXT NOT NULL,
        cu_index  INTEGER NOT NULL,
        case_id   TEXT NOT NULL,
        body      TEXT NOT NULL,
        PRIMARY KEY (profile, service, date, cu_index, case_id)
    ) STRICT;
",
    "
    CREATE TABLE lineage (
        profile    TEXT NOT NULL,
        case_id    TEXT NOT NULL,
        came_from  TEXT NOT NULL,
        day        TEXT NOT NULL,
        PRIMARY KEY (profile, case_id)
    ) STRICT;
    CREATE INDEX lineage_later ON lineage (profile, came_from);
",
    "
    CREATE TABLE watches (
        id       TEXT PRIMARY KEY,
        profile  TEXT NOT NULL,
        until    TEXT NOT NULL,
        body     TEXT NOT NULL
    ) STRICT;
",
];

/// The tables whose rows go over when one journal takes in another.
pub(super) const CARRIED: &[&str] = &[
    "intents",
    "kept",
    "moves",
    "emptyings",
    "emptied",
    "lineage",
    "watches",
];

/// The audit trail. What is looked for is computed from the header, so that it can't differ from what is hashed. The
/// triggers leave two ways of forgetting: a content becomes nothing, and entries up to the anchor go. The anchor itself
/// moves only onto an entry, so that the chain can be followed from there.
const AUDIT: &str = "
    ALTER TABLE intents ADD COLUMN agent_name TEXT;
    ALTER TABLE intents ADD COLUMN organization TEXT;

    CREATE TABLE audit (
        seq      INTEGER PRIMARY KEY,
        header   TEXT NOT NULL,
        digest   TEXT NOT NULL,
        hash     TEXT NOT NULL,
        salt     TEXT,
        content  TEXT,
        at       TEXT GENERATED ALWAYS AS (json_extract(header, '$.at')) VIRTUAL,
        event    TEXT GENERATED ALWAYS AS (json_extract(header, '$.event')) VIRTUAL,
        command  TEXT GENERATED ALWAYS AS (json_extract(header, '$.command')) VIRTUAL,
        agent    TEXT GENERATED ALWAYS AS (json_extract(header, '$.agent')) VIRTUAL,
        intent   TEXT GENERATED ALWAYS AS (json_extract(header, '$.intent')) VIRTUAL
    ) STRICT;
    CREATE INDEX audit_intents ON audit (intent, seq);
    CREATE INDEX audit_moments ON audit (at);
    CREATE TABLE audit_anchor (
        only_one INTEGER PRIMARY KEY CHECK (only_one = 1),
        seq      INTEGER NOT NULL,
        hash     TEXT NOT NULL
    ) STRICT;
    INSERT INTO audit_anchor VALUES (1, 0, '0000000000000000000000000000000000000000000000000000000000000000');

    CREATE TRIGGER audit_grows_at_its_end BEFORE INSERT ON audit
        WHEN NEW.seq <> 1 + coalesce((SELECT max(seq) FROM audit), (SELECT seq FROM audit_anchor))
        BEGIN SELECT RAISE(ABORT, 'an entry of the audit trail has the next number'); END;
    CREATE TRIGGER audit_forgets_contents_only BEFORE UPDATE ON audit
        WHEN NEW.content IS NOT NULL OR NEW.salt IS NOT NULL
            OR (NEW.seq, NEW.header, NEW.digest, NEW.hash) IS NOT (OLD.seq, OLD.header, OLD.digest, OLD.hash)
        BEGIN SELECT RAISE(ABORT, 'an entry of the audit trail is not changed'); END;
    CREATE TRIGGER audit_drops_up_to_its_anchor BEFORE DELETE ON audit
        WHEN OLD.seq > (SELECT seq FROM audit_anchor)
        BEGIN SELECT RAISE(ABORT, 'an entry of the audit trail is not deleted'); END;
    CREATE TRIGGER audit_anchor_moves_onto_an_entry BEFORE UPDATE ON audit_anchor
        WHEN NOT EXISTS (SELECT 1 FROM audit WHERE seq = NEW.seq AND hash = NEW.hash)
        BEGIN SELECT RAISE(ABORT, 'the anchor of the audit trail is one of its entries'); END;
    CREATE TRIGGER audit_anchor_stays BEFORE DELETE ON audit_anchor
        BEGIN SELECT RAISE(ABORT, 'the anchor of the audit trail stays'); END;
";

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
