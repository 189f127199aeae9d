//! A request together with what a window says beside it: the id of its intent, so that pressing twice asks once, and a note
//! that is kept at this desk. On the wire they are two members more of the request, `intentId` and `note`; neither is sent
//! to Cubu.

use std::{fmt, marker::PhantomData};

use serde::{
    Deserialize, Deserializer,
    de::{
        DeserializeOwned, DeserializeSeed, IntoDeserializer, MapAccess, Visitor,
        value::MapAccessDeserializer,
    },
};
use ts_rs::{Config, TS, TypeVisitor};

use crate::journal::intent::IntentId;

const INTENT: &str = "intentId";
const NOTE: &str = "note";

/// A request of a change, as a window makes it.
#[derive(Clone, Debug, PartialEq)]
pub struct Draft<C> {
    /// The intent, when the window has named one.
    pub intent_id: Option<IntentId>,
    /// The request.
    pub request: C,
    /// What is noted beside it, at this desk only.
    pub note: Option<String>,
}

impl<'de, C: DeserializeOwned> Deserialize<'de> for Draft<C> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(DraftVisitor(PhantomData))
    }
}

struct DraftVisitor<C>(PhantomData<C>);

impl<'de, C: DeserializeOwned> Visitor<'de> for DraftVisitor<C> {
    type Value = Draft<C>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a map")
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Draft<C>, A::Error> {
        let (mut intent_id, mut note) = (None, None);
        let members = OfTheRequest {
            map,
            intent_id: &mut intent_id,
            note: &mut note,
        };
        let request = C::deserialize(MapAccessDeserializer::new(members))?;
        Ok(Draft {
            intent_id,
            request,
            note,
        })
    }
}

/// The members of a request, those beside it taken out on the way.
struct OfTheRequest<'a, A> {
    map: A,
    intent_id: &'a mut Option<IntentId>,
    note: &'a mut Option<String>,
}

impl<'de, A: MapAccess<'de>> MapAccess<'de> for OfTheRequest<'_, A> {
    type Error = A::Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, A::Error> {
        while let Some(member) = self.map.next_key::<String>()? {
            match member.as_str() {
                INTENT => *self.intent_id = self.map.next_value()?,
                NOTE => *self.note = self.map.next_value()?,
                _ => return seed.deserialize(member.into_deserializer()).map(Some),
            }
        }
        Ok(None)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, A::Error> {
        self.map.next_value_seed(seed)
    }
}

impl<C: TS> TS for Draft<C> {
    type WithoutGenerics = Self;
    type OptionInnerType = Self;

    fn name(config: &Config) -> String {
        format!(
            "{} & {{ {INTENT}?: string, {NOTE}?: string }}",
            C::name(config)
        )
    }

    fn inline(config: &Config) -> String {
        Self::name(config)
    }

    fn visit_dependencies(visitor: &mut impl TypeVisitor)
    where
        Self: 'static,
    {
        C::visit_dependencies(visitor);
    }

    fn visit_generics(visitor: &mut impl TypeVisitor)
    where
        Self: 'static,
    {
        C::visit_generics(visitor);
        visitor.visit::<C>();
    }
}

#[cfg(test)]
mod tests {
    use cubu_s2s::ClockIn;
    use serde_json::json;

    use super::*;
    use crate::fields;

    const USER: &str = "5b0d6c1e-1111-4a6e-9d10-000000000001";
    const INTENT: &str = "5b0d6c1e-2222-4a6e-9d10-000000000001";

    #[test]
    fn a_request_may_name_its_intent_and_have_a_note() {
        let named = json!({ "userId": USER, "intentId": INTENT, "note": "late", "unitId": USER });
        let draft: Draft<ClockIn> = fields::read(named).unwrap();
        assert_eq!(draft.intent_id, Some(IntentId(INTENT.parse().unwrap())));
        assert_eq!(draft.note.as_deref(), Some("late"));
        for intent in [json!({}), json!({ "intentId": null, "note": null })] {
            let mut plain = json!({ "userId": USER, "unitId": USER });
            plain
                .as_object_mut()
                .unwrap()
                .extend(intent.as_object().unwrap().clone());
            let plain: Draft<ClockIn> = fields::read(plain).unwrap();
            assert_eq!(
                (plain.intent_id, &plain.request, plain.note),
                (None, &draft.request, None)
            );
        }
    }

    #[test]
    fn what_is_wrong_with_a_request_is_still_told_by_its_field() {
        let told = |request| fields::read::<Draft<ClockIn>>(request).unwrap_err().field;
        assert_eq!(told(json!({ "userId": USER, "unitId": "here" })), "unitId");
        assert_eq!(told(json!({ "userId": USER })), "unitId");
        assert_eq!(
            told(json!({ "userId": USER, "unitId": USER, "intentId": 7 })),
            "intentId"
        );
        let note = json!({ "userId": USER, "unitId": USER, "note": 7 });
        assert_eq!(told(note), "note");
    }
}
