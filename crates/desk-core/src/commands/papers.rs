//! Papers for customers: made when somebody asks, and saved only where somebody says.

use crate::{
    desk::Desk,
    error::Error,
    files, messages,
    paper::{self, ExportAppointmentToFile, GetAppointmentPapers, GetTicketPapers, Papers},
};

/// Makes the papers of an appointment. Cubu is not asked: this works without a network.
pub async fn get_appointment_papers(
    desk: &Desk,
    request: GetAppointmentPapers,
) -> Result<Papers, Error> {
    let writer = desk.writer().await?;
    let connection = &writer.connection;
    let profile = connection.profile();
    // A journal that can't be read costs the calendar file, which has to name the event, and nothing else.
    let lineage = writer
        .journal
        .lineage(profile.id, request.appointment.case_id)
        .await
        .map_err(|failure| failure.of("get_appointment_papers").message);
    let catalogue = connection.catalogue().await;
    let now = desk.clock().now();
    Ok(paper::of_appointment(
        &profile.name,
        &catalogue,
        &request,
        lineage,
        now,
    ))
}

/// Saves the calendar file of an appointment.
pub async fn export_appointment_to_file(
    desk: &Desk,
    request: ExportAppointmentToFile,
) -> Result<(), Error> {
    let ExportAppointmentToFile { path, of } = request;
    let papers = get_appointment_papers(desk, of).await?;
    let Some(file) = papers.calendar_file else {
        let problem = papers
            .calendar_file_problem
            .unwrap_or_else(messages::paper_no_time);
        return Err(Error::field("of.appointment", problem));
    };
    tokio::task::spawn_blocking(move || files::write(&path, file.text.as_bytes())).await??;
    Ok(())
}

/// Makes the papers of a walk-in.
pub async fn get_ticket_papers(desk: &Desk, request: GetTicketPapers) -> Result<Papers, Error> {
    let connection = desk.connection().await?;
    let catalogue = connection.catalogue().await;
    Ok(paper::of_ticket(
        &connection.profile().name,
        &catalogue,
        &request,
    ))
}
