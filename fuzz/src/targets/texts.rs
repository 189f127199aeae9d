//! Texts that mean something: moments, ids, addresses, zone names, pasted ids.

use std::str::FromStr;

use chrono::{DateTime, Utc};
use cubu_s2s::{
    AddressOverride, CaseId, CuIndex, Method, Timestamp, check_address, check_override,
};
use desk_core::{
    catalogue::pasted::{Piece, pieces},
    fuzzing::{find_zone, wall_clock},
};

pub fn values(text: &[u8]) {
    let Ok(text) = std::str::from_utf8(text) else {
        return;
    };
    let stamp = Timestamp(text.to_owned());
    assert_eq!(
        stamp.utc().is_some(),
        DateTime::parse_from_rfc3339(text).is_ok()
    );
    if let Some(wall) = stamp.wall_time() {
        let written = Timestamp(format!("{wall:?}"));
        assert_eq!(written.wall_time(), Some(wall));
    }
    id_is_read_again::<CaseId>(text);
    id_is_read_again::<CuIndex>(text);
    if let Ok(address) = check_address(text) {
        assert_eq!(check_address(address.as_str()), Ok(address));
    }
    for endpoint in ["CancelAppointment", text] {
        // Refused or accepted.
        let _ = check_override(&AddressOverride {
            endpoint: endpoint.to_owned(),
            method: Method::Delete,
            path: text.to_owned(),
        });
    }
}

fn id_is_read_again<T: FromStr + ToString + PartialEq + std::fmt::Debug>(text: &str) {
    if let Ok(id) = text.parse::<T>() {
        assert_eq!(id.to_string().parse().ok(), Some(id));
    }
}

/// The first line is a zone's name, the second a moment.
pub fn zone(text: &[u8]) {
    let Ok(text) = std::str::from_utf8(text) else {
        return;
    };
    let (name, moment) = text.split_once('\n').unwrap_or((text, ""));
    let Some(zone) = find_zone(name) else {
        return;
    };
    assert_eq!(find_zone(zone.name()), Some(zone));
    let moment = moment
        .parse::<DateTime<Utc>>()
        .ok()
        .or_else(|| DateTime::from_timestamp(moment.parse().ok()?, 0));
    if let Some(moment) = moment {
        assert!(wall_clock(moment, &zone).minute < 1440);
    }
}

pub fn pasted(text: &[u8]) {
    let text = String::from_utf8_lossy(text);
    let found = pieces(&text);
    for (index, piece) in found.iter().enumerate().take(200) {
        assert!(!found[..index].contains(piece), "{piece:?} is there twice");
        if let Piece::NoId(line) = piece {
            assert!((1..=60).contains(&line.chars().count()));
        }
    }
}
