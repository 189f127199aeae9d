//! What the board asks of Cubu while nothing changes: requests in a minute, by the simulator's own count. They may grow with
//! the services on the board, and must not with its calendars.

use super::{Figure, Outcome, door};

/// Each row, and where its count stands.
const ROWS: [(&str, &str); 5] = [
    ("requests per minute, nothing changing, 1 calendar", "1"),
    ("requests per minute, nothing changing, 10 calendars", "10"),
    ("requests per minute, nothing changing, 30 calendars", "30"),
    (
        "requests per minute, nothing changing, 10 + 4 calendars of 2 services",
        "two",
    ),
    (
        "requests per minute, nothing changing, 10 calendars, nobody at the keys",
        "idle",
    ),
];
/// Room for polls that fall a little earlier or later each time.
const SAME: f64 = 1.1;

/// Measures all of it.
pub fn measure() -> Outcome<Vec<Figure>> {
    let counted = door::run("polling")?;
    let count = |name: &str| counted[name].as_f64().ok_or("a count is missing");
    let mut figures = Vec::new();
    for (name, place) in ROWS {
        figures.push(Figure {
            name,
            value: count(place)?,
            unit: "requests",
            limit: None,
        });
    }
    figures.push(Figure {
        name: "requests per minute: 30 calendars / 10 calendars",
        value: count("30")? / count("10")?,
        unit: "ratio",
        limit: Some(SAME),
    });
    Ok(figures)
}
