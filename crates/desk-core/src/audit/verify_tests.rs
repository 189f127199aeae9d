//! Files that prove themselves, and files that were tampered with.

use serde_json::json;

use super::*;
use crate::audit::{
    chain::Sealed,
    export::{Export, Format},
};

const FORMATS: [Format; 2] = [Format::Csv, Format::JsonLines];

fn entries(after: &Chain) -> Vec<Sealed> {
    let mut chain = after.clone();
    let names = [
        "=cmd|' /C calc'!A0",
        "דנה \"כהן\", בע״מ",
        "'quoted'\nline",
        "-1",
    ];
    names
        .iter()
        .map(|name| {
            let header = serde_json::from_value::<crate::audit::Header>(json!({
                "seq": chain.seq + 1, "at": "2026-11-22T08:00:00.000Z", "event": "refused", "command": "book_appointment",
                "intent": "5b0d6c1e-0000-4a6e-9d10-000000000001", "organization": name, "user": name, "agentName": name,
                "reason": "conflict", "status": 409, "errorNumber": 3301, "requestId": name,
            }));
            let header = serde_json::to_string(&header.unwrap()).unwrap();
            let content = json!({ "request": { "name": name, "price": 0.1, "contactPhoneNumber": "5550100123" } });
            chain.seal(header, content.to_string())
        })
        .collect()
}

fn export(format: Format, after: Chain, with_content: impl Fn(usize) -> bool) -> String {
    let entries = entries(&after);
    let mut out = Vec::new();
    let mut export = Export::begin(format, after, &mut out).unwrap();
    for (number, entry) in entries.into_iter().enumerate() {
        export.entry(entry, with_content(number)).unwrap();
    }
    export.end().unwrap();
    String::from_utf8(out).unwrap()
}

fn whole(format: Format) -> String {
    export(format, Chain::default(), |_| true)
}

fn broken(verdict: Verdict) -> (u64, u64, Difference) {
    match verdict {
        Verdict::Broken { line, broken } => (line, broken.seq, broken.difference),
        other => panic!("{other:?}"),
    }
}

#[test]
fn an_export_proves_itself_whole() {
    for format in FORMATS {
        let text = whole(format);
        let expected = Whole {
            entries: 4,
            ..Whole::default()
        };
        assert_eq!(verdict(&text), Verdict::Whole(expected), "{format:?}");
        assert_eq!(
            text::format(&verdict(&text).message()),
            "4 entries, chain unbroken."
        );
        let unix = text.replace("\r\n", "\n");
        let windows = unix.replace("}\n", "}\r\n");
        for text in [format!("\u{feff}{unix}"), windows, format!("{unix}\n\n")] {
            let same = text::format(&verdict(&text).message());
            assert_eq!(same, "4 entries, chain unbroken.", "{format:?}");
        }
    }
}

#[test]
fn a_part_can_be_handed_on_and_the_whole_still_be_verified() {
    for format in FORMATS {
        let text = export(format, Chain::default(), |number| number == 1);
        let expected = Whole {
            entries: 4,
            forgotten: 0,
            withheld: 3,
        };
        assert_eq!(verdict(&text), Verdict::Whole(expected));
        assert!(text.contains("דנה"));
        assert_eq!(text.matches("5550100123").count(), 1);
    }
}

#[test]
fn a_trail_whose_oldest_entries_were_dropped_begins_where_they_ended() {
    let after = Chain {
        seq: 41,
        hash: "7".repeat(64),
    };
    for format in FORMATS {
        let text = export(format, after.clone(), |_| true);
        assert!(matches!(verdict(&text), Verdict::Whole(_)));
        let moved = text.replacen(&"7".repeat(64), &"8".repeat(64), 1);
        let (_, seq, difference) = broken(verdict(&moved));
        assert_eq!((seq, difference), (42, Difference::Link));
    }
}

#[test]
fn cells_are_harmless_to_spreadsheets() {
    let text = whole(Format::Csv);
    let mut rows =
        ::csv::ReaderBuilder::new().from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let mut cells = 0;
    for row in rows.records() {
        for cell in &row.unwrap() {
            assert!(
                !cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']),
                "{cell}"
            );
            cells += 1;
        }
    }
    assert_eq!(cells, 6 * csv::COLUMNS.len());
    assert!(text.starts_with("\u{feff}line,seq,at,"));
}

