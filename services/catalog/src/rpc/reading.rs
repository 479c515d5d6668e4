//! What the RPCs share in reading their requests.

use catalog_core::Record;
use prost::Message;
use prost_types::FieldMask;
use rpc::{ApiError, Reason};
use sha2::{Digest, Sha256};
use vocabulary::RequestId;

use crate::store::{Call, Mode, Mutation, Store, StoreError, Table};

/// The most records of a batch.
pub(super) const RECORDS_MAX: usize = 1_000;

/// Takes `validate_only` out of a request: it is not part of what is asked.
pub(super) fn mode(validate_only: &mut bool) -> Mode {
    if std::mem::take(validate_only) { Mode::ValidateOnly } else { Mode::Commit }
}

/// What goes with every mutation. The digest covers the method and the request as it was understood.
pub(super) fn call(
    method: &'static str,
    request_id: &str,
    mode: Mode,
    request: &impl Message,
) -> Result<Call, ApiError> {
    let request_id = parse_request_id(request_id)?;
    let mut digest = Sha256::new_with_prefix(method);
    digest.update([0]);
    digest.update(request.encode_to_vec());
    Ok(Call { request_id, digest: digest.finalize().into(), mode, at: rpc::clock::now() })
}

fn parse_request_id(text: &str) -> Result<RequestId, ApiError> {
    if text.is_empty() {
        let message =
            "every change needs a request id: send a new UUID, and the same one when you repeat the request";
        return Err(ApiError::invalid(Reason::RequestIdMissing, "request_id", message));
    }
    RequestId::parse(text)
        .map_err(|invalid| ApiError::invalid(Reason::RequestIdMalformed, "request_id", invalid.to_string()))
}

/// One new record.
pub(super) fn create_one<R: Table>(record: Option<R>) -> Result<Mutation<R>, ApiError> {
    let record = required(record)?;
    Ok(Mutation::create(vec![record], vec![R::KIND.as_str().into()]).map_err(StoreError::from)?)
}

/// 1 to [`RECORDS_MAX`] new records.
pub(super) fn create_batch<R: Table>(records: Vec<R>, field: &str) -> Result<Mutation<R>, ApiError> {
    if records.is_empty() {
        let message = format!("the request has no {field}: give 1 to {RECORDS_MAX}");
        return Err(ApiError::invalid(Reason::NoDocuments, field, message));
    }
    if records.len() > RECORDS_MAX {
        let message = format!("{} {field}: at most {RECORDS_MAX} in one request", records.len());
        return Err(ApiError::invalid(Reason::TooManyDocuments, field, message));
    }
    let fields = (0..records.len()).map(|position| format!("{field}[{position}]")).collect();
    Ok(Mutation::create(records, fields).map_err(StoreError::from)?)
}

/// Some fields of one record.
pub(super) fn update<R: Table>(record: Option<R>, mask: Option<FieldMask>) -> Result<Mutation<R>, ApiError> {
    let newer = required(record)?;
    let key = newer.key();
    R::parse_key(&key.scope, &key.code)
        .map_err(|refusal| StoreError::from(refusal.within(R::KIND.as_str())))?;
    Ok(Mutation::Update { newer, mask: mask.unwrap_or_default().paths })
}

/// Retires one record.
pub(super) fn retire<R: Table>(scope: &str, code: &str, etag: String) -> Result<Mutation<R>, ApiError> {
    Ok(Mutation::Retire { key: R::parse_key(scope, code).map_err(StoreError::from)?, etag })
}

/// Takes one record back into use.
pub(super) fn restore<R: Table>(scope: &str, code: &str, etag: String) -> Result<Mutation<R>, ApiError> {
    Ok(Mutation::Restore { key: R::parse_key(scope, code).map_err(StoreError::from)?, etag })
}

/// One record.
pub(super) async fn get<R: Table>(store: &Store, scope: &str, code: &str) -> Result<R, ApiError> {
    let key = R::parse_key(scope, code).map_err(StoreError::from)?;
    let record = store.get::<R>(&key).await?;
    Ok(record.ok_or(StoreError::NotFound { key, within: "" })?)
}

fn required<R: Record>(record: Option<R>) -> Result<R, ApiError> {
    let field = R::KIND.as_str();
    record.ok_or_else(|| ApiError::invalid(Reason::BadField, field, format!("{field} is missing: give it")))
}
