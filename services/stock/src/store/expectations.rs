//! The part of the checkpoint that is about what is expected.

use sea_orm::Set;
use sea_orm_migration::prelude::*;
use stock_core::{Expectation, ExpectedKind};
use vocabulary::{ChannelCode, Date, ExpectationCode, PartyCode, Quantity, Sku, WarehouseCode};

use super::StoreFault;
use super::checkpoint_rows::damaged;
use super::documents::Row;
use super::expectation_entity::{ActiveModel, Column, Entity, Model};
use super::promise::given;
use super::tracking::columns;

/// The table of what is expected. It starts empty, as it should: no journal before it expects anything.
pub(super) struct AddExpectations;

impl MigrationName for AddExpectations {
    fn name(&self) -> &'static str {
        "m0007_expectations"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for AddExpectations {
    #[expect(
        elided_lifetimes_in_paths,
        reason = "the trait's own signature, which async_trait compares by its lifetimes"
    )]
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let text = |name: &str| ColumnDef::new(name.to_owned()).text().not_null().to_owned();
        let mut table = columns("expectation", ["warehouse", "code"].map(text), &["warehouse", "code"]);
        for column in ["kind", "sku", "day", "expected", "met", "open", "partner", "channel"] {
            table.col(text(column));
        }
        manager.create_table(table).await
    }
}

impl Row for Expectation {
    type Entity = Entity;
    type Written = ActiveModel;

    const ROWS_A_STATEMENT: usize = 500;
    const KEY: [Column; 2] = [Column::Warehouse, Column::Code];

    fn written(&self, warehouse: &WarehouseCode) -> ActiveModel {
        ActiveModel {
            warehouse: Set(warehouse.to_string()),
            code: Set(self.code.to_string()),
            kind: Set(self.kind.as_str().to_owned()),
            sku: Set(self.sku.to_string()),
            day: Set(self.day.to_string()),
            expected: Set(self.expected.to_string()),
            met: Set(self.met.to_string()),
            open: Set(self.open.to_string()),
            partner: Set(self.partner.as_ref().map_or_else(String::new, ToString::to_string)),
            channel: Set(self.channel.as_ref().map_or_else(String::new, ToString::to_string)),
        }
    }

    fn read(model: Model) -> Result<Self, StoreFault> {
        let kind = ExpectedKind::parse(&model.kind);
        let quantity = |text: &str| Quantity::parse(text).map_err(damaged);
        Ok(Expectation {
            code: ExpectationCode::parse(&model.code).map_err(damaged)?,
            kind: kind.ok_or_else(|| damaged("the kind of an expectation"))?,
            sku: Sku::parse(&model.sku).map_err(damaged)?,
            day: Date::parse(&model.day).map_err(damaged)?,
            expected: quantity(&model.expected)?,
            met: quantity(&model.met)?,
            open: quantity(&model.open)?,
            partner: given(&model.partner, PartyCode::parse)?,
            channel: given(&model.channel, ChannelCode::parse)?,
        })
    }
}
