//! The things a Cubu organisation is made of. Leaves out how they are printed (`wire`) and what may be done to them (`rules`).

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;
use serde_json::Value;
use uuid::Uuid;

/// Minutes since midnight, on the unit's wall clock.
pub(crate) type Minute = u16;

#[derive(Clone)]
pub(crate) struct Organization {
    pub id: Uuid,
    pub name: &'static str,
    pub customers_table: Uuid,
    pub tracks_agents: bool,
    /// Culture codes; the first is the default.
    pub languages: Vec<&'static str>,
}

#[derive(Clone)]
pub(crate) struct Unit {
    pub id: Uuid,
    pub name: &'static str,
    pub zone: Tz,
}

#[derive(Clone)]
pub(crate) struct ServiceCategory {
    pub id: Uuid,
    pub name: &'static str,
}

#[derive(Clone)]
pub(crate) struct ServiceType {
    pub id: Uuid,
    pub name: &'static str,
    pub category: Uuid,
    pub duration: Minute,
    pub color: &'static str,
    pub channels: Vec<Channel>,
    pub no_show: f64,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum ServiceKind {
    Appointment,
    WalkIn,
}

#[derive(Clone)]
pub(crate) struct Service {
    pub id: Uuid,
    pub name: &'static str,
    pub unit: Uuid,
    pub category: Uuid,
    pub kind: ServiceKind,
    pub types: Vec<Uuid>,
    pub inbox: Uuid,
    pub prefix: &'static str,
    pub next_ticket: u32,
    /// The status of a case that arrives.
    pub first_status: CaseStatus,
    pub requires_customer: bool,
    pub requires_phone: bool,
    pub requires_email: bool,
    /// How many days ahead agents, and customers themselves, may book.
    pub agents_window_days: i64,
    pub self_window_days: i64,
}

#[derive(Clone)]
pub(crate) struct Inbox {
    pub id: Uuid,
    pub name: &'static str,
    pub unit: Uuid,
    pub color: &'static str,
    pub stamp: DateTime<Utc>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum StartNextBehavior {
    Auto,
    CloseActiveTabs,
    AddTab,
}

impl StartNextBehavior {
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Auto => "Auto",
            Self::CloseActiveTabs => "CloseActiveTabs",
            Self::AddTab => "AddTab",
        }
    }
}

#[derive(Clone)]
pub(crate) struct Workspace {
    pub id: Uuid,
    pub name: &'static str,
    pub description: Option<&'static str>,
    pub unit: Uuid,
    pub start_next: StartNextBehavior,
    /// Inbox and priority; 1 is served before 2. The order is the inboxes' position.
    pub inboxes: Vec<(Uuid, u32)>,
}

#[derive(Clone)]
pub(crate) struct Workstation {
    pub id: Uuid,
    pub name: &'static str,
    pub description: Option<&'static str>,
    pub unit: Uuid,
    pub active: bool,
    pub occupied_by: Option<Uuid>,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Presence {
    Away,
    Available,
    Active,
    Unavailable,
}

impl Presence {
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Away => "Away",
            Self::Available => "Available",
            Self::Active => "Active",
            Self::Unavailable => "Unavailable",
        }
    }
}

#[derive(Clone)]
pub(crate) struct User {
    pub id: Uuid,
    pub email: String,
    pub display_name: &'static str,
    pub initials: &'static str,
    pub roles: Vec<&'static str>,
    /// The units this user may work in.
    pub units: Vec<Uuid>,
    pub current_unit: Option<Uuid>,
    pub current_workspace: Option<Uuid>,
    pub presence: Presence,
}

impl User {
    pub(crate) fn is_power_agent(&self) -> bool {
        self.roles.contains(&"PowerAgent")
    }
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) struct CalendarKey {
    pub service: Uuid,
    pub date: NaiveDate,
    pub index: u32,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Hours {
    pub start: Minute,
    pub end: Minute,
}

#[derive(Clone)]
pub(crate) struct Calendar {
    pub hours: Vec<Hours>,
    pub user: Option<Uuid>,
    pub agents_booking_active: bool,
    pub stamp: DateTime<Utc>,
    /// The cases that stand in this calendar; cancelled ones are gone.
    pub cases: Vec<Uuid>,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum CaseStatus {
    Planned,
    Waiting,
    Pending,
    Active,
    Resolved,
}

impl CaseStatus {
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Planned => "Planned",
            Self::Waiting => "Waiting",
            Self::Pending => "Pending",
            Self::Active => "Active",
            Self::Resolved => "Resolved",
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Channel {
    FaceToFace,
    Video,
    Phone,
}

impl Channel {
    pub(crate) const ALL: [Self; 3] = [Self::FaceToFace, Self::Video, Self::Phone];

    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::FaceToFace => "FaceToFace",
            Self::Video => "Video",
            Self::Phone => "Phone",
        }
    }
}

#[derive(Clone)]
pub(crate) struct Slot {
    pub key: CalendarKey,
    pub start: Minute,
    pub duration: Minute,
    pub prevent_self_check_in: bool,
}

#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Ticket {
    pub prefix: &'static str,
    pub number: u32,
}

#[derive(Clone)]
pub(crate) struct Case {
    pub id: Uuid,
    pub service: Uuid,
    pub category: Uuid,
    pub service_type: Uuid,
    pub unit: Uuid,
    pub inbox: Uuid,
    pub ticket: Ticket,
    pub status: CaseStatus,
    pub status_date: DateTime<Utc>,
    pub reference_date: DateTime<Utc>,
    pub opened: DateTime<Utc>,
    pub closed: Option<DateTime<Utc>>,
    pub assigned_to: Option<Uuid>,
    pub locked_by: Option<Uuid>,
    pub channel: Channel,
    pub rank: f64,
    pub stamp: DateTime<Utc>,
    pub workstation: Option<Uuid>,
    pub customer: Option<Uuid>,
    pub phone: Option<String>,
    pub email: Option<String>,
    pub language: &'static str,
    /// Present when the case is an appointment.
    pub slot: Option<Slot>,
    pub fields: BTreeMap<Uuid, Value>,
    pub tags: Vec<Uuid>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum FieldKind {
    Text,
    LongText,
    PhoneNumber,
    Email,
    Date,
    YesNo,
}

impl FieldKind {
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Text => "Text",
            Self::LongText => "LongText",
            Self::PhoneNumber => "PhoneNumber",
            Self::Email => "Email",
            Self::Date => "Date",
            Self::YesNo => "YesNo",
        }
    }
}

#[derive(Clone)]
pub(crate) struct FieldType {
    pub id: Uuid,
    pub name: &'static str,
    pub slug: &'static str,
    pub kind: FieldKind,
    pub is_key: bool,
    pub is_required: bool,
    pub color: Option<&'static str>,
}

#[derive(Clone)]
pub(crate) struct Customer {
    pub id: Uuid,
    pub created: DateTime<Utc>,
    pub updated: DateTime<Utc>,
    /// Field type → value; a field without a value is absent.
    pub values: BTreeMap<Uuid, Value>,
}

/// Something with an id and a name: a tag, a back-office task, a field of a case.
#[derive(Clone)]
pub(crate) struct Named {
    pub id: Uuid,
    pub name: &'static str,
}
