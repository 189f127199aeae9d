//! Free start times: working hours less what is booked, cut into steps of the service type's duration. There is no grid:
//! a gap's first slot starts where the gap starts, so 7-minute bookings leave slots at 9:07. Leaves out who may book.

use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

use crate::model::{Calendar, CalendarKey, Hours, Minute, Service};
use crate::rules::Refusal;
use crate::state::{State, wall_clock};

/// The parts of the working hours that nothing is booked in.
pub(crate) fn gaps(hours: &[Hours], booked: &[Hours]) -> Vec<Hours> {
    let mut booked = booked.to_vec();
    booked.sort_by_key(|span| span.start);
    let mut gaps = Vec::new();
    for open in hours {
        let mut from = open.start;
        for span in &booked {
            if span.end <= from || span.start >= open.end {
                continue;
            }
            if span.start > from {
                gaps.push(Hours {
                    start: from,
                    end: span.start,
                });
            }
            from = from.max(span.end);
        }
        if from < open.end {
            gaps.push(Hours {
                start: from,
                end: open.end,
            });
        }
    }
    gaps
}

/// The start times at which `duration` minutes fit, one after the other in each gap.
pub(crate) fn slots(gaps: &[Hours], duration: Minute) -> Vec<Minute> {
    let step = usize::from(duration.max(1));
    gaps.iter()
        .flat_map(|gap| {
            let last = gap.end.saturating_sub(duration);
            (gap.start..=last)
                .step_by(step)
                .filter(move |start| start + duration <= gap.end)
        })
        .collect()
}

/// What stands in a calendar, as spans of minutes.
pub(crate) fn booked(state: &State, calendar: &Calendar) -> Vec<Hours> {
    state
        .cases_in(calendar)
        .iter()
        .filter_map(|case| case.slot.as_ref())
        .map(|slot| Hours {
            start: slot.start,
            end: slot.start + slot.duration,
        })
        .collect()
}

/// Whether a day is near enough to be booked.
pub(crate) fn in_window(date: NaiveDate, today: NaiveDate, days: i64) -> bool {
    date >= today && (date - today).num_days() <= days
}

/// Whether agents, and so the API, may book in this calendar at all.
pub(crate) fn open_to_agents(
    service: &Service,
    calendar: &Calendar,
    date: NaiveDate,
    today: NaiveDate,
) -> bool {
    calendar.agents_booking_active && in_window(date, today, service.agents_window_days)
}

/// The free start times of a calendar for a service type, none of them in the past.
pub(crate) fn vacancies(
    state: &State,
    key: CalendarKey,
    service_type: Uuid,
    now: DateTime<Utc>,
) -> Result<Vec<Minute>, Refusal> {
    let service = state.service(key.service)?;
    let calendar = state.calendar(key)?;
    let kind = state.service_type(service_type)?;
    if !service.types.contains(&service_type) {
        return Err(Refusal::invalid(
            "The service does not offer this service type.",
        ));
    }
    let (today, minute) = wall_clock(now, state.unit(service.unit)?.zone);
    if !open_to_agents(service, calendar, key.date, today) {
        return Ok(Vec::new());
    }
    let not_before = if key.date == today { minute } else { 0 };
    let mut free = slots(
        &gaps(&calendar.hours, &booked(state, calendar)),
        kind.duration,
    );
    free.retain(|start| *start >= not_before);
    Ok(free)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hours(spans: &[(Minute, Minute)]) -> Vec<Hours> {
        spans
            .iter()
            .map(|&(start, end)| Hours { start, end })
            .collect()
    }

    #[test]
    fn slots_start_where_the_gap_starts() {
        let gaps = gaps(&hours(&[(540, 600)]), &hours(&[(540, 547)]));
        assert_eq!(slots(&gaps, 15), [547, 562, 577]);
    }

    #[test]
    fn a_gap_that_is_too_short_has_no_slot() {
        let gaps = gaps(&hours(&[(540, 600)]), &hours(&[(550, 590)]));
        assert_eq!(slots(&gaps, 15), Vec::<Minute>::new());
        assert_eq!(slots(&gaps, 10), [540, 590]);
    }

    #[test]
    fn overlapping_bookings_leave_what_neither_covers() {
        let gaps = gaps(
            &hours(&[(540, 600), (660, 700)]),
            &hours(&[(550, 570), (540, 580), (690, 700)]),
        );
        assert_eq!(gaps, hours(&[(580, 600), (660, 690)]));
    }
}
