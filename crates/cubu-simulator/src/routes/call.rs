//! A request taken apart: path, query and body, each value checked as it is asked for. A wrong type or a malformed id is a 400
//! that names the field. Leaves out what must be there for which call.

use std::collections::{BTreeMap, HashMap};

use chrono::NaiveDate;
use serde_json::{Map, Value};
use uuid::Uuid;

use crate::model::{CalendarKey, Channel, Minute};
use crate::options::CustomerIdSpelling;
use crate::rules::Refusal;

/// A request, not yet understood.
pub(crate) struct Call {
    path: HashMap<String, String>,
    query: HashMap<String, String>,
    body: Map<String, Value>,
}

impl Call {
    /// Reads the body, if there is one: it must be a JSON object.
    pub(crate) fn new(
        path: HashMap<String, String>,
        query: HashMap<String, String>,
        body: &[u8],
    ) -> Result<Self, Refusal> {
        let body = if body.is_empty() {
            Map::new()
        } else {
            serde_json::from_slice(body).map_err(|error| {
                Refusal::invalid(format!("The body is not a JSON object: {error}."))
            })?
        };
        Ok(Self { path, query, body })
    }

    /// A segment of the path, as it came.
    pub(crate) fn in_path(&self, name: &str) -> Option<&str> {
        self.path.get(name).map(String::as_str)
    }

    /// An id in the path.
    pub(crate) fn id(&self, name: &str) -> Result<Uuid, Refusal> {
        guid(name, self.in_path(name).unwrap_or_default())
    }

    /// The calendar in the path.
    pub(crate) fn calendar(&self) -> Result<CalendarKey, Refusal> {
        let index = self.in_path("cuIndex").unwrap_or_default();
        Ok(CalendarKey {
            service: self.id("serviceId")?,
            date: self.date()?,
            index: index.parse().map_err(|_| {
                Refusal::invalid(format!("cuIndex must be a number, not \"{index}\"."))
            })?,
        })
    }

    /// The day in the path, as YYYY-MM-dd and in no other form.
    pub(crate) fn date(&self) -> Result<NaiveDate, Refusal> {
        let text = self.in_path("date").unwrap_or_default();
        let date = NaiveDate::parse_from_str(text, "%Y-%m-%d").ok();
        date.filter(|date| date.to_string() == text).ok_or_else(|| {
            Refusal::invalid(format!(
                "date must be a day like 2025-03-04, not \"{text}\"."
            ))
        })
    }

    /// An id in the query.
    pub(crate) fn query_id(&self, name: &str) -> Result<Option<Uuid>, Refusal> {
        self.query
            .get(name)
            .map(|text| guid(name, text))
            .transpose()
    }

    /// A member of the body that is there and not null.
    fn value(&self, name: &str) -> Option<&Value> {
        self.body.get(name).filter(|value| !value.is_null())
    }

    pub(crate) fn text(&self, name: &str) -> Result<Option<&str>, Refusal> {
        self.value(name)
            .map(|value| value.as_str().ok_or_else(|| wrong(name, "a text")))
            .transpose()
    }

    pub(crate) fn owned_text(&self, name: &str) -> Result<Option<String>, Refusal> {
        Ok(self.text(name)?.map(str::to_owned))
    }

    pub(crate) fn flag(&self, name: &str) -> Result<bool, Refusal> {
        self.value(name).map_or(Ok(false), |value| {
            value.as_bool().ok_or_else(|| wrong(name, "true or false"))
        })
    }

    pub(crate) fn optional_id(&self, name: &str) -> Result<Option<Uuid>, Refusal> {
        self.text(name)?.map(|text| guid(name, text)).transpose()
    }

    pub(crate) fn required_id(&self, name: &str) -> Result<Uuid, Refusal> {
        self.optional_id(name)?.ok_or_else(|| missing(name))
    }

    pub(crate) fn required_text(&self, name: &str) -> Result<&str, Refusal> {
        self.text(name)?.ok_or_else(|| missing(name))
    }

