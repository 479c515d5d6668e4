//! Rows of handling units as the tables have them, and back.

use std::collections::HashMap;

use gs1::CompanyPrefix;
use sea_orm::Set;
use stock_core::{NumberSeries, SeriesRow, UnitContent, UnitRow};
use vocabulary::{HandlingUnitKind, LocationCode, Quantity, SerialNumber, Sku, Sscc, WarehouseCode};

use super::StoreFault;
use super::checkpoint_rows::{damaged, holding, lot_text};
use super::handling_unit_entity::{content, series, unit, used};

pub(super) fn unit_model(warehouse: &WarehouseCode, row: &UnitRow) -> unit::ActiveModel {
    unit::ActiveModel {
        warehouse: Set(warehouse.to_string()),
        sscc: Set(row.sscc.to_string()),
        kind: Set(row.kind.to_string()),
        location: Set(row.location.to_string()),
        parent: Set(row.parent.map(|parent| parent.to_string())),
    }
}

pub(super) fn content_model(
    warehouse: &WarehouseCode,
    (sscc, row): &(Sscc, &UnitContent),
) -> content::ActiveModel {
    let serials: Vec<_> = row.serials.iter().map(SerialNumber::as_str).collect();
    content::ActiveModel {
        warehouse: Set(warehouse.to_string()),
        sscc: Set(sscc.to_string()),
        sku: Set(row.sku.to_string()),
        lot: Set(lot_text(&row.holding)),
        status: Set(row.holding.status.to_string()),
        owner: Set(row.holding.owner.to_string()),
        quantity: Set(row.quantity.to_string()),
        serials: Set(serials.join(" ")),
    }
}

pub(super) fn used_model(warehouse: &WarehouseCode, sscc: &Sscc) -> used::ActiveModel {
    used::ActiveModel { warehouse: Set(warehouse.to_string()), sscc: Set(sscc.to_string()) }
}

pub(super) fn series_model(warehouse: &WarehouseCode, row: &SeriesRow) -> series::ActiveModel {
    series::ActiveModel {
        warehouse: Set(warehouse.to_string()),
        company_prefix: Set(row.series.company_prefix.to_string()),
        extension_digit: Set(row.series.extension_digit.into()),
        next: Set(row.next.cast_signed()),
        last: Set(row.last.map(u64::cast_signed)),
    }
}

/// Units with their goods.
pub(super) fn units(
    units: Vec<unit::Model>,
    contents: Vec<content::Model>,
) -> Result<Vec<UnitRow>, StoreFault> {
    let mut of_unit: HashMap<String, Vec<UnitContent>> = HashMap::new();
    for model in contents {
        let sscc = model.sscc.clone();
        of_unit.entry(sscc).or_default().push(unit_content(model)?);
    }
    let row = |model: unit::Model| {
        Ok(UnitRow {
            sscc: sscc(&model.sscc)?,
            kind: HandlingUnitKind::parse(&model.kind).map_err(damaged)?,
            location: LocationCode::parse(&model.location).map_err(damaged)?,
            parent: model.parent.as_deref().map(sscc).transpose()?,
            // It follows from the parents.
            nested: Vec::new(),
            contents: of_unit.remove(&model.sscc).unwrap_or_default(),
        })
    };
    units.into_iter().map(row).collect()
}

pub(super) fn series(model: &series::Model) -> Result<SeriesRow, StoreFault> {
    Ok(SeriesRow {
        series: NumberSeries {
            company_prefix: CompanyPrefix::parse(&model.company_prefix).map_err(damaged)?,
            extension_digit: u8::try_from(model.extension_digit).map_err(damaged)?,
        },
        next: model.next.cast_unsigned(),
        last: model.last.map(i64::cast_unsigned),
    })
}

pub(super) fn sscc(text: &str) -> Result<Sscc, StoreFault> {
    Sscc::parse(text).map_err(damaged)
}

fn unit_content(model: content::Model) -> Result<UnitContent, StoreFault> {
    let serials = model.serials.split_whitespace().map(SerialNumber::parse);
    Ok(UnitContent {
        sku: Sku::parse(&model.sku).map_err(damaged)?,
        holding: holding(&model.lot, &model.status, &model.owner)?,
        quantity: Quantity::parse(&model.quantity).map_err(damaged)?,
        serials: serials.collect::<Result<_, _>>().map_err(damaged)?,
    })
}
