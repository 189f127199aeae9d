//! Which appointment took the place of which. Cubu knows no moving: a moved appointment is another case, and a customer's
//! calendar has to be told that it is the same one. Cases and days alone stand here, nobody's name.

use chrono::NaiveDate;
use cubu_s2s::CaseId;
use rusqlite::{named_params, params};

use super::{Journal, fault::Fault, rows::parsed, store::Store};
use crate::{error::Error, paper::calendar_file::Lineage, profiles::ProfileId};

/// More moves of one appointment are not followed.
const LONGEST: u32 = 1000;

impl Store {
    pub(super) fn came_from(
        &mut self,
        profile: ProfileId,
        case: CaseId,
        from: CaseId,
        day: NaiveDate,
    ) -> Result<(), Fault> {
        self.sqlite.execute(
            "INSERT INTO lineage (profile, case_id, came_from, day)
             VALUES (:profile, :case, :from, :day) ON CONFLICT (profile, case_id) DO NOTHING",
            named_params! {
                ":profile": profile.to_string(),
                ":case": case.to_string(),
                ":from": from.to_string(),
                ":day": day.to_string(),
            },
        )?;
        Ok(())
    }

    pub(super) fn lineage(&self, profile: ProfileId, case: CaseId) -> Result<Lineage, Fault> {
        let mut before = self
            .sqlite
            .prepare("SELECT came_from FROM lineage WHERE profile = ? AND case_id = ?")?;
        let mut lineage = Lineage {
            origin: case,
            moves: 0,
        };
        while lineage.moves < LONGEST {
            let asked = params![profile.to_string(), lineage.origin.to_string()];
            let mut rows = before.query(asked)?;
            let Some(row) = rows.next()? else { break };
            lineage.origin = parsed(row, "came_from")?;
            lineage.moves += 1;
        }
        Ok(lineage)
    }

    /// Lets go of what was over before a day; what something later came from stays.
    pub(super) fn tidy_lineage(&mut self, oldest: NaiveDate) -> Result<usize, Fault> {
        let gone = self.sqlite.execute(
            "DELETE FROM lineage WHERE day < ?1 AND NOT EXISTS (
                SELECT 1 FROM lineage AS later
                WHERE later.profile = lineage.profile AND later.came_from = lineage.case_id)",
            [oldest.to_string()],
        )?;
        Ok(gone)
    }
}

impl Journal {
    /// Notes that a case took the place of another; of a case that is known already nothing changes.
    pub async fn came_from(
        &self,
        profile: ProfileId,
        case: CaseId,
        from: CaseId,
        day: NaiveDate,
    ) -> Result<(), Error> {
        self.run(move |store| store.came_from(profile, case, from, day))
            .await
    }

    /// The case an appointment was first booked as, and how often it was moved at this desk.
    pub async fn lineage(&self, profile: ProfileId, case: CaseId) -> Result<Lineage, Error> {
        self.run(move |store| store.lineage(profile, case)).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn case(number: u32) -> CaseId {
        format!("5b0d6c1e-0000-4a6e-9d10-{number:012}")
            .parse()
            .unwrap()
    }

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn an_appointment_stays_the_same_through_its_moves_until_its_day_is_long_over() {
        let mut store = Store::in_memory().unwrap();
        let (here, elsewhere) = (ProfileId::fresh(), ProfileId::fresh());
        let asked = |store: &Store, number| store.lineage(here, case(number)).unwrap();
        let of = |origin, moves| Lineage {
            origin: case(origin),
            moves,
        };
        assert_eq!(asked(&store, 1), of(1, 0));
        store
            .came_from(here, case(2), case(1), day("2026-11-20"))
            .unwrap();
        store
            .came_from(here, case(3), case(2), day("2027-01-20"))
            .unwrap();
        // The same once more, as a move that goes on after a crash says it.
        store
            .came_from(here, case(3), case(2), day("2027-01-20"))
            .unwrap();
        assert_eq!(asked(&store, 2), of(1, 1));
        assert_eq!(asked(&store, 3), of(1, 2));
        assert_eq!(store.lineage(elsewhere, case(3)).unwrap(), of(3, 0));

        store.tidy_lineage(day("2026-12-24")).unwrap();
        assert_eq!(asked(&store, 3), of(1, 2));
        store.tidy_lineage(day("2027-02-24")).unwrap();
        store.tidy_lineage(day("2027-02-24")).unwrap();
        assert_eq!(asked(&store, 3), of(3, 0));
    }

    #[test]
    fn a_circle_is_not_followed_for_ever() {
        let mut store = Store::in_memory().unwrap();
        let here = ProfileId::fresh();
        store
            .came_from(here, case(2), case(1), day("2026-11-20"))
            .unwrap();
        store
            .came_from(here, case(1), case(2), day("2026-11-20"))
            .unwrap();
        assert_eq!(store.lineage(here, case(1)).unwrap().moves, LONGEST);
    }
}
