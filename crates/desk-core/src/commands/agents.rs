//! Acting for an agent: fifteen calls. What they tell about the agent's status is noted on the way.

use cubu_s2s::{
    AgentStatus, BecomeAvailable, BecomeUnavailable, CallAgain, Case, ClockIn, ClockOut,
    ClockOutReason, ErrorKind, GetAgentStatus, Inbox, ListActiveCases, ListInboxes, ListWorkspaces,
    ListWorkstations, OccupyWorkstation, ResolveCase, ResolvedCase, SelectCurrentUnit,
    StartNextCase, StartedCase, UnavailabilityReason, UserId, VacateWorkstation, Workspace,
    Workstation,
};
use serde::Serialize;
use ts_rs::TS;

use crate::{
    agent::Sign, catalogue::Learn, changes::Change, desk::Desk, draft::Draft, error::Error,
    messages, settle::Verdict,
};

const LONGEST_DESCRIPTION: usize = 200;

/// What became of leaving a workstation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "outcome", rename_all = "camelCase")]
pub enum VacateOutcome {
    /// The workstation is free now.
    Vacated,
    /// It was free before.
    AlreadyVacant,
}

/// Repeats the announcement of a called customer.
pub async fn call_again(desk: &Desk, draft: Draft<CallAgain>) -> Result<(), Error> {
    desk.write(draft).await
}

/// Starts the agent's work day.
pub async fn clock_in(desk: &Desk, draft: Draft<ClockIn>) -> Result<(), Error> {
    let user = draft.request.user_id;
    let sign = |refused| match refused {
        None => Some(Sign::ClockedIn),
        Some(3301) => Some(Sign::NotAway),
        Some(_) => None,
    };
    signed(desk, user, draft, sign).await
}

/// Ends the agent's work day.
pub async fn clock_out(desk: &Desk, draft: Draft<ClockOut>) -> Result<(), Error> {
    let request = &draft.request;
    let needed = request.clock_out_reason == ClockOutReason::Other;
    described(
        "clockOutDescription",
        request.clock_out_description.as_deref(),
        needed,
    )?;
    let user = request.user_id;
    let sign = |refused| match refused {
        None => Some(Sign::ClockedOut),
        Some(3301) => Some(Sign::ClockOutRefused),
        Some(_) => None,
    };
    signed(desk, user, draft, sign).await
}

/// Reads what Cubu says of an agent.
pub async fn get_agent_status(desk: &Desk, request: GetAgentStatus) -> Result<AgentStatus, Error> {
    let connection = desk.connection().await?;
    let status = connection.send(&request).await?;
    connection.agent().saw_status(&status);
    connection.learn(Learn::Status(&status)).await;
    Ok(status)
}

/// Lists the cases the agent serves.
pub async fn list_active_cases(desk: &Desk, request: ListActiveCases) -> Result<Vec<Case>, Error> {
    let connection = desk.connection().await?;
    let cases = connection.send(&request).await?;
    let now = connection.now();
    connection.agent().saw_cases(request.user_id, &cases, now);
    connection.learn(Learn::Cases(&cases)).await;
    Ok(cases)
}

/// Lists the inboxes of the agent's workspace.
pub async fn list_inboxes(desk: &Desk, request: ListInboxes) -> Result<Vec<Inbox>, Error> {
    desk.connection().await?.send(&request).await
}

/// Lists the workspaces of the agent's unit.
pub async fn list_workspaces(
    desk: &Desk,
    request: ListWorkspaces,
) -> Result<Vec<Workspace>, Error> {
    desk.connection().await?.send(&request).await
}

/// Lists the workstations of the agent's unit.
pub async fn list_workstations(
    desk: &Desk,
    request: ListWorkstations,
) -> Result<Vec<Workstation>, Error> {
    let connection = desk.connection().await?;
    let workstations = connection.send(&request).await?;
    connection
        .agent()
        .saw_workstations(request.user_id, &workstations);
    Ok(workstations)
}

/// Takes a workstation.
pub async fn occupy_workstation(desk: &Desk, draft: Draft<OccupyWorkstation>) -> Result<(), Error> {
    let request = draft.request.clone();
    desk.write(draft).await?;
    desk.connection()
        .await?
        .agent()
        .occupied(request.user_id, request.workstation_id);
    Ok(())
}

/// Resolves a case.
pub async fn resolve_case(desk: &Desk, draft: Draft<ResolveCase>) -> Result<ResolvedCase, Error> {
    desk.write(draft).await
}

/// Chooses the agent's unit.
pub async fn select_current_unit(
    desk: &Desk,
    draft: Draft<SelectCurrentUnit>,
) -> Result<(), Error> {
    let request = draft.request.clone();
    desk.write(draft).await?;
    let connection = desk.connection().await?;
    let catalogue = connection.catalogue().await;
    let name = catalogue
        .unit(request.unit_id)
        .map(|unit| unit.name.clone());
    connection
        .agent()
        .moved_to(request.user_id, request.unit_id, name);
    Ok(())
}