    pub(crate) fn minute(&self, name: &str) -> Result<Minute, Refusal> {
        let value = self.value(name).ok_or_else(|| missing(name))?;
        value
            .as_u64()
            .and_then(|minute| Minute::try_from(minute).ok())
            .filter(|minute| *minute < 24 * 60)
            .ok_or_else(|| wrong(name, "minutes since midnight, 0 to 1439"))
    }

    /// One of a closed list of names.
    pub(crate) fn one_of(
        &self,
        name: &str,
        names: &[&'static str],
    ) -> Result<Option<&'static str>, Refusal> {
        let Some(text) = self.text(name)? else {
            return Ok(None);
        };
        names
            .iter()
            .find(|known| **known == text)
            .map(|known| Some(*known))
            .ok_or_else(|| wrong(name, &format!("one of {}", names.join(", "))))
    }

    pub(crate) fn channel(&self) -> Result<Option<Channel>, Refusal> {
        let name = self.one_of("channel", &Channel::ALL.map(Channel::name))?;
        Ok(name.and_then(|name| {
            Channel::ALL
                .into_iter()
                .find(|channel| channel.name() == name)
        }))
    }

    /// The customer's id, under the spellings that are read; two that differ are refused.
    pub(crate) fn customer(&self, spelling: CustomerIdSpelling) -> Result<Option<Uuid>, Refusal> {
        let printed = self.optional_id("cusotmerRecordId")?;
        let correct = self.optional_id("customerRecordId")?;
        match spelling {
            CustomerIdSpelling::AsPrinted => Ok(printed),
            CustomerIdSpelling::Correct => Ok(correct),
            CustomerIdSpelling::Both
                if printed.is_some() && correct.is_some() && printed != correct =>
            {
                Err(Refusal::invalid(
                    "cusotmerRecordId and customerRecordId name two different customers.",
                ))
            }
            CustomerIdSpelling::Both => Ok(printed.or(correct)),
        }
    }

    /// Fields as a dictionary of field type and value.
    pub(crate) fn field_dictionary(&self) -> Result<BTreeMap<Uuid, Value>, Refusal> {
        let Some(value) = self.value("fields") else {
            return Ok(BTreeMap::new());
        };
        value
            .as_object()
            .ok_or_else(|| wrong("fields", "a dictionary of field type and value"))?
            .iter()
            .map(|(id, value)| Ok((guid("fields", id)?, value.clone())))
            .collect()
    }

    /// Fields as an array of objects with `fieldTypeId` and `value`.
    pub(crate) fn field_array(&self) -> Result<Vec<(Uuid, Value)>, Refusal> {
        self.value("fields")
            .ok_or_else(|| missing("fields"))?
            .as_array()
            .ok_or_else(|| wrong("fields", "an array of fieldTypeId and value"))?
            .iter()
            .map(|item| {
                let id = item
                    .get("fieldTypeId")
                    .and_then(Value::as_str)
                    .ok_or_else(|| missing("fields[].fieldTypeId"))?;
                let value = item.get("value").ok_or_else(|| missing("fields[].value"))?;
                Ok((guid("fields[].fieldTypeId", id)?, value.clone()))
            })
            .collect()
    }

    pub(crate) fn tags(&self) -> Result<Vec<Uuid>, Refusal> {
        let Some(value) = self.value("tagIds") else {
            return Ok(Vec::new());
        };
        value
            .as_array()
            .ok_or_else(|| wrong("tagIds", "an array of ids"))?
            .iter()
            .map(|item| guid("tagIds", item.as_str().unwrap_or_default()))
            .collect()
    }
}

fn guid(name: &str, text: &str) -> Result<Uuid, Refusal> {
    Uuid::try_parse(text).map_err(|_| wrong(name, "a GUID"))
}

fn wrong(name: &str, what: &str) -> Refusal {
    Refusal::invalid(format!("{name} must be {what}."))
}

fn missing(name: &str) -> Refusal {
    Refusal::invalid(format!("{name} is required."))
}
