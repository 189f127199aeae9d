//! Values that several answers share: statuses, channels, stamps, tickets, people.
//!
//! Enums are open: a value this version does not know is kept as it came.

use std::fmt;

use chrono::{DateTime, NaiveDateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::decode::{id_or_none, text_or_number};
use crate::ids::{CustomerRecordId, DataTableId, UserId};

macro_rules! open_enums {
    ($($(#[$doc:meta])* $name:ident { $($(#[$value_doc:meta])* $value:ident),+ $(,)? })+) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(type = "string"))]
        #[serde(from = "String", into = "String")]
        pub enum $name {
            $($(#[$value_doc])* $value,)+
            /// A value this version does not know, as it came.
            Unknown(String),
        }

        impl $name {
            /// The value as the API writes it.
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$value => stringify!($value),)+
                    Self::Unknown(text) => text,
                }
            }
        }

        impl From<String> for $name {
            fn from(text: String) -> Self {
                match text.as_str() {
                    $(stringify!($value) => Self::$value,)+
                    _ => Self::Unknown(text),
                }
            }
        }

        impl From<$name> for String {
            fn from(value: $name) -> Self {
                match value {
                    $name::Unknown(text) => text,
                    known => known.as_str().to_owned(),
                }
            }
        }

        impl From<$name> for serde_json::Value {
            fn from(value: $name) -> Self {
                Self::String(value.into())
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.as_str())
            }
        }
    )+};
}

open_enums! {
    /// Where a case stands.
    CaseStatus {
        /// Booked, not checked in.
        Planned,
        /// In the queue and ready.
        Waiting,
        /// In the queue, waiting for something.
        Pending,
        /// Being served.
        Active,
        /// Handled.
        Resolved,
    }
    /// How the customer and the agent meet.
    Channel {
        /// At the desk.
        FaceToFace,
        /// Online meeting.
        Video,
        /// By telephone.
        Phone,
    }
    /// Whether a workstation is taken.
    WorkstationStatus {
        /// Free.
        Empty,
        /// Taken.
        OccupiedOpen,
    }
    /// What a workspace does with the agent's active cases when the next one starts.
    StartNextBehavior {
        /// Resolve them.
        Auto,
        /// Close their tabs, which resolves them.
        CloseActiveTabs,
        /// Leave them open.
        AddTab,
    }
    /// Who hosts an online meeting.
    MeetingProvider {
        /// Microsoft Teams.
        Teams,
        /// Zoom.
        Zoom,
        /// Google Meet.
        GoogleMeet,
    }
}

/// A point in time as the API wrote it, to the last digit: stamps are compared for equality, so nothing may be rounded away.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(type = "string"))]
#[serde(transparent)]
pub struct Timestamp(pub String);

impl Timestamp {
    /// The moment, if the text carries a zone.
    pub fn utc(&self) -> Option<DateTime<Utc>> {
        DateTime::parse_from_rfc3339(&self.0)
            .ok()
            .map(|moment| moment.with_timezone(&Utc))
    }

    /// Date and time of day as written, whatever the zone.
    pub fn wall_time(&self) -> Option<NaiveDateTime> {
        self.0.parse().ok().or_else(|| {
            DateTime::parse_from_rfc3339(&self.0)
                .ok()
                .map(|moment| moment.naive_local())
        })
    }

    /// The text as it came.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The number a customer is called by.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Ticket {
    /// Before the number.
    #[serde(default)]
    pub prefix: Option<String>,
    /// After the number.
    #[serde(default)]
    pub suffix: Option<String>,
    /// The running number; some answers give it as text.
    #[serde(default, deserialize_with = "text_or_number")]
    pub number: String,
}

impl fmt::Display for Ticket {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (prefix, suffix) = (self.prefix.as_deref(), self.suffix.as_deref());
        write!(
            f,
            "{}{}{}",
            prefix.unwrap_or_default(),
            self.number,
            suffix.unwrap_or_default()
        )
    }
}

/// A user as other answers mention one (the vendor's "User Data").
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct UserRef {
    /// The user.
    pub user_id: UserId,
    /// Name to show.
    #[serde(default)]
    pub display_name: Option<String>,
    /// Initials.
    #[serde(default)]
    pub initials: Option<String>,
    /// Address of a picture.
    #[serde(default)]
    pub picture: Option<String>,
}

/// A customer as a case mentions one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct CustomerRef {
    /// The Customers table.
    #[serde(default, deserialize_with = "id_or_none")]
    pub data_table_id: Option<DataTableId>,
    /// The customer.
    pub record_id: CustomerRecordId,
    /// Name to show.
    #[serde(default)]
    pub display_name: Option<String>,
}

/// An online meeting of a case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct OnlineMeeting {
    /// Who hosts it.
    #[serde(default)]
    pub provider: Option<MeetingProvider>,
    /// The host's id of the meeting.
    #[serde(default)]
    pub meeting_id: Option<String>,
    /// The agent's link.
    #[serde(default)]
    pub host_url: Option<String>,
    /// The customer's link.
    #[serde(default)]
    pub participants_url: Option<String>,
    /// When it was made; the documented pattern is not ISO 8601, so it stays a text.
    #[serde(default)]
    pub date_created: Option<String>,
    /// What went wrong when making it.
    #[serde(default)]
    pub error: Option<String>,
}
