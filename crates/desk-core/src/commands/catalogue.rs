//! The catalogue: by hand, and by pasted ids that Cubu is asked about.

use chrono::Days;
use cubu_s2s::{ErrorKind, FieldTypeId, ListCalendars, ServiceId, ServiceTypeId, TagId, UnitId};
use futures_util::future::join_all;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::Nothing;
use crate::{
    catalogue::{
        Catalogue, CatalogueCaseField, CatalogueCaseTag, CatalogueKind, CatalogueService,
        CatalogueServiceType, CatalogueUnit, Learn, ServiceKind,
        pasted::{self, Piece},
    },
    connection::Connection,
    day,
    desk::Desk,
    error::Error,
    fields::FieldError,
    messages,
    text::Text,
    zones,
};

const LONGEST_NAME: usize = 120;
const LONGEST_DURATION: u16 = 24 * 60;
/// A service may have no calendars today: the days ahead are asked for too.
const DAYS_AHEAD: u64 = 7;

/// A service as typed.
#[derive(Clone, Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PutService {
    /// Its id.
    pub service_id: String,
    /// What people call it.
    pub name: String,
    /// The unit it belongs to.
    #[serde(default)]
    #[ts(optional)]
    pub unit_id: Option<String>,
    /// How cases come in.
    pub kind: ServiceKind,
}

/// A service type as typed.
#[derive(Clone, Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PutServiceType {
    /// Its id.
    pub service_type_id: String,
    /// What people call it.
    pub name: String,
    /// The services that offer it.
    pub service_ids: Vec<String>,
    /// Minutes it takes.
    #[serde(default)]
    #[ts(optional)]
    pub duration: Option<u16>,
}

/// A unit as typed.
#[derive(Clone, Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PutUnit {
    /// Its id.
    pub unit_id: String,
    /// What people call it.
    pub name: String,
    /// Its time zone, an IANA or a Windows name.
    #[serde(default)]
    #[ts(optional)]
    pub time_zone: Option<String>,
}

/// A case field as typed.
#[derive(Clone, Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PutCaseField {
    /// Its id.
    pub field_type_id: String,
    /// What people call it.
    pub name: String,
    /// The services whose cases have it; none means all.
    #[serde(default)]
    pub service_ids: Vec<String>,
}

/// A case tag as typed.
#[derive(Clone, Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PutCaseTag {
    /// Its id.
    pub tag_id: String,
    /// What people call it.
    pub name: String,
}

/// An entry to remove.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct RemoveCatalogueEntry {
    /// What kind of entry.
    pub kind: CatalogueKind,
    /// Its id.
    pub id: String,
}

/// Pasted text with ids of services in it.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct LearnServices {
    /// The text.
    pub text: String,
}

/// Something pasted that did not become a service.
#[derive(Clone, Debug, Serialize, TS)]
pub struct RefusedLine {
    /// What was pasted.
    pub input: String,
    /// Why not.
    pub reason: Text,
}

/// What became of pasted text.
#[derive(Clone, Debug, Default, Serialize, TS)]
pub struct LearnedServices {
    /// The services found.
    pub added: Vec<CatalogueService>,
    /// What was not.
    pub refused: Vec<RefusedLine>,
}

/// The catalogue of the connected organisation.
pub async fn get_catalogue(desk: &Desk, _: Nothing) -> Result<Catalogue, Error> {
    Ok(desk.connection().await?.catalogue().await)
}

/// Adds or changes a service.
pub async fn put_service(desk: &Desk, request: PutService) -> Result<Catalogue, Error> {
    let mut form = Form::default();
    let name = form.name(&request.name);
    let service_id = form.id::<ServiceId>("serviceId", &request.service_id);
    let unit = request
        .unit_id
        .as_deref()
        .map(str::trim)
        .filter(|text| !text.is_empty());
    let unit_id = unit.and_then(|text| form.id::<UnitId>("unitId", text));
    let (Some(name), Some(service_id)) = (name, service_id) else {
        return Err(form.refusal());
    };
    form.finish()?;
    change(desk, |catalogue| {
        let known = catalogue.service(service_id).cloned();
        let known = known.unwrap_or_else(|| CatalogueService::named(service_id, String::new()));
        catalogue.put_service(CatalogueService {
            name,
            unit_id,
            kind: request.kind,
            ..known
        });
    })
    .await
}

