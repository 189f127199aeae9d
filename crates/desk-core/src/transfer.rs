//! A profile with its catalogue as one JSON document, to set up another desk. The secret is never in it: the types
//! written here have no field that could hold one.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{
    catalogue::Catalogue,
    documents::{self, Format},
    error::Error,
    fields::FieldError,
    profiles::{Profile, ProfileDraft, ProfileId},
};

/// The document; anything over 1 MiB is not one.
pub const FORMAT: Format = Format {
    name: "front-desk-profile",
    schema: 1,
    limit: 1024 * 1024,
};

/// An exported profile.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ExportedProfile {
    /// A name for the file.
    pub file_name: String,
    /// What goes into it.
    pub json: String,
}

#[derive(Serialize)]
struct Outgoing<'a> {
    profile: &'a Profile,
    catalogue: &'a Catalogue,
}

#[derive(Deserialize)]
struct Incoming {
    profile: ProfileDraft,
    #[serde(default)]
    catalogue: Catalogue,
}

/// Writes a profile and its catalogue down.
pub fn export(profile: &Profile, catalogue: &Catalogue) -> Result<ExportedProfile, Error> {
    let document = documents::to_value(&Outgoing { profile, catalogue }, FORMAT)
        .map_err(std::io::Error::from)?;
    Ok(ExportedProfile {
        file_name: file_name(&profile.name),
        json: format!("{document:#}\n"),
    })
}

/// Reads a document back. The profile gets an id of this desk's own: whoever made the file does not choose which
/// stored secret goes with it.
pub fn import(json: &str) -> Result<(Profile, Catalogue), Error> {
    let Incoming {
        mut profile,
        catalogue,
    } = documents::parse(json, FORMAT).map_err(Error::Document)?;
    profile.id = Some(ProfileId::fresh());
    let profile = profile.check().map_err(|fields| {
        let within =
            |field: FieldError| FieldError::new(format!("profile.{}", field.field), field.message);
        Error::Document(documents::Fault::Fields(
            fields.into_iter().map(within).collect(),
        ))
    })?;
    Ok((profile, catalogue))
}

