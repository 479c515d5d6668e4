use prost::Message;
use sea_orm::{ActiveValue, DatabaseTransaction, EntityTrait};

use super::entity::request;
use super::{Call, StoreError};

/// The answer that was given to this request before, if it was sent before.
pub(super) async fn remembered_in_tx<A: Message + Default>(
    tx: &DatabaseTransaction,
    call: &Call,
) -> Result<Option<A>, StoreError> {
    let Some(row) = request::Entity::find_by_id(call.request_id.as_bytes().to_vec()).one(tx).await? else {
        return Ok(None);
    };
    if row.digest != call.digest {
        return Err(StoreError::RequestIdReused);
    }
    A::decode(row.answer.as_slice()).map(Some).map_err(|_| StoreError::Damaged("answer"))
}

/// Remembers the answer for ever.
pub(super) async fn remember_in_tx(
    tx: &DatabaseTransaction,
    call: &Call,
    answer: &impl Message,
) -> Result<(), StoreError> {
    let row = request::ActiveModel {
        request_id: ActiveValue::Set(call.request_id.as_bytes().to_vec()),
        digest: ActiveValue::Set(call.digest.to_vec()),
        answer: ActiveValue::Set(answer.encode_to_vec()),
    };
    request::Entity::insert(row).exec_without_returning(tx).await?;
    Ok(())
}
