//! Appointments Management: the calendars of a service on a day, their vacancies and their appointments.

mod booking;
mod calendars;

pub use booking::*;
pub use calendars::*;

use chrono::NaiveDate;

use crate::ids::{CuIndex, ServiceId};

const CALENDAR: &[&str] = &["applicationId", "serviceId", "date", "cuIndex"];

fn calendar(
    service_id: ServiceId,
    date: NaiveDate,
    cu_index: CuIndex,
) -> Vec<(&'static str, String)> {
    vec![
        ("serviceId", service_id.to_string()),
        ("date", date.to_string()),
        ("cuIndex", cu_index.to_string()),
    ]
}