fn file_name(name: &str) -> String {
    let plain: String = name
        .chars()
        .map(|letter| {
            if letter.is_alphanumeric() {
                letter
            } else {
                '-'
            }
        })
        .take(60)
        .collect();
    let plain = plain.trim_matches('-').to_lowercase();
    if plain.is_empty() {
        "profile.cubu.json".to_owned()
    } else {
        format!("{plain}.cubu.json")
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::{Value, json};

    use super::*;
    use crate::{catalogue::CatalogueUnit, error::CommandError};

    fn exported() -> Value {
        let profile = ProfileDraft::sample("Town hall, main").check().unwrap();
        let mut catalogue = Catalogue::default();
        catalogue.put_unit(CatalogueUnit {
            unit_id: "5b0d6c1e-1111-4a6e-9d10-00000000e001".parse().unwrap(),
            name: "Front Office".to_owned(),
            time_zone: Some("Asia/Jerusalem".to_owned()),
        });
        let exported = export(&profile, &catalogue).unwrap();
        assert_eq!(exported.file_name, "town-hall--main.cubu.json");
        serde_json::from_str(&exported.json).unwrap()
    }

    fn refusal(document: &str) -> CommandError {
        import(document).unwrap_err().of("import_profile")
    }

    #[test]
    fn what_was_exported_is_imported_under_a_new_id() {
        let document = exported();
        let (profile, catalogue) = import(&document.to_string()).unwrap();
        assert_eq!(profile.name, "Town hall, main");
        assert_ne!(json!(profile.id), document["profile"]["id"]);
        assert_eq!(catalogue.units.len(), 1);
    }

    #[test]
    fn every_wrong_field_is_named_and_nothing_comes_in() {
        for (pointer, wrong, field) in [
            ("/profile", json!([]), "profile"),
            ("/profile", json!(null), "profile"),
            ("/profile/name", json!(""), "profile.name"),
            ("/profile/name", json!(7), "profile.name"),
            (
                "/profile/authority",
                json!("http://login.microsoftonline.com"),
                "profile.authority",
            ),
            ("/profile/authority", json!({}), "profile.authority"),
            (
                "/profile/baseUrl",
                json!("ftp://s2s.api.app.cubu.com"),
                "profile.baseUrl",
            ),
            (
                "/profile/baseUrl",
                json!("https://a:b@s2s.api.app.cubu.com"),
                "profile.baseUrl",
            ),
            ("/profile/tenantId", json!("tenant"), "profile.tenantId"),
            ("/profile/clientId", json!(true), "profile.clientId"),
            (
                "/profile/applicationId",
                json!("5b0d6c1e"),
                "profile.applicationId",
            ),
            (
                "/profile/customerIdSpelling",
                json!("loud"),
                "profile.customerIdSpelling",
            ),
            (
                "/profile/cubuWebUrl",
                json!("javascript:alert(1)"),
                "profile.cubuWebUrl",
            ),
            ("/profile/addresses", json!({}), "profile.addresses"),
            (
                "/profile/addresses",
                json!([{"endpoint": "CancelAppointment", "method": "DELETE", "path": "/../x"}]),
                "profile.addresses.CancelAppointment.path",
            ),
            (
                "/profile/addresses",
                json!([{"endpoint": "CancelAppointment", "method": "DELETE", "path": "https://evil.example/{caseId}"}]),
                "profile.addresses.CancelAppointment.path",
            ),
            (
                "/profile/addresses",
                json!([{"endpoint": "CancelAppointment", "method": "TRACE", "path": "/x"}]),
                "profile.addresses.CancelAppointment.method",
            ),
            (
                "/profile/addresses",
                json!([{"endpoint": "BookAppointment", "method": "POST", "path": "/x"}]),
                "profile.addresses.BookAppointment.endpoint",
            ),
            (
                "/catalogue/units/0/unitId",
                json!("nowhere"),
                "catalogue.units[0].unitId",
            ),
            (
                "/catalogue/units/0/name",
                json!(9),
                "catalogue.units[0].name",
            ),
            ("/catalogue/services", json!("none"), "catalogue.services"),
            (
                "/catalogue/caseFields",
                json!([{ "fieldTypeId": "reason", "name": "Reason" }]),
                "catalogue.caseFields[0].fieldTypeId",
            ),
            (
                "/catalogue/caseTags",
                json!([{ "tagId": "5b0d6c1e-1111-4a6e-9d10-00000000e001" }]),
                "catalogue.caseTags[0].name",
            ),
        ] {
            let mut document = exported();
            *document.pointer_mut(pointer).unwrap() = wrong.clone();
            let error = refusal(&document.to_string());
            assert_eq!(
                error.fields.first().map(|field| field.field.as_str()),
                Some(field),
                "{pointer}: {wrong}"
            );
        }
    }

    #[test]
    fn files_that_are_not_ours_are_told_apart() {
        let mut newer = exported();
        newer["schema"] = json!(2);
        let mut other = exported();
        other["format"] = json!("somebody-else's");
        let deep = format!("{}{}", "[".repeat(1000), "]".repeat(1000));
        let huge = format!("\"{}\"", "x".repeat(10 * 1024 * 1024));
        for (document, message) in [
            (newer.to_string(), "document-newer"),
            (other.to_string(), "document-not-ours"),
            (deep, "document-too-deep"),
            (huge, "document-too-large"),
            ("{".to_owned(), "document-not-json"),
        ] {
            let error = refusal(&document);
            assert_eq!(
                (error.message.id.as_str(), error.hint.is_some()),
                (message, true)
            );
        }
    }

    proptest! {
        #[test]
        fn no_profile_value_makes_the_import_panic(which in 0..10usize, text in "\\PC*", number in any::<f64>()) {
            let mut document = exported();
            let fields: Vec<String> = document["profile"].as_object().unwrap().keys().cloned().collect();
            let field = &fields[which % fields.len()];
            document["profile"][field] = json!(text);
            let _ = import(&document.to_string());
            document["profile"][field] = json!(number);
            let _ = import(&document.to_string());
        }
    }
}
