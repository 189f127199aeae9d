//! Books the earliest free slot of a service, lists the appointment back and prints it.
//!
//! Against a simulator on this computer nothing but its address is needed, because it tells its credentials and its catalogue:
//!
//! ```sh
//! cargo run -p cubu-s2s --example book_appointment -- --base-url http://127.0.0.1:4010 --authority http://127.0.0.1:4010
//! ```

use std::error::Error;

use chrono::{Days, NaiveDate, Utc};
use clap::Parser;
use cubu_s2s::{
    ApplicationId, Appointment, BookAppointment, Calendar, Client, ClientId, ClientOptions,
    CuIndex, CustomerRecordId, DEFAULT_AUTHORITY, DEFAULT_BASE_URL, ListAppointments,
    ListCalendars, ListVacancies, ServiceId, ServiceTypeId, TenantId,
};
use serde::Deserialize;
use serde::de::DeserializeOwned;

/// Books the earliest free slot of a service.
#[derive(Parser)]
struct Arguments {
    /// Address of the API.
    #[arg(long, default_value = DEFAULT_BASE_URL)]
    base_url: String,
    /// Address of the identity provider.
    #[arg(long, default_value = DEFAULT_AUTHORITY)]
    authority: String,
    /// File with the simulator's first line, `-` for standard input.
    #[arg(long)]
    credentials: Option<String>,
    /// The tenant.
    #[arg(long)]
    tenant_id: Option<TenantId>,
    /// The client id.
    #[arg(long)]
    client_id: Option<ClientId>,
    /// The application id.
    #[arg(long)]
    application_id: Option<ApplicationId>,
    /// Environment variable that holds the client secret.
    #[arg(long, default_value = "CUBU_CLIENT_SECRET")]
    client_secret_env: String,
    /// The service to book.
    #[arg(long, requires = "service_type_id")]
    service_id: Option<ServiceId>,
    /// What to book of it.
    #[arg(long, requires = "service_id")]
    service_type_id: Option<ServiceTypeId>,
    /// The first day to look at.
    #[arg(long)]
    date: Option<NaiveDate>,
    /// How many days to look at.
    #[arg(long, default_value_t = 14)]
    days: u64,
    /// The customer, where the service demands one.
    #[arg(long)]
    customer_record_id: Option<CustomerRecordId>,
    /// The customer's telephone number, where the service demands one.
    #[arg(long, default_value = "5550100123")]
    phone: String,
    /// The customer's e-mail address, where the service demands one.
    #[arg(long, default_value = "visitor@example.org")]
    email: String,
}

type Failure = Box<dyn Error>;

#[tokio::main]
async fn main() -> Result<(), Failure> {
    let arguments = Arguments::parse();
    let client = Client::new(options(&arguments).await?)?;
    let (service_id, service_type_id, customer) = what_to_book(&arguments).await?;

    let today = Utc::now().date_naive();
    let first = arguments.date.unwrap_or(today);
    for date in first
        .iter_days()
        .take_while(|date| *date < first + Days::new(arguments.days))
    {
        let calendars = client.send(&ListCalendars { service_id, date }).await?;
        let Some((calendar, start)) =
            earliest(&client, &calendars, service_id, service_type_id, date).await?
        else {
            continue;
        };
        let cu_index = calendar.cu_index;
        let booked = client
            .send(&BookAppointment {
                service_id,
                date,
                cu_index,
                service_type_id,
                start_time: start,
                language: None,
                customer_record_id: customer,
                contact_phone_number: Some(arguments.phone.clone()),
                contact_email: Some(arguments.email.clone()),
                channel: None,
                bypass_timeslot_check: None,
                prevent_self_check_in: None,
                fields: None,
                tag_ids: None,
            })
            .await?;
        let appointments = client
            .send(&ListAppointments {
                service_id,
                date,
                cu_index,
                customer_record_id: None,
            })
            .await?;
        // The answer to booking is not documented, so it may not name the case.
        let appointment = appointments
            .iter()
            .filter(|appointment| {
                booked
                    .case_id
                    .is_none_or(|case_id| case_id == appointment.case_id)
            })
            .find(|appointment| starts_at(appointment) == Some(start))
            .ok_or("the appointment was booked, but is not listed")?;
        print(appointment, date, cu_index, start);
        return Ok(());
    }
    Err(format!(
        "nothing is free within {} days from {first}",
        arguments.days
    )
    .into())
}

async fn earliest<'a>(
    client: &Client,
    calendars: &'a [Calendar],
    service_id: ServiceId,
    service_type_id: ServiceTypeId,
    date: NaiveDate,
) -> Result<Option<(&'a Calendar, u16)>, cubu_s2s::Error> {
    let mut earliest: Option<(&Calendar, u16)> = None;
    for calendar in calendars.iter().filter(|calendar| is_open(calendar)) {
        let cu_index = calendar.cu_index;
        let vacancies = client
            .send(&ListVacancies {
                service_id,
                date,
                cu_index,
                service_type_id,
            })
            .await?;
        let first = vacancies.slots.into_iter().min();
        if let Some(start) = first.filter(|start| earliest.is_none_or(|(_, best)| *start < best)) {
            earliest = Some((calendar, start));
        }
    }
    Ok(earliest)
}

