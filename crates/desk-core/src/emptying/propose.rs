//! Which free time is proposed for which booking. Pure: it is given the bookings and the free times, and asks nobody.
//!
//! - The same service type, in any calendar but the one that is emptied.
//! - The same day before the next; of a day, the time nearest to the old one, and of two as near the later one.
//! - The calendars of the agent who is away last of all: better one of those than none.
//! - No two proposals overlap in one calendar. Who comes first that day chooses first.

use chrono::NaiveDate;
use cubu_s2s::{CaseId, CuIndex, ServiceTypeId, UserId, UserRef};

/// A booking that needs another time.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Booking {
    pub case: CaseId,
    pub start: u16,
    pub service_type: ServiceTypeId,
}

/// What is free in a calendar for a service type.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Offer {
    pub date: NaiveDate,
    pub cu_index: CuIndex,
    pub user: Option<UserRef>,
    pub service_type: ServiceTypeId,
    /// How long such an appointment lasts.
    pub minutes: Option<u16>,
    pub slots: Vec<u16>,
}

/// The calendar that is emptied.
#[derive(Clone, Copy, Debug)]
pub(super) struct Emptied {
    pub date: NaiveDate,
    pub cu_index: CuIndex,
    /// Whose it is.
    pub user: Option<UserId>,
}

/// A time for a booking.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Choice<'a> {
    pub case: CaseId,
    pub offer: &'a Offer,
    pub start: u16,
}

impl Choice<'_> {
    /// Whether both can't be booked.
    fn meets(&self, offer: &Offer, start: u16) -> bool {
        (self.offer.date, self.offer.cu_index) == (offer.date, offer.cu_index)
            && self.start < end(offer, start)
            && start < end(self.offer, self.start)
    }
}

fn end(offer: &Offer, start: u16) -> u16 {
    start.saturating_add(offer.minutes.unwrap_or(1).max(1))
}

/// Proposes a time for each booking, so far as there are any. `with_own`: also in the calendars of the agent who is away.
pub(super) fn propose<'a>(
    emptied: Emptied,
    bookings: &[Booking],
    offers: &'a [Offer],
    with_own: bool,
) -> Vec<Choice<'a>> {
    let mut waiting: Vec<&Booking> = bookings.iter().collect();
    waiting.sort_by_key(|booking| booking.start);
    let mut choices: Vec<Choice<'a>> = Vec::new();
    for booking in waiting {
        let best = offers
            .iter()
            .filter(|offer| offer.service_type == booking.service_type)
            .filter(|offer| (offer.date, offer.cu_index) != (emptied.date, emptied.cu_index))
            .filter(|offer| with_own || !is_own(emptied, offer))
            .flat_map(|offer| offer.slots.iter().map(move |start| (offer, *start)))
            .filter(|(offer, start)| !choices.iter().any(|taken| taken.meets(offer, *start)))
            .min_by_key(|(offer, start)| {
                let distance = start.abs_diff(booking.start);
                let is_earlier = *start < booking.start;
                let own = is_own(emptied, offer);
                (own, offer.date, distance, is_earlier, offer.cu_index)
            });
        if let Some((offer, start)) = best {
            choices.push(Choice {
                case: booking.case,
                offer,
                start,
            });
        }
    }
    choices
}

