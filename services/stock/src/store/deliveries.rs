//! The part of the checkpoint that is about deliveries: a few columns for SQL, and the whole as a message.

use prost::Message;
use proto::events::v1 as wire;
use sea_orm::Set;
use sea_orm_migration::prelude::*;
use vocabulary::WarehouseCode;
use work_core::Delivery;
use work_core::wire::{delivery_of, delivery_to};

use super::StoreFault;
use super::checkpoint_rows::damaged;
use super::delivery_entity::{ActiveModel, Column, Entity, Model};
use super::documents::Row;
use super::tracking::columns;

/// The table of deliveries. It starts empty, as it should: no journal before it knows of any.
pub(super) struct AddDeliveries;

impl MigrationName for AddDeliveries {
    fn name(&self) -> &'static str {
        "m0010_deliveries"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for AddDeliveries {
    #[expect(
        elided_lifetimes_in_paths,
        reason = "the trait's own signature, which async_trait compares by its lifetimes"
    )]
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let text = |name: &str| ColumnDef::new(name.to_owned()).text().not_null().to_owned();
        let mut table = columns("delivery", ["warehouse", "code"].map(text), &["warehouse", "code"]);
        for column in ["state", "source", "partner", "due"] {
            table.col(text(column));
        }
        table.col(ColumnDef::new("body").blob().not_null().to_owned());
        manager.create_table(table).await
    }
}

impl Row for Delivery {
    type Entity = Entity;
    type Written = ActiveModel;

    /// Each may have hundreds of kilobytes.
    const ROWS_A_STATEMENT: usize = 50;
    const KEY: [Column; 2] = [Column::Warehouse, Column::Code];

    fn written(&self, warehouse: &WarehouseCode) -> ActiveModel {
        let announced = &self.announced;
        ActiveModel {
            warehouse: Set(warehouse.to_string()),
            code: Set(announced.code.to_string()),
            state: Set(self.state.as_str().to_owned()),
            source: Set(announced.source.as_str().to_owned()),
            partner: Set(announced.partner.as_ref().map_or_else(String::new, ToString::to_string)),
            due: Set(announced.due.to_string()),
            body: Set(delivery_to(self).encode_to_vec()),
        }
    }

    fn read(model: Model) -> Result<Self, StoreFault> {
        let message = wire::Delivery::decode(&*model.body).map_err(damaged)?;
        delivery_of(&message).map_err(damaged)
    }
}
