use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, ExprTrait, QueryFilter, QuerySelect,
};

use super::StoreError;
use super::entity::head;

const ROW: i64 = 1;

/// The newest committed revision.
pub(super) async fn read(connection: &impl ConnectionTrait) -> Result<u64, StoreError> {
    let query = head::Entity::find_by_id(ROW).select_only().column(head::Column::Revision);
    let revision: Option<i64> = query.into_tuple().one(connection).await?;
    revision.and_then(|revision| u64::try_from(revision).ok()).ok_or(StoreError::Damaged("revision"))
}

/// Takes the lock of the row and answers the revision. Waits for the writer before; then sees everything it wrote.
pub(super) async fn lock_in_tx(tx: &DatabaseTransaction) -> Result<u64, StoreError> {
    let update = head::Entity::update_many()
        .col_expr(head::Column::Revision, Expr::col(head::Column::Revision).add(0))
        .filter(head::Column::Id.eq(ROW));
    let rows = update.exec_with_returning(tx).await?;
    let revision = rows.first().and_then(|row| u64::try_from(row.revision).ok());
    revision.ok_or(StoreError::Damaged("revision"))
}

/// Writes the revision after this transaction.
pub(super) async fn set_in_tx(tx: &DatabaseTransaction, revision: u64) -> Result<(), StoreError> {
    let update = head::Entity::update_many()
        .col_expr(head::Column::Revision, Expr::value(to_column(revision)))
        .filter(head::Column::Id.eq(ROW));
    update.exec(tx).await?;
    Ok(())
}

/// A revision as the database keeps it.
pub(super) fn to_column(revision: u64) -> i64 {
    i64::try_from(revision).unwrap_or(i64::MAX)
}
