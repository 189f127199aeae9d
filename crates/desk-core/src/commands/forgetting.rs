//! Forgetting a customer on this PC. Cubu itself goes on holding them; what is open about them stays until it is settled.

use cubu_s2s::CustomerRecordId;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use ts_rs::TS;

use crate::{audit::Act, desk::Desk, error::Error, journal::Forgotten};

/// Whom to forget.
#[derive(Clone, Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ForgetCustomer {
    /// Their record.
    pub customer_record_id: CustomerRecordId,
    /// Phone numbers and e-mail addresses by which they are known, beside those that changes were made with.
    #[serde(default)]
    pub contacts: Vec<String>,
}

/// What became of forgetting a customer.
#[derive(Clone, Copy, Debug, Serialize, TS)]
pub struct ForgottenCustomer {
    /// Changes, drafts and days that are gone from this PC.
    pub gone: usize,
    /// Changes that stay, because they are not settled.
    pub left: usize,
}

/// Removes every trace of a customer that is kept on this PC.
pub async fn forget_customer(
    desk: &Desk,
    request: ForgetCustomer,
) -> Result<ForgottenCustomer, Error> {
    let ForgetCustomer {
        customer_record_id,
        contacts,
    } = request;
    let writer = desk.writer().await?;
    let profile = writer.connection.profile().id;
    let record_id = customer_record_id.to_string();
    let Forgotten { gone, left } = writer
        .journal
        .forget_customer(profile, record_id, contacts)
        .await?;
    // Not whom: that is what is forgotten.
    let act = Act {
        command: "forget_customer",
        profile: Some((profile, writer.connection.profile().name.clone())),
        content: Value::Null,
    };
    desk.record(act).await;
    Ok(ForgottenCustomer { gone, left })
}
