//! What can go wrong below the window ([`Error`]) and the shape in which the window is told ([`CommandError`]).
//! The words for failed calls are chosen in [`crate::explain`].

use std::{io, sync::Arc};

use cubu_s2s::{EndpointSummary, ErrorKind};
use serde::Serialize;
use ts_rs::TS;

use crate::{
    changes::FreeSlot,
    documents, explain, explain_unknown,
    fields::FieldError,
    journal::intent::IntentId,
    journal::{Fault, SHORTEST_PASSPHRASE},
    messages,
    moves::MoveFault,
    secrets::NoKeychain,
    text::Text,
};

/// What the window can react to. A code exists only because some reaction differs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(rename = "ErrorCode")]
pub enum Code {
    /// Fields to correct: see `fields`.
    InvalidInput,
    /// No profile is connected.
    NotConnected,
    /// The connected profile has no client secret.
    SecretMissing,
    /// The keychain did not answer.
    KeychainUnavailable,
    /// No access token could be had with these credentials.
    TokenRefused,
    /// The registered application may not do this.
    RoleMissing,
    /// What the call is about is not there.
    NotFound,
    /// Cubu does not accept the assumed address of this call.
    AddressNotAccepted,
    /// The present state does not allow it.
    Conflict,
    /// The change may or may not have been made.
    OutcomeUnknown,
    /// Nothing was sent.
    Offline,
    /// Too much is asked at once.
    Busy,
    /// The answer can't be read.
    UnreadableAnswer,
    /// What was asked for can't be written down, and so was not sent.
    JournalUnavailable,
    /// Nobody has decided yet what the journal is kept with: nothing was sent.
    JournalLocked,
    /// The slot is not free any more: see `slots`.
    SlotTaken,
    /// It is proven that nothing was changed: the same may be asked for again.
    DidNotHappen,
    /// An earlier change to the same calendar, customer or agent is not settled yet; nothing was sent.
    Unsettled,
    /// It was taken back before it left.
    TakenBack,
    /// The old time of a move has to be given up first; nothing was changed.
    MoveNeedsOrder,
    /// This program or its PC failed.
    Internal,
}

/// A command that failed, as the window is told.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CommandError {
    /// What to react to.
    pub code: Code,
    /// The command, for the headline `failed-<command>`.
    pub command: String,
    /// What happened.
    pub message: Text,
    /// What to do about it.
    pub hint: Option<Text>,
    /// The fields at fault.
    pub fields: Vec<FieldError>,
    /// Whether the same call may succeed a little later, and repeating it does no harm.
    pub retryable: bool,
    /// Whether something may have changed in Cubu all the same.
    pub outcome_unknown: bool,
    /// Cubu's id of the request, for support.
    pub request_id: Option<String>,
    /// The intent that is not settled, here or before this one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub intent_id: Option<IntentId>,
    /// The free slots nearest to one that is taken.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub slots: Option<Vec<FreeSlot>>,
}

