//! Case Management: opening walk-in cases.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::decode::id_or_none;
use crate::endpoint::{
    CustomerIdSpelling, Endpoint, EndpointSummary, Evidence, Method, Retry, Role,
};
use crate::ids::{CaseId, CustomerRecordId, FieldTypeId, InboxId, ServiceId, ServiceTypeId, TagId};
use crate::values::{CaseStatus, Channel, Ticket, Timestamp};
use crate::wire::{JsonBody, field_values, tags};

/// Opens a walk-in case by the rules of its service.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(optional_fields))]
#[serde(rename_all = "camelCase")]
pub struct QueueUp {
    /// The service.
    pub service_id: ServiceId,
    /// What the customer comes for.
    pub service_type_id: ServiceTypeId,
    /// Language of messages; none means the organization's default.
    #[serde(default)]
    pub locale: Option<String>,
    /// How customer and agent meet.
    #[serde(default)]
    pub channel: Option<Channel>,
    /// The customer; needed when the service demands one.
    #[serde(default)]
    pub customer_record_id: Option<CustomerRecordId>,
    /// Take telephone number and e-mail address from the customer's record.
    #[serde(default)]
    pub use_customer_contact_info: Option<bool>,
    /// Telephone number; needed when the service demands one.
    #[serde(default)]
    pub contact_phone_number: Option<String>,
    /// E-mail address; needed when the service demands one.
    #[serde(default)]
    pub contact_email: Option<String>,
    /// Field values of the case.
    #[serde(default)]
    #[cfg_attr(feature = "ts", ts(optional, type = "{ [key in string]: JsonValue }"))]
    pub fields: Option<BTreeMap<FieldTypeId, Value>>,
    /// Tags of the case.
    #[serde(default)]
    pub tag_ids: Option<Vec<TagId>>,
}

impl Endpoint for QueueUp {
    const SUMMARY: &'static EndpointSummary = &EndpointSummary {
        name: "QueueUp",
        title: "Queue Up",
        method: Method::Post,
        path: "/{applicationId}/services/{serviceId}/cases",
        required_placeholders: &["applicationId", "serviceId"],
        role: Role::CaseManager,
        evidence: Evidence::Documented,
        retry: Retry::Write,
        faults: &[],
    };
    type Response = QueuedCase;

    fn path_parameters(&self) -> Vec<(&'static str, String)> {
        vec![("serviceId", self.service_id.to_string())]
    }

    fn body(&self, spelling: CustomerIdSpelling) -> Option<Value> {
        JsonBody::new()
            .with("serviceTypeId", self.service_type_id)
            .with_some("locale", self.locale.clone())
            .with_some("channel", self.channel.clone())
            .with_customer(spelling, self.customer_record_id)
            .with_some("useCustomerContactInfo", self.use_customer_contact_info)
            .with_some("contactPhoneNumber", self.contact_phone_number.clone())
            .with_some("contactEmail", self.contact_email.clone())
            .with_some("fields", self.fields.as_ref().map(field_values))
            .with_some("tagIds", self.tag_ids.as_deref().map(tags))
            .done()
    }
}

/// A walk-in case that has just been opened.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct QueuedCase {
    /// The case.
    pub case_id: CaseId,
    /// Where it stands.
    #[serde(default)]
    pub status: Option<CaseStatus>,
    /// When it was opened.
    #[serde(default)]
    pub reference_date: Option<Timestamp>,
    /// The inbox it is in.
    #[serde(default, deserialize_with = "id_or_none")]
    pub inbox_id: Option<InboxId>,
    /// Its name.
    #[serde(default)]
    pub inbox_name: Option<String>,
    /// How customer and agent meet.
    #[serde(default)]
    pub channel: Option<Channel>,
    /// Language of messages.
    #[serde(default)]
    pub language: Option<String>,
    /// The number the customer is called by.
    #[serde(default)]
    pub ticket: Option<Ticket>,
    /// Change stamp of the queue.
    #[serde(default)]
    pub queue_timestamp: Option<Timestamp>,
    /// Place in the queue.
    #[serde(default)]
    pub position: Option<u32>,
    /// Null for walk-ins in the sample.
    #[serde(default)]
    pub calendar_timestamp: Option<Timestamp>,
    /// Address of the customer's ticket, presumably.
    #[serde(default)]
    pub ticket_url: Option<String>,
}
