use catalog_core::{Key, Record};
use prost::Message;
use rpc::filter::FieldSpec;
use sea_orm::{
    ActiveModelBehavior, ActiveModelTrait, ColumnTrait, Condition, DatabaseTransaction, EntityTrait,
};

use super::StoreError;

/// The widest table has nine columns.
const ROWS_PER_STATEMENT: usize = 2_000;

/// A kind of record and its table.
pub(crate) trait Table: Record + Message + Default + PartialEq + 'static {
    /// The table.
    type Entity: EntityTrait<Column = Self::Column, ActiveModel = Self::Row>;
    /// Its rows.
    type Row: ActiveModelTrait<Entity = Self::Entity> + ActiveModelBehavior + Send;
    /// Its columns.
    type Column: ColumnTrait;

    /// The column of the key's first part; only locations, recalls and bills have one.
    const SCOPE: Option<Self::Column>;
    /// The column of the key's last part.
    const CODE: Self::Column;
    /// The column of the record's bytes.
    const RECORD: Self::Column;
    /// What lists can be filtered by.
    const FIELDS: &'static [FieldSpec];

    /// The column of a filter's field.
    fn column(field: &str) -> Option<Self::Column>;

    /// The record as a row.
    fn row(&self, revision: u64) -> Self::Row;

    /// Records that come into being together with this one: the virtual locations of a warehouse.
    fn companions(&self) -> Vec<proto::catalog::v1::Location> {
        Vec::new()
    }

    /// Judges new records against the rest of the catalog. `fields` are their paths.
    fn admit_new_in_tx(
        tx: &DatabaseTransaction,
        new: &[Self],
        fields: &[String],
    ) -> impl Future<Output = Result<(), StoreError>> + Send;

    /// Judges a change against the rest of the catalog.
    fn admit_update_in_tx(
        tx: &DatabaseTransaction,
        before: &Self,
        after: &Self,
    ) -> impl Future<Output = Result<(), StoreError>> + Send;

    /// Writes what other tables keep of new records.
    fn index_new_in_tx(
        _tx: &DatabaseTransaction,
        _new: &[Self],
    ) -> impl Future<Output = Result<(), StoreError>> + Send {
        std::future::ready(Ok(()))
    }

    /// Writes what other tables keep of a changed record.
    fn index_update_in_tx(
        _tx: &DatabaseTransaction,
        _after: &Self,
    ) -> impl Future<Output = Result<(), StoreError>> + Send {
        std::future::ready(Ok(()))
    }
}

/// The row of one key.
pub(super) fn is_key<R: Table>(key: &Key) -> Condition {
    let code = Condition::all().add(R::CODE.eq(key.code.as_str()));
    match R::SCOPE {
        Some(scope) => code.add(scope.eq(key.scope.as_str())),
        None => code,
    }
}

/// The rows after a key, in key order.
pub(super) fn is_after<R: Table>(scope: &str, code: &str) -> Condition {
    let after_code = Condition::all().add(R::CODE.gt(code));
    match R::SCOPE {
        Some(column) => Condition::any().add(column.gt(scope)).add(after_code.add(column.eq(scope))),
        None => after_code,
    }
}

/// The rows whose key is built of these parts, and perhaps a few more: the caller compares the keys.
pub(super) fn may_be_any<R: Table>(keys: &[Key]) -> Condition {
    let codes = Condition::all().add(R::CODE.is_in(keys.iter().map(|key| key.code.as_str())));
    match R::SCOPE {
        Some(column) => {
            let scopes: std::collections::BTreeSet<&str> =
                keys.iter().map(|key| key.scope.as_str()).collect();
            codes.add(column.is_in(scopes))
        }
        None => codes,
    }
}

/// Inserts rows, as many a statement as SQLite's limit on parameters (32,766) allows with room to spare.
pub(super) async fn insert_in_tx<E: EntityTrait>(
    tx: &DatabaseTransaction,
    rows: Vec<E::ActiveModel>,
) -> Result<(), StoreError> {
    let mut rows = rows.into_iter().peekable();
    while rows.peek().is_some() {
        let chunk: Vec<E::ActiveModel> = rows.by_ref().take(ROWS_PER_STATEMENT).collect();
        E::insert_many(chunk).exec_without_returning(tx).await?;
    }
    Ok(())
}
