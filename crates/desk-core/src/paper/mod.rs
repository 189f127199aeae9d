//! What a customer takes home: the slip of an appointment or of a place in the queue, a text to send them, and a calendar
//! file. All in the customer's language, which need not be the desk's.
//!
//! - [`occasion`] finds out when and where an appointment is, in the unit's zone.
//! - [`words`] has the languages; [`slip`] and [`message`] put them together.
//! - [`calendar_file`] writes iCalendar, with the rules of the zone from [`zone_rules`].
//!
//! Nothing here is kept or sent anywhere: a paper is made when somebody asks for it. How it looks, and printing it, is the
//! window's affair; so is the day sheet, which is for the desk and not for customers.

pub mod calendar_file;
mod message;
pub mod occasion;
mod qr;
mod slip;
pub mod words;
mod zone_rules;

use std::path::PathBuf;

use chrono::{DateTime, NaiveDate, Utc};
use cubu_s2s::{Appointment, QueuedCase, ServiceId, ServiceTypeId};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

pub use calendar_file::CalendarFile;
use calendar_file::Lineage;
use occasion::Occasion;
pub use qr::QrCode;
pub use slip::{Slip, SlipLine};
pub use words::PaperLanguage;
use words::Words;

use crate::{catalogue::Catalogue, text::Text};

/// Which appointment papers are wanted for.
#[derive(Clone, Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct GetAppointmentPapers {
    /// Its service.
    pub service_id: ServiceId,
    /// Its day.
    #[ts(type = "string")]
    pub date: NaiveDate,
    /// The appointment, as Cubu lists it.
    pub appointment: Appointment,
    /// In which language, when not in the appointment's own.
    #[serde(default)]
    #[ts(optional)]
    pub language: Option<String>,
}

/// The calendar file of an appointment, into a file.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct ExportAppointmentToFile {
    /// Where to, as chosen in the system's dialog.
    #[ts(type = "string")]
    pub path: PathBuf,
    /// Which appointment.
    pub of: GetAppointmentPapers,
}

/// Which walk-in papers are wanted for.
#[derive(Clone, Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct GetTicketPapers {
    /// The service.
    pub service_id: ServiceId,
    /// What it is for.
    #[serde(default)]
    #[ts(optional)]
    pub service_type_id: Option<ServiceTypeId>,
    /// The case, as Cubu answered.
    pub case: QueuedCase,
    /// Who stands there.
    #[serde(default)]
    #[ts(optional)]
    pub customer_name: Option<String>,
    /// In which language, when not in the case's own.
    #[serde(default)]
    #[ts(optional)]
    pub language: Option<String>,
}

/// What a customer takes home.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Papers {
    /// The language they are in.
    pub language: PaperLanguage,
    /// Every language they could be in.
    pub languages: Vec<PaperLanguage>,
    /// To print.
    pub slip: Slip,
    /// To send.
    pub message: String,
    /// For the customer's calendar; a place in the queue has none.
    pub calendar_file: Option<CalendarFile>,
    /// Why there is none.
    pub calendar_file_problem: Option<Text>,
}

/// Makes the papers of an appointment.
pub fn of_appointment(
    organization: &str,
    catalogue: &Catalogue,
    request: &GetAppointmentPapers,
    lineage: Result<Lineage, Text>,
    now: DateTime<Utc>,
) -> Papers {
    let occasion = Occasion::of(organization, catalogue, request);
    let asked = [
        request.language.as_deref(),
        request.appointment.language.as_deref(),
    ];
    let words = Words::for_customer(&asked);
    let written =
        lineage.and_then(|lineage| calendar_file::write(&occasion, &words, &lineage, now));
    let (calendar_file, calendar_file_problem) = match written {
        Ok(file) => (Some(file), None),
        Err(problem) => (None, Some(problem)),
    };
    Papers {
        language: words.language(),
        languages: words::languages(),
        slip: slip::of_appointment(&occasion, &words),
        message: message::of_appointment(&occasion, &words),
        calendar_file,
        calendar_file_problem,
    }
}

/// Makes the papers of a walk-in.
pub fn of_ticket(organization: &str, catalogue: &Catalogue, request: &GetTicketPapers) -> Papers {
    let asked = [
        request.language.as_deref(),
        request.case.language.as_deref(),
    ];
    let words = Words::for_customer(&asked);
    let ticket = slip::Ticketed::of(organization, catalogue, request);
    Papers {
        language: words.language(),
        languages: words::languages(),
        slip: slip::of_ticket(&ticket, &words),
        message: message::of_ticket(&ticket, &words),
        calendar_file: None,
        calendar_file_problem: None,
    }
}

#[cfg(test)]
mod tests;
