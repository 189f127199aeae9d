//! The targets, each named once.

mod answers;
mod documents;
mod headers;
mod journal;
mod requests;
mod texts;
mod trail;

/// One reader and what is kept for it.
#[derive(Clone, Copy)]
pub struct Target {
    /// What it is called in `cargo xtask fuzz`.
    pub name: &'static str,
    /// Its folder in `fuzz/corpus`.
    pub corpus: &'static str,
    /// The client's fixture, for a decoder of answers.
    pub fixture: Option<&'static str>,
    /// How many changes to each kept input an ordinary test run may try: fewer where an input takes long.
    pub changes: u64,
    /// Reads an input; panics when something is wrong with what came out.
    pub read: fn(&[u8]),
}

impl Target {
    /// A target that reads nothing, to be filled in.
    pub const fn bare(name: &'static str) -> Self {
        Self {
            name,
            corpus: name,
            fixture: None,
            changes: u64::MAX,
            read: |_| {},
        }
    }
}

const OTHERS: [Target; 18] = [
    Target {
        read: headers::token_answer,
        ..Target::bare("token-answer")
    },
    Target {
        read: headers::refusal,
        ..Target::bare("error-body")
    },
    Target {
        read: headers::times,
        ..Target::bare("date-and-retry-after")
    },
    Target {
        read: texts::values,
        ..Target::bare("values")
    },
    Target {
        read: texts::zone,
        ..Target::bare("zone-name")
    },
    Target {
        read: texts::pasted,
        ..Target::bare("pasted-ids")
    },
    Target {
        read: documents::settings,
        ..Target::bare("settings")
    },
    Target {
        read: documents::catalogue,
        ..Target::bare("catalogue")
    },
    Target {
        read: documents::profile,
        ..Target::bare("profile")
    },
    Target {
        read: documents::memory,
        ..Target::bare("memory")
    },
    Target {
        read: documents::import,
        ..Target::bare("import")
    },
    Target {
        read: journal::rows,
        ..Target::bare("journal-rows")
    },
    Target {
        changes: 10,
        read: journal::file,
        ..Target::bare("journal-file")
    },
    Target {
        changes: 10,
        read: journal::tables,
        ..Target::bare("journal-tables")
    },
    Target {
        read: trail::verify,
        ..Target::bare("audit-trail")
    },
    Target {
        read: documents::erasing,
        ..Target::bare("erasing")
    },
    Target {
        read: documents::passphrase,
        ..Target::bare("passphrase")
    },
    Target {
        changes: 10,
        read: requests::request,
        ..Target::bare("request")
    },
];

/// All targets.
pub fn all() -> &'static [Target] {
    static ALL: std::sync::OnceLock<Vec<Target>> = std::sync::OnceLock::new();
    ALL.get_or_init(|| answers::DECODERS.iter().chain(&OTHERS).copied().collect())
}

/// The target of that name.
pub fn named(name: &str) -> Option<&'static Target> {
    all().iter().find(|target| target.name == name)
}
