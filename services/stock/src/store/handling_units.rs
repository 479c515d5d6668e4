//! The part of the checkpoint that is about handling units.

use sea_orm::sea_query::OnConflict;
use sea_orm::{ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, QueryFilter};
use sea_orm_migration::prelude::*;
use stock_core::{TouchedUnits, UnitContent, UnitSnapshot};
use vocabulary::{Sscc, WarehouseCode};

use super::StoreFault;
use super::handling_unit_entity::{content, series, unit, used};
use super::handling_unit_rows as rows;
use super::tracking::columns;

/// Rows of one statement.
const ROWS_A_STATEMENT: usize = 500;

/// Tables of handling units. They start empty, as they should: no journal before them has any.
pub(super) struct AddHandlingUnits;

impl MigrationName for AddHandlingUnits {
    fn name(&self) -> &'static str {
        "m0005_handling_units"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for AddHandlingUnits {
    #[expect(
        elided_lifetimes_in_paths,
        reason = "the trait's own signature, which async_trait compares by its lifetimes"
    )]
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let text = |name: &str| ColumnDef::new(name.to_owned()).text().not_null().to_owned();
        let unit = columns("handling_unit", ["warehouse", "sscc"].map(text), &["warehouse", "sscc"])
            .col(text("kind"))
            .col(text("location"))
            .col(ColumnDef::new("parent").text().null())
            .to_owned();
        let key = ["warehouse", "sscc", "sku", "lot", "status", "owner"];
        let content = columns("handling_unit_content", key.map(text), &key)
            .col(text("quantity"))
            .col(text("serials"))
            .to_owned();
        let key = ["warehouse", "sscc"];
        let used = columns("handling_unit_used", key.map(text), &key);
        let key = ["warehouse", "company_prefix", "extension_digit"];
        let digit = ColumnDef::new("extension_digit").integer().not_null().to_owned();
        let series = columns("number_series", [text(key[0]), text(key[1]), digit], &key)
            .col(ColumnDef::new("next").big_integer().not_null())
            .col(ColumnDef::new("last").big_integer().null())
            .to_owned();
        for table in [unit, content, used, series] {
            manager.create_table(table).await?;
        }
        Ok(())
    }
}

/// Every handling unit of a warehouse.
pub(super) async fn load(
    snapshot: &DatabaseTransaction,
    warehouse: &WarehouseCode,
) -> Result<UnitSnapshot, StoreFault> {
    let warehouse = warehouse.as_str();
    let units = unit::Entity::find().filter(unit::Column::Warehouse.eq(warehouse)).all(snapshot).await?;
    let contents =
        content::Entity::find().filter(content::Column::Warehouse.eq(warehouse)).all(snapshot).await?;
    let used = used::Entity::find().filter(used::Column::Warehouse.eq(warehouse)).all(snapshot).await?;
    let series = series::Entity::find().filter(series::Column::Warehouse.eq(warehouse)).all(snapshot).await?;
    Ok(UnitSnapshot {
        open: rows::units(units, contents)?,
        used: used.iter().map(|model| rows::sscc(&model.sscc)).collect::<Result<_, _>>()?,
        series: series.iter().map(rows::series).collect::<Result<_, _>>()?,
    })
}

/// Writes what has changed: the goods of a unit that changed replace all that were stored of it.
pub(super) async fn put_in_tx(
    transaction: &DatabaseTransaction,
    warehouse: &WarehouseCode,
    touched: &TouchedUnits,
) -> Result<(), StoreFault> {
    let open: Vec<Sscc> = touched.open.iter().map(|row| row.sscc).collect();
    for chunk in open.chunks(ROWS_A_STATEMENT).chain(touched.closed.chunks(ROWS_A_STATEMENT)) {
        let numbers = chunk.iter().map(Sscc::as_str);
        content::Entity::delete_many()
            .filter(content::Column::Warehouse.eq(warehouse.as_str()))
            .filter(content::Column::Sscc.is_in(numbers))
            .exec(transaction)
            .await?;
    }
    for chunk in touched.closed.chunks(ROWS_A_STATEMENT) {
        unit::Entity::delete_many()
            .filter(unit::Column::Warehouse.eq(warehouse.as_str()))
            .filter(unit::Column::Sscc.is_in(chunk.iter().map(Sscc::as_str)))
            .exec(transaction)
            .await?;
    }
    for chunk in touched.open.chunks(ROWS_A_STATEMENT) {
        let models = chunk.iter().map(|row| rows::unit_model(warehouse, row));
        let changing = [unit::Column::Kind, unit::Column::Location, unit::Column::Parent];
        let key = [unit::Column::Warehouse, unit::Column::Sscc];
        let replace = OnConflict::columns(key).update_columns(changing).to_owned();
        unit::Entity::insert_many(models).on_conflict(replace).exec_without_returning(transaction).await?;
    }
    let contents: Vec<(Sscc, &UnitContent)> =
        touched.open.iter().flat_map(|row| row.contents.iter().map(|content| (row.sscc, content))).collect();
    for chunk in contents.chunks(ROWS_A_STATEMENT) {
        let models = chunk.iter().map(|row| rows::content_model(warehouse, row));
        content::Entity::insert_many(models).exec_without_returning(transaction).await?;
    }
    put_numbers_in_tx(transaction, warehouse, touched).await
}

/// A number that was used stays so.
async fn put_numbers_in_tx(
    transaction: &DatabaseTransaction,
    warehouse: &WarehouseCode,
    touched: &TouchedUnits,
) -> Result<(), StoreFault> {
    for chunk in touched.used.chunks(ROWS_A_STATEMENT) {
        let models = chunk.iter().map(|sscc| rows::used_model(warehouse, sscc));
        used::Entity::insert_many(models).exec_without_returning(transaction).await?;
    }
    if touched.series.is_empty() {
        return Ok(());
    }
    let models = touched.series.iter().map(|row| rows::series_model(warehouse, row));
    let key = [series::Column::Warehouse, series::Column::CompanyPrefix, series::Column::ExtensionDigit];
    let replace =
        OnConflict::columns(key).update_columns([series::Column::Next, series::Column::Last]).to_owned();
    series::Entity::insert_many(models).on_conflict(replace).exec_without_returning(transaction).await?;
    Ok(())
}

/// Throws all of it away.
pub(super) async fn discard_in_tx(
    transaction: &DatabaseTransaction,
    warehouse: &WarehouseCode,
) -> Result<(), StoreFault> {
    for table in ["handling_unit", "handling_unit_content", "handling_unit_used", "number_series"] {
        let rows = Query::delete()
            .from_table(table)
            .and_where(Expr::col("warehouse").eq(warehouse.as_str()))
            .to_owned();
        transaction.execute(&rows).await?;
    }
    Ok(())
}
