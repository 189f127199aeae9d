//! The calendars a service has on a day, and what is free in them.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{CALENDAR, calendar};
use crate::decode::{self, DecodeError, RawAnswer, day, id_or_none, if_it_fits, null_as_default};
use crate::endpoint::{Endpoint, EndpointSummary, Evidence, Method, Retry, Role};
use crate::ids::{
    CuIndex, DataTableId, FieldTypeId, InboxId, ServiceCategoryId, ServiceId, ServiceTypeId,
};
use crate::values::{Timestamp, UserRef};

/// Lists the calendars a service has on a day.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(optional_fields))]
#[serde(rename_all = "camelCase")]
pub struct ListCalendars {
    /// The service.
    pub service_id: ServiceId,
    /// The day.
    #[cfg_attr(feature = "ts", ts(type = "string"))]
    pub date: NaiveDate,
}

impl Endpoint for ListCalendars {
    const SUMMARY: &'static EndpointSummary = &EndpointSummary {
        name: "ListCalendars",
        title: "List Calendars of a Service",
        method: Method::Get,
        path: "/{applicationId}/calendars/{serviceId}/{date}",
        required_placeholders: &["applicationId", "serviceId", "date"],
        role: Role::AppointmentsManager,
        evidence: Evidence::Documented,
        retry: Retry::Read,
        faults: &[],
    };
    type Response = Vec<Calendar>;

    fn path_parameters(&self) -> Vec<(&'static str, String)> {
        vec![
            ("serviceId", self.service_id.to_string()),
            ("date", self.date.to_string()),
        ]
    }

    fn decode(answer: &RawAnswer<'_>) -> Result<Vec<Calendar>, DecodeError> {
        decode::list(answer)
    }
}

/// One calendar: one agent's capacity on a day.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Calendar {
    /// The service.
    #[serde(default, deserialize_with = "id_or_none")]
    pub service_id: Option<ServiceId>,
    /// The day.
    #[serde(default, with = "day")]
    #[cfg_attr(feature = "ts", ts(type = "string | null"))]
    pub date: Option<NaiveDate>,
    /// Number within the service and day.
    pub cu_index: CuIndex,
    /// Moves whenever the calendar changes.
    #[serde(default)]
    pub calendar_timestamp: Option<Timestamp>,
    /// Name of the service.
    #[serde(default)]
    pub service_name: Option<String>,
    /// Category of the service.
    #[serde(default, deserialize_with = "id_or_none")]
    pub service_category_id: Option<ServiceCategoryId>,
    /// Its name.
    #[serde(default)]
    pub service_category_name: Option<String>,
    /// Whether a booking needs a customer.
    #[serde(default)]
    pub is_customer_required: Option<bool>,
    /// The Customers table.
    #[serde(default, deserialize_with = "id_or_none")]
    pub customers_data_table_id: Option<DataTableId>,
    /// Whether a booking needs a telephone number.
    #[serde(default)]
    pub is_phone_number_required: Option<bool>,
    /// The field of the customer that holds it.
    #[serde(default, deserialize_with = "id_or_none")]
    pub phone_number_field_type_id: Option<FieldTypeId>,
    /// Whether a booking needs an e-mail address.
    #[serde(default)]
    pub is_email_required: Option<bool>,
    /// The field of the customer that holds it.
    #[serde(default, deserialize_with = "id_or_none")]
    pub email_field_type_id: Option<FieldTypeId>,
    /// When the calendar is open.
    #[serde(default, deserialize_with = "null_as_default")]
    pub working_hours: Vec<WorkingHours>,
    /// The agent it is allocated to, presumably; null in the sample.
    #[serde(default, deserialize_with = "if_it_fits")]
    pub user: Option<UserRef>,
    /// Whether agents may book without a customer.
    #[serde(default)]
    pub allow_anonymous_agent_booking: Option<bool>,
    /// Where the cases go.
    #[serde(default, deserialize_with = "id_or_none")]
    pub inbox_id: Option<InboxId>,
    /// Its name.
    #[serde(default)]
    pub inbox_name: Option<String>,
    /// Whether the day is within the agents' booking window.
    #[serde(default)]
    pub is_in_agents_booking_window: Option<bool>,
    /// Whether agents may book.
    #[serde(default)]
    pub agents_booking_active: Option<bool>,
    /// Whether the day is within the customers' booking window.
    #[serde(default)]
    pub is_in_self_booking_window: Option<bool>,
    /// Whether customers may book.
    #[serde(default)]
    pub self_booking_active: Option<bool>,
    /// How full it is.
    #[serde(default)]
    pub stats: Option<BookingStats>,
    /// Whether the day is over.
    #[serde(default)]
    pub is_past_date: Option<bool>,
    /// What is wrong with it; the items are not documented.
    #[serde(default, deserialize_with = "null_as_default")]
    #[cfg_attr(feature = "ts", ts(type = "JsonValue[]"))]
    pub issues: Vec<Value>,
}

/// A stretch of working time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct WorkingHours {
    /// Minutes past midnight.
    pub start: u16,
    /// Minutes past midnight.
    pub end: u16,
}

/// How full a calendar is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct BookingStats {
    /// Appointments booked.
    #[serde(default)]
    pub appointment_count: Option<u32>,
    /// Working minutes.
    #[serde(default)]
    pub capacity_minutes: Option<u32>,
    /// Minutes booked.
    #[serde(default)]
    pub minutes_booked: Option<u32>,
    /// Booked by capacity.
    #[serde(default)]
    pub booking_rate: Option<f64>,
    /// "Comp" minutes; the meaning is not documented.
    #[serde(default)]
    pub comp_minutes_booked: Option<u32>,
    /// Comp by capacity.
    #[serde(default)]
    pub comp_booking_rate: Option<f64>,
    /// Whether nothing is free.
    #[serde(default)]
    pub is_fully_booked: Option<bool>,
}

/// Lists the free start times for a service type.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(optional_fields))]
#[serde(rename_all = "camelCase")]
pub struct ListVacancies {
    /// The service.
    pub service_id: ServiceId,
    /// The day.
    #[cfg_attr(feature = "ts", ts(type = "string"))]
    pub date: NaiveDate,
    /// The calendar.
    pub cu_index: CuIndex,
    /// The service type, whose duration decides.
    pub service_type_id: ServiceTypeId,
}

impl Endpoint for ListVacancies {
    const SUMMARY: &'static EndpointSummary = &EndpointSummary {
        name: "ListVacancies",
        title: "List Vacancies in a Calendar",
        method: Method::Get,
        path: "/{applicationId}/calendars/{serviceId}/{date}/{cuIndex}/vacancies",
        required_placeholders: CALENDAR,
        role: Role::AppointmentsManager,
        evidence: Evidence::Documented,
        retry: Retry::Read,
        faults: &[],
    };
    type Response = Vacancies;

    fn path_parameters(&self) -> Vec<(&'static str, String)> {
        calendar(self.service_id, self.date, self.cu_index)
    }

    fn query(&self) -> Vec<(&'static str, String)> {
        vec![("serviceTypeId", self.service_type_id.to_string())]
    }
}

/// Free start times of a calendar for one service type.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Vacancies {
    /// The service type.
    #[serde(default, deserialize_with = "id_or_none")]
    pub service_type_id: Option<ServiceTypeId>,
    /// Its name.
    #[serde(default)]
    pub service_type_name: Option<String>,
    /// Length of a slot in minutes.
    #[serde(default)]
    pub duration: Option<u16>,
    /// Start times in minutes past midnight.
    #[serde(deserialize_with = "null_as_default")]
    pub slots: Vec<u16>,
}
