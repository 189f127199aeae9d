//! What is done for an agent: their day, their workstation, their cases.

use std::time::Duration;

use cubu_s2s::{
    BecomeAvailable, BecomeUnavailable, CallAgain, ClockIn, ClockOut, Endpoint, GetAgentStatus,
    ListActiveCases, ListWorkstations, OccupyWorkstation, ResolveCase, ResolvedCase,
    SelectCurrentUnit, StartNextCase, StartedCase, VacateWorkstation,
};

use tokio::time::sleep;

use super::{Before, Change, Repeat};
use crate::{
    connection::Connection,
    error::Error,
    journal::Lane,
    settle::{Finding, rules},
};

impl Change for CallAgain {
    const COMMAND: &'static str = "call_again";
    const HARMLESS: bool = true;

    /// Each press is one more announcement.
    fn repeat(&self) -> Repeat {
        Repeat::AnotherWish
    }

    fn lanes(&self) -> Vec<Lane> {
        vec![Lane::Agent(self.user_id)]
    }

    async fn look(&self, _: &Connection, _: &Before) -> Result<Finding<()>, Error> {
        Ok(Finding::Unprovable)
    }
}

/// Refusals without their number, after which a repeat proves nothing.
const GARBLED: u32 = 4;
const BETWEEN_REPEATS: Duration = Duration::from_millis(500);

/// Changes of an agent's status, with the number by which Cubu refuses what is done already.
macro_rules! status_changes {
    ($($change:ident: $command:literal, $already:expr;)+) => {$(
        impl Change for $change {
            const COMMAND: &'static str = $command;
            const PROVEN_BY_REPEAT: bool = true;

            // Done again it changes nothing more, so it may be asked for again as soon as one is told.
            fn repeat(&self) -> Repeat {
                Repeat::SameUntilTold
            }

            fn lanes(&self) -> Vec<Lane> {
                vec![Lane::Agent(self.user_id)]
            }

            async fn look(&self, connection: &Connection, before: &Before) -> Result<Finding<()>, Error> {
                repeat(self, $already, connection, before).await
            }
        }
    )+};
}

status_changes! {
    ClockIn: "clock_in", Some(3301);
    ClockOut: "clock_out", Some(3301);
    BecomeAvailable: "become_available", None;
    BecomeUnavailable: "become_unavailable", None;
}

async fn repeat<C: Endpoint<Response = ()>>(
    change: &C,
    already: Option<u32>,
    connection: &Connection,
    before: &Before,
) -> Result<Finding<()>, Error> {
    if !before.repeatable {
        return Ok(Finding::Unprovable);
    }
    let mut asked = 1;
    loop {
        let outcome = connection.send(change).await;
        let finding = match &outcome {
            Ok(()) => rules::repeated(already, Ok(())),
            Err(Error::Call(failure)) => rules::repeated(already, Err(&failure.kind)),
            Err(_) => None,
        };
        match (finding, outcome) {
            // The next answer may come through whole.
            (Some(Finding::Unclear), _) if asked < GARBLED => {
                asked += 1;
                sleep(BETWEEN_REPEATS).await;
            }
            (Some(finding), _) => return Ok(finding),
            (None, Err(failure)) => return Err(failure),
            (None, Ok(())) => return Ok(Finding::Unclear),
        }
    }
}

impl Change for SelectCurrentUnit {
    const COMMAND: &'static str = "select_current_unit";

    fn repeat(&self) -> Repeat {
        Repeat::SameUntilTold
    }

    fn lanes(&self) -> Vec<Lane> {
        vec![Lane::Agent(self.user_id)]
    }

    async fn look(&self, connection: &Connection, _: &Before) -> Result<Finding<()>, Error> {
        let user_id = self.user_id;
        let status = connection.send(&GetAgentStatus { user_id }).await?;
        Ok(rules::unit_selected(self, &status))
    }
}

impl Change for OccupyWorkstation {
    const COMMAND: &'static str = "occupy_workstation";

