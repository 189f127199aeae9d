//! The simulator as a program. With `--json` its first line on stdout is one JSON object with everything a client needs to
//! connect; it then serves until it is interrupted.

use std::io::Write as _;
use std::time::Duration;

use chrono::TimeDelta;
use clap::Parser;
use cubu_simulator::{BookAnswer, Connection, CustomerIdSpelling, FaultRule, Options, Role, start};

/// A Cubu in one process, on this machine only.
#[derive(Parser)]
#[command(version)]
struct Arguments {
    /// The port on 127.0.0.1; 0 lets the system choose one.
    #[arg(long, default_value_t = 0)]
    port: u16,
    /// The same seed makes the same world.
    #[arg(long, default_value_t = 7)]
    seed: u64,
    /// Print the connection as one JSON object.
    #[arg(long)]
    json: bool,
    /// Let other people act, once in this many seconds.
    #[arg(long, value_name = "SECONDS", value_parser = seconds)]
    life: Option<Duration>,
    /// Give the first service by appointment so many calendars on each day.
    #[arg(long, value_name = "COUNT", value_parser = clap::value_parser!(u16).range(1..=200))]
    calendars: Option<u16>,
    /// Wait before every answer.
    #[arg(long, default_value_t = 0)]
    latency_ms: u64,
    /// The roles ticked on the application, separated by commas.
    #[arg(long, value_enum, value_delimiter = ',', default_values_t = Role::ALL)]
    roles: Vec<Role>,
    /// How long an access token is accepted.
    #[arg(long, default_value_t = 3599)]
    token_lifetime_s: u64,
    /// Run the simulator's clock ahead of (or, negative, behind) this machine's.
    #[arg(long, default_value_t = 0, allow_negative_numbers = true)]
    clock_offset_s: i32,
    /// The spelling of the customer's id that is read.
    #[arg(long, value_enum, default_value = "both")]
    customer_id_spelling: CustomerIdSpelling,
    /// What Book Appointment answers beside 201.
    #[arg(long, value_enum, default_value = "case")]
    book_answer: BookAnswer,
    /// Let a customer hold one planned appointment of a service at a time.
    #[arg(long)]
    one_appointment_each: bool,
    /// Let something go wrong, such as BookAppointment:reset-after:0.2:seed=9:limit=3 or *:latency=800. May be given again.
    #[arg(long = "fault", value_name = "ENDPOINT:FAULT[:RATE]")]
    faults: Vec<FaultRule>,
}

fn seconds(text: &str) -> Result<Duration, String> {
    text.parse::<f64>()
        .ok()
        .filter(|seconds| *seconds > 0.0)
        .and_then(|seconds| Duration::try_from_secs_f64(seconds).ok())
        .ok_or_else(|| "must be a number of seconds above 0".to_owned())
}

#[tokio::main]
async fn main() -> std::io::Result<()> {
    let arguments = Arguments::parse();
    let options = Options {
        port: arguments.port,
        seed: arguments.seed,
        clock_offset: TimeDelta::seconds(i64::from(arguments.clock_offset_s)),
        life: arguments.life,
        calendars: arguments.calendars.map(usize::from),
        latency: (arguments.latency_ms > 0).then(|| Duration::from_millis(arguments.latency_ms)),
        token_lifetime: Duration::from_secs(arguments.token_lifetime_s),
        roles: arguments.roles,
        customer_id_spelling: arguments.customer_id_spelling,
        book_answer: arguments.book_answer,
        one_appointment_each: arguments.one_appointment_each,
        faults: arguments.faults,
        ..Options::default()
    };
    let running = start(options).await?;
    // Listened for before anybody is told that this program runs: whoever reads the first line may stop it at once.
    let told_to_stop = stop_signal()?;
    announce(&running.connection, arguments.json)?;
    told_to_stop.await?;
    running.shutdown().await;
    Ok(())
}

fn announce(connection: &Connection, as_json: bool) -> std::io::Result<()> {
    let mut out = std::io::stdout().lock();
    if as_json {
        writeln!(out, "{}", serde_json::to_string(connection)?)?;
    } else {
        writeln!(out, "Serving at      {}", connection.base_url)?;
        writeln!(out, "Tenant id       {}", connection.tenant_id)?;
        writeln!(out, "Client id       {}", connection.client_id)?;
        writeln!(out, "Client secret   {}", connection.client_secret)?;
        writeln!(out, "Application id  {}", connection.application_id)?;
    }
    out.flush()
}

/// Listens from the call on, so that whoever has read the announcement can stop the program.
#[cfg(unix)]
fn stop_signal() -> std::io::Result<impl Future<Output = std::io::Result<()>>> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut interrupted = signal(SignalKind::interrupt())?;
    let mut terminated = signal(SignalKind::terminate())?;
    Ok(async move {
        tokio::select! {
            _ = interrupted.recv() => {}
            _ = terminated.recv() => {}
        }
        Ok(())
    })
}

#[cfg(not(unix))]
fn stop_signal() -> std::io::Result<impl Future<Output = std::io::Result<()>>> {
    Ok(tokio::signal::ctrl_c())
}
