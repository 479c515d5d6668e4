//! The part of the checkpoint that is about production orders: a few columns for SQL, and the whole as a message.

use prost::Message;
use proto::events::v1 as wire;
use sea_orm::Set;
use sea_orm_migration::prelude::*;
use vocabulary::WarehouseCode;
use work_core::ProductionOrder;
use work_core::wire::{production_order_of, production_order_to};

use super::StoreFault;
use super::checkpoint_rows::damaged;
use super::documents::Row;
use super::production_order_entity::{ActiveModel, Column, Entity, Model};
use super::tracking::columns;

/// The table of production orders. It starts empty, as it should: no journal before it knows of any.
pub(super) struct AddProductionOrders;

impl MigrationName for AddProductionOrders {
    fn name(&self) -> &'static str {
        "m0016_production_orders"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for AddProductionOrders {
    #[expect(
        elided_lifetimes_in_paths,
        reason = "the trait's own signature, which async_trait compares by its lifetimes"
    )]
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let text = |name: &str| ColumnDef::new(name.to_owned()).text().not_null().to_owned();
        let mut table = columns("production_order", ["warehouse", "code"].map(text), &["warehouse", "code"]);
        for column in ["state", "sku", "location", "due"] {
            table.col(text(column));
        }
        table.col(ColumnDef::new("body").blob().not_null().to_owned());
        manager.create_table(table).await
    }
}

impl Row for ProductionOrder {
    type Entity = Entity;
    type Written = ActiveModel;

    /// Each may have hundreds of kilobytes.
    const ROWS_A_STATEMENT: usize = 50;
    const KEY: [Column; 2] = [Column::Warehouse, Column::Code];

    fn written(&self, warehouse: &WarehouseCode) -> ActiveModel {
        let plan = &self.plan;
        ActiveModel {
            warehouse: Set(warehouse.to_string()),
            code: Set(plan.code.to_string()),
            state: Set(self.state.as_str().to_owned()),
            sku: Set(plan.sku.to_string()),
            location: Set(plan.place.to_string()),
            due: Set(plan.due.to_string()),
            body: Set(production_order_to(self).encode_to_vec()),
        }
    }

    fn read(model: Model) -> Result<Self, StoreFault> {
        let message = wire::ProductionOrder::decode(&*model.body).map_err(damaged)?;
        production_order_of(&message).map_err(damaged)
    }
}
