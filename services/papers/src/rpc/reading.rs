//! What the RPCs share in reading their requests.

use paper_core::{Language, Number};
use prost::Message;
use rpc::{ApiError, Reason, given};
use sha2::{Digest, Sha256};
use vocabulary::{Date, RequestId};

use crate::store::Call;

/// What goes with every paper. The digest covers the method and the request.
pub(super) fn call(method: &'static str, request_id: &str, request: &impl Message) -> Result<Call, ApiError> {
    let request_id = parse_request_id(request_id)?;
    let mut digest = Sha256::new_with_prefix(method);
    digest.update([0]);
    digest.update(request.encode_to_vec());
    Ok(Call { request_id, digest: digest.finalize().into() })
}

fn parse_request_id(text: &str) -> Result<RequestId, ApiError> {
    if text.is_empty() {
        let message =
            "every paper needs a request id: send a new UUID, and the same one when you repeat the request";
        return Err(ApiError::invalid(Reason::RequestIdMissing, "request_id", message));
    }
    RequestId::parse(text)
        .map_err(|invalid| ApiError::invalid(Reason::RequestIdMalformed, "request_id", invalid.to_string()))
}

/// The number of a paper.
pub(super) fn number(text: &str) -> Result<Number, ApiError> {
    Number::parse(text).map_err(|invalid| ApiError::invalid(Reason::BadCode, "number", invalid.to_string()))
}

/// A language, where one is given.
pub(super) fn language(code: &str) -> Result<Option<Language>, ApiError> {
    if code.is_empty() {
        return Ok(None);
    }
    let language = Language::parse(code);
    language
        .map(Some)
        .map_err(|invalid| ApiError::invalid(Reason::BadLanguage, "language", invalid.to_string()))
}

/// A day of issue, where one is given.
pub(super) fn issue_date(date: &str) -> Result<Option<Date>, ApiError> {
    let read = given("issue_date", date, Date::parse);
    read.map_err(|error| ApiError { reason: Reason::BadField, ..error })
}
