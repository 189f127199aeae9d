//! What goes wrong: every fault the simulator knows, on every write, on the reads that settle them and on the token endpoint.
//! The weather turns with the campaign's progress; the same seed makes the same one.

use cubu_simulator::{Breakdown, Fault, FaultRule};
use rand::{RngExt as _, rngs::StdRng};

/// How strongly it strikes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Clock {
    /// Delays fit for desks in haste.
    Short,
    /// Delays of some seconds.
    Long,
}

/// The rules for one stretch of the campaign.
pub fn draw(chance: &mut StdRng, clock: Clock) -> Vec<FaultRule> {
    use Breakdown::{BadGateway, Internal, Unavailable};
    let ms = |short: u64, long: u64| {
        std::time::Duration::from_millis(if clock == Clock::Short { short } else { long })
    };
    // Each with its share of the writes, of the reads and of the token requests, in thousandths.
    let faults = [
        (Fault::Latency(ms(250, 900)), 90, 100, 80),
        (Fault::Refused(ms(250, 900)), 8, 3, 25),
        (Fault::ResetBefore, 45, 20, 30),
        (Fault::ResetAfter, 70, 20, 30),
        (Fault::BreakdownBefore(Internal), 20, 10, 20),
        (Fault::BreakdownBefore(BadGateway), 20, 10, 20),
        (Fault::BreakdownBefore(Unavailable), 20, 10, 30),
        (Fault::BreakdownAfter(Internal), 25, 10, 20),
        (Fault::BreakdownAfter(BadGateway), 35, 10, 20),
        (Fault::BreakdownAfter(Unavailable), 25, 10, 20),
        (Fault::TooManySeconds(1), 8, 4, 30),
        (Fault::TooManyDate(2), 8, 4, 30),
        (Fault::HalfBody, 40, 15, 20),
        (Fault::Drip(ms(200, 900)), 30, 40, 30),
        (Fault::Malformed, 35, 10, 20),
        (Fault::TokenExpired, 15, 10, 30),
        (Fault::Clock(600), 15, 12, 30),
        (Fault::Clock(-600), 15, 12, 30),
        (Fault::LateWrite(ms(500, 2_000)), 30, 0, 0),
        (Fault::StaleRead(ms(400, 2_000)), 0, 80, 0),
    ];
    // Some days are worse than others.
    let worse = chance.random_range(7..=15);
    let mut rules = Vec::new();
    for (fault, write, read, token) in faults {
        let mut add = |call: &str, share: u32| {
            let rate = f64::from(share * worse) / 10_000.0;
            if share > 0 {
                rules.push(
                    FaultRule::new(call, fault)
                        .rate(rate.min(1.0))
                        .seed(chance.random()),
                );
            }
        };
        WRITES.iter().for_each(|call| add(call, write));
        READS.iter().for_each(|call| add(call, read));
        add("Token", token);
    }
    rules
}

const WRITES: [&str; 15] = [
    "CallAgain",
    "ClockIn",
    "ClockOut",
    "OccupyWorkstation",
    "ResolveCase",
    "SelectCurrentUnit",
    "StartNextCase",
    "BecomeAvailable",
    "BecomeUnavailable",
    "VacateWorkstation",
    "BookAppointment",
    "CancelAppointment",
    "QueueUp",
    "CreateCustomer",
    "UpdateCustomer",
];

const READS: [&str; 8] = [
    "GetAgentStatus",
    "ListActiveCases",
    "ListWorkstations",
    "ListAppointments",
    "ListCalendars",
    "ListVacancies",
    "GetCustomer",
    "FindCustomer",
];