fn is_own(emptied: Emptied, offer: &Offer) -> bool {
    let owner = offer.user.as_ref().map(|user| user.user_id);
    emptied.user.is_some() && owner == emptied.user
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    const ILL: u8 = 1;
    const EMPTIED: u32 = 0;

    fn case(number: u8) -> CaseId {
        format!("5b0d6c1e-6666-4a6e-9d10-0000000000{number:02}")
            .parse()
            .unwrap()
    }

    fn service_type(number: u8) -> ServiceTypeId {
        format!("5b0d6c1e-2222-4a6e-9d10-0000000000{number:02}")
            .parse()
            .unwrap()
    }

    fn user(number: u8) -> UserRef {
        let id = format!("5b0d6c1e-0000-4a6e-9d10-0000000000{number:02}");
        serde_json::from_value(json!({ "userId": id })).unwrap()
    }

    fn date(day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, day).unwrap()
    }

    fn booking(number: u8, start: u16, kind: u8) -> Booking {
        Booking {
            case: case(number),
            start,
            service_type: service_type(kind),
        }
    }

    fn offer(day: u32, cu_index: u32, owner: u8, kind: u8, minutes: u16, slots: &[u16]) -> Offer {
        Offer {
            date: date(day),
            cu_index: CuIndex(cu_index),
            user: (owner > 0).then(|| user(owner)),
            service_type: service_type(kind),
            minutes: Some(minutes),
            slots: slots.to_vec(),
        }
    }

    fn emptied() -> Emptied {
        Emptied {
            date: date(23),
            cu_index: CuIndex(EMPTIED),
            user: Some(user(ILL).user_id),
        }
    }

    /// The times for the bookings in their order: day, calendar, start.
    fn proposed(bookings: &[Booking], offers: &[Offer]) -> Vec<Option<(u32, u32, u16)>> {
        use chrono::Datelike;
        let choices = propose(emptied(), bookings, offers, true);
        let of = |booking: &Booking| {
            let choice = choices.iter().find(|choice| choice.case == booking.case)?;
            let (offer, start) = (choice.offer, choice.start);
            Some((offer.date.day(), offer.cu_index.0, start))
        };
        bookings.iter().map(of).collect()
    }

    #[test]
    fn a_booking_is_proposed_the_nearest_time_of_the_nearest_day() {
        let one = [booking(1, 600, 1)];
        for (what, offers, expected) in [
            ("nothing is free", vec![], None),
            ("another type", vec![offer(23, 1, 2, 2, 10, &[600])], None),
            (
                "the calendar that is emptied",
                vec![offer(23, EMPTIED, ILL, 1, 10, &[600])],
                None,
            ),
            (
                "the nearest",
                vec![offer(23, 1, 2, 1, 10, &[540, 580, 630, 900])],
                Some((23, 1, 580)),
            ),
            (
                "of two as near the later",
                vec![offer(23, 1, 2, 1, 10, &[590, 610])],
                Some((23, 1, 610)),
            ),
            (
                "another calendar's time may be nearer",
                vec![
                    offer(23, 1, 2, 1, 10, &[660]),
                    offer(23, 2, 3, 1, 10, &[605]),
                ],
                Some((23, 2, 605)),
            ),
            (
                "the same day before a better time on the next",
                vec![
                    offer(24, 1, 2, 1, 10, &[600]),
                    offer(23, 1, 2, 1, 10, &[1000]),
                ],
                Some((23, 1, 1000)),
            ),
            (
                "the same calendar number on another day is another's",
                vec![offer(24, EMPTIED, 2, 1, 10, &[600])],
                Some((24, EMPTIED, 600)),
            ),
            (
                "the agent who is away last of all",
                vec![
                    offer(23, 3, ILL, 1, 10, &[600]),
                    offer(30, 1, 2, 1, 10, &[600]),
                ],
                Some((30, 1, 600)),
            ),
            (
                "better with them than not at all",
                vec![offer(24, 3, ILL, 1, 10, &[600])],
                Some((24, 3, 600)),
            ),
            (
                "an agent nobody knows is not the one who is away",
                vec![offer(24, 3, 0, 1, 10, &[600])],
                Some((24, 3, 600)),
            ),
        ] {
            assert_eq!(proposed(&one, &offers), [expected], "{what}");
        }
    }

    #[test]
    fn no_two_bookings_are_proposed_times_that_overlap() {
        for (what, bookings, offers, expected) in [
            (
                "one time, two bookings: the first of the day has it",
                vec![booking(1, 640, 1), booking(2, 600, 1)],
                vec![
                    offer(23, 1, 2, 1, 10, &[620]),
                    offer(24, 1, 2, 1, 10, &[620]),
                ],
                vec![Some((24, 1, 620)), Some((23, 1, 620))],
            ),
            (
                "two types on the same minutes",
                vec![booking(1, 600, 1), booking(2, 605, 2)],
                vec![
                    offer(23, 1, 2, 1, 10, &[600]),
                    offer(23, 1, 2, 2, 20, &[585, 590, 609, 610]),
                ],
                vec![Some((23, 1, 600)), Some((23, 1, 610))],
            ),
            (
                "the same minutes in two calendars",
                vec![booking(1, 600, 1), booking(2, 600, 1)],
                vec![
                    offer(23, 1, 2, 1, 10, &[600]),
                    offer(23, 2, 3, 1, 10, &[600]),
                ],
                vec![Some((23, 1, 600)), Some((23, 2, 600))],
            ),
            (
                "more bookings than times",
                vec![booking(1, 600, 1), booking(2, 610, 1)],
                vec![offer(23, 1, 2, 1, 10, &[600, 605])],
                vec![Some((23, 1, 600)), None],
            ),
        ] {
            assert_eq!(proposed(&bookings, &offers), expected, "{what}");
        }
    }

    #[test]
    fn calendars_of_the_agent_who_is_away_are_left_out_until_they_are_asked_for() {
        let offers = [offer(23, 3, ILL, 1, 10, &[600])];
        assert!(propose(emptied(), &[booking(1, 600, 1)], &offers, false).is_empty());
    }

    proptest! {
        #[test]
        fn whatever_is_free_nothing_is_proposed_twice(
            bookings in prop::collection::vec((0u16..1440, 1u8..3), 0..20),
            offers in prop::collection::vec(
                (23u32..26, 0u32..3, 1u8..3, 1u16..40, prop::collection::vec(0u16..1440, 0..20)),
                0..12,
            ),
        ) {
            let bookings: Vec<Booking> = (10u8..)
                .zip(bookings)
                .map(|(number, (start, kind))| booking(number, start, kind))
                .collect();
            let offers: Vec<Offer> = offers
                .into_iter()
                .map(|(day, cu, kind, minutes, slots)| offer(day, cu, 2, kind, minutes, &slots))
                .collect();
            let choices = propose(emptied(), &bookings, &offers, true);
            for (place, choice) in choices.iter().enumerate() {
                let booking = bookings.iter().find(|booking| booking.case == choice.case).unwrap();
                prop_assert_eq!(choice.offer.service_type, booking.service_type);
                prop_assert!(choice.offer.slots.contains(&choice.start));
                prop_assert!((choice.offer.date, choice.offer.cu_index.0) != (date(23), EMPTIED));
                for other in &choices[place + 1..] {
                    prop_assert!(other.case != choice.case);
                    prop_assert!(!choice.meets(other.offer, other.start));
                }
            }
        }
    }
}
