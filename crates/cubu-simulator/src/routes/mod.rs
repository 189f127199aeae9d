//! The 27 calls: one list of routes, and one path from a request to its answer. Leaves out what each call does (one file per
//! area) and the rules behind it.

mod agents;
mod appointments;
mod call;
mod cases;
mod customers;
mod organization;

use axum::http::Method;
use chrono::{DateTime, Utc};
use serde_json::Value;

use crate::options::Role;
use crate::rules::Refusal;
use crate::state::State;

pub(crate) use call::Call;

/// What a call answers when it is not refused.
pub(crate) enum Answer {
    /// 200 with a body.
    Ok(Value),
    /// 200 with an empty body: the pages say both 200 and "No Content".
    OkEmpty,
    /// 201 with a body.
    Created(Value),
    /// 201 without one.
    CreatedEmpty,
    /// A real 204.
    NoContent,
}

type Handle = fn(&mut State, &Call, DateTime<Utc>) -> Result<Answer, Refusal>;

/// One call that the simulator serves.
pub struct Route {
    /// The call's name, as the client's endpoint has it.
    pub name: &'static str,
    /// The HTTP method.
    pub method: Method,
    /// The path template, as the contract writes it.
    pub path: &'static str,
    /// The role that opens it.
    pub role: Role,
    pub(crate) handle: Handle,
}

impl Route {
    /// Whether it changes nothing: every GET, and the one query that is a POST.
    #[must_use]
    pub fn is_read(&self) -> bool {
        self.method == Method::GET || self.name == "FindCustomer"
    }
}

const fn route(
    name: &'static str,
    method: Method,
    path: &'static str,
    role: Role,
    handle: Handle,
) -> Route {
    Route {
        name,
        method,
        path,
        role,
        handle,
    }
}

const AGENT: Role = Role::AgentImpersonator;
const APPOINTMENTS: Role = Role::AppointmentsManager;
const CUSTOMERS: Role = Role::CustomersManager;

/// Every call, in the order of the contract. The four whose pages were never seen are at their assumed addresses.
#[rustfmt::skip]
pub static ROUTES: [Route; 27] = [
    route("CallAgain", Method::POST, "/{applicationId}/agents/{userId}/cases/{caseId}/actions/callAgain", AGENT, agents::call_again),
    route("ClockIn", Method::POST, "/{applicationId}/agents/{userId}/actions/clockIn", AGENT, agents::clock_in),
    route("ClockOut", Method::POST, "/{applicationId}/agents/{userId}/actions/clockOut", AGENT, agents::clock_out),
    route("GetAgentStatus", Method::GET, "/{applicationId}/agents/{userId}/status", AGENT, agents::get_status),
    route("ListActiveCases", Method::GET, "/{applicationId}/agents/{userId}/activeCases", AGENT, agents::list_active_cases),
    route("ListInboxes", Method::GET, "/{applicationId}/agents/{userId}/inboxes", AGENT, agents::list_inboxes),
    route("ListWorkspaces", Method::GET, "/{applicationId}/agents/{userId}/workspaces", AGENT, agents::list_workspaces),
    route("ListWorkstations", Method::GET, "/{applicationId}/agents/{userId}/workstations", AGENT, agents::list_workstations),
    route("OccupyWorkstation", Method::POST, "/{applicationId}/agents/{userId}/workstations/{workstationId}/actions/occupy", AGENT, agents::occupy),
    route("ResolveCase", Method::POST, "/{applicationId}/agents/{userId}/cases/{caseId}/actions/resolve", AGENT, agents::resolve),
    route("SelectCurrentUnit", Method::POST, "/{applicationId}/agents/{userId}/units/_current", AGENT, agents::select_unit),
    route("StartNextCase", Method::POST, "/{applicationId}/agents/{userId}/actions/startNext", AGENT, agents::start_next),
    route("BecomeAvailable", Method::POST, "/{applicationId}/agents/{userId}/actions/becomeAvailable", AGENT, agents::become_available),
    route("BecomeUnavailable", Method::POST, "/{applicationId}/agents/{userId}/actions/becomeUnavailable", AGENT, agents::become_unavailable),
    route("VacateWorkstation", Method::POST, "/{applicationId}/agents/{userId}/workstations/{workstationId}/actions/vacate", AGENT, agents::vacate),
    route("BookAppointment", Method::POST, "/{applicationId}/calendars/{serviceId}/{date}/{cuIndex}/appointments", APPOINTMENTS, appointments::book),
    route("CancelAppointment", Method::DELETE, "/{applicationId}/calendars/{serviceId}/{date}/{cuIndex}/appointments/{caseId}", APPOINTMENTS, appointments::cancel),
    route("ListAppointments", Method::GET, "/{applicationId}/calendars/{serviceId}/{date}/{cuIndex}/appointments", APPOINTMENTS, appointments::list_appointments),
    route("ListCalendars", Method::GET, "/{applicationId}/calendars/{serviceId}/{date}", APPOINTMENTS, appointments::list_calendars),
    route("ListVacancies", Method::GET, "/{applicationId}/calendars/{serviceId}/{date}/{cuIndex}/vacancies", APPOINTMENTS, appointments::list_vacancies),
    route("QueueUp", Method::POST, "/{applicationId}/services/{serviceId}/cases", Role::CaseManager, cases::queue_up),
    route("CreateCustomer", Method::POST, "/{applicationId}/customers", CUSTOMERS, customers::create),
    route("GetCustomer", Method::GET, "/{applicationId}/customers/{customerRecordId}", CUSTOMERS, customers::get),
    route("UpdateCustomer", Method::PATCH, "/{applicationId}/customers/{customerRecordId}", CUSTOMERS, customers::update),
    route("FindCustomer", Method::POST, "/{applicationId}/customers/query", CUSTOMERS, customers::find),
    route("ListBackOfficeTasks", Method::GET, "/{applicationId}/organization/backOfficeTasks", Role::OrganizationReader, organization::list_back_office_tasks),
    route("ListUsers", Method::GET, "/{applicationId}/organization/users", Role::OrganizationReader, organization::list_users),
];
