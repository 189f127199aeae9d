//! What the API does not list: the services, service types and units of the organisation, the fields of its customers,
//! and the fields and tags of its cases. Filled by hand and by learning from answers ([`learn`]); no person's details are
//! ever in it.

mod learn;
pub mod pasted;

use cubu_s2s::{FieldTypeId, ServiceId, ServiceTypeId, TagId, UnitId};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::documents::Format;

pub use learn::Learn;

/// The document a catalogue is kept in.
pub const FORMAT: Format = Format::kept("front-desk-catalogue");

/// How cases come in through a service.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum ServiceKind {
    /// By appointment.
    Appointment,
    /// As walk-ins.
    WalkIn,
    /// Not known.
    #[default]
    Unknown,
}

/// A service.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CatalogueService {
    /// The service.
    pub service_id: ServiceId,
    /// What people call it.
    pub name: String,
    /// The unit it belongs to.
    #[serde(default)]
    pub unit_id: Option<UnitId>,
    /// The category of its cases.
    #[serde(default)]
    pub category_name: Option<String>,
    /// How cases come in.
    #[serde(default)]
    pub kind: ServiceKind,
    /// Its time zone, in the words of Cubu or an IANA name; learnt from its appointments.
    #[serde(default)]
    pub time_zone: Option<String>,
    /// Whether a booking needs a customer.
    #[serde(default)]
    pub is_customer_required: Option<bool>,
    /// Whether a booking needs a telephone number.
    #[serde(default)]
    pub is_phone_number_required: Option<bool>,
    /// Whether a booking needs an e-mail address.
    #[serde(default)]
    pub is_email_required: Option<bool>,
}

impl CatalogueService {
    /// A service of which only the name is known.
    pub fn named(service_id: ServiceId, name: String) -> Self {
        Self {
            service_id,
            name,
            unit_id: None,
            category_name: None,
            kind: ServiceKind::Unknown,
            time_zone: None,
            is_customer_required: None,
            is_phone_number_required: None,
            is_email_required: None,
        }
    }
}

/// A service type.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CatalogueServiceType {
    /// The service type.
    pub service_type_id: ServiceTypeId,
    /// What people call it.
    pub name: String,
    /// The services that offer it.
    #[serde(default)]
    pub service_ids: Vec<ServiceId>,
    /// Minutes it takes.
    #[serde(default)]
    pub duration: Option<u16>,
    /// Its colour, a name or a hex code.
    #[serde(default)]
    pub color_code: Option<String>,
}

/// A unit.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CatalogueUnit {
    /// The unit.
    pub unit_id: UnitId,
    /// What people call it.
    pub name: String,
    /// Its time zone, an IANA name.
    #[serde(default)]
    pub time_zone: Option<String>,
}

/// A field of the customers table.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CatalogueField {
    /// The field type.
    pub field_type_id: FieldTypeId,
    /// What people call it.
    pub name: String,
    /// Its short name in addresses and queries.
    #[serde(default)]
    pub slug: Option<String>,
    /// What it holds.
    #[serde(default)]
    pub data_type: Option<String>,
    /// Whether customers are looked up by it.
    #[serde(default)]
    pub is_key: bool,
    /// Whether it must be filled in.
    #[serde(default)]
    pub is_required: bool,
    /// Its place among the fields.
    #[serde(default)]
    pub position: Option<i32>,
}

/// A field of cases. No call lists them, and no answer was seen that tells their names: they come by hand only.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CatalogueCaseField {
    /// The field type.
    pub field_type_id: FieldTypeId,
    /// What people call it.
    pub name: String,
    /// The services whose cases have it; none means all.
    #[serde(default)]
    pub service_ids: Vec<ServiceId>,
}

/// A tag of cases; like their fields, by hand only.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CatalogueCaseTag {
    /// The tag.
    pub tag_id: TagId,
    /// What people call it.
    pub name: String,
}

/// What this desk knows about the organisation behind one profile.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Catalogue {
    /// Services.
    #[serde(default)]
    pub services: Vec<CatalogueService>,
    /// Service types.
    #[serde(default)]
    pub service_types: Vec<CatalogueServiceType>,
    /// Units.
    #[serde(default)]
    pub units: Vec<CatalogueUnit>,
    /// Customer fields.
    #[serde(default)]
    pub fields: Vec<CatalogueField>,
    /// Case fields.
    #[serde(default)]
    pub case_fields: Vec<CatalogueCaseField>,
    /// Case tags.
    #[serde(default)]
    pub case_tags: Vec<CatalogueCaseTag>,
}

/// What kind of entry is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum CatalogueKind {
    /// A service.
    Service,
    /// A service type.
    ServiceType,
    /// A unit.
    Unit,
    /// A customer field.
    Field,
    /// A case field.
    CaseField,
    /// A case tag.
    CaseTag,
}

impl Catalogue {
    /// A service.
    pub fn service(&self, id: ServiceId) -> Option<&CatalogueService> {
        self.services
            .iter()
            .find(|service| service.service_id == id)
    }

    /// A unit.
    pub fn unit(&self, id: UnitId) -> Option<&CatalogueUnit> {
        self.units.iter().find(|unit| unit.unit_id == id)
    }

    /// The name of a service's zone: its unit's, set by hand, before what its appointments said.
    pub fn zone_name(&self, id: ServiceId) -> Option<&str> {
        let service = self.service(id)?;
        let unit = service.unit_id.and_then(|unit| self.unit(unit));
        unit.and_then(|unit| unit.time_zone.as_deref())
            .or(service.time_zone.as_deref())
    }

