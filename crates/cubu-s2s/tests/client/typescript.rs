//! The TypeScript descriptions say what the wire says: optional members, plain texts for ids, unions for closed enums.

use cubu_s2s::{BookAppointment, ClockOut, FindCustomer, Ticket, Vacancies};
use ts_rs::{Config, TS};

#[test]
fn descriptions_match_what_serde_writes() {
    let config = Config::default();
    let declarations = [
        ClockOut::decl(&config),
        FindCustomer::decl(&config),
        BookAppointment::decl(&config),
        Ticket::decl(&config),
        Vacancies::decl(&config),
    ];
    insta::assert_snapshot!("typescript", declarations.join("\n"));
}
