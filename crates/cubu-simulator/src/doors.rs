//! What tests and practice mode may see of the world without going through the API. Leaves out secrets.

use serde_json::{Value, json};

use crate::model::{Named, ServiceKind};
use crate::rules::customers::{self, display_name};
use crate::state::State;

/// The whole catalogue with its ids, and who is where right now.
pub(crate) fn world(state: &State) -> Value {
    json!({
        "organization": {
            "organizationId": state.organization.id,
            "name": state.organization.name,
            "customersDataTableId": state.organization.customers_table,
            "languages": state.organization.languages,
            "tracksAgents": state.organization.tracks_agents,
        },
        "roles": state.roles.iter().map(|role| role.name()).collect::<Vec<_>>(),
        "units": state.units.iter().map(|unit| json!({
            "unitId": unit.id,
            "name": unit.name,
            "timeZone": unit.zone.name(),
        })).collect::<Value>(),
        "serviceCategories": state.categories.iter().map(|category| json!({
            "serviceCategoryId": category.id,
            "name": category.name,
        })).collect::<Value>(),
        "services": services(state),
        "serviceTypes": state.service_types.iter().map(|kind| json!({
            "serviceTypeId": kind.id,
            "name": kind.name,
            "serviceCategoryId": kind.category,
            "duration": kind.duration,
            "colorCode": kind.color,
            "channels": kind.channels.iter().map(|channel| channel.name()).collect::<Vec<_>>(),
        })).collect::<Value>(),
        "inboxes": state.inboxes.iter().map(|inbox| json!({
            "inboxId": inbox.id,
            "name": inbox.name,
            "unitId": inbox.unit,
        })).collect::<Value>(),
        "workspaces": state.workspaces.iter().map(|workspace| json!({
            "workspaceId": workspace.id,
            "name": workspace.name,
            "unitId": workspace.unit,
            "startNextBehavior": workspace.start_next.name(),
            "inboxIds": workspace.inboxes.iter().map(|(inbox, _)| inbox).collect::<Vec<_>>(),
        })).collect::<Value>(),
        "workstations": state.workstations.iter().map(|workstation| json!({
            "workstationId": workstation.id,
            "name": workstation.name,
            "unitId": workstation.unit,
            "isActive": workstation.active,
            "userId": workstation.occupied_by,
        })).collect::<Value>(),
        "users": users(state),
        "backOfficeTasks": named(&state.back_office_tasks, "backOfficeTaskId"),
        "tags": named(&state.tags, "tagId"),
        "caseFields": named(&state.case_fields, "fieldTypeId"),
        "customerFields": state.customer_fields.iter().map(|field| json!({
            "fieldTypeId": field.id,
            "name": field.name,
            "slug": field.slug,
            "dataType": field.kind.name(),
            "isKey": field.is_key,
            "isRequired": field.is_required,
        })).collect::<Value>(),
        "customers": customers(state),
        "queue": queue(state),
    })
}

fn named(list: &[Named], id: &str) -> Value {
    list.iter()
        .map(|item| json!({ id: item.id, "name": item.name }))
        .collect()
}

fn services(state: &State) -> Value {
    state
        .services
        .iter()
        .map(|service| {
            let kind = match service.kind {
                ServiceKind::Appointment => "appointment",
                ServiceKind::WalkIn => "walkIn",
            };
            json!({
                "serviceId": service.id,
                "name": service.name,
                "unitId": service.unit,
                "kind": kind,
                "serviceCategoryId": service.category,
                "serviceTypeIds": service.types,
                "inboxId": service.inbox,
                "isCustomerRequired": service.requires_customer,
                "isPhoneNumberRequired": service.requires_phone,
                "isEmailRequired": service.requires_email,
                "agentsBookingWindowDays": service.agents_window_days,
            })
        })
        .collect()
}

fn users(state: &State) -> Value {
    state
        .users
        .iter()
        .map(|user| {
            json!({
                "userId": user.id,
                "displayName": user.display_name,
                "email": user.email,
                "roles": user.roles,
                "unitIds": user.units,
                "currentUnitId": user.current_unit,
                "status": user.presence.name(),
            })
        })
        .collect()
}

fn customers(state: &State) -> Value {
    state
        .customers
        .values()
        .map(|customer| {
            let text = |slug| customers::text_of(state, customer, slug);
            json!({
                "recordId": customer.id,
                "displayName": display_name(state, customer),
                "nationalId": text(customers::NATIONAL_ID),
                "phone": text(customers::PHONE),
                "email": text(customers::EMAIL),
            })
        })
        .collect()
}

/// The cases that stand in a queue or are being served: the API lists only an agent's own.
fn queue(state: &State) -> Value {
    use crate::model::CaseStatus::{Active, Pending, Waiting};
    let mut cases: Vec<_> = state
        .cases
        .values()
        .filter(|case| matches!(case.status, Active | Pending | Waiting))
        .collect();
    cases.sort_by(|left, right| left.rank.total_cmp(&right.rank));
    cases
        .into_iter()
        .map(|case| {
            json!({
                "caseId": case.id,
                "status": case.status.name(),
                "unitId": case.unit,
                "inboxId": case.inbox,
                "ticket": format!("{}{}", case.ticket.prefix, case.ticket.number),
                "assignedTo": case.assigned_to,
                "lockedBy": case.locked_by,
            })
        })
        .collect()
}
