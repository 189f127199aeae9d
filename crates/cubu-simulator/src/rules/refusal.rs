//! Why Cubu says no. Leaves out how a refusal is printed (`wire`).

/// A refused request: the HTTP status, the documented number where there is one, and a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Refusal {
    pub status: u16,
    /// Only numbers that the contract gives for this very endpoint.
    pub number: Option<u32>,
    pub message: String,
}

impl Refusal {
    fn new(status: u16, number: Option<u32>, message: impl Into<String>) -> Self {
        Self {
            status,
            number,
            message: message.into(),
        }
    }

    /// The request itself is wrong.
    pub(crate) fn invalid(message: impl Into<String>) -> Self {
        Self::new(400, None, message)
    }

    pub(crate) fn forbidden(message: impl Into<String>) -> Self {
        Self::new(403, None, message)
    }

    /// `what` names the thing that does not exist: "service", "case".
    pub(crate) fn unknown(what: &str) -> Self {
        Self::new(404, None, format!("The {what} was not found."))
    }

    /// A conflict whose number is not documented, so none is given.
    pub(crate) fn conflict(message: impl Into<String>) -> Self {
        Self::new(409, None, message)
    }

    /// A conflict with the number that the contract documents.
    pub(crate) fn numbered(number: u32, message: impl Into<String>) -> Self {
        Self::new(409, Some(number), message)
    }

    pub(crate) fn other(status: u16, message: impl Into<String>) -> Self {
        Self::new(status, None, message)
    }
}
