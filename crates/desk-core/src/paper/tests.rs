//! Papers as a whole: what stands on them, and calendar files at the edges of time.

use cubu_s2s::CaseId;
use serde_json::{Value, json};

use super::*;
use crate::catalogue::{CatalogueService, CatalogueUnit};

const SERVICE: &str = "5b0d6c1e-7777-4a6e-9d10-000000000001";
const CASE: &str = "5b0d6c1e-6666-4a6e-9d10-000000000001";

fn catalogue(zone: Option<&str>) -> Catalogue {
    let unit_id = "5b0d6c1e-1111-4a6e-9d10-00000000e001".parse().unwrap();
    let mut service = CatalogueService::named(SERVICE.parse().unwrap(), "Licences".to_owned());
    service.unit_id = Some(unit_id);
    let mut catalogue = Catalogue::default();
    catalogue.put_service(service);
    catalogue.put_unit(CatalogueUnit {
        unit_id,
        name: "Town hall, north".to_owned(),
        time_zone: zone.map(str::to_owned),
    });
    catalogue
}

fn request(date: &str, appointment: Value) -> GetAppointmentPapers {
    serde_json::from_value(json!({
        "serviceId": SERVICE, "date": date, "appointment": appointment,
    }))
    .unwrap()
}

fn appointment(date: &str, start: u16, language: &str) -> Value {
    json!({
        "caseId": CASE,
        "appointment": { "date": date, "start": start, "duration": 30 },
        "ticket": { "prefix": "A", "number": 104, "suffix": null },
        "serviceTypeName": "Renewal", "language": language,
        "customer": { "recordId": "5b0d6c1e-5555-4a6e-9d10-000000000001", "displayName": "Dana Levi" },
    })
}

fn papers(zone: Option<&str>, request: &GetAppointmentPapers, moves: u32) -> Papers {
    let lineage = Lineage {
        origin: CASE.parse::<CaseId>().unwrap(),
        moves,
    };
    let now = "2026-11-22T08:00:00Z".parse().unwrap();
    of_appointment("Northgate", &catalogue(zone), request, Ok(lineage), now)
}

fn without_isolates(text: &str) -> String {
    text.replace(['\u{2068}', '\u{2069}'], "")
}

#[test]
fn a_message_says_when_where_and_what_in_the_language_of_the_customer() {
    for (language, expected) in [
        (
            "en-GB",
            "Northgate: your appointment is on Tuesday 24 November 2026 at 09:20.\nFor: Renewal\nWhere: Town hall, north\nTicket: A104",
        ),
        (
            "he",
            "Northgate: נקבע לך תור ליום שלישי, 24 בנובמבר 2026 בשעה 09:20.\nעבור: Renewal\nהיכן: Town hall, north\nמספר תור: A104",
        ),
        (
            "ar",
            "Northgate: موعدك يوم الثلاثاء 24/11/2026 الساعة 09:20.\nالخدمة: Renewal\nالمكان: Town hall, north\nرقم التذكرة: A104",
        ),
    ] {
        let asked = request("2026-11-24", appointment("2026-11-24", 560, language));
        let message = papers(Some("Asia/Jerusalem"), &asked, 0).message;
        assert_eq!(without_isolates(&message), expected);
        assert_eq!(message.contains('\u{2068}'), language != "en-GB");
    }
}

#[test]
fn an_appointment_of_which_cubu_says_next_to_nothing_still_has_its_slip() {
    let asked = request("2026-11-24", json!({ "caseId": CASE }));
    let papers = papers(None, &asked, 0);
    let lines: Vec<_> = papers
        .slip
        .lines
        .iter()
        .map(|line| line.label.as_str())
        .collect();
    assert_eq!(lines, ["Date", "Place", "Service", "Reference"]);
    assert!(papers.slip.ticket.is_none());
    assert_eq!(
        papers.message,
        "Northgate: your appointment is on Tuesday 24 November 2026.\nFor: Licences\nWhere: Town hall, north"
    );
    assert!(papers.calendar_file.is_none());
    assert_eq!(papers.calendar_file_problem.unwrap().id, "paper-no-time");
}

#[test]
fn without_a_zone_there_is_no_calendar_file_unless_cubu_tells_the_moment() {
    let plain = request("2026-11-24", appointment("2026-11-24", 560, "en"));
    assert_eq!(
        papers(None, &plain, 0).calendar_file_problem.unwrap().id,
        "paper-no-zone"
    );
    let mut odd = appointment("2026-11-24", 560, "en");
    odd["appointment"]["timeZoneId"] = json!("Middle Earth Standard Time");
    let odd_request = request("2026-11-24", odd.clone());
    assert_eq!(
        papers(None, &odd_request, 0)
            .calendar_file_problem
            .unwrap()
            .id,
        "zone-unknown"
    );
    odd["appointment"]["timeUtc"] = json!("2026-11-24T07:20:00");
    let told = request("2026-11-24", odd);
    let file = papers(None, &told, 0).calendar_file.unwrap();
    assert!(
        file.text.contains("\r\nDTSTART:20261124T072000Z\r\n"),
        "{}",
        file.text
    );
    assert!(!file.text.contains("TZID"));
}