/// Agents may book in it, as far as it says.
fn is_open(calendar: &Calendar) -> bool {
    calendar.is_past_date != Some(true)
        && calendar.is_in_agents_booking_window != Some(false)
        && calendar.agents_booking_active != Some(false)
}

fn starts_at(appointment: &Appointment) -> Option<u16> {
    appointment.appointment.as_ref()?.start
}

fn print(appointment: &Appointment, date: NaiveDate, cu_index: CuIndex, start: u16) {
    let service_type = appointment
        .service_type_name
        .as_deref()
        .unwrap_or("appointment");
    let ticket = appointment
        .ticket
        .as_ref()
        .map(ToString::to_string)
        .unwrap_or_default();
    let (hours, minutes) = (start / 60, start % 60);
    println!("Booked: {service_type} on {date} at {hours:02}:{minutes:02}, calendar {cu_index}");
    println!("Ticket {ticket}, case {}", appointment.case_id);
}

/// What the simulator prints on its first line.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Credentials {
    tenant_id: TenantId,
    client_id: ClientId,
    client_secret: String,
    application_id: ApplicationId,
}

async fn options(arguments: &Arguments) -> Result<ClientOptions, Failure> {
    let given = (
        arguments.tenant_id,
        arguments.client_id,
        arguments.application_id,
    );
    let credentials = if let (Some(tenant_id), Some(client_id), Some(application_id)) = given {
        let name = &arguments.client_secret_env;
        let client_secret = std::env::var(name)
            .map_err(|_| format!("put the client secret into the environment variable {name}"))?;
        Credentials {
            tenant_id,
            client_id,
            client_secret,
            application_id,
        }
    } else if let Some(file) = &arguments.credentials {
        let line = match file.as_str() {
            "-" => std::io::stdin()
                .lines()
                .next()
                .ok_or("nothing on standard input")??,
            file => std::fs::read_to_string(file)?
                .lines()
                .next()
                .unwrap_or_default()
                .to_owned(),
        };
        serde_json::from_str(&line)?
    } else {
        ask_simulator(arguments, "connection").await.map_err(
            |_| "give --tenant-id, --client-id and --application-id; only a simulator does without",
        )?
    };
    Ok(ClientOptions {
        authority: arguments.authority.clone(),
        base_url: arguments.base_url.clone(),
        ..ClientOptions::new(
            credentials.tenant_id,
            credentials.client_id,
            credentials.client_secret.into(),
            credentials.application_id,
        )
    })
}

/// The part of the simulator's world this example needs.
#[derive(Deserialize)]
struct World {
    services: Vec<WorldService>,
    customers: Vec<WorldCustomer>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct WorldService {
    service_id: ServiceId,
    kind: String,
    service_type_ids: Vec<ServiceTypeId>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct WorldCustomer {
    record_id: CustomerRecordId,
}

async fn what_to_book(
    arguments: &Arguments,
) -> Result<(ServiceId, ServiceTypeId, Option<CustomerRecordId>), Failure> {
    if let (Some(service), Some(service_type)) = (arguments.service_id, arguments.service_type_id) {
        return Ok((service, service_type, arguments.customer_record_id));
    }
    let world: World = ask_simulator(arguments, "world")
        .await
        .map_err(|_| "give --service-id and --service-type-id; only a simulator does without")?;
    let service = world
        .services
        .iter()
        .find(|service| service.kind == "appointment")
        .ok_or("the simulator has no service with appointments")?;
    let service_type = service
        .service_type_ids
        .first()
        .ok_or("the service has no types")?;
    let customer = world.customers.first().map(|customer| customer.record_id);
    Ok((
        service.service_id,
        *service_type,
        arguments.customer_record_id.or(customer),
    ))
}

/// Looks through one of the simulator's own doors, which a real server does not have: only ever asked on this computer.
async fn ask_simulator<T: DeserializeOwned>(
    arguments: &Arguments,
    door: &str,
) -> Result<T, Failure> {
    let base = cubu_s2s::check_address(&arguments.base_url)?;
    if base.scheme() != "http" {
        return Err("not a simulator".into());
    }
    // No provider means that encryption is not set up, and plain http needs none.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let http = reqwest::Client::builder().no_proxy().build()?;
    let url = base.join(&format!("/_simulator/{door}"))?;
    Ok(http
        .get(url)
        .send()
        .await?
        .error_for_status()?
        .json()
        .await?)
}