    /// Adds a service or replaces the one with its id.
    pub fn put_service(&mut self, service: CatalogueService) {
        put(&mut self.services, service, |service| service.service_id);
    }

    /// Adds a service type or replaces the one with its id.
    pub fn put_service_type(&mut self, service_type: CatalogueServiceType) {
        put(&mut self.service_types, service_type, |service_type| {
            service_type.service_type_id
        });
    }

    /// Adds a unit or replaces the one with its id.
    pub fn put_unit(&mut self, unit: CatalogueUnit) {
        put(&mut self.units, unit, |unit| unit.unit_id);
    }

    /// Adds a customer field or replaces the one with its id.
    pub fn put_field(&mut self, field: CatalogueField) {
        put(&mut self.fields, field, |field| field.field_type_id);
        self.fields
            .sort_by_key(|field| field.position.unwrap_or(i32::MAX));
    }

    /// Adds a case field or replaces the one with its id.
    pub fn put_case_field(&mut self, field: CatalogueCaseField) {
        put(&mut self.case_fields, field, |field| field.field_type_id);
    }

    /// Adds a case tag or replaces the one with its id.
    pub fn put_case_tag(&mut self, tag: CatalogueCaseTag) {
        put(&mut self.case_tags, tag, |tag| tag.tag_id);
    }

    /// Removes an entry; answers whether it was there. What points at it stays, and then points at nothing known.
    pub fn remove(&mut self, kind: CatalogueKind, id: &str) -> bool {
        fn gone<T>(entries: &mut Vec<T>, id: impl Fn(&T) -> String, wanted: &str) -> bool {
            let before = entries.len();
            entries.retain(|entry| !id(entry).eq_ignore_ascii_case(wanted.trim()));
            entries.len() < before
        }
        match kind {
            CatalogueKind::Service => {
                gone(&mut self.services, |entry| entry.service_id.to_string(), id)
            }
            CatalogueKind::ServiceType => gone(
                &mut self.service_types,
                |entry| entry.service_type_id.to_string(),
                id,
            ),
            CatalogueKind::Unit => gone(&mut self.units, |entry| entry.unit_id.to_string(), id),
            CatalogueKind::Field => gone(
                &mut self.fields,
                |entry| entry.field_type_id.to_string(),
                id,
            ),
            CatalogueKind::CaseField => gone(
                &mut self.case_fields,
                |entry| entry.field_type_id.to_string(),
                id,
            ),
            CatalogueKind::CaseTag => {
                gone(&mut self.case_tags, |entry| entry.tag_id.to_string(), id)
            }
        }
    }

    /// Takes over what another catalogue knows: its entries win over those with the same id.
    pub fn merge(&mut self, other: Self) {
        other
            .services
            .into_iter()
            .for_each(|service| self.put_service(service));
        other
            .service_types
            .into_iter()
            .for_each(|service_type| self.put_service_type(service_type));
        other.units.into_iter().for_each(|unit| self.put_unit(unit));
        other
            .fields
            .into_iter()
            .for_each(|field| self.put_field(field));
        other
            .case_fields
            .into_iter()
            .for_each(|field| self.put_case_field(field));
        other
            .case_tags
            .into_iter()
            .for_each(|tag| self.put_case_tag(tag));
    }
}

fn put<T, Id: PartialEq>(entries: &mut Vec<T>, entry: T, id: impl Fn(&T) -> Id) {
    match entries.iter_mut().find(|known| id(known) == id(&entry)) {
        Some(known) => *known = entry,
        None => entries.push(entry),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::documents;

    const ID: &str = "5b0d6c1e-8888-4a6e-9d10-00000000ca5e";

    fn document(more: Value) -> Value {
        let mut document = documents::to_value(&Catalogue::default(), FORMAT).unwrap();
        let members = document.as_object_mut().unwrap();
        members.extend(more.as_object().unwrap().clone());
        document
    }

    #[test]
    fn a_catalogue_from_before_case_fields_and_tags_still_reads() {
        let units = json!([{ "unitId": ID, "name": "Town hall" }]);
        let mut old = document(json!({ "units": units }));
        let members = old.as_object_mut().unwrap();
        assert!(members.remove("caseFields").is_some() && members.remove("caseTags").is_some());
        let read: Catalogue = documents::parse(&old.to_string(), FORMAT).unwrap();
        assert_eq!(read.units.len(), 1);
        assert!(read.case_fields.is_empty() && read.case_tags.is_empty());
    }

    #[test]
    fn case_fields_and_tags_are_kept_and_each_id_once() {
        let twice = document(json!({
            "caseFields": [{ "fieldTypeId": ID, "name": "Reason" }, { "fieldTypeId": ID, "name": "Reason for the visit" }],
            "caseTags": [{ "tagId": ID, "name": "Chair" }, { "tagId": ID, "name": "Wheelchair" }],
        }));
        let incoming: Catalogue = documents::parse(&twice.to_string(), FORMAT).unwrap();
        let mut catalogue = Catalogue::default();
        catalogue.merge(incoming);
        let kept = documents::to_value(&catalogue, FORMAT).unwrap();
        assert_eq!(
            kept["caseFields"],
            json!([{ "fieldTypeId": ID, "name": "Reason for the visit", "serviceIds": [] }])
        );
        assert_eq!(
            kept["caseTags"],
            json!([{ "tagId": ID, "name": "Wheelchair" }])
        );
        assert!(catalogue.remove(CatalogueKind::CaseField, ID));
        assert!(catalogue.remove(CatalogueKind::CaseTag, ID));
        assert_eq!(catalogue, Catalogue::default());
    }
}
