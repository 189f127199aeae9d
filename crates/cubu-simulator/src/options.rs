//! What a simulated Cubu can be told before it starts. Leaves out everything that can be changed through the API itself.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};

use crate::faults::FaultRule;

/// A role that is ticked on a registered application and opens one area of the API.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, clap::ValueEnum)]
pub enum Role {
    /// Opens everything under `/agents/{userId}`.
    AgentImpersonator,
    /// Opens everything under `/calendars`.
    AppointmentsManager,
    /// Opens Queue Up.
    CaseManager,
    /// Opens everything under `/customers`.
    CustomersManager,
    /// Opens everything under `/organization`.
    OrganizationReader,
}

impl Role {
    /// The five roles, in the order of the contract.
    pub const ALL: [Self; 5] = [
        Self::AgentImpersonator,
        Self::AppointmentsManager,
        Self::CaseManager,
        Self::CustomersManager,
        Self::OrganizationReader,
    ];

    /// The name as Cubu's application screen writes it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::AgentImpersonator => "Agent Impersonator",
            Self::AppointmentsManager => "Appointments Manager",
            Self::CaseManager => "Case Manager",
            Self::CustomersManager => "Customers Manager",
            Self::OrganizationReader => "Organization Reader",
        }
    }
}

/// Which spelling of the customer's id Book and Queue Up read. The contract does not say which one Cubu reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
pub enum CustomerIdSpelling {
    /// Either one; both are refused when they differ.
    #[default]
    Both,
    /// Only `cusotmerRecordId`, as the vendor's pages print it.
    AsPrinted,
    /// Only `customerRecordId`.
    Correct,
}

/// What Book Appointment answers beside 201. The contract does not show the body.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
pub enum BookAnswer {
    /// An object with the case id, in the manner of Queue Up's answer.
    #[default]
    Case,
    /// Nothing at all.
    Empty,
}

/// How a simulated Cubu starts.
#[derive(Debug, Clone)]
pub struct Options {
    /// The loopback port; 0 lets the system choose one.
    pub port: u16,
    /// The same seed (and the same `now`) makes the same world.
    pub seed: u64,
    /// `None`: this machine's clock. `Some`: a clock that stands at this instant until [`crate::Running::advance`] moves it.
    pub now: Option<DateTime<Utc>>,
    /// Added to the clock: moves the `Date` header and every time stamp.
    pub clock_offset: TimeDelta,
    /// The pause between two acts of other people; `None` leaves the world to the caller alone.
    pub life: Option<Duration>,
    /// How many calendars the first service by appointment has on each day; `None` for its usual eight.
    pub calendars: Option<usize>,
    /// Whether every calendar is open every day, at every hour of it: also while clocks change.
    pub always_open: bool,
    /// Waited before every answer, the token endpoint's included.
    pub latency: Option<Duration>,
    /// How long an access token is accepted.
    pub token_lifetime: Duration,
    /// The roles ticked on the application.
    pub roles: Vec<Role>,
    /// Which spelling of the customer's id is read.
    pub customer_id_spelling: CustomerIdSpelling,
    /// What Book Appointment answers.
    pub book_answer: BookAnswer,
    /// Whether a customer may hold one planned appointment of a service at a time. The contract does not say whether Cubu has such
    /// a rule; organisations make it with the webhook Before Book Appointment.
    pub one_appointment_each: bool,
    /// Whether the organisation tracks its agents' status.
    pub agent_tracking: bool,
    /// Follows the contract's doubtful 409s to the letter: Clock-out answers 3301 to an agent who is *not* Away, and
    /// Change Status to Unavailable answers 3304 to one who is not Unavailable. Off, they follow their purpose.
    pub doubtful_conflicts_as_printed: bool,
    /// Whether the client secret has run out (Entra's 7000222).
    pub secret_expired: bool,
    /// What goes wrong from the start; [`crate::Running::set_faults`] changes it.
    pub faults: Vec<FaultRule>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            port: 0,
            seed: 7,
            now: None,
            clock_offset: TimeDelta::zero(),
            life: None,
            calendars: None,
            always_open: false,
            latency: None,
            token_lifetime: Duration::from_secs(3599),
            roles: Role::ALL.to_vec(),
            customer_id_spelling: CustomerIdSpelling::Both,
            book_answer: BookAnswer::Case,
            one_appointment_each: false,
            agent_tracking: true,
            doubtful_conflicts_as_printed: false,
            secret_expired: false,
            faults: Vec::new(),
        }
    }
}
