//! The command line: the options of every program that opens a desk, and practice mode.

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
    fn practice_is_not_mixed_with_a_real_profile() {
        let both = ["front-desk", "--practice", "--import-profile", "desk.json"];
        assert!(Arguments::try_parse_from(both).is_err());
    }
}
