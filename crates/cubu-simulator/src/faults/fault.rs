//! The faults by name: one spelling for the command line, the doors and the ledger's readers. Leaves out what they do.

use std::fmt;
use std::str::FromStr;
use std::time::Duration;

use super::Kind;
use super::rule::BadRule;

/// How a server or the gateway before it gives up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Breakdown {
    /// 500, from the server itself.
    Internal,
    /// 502, from a gateway.
    BadGateway,
    /// 503, from a gateway.
    Unavailable,
}

impl Breakdown {
    /// The HTTP status.
    #[must_use]
    pub const fn status(self) -> u16 {
        match self {
            Self::Internal => 500,
            Self::BadGateway => 502,
            Self::Unavailable => 503,
        }
    }
}

/// Something that goes wrong with one request. As text it is a name, for some with a number after `=`: `latency=800`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(into = "String", try_from = "String")]
pub enum Fault {
    /// `latency=MS`: the server takes its time first. Whoever hangs up meanwhile does not stop it from acting.
    Latency(Duration),
    /// `refused=MS`: the request is reset before it acts, as is every line at rest, and for this long nobody can connect.
    Refused(Duration),
    /// `reset-before`: the connection is reset before the server acts.
    ResetBefore,
    /// `reset-after`: the connection is reset after the server has acted.
    ResetAfter,
    /// `500-before`, `502-before`, `503-before`: the server gives up before it acts.
    BreakdownBefore(Breakdown),
    /// `500-after`, `502-after`, `503-after`: the server gives up after it has acted.
    BreakdownAfter(Breakdown),
    /// `429-seconds=S`: too many requests, with `Retry-After` in seconds.
    TooManySeconds(u32),
    /// `429-date=S`: too many requests, with `Retry-After` as the date that is this many seconds ahead.
    TooManyDate(u32),
    /// `half-body`: the server acts; the line drops in the middle of the answer.
    HalfBody,
    /// `drip=MS`: the server acts; the answer's body takes this long to come through.
    Drip(Duration),
    /// `malformed`: the server acts; the answer is whole and is not JSON.
    Malformed,
    /// `token-expired`: the request's token runs out at this moment; at the token endpoint, the one given out is worthless.
    TokenExpired,
    /// `clock=S`: the answering server's clock is this many seconds ahead, or behind when negative: its `Date` and how it
    /// judges tokens.
    Clock(i32),
    /// `late-write=MS`: the write is answered now and takes hold this much later.
    LateWrite(Duration),
    /// `stale-read=MS`: the read sees nothing that was written in the last so many milliseconds.
    StaleRead(Duration),
}

impl Fault {
    /// Whether it can befall such a request at all.
    pub(super) fn befalls(self, kind: Kind) -> bool {
        match self {
            Self::LateWrite(_) => kind == Kind::Write,
            Self::StaleRead(_) => kind == Kind::Read,
            _ => true,
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (name, number): (_, Option<i128>) = match self {
            Self::Latency(by) => ("latency", Some(milliseconds(*by))),
            Self::Refused(by) => ("refused", Some(milliseconds(*by))),
            Self::ResetBefore => ("reset-before", None),
            Self::ResetAfter => ("reset-after", None),
            Self::BreakdownBefore(how) => return write!(out, "{}-before", how.status()),
            Self::BreakdownAfter(how) => return write!(out, "{}-after", how.status()),
            Self::TooManySeconds(seconds) => ("429-seconds", Some((*seconds).into())),
            Self::TooManyDate(seconds) => ("429-date", Some((*seconds).into())),
            Self::HalfBody => ("half-body", None),
            Self::Drip(over) => ("drip", Some(milliseconds(*over))),
            Self::Malformed => ("malformed", None),
            Self::TokenExpired => ("token-expired", None),
            Self::Clock(seconds) => ("clock", Some((*seconds).into())),
            Self::LateWrite(by) => ("late-write", Some(milliseconds(*by))),
            Self::StaleRead(by) => ("stale-read", Some(milliseconds(*by))),
        };
        match number {
            Some(number) => write!(out, "{name}={number}"),
            None => out.write_str(name),
        }
    }
}

fn milliseconds(duration: Duration) -> i128 {
    i128::try_from(duration.as_millis()).unwrap_or(i128::MAX)
}

impl FromStr for Fault {
    type Err = BadRule;

    fn from_str(text: &str) -> Result<Self, BadRule> {
        let (name, number) = match text.split_once('=') {
            Some((name, number)) => (name, Some(number)),
            None => (text, None),
        };
        let read = Number { text, number };
        let breakdowns = [
            ("500-", Breakdown::Internal),
            ("502-", Breakdown::BadGateway),
            ("503-", Breakdown::Unavailable),
        ];
        for (prefix, how) in breakdowns {
            match name.strip_prefix(prefix) {
                Some("before") => return read.none(Self::BreakdownBefore(how)),
                Some("after") => return read.none(Self::BreakdownAfter(how)),
                _ => {}
            }
        }
        match name {
            "latency" => Ok(Self::Latency(read.milliseconds(500)?)),
            "refused" => Ok(Self::Refused(read.milliseconds(1_000)?)),
            "reset-before" => read.none(Self::ResetBefore),
            "reset-after" => read.none(Self::ResetAfter),
            "429-seconds" => Ok(Self::TooManySeconds(read.or(1)?)),
            "429-date" => Ok(Self::TooManyDate(read.or(2)?)),
            "half-body" => read.none(Self::HalfBody),
            "drip" => Ok(Self::Drip(read.milliseconds(2_000)?)),
            "malformed" => read.none(Self::Malformed),
            "token-expired" => read.none(Self::TokenExpired),
            "clock" => Ok(Self::Clock(read.or(600)?)),
            "late-write" => Ok(Self::LateWrite(read.milliseconds(2_000)?)),
            "stale-read" => Ok(Self::StaleRead(read.milliseconds(2_000)?)),
            _ => Err(BadRule::new(format!("There is no fault \"{text}\"."))),
        }
    }
}

/// The number after `=`, if there is one.
struct Number<'text> {
    text: &'text str,
    number: Option<&'text str>,
}

impl Number<'_> {
    fn or<T: FromStr>(&self, default: T) -> Result<T, BadRule> {
        self.number.map_or(Ok(default), |number| {
            number
                .parse()
                .map_err(|_| BadRule::new(format!("The number of \"{}\" is wrong.", self.text)))
        })
    }

    /// At most an hour's worth.
    fn milliseconds(&self, default: u64) -> Result<Duration, BadRule> {
        let milliseconds = self.or(default)?;
        if milliseconds > 3_600_000 {
            let message = format!("\"{}\" is longer than an hour.", self.text);
            return Err(BadRule::new(message));
        }
        Ok(Duration::from_millis(milliseconds))
    }

    fn none(&self, fault: Fault) -> Result<Fault, BadRule> {
        match self.number {
            None => Ok(fault),
            Some(_) => Err(BadRule::new(format!("\"{fault}\" takes no number."))),
        }
    }
}

impl From<Fault> for String {
    fn from(fault: Fault) -> Self {
        fault.to_string()
    }
}

impl TryFrom<String> for Fault {
    type Error = BadRule;

    fn try_from(text: String) -> Result<Self, BadRule> {
        text.parse()
    }
}