#[test]
fn the_first_broken_link_of_a_file_is_named_with_its_line() {
    let text = whole(Format::JsonLines);
    let lines: Vec<&str> = text.lines().collect();
    let with = |change: &dyn Fn(&mut Vec<String>)| {
        let mut lines: Vec<String> = lines.iter().map(|line| (*line).to_owned()).collect();
        change(&mut lines);
        broken(verdict(&lines.join("\n")))
    };
    let replaced = |from: &'static str, to: &'static str| {
        with(&|lines| {
            assert!(lines[2].contains(from));
            lines[2] = lines[2].replace(from, to);
        })
    };
    for (from, to, difference) in [
        ("book_appointment", "queue_up", Difference::Link),
        ("3301", "3302", Difference::Link),
        ("5550100123", "5550100124", Difference::Content),
        (r#""seq":2"#, r#""seq":3"#, Difference::Number),
        (
            r#""state":"whole""#,
            r#""state":"forgotten""#,
            Difference::Unreadable,
        ),
        (r#""state""#, r#""stage""#, Difference::Unreadable),
    ] {
        assert_eq!(replaced(from, to), (3, 2, difference), "{from}");
    }
    assert_eq!(with(&|lines| lines.swap(2, 3)), (3, 2, Difference::Number));
    assert_eq!(
        with(&|lines| drop(lines.remove(2))),
        (3, 2, Difference::Number)
    );
    assert_eq!(
        with(&|lines| lines.insert(3, lines[2].clone())),
        (4, 3, Difference::Number)
    );
    // Whoever cuts off the end has to leave out the closing line, or to leave one that does not fit.
    assert_eq!(with(&|lines| lines.truncate(4)), (4, 3, Difference::CutOff));
    assert_eq!(
        with(&|lines| drop(lines.remove(4))),
        (5, 3, Difference::Closing)
    );
    assert_eq!(
        with(&|lines| lines[5] = lines[5].replace(":4", ":5")),
        (6, 4, Difference::Closing)
    );
    assert_eq!(
        with(&|lines| lines.push(lines[4].clone())),
        (7, 4, Difference::AfterClosing)
    );
    let half = &text[..text.len() - 300];
    assert!(matches!(
        broken(verdict(half)),
        (5 | 6, _, Difference::Unreadable | Difference::CutOff)
    ));
}

#[test]
fn a_changed_cell_of_a_spreadsheet_is_found() {
    let text = whole(Format::Csv);
    for (from, to) in [
        ("calc", "calm"),
        (",409,", ",404,"),
        ("0.1", "0.2"),
        ("refused", "confirmed"),
        ("2026-11-22T08:00:00.000Z", "2026-11-22T09:00:00.000Z"),
    ] {
        let changed = text.replacen(from, to, 1);
        assert_ne!(changed, text);
        let (line, seq, _) = broken(verdict(&changed));
        assert_eq!((line, seq), (3, 1), "{from}");
    }
    let cut = text.rsplit_once("\r\nend,").unwrap().0;
    let (_, seq, difference) = broken(verdict(cut));
    assert_eq!((seq, difference), (4, Difference::CutOff));
}

#[test]
fn what_is_no_export_is_told_apart() {
    for (text, expected) in [
        ("", NoExport::Empty),
        ("\u{feff}\n \n", NoExport::Empty),
        ("name,phone\nRobin,5550100123\n", NoExport::Else),
        ("{\"format\":\"front-desk-profile\"}", NoExport::Else),
        ("{", NoExport::Else),
        ("%PDF-1.7", NoExport::Else),
    ] {
        assert_eq!(verdict(text), Verdict::NoExport(expected), "{text}");
    }
    let newer = whole(Format::JsonLines).replacen("\"schema\":1", "\"schema\":2", 1);
    assert_eq!(verdict(&newer), Verdict::NoExport(NoExport::Newer));
    let newer = whole(Format::Csv).replacen("front-desk-audit/1", "front-desk-audit/2", 1);
    assert_eq!(verdict(&newer), Verdict::NoExport(NoExport::Newer));
}

#[test]
fn a_file_is_told_in_words_with_an_exit_code() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("trail.csv");
    let told = |contents: &[u8]| {
        fs::write(&path, contents).unwrap();
        file(&path)
    };
    let text = whole(Format::Csv);
    assert_eq!(
        told(text.as_bytes()),
        ("4 entries, chain unbroken.".to_owned(), 0)
    );
    let (words, code) = told(text.replacen("calc", "calm", 1).as_bytes());
    assert_eq!(code, 1);
    assert!(
        words.contains("line 3") && words.contains("entry 1"),
        "{words}"
    );
    assert_eq!(told(b"").1, 2);
    assert_eq!(told(b"\xff\xfe\x00\x01").1, 2);
    assert_eq!(file(&folder.path().join("none")).1, 2);
    assert_eq!(file(folder.path()).1, 2);
}
