//! The command line: the options of every program that opens a desk, and practice mode.

use std::path::PathBuf;

use clap::Parser;
use desk_core::provision::StartOptions;

/// Front Desk for Cubu
#[derive(Clone, Debug, Default, Parser)]
#[command(name = "front-desk", version)]
pub(crate) struct Arguments {
    #[command(flatten)]
    pub(crate) desk: StartOptions,

    /// Open in practice mode: an invented organisation, no account needed
    #[arg(long, conflicts_with = "import_profile")]
    pub(crate) practice: bool,

    /// Verify an exported audit trail instead of opening a window: 0 whole, 1 broken, 2 no export
    #[arg(long, value_name = "FILE", conflicts_with_all = ["practice", "import_profile"])]
    pub(crate) verify_audit: Option<PathBuf>,
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_command_line_is_well_formed() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn a_secret_needs_the_profile_it_belongs_to() {
        assert!(Arguments::try_parse_from(["front-desk", "--secret-stdin"]).is_err());
        let both = [
            "front-desk",
            "--import-profile",
            "desk.json",
            "--secret-stdin",
        ];
        assert!(Arguments::try_parse_from(both).is_ok_and(|arguments| arguments.desk.secret_stdin));
    }

    #[test]
    fn verifying_opens_no_desk() {
        let verify = ["front-desk", "--verify-audit", "trail.csv"];
        let arguments = Arguments::try_parse_from(verify).unwrap();
        assert_eq!(arguments.verify_audit, Some("trail.csv".into()));
        let both = [&verify[..], &["--practice"]].concat();
        assert!(Arguments::try_parse_from(both).is_err());
    }

    #[test]
    fn practice_is_not_mixed_with_a_real_profile() {
        let both = ["front-desk", "--practice", "--import-profile", "desk.json"];
        assert!(Arguments::try_parse_from(both).is_err());
    }
}
