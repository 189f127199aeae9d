//! When and where an appointment is, for whom and for what: once, for every paper made of it.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use chrono_tz::Tz;
use cubu_s2s::{Appointment, CaseId, Timestamp};

use super::GetAppointmentPapers;
use crate::{
    catalogue::Catalogue,
    zones::{self, Instant, WallClock},
};

/// An appointment as a customer has to know it.
#[derive(Clone, Debug)]
pub struct Occasion {
    /// The case.
    pub case_id: CaseId,
    /// The organisation, as this desk calls it.
    pub organization: String,
    /// Day and minute on the unit's wall clock.
    pub at: Option<WallClock>,
    /// The day, whatever is known of the minute.
    pub date: NaiveDate,
    /// The moment, where the zone or Cubu tells it.
    pub begins: Option<DateTime<Utc>>,
    /// How long it takes.
    pub minutes: Option<u16>,
    /// The unit's zone.
    pub zone: Option<Tz>,
    /// What Cubu or the catalogue call the zone, when nobody knows it.
    pub unknown_zone: Option<String>,
    /// The unit.
    pub place: Option<String>,
    /// The service.
    pub service: Option<String>,
    /// What it is for.
    pub service_type: Option<String>,
    /// The number it is called by.
    pub ticket: Option<String>,
    /// Whom it is for.
    pub customer: Option<String>,
    /// Where to meet, when it is a video appointment.
    pub meeting: Option<String>,
}

impl Occasion {
    /// Reads it from the appointment, and from the catalogue what the appointment does not say.
    pub fn of(organization: &str, catalogue: &Catalogue, request: &GetAppointmentPapers) -> Self {
        let GetAppointmentPapers {
            service_id,
            date,
            appointment,
            ..
        } = request;
        let slot = appointment.appointment.as_ref();
        let said = slot.and_then(|slot| slot.time_zone_id.as_deref());
        let names = [said, catalogue.zone_name(*service_id)];
        let zone = names.iter().flatten().find_map(|name| zones::find(name));
        let service = catalogue.service(*service_id);
        let at = wall_clock(appointment, *date);
        let told = slot.and_then(|slot| utc(slot.time_utc.as_ref()?));
        let unit = service.and_then(|service| catalogue.unit(service.unit_id?));
        let unknown = names.into_iter().flatten().next();
        Self {
            case_id: appointment.case_id,
            organization: organization.to_owned(),
            at,
            date: at.map_or(*date, |at| at.date),
            begins: begins(at, zone, told),
            minutes: slot
                .and_then(|slot| slot.duration)
                .filter(|minutes| *minutes > 0),
            zone,
            unknown_zone: unknown.filter(|_| zone.is_none()).map(str::to_owned),
            place: unit.map(|unit| unit.name.clone()),
            service: service.map(|service| service.name.clone()),
            service_type: appointment.service_type_name.clone(),
            ticket: appointment.ticket.as_ref().map(ToString::to_string),
            customer: appointment
                .customer
                .as_ref()
                .and_then(|customer| customer.display_name.clone()),
            meeting: appointment
                .online_meeting
                .as_ref()
                .and_then(|meeting| meeting.participants_url.clone())
                .filter(|url| url.starts_with("https://")),
        }
    }

    /// The moment it ends.
    pub fn ends(&self) -> Option<DateTime<Utc>> {
        self.begins?
            .checked_add_signed(TimeDelta::minutes(i64::from(self.minutes?)))
    }
}

/// What Cubu says the clock shows, before what the slot's number makes of it.
fn wall_clock(appointment: &Appointment, date: NaiveDate) -> Option<WallClock> {
    let slot = appointment.appointment.as_ref()?;
    if let Some(local) = slot.time_local.as_ref().and_then(Timestamp::wall_time) {
        return Some(zones::wall_clock(local.and_utc(), &Utc));
    }
    Some(WallClock {
        date: slot.date.unwrap_or(date),
        minute: slot.start?,
    })
}

/// A moment that Cubu calls UTC, with or without the letter.
fn utc(stamp: &Timestamp) -> Option<DateTime<Utc>> {
    stamp.utc().or_else(|| Some(stamp.wall_time()?.and_utc()))
}

/// The unit's wall clock decides; what Cubu says in UTC tells which of two equal hours is meant, and is all there is where
/// the zone is not known.
fn begins(
    at: Option<WallClock>,
    zone: Option<Tz>,
    told: Option<DateTime<Utc>>,
) -> Option<DateTime<Utc>> {
    let (Some(at), Some(zone)) = (at, zone) else {
        return told;
    };
    let agrees = |told: &DateTime<Utc>| zones::wall_clock(*told, &zone) == at;
    Some(
        told.filter(agrees)
            .unwrap_or_else(|| match zones::instant(at.date, at.minute, &zone) {
                Instant::Once(moment) | Instant::Skipped(moment) | Instant::Twice(moment) => moment,
            }),
    )
}
