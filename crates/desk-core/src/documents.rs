//! The envelope of every JSON document this program writes (`format`, `schema`, then its own fields) and how one is
//! read back: size, depth, kind and version are checked before any field is looked at. A document with fields of a
//! later version of the same schema is read without them; one of a newer schema is refused, never half understood.

use std::io;

use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Map, Value};

use crate::{
    fields::{self, FieldError},
    files, messages,
    text::Text,
};

/// A kind of document.
#[derive(Clone, Copy, Debug)]
pub struct Format {
    /// What `format` says in the document.
    pub name: &'static str,
    /// The version of its schema that is written, and the newest that can be read.
    pub schema: u64,
    /// The largest document that is read.
    pub limit: usize,
}

impl Format {
    /// A kind of document that this program keeps for itself.
    pub const fn kept(name: &'static str) -> Self {
        Self {
            name,
            schema: 1,
            limit: 8 * 1024 * 1024,
        }
    }
}

/// Why a document can't be used.
#[derive(Clone, Debug, PartialEq)]
pub enum Fault {
    /// Larger than its kind may be.
    TooLarge {
        /// The limit in KiB.
        limit: usize,
    },
    /// Lists within lists beyond any sense.
    TooDeep,
    /// Not JSON at all.
    NotJson {
        /// Where reading stopped.
        line: usize,
    },
    /// JSON, but not this kind of document.
    NotOurs,
    /// Written by a newer version of this program.
    Newer {
        /// Its schema.
        schema: u64,
    },
    /// Fields that are missing, or hold what they can't hold.
    Fields(Vec<FieldError>),
}

impl Fault {
    /// What is wrong, in words.
    pub fn message(&self) -> Text {
        match self {
            Self::TooLarge { limit } => messages::document_too_large(count(*limit)),
            Self::TooDeep => messages::document_too_deep(),
            Self::NotJson { line } => messages::document_not_json(count(*line)),
            Self::NotOurs => messages::document_not_ours(),
            Self::Newer { schema } => {
                messages::document_newer(i32::try_from(*schema).unwrap_or(i32::MAX))
            }
            Self::Fields(_) => messages::document_fields(),
        }
    }

    /// The fields at fault.
    pub fn fields(self) -> Vec<FieldError> {
        match self {
            Self::Fields(fields) => fields,
            _ => Vec::new(),
        }
    }
}

fn count(number: usize) -> i32 {
    i32::try_from(number).unwrap_or(i32::MAX)
}

/// Reads a document.
pub fn parse<T: DeserializeOwned>(text: &str, format: Format) -> Result<T, Fault> {
    if text.len() > format.limit {
        return Err(Fault::TooLarge {
            limit: format.limit / 1024,
        });
    }
    let value: Value = serde_json::from_str(text).map_err(|failure| {
        // serde_json has no kind of its own for this; the words are held by a test below.
        if failure.to_string().starts_with("recursion limit exceeded") {
            Fault::TooDeep
        } else {
            Fault::NotJson {
                line: failure.line(),
            }
        }
    })?;
    if value.get("format").and_then(Value::as_str) != Some(format.name) {
        return Err(Fault::NotOurs);
    }
    match value.get("schema").and_then(Value::as_u64) {
        None | Some(0) => return Err(Fault::NotOurs),
        Some(schema) if schema > format.schema => return Err(Fault::Newer { schema }),
        Some(_) => {}
    }
    fields::read(value).map_err(|field| Fault::Fields(vec![field]))
}

/// Writes a document, as JSON that people can read.
pub fn to_value(content: &impl Serialize, format: Format) -> serde_json::Result<Value> {
    let mut document = Map::new();
    document.insert("format".to_owned(), format.name.into());
    document.insert("schema".to_owned(), format.schema.into());
    if let Value::Object(fields) = serde_json::to_value(content)? {
        document.extend(fields);
    }
    Ok(Value::Object(document))
}

/// Saves a document to a file, whole or not at all. What would be too large to be read back is not written, and nothing
/// is written over a document of a newer version.
pub fn save(path: &std::path::Path, content: &impl Serialize, format: Format) -> io::Result<()> {
    if is_newer(path, format) {
        return Err(io::Error::other(
            "what stands there is from a newer version of Front Desk",
        ));
    }
    let mut json = serde_json::to_vec_pretty(&to_value(content, format)?)?;
    json.push(b'\n');
    if json.len() > format.limit {
        return Err(io::Error::new(
            io::ErrorKind::FileTooLarge,
            "it would be too large to be read again",
        ));
    }
    files::write(path, &json)
}

fn is_newer(path: &std::path::Path, format: Format) -> bool {
    matches!(
        files::read(path).map(|text| text.map(|text| parse::<Value>(&text, format))),
        Ok(Some(Err(Fault::Newer { .. })))
    )
}

/// What [`load`] found.
#[derive(Debug)]
pub enum Loaded<T> {
    /// No such file.
    Nothing,
    /// The document.
    Document(T),
    /// A file that can't be used, and what became of it. A newer one stays where it is; any other is set aside.
    Unusable(Text),
}

