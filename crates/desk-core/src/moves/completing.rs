//! What Cubu's list does not show of an appointment, found out before it is booked anew.

use cubu_s2s::BookAppointment;
use serde::Deserialize;
use ts_rs::TS;

use super::record::Move;
use crate::{error::Error, journal::Journal};

/// How to reach a customer, as their card says.
#[derive(Clone, Debug, Default, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ContactOnCard {
    /// A phone number, in whatever form it was written down.
    #[serde(default)]
    #[ts(optional)]
    pub phone: Option<String>,
    /// An e-mail address.
    #[serde(default)]
    #[ts(optional)]
    pub email: Option<String>,
}

/// Fills in what nobody said: first what this desk booked, then how the card says the customer is reached.
///
/// The card comes last: the number of a booking was said for it, and one that Cubu took once it takes again.
pub(super) async fn complete(
    journal: &Journal,
    moved: &mut Move,
    on_card: Option<ContactOnCard>,
) -> Result<(), Error> {
    let known = journal
        .booking_of(moved.profile, moved.from.case_id)
        .await?;
    let known = known.and_then(|known| serde_json::from_value::<BookAppointment>(known).ok());
    let on_card = on_card.unwrap_or_default();
    for booking in [&mut moved.from.booking, &mut moved.to] {
        if let Some(known) = &known {
            fill_in(booking, known);
        }
        reach_by_card(booking, &on_card);
    }
    Ok(())
}

/// An empty field of the card tells nothing.
fn reach_by_card(booking: &mut BookAppointment, card: &ContactOnCard) {
    let told = |text: &Option<String>| text.clone().filter(|text| !text.trim().is_empty());
    booking.contact_phone_number = booking.contact_phone_number.take().or(told(&card.phone));
    booking.contact_email = booking.contact_email.take().or(told(&card.email));
}

/// Whether a booking is what became of a wish by filling it in.
pub(super) fn is_what_came_of(booking: &BookAppointment, wish: &BookAppointment) -> bool {
    let mut filled = wish.clone();
    fill_in(&mut filled, booking);
    filled == *booking
}

fn fill_in(booking: &mut BookAppointment, known: &BookAppointment) {
    let BookAppointment {
        language,
        contact_phone_number,
        contact_email,
        prevent_self_check_in,
        fields,
        tag_ids,
        ..
    } = known.clone();
    booking.language = booking.language.take().or(language);
    booking.contact_phone_number = booking.contact_phone_number.take().or(contact_phone_number);
    booking.contact_email = booking.contact_email.take().or(contact_email);
    booking.prevent_self_check_in = booking.prevent_self_check_in.or(prevent_self_check_in);
    booking.fields = booking.fields.take().or(fields);
    booking.tag_ids = booking.tag_ids.take().or(tag_ids);
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn an_empty_field_of_the_card_is_not_sent() {
        let id = "5b0d6c1e-7777-4a6e-9d10-000000000001";
        let mut booking: BookAppointment = serde_json::from_value(json!({
            "serviceId": id, "date": "2026-11-24", "cuIndex": 0, "startTime": 540, "serviceTypeId": id,
        }))
        .unwrap();
        let card = ContactOnCard {
            phone: Some(" ".to_owned()),
            email: Some("robin.vale@example.org".to_owned()),
        };
        reach_by_card(&mut booking, &card);
        assert_eq!(booking.contact_phone_number, None);
        assert_eq!(
            booking.contact_email.as_deref(),
            Some("robin.vale@example.org")
        );
    }
}
