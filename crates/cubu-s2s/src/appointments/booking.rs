//! Booking, cancelling and listing appointments.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{CALENDAR, calendar};
use crate::decode::{self, DecodeError, RawAnswer, day, id_or_none, if_it_fits};
use crate::endpoint::{
    CustomerIdSpelling, Endpoint, EndpointSummary, Evidence, Method, Retry, Role,
};
use crate::ids::{
    CaseId, CuIndex, CustomerRecordId, FieldTypeId, ServiceCategoryId, ServiceId, ServiceTypeId,
    TagId,
};
use crate::values::{CaseStatus, Channel, CustomerRef, OnlineMeeting, Ticket, Timestamp, UserRef};
use crate::wire::{JsonBody, field_values, tags};

/// Books an appointment in a calendar.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(optional_fields))]
#[serde(rename_all = "camelCase")]
pub struct BookAppointment {
    /// The service.
    pub service_id: ServiceId,
    /// The day.
    #[cfg_attr(feature = "ts", ts(type = "string"))]
    pub date: NaiveDate,
    /// The calendar.
    pub cu_index: CuIndex,
    /// What is booked.
    pub service_type_id: ServiceTypeId,
    /// Minutes past midnight; must be one of the vacancies.
    pub start_time: u16,
    /// Language of messages; none means the organization's default.
    #[serde(default)]
    pub language: Option<String>,
    /// The customer; needed when the service demands one.
    #[serde(default)]
    pub customer_record_id: Option<CustomerRecordId>,
    /// Telephone number; needed when the service demands one.
    #[serde(default)]
    pub contact_phone_number: Option<String>,
    /// E-mail address; needed when the service demands one.
    #[serde(default)]
    pub contact_email: Option<String>,
    /// How customer and agent meet.
    #[serde(default)]
    pub channel: Option<Channel>,
    /// Book even where no slot is free, within working hours.
    #[serde(default)]
    pub bypass_timeslot_check: Option<bool>,
    /// Keep the customer from checking in at a kiosk.
    #[serde(default)]
    pub prevent_self_check_in: Option<bool>,
    /// Field values of the case.
    #[serde(default)]
    #[cfg_attr(feature = "ts", ts(optional, type = "{ [key in string]: JsonValue }"))]
    pub fields: Option<BTreeMap<FieldTypeId, Value>>,
    /// Tags of the case.
    #[serde(default)]
    pub tag_ids: Option<Vec<TagId>>,
}

impl Endpoint for BookAppointment {
    const SUMMARY: &'static EndpointSummary = &EndpointSummary {
        name: "BookAppointment",
        title: "Book Appointment",
        method: Method::Post,
        path: "/{applicationId}/calendars/{serviceId}/{date}/{cuIndex}/appointments",
        required_placeholders: CALENDAR,
        role: Role::AppointmentsManager,
        evidence: Evidence::Partial,
        retry: Retry::Write,
        faults: &[],
    };
    type Response = BookedAppointment;

    fn path_parameters(&self) -> Vec<(&'static str, String)> {
        calendar(self.service_id, self.date, self.cu_index)
    }

    fn body(&self, spelling: CustomerIdSpelling) -> Option<Value> {
        JsonBody::new()
            .with("serviceTypeId", self.service_type_id)
            .with("startTime", self.start_time)
            .with_some("language", self.language.clone())
            .with_customer(spelling, self.customer_record_id)
            .with_some("contactPhoneNumber", self.contact_phone_number.clone())
            .with_some("contactEmail", self.contact_email.clone())
            .with_some("channel", self.channel.clone())
            .with_some("bypassTimeslotCheck", self.bypass_timeslot_check)
            .with_some("preventSelfCheckIn", self.prevent_self_check_in)
            .with_some("fields", self.fields.as_ref().map(field_values))
            .with_some("tagIds", self.tag_ids.as_deref().map(tags))
            .done()
    }

    fn decode(answer: &RawAnswer<'_>) -> Result<BookedAppointment, DecodeError> {
        decode::optional(answer).map(Option::unwrap_or_default)
    }
}

/// What booking answers. The vendor's sample has not been seen: everything may be missing, and whatever else came is kept.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct BookedAppointment {
    /// The case of the appointment.
    #[serde(default, deserialize_with = "if_it_fits")]
    pub case_id: Option<CaseId>,
    /// Where it stands.
    #[serde(default, deserialize_with = "if_it_fits")]
    pub status: Option<CaseStatus>,
    /// Time of the appointment.
    #[serde(default, deserialize_with = "if_it_fits")]
    pub reference_date: Option<Timestamp>,
    /// The number the customer is called by.
    #[serde(default, deserialize_with = "if_it_fits")]
    pub ticket: Option<Ticket>,
    /// Day and time.
    #[serde(default, deserialize_with = "if_it_fits")]
    pub appointment: Option<AppointmentSlot>,
    /// The calendar's new change stamp.
    #[serde(default, deserialize_with = "if_it_fits")]
    pub calendar_timestamp: Option<Timestamp>,
}

/// Cancels an appointment.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(optional_fields))]
#[serde(rename_all = "camelCase")]
pub struct CancelAppointment {
    /// The service.
    pub service_id: ServiceId,
    /// The day.
    #[cfg_attr(feature = "ts", ts(type = "string"))]
    pub date: NaiveDate,
    /// The calendar.
    pub cu_index: CuIndex,
    /// The case of the appointment.
    pub case_id: CaseId,
}