/// Calls the next case; `None` when nobody waits.
pub async fn start_next_case(
    desk: &Desk,
    draft: Draft<StartNextCase>,
) -> Result<Option<StartedCase>, Error> {
    let user = draft.request.user_id;
    let started = desk.write(draft).await?;
    if started.is_some() {
        let connection = desk.connection().await?;
        let now = connection.now();
        connection.agent().notice(user, Sign::StartedCase, now);
    }
    Ok(started)
}

/// Makes the agent available.
pub async fn become_available(desk: &Desk, draft: Draft<BecomeAvailable>) -> Result<(), Error> {
    let user = draft.request.user_id;
    let sign = |refused: Option<u32>| refused.is_none().then_some(Sign::BecameAvailable);
    signed(desk, user, draft, sign).await
}

/// Makes the agent unavailable, or changes the reason.
pub async fn become_unavailable(desk: &Desk, draft: Draft<BecomeUnavailable>) -> Result<(), Error> {
    let request = &draft.request;
    let reason = request.unavailability_reason;
    let description = request.unavailability_description.clone();
    described(
        "unavailabilityDescription",
        description.as_deref(),
        reason == UnavailabilityReason::Other,
    )?;
    if reason == UnavailabilityReason::BackOfficeWork && request.back_office_task_id.is_none() {
        return Err(Error::field("backOfficeTaskId", messages::field_missing()));
    }
    let user = request.user_id;
    let sign = |refused| match refused {
        None => Some(Sign::BecameUnavailable {
            reason,
            description,
        }),
        Some(3303) => Some(Sign::NeitherAvailableNorUnavailable),
        Some(_) => None,
    };
    signed(desk, user, draft, sign).await
}

/// Leaves a workstation. The address of this call is assumed: when Cubu finds nothing there, the list of workstations
/// tells whether the workstation was free already or the address is another.
pub async fn vacate_workstation(
    desk: &Desk,
    draft: Draft<VacateWorkstation>,
) -> Result<VacateOutcome, Error> {
    let request = draft.request.clone();
    let VacateWorkstation {
        user_id,
        workstation_id,
    } = request;
    let connection = desk.connection().await?;
    let outcome = match desk.write(draft).await {
        Ok(()) => VacateOutcome::Vacated,
        Err(Error::Call(failure)) if matches!(failure.kind, ErrorKind::NotFound(_)) => {
            match desk.writer().await?.find_out(&request).await {
                Verdict::Happened(()) => {}
                Verdict::DidNotHappen => return Err(Error::AddressNotAccepted(failure)),
                Verdict::NeedsEyes | Verdict::Open => return Err(Error::AddressOrGone(failure)),
            }
            let Ok(workstations) = connection.send(&ListWorkstations { user_id }).await else {
                return Err(Error::AddressOrGone(failure));
            };
            connection.agent().saw_workstations(user_id, &workstations);
            let is_taken = workstations.iter().any(|workstation| {
                workstation.workstation_id == workstation_id && workstation.user.is_some()
            });
            if is_taken {
                // Somebody else may have sat there all the time, or sat down just now.
                return Err(Error::AddressOrGone(failure));
            }
            VacateOutcome::AlreadyVacant
        }
        Err(failure) => return Err(failure),
    };
    connection.agent().vacated(user_id, workstation_id);
    Ok(outcome)
}

/// Makes a change and notes what its outcome, or the number of its refusal, tells about the agent's status.
async fn signed<C: Change<Response = ()>>(
    desk: &Desk,
    user: UserId,
    draft: Draft<C>,
    sign: impl FnOnce(Option<u32>) -> Option<Sign>,
) -> Result<(), Error> {
    let answer = desk.write(draft).await;
    let told = match &answer {
        Ok(()) => sign(None),
        Err(Error::Call(failure)) => match &failure.kind {
            ErrorKind::Conflict(refusal) => refusal.error_code.and_then(|code| sign(Some(code))),
            _ => None,
        },
        Err(_) => None,
    };
    if let Some(told) = told {
        let connection = desk.connection().await?;
        let now = connection.now();
        connection.agent().notice(user, told, now);
    }
    answer
}

fn described(field: &str, description: Option<&str>, needed: bool) -> Result<(), Error> {
    let length = description.map_or(0, |words| words.trim().chars().count());
    if needed && length == 0 {
        return Err(Error::field(field, messages::field_missing()));
    }
    if length > LONGEST_DESCRIPTION {
        return Err(Error::field(field, messages::field_too_long(200)));
    }
    Ok(())
}
