//! The part of the checkpoint that is about what is expected.

use sea_orm::sea_query::OnConflict;
use sea_orm::{ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter, Set};
use sea_orm_migration::prelude::*;
use stock_core::{Expectation, ExpectedKind, TouchedExpectations};
use vocabulary::{ChannelCode, Date, ExpectationCode, PartyCode, Quantity, Sku, WarehouseCode};

use super::StoreFault;
use super::checkpoint_rows::damaged;
use super::expectation_entity::{ActiveModel, Column, Entity, Model};
use super::promise::given;
use super::tracking::columns;

/// Rows of one statement.
const ROWS_A_STATEMENT: usize = 500;

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

/// Everything that is expected in a warehouse.
pub(super) async fn load(
    snapshot: &DatabaseTransaction,
    warehouse: &WarehouseCode,
) -> Result<Vec<Expectation>, StoreFault> {
    let models = Entity::find().filter(Column::Warehouse.eq(warehouse.as_str())).all(snapshot).await?;
    models.iter().map(expectation).collect()
}

/// Writes what has changed.
pub(super) async fn put_in_tx(
    transaction: &DatabaseTransaction,
    warehouse: &WarehouseCode,
    touched: &TouchedExpectations,
) -> Result<(), StoreFault> {
    for chunk in touched.closed.chunks(ROWS_A_STATEMENT) {
        Entity::delete_many()
            .filter(Column::Warehouse.eq(warehouse.as_str()))
            .filter(Column::Code.is_in(chunk.iter().map(ExpectationCode::as_str)))
            .exec(transaction)
            .await?;
    }
    for chunk in touched.open.chunks(ROWS_A_STATEMENT) {
        let models = chunk.iter().map(|open| model(warehouse, open));
        let changing = [
            Column::Kind,
            Column::Sku,
            Column::Day,
            Column::Expected,
            Column::Met,
            Column::Open,
            Column::Partner,
            Column::Channel,
        ];
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

fn model(warehouse: &WarehouseCode, open: &Expectation) -> ActiveModel {
    ActiveModel {
        warehouse: Set(warehouse.to_string()),
        code: Set(open.code.to_string()),
        kind: Set(open.kind.as_str().to_owned()),
        sku: Set(open.sku.to_string()),
        day: Set(open.day.to_string()),
        expected: Set(open.expected.to_string()),
        met: Set(open.met.to_string()),
        open: Set(open.open.to_string()),
        partner: Set(open.partner.as_ref().map_or_else(String::new, ToString::to_string)),
        channel: Set(open.channel.as_ref().map_or_else(String::new, ToString::to_string)),
    }
}

fn expectation(model: &Model) -> Result<Expectation, StoreFault> {
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