/// What can go wrong below the window.
#[derive(Clone, Debug, thiserror::Error)]
pub enum Error {
    /// Fields that can't stay as they are.
    #[error("fields at fault: {}", names(.0))]
    Fields(Vec<FieldError>),
    /// There is no such command.
    #[error("no such command")]
    UnknownCommand,
    /// A request that is not JSON, or nested beyond any sense.
    #[error("the request can't be read")]
    UnreadableRequest,
    /// A document that can't be used.
    #[error("the document can't be used")]
    Document(documents::Fault),
    /// No profile is connected.
    #[error("not connected")]
    NotConnected,
    /// The connected profile has no secret.
    #[error("the client secret is missing")]
    SecretMissing,
    /// There is no such profile.
    #[error("no such profile")]
    UnknownProfile,
    /// The practice organisation can't be changed, exported or removed.
    #[error("the practice organisation is fixed")]
    PracticeFixed,
    /// The practice organisation did not start.
    #[error("the practice organisation did not start: {0}")]
    PracticeFailed(String),
    /// The keychain did not answer.
    #[error(transparent)]
    Keychain(#[from] NoKeychain),
    /// A file could not be written or read.
    #[error("a file could not be written or read: {0}")]
    File(Arc<io::Error>),
    /// The journal can't be used: nothing was sent.
    #[error("the journal can't be used: {0}")]
    Journal(#[from] Fault),
    /// The slot of a booking is not free any more.
    #[error("the slot is taken")]
    SlotTaken {
        /// The nearest free ones.
        nearest: Vec<FreeSlot>,
    },
    /// A change without an answer was proven not to have happened.
    #[error("{}: no answer came, and it did not happen", .0.title)]
    DidNotHappen(&'static EndpointSummary),
    /// A change may have happened.
    #[error("{}: no answer came", endpoint.title)]
    OutcomeUnknown {
        /// The call.
        endpoint: &'static EndpointSummary,
        /// The intent.
        intent: IntentId,
        /// Whether it is still being found out.
        settling: bool,
        /// Cubu's id of the request.
        request_id: Option<String>,
    },
    /// An earlier change has to be settled first.
    #[error("an earlier change is not settled")]
    Unsettled(Option<IntentId>),
    /// Erasing would forget changes that are not settled, and nobody agreed to that.
    #[error("erasing would forget what is not settled")]
    ErasingForgets,
    /// A change was taken back before it left.
    #[error("taken back before it left")]
    TakenBack,
    /// A move is not begun, or an act on it is refused.
    #[error(transparent)]
    Move(#[from] MoveFault),
    /// There is no such intent, or it is not one to retry or drop.
    #[error("no such intent")]
    UnknownIntent,
    /// The client does not take this profile.
    #[error("the client does not take this profile: {0}")]
    Client(String),
    /// A call failed.
    #[error(transparent)]
    Call(Box<cubu_s2s::Error>),
    /// Cubu did not accept an assumed address, as a read proves or the status says.
    #[error("the assumed address is not accepted")]
    AddressNotAccepted(Box<cubu_s2s::Error>),
    /// A call to an assumed address found nothing, and no read can tell why.
    #[error("the assumed address or what it names is not there")]
    AddressOrGone(Box<cubu_s2s::Error>),
    /// A search that was stopped, or is of another organisation.
    #[error("no such search")]
    SearchGone,
    /// A part of this program stopped.
    #[error("a part of the program stopped")]
    Stopped,
}

impl From<cubu_s2s::Error> for Error {
    fn from(failure: cubu_s2s::Error) -> Self {
        Self::Call(Box::new(failure))
    }
}

impl From<io::Error> for Error {
    fn from(failure: io::Error) -> Self {
        Self::File(Arc::new(failure))
    }
}

impl From<tokio::task::JoinError> for Error {
    fn from(_: tokio::task::JoinError) -> Self {
        Self::Stopped
    }
}

fn names(fields: &[FieldError]) -> String {
    fields
        .iter()
        .map(|field| field.field.as_str())
        .collect::<Vec<_>>()
        .join(", ")
}

impl Error {
    /// Whether the same may work in a moment: the network, or Cubu, is not there just now.
    pub fn is_passing(&self) -> bool {
        match self {
            Self::Call(failure) => match &failure.kind {
                ErrorKind::Offline
                | ErrorKind::Timeout
                | ErrorKind::Interrupted
                | ErrorKind::RateLimited { .. }
                | ErrorKind::Server(_) => true,
                ErrorKind::Token(refused) => refused.retryable(),
                _ => false,
            },
            _ => false,
        }
    }

    /// Whether a call to Cubu failed, and nothing here.
    pub fn is_call(&self) -> bool {
        matches!(self, Self::Call(_))
    }

    /// Whether what came made no sense, so that Cubu has neither answered nor refused.
    pub fn is_garbled(&self) -> bool {
        matches!(self, Self::Call(failure) if matches!(
            failure.kind,
            ErrorKind::Decode(_)
                | ErrorKind::TooLarge { .. }
                | ErrorKind::Unauthorized(_)
                | ErrorKind::Token(_)
        ))
    }

    /// One field at fault.
    pub fn field(field: &str, message: Text) -> Self {
        Self::Fields(vec![FieldError::new(field, message)])
    }

    /// What the window is told when `command` ended this way.
    pub fn of(self, command: &str) -> CommandError {
        let told = |code, message, hint| CommandError {
            code,
            command: command.to_owned(),
            message,
            hint,
            fields: Vec::new(),
            retryable: false,
            outcome_unknown: false,
            request_id: None,
            intent_id: None,
            slots: None,
        };
        match self {
            Self::Fields(fields) => CommandError {
                fields,
                ..told(Code::InvalidInput, messages::fields_invalid(), None)
            },
            Self::UnknownCommand => told(
                Code::Internal,
                messages::command_unknown(),
                Some(messages::hint_internal()),
            ),
            Self::UnreadableRequest => {
                told(Code::InvalidInput, messages::request_unreadable(), None)
            }
            Self::Document(fault) => {
                let hint = match fault {
                    documents::Fault::Newer { .. } => messages::hint_document_newer(),
                    _ => messages::hint_document(),
                };
                let message = fault.message();
                CommandError {
                    fields: fault.fields(),
                    ..told(Code::InvalidInput, message, Some(hint))
                }
            }
            Self::NotConnected => told(
                Code::NotConnected,
                messages::not_connected(),
                Some(messages::hint_connect()),
            ),
            Self::SecretMissing => told(
                Code::SecretMissing,
                messages::secret_missing(),
                Some(messages::hint_secret()),
            ),
            Self::UnknownProfile => told(Code::NotFound, messages::profile_unknown(), None),
            Self::PracticeFixed => told(Code::Conflict, messages::practice_fixed(), None),
            Self::PracticeFailed(reason) => told(
                Code::Internal,
                messages::practice_failed(reason),
                Some(messages::hint_internal()),
            ),
            Self::Keychain(NoKeychain(reason)) => told(
                Code::KeychainUnavailable,
                messages::keychain_refused(reason),
                Some(messages::hint_keychain()),
            ),
            Self::File(failure) => told(
                Code::Internal,
                messages::file_not_written(failure.to_string()),
                Some(messages::hint_file_not_written()),
            ),
            Self::Journal(Fault::WrongPassphrase) => {
                Self::field("passphrase", messages::passphrase_wrong()).of(command)
            }
            Self::Journal(Fault::WeakPassphrase) => {
                let field = if command == "change_passphrase" {
                    "newPassphrase"
                } else {
                    "passphrase"
                };
                let least = i32::try_from(SHORTEST_PASSPHRASE).unwrap_or(i32::MAX);
                Self::field(field, messages::passphrase_weak(least)).of(command)
            }
            Self::Journal(fault) => {
                let (message, hint) = fault.words();
                let code = match fault {
                    Fault::Locked => Code::JournalLocked,
                    _ => Code::JournalUnavailable,
                };
                told(code, message, Some(hint))
            }
            Self::SlotTaken { nearest } => CommandError {
                slots: Some(nearest),
                ..told(
                    Code::SlotTaken,
                    messages::slot_taken(),
                    Some(messages::hint_choose_slot()),
                )
            },
            Self::DidNotHappen(_) => CommandError {
                retryable: true,
                ..told(
                    Code::DidNotHappen,
                    messages::did_not_happen(),
                    Some(messages::hint_did_not_happen()),
                )
            },
            Self::OutcomeUnknown {
                endpoint,
                intent,
                settling,
                request_id,
            } => explain_unknown::outcome_unknown(command, endpoint, intent, settling, request_id),
            Self::Unsettled(intent_id) => CommandError {
                intent_id,
                ..told(
                    Code::Unsettled,
                    messages::earlier_unsettled(),
                    Some(messages::hint_earlier_unsettled()),
                )
            },
            Self::ErasingForgets => told(
                Code::Unsettled,
                messages::erasing_forgets(),
                Some(messages::hint_erasing_forgets()),
            ),
            Self::TakenBack => told(Code::TakenBack, messages::taken_back(), None),
            Self::Move(fault) => {
                let (code, message, hint) = fault.told();
                told(code, message, hint)
            }
            Self::UnknownIntent => told(Code::NotFound, messages::intent_unknown(), None),
            Self::SearchGone => told(Code::NotFound, messages::search_gone(), None),
            Self::Client(reason) => {
                told(Code::InvalidInput, messages::client_refused(reason), None)
            }
            Self::Stopped => told(
                Code::Internal,
                messages::internal(),
                Some(messages::hint_internal()),
            ),
            Self::Call(failure) => explain::call(command, &failure),
            Self::AddressNotAccepted(failure) => explain::address_not_accepted(command, &failure),
            Self::AddressOrGone(failure) => explain::address_or_gone(command, &failure),
        }
    }
}