/// Adds or changes a service type.
pub async fn put_service_type(desk: &Desk, request: PutServiceType) -> Result<Catalogue, Error> {
    let mut form = Form::default();
    let name = form.name(&request.name);
    let id = form.id::<ServiceTypeId>("serviceTypeId", &request.service_type_id);
    let service_ids = form.services(&request.service_ids);
    if request
        .duration
        .is_some_and(|minutes| !(1..=LONGEST_DURATION).contains(&minutes))
    {
        form.note(
            "duration",
            messages::field_out_of_range(1, i32::from(LONGEST_DURATION)),
        );
    }
    let (Some(name), Some(service_type_id)) = (name, id) else {
        return Err(form.refusal());
    };
    form.finish()?;
    change(desk, |catalogue| {
        let known = catalogue
            .service_types
            .iter()
            .find(|known| known.service_type_id == service_type_id);
        let color_code = known.and_then(|known| known.color_code.clone());
        let duration = request.duration;
        catalogue.put_service_type(CatalogueServiceType {
            service_type_id,
            name,
            service_ids,
            duration,
            color_code,
        });
    })
    .await
}

/// Adds or changes a unit.
pub async fn put_unit(desk: &Desk, request: PutUnit) -> Result<Catalogue, Error> {
    let mut form = Form::default();
    let name = form.name(&request.name);
    let unit_id = form.id::<UnitId>("unitId", &request.unit_id);
    let typed = request
        .time_zone
        .as_deref()
        .map(str::trim)
        .filter(|text| !text.is_empty());
    let zone = typed.and_then(zones::find);
    if let (Some(typed), None) = (typed, zone) {
        form.note("timeZone", messages::field_not_a_zone(typed));
    }
    let (Some(name), Some(unit_id)) = (name, unit_id) else {
        return Err(form.refusal());
    };
    form.finish()?;
    let time_zone = zone.map(|zone| zone.name().to_owned());
    change(desk, |catalogue| {
        catalogue.put_unit(CatalogueUnit {
            unit_id,
            name,
            time_zone,
        })
    })
    .await
}

/// Adds or changes a case field.
pub async fn put_case_field(desk: &Desk, request: PutCaseField) -> Result<Catalogue, Error> {
    let mut form = Form::default();
    let name = form.name(&request.name);
    let id = form.id::<FieldTypeId>("fieldTypeId", &request.field_type_id);
    let service_ids = form.services(&request.service_ids);
    let (Some(name), Some(field_type_id)) = (name, id) else {
        return Err(form.refusal());
    };
    form.finish()?;
    change(desk, |catalogue| {
        catalogue.put_case_field(CatalogueCaseField {
            field_type_id,
            name,
            service_ids,
        });
    })
    .await
}

/// Adds or changes a case tag.
pub async fn put_case_tag(desk: &Desk, request: PutCaseTag) -> Result<Catalogue, Error> {
    let mut form = Form::default();
    let name = form.name(&request.name);
    let id = form.id::<TagId>("tagId", &request.tag_id);
    let (Some(name), Some(tag_id)) = (name, id) else {
        return Err(form.refusal());
    };
    change(desk, |catalogue| {
        catalogue.put_case_tag(CatalogueCaseTag { tag_id, name });
    })
    .await
}

/// Removes an entry. One that is not there is as good.
pub async fn remove_catalogue_entry(
    desk: &Desk,
    request: RemoveCatalogueEntry,
) -> Result<Catalogue, Error> {
    change(desk, |catalogue| {
        catalogue.remove(request.kind, &request.id);
    })
    .await
}

