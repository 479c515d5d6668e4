use catalog_core::Key;
use prost::Message;
use proto::events::v1::{CatalogChange, catalog_change};
use sea_orm::{
    ActiveValue, ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder,
    QuerySelect,
};
use vocabulary::Timestamp;

use super::entity::change;
use super::{StoreError, head};

/// One change, as it is published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ChangeRow {
    /// Its revision.
    pub(crate) revision: u64,
    /// The key of the record, as in the topic.
    pub(crate) key: String,
    /// When it was committed.
    pub(crate) recorded_at: Timestamp,
    /// The trace it belongs to, or empty.
    pub(crate) traceparent: String,
    /// The [`CatalogChange`], encoded.
    pub(crate) change: Vec<u8>,
}

impl ChangeRow {
    /// A change of this record.
    pub(super) fn new(revision: u64, key: &Key, record: catalog_change::Record, at: Timestamp) -> Self {
        let change = CatalogChange { revision, record: Some(record) }.encode_to_vec();
        let traceparent = telemetry::traceparent().unwrap_or_default();
        Self { revision, key: key.to_string(), recorded_at: at, traceparent, change }
    }
}

/// Appends to the outbox.
pub(super) async fn append_in_tx(tx: &DatabaseTransaction, rows: Vec<ChangeRow>) -> Result<(), StoreError> {
    let models = rows.into_iter().map(|row| change::ActiveModel {
        revision: ActiveValue::Set(head::to_column(row.revision)),
        record_key: ActiveValue::Set(row.key),
        recorded_at: ActiveValue::Set(row.recorded_at.micros()),
        traceparent: ActiveValue::Set(row.traceparent),
        change: ActiveValue::Set(row.change),
    });
    super::table::insert_in_tx::<change::Entity>(tx, models.collect()).await
}

/// The changes after a revision, in order.
pub(super) async fn after(
    connection: &impl ConnectionTrait,
    revision: u64,
    rows_max: u64,
) -> Result<Vec<ChangeRow>, StoreError> {
    let query = change::Entity::find()
        .filter(change::Column::Revision.gt(head::to_column(revision)))
        .order_by_asc(change::Column::Revision)
        .limit(rows_max);
    query.all(connection).await?.into_iter().map(read).collect()
}

fn read(row: change::Model) -> Result<ChangeRow, StoreError> {
    Ok(ChangeRow {
        revision: u64::try_from(row.revision).map_err(|_| StoreError::Damaged("revision"))?,
        key: row.record_key,
        recorded_at: Timestamp::from_micros(row.recorded_at).map_err(|_| StoreError::Damaged("time"))?,
        traceparent: row.traceparent,
        change: row.change,
    })
}