    fn repeat(&self) -> Repeat {
        Repeat::SameUntilTold
    }

    fn lanes(&self) -> Vec<Lane> {
        vec![Lane::Agent(self.user_id)]
    }

    async fn look(&self, connection: &Connection, _: &Before) -> Result<Finding<()>, Error> {
        let user_id = self.user_id;
        let workstations = connection.send(&ListWorkstations { user_id }).await?;
        Ok(rules::occupied(self, &workstations))
    }
}

impl Change for VacateWorkstation {
    const COMMAND: &'static str = "vacate_workstation";

    fn repeat(&self) -> Repeat {
        Repeat::SameUntilTold
    }

    fn lanes(&self) -> Vec<Lane> {
        vec![Lane::Agent(self.user_id)]
    }

    async fn look(&self, connection: &Connection, _: &Before) -> Result<Finding<()>, Error> {
        let user_id = self.user_id;
        let workstations = connection.send(&ListWorkstations { user_id }).await?;
        Ok(rules::vacated(self, &workstations))
    }
}

impl Change for StartNextCase {
    const COMMAND: &'static str = "start_next_case";
    const SHOWS_EARLY: bool = true;

    /// Who presses Next twice before anybody was called wants one customer; after that, the next one.
    fn repeat(&self) -> Repeat {
        Repeat::SameUntilTold
    }

    fn lanes(&self) -> Vec<Lane> {
        vec![Lane::Agent(self.user_id)]
    }

    async fn prepare(&self, connection: &Connection) -> Result<Before, Error> {
        let user_id = self.user_id;
        let active = connection.send(&ListActiveCases { user_id }).await?;
        Ok(Before {
            listed_at: connection.client()?.server_time(),
            ..Before::listing(active.iter().map(|case| case.case_id))
        })
    }

    async fn look(
        &self,
        connection: &Connection,
        before: &Before,
    ) -> Result<Finding<Option<StartedCase>>, Error> {
        let user_id = self.user_id;
        let active = connection.send(&ListActiveCases { user_id }).await?;
        let known = before.known();
        Ok(rules::started(self, &known, before.listed_at, &active))
    }
}

/// How often a case that is to be resolved is looked for among the active ones, and how long after each other.
const LOOKS_AHEAD: u32 = 3;
const BETWEEN_LOOKS: Duration = Duration::from_millis(500);

impl Change for ResolveCase {
    const COMMAND: &'static str = "resolve_case";
    const CAN_BE_TAKEN_BACK: bool = true;

    fn lanes(&self) -> Vec<Lane> {
        vec![Lane::Agent(self.user_id)]
    }

    /// The list is of the agent's current unit, and may lag behind: a case that it does not show at first is looked for again,
    /// since only one that it has shown is proven resolved when it is gone.
    async fn prepare(&self, connection: &Connection) -> Result<Before, Error> {
        let user_id = self.user_id;
        let mut looks = 1;
        loop {
            match connection.send(&ListActiveCases { user_id }).await {
                Ok(active) => {
                    let before = Before::listing(active.iter().map(|case| case.case_id));
                    if looks == LOOKS_AHEAD || before.listed.contains(&self.case_id) {
                        return Ok(before);
                    }
                }
                Err(failure) if failure.is_passing() || !failure.is_call() => return Err(failure),
                Err(failure) if looks == LOOKS_AHEAD && failure.is_garbled() => {
                    return Err(failure);
                }
                // Without a unit there is no list, and Cubu may resolve the case all the same.
                Err(_) if looks == LOOKS_AHEAD => return Ok(Before::default()),
                Err(_) => {}
            }
            looks += 1;
            sleep(BETWEEN_LOOKS).await;
        }
    }

    async fn look(
        &self,
        connection: &Connection,
        before: &Before,
    ) -> Result<Finding<ResolvedCase>, Error> {
        let user_id = self.user_id;
        let active = connection.send(&ListActiveCases { user_id }).await?;
        Ok(rules::resolved(self, &before.listed, &active))
    }
}
