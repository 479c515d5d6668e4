//! Parts of the checkpoint that have a row for each key of a warehouse: written when what is under the key changed, deleted when it is known
//! no more.

use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, DatabaseTransaction, EntityTrait, IdenStatic, Iterable,
    PrimaryKeyToColumn, QueryFilter,
};
use vocabulary::WarehouseCode;

use super::StoreFault;

/// Keys of one statement.
const KEYS_A_STATEMENT: usize = 500;

/// What has a row of its own: warehouse and code are the table's primary key.
pub(super) trait Row: Sized + Sync {
    /// Its table.
    type Entity: EntityTrait;
    /// Its row, to be written.
    type Written: ActiveModelTrait<Entity = Self::Entity> + Send;

    /// Rows of one statement.
    const ROWS_A_STATEMENT: usize;
    /// The columns of the key.
    const KEY: [<Self::Entity as EntityTrait>::Column; 2];

    /// As it is stored.
    fn written(&self, warehouse: &WarehouseCode) -> Self::Written;

    /// Back from how it is stored.
    fn read(model: <Self::Entity as EntityTrait>::Model) -> Result<Self, StoreFault>;
}

/// All that a warehouse has.
pub(super) async fn load<R: Row>(
    snapshot: &DatabaseTransaction,
    warehouse: &WarehouseCode,
) -> Result<Vec<R>, StoreFault> {
    let [of, _] = R::KEY;
    let models = R::Entity::find().filter(of.eq(warehouse.as_str())).all(snapshot).await?;
    models.into_iter().map(R::read).collect()
}

/// Writes what has changed, and deletes what is known no more.
pub(super) async fn put_in_tx<R: Row>(
    transaction: &DatabaseTransaction,
    warehouse: &WarehouseCode,
    (changed, gone): (&[R], &[impl ToString + Sync]),
) -> Result<(), StoreFault> {
    let [of, code] = R::KEY;
    for chunk in gone.chunks(KEYS_A_STATEMENT) {
        let keys = chunk.iter().map(ToString::to_string);
        let rows = R::Entity::delete_many().filter(of.eq(warehouse.as_str())).filter(code.is_in(keys));
        rows.exec(transaction).await?;
    }
    for chunk in changed.chunks(R::ROWS_A_STATEMENT) {
        let rows: Vec<_> = chunk.iter().map(|row| row.written(warehouse)).collect();
        let replace = OnConflict::columns(R::KEY).update_columns(others::<R::Entity>()).to_owned();
        R::Entity::insert_many(rows).on_conflict(replace).exec_without_returning(transaction).await?;
    }
    Ok(())
}

/// Throws all of it away.
pub(super) async fn discard_in_tx<R: Row>(
    transaction: &DatabaseTransaction,
    warehouse: &WarehouseCode,
) -> Result<(), StoreFault> {
    let [of, _] = R::KEY;
    R::Entity::delete_many().filter(of.eq(warehouse.as_str())).exec(transaction).await?;
    Ok(())
}

/// The columns beside the key.
fn others<E: EntityTrait>() -> impl Iterator<Item = E::Column> {
    let is_key =
        |column: &E::Column| E::PrimaryKey::iter().any(|key| key.into_column().as_str() == column.as_str());
    E::Column::iter().filter(move |column| !is_key(column))
}
