//! Practice mode: a Cubu of its own inside this program, on loopback. Its secret lives in memory only, nothing of it is
//! kept, and its catalogue is filled at once from the world the simulator made.

use std::{fmt, time::Duration};

use cubu_s2s::UserId;
use cubu_simulator::Running;
use secrecy::SecretString;
use serde::Deserialize;
use serde_json::Value;

use crate::{
    agent::AgentDesk,
    catalogue::{
        Catalogue, CatalogueCaseField, CatalogueCaseTag, CatalogueField, CatalogueService,
        CatalogueServiceType, CatalogueUnit, ServiceKind,
    },
    error::Error,
    fields,
    profiles::{Profile, ProfileDraft},
};

/// A running practice organisation. It ends when this is dropped.
pub struct Practice {
    running: Running,
    profile: Profile,
    world: World,
}

impl fmt::Debug for Practice {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Practice")
            .field("profile", &self.profile)
            .finish_non_exhaustive()
    }
}

/// How the practice organisation is made.
#[derive(Clone, Copy, Debug, Default)]
pub struct Pace {
    /// The same seed makes the same world.
    pub seed: Option<u64>,
    /// The pause between two acts of other people; without it nobody else acts.
    pub life: Option<Duration>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct World {
    organization: Organization,
    units: Vec<CatalogueUnit>,
    services: Vec<WorldService>,
    service_types: Vec<CatalogueServiceType>,
    users: Vec<WorldUser>,
    customer_fields: Vec<CatalogueField>,
    case_fields: Vec<CatalogueCaseField>,
    tags: Vec<CatalogueCaseTag>,
}

#[derive(Deserialize)]
struct Organization {
    name: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct WorldService {
    #[serde(flatten)]
    service: CatalogueService,
    service_type_ids: Vec<cubu_s2s::ServiceTypeId>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct WorldUser {
    user_id: UserId,
    display_name: String,
}

impl Practice {
    /// Starts a practice organisation.
    pub async fn start(pace: Pace) -> Result<Self, Error> {
        let usual = cubu_simulator::Options::default();
        let options = cubu_simulator::Options {
            seed: pace.seed.unwrap_or(usual.seed),
            life: pace.life,
            ..usual
        };
        let running = cubu_simulator::start(options)
            .await
            .map_err(|failure| Error::PracticeFailed(failure.to_string()))?;
        let world = read(running.world())?;
        let connection = &running.connection;
        let draft = ProfileDraft {
            id: None,
            name: world.organization.name.clone(),
            authority: connection.authority.clone(),
            base_url: connection.base_url.clone(),
            tenant_id: connection.tenant_id.clone(),
            client_id: connection.client_id.clone(),
            application_id: connection.application_id.clone(),
            cubu_web_url: None,
            customer_id_spelling: cubu_s2s::CustomerIdSpelling::default(),
            addresses: Vec::new(),
        };
        let profile = draft.check().map_err(Error::Fields)?;
        Ok(Self {
            running,
            profile,
            world,
        })
    }

    /// Its profile.
    pub fn profile(&self) -> &Profile {
        &self.profile
    }

    /// Its secret, invented with the world and worth nothing outside it.
    pub fn secret(&self) -> SecretString {
        self.running.connection.client_secret.as_str().into()
    }

    /// Everything there is to know about it.
    pub fn catalogue(&self) -> Catalogue {
        let mut catalogue = Catalogue {
            services: Vec::new(),
            service_types: self.world.service_types.clone(),
            units: self.world.units.clone(),
            fields: self.world.customer_fields.clone(),
            case_fields: self.world.case_fields.clone(),
            case_tags: self.world.tags.clone(),
        };
        for WorldService {
            service,
            service_type_ids,
        } in &self.world.services
        {
            catalogue.services.push(service.clone());
            for service_type in &mut catalogue.service_types {
                if service_type_ids.contains(&service_type.service_type_id) {
                    service_type.service_ids.push(service.service_id);
                }
            }
        }
        catalogue
            .services
            .sort_by_key(|service| service.kind != ServiceKind::Appointment);
        catalogue
    }

    /// An agent to practise as.
    pub fn agent(&self) -> AgentDesk {
        let user = self.world.users.first();
        user.map_or_else(AgentDesk::default, |user| {
            AgentDesk::of(user.user_id, Some(user.display_name.clone()))
        })
    }

    /// The simulator behind it, for what practice mode shows and tests look at.
    pub fn simulator(&self) -> &Running {
        &self.running
    }
}

fn read(world: Value) -> Result<World, Error> {
    fields::read(world)
        .map_err(|fault| Error::PracticeFailed(format!("its world has no usable {}", fault.field)))
}
