//! An address as a QR code, drawn as one path: a module is a unit square.

use std::fmt::Write;

use fast_qr::{ECL, QRBuilder};
use serde::Serialize;
use ts_rs::TS;

/// Longer addresses make codes that a phone can't read off a slip.
const LONGEST: usize = 512;

/// A QR code.
#[derive(Clone, Debug, Serialize, TS)]
pub struct QrCode {
    /// The address that stands in it.
    pub address: String,
    /// Modules along each side.
    pub size: u16,
    /// The dark ones, as the `d` of an SVG path.
    pub path: String,
}

impl QrCode {
    /// The code of a web address; anything else gets none.
    pub fn of_address(address: &str) -> Option<Self> {
        let is_web = ["https://", "http://"]
            .iter()
            .any(|scheme| address.starts_with(scheme));
        if !is_web || address.len() > LONGEST {
            return None;
        }
        let code = QRBuilder::new(address).ecl(ECL::M).build().ok()?;
        let mut path = String::new();
        for y in 0..code.size {
            for x in 0..code.size {
                if code[y][x].value() {
                    // Writing into a text does not fail.
                    write!(path, "M{x} {y}h1v1h-1z").ok()?;
                }
            }
        }
        Some(Self {
            address: address.to_owned(),
            size: u16::try_from(code.size).ok()?,
            path,
        })
    }
}
