//! A service's day and the days ahead: many small reads put together, each part with its own outcome. How many go at once
//! is the connection's affair.
//! Today and the minute it is are told in the unit's zone, so that the window does no arithmetic with time.

mod board;
mod reading;

use chrono::Days;
use cubu_s2s::{Calendar, ListAppointments, ListCalendars, ListVacancies, ServiceId};
use futures_util::future::join_all;

pub use board::{
    DayBoard, DayColumn, GetToday, KnownCalendar, LoadDay, LoadSpan, MoreOfDay, Part, ReaderId,
    SpanBoard, SpanDay, Today,
};
pub use reading::{News, Readings};

use crate::{
    catalogue::{Catalogue, Learn},
    clock::Clock,
    connection::Connection,
    error::Error,
    messages, zones,
};

/// The most days that are loaded in one go.
pub const MOST_DAYS: u16 = 31;

/// Loads a day: the calendars, then what is booked and free in each.
pub async fn load_day(
    connection: &Connection,
    clock: Clock,
    request: LoadDay,
) -> Result<DayBoard, Error> {
    let LoadDay {
        service_id, date, ..
    } = request;
    let request = &request;
    let calendars = connection.send(&ListCalendars { service_id, date }).await?;
    let columns = join_all(
        calendars
            .into_iter()
            .map(|calendar| column(connection, request, calendar)),
    )
    .await;
    learn_day(connection, request, &columns).await;
    let mut board = heading(connection, clock, request).await;
    board.columns = columns;
    Ok(board)
}

/// A day as it is told of now, without its columns.
async fn heading(connection: &Connection, clock: Clock, request: &LoadDay) -> DayBoard {
    let catalogue = connection.catalogue().await;
    let service_id = request.service_id;
    let service = catalogue.service(service_id);
    let unit = service.and_then(|service| catalogue.unit(service.unit_id?));
    let now = today(clock, &catalogue, Some(service_id));
    let zone = now.time_zone.as_deref().and_then(zones::find);
    DayBoard {
        service_id,
        service_name: service.map(|service| service.name.clone()),
        date: request.date,
        now,
        clock_shift: zone.and_then(|zone| zones::clock_shift(request.date, &zone)),
        unit_name: unit.map(|unit| unit.name.clone()),
        loaded_at: clock.now(),
        reading: false,
        columns: Vec::new(),
    }
}

async fn learn_day(connection: &Connection, request: &LoadDay, columns: &[DayColumn]) {
    let &LoadDay {
        service_id,
        service_type_id,
        ..
    } = request;
    let mut answers = Vec::new();
    for column in columns {
        answers.push(Learn::Calendars(
            service_id,
            std::slice::from_ref(&column.calendar),
        ));
        if let Some(appointments) = column.appointments.loaded() {
            answers.push(Learn::Appointments(service_id, appointments));
        }
        if let (Some(service_type_id), Some(Some(vacancies))) =
            (service_type_id, column.vacancies.loaded())
        {
            answers.push(Learn::Vacancies(service_id, service_type_id, vacancies));
        }
    }
    connection.learn_all(&answers).await;
}

async fn column(connection: &Connection, request: &LoadDay, calendar: Calendar) -> DayColumn {
    let &LoadDay {
        service_id,
        date,
        service_type_id,
        ref known,
        ..
    } = request;
    if known.iter().any(|known| known.still_reads(&calendar)) {
        return DayColumn {
            calendar,
            appointments: Part::Unchanged,
            vacancies: Part::Unchanged,
        };
    }
    let cu_index = calendar.cu_index;
    let appointments = async {
        connection
            .send(&ListAppointments {
                service_id,
                date,
                cu_index,
                customer_record_id: None,
            })
            .await
    };
    let vacancies = async {
        let Some(service_type_id) = service_type_id else {
            return Ok(None);
        };
        let call = ListVacancies {
            service_id,
            date,
            cu_index,
            service_type_id,
        };
        connection.send(&call).await.map(Some)
    };
    let (appointments, vacancies) = tokio::join!(appointments, vacancies);
    DayColumn {
        calendar,
        appointments: Part::of(appointments, "list_appointments"),
        vacancies: Part::of(vacancies, "list_vacancies"),
    }
}