/// Adds the services whose ids are in a pasted text, after asking Cubu about each.
pub async fn learn_services(desk: &Desk, request: LearnServices) -> Result<LearnedServices, Error> {
    let connection = desk.connection().await?;
    connection.client()?;
    let pieces = pasted::pieces(&request.text);
    if pieces.is_empty() {
        return Err(Error::field("text", messages::field_empty()));
    }
    let mut learned = LearnedServices::default();
    let mut ids = Vec::new();
    for piece in pieces {
        match piece {
            Piece::Id(id) => ids.push(id),
            Piece::NoId(input) => learned.refused.push(RefusedLine {
                input,
                reason: messages::pasted_no_id(),
            }),
        }
    }
    if let Some(first_left_out) = ids.get(pasted::MOST) {
        let most = i32::try_from(pasted::MOST).unwrap_or(i32::MAX);
        learned.refused.push(RefusedLine {
            input: first_left_out.to_string(),
            reason: messages::pasted_too_many(most),
        });
        ids.truncate(pasted::MOST);
    }
    let asked = join_all(ids.into_iter().map(|id| ask_about(desk, &connection, id))).await;
    let catalogue = connection.catalogue().await;
    for (id, refused) in asked {
        match (refused, catalogue.service(id)) {
            (None, Some(service)) => learned.added.push(service.clone()),
            (None, None) => {}
            (Some(reason), _) => learned.refused.push(RefusedLine {
                input: id.to_string(),
                reason,
            }),
        }
    }
    Ok(learned)
}

async fn ask_about(
    desk: &Desk,
    connection: &Connection,
    service_id: ServiceId,
) -> (ServiceId, Option<Text>) {
    let today = day::today(
        desk.clock(),
        &connection.catalogue().await,
        Some(service_id),
    )
    .today;
    for date in (0..DAYS_AHEAD).filter_map(|ahead| today.checked_add_days(Days::new(ahead))) {
        match connection.send(&ListCalendars { service_id, date }).await {
            Ok(calendars) if calendars.is_empty() => {}
            Ok(calendars) => {
                connection
                    .learn(Learn::Calendars(service_id, &calendars))
                    .await;
                return (service_id, None);
            }
            Err(Error::Call(failure)) if matches!(failure.kind, ErrorKind::NotFound(_)) => {
                return (service_id, Some(messages::pasted_unknown_service()));
            }
            Err(failure) => return (service_id, Some(failure.of("list_calendars").message)),
        }
    }
    (service_id, Some(messages::pasted_no_calendars()))
}

async fn change(desk: &Desk, change: impl FnOnce(&mut Catalogue)) -> Result<Catalogue, Error> {
    let connection = desk.connection().await?;
    connection
        .change_catalogue(|catalogue| {
            change(catalogue);
            catalogue.clone()
        })
        .await
}

/// What is wrong with a form, field by field.
#[derive(Default)]
struct Form(Vec<FieldError>);

impl Form {
    fn note(&mut self, field: &str, message: Text) {
        self.0.push(FieldError::new(field, message));
    }

    fn name(&mut self, typed: &str) -> Option<String> {
        let name = typed.trim();
        if name.is_empty() {
            self.note("name", messages::field_empty());
        } else if name.chars().count() > LONGEST_NAME {
            self.note("name", messages::field_too_long(120));
        } else {
            return Some(name.to_owned());
        }
        None
    }

    fn id<Id: std::str::FromStr>(&mut self, field: &str, typed: &str) -> Option<Id> {
        let id = typed.parse().ok();
        if id.is_none() {
            self.note(field, messages::field_not_an_id());
        }
        id
    }

    /// Each service once, in the order given.
    fn services(&mut self, typed: &[String]) -> Vec<ServiceId> {
        let mut ids = Vec::new();
        for (place, text) in typed.iter().enumerate() {
            let id = self.id(&format!("serviceIds[{place}]"), text);
            ids.extend(id.filter(|id| !ids.contains(id)));
        }
        ids
    }

    fn refusal(self) -> Error {
        Error::Fields(self.0)
    }

    fn finish(self) -> Result<(), Error> {
        if self.0.is_empty() {
            Ok(())
        } else {
            Err(self.refusal())
        }
    }
}
