//! Customers, users and back-office tasks of the organisation.

use cubu_s2s::{
    BackOfficeTask, CreateCustomer, CreatedCustomer, Customer, FindCustomer, GetCustomer,
    ListBackOfficeTasks, ListUsers, UpdateCustomer, User,
};

use crate::{catalogue::Learn, desk::Desk, draft::Draft, error::Error, messages};

/// Creates a customer.
pub async fn create_customer(
    desk: &Desk,
    draft: Draft<CreateCustomer>,
) -> Result<CreatedCustomer, Error> {
    if draft.request.fields.is_empty() {
        return Err(Error::field("fields", messages::field_empty()));
    }
    desk.write(draft).await
}

/// Opens a customer by its record id.
pub async fn get_customer(desk: &Desk, request: GetCustomer) -> Result<Customer, Error> {
    let connection = desk.connection().await?;
    let customer = connection.send(&request).await?;
    connection.learn(Learn::Customer(&customer)).await;
    Ok(customer)
}

/// Changes some fields of a customer.
pub async fn update_customer(desk: &Desk, draft: Draft<UpdateCustomer>) -> Result<(), Error> {
    if draft.request.fields.is_empty() {
        return Err(Error::field("fields", messages::field_empty()));
    }
    desk.write(draft).await
}

/// Finds a customer by record id or key field.
pub async fn find_customer(desk: &Desk, request: FindCustomer) -> Result<Customer, Error> {
    if let FindCustomer::KeyField {
        field_slug,
        field_value,
    } = &request
    {
        for (field, text) in [("fieldSlug", field_slug), ("fieldValue", field_value)] {
            if text.trim().is_empty() {
                return Err(Error::field(field, messages::field_empty()));
            }
        }
    }
    let connection = desk.connection().await?;
    let customer = connection.send(&request).await?;
    connection.learn(Learn::Customer(&customer)).await;
    Ok(customer)
}

/// Lists the back-office tasks of the organisation.
pub async fn list_back_office_tasks(
    desk: &Desk,
    request: ListBackOfficeTasks,
) -> Result<Vec<BackOfficeTask>, Error> {
    desk.connection().await?.send(&request).await
}

/// Lists the users of the organisation.
pub async fn list_users(desk: &Desk, request: ListUsers) -> Result<Vec<User>, Error> {
    desk.connection().await?.send(&request).await
}