/// Loads the calendars of the days ahead.
pub async fn load_span(
    connection: &Connection,
    clock: Clock,
    request: LoadSpan,
) -> Result<SpanBoard, Error> {
    let LoadSpan {
        service_id,
        from,
        days,
    } = request;
    if !(1..=MOST_DAYS).contains(&days) {
        return Err(Error::field(
            "days",
            messages::field_out_of_range(1, i32::from(MOST_DAYS)),
        ));
    }
    // A span that has no connection at all is one failure, not thirty.
    connection.client()?;
    let dates = (0..days).filter_map(|day| from.checked_add_days(Days::new(u64::from(day))));
    let days = join_all(dates.map(|date| async move {
        let calendars = connection.send(&ListCalendars { service_id, date }).await;
        SpanDay {
            date,
            calendars: Part::of(calendars, "list_calendars"),
        }
    }))
    .await;
    let loaded = days.iter().filter_map(|day| day.calendars.loaded());
    let answers: Vec<_> = loaded
        .map(|calendars| Learn::Calendars(service_id, calendars))
        .collect();
    connection.learn_all(&answers).await;
    let now = today(clock, &connection.catalogue().await, Some(service_id));
    Ok(SpanBoard {
        service_id,
        from,
        now,
        loaded_at: clock.now(),
        days,
    })
}

/// The date and minute it is for a service, as far as its zone is known.
pub fn today(clock: Clock, catalogue: &Catalogue, service: Option<ServiceId>) -> Today {
    let (now, here) = (clock.now(), clock.here());
    let name = service.and_then(|service| catalogue.zone_name(service));
    let zone = name.and_then(zones::find);
    let shown = match zone {
        Some(zone) => zones::wall_clock(now, &zone),
        None => zones::wall_clock(now, &here),
    };
    Today {
        today: shown.date,
        now_minute: shown.minute,
        time_zone: zone.map(|zone| zone.name().to_owned()),
        time_zone_differs: zone.is_some_and(|zone| zones::differs(now, zone, here)),
        time_zone_problem: name.filter(|_| zone.is_none()).map(messages::zone_unknown),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::{CatalogueService, CatalogueUnit};

    #[test]
    fn today_is_told_in_the_zone_of_the_unit_then_of_the_appointments_then_of_the_pc() {
        let clock = Clock::Still("2026-11-22T23:30:00+01:00".parse().unwrap());
        let id = "5b0d6c1e-7777-4a6e-9d10-000000000001".parse().unwrap();
        let unit_id = "5b0d6c1e-1111-4a6e-9d10-00000000e001".parse().unwrap();
        for (unit_zone, service_zone, date, minute, zone, differs, problem) in [
            (None, None, "2026-11-22", 1410, None, false, false),
            (
                None,
                Some("Israel Standard Time"),
                "2026-11-23",
                30,
                Some("Asia/Jerusalem"),
                true,
                false,
            ),
            (
                Some("Europe/Berlin"),
                Some("Israel Standard Time"),
                "2026-11-22",
                1410,
                Some("Europe/Berlin"),
                false,
                false,
            ),
            (
                None,
                Some("Nowhere Standard Time"),
                "2026-11-22",
                1410,
                None,
                false,
                true,
            ),
        ] {
            let mut catalogue = Catalogue::default();
            let mut service = CatalogueService::named(id, "Licences".to_owned());
            service.unit_id = Some(unit_id);
            service.time_zone = service_zone.map(str::to_owned);
            catalogue.put_service(service);
            catalogue.put_unit(CatalogueUnit {
                unit_id,
                name: "Town hall".to_owned(),
                time_zone: unit_zone.map(str::to_owned),
            });
            let now = today(clock, &catalogue, Some(id));
            assert_eq!(
                (
                    now.today.to_string().as_str(),
                    now.now_minute,
                    now.time_zone.as_deref(),
                    now.time_zone_differs,
                    now.time_zone_problem.is_some()
                ),
                (date, minute, zone, differs, problem)
            );
        }
    }
}