#[test]
fn a_calendar_file_names_the_event_and_counts_its_moves() {
    let asked = request("2026-11-24", appointment("2026-11-24", 560, "en"));
    let file = papers(Some("Europe/Berlin"), &asked, 2)
        .calendar_file
        .unwrap();
    assert_eq!(file.file_name, "appointment-2026-11-24-0920.ics");
    let unfolded = file.text.replace("\r\n ", "");
    let lines: Vec<_> = unfolded.split_terminator("\r\n").collect();
    assert!(!unfolded.replace("\r\n", "").contains(['\r', '\n']));
    for line in [
        "METHOD:PUBLISH",
        "UID:5b0d6c1e-6666-4a6e-9d10-000000000001@front-desk-for-cubu",
        "SEQUENCE:2",
        "DTSTAMP:20261122T080000Z",
        "DTSTART;TZID=Europe/Berlin:20261124T092000",
        "DTEND;TZID=Europe/Berlin:20261124T095000",
        "SUMMARY;LANGUAGE=en:Renewal at Town hall\\, north",
        "LOCATION;LANGUAGE=en:Town hall\\, north",
    ] {
        assert!(lines.contains(&line), "{line} in {lines:#?}");
    }
    assert!(
        !file.text.contains("Dana"),
        "a calendar is shared more often than a slip"
    );
}

#[test]
fn both_edges_of_summer_time_are_the_moments_the_wall_clock_shows() {
    // (zone, day, minute, Cubu's UTC, what the file says begins and ends)
    for (zone, day, start, told, begins, ends) in [
        // Clocks go from 02:00 to 03:00: 02:30 is never shown, and 01:50 lasts beyond it.
        (
            "Europe/Berlin",
            "2026-03-29",
            150,
            None,
            ";TZID=Europe/Berlin:20260329T033000",
            ";TZID=Europe/Berlin:20260329T040000",
        ),
        (
            "Europe/Berlin",
            "2026-03-29",
            110,
            None,
            ";TZID=Europe/Berlin:20260329T015000",
            ";TZID=Europe/Berlin:20260329T032000",
        ),
        // Clocks go from 03:00 back to 02:00: 02:30 comes twice, and only UTC can name the second.
        (
            "Europe/Berlin",
            "2026-10-25",
            150,
            None,
            ":20261025T003000Z",
            ":20261025T010000Z",
        ),
        (
            "Europe/Berlin",
            "2026-10-25",
            150,
            Some("2026-10-25T01:30:00Z"),
            ":20261025T013000Z",
            ":20261025T020000Z",
        ),
        (
            "Israel Standard Time",
            "2026-10-25",
            30,
            None,
            ":20261024T213000Z",
            ":20261024T220000Z",
        ),
        (
            "Israel Standard Time",
            "2026-03-27",
            100,
            None,
            ";TZID=Asia/Jerusalem:20260327T014000",
            ";TZID=Asia/Jerusalem:20260327T031000",
        ),
    ] {
        let mut one = appointment(day, start, "en");
        one["appointment"]["timeUtc"] = json!(told);
        let file = papers(Some(zone), &request(day, one), 0)
            .calendar_file
            .unwrap();
        for line in [format!("DTSTART{begins}"), format!("DTEND{ends}")] {
            assert!(
                file.text.contains(&format!("\r\n{line}\r\n")),
                "{line} in {}",
                file.text
            );
        }
        assert_eq!(
            file.text.contains("BEGIN:VTIMEZONE"),
            begins.starts_with(";TZID")
        );
    }
}

#[test]
fn what_the_clock_shows_according_to_cubu_goes_before_the_number_of_the_slot() {
    let mut one = appointment("2026-11-24", 700, "en");
    one["appointment"]["timeLocal"] = json!("2026-11-24T11:51:00");
    let papers = papers(Some("Asia/Jerusalem"), &request("2026-11-24", one), 0);
    assert_eq!(papers.slip.lines[1].value, "11:51 to 12:21");
    assert!(
        papers
            .calendar_file
            .unwrap()
            .text
            .contains(":20261124T115100\r\n")
    );
}

#[test]
fn only_a_ticket_with_an_address_has_a_code_to_scan() {
    let ask = |url: Value| {
        let request: GetTicketPapers = serde_json::from_value(json!({
            "serviceId": SERVICE, "customerName": "Dana Levi", "language": "he",
            "case": { "caseId": CASE, "ticketUrl": url, "position": 3, "ticket": { "number": "C7" } },
        }))
        .unwrap();
        of_ticket("Northgate", &catalogue(None), &request)
    };
    let with = ask(json!("https://tickets.example/C7"));
    let code = with.slip.qr.unwrap();
    assert_eq!(code.address, "https://tickets.example/C7");
    // The finder pattern in the corner: seven dark modules, then a light one.
    assert!(code.path.starts_with("M0 0h1v1h-1zM1 0h1v1h-1z"));
    assert!(!code.path.contains("M7 0h"));
    assert_eq!(with.slip.ticket.unwrap().value, "C7");
    assert!(with.message.contains("https://tickets.example/C7"));
    for without in [
        Value::Null,
        json!("javascript:alert(1)"),
        json!(format!("https://{}", "a".repeat(600))),
    ] {
        assert!(ask(without).slip.qr.is_none());
    }
}