/// Loads a document that this program saved.
pub fn load<T: DeserializeOwned>(path: &std::path::Path, format: Format) -> Loaded<T> {
    let file = files::name(path);
    let fault = match files::read(path) {
        Ok(None) => return Loaded::Nothing,
        Ok(Some(text)) => match parse(&text, format) {
            Ok(document) => return Loaded::Document(document),
            Err(fault) => fault,
        },
        Err(failure) if failure.kind() == io::ErrorKind::InvalidData => Fault::NotJson { line: 1 },
        Err(failure) => {
            return Loaded::Unusable(messages::file_unreadable(file, failure.to_string()));
        }
    };
    Loaded::Unusable(if matches!(fault, Fault::Newer { .. }) {
        messages::file_newer(file)
    } else {
        set_aside(path)
    })
}

/// Renames a file whose content can't be used, and says so.
pub fn set_aside(path: &std::path::Path) -> Text {
    let file = files::name(path);
    match files::set_aside(path) {
        Ok(aside) => messages::file_set_aside(file, files::name(&aside)),
        Err(failure) => messages::file_unreadable(file, failure.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde::Deserialize;
    use serde_json::json;

    use super::*;

    const SAMPLE: Format = Format {
        name: "sample",
        schema: 2,
        limit: 4096,
    };

    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    struct Sample {
        name: String,
        numbers: Vec<u8>,
    }

    #[test]
    fn a_document_is_read_back_as_it_was_written() {
        let sample = Sample {
            name: "דלפק".to_owned(),
            numbers: vec![1, 2],
        };
        let value = to_value(&sample, SAMPLE).unwrap();
        assert_eq!(value["schema"], 2);
        assert_eq!(parse::<Sample>(&value.to_string(), SAMPLE), Ok(sample));
    }

    #[test]
    fn every_unusable_document_is_told_apart() {
        let nested = format!("{}1{}", "[".repeat(1000), "]".repeat(1000));
        let large = format!("\"{}\"", "x".repeat(5000));
        for (text, fault) in [
            (large.as_str(), Fault::TooLarge { limit: 4 }),
            (&nested, Fault::TooDeep),
            ("", Fault::NotJson { line: 1 }),
            ("{\n  not json", Fault::NotJson { line: 2 }),
            ("[]", Fault::NotOurs),
            ("null", Fault::NotOurs),
            (r#"{"format":"other","schema":2}"#, Fault::NotOurs),
            (r#"{"format":"sample"}"#, Fault::NotOurs),
            (r#"{"format":"sample","schema":"2"}"#, Fault::NotOurs),
            (r#"{"format":"sample","schema":0}"#, Fault::NotOurs),
            (
                r#"{"format":"sample","schema":3,"name":7}"#,
                Fault::Newer { schema: 3 },
            ),
        ] {
            assert_eq!(
                parse::<Sample>(text, SAMPLE),
                Err(fault),
                "{}",
                &text[..text.len().min(60)]
            );
        }
    }

    #[test]
    fn a_wrong_field_is_named_by_its_path() {
        let text = r#"{"format":"sample","schema":1,"name":"a","numbers":[1,"two"]}"#;
        let fields = parse::<Sample>(text, SAMPLE).unwrap_err().fields();
        assert_eq!(fields[0].field, "numbers[1]");
    }

    #[test]
    fn what_could_not_be_read_back_is_not_written() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.json");
        let named = |name: &str| Sample {
            name: name.to_owned(),
            numbers: Vec::new(),
        };
        save(&path, &named("kept"), SAMPLE).unwrap();
        let failure = save(&path, &named(&"x".repeat(SAMPLE.limit)), SAMPLE).unwrap_err();
        assert_eq!(failure.kind(), io::ErrorKind::FileTooLarge);
        assert!(
            matches!(load::<Sample>(&path, SAMPLE), Loaded::Document(sample) if sample == named("kept"))
        );
    }

    #[test]
    fn a_newer_file_stays_and_a_broken_one_is_set_aside() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.json");
        for (text, id, stays) in [
            (r#"{"format":"sample","schema":9}"#, "file-newer", true),
            ("broken", "file-set-aside", false),
        ] {
            files::write(&path, text.as_bytes()).unwrap();
            let Loaded::Unusable(text) = load::<Sample>(&path, SAMPLE) else {
                panic!("usable")
            };
            assert_eq!((text.id.as_str(), path.exists()), (id, stays));
            assert_eq!(save(&path, &json!({}), SAMPLE).is_err(), stays);
            files::remove(&path).unwrap();
        }
        assert!(folder.path().join("a.json.unreadable").exists());
        assert!(matches!(load::<Sample>(&path, SAMPLE), Loaded::Nothing));
        files::write(&path, &[0xff, 0xfe, 0x00]).unwrap();
        assert!(
            matches!(load::<Sample>(&path, SAMPLE), Loaded::Unusable(text) if text.id == "file-set-aside")
        );
    }

    proptest! {
        #[test]
        fn no_text_makes_the_reader_panic(text in ".*", bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            let _ = parse::<Sample>(&text, SAMPLE);
            let _ = parse::<Sample>(&String::from_utf8_lossy(&bytes), SAMPLE);
        }

        #[test]
        fn no_field_value_makes_the_reader_panic(name in ".*", number in any::<i64>()) {
            let text = serde_json::json!({"format": "sample", "schema": 1, "name": name, "numbers": [number]}).to_string();
            let read = parse::<Sample>(&text, SAMPLE);
            prop_assert_eq!(read.is_ok(), (0..256).contains(&number));
        }
    }
}
