//! Which agent this desk acts for, and what it knows about them. Cubu has no call that tells an agent's status: it is
//! kept here from the calls made and corrected by what Cubu refuses, always "as far as this desk knows".

use chrono::{DateTime, Utc};
use cubu_s2s::{
    AgentStatus, Case, UnavailabilityReason, UnitId, UserId, WorkspaceId, Workstation,
    WorkstationId,
};
use serde::Serialize;
use ts_rs::TS;

/// An agent's status.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum PresenceStatus {
    /// This desk does not know.
    #[default]
    Unknown,
    /// Not clocked in.
    Away,
    /// Clocked in; nothing more is known.
    ClockedIn,
    /// Ready for the next case.
    Available,
    /// Serving.
    Active,
    /// On a break, in a meeting, at other work.
    Unavailable,
}

/// An agent's status, as far as this desk knows.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Presence {
    /// The status.
    pub status: PresenceStatus,
    /// Why they are unavailable.
    pub reason: Option<UnavailabilityReason>,
    /// The same in their words.
    pub description: Option<String>,
    /// When this desk learnt of it.
    #[ts(type = "string | null")]
    pub since: Option<DateTime<Utc>>,
}

/// The agent of this desk.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct AgentDesk {
    /// Who they are.
    pub user_id: Option<UserId>,
    /// Their name.
    pub display_name: Option<String>,
    /// Their current unit.
    pub unit_id: Option<UnitId>,
    /// Its name.
    pub unit_name: Option<String>,
    /// Their current workspace.
    pub workspace_id: Option<WorkspaceId>,
    /// Its name.
    pub workspace_name: Option<String>,
    /// The workstation they sit at.
    pub workstation_id: Option<WorkstationId>,
    /// Its name.
    pub workstation_name: Option<String>,
    /// Their status, as far as this desk knows.
    pub presence: Presence,
}

/// Something that tells about an agent's status.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sign {
    /// They clocked in.
    ClockedIn,
    /// They clocked out.
    ClockedOut,
    /// They became available.
    BecameAvailable,
    /// They became unavailable.
    BecameUnavailable {
        /// Why.
        reason: UnavailabilityReason,
        /// The same in their words.
        description: Option<String>,
    },
    /// A case was started for them.
    StartedCase,
    /// They serve this many cases.
    Serves(usize),
    /// Cubu refused to clock them in: they are not Away (3301).
    NotAway,
    /// Cubu refused to clock them out, by a rule that its documentation leaves in doubt (3301).
    ClockOutRefused,
    /// Cubu refused to make them unavailable: they are neither Available nor Unavailable (3303).
    NeitherAvailableNorUnavailable,
}

impl Presence {
    /// What a sign makes of it.
    #[must_use]
    pub fn after(self, sign: Sign, now: DateTime<Utc>) -> Self {
        use PresenceStatus::{Active, Available, Away, ClockedIn, Unavailable, Unknown};
        let (mut reason, mut description) = (None, None);
        let status = match (sign, self.status) {
            (Sign::ClockedIn | Sign::BecameAvailable, _) => Available,
            (Sign::ClockedOut, _) => Away,
            (
                Sign::BecameUnavailable {
                    reason: why,
                    description: words,
                },
                _,
            ) => {
                (reason, description) = (Some(why), words);
                Unavailable
            }
            (Sign::StartedCase, _) => Active,
            // Cubu makes an agent active by itself, and available again after the last case.
            (Sign::Serves(1..), Unknown | ClockedIn | Available) => Active,
            (Sign::Serves(0), Active) => Available,
            (Sign::NotAway, Away | Unknown) => ClockedIn,
            (Sign::ClockOutRefused, _) => Unknown,
            (Sign::NeitherAvailableNorUnavailable, Available | Unavailable | ClockedIn) => Unknown,
            (Sign::Serves(_) | Sign::NotAway | Sign::NeitherAvailableNorUnavailable, _) => {
                return self;
            }
        };
        if (status, &reason, &description) == (self.status, &self.reason, &self.description) {
            return self;
        }
        Self {
            status,
            reason,
            description,
            since: Some(now),
        }
    }
}

impl AgentDesk {
    /// The desk of an agent of whom nothing but the name is known.
    pub fn of(user_id: UserId, display_name: Option<String>) -> Self {
        Self {
            user_id: Some(user_id),
            display_name,
            ..Self::default()
        }
    }

    /// Takes note of a sign about an agent, if it is this one.
    pub fn notice(&mut self, user: UserId, sign: Sign, now: DateTime<Utc>) {
        if self.user_id == Some(user) {
            self.presence = std::mem::take(&mut self.presence).after(sign, now);
        }
    }

    /// Takes over what Cubu says of the agent.
    pub fn saw_status(&mut self, status: &AgentStatus) {
        if self.user_id != Some(status.user_id) {
            return;
        }
        if status.unit_id != self.unit_id {
            (self.workstation_id, self.workstation_name) = (None, None);
        }
        self.display_name = status.display_name.clone().or(self.display_name.take());
        (self.unit_id, self.unit_name) = (status.unit_id, status.unit_name.clone());
        (self.workspace_id, self.workspace_name) =
            (status.workspace_id, status.workspace_name.clone());
    }

