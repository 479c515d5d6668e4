//! The part of the checkpoint that is about counts: a few columns for SQL, and the whole as a message.

use prost::Message;
use proto::events::v1 as wire;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter, Set};
use sea_orm_migration::prelude::*;
use vocabulary::{DocumentCode, WarehouseCode};
use work_core::wire::{count_of, count_to};
use work_core::{Count, TouchedCounts};

use super::StoreFault;
use super::checkpoint_rows::damaged;
use super::count_entity::{ActiveModel, Column, Entity, Model};
use super::tracking::columns;

/// Rows of one statement. Each may have hundreds of kilobytes.
const ROWS_A_STATEMENT: usize = 50;
/// Codes of one statement.
const CODES_A_STATEMENT: usize = 500;

/// The table of counts. It starts empty, as it should: no journal before it knows of any.
pub(super) struct AddCounts;

impl MigrationName for AddCounts {
    fn name(&self) -> &'static str {
        "m0012_counts"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for AddCounts {
    #[expect(
        elided_lifetimes_in_paths,
        reason = "the trait's own signature, which async_trait compares by its lifetimes"
    )]
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let text = |name: &str| ColumnDef::new(name.to_owned()).text().not_null().to_owned();
        let mut table = columns("stock_count", ["warehouse", "code"].map(text), &["warehouse", "code"]);
        for column in ["state", "kind", "plan"] {
            table.col(text(column));
        }
        table.col(ColumnDef::new("body").blob().not_null().to_owned());
        manager.create_table(table).await
    }
}

/// Every count that a warehouse knows.
pub(super) async fn load(
    snapshot: &DatabaseTransaction,
    warehouse: &WarehouseCode,
) -> Result<Vec<Count>, StoreFault> {
    let models = Entity::find().filter(Column::Warehouse.eq(warehouse.as_str())).all(snapshot).await?;
    models.iter().map(count).collect()
}

/// Writes what has changed.
pub(super) async fn put_in_tx(
    transaction: &DatabaseTransaction,
    warehouse: &WarehouseCode,
    touched: &TouchedCounts,
) -> Result<(), StoreFault> {
    for chunk in touched.forgotten.chunks(CODES_A_STATEMENT) {
        Entity::delete_many()
            .filter(Column::Warehouse.eq(warehouse.as_str()))
            .filter(Column::Code.is_in(chunk.iter().map(DocumentCode::as_str)))
            .exec(transaction)
            .await?;
    }
    for chunk in touched.known.chunks(ROWS_A_STATEMENT) {
        let models = chunk.iter().map(|known| model(warehouse, known));
        let changing = [Column::State, Column::Kind, Column::Plan, Column::Body];
        let replace =
            OnConflict::columns([Column::Warehouse, Column::Code]).update_columns(changing).to_owned();
        Entity::insert_many(models).on_conflict(replace).exec_without_returning(transaction).await?;
    }
    Ok(())
}

/// Throws all of it away.
pub(super) async fn discard_in_tx(
    transaction: &DatabaseTransaction,
    warehouse: &WarehouseCode,
) -> Result<(), StoreFault> {
    Entity::delete_many().filter(Column::Warehouse.eq(warehouse.as_str())).exec(transaction).await?;
    Ok(())
}

fn model(warehouse: &WarehouseCode, known: &Count) -> ActiveModel {
    let plan = &known.plan;
    ActiveModel {
        warehouse: Set(warehouse.to_string()),
        code: Set(plan.code.to_string()),
        state: Set(known.state.as_str().to_owned()),
        kind: Set(plan.kind.as_str().to_owned()),
        plan: Set(plan.plan.as_ref().map_or_else(String::new, ToString::to_string)),
        body: Set(count_to(known).encode_to_vec()),
    }
}

fn count(model: &Model) -> Result<Count, StoreFault> {
    let message = wire::Count::decode(&*model.body).map_err(damaged)?;
    count_of(&message).map_err(damaged)
}
