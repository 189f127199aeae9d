//! The one list of endpoints, in the order of the contract.

use crate::endpoint::{Endpoint, EndpointSummary};
use crate::{
    BecomeAvailable, BecomeUnavailable, BookAppointment, CallAgain, CancelAppointment, ClockIn,
    ClockOut, CreateCustomer, FindCustomer, GetAgentStatus, GetCustomer, ListActiveCases,
    ListAppointments, ListBackOfficeTasks, ListCalendars, ListInboxes, ListUsers, ListVacancies,
    ListWorkspaces, ListWorkstations, OccupyWorkstation, QueueUp, ResolveCase, SelectCurrentUnit,
    StartNextCase, UpdateCustomer, VacateWorkstation,
};

/// All 27 endpoints.
pub const ALL: [EndpointSummary; 27] = [
    *CallAgain::SUMMARY,
    *ClockIn::SUMMARY,
    *ClockOut::SUMMARY,
    *GetAgentStatus::SUMMARY,
    *ListActiveCases::SUMMARY,
    *ListInboxes::SUMMARY,
    *ListWorkspaces::SUMMARY,
    *ListWorkstations::SUMMARY,
    *OccupyWorkstation::SUMMARY,
    *ResolveCase::SUMMARY,
    *SelectCurrentUnit::SUMMARY,
    *StartNextCase::SUMMARY,
    *BecomeAvailable::SUMMARY,
    *BecomeUnavailable::SUMMARY,
    *VacateWorkstation::SUMMARY,
    *BookAppointment::SUMMARY,
    *CancelAppointment::SUMMARY,
    *ListAppointments::SUMMARY,
    *ListCalendars::SUMMARY,
    *ListVacancies::SUMMARY,
    *QueueUp::SUMMARY,
    *CreateCustomer::SUMMARY,
    *GetCustomer::SUMMARY,
    *UpdateCustomer::SUMMARY,
    *FindCustomer::SUMMARY,
    *ListBackOfficeTasks::SUMMARY,
    *ListUsers::SUMMARY,
];

/// The endpoint of that name, `ListVacancies`.
pub fn named(name: &str) -> Option<EndpointSummary> {
    ALL.into_iter().find(|endpoint| endpoint.name == name)
}
