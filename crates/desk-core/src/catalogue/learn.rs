//! Learning from answers: what each kind of answer tells about the organisation. What Cubu says of its own things wins
//! over what was typed; where Cubu says nothing, what was typed stays.

use cubu_s2s::{
    AgentStatus, Appointment, Calendar, Case, Customer, ServiceId, ServiceTypeId, Vacancies,
};

use super::{
    Catalogue, CatalogueField, CatalogueService, CatalogueServiceType, CatalogueUnit, ServiceKind,
};

/// An answer that the catalogue can learn from.
#[derive(Clone, Copy, Debug)]
pub enum Learn<'a> {
    /// The calendars of a service.
    Calendars(ServiceId, &'a [Calendar]),
    /// The appointments of a calendar of a service.
    Appointments(ServiceId, &'a [Appointment]),
    /// Vacancies of a service for a service type.
    Vacancies(ServiceId, ServiceTypeId, &'a Vacancies),
    /// An agent's status.
    Status(&'a AgentStatus),
    /// Cases an agent serves.
    Cases(&'a [Case]),
    /// A customer.
    Customer(&'a Customer),
}

impl Catalogue {
    /// Takes over what an answer tells.
    pub fn learn(&mut self, answer: Learn<'_>) {
        match answer {
            Learn::Calendars(id, calendars) => calendars
                .iter()
                .take(1)
                .for_each(|calendar| self.learn_calendar(id, calendar)),
            Learn::Appointments(id, appointments) => {
                appointments
                    .iter()
                    .for_each(|appointment| self.learn_appointment(id, appointment));
            }
            Learn::Vacancies(service_id, service_type_id, answer) => {
                self.learn_type(
                    service_type_id,
                    answer.service_type_name.as_deref(),
                    Some(service_id),
                    answer.duration,
                    None,
                );
            }
            Learn::Status(status) => {
                if let Some(unit) = status.unit_id {
                    self.learn_unit(unit, status.unit_name.as_deref());
                }
            }
            Learn::Cases(cases) => cases.iter().for_each(|case| {
                if let Some(unit) = case.unit_id {
                    self.learn_unit(unit, case.unit_name.as_deref());
                }
                if let Some(service_type) = case.service_type_id {
                    self.learn_type(
                        service_type,
                        case.service_type_name.as_deref(),
                        None,
                        None,
                        None,
                    );
                }
            }),
            Learn::Customer(customer) => self.learn_fields(customer),
        }
    }

    fn learn_calendar(&mut self, id: ServiceId, calendar: &Calendar) {
        let known = self.service(id).cloned();
        let name = calendar
            .service_name
            .clone()
            .or_else(|| known.as_ref().map(|service| service.name.clone()));
        let known = known.unwrap_or_else(|| CatalogueService::named(id, String::new()));
        self.put_service(CatalogueService {
            name: name.unwrap_or_else(|| id.to_string()),
            kind: ServiceKind::Appointment,
            category_name: calendar
                .service_category_name
                .clone()
                .or(known.category_name),
            is_customer_required: calendar.is_customer_required.or(known.is_customer_required),
            is_phone_number_required: calendar
                .is_phone_number_required
                .or(known.is_phone_number_required),
            is_email_required: calendar.is_email_required.or(known.is_email_required),
            ..known
        });
    }

    fn learn_appointment(&mut self, id: ServiceId, appointment: &Appointment) {
        if let Some(service_type) = appointment.service_type_id {
            let colour = appointment.service_type_color_code.as_deref();
            // The length of a booking is not learnt: it may have been booked before its type was changed.
            self.learn_type(
                service_type,
                appointment.service_type_name.as_deref(),
                Some(id),
                None,
                colour,
            );
        }
        let Some(zone) = appointment
            .appointment
            .as_ref()
            .and_then(|slot| slot.time_zone_id.clone())
        else {
            return;
        };
        if let Some(service) = self
            .services
            .iter_mut()
            .find(|service| service.service_id == id)
        {
            service.time_zone = Some(zone);
        }
    }

    fn learn_type(
        &mut self,
        id: ServiceTypeId,
        name: Option<&str>,
        service: Option<ServiceId>,
        duration: Option<u16>,
        colour: Option<&str>,
    ) {
        let known = self
            .service_types
            .iter()
            .find(|known| known.service_type_id == id)
            .cloned();
        let mut service_type = known.unwrap_or_else(|| CatalogueServiceType {
            service_type_id: id,
            name: id.to_string(),
            service_ids: Vec::new(),
            duration: None,
            color_code: None,
        });
        if let Some(name) = name {
            name.clone_into(&mut service_type.name);
        }
        if let Some(service) = service.filter(|service| !service_type.service_ids.contains(service))
        {
            service_type.service_ids.push(service);
        }
        service_type.duration = duration.or(service_type.duration);
        service_type.color_code = colour.map(str::to_owned).or(service_type.color_code);
        self.put_service_type(service_type);
    }

    fn learn_unit(&mut self, id: cubu_s2s::UnitId, name: Option<&str>) {
        let known = self.unit(id).cloned();
        let mut unit = known.unwrap_or_else(|| CatalogueUnit {
            unit_id: id,
            name: id.to_string(),
            time_zone: None,
        });
        if let Some(name) = name {
            name.clone_into(&mut unit.name);
        }
        self.put_unit(unit);
    }

    fn learn_fields(&mut self, customer: &Customer) {
        for field in &customer.fields {
            let Some(field_type_id) = field.field_type_id else {
                continue;
            };
            self.put_field(CatalogueField {
                field_type_id,
                name: field
                    .field_name
                    .clone()
                    .unwrap_or_else(|| field_type_id.to_string()),
                slug: field.slug.clone(),
                data_type: field.data_type.clone(),
                is_key: field.is_key.unwrap_or_default(),
                is_required: field.is_required.unwrap_or_default(),
                position: field.position,
            });
        }
    }
}
