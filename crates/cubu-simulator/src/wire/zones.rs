//! IANA zone names and the Windows names that Cubu prints instead. Leaves out every zone the simulated world does not use.

use chrono_tz::Tz;

/// The Windows name of a zone.
pub(crate) fn windows_zone(zone: Tz) -> &'static str {
    match zone {
        Tz::Asia__Jerusalem => "Israel Standard Time",
        Tz::Europe__London => "GMT Standard Time",
        Tz::America__New_York => "Eastern Standard Time",
        _ => "UTC",
    }
}
