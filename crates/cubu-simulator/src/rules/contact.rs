//! What a phone number, an e-mail address and the required data of a service look like. Leaves out the customers' own fields.

use uuid::Uuid;

use crate::model::{Channel, Service, ServiceType};
use crate::rules::{Refusal, customers};
use crate::state::State;

/// How to reach the person a case is for.
#[derive(Default)]
pub(crate) struct Contact {
    pub customer: Option<Uuid>,
    pub phone: Option<String>,
    pub email: Option<String>,
    /// Take phone and e-mail from the customer's record where the request gives none.
    pub from_customer: bool,
}

impl Contact {
    /// Checks what was given, fills in what may be taken from the customer, and refuses what the service misses.
    pub(crate) fn settle(mut self, state: &State, service: &Service) -> Result<Self, Refusal> {
        self.phone = self.phone.filter(|phone| !phone.is_empty());
        self.email = self.email.filter(|email| !email.is_empty());
        if self
            .phone
            .as_deref()
            .is_some_and(|phone| !is_ten_digits(phone))
        {
            return Err(Refusal::invalid(
                "contactPhoneNumber must be a valid ISO-formatted 10-digit phone number.",
            ));
        }
        if self.email.as_deref().is_some_and(|email| !is_email(email)) {
            return Err(Refusal::invalid("contactEmail must be an e-mail address."));
        }
        if let Some(id) = self.customer {
            let customer = state.customer(id)?;
            if self.from_customer {
                let own = |slug| customers::text_of(state, customer, slug).map(str::to_owned);
                self.phone = self.phone.or_else(|| own(customers::PHONE));
                self.email = self.email.or_else(|| own(customers::EMAIL));
            }
        } else if service.requires_customer {
            return Err(Refusal::invalid("The service requires a customer."));
        }
        if service.requires_phone && self.phone.is_none() {
            return Err(Refusal::invalid("The service requires contactPhoneNumber."));
        }
        if service.requires_email && self.email.is_none() {
            return Err(Refusal::invalid("The service requires contactEmail."));
        }
        Ok(self)
    }
}

/// Refuses a channel that the service type does not support.
pub(crate) fn channel_of(kind: &ServiceType, channel: Option<Channel>) -> Result<Channel, Refusal> {
    let channel = channel.unwrap_or(Channel::FaceToFace);
    if kind.channels.contains(&channel) {
        Ok(channel)
    } else {
        Err(Refusal::invalid(format!(
            "The service type does not support the channel {}.",
            channel.name()
        )))
    }
}

/// The rule as the contract prints it: ten digits, nothing else.
pub(crate) fn is_ten_digits(text: &str) -> bool {
    text.len() == 10 && text.bytes().all(|byte| byte.is_ascii_digit())
}

pub(crate) fn is_email(text: &str) -> bool {
    let Some((name, host)) = text.split_once('@') else {
        return false;
    };
    let plain =
        |part: &str| !part.is_empty() && !part.contains(|c: char| c.is_whitespace() || c == '@');
    plain(name)
        && plain(host)
        && host.split('.').count() > 1
        && host.split('.').all(|label| !label.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_phone_number_is_ten_digits_and_nothing_else() {
        for (text, valid) in [
            ("0501234567", true),
            ("+972501234567", false),
            ("050-1234567", false),
            ("050123456", false),
            ("٠٥٠١٢٣٤٥٦٧", false),
        ] {
            assert_eq!(is_ten_digits(text), valid, "{text}");
        }
    }

    #[test]
    fn an_email_address_needs_a_name_and_a_host_with_a_dot() {
        for (text, valid) in [
            ("robin@example.org", true),
            ("robin@example", false),
            ("@example.org", false),
            ("robin vale@example.org", false),
            ("robin@example..org", false),
        ] {
            assert_eq!(is_email(text), valid, "{text}");
        }
    }
}
