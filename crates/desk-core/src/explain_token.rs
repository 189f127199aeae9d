//! Words for access tokens that could not be had. The sign-in server's own description is never shown: only advice, and
//! its number of the request, which support asks for.

use cubu_s2s::{TokenAdvice, TokenError};

use crate::{error::Code, explain::Words, messages};

/// What is wrong and whom to ask.
pub(crate) fn token(refused: &TokenError) -> Words {
    let (code, message, hint) = match refused.advice {
        TokenAdvice::CheckSecret => (
            Code::TokenRefused,
            messages::token_secret(),
            messages::hint_token_secret(),
        ),
        TokenAdvice::RenewSecret => (
            Code::TokenRefused,
            messages::token_expired_secret(),
            messages::hint_token_secret(),
        ),
        TokenAdvice::CheckClientAndTenant => (
            Code::TokenRefused,
            messages::token_application(),
            messages::hint_token_application(),
        ),
        TokenAdvice::CheckTenant => (
            Code::TokenRefused,
            messages::token_tenant(),
            messages::hint_token_tenant(),
        ),
        TokenAdvice::CheckClientId => (
            Code::TokenRefused,
            messages::token_client(),
            messages::hint_token_application(),
        ),
        TokenAdvice::CheckAuthority => (
            Code::TokenRefused,
            messages::token_not_a_sign_in(),
            messages::hint_token_authority(),
        ),
        TokenAdvice::TryLater => (Code::Busy, messages::token_busy(), messages::hint_busy()),
        TokenAdvice::CheckConnection => (
            Code::Offline,
            messages::token_unreachable(),
            messages::hint_offline(),
        ),
        TokenAdvice::AskAdministrator => {
            let hint = match &refused.correlation_id {
                Some(number) => messages::hint_token_support(number.as_str()),
                None => messages::hint_token_other(),
            };
            (Code::TokenRefused, messages::token_refused(), hint)
        }
    };
    (code, message, Some(hint))
}
