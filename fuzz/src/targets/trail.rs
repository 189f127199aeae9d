//! An exported audit trail, as `front-desk --verify-audit` reads it: whatever it is, there is a verdict in words.

use desk_core::{
    audit::verify::{NoExport, Verdict, verdict},
    text,
};

/// CSV or JSON Lines; which of them, the reader finds out by itself.
pub fn verify(export: &[u8]) {
    let Ok(export) = std::str::from_utf8(export) else {
        return;
    };
    let found = verdict(export);
    assert!(!text::format(&found.message()).is_empty());
    match found {
        Verdict::Whole(whole) => {
            assert_eq!(
                found_again(export),
                Some(whole.entries),
                "the verdict changed"
            );
            assert!(whole.forgotten + whole.withheld <= whole.entries);
        }
        Verdict::Broken { line, .. } => assert!(line > 0 && line <= export.len() as u64 + 2),
        Verdict::NoExport(NoExport::Empty) => assert!(export.len() < 64 || export.trim().len() < 4),
        Verdict::NoExport(_) => {}
    }
}

/// A file that a Windows editor has saved is the same trail.
fn found_again(export: &str) -> Option<u64> {
    match verdict(&format!(
        "\u{feff}{}",
        export.trim_start_matches('\u{feff}')
    )) {
        Verdict::Whole(whole) => Some(whole.entries),
        _ => None,
    }
}