impl Endpoint for CancelAppointment {
    const SUMMARY: &'static EndpointSummary = &EndpointSummary {
        name: "CancelAppointment",
        title: "Cancel Appointment",
        method: Method::Delete,
        path: "/{applicationId}/calendars/{serviceId}/{date}/{cuIndex}/appointments/{caseId}",
        required_placeholders: &["applicationId", "caseId"],
        role: Role::AppointmentsManager,
        evidence: Evidence::Assumed,
        retry: Retry::Write,
        faults: &[],
    };
    type Response = ();

    fn path_parameters(&self) -> Vec<(&'static str, String)> {
        let mut parameters = calendar(self.service_id, self.date, self.cu_index);
        parameters.push(("caseId", self.case_id.to_string()));
        parameters
    }

    fn decode(answer: &RawAnswer<'_>) -> Result<(), DecodeError> {
        decode::nothing(answer)
    }
}

/// Lists the appointments booked in a calendar.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(optional_fields))]
#[serde(rename_all = "camelCase")]
pub struct ListAppointments {
    /// The service.
    pub service_id: ServiceId,
    /// The day.
    #[cfg_attr(feature = "ts", ts(type = "string"))]
    pub date: NaiveDate,
    /// The calendar.
    pub cu_index: CuIndex,
    /// Only this customer's.
    #[serde(default)]
    pub customer_record_id: Option<CustomerRecordId>,
}

impl Endpoint for ListAppointments {
    const SUMMARY: &'static EndpointSummary = &EndpointSummary {
        name: "ListAppointments",
        title: "List Appointments in Calendar",
        method: Method::Get,
        path: "/{applicationId}/calendars/{serviceId}/{date}/{cuIndex}/appointments",
        required_placeholders: CALENDAR,
        role: Role::AppointmentsManager,
        evidence: Evidence::Partial,
        retry: Retry::Read,
        faults: &[],
    };
    type Response = Vec<Appointment>;

    fn path_parameters(&self) -> Vec<(&'static str, String)> {
        calendar(self.service_id, self.date, self.cu_index)
    }

    fn query(&self) -> Vec<(&'static str, String)> {
        self.customer_record_id
            .map(|customer| ("customerRecordId", customer.to_string()))
            .into_iter()
            .collect()
    }

    fn decode(answer: &RawAnswer<'_>) -> Result<Vec<Appointment>, DecodeError> {
        decode::list(answer)
    }
}

/// A booked appointment, which is a case.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Appointment {
    /// The case.
    pub case_id: CaseId,
    /// Day and time.
    #[serde(default)]
    pub appointment: Option<AppointmentSlot>,
    /// The number the customer is called by.
    #[serde(default)]
    pub ticket: Option<Ticket>,
    /// Category of the service.
    #[serde(default, deserialize_with = "id_or_none")]
    pub service_category_id: Option<ServiceCategoryId>,
    /// Its name.
    #[serde(default)]
    pub service_category_name: Option<String>,
    /// Service type.
    #[serde(default, deserialize_with = "id_or_none")]
    pub service_type_id: Option<ServiceTypeId>,
    /// Its name.
    #[serde(default)]
    pub service_type_name: Option<String>,
    /// Its colour, a colour name in the sample.
    #[serde(default)]
    pub service_type_color_code: Option<String>,
    /// Where it stands.
    #[serde(default)]
    pub status: Option<CaseStatus>,
    /// Since when.
    #[serde(default)]
    pub status_date: Option<Timestamp>,
    /// Time of the appointment.
    #[serde(default)]
    pub reference_date: Option<Timestamp>,
    /// When it was booked.
    #[serde(default)]
    pub date_opened: Option<Timestamp>,
    /// When it was closed.
    #[serde(default)]
    pub date_closed: Option<Timestamp>,
    /// Whom it is meant for.
    #[serde(default)]
    pub assigned_to: Option<UserRef>,
    /// Who is serving it.
    #[serde(default)]
    pub locked_by: Option<UserRef>,
    /// The customer.
    #[serde(default)]
    pub customer: Option<CustomerRef>,
    /// The online meeting of a video appointment.
    #[serde(default)]
    pub online_meeting: Option<OnlineMeeting>,
    /// How customer and agent meet.
    #[serde(default)]
    pub channel: Option<Channel>,
    /// Language of messages.
    #[serde(default)]
    pub language: Option<String>,
    /// Telephone number; beyond the part of the page that has been seen.
    #[serde(default, deserialize_with = "if_it_fits")]
    pub contact_phone_number: Option<String>,
    /// E-mail address; beyond the part of the page that has been seen.
    #[serde(default, deserialize_with = "if_it_fits")]
    pub contact_email: Option<String>,
}

/// Day and time of an appointment.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct AppointmentSlot {
    /// The service.
    #[serde(default, deserialize_with = "id_or_none")]
    pub service_id: Option<ServiceId>,
    /// The day.
    #[serde(default, with = "day")]
    #[cfg_attr(feature = "ts", ts(type = "string | null"))]
    pub date: Option<NaiveDate>,
    /// The calendar.
    #[serde(default)]
    pub cu_index: Option<CuIndex>,
    /// Minutes past midnight.
    #[serde(default)]
    pub start: Option<u16>,
    /// Local date and time.
    #[serde(default)]
    pub time_local: Option<Timestamp>,
    /// The same moment in UTC.
    #[serde(default)]
    pub time_utc: Option<Timestamp>,
    /// Zone of the local time, a Windows name in the sample.
    #[serde(default)]
    pub time_zone_id: Option<String>,
    /// Minutes.
    #[serde(default)]
    pub duration: Option<u16>,
    /// How likely the customer stays away; the scale is not documented.
    #[serde(default)]
    pub no_show_probability: Option<f64>,
    /// Not documented.
    #[serde(default)]
    #[cfg_attr(feature = "ts", ts(type = "JsonValue"))]
    pub reservation_token: Value,
    /// Not documented.
    #[serde(default)]
    #[cfg_attr(feature = "ts", ts(type = "JsonValue"))]
    pub reservation_expiry_date: Value,
}
