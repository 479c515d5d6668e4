//! The part of the checkpoint that is about outbound orders: a few columns for SQL, and the whole as a message.

use prost::Message;
use proto::events::v1 as wire;
use sea_orm::Set;
use sea_orm_migration::prelude::*;
use vocabulary::WarehouseCode;
use work_core::Order;
use work_core::wire::{order_of, order_to};

use super::StoreFault;
use super::checkpoint_rows::damaged;
use super::documents::Row;
use super::order_entity::{ActiveModel, Column, Entity, Model};
use super::tracking::columns;

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

impl Row for Order {
    type Entity = Entity;
    type Written = ActiveModel;

    /// Each may have hundreds of kilobytes.
    const ROWS_A_STATEMENT: usize = 50;
    const KEY: [Column; 2] = [Column::Warehouse, Column::Code];

    fn written(&self, warehouse: &WarehouseCode) -> ActiveModel {
        let placed = &self.placed;
        ActiveModel {
            warehouse: Set(warehouse.to_string()),
            code: Set(placed.code.to_string()),
            state: Set(self.state.as_str().to_owned()),
            customer: Set(placed.customer.to_string()),
            wave: Set(self.wave.as_ref().map_or_else(String::new, |wave| wave.code.to_string())),
            due: Set(placed.due.to_string()),
            body: Set(order_to(self).encode_to_vec()),
        }
    }

    fn read(model: Model) -> Result<Self, StoreFault> {
        let message = wire::Order::decode(&*model.body).map_err(damaged)?;
        order_of(&message).map_err(damaged)
    }
}
