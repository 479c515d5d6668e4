//! The part of the checkpoint that is about outbound orders: a few columns for SQL, and the whole as a message.

use prost::Message;
use proto::events::v1 as wire;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter, Set};
use sea_orm_migration::prelude::*;
use vocabulary::{DocumentCode, WarehouseCode};
use work_core::wire::{order_of, order_to};
use work_core::{Order, TouchedOrders};

use super::StoreFault;
use super::checkpoint_rows::damaged;
use super::order_entity::{ActiveModel, Column, Entity, Model};
use super::tracking::columns;

/// Rows of one statement. Each may have hundreds of kilobytes.
const ROWS_A_STATEMENT: usize = 50;
/// Codes of one statement.
const CODES_A_STATEMENT: usize = 500;

/// The table of outbound orders, and for which of them promises are. It starts empty, as it should: no journal before it knows of any.
pub(super) struct AddOrders;

impl MigrationName for AddOrders {
    fn name(&self) -> &'static str {
        "m0015_orders"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for AddOrders {
    #[expect(
        elided_lifetimes_in_paths,
        reason = "the trait's own signature, which async_trait compares by its lifetimes"
    )]
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let text = |name: &str| ColumnDef::new(name.to_owned()).text().not_null().to_owned();
        let mut table = columns("outbound_order", ["warehouse", "code"].map(text), &["warehouse", "code"]);
        for column in ["state", "customer", "wave", "due"] {
            table.col(text(column));
        }
        table.col(ColumnDef::new("body").blob().not_null().to_owned());
        manager.create_table(table).await?;
        let columns = [
            ColumnDef::new("order_code").text().not_null().default("").to_owned(),
            ColumnDef::new("order_line").big_integer().not_null().default(0).to_owned(),
        ];
        for column in columns {
            manager.alter_table(Table::alter().table("reservation").add_column(column).to_owned()).await?;
        }
        Ok(())
    }
}

/// Every outbound order that a warehouse knows.
pub(super) async fn load(
    snapshot: &DatabaseTransaction,
    warehouse: &WarehouseCode,
) -> Result<Vec<Order>, StoreFault> {
    let models = Entity::find().filter(Column::Warehouse.eq(warehouse.as_str())).all(snapshot).await?;
    models.iter().map(order).collect()
}

/// Writes what has changed.
pub(super) async fn put_in_tx(
    transaction: &DatabaseTransaction,
    warehouse: &WarehouseCode,
    touched: &TouchedOrders,
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
        let changing = [Column::State, Column::Customer, Column::Wave, Column::Due, Column::Body];
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

fn model(warehouse: &WarehouseCode, known: &Order) -> ActiveModel {
    let placed = &known.placed;
    ActiveModel {
        warehouse: Set(warehouse.to_string()),
        code: Set(placed.code.to_string()),
        state: Set(known.state.as_str().to_owned()),
        customer: Set(placed.customer.to_string()),
        wave: Set(known.wave.as_ref().map_or_else(String::new, |wave| wave.code.to_string())),
        due: Set(placed.due.to_string()),
        body: Set(order_to(known).encode_to_vec()),
    }
}

fn order(model: &Model) -> Result<Order, StoreFault> {
    let message = wire::Order::decode(&*model.body).map_err(damaged)?;
    order_of(&message).map_err(damaged)
}