    /// Finds the agent's workstation among those of the unit.
    pub fn saw_workstations(&mut self, user: UserId, workstations: &[Workstation]) {
        if self.user_id != Some(user) {
            return;
        }
        let own = workstations.iter().find(|workstation| {
            workstation
                .user
                .as_ref()
                .is_some_and(|occupant| occupant.user_id == user)
        });
        self.workstation_id = own.map(|workstation| workstation.workstation_id);
        self.workstation_name = own.and_then(|workstation| workstation.workstation_name.clone());
    }

    /// Takes note of the cases the agent serves.
    pub fn saw_cases(&mut self, user: UserId, cases: &[Case], now: DateTime<Utc>) {
        self.notice(user, Sign::Serves(cases.len()), now);
    }

    /// The agent sits at a workstation now. Its name comes with the next list.
    pub fn occupied(&mut self, user: UserId, workstation: WorkstationId) {
        if self.user_id == Some(user) && self.workstation_id != Some(workstation) {
            (self.workstation_id, self.workstation_name) = (Some(workstation), None);
        }
    }

    /// The agent left a workstation.
    pub fn vacated(&mut self, user: UserId, workstation: WorkstationId) {
        if self.user_id == Some(user) && self.workstation_id == Some(workstation) {
            (self.workstation_id, self.workstation_name) = (None, None);
        }
    }

    /// The agent works in another unit now. Its workspace and workstations are others.
    pub fn moved_to(&mut self, user: UserId, unit: UnitId, name: Option<String>) {
        if self.user_id == Some(user) && self.unit_id != Some(unit) {
            let known = std::mem::take(self);
            *self = Self {
                unit_id: Some(unit),
                unit_name: name,
                presence: known.presence,
                ..Self::of(user, known.display_name)
            };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_sign_moves_the_status_as_the_table_says() {
        use PresenceStatus::{Active, Available, Away, ClockedIn, Unavailable, Unknown};
        let pause = || Sign::BecameUnavailable {
            reason: UnavailabilityReason::Break,
            description: None,
        };
        for (before, sign, after) in [
            (Unknown, Sign::ClockedIn, Available),
            (Away, Sign::ClockedIn, Available),
            (Available, Sign::ClockedOut, Away),
            (Unavailable, Sign::BecameAvailable, Available),
            (Available, pause(), Unavailable),
            (Available, Sign::StartedCase, Active),
            (Unknown, Sign::StartedCase, Active),
            (Available, Sign::Serves(2), Active),
            (Unknown, Sign::Serves(1), Active),
            (Unavailable, Sign::Serves(1), Unavailable),
            (Active, Sign::Serves(0), Available),
            (Unavailable, Sign::Serves(0), Unavailable),
            (Unknown, Sign::Serves(0), Unknown),
            (Away, Sign::NotAway, ClockedIn),
            (Unknown, Sign::NotAway, ClockedIn),
            (Active, Sign::NotAway, Active),
            (Available, Sign::ClockOutRefused, Unknown),
            (Available, Sign::NeitherAvailableNorUnavailable, Unknown),
            (Unavailable, Sign::NeitherAvailableNorUnavailable, Unknown),
            (Active, Sign::NeitherAvailableNorUnavailable, Active),
            (Away, Sign::NeitherAvailableNorUnavailable, Away),
        ] {
            let presence = Presence {
                status: before,
                ..Presence::default()
            };
            assert_eq!(
                presence.after(sign.clone(), Utc::now()).status,
                after,
                "{before:?} after {sign:?}"
            );
        }
    }

    #[test]
    fn a_new_reason_is_a_new_status_and_the_same_one_again_is_not() {
        let meeting = || Sign::BecameUnavailable {
            reason: UnavailabilityReason::Other,
            description: Some("fire drill".to_owned()),
        };
        let (first, second) = (Utc::now(), Utc::now() + chrono::Duration::minutes(5));
        let presence = Presence::default().after(meeting(), first);
        assert_eq!(presence.since, Some(first));
        assert_eq!(presence.clone().after(meeting(), second).since, Some(first));
        let pause = presence.after(
            Sign::BecameUnavailable {
                reason: UnavailabilityReason::Break,
                description: None,
            },
            second,
        );
        assert_eq!((pause.description, pause.since), (None, Some(second)));
    }

    #[test]
    fn signs_about_other_agents_change_nothing() {
        let user = "5b0d6c1e-1111-4a6e-9d10-00000000a001".parse().unwrap();
        let other = "5b0d6c1e-1111-4a6e-9d10-00000000a002".parse().unwrap();
        let workstation = "5b0d6c1e-5555-4a6e-9d10-000000000001".parse().unwrap();
        let mut desk = AgentDesk::of(user, None);
        let before = desk.clone();
        desk.notice(other, Sign::ClockedIn, Utc::now());
        desk.occupied(other, workstation);
        desk.saw_workstations(other, &[]);
        assert_eq!(desk, before);
        desk.occupied(user, workstation);
        desk.vacated(user, workstation);
        assert_eq!(desk, before);
    }
}
