//! Rows of the checkpoint as the tables have them, and back.

use laws::NegativeStock;
use sea_orm::Set;
use stock_core::{
    Balance, HistoryRow, Holding, Lot, LotRow, MovementRef, PositionRow, Reversed, SerialRow, StoredPosition,
    decode_lot_facts, encode_lot_facts,
};
use vocabulary::{
    LocationCode, LotCode, Owner, Quantity, Sequence, SerialNumber, Sku, StockStatus, WarehouseCode, Weight,
    WeightUnit,
};

use super::StoreFault;
use super::entity;

pub(super) fn position_model(
    warehouse: &WarehouseCode,
    stored: &StoredPosition,
) -> entity::position::ActiveModel {
    let row = &stored.row;
    entity::position::ActiveModel {
        warehouse: Set(warehouse.to_string()),
        sku: Set(row.sku.to_string()),
        location: Set(row.location.to_string()),
        lot: Set(lot_text(&row.holding)),
        status: Set(row.holding.status.to_string()),
        owner: Set(row.holding.owner.to_string()),
        on_hand: Set(row.balance.on_hand.to_string()),
        reserved: Set(row.balance.reserved.to_string()),
        negative_allowed: Set(row.negative == NegativeStock::Allowed),
        recent: Set(stored.recent.clone()),
        weight: Set(row.weight.map(|weight| weight.amount.to_string())),
        weight_unit: Set(row.weight.map(|weight| weight.unit.to_string())),
    }
}

pub(super) fn position(model: entity::position::Model) -> Result<StoredPosition, StoreFault> {
    let row = PositionRow {
        sku: Sku::parse(&model.sku).map_err(damaged)?,
        location: LocationCode::parse(&model.location).map_err(damaged)?,
        holding: holding(&model.lot, &model.status, &model.owner)?,
        balance: Balance {
            on_hand: Quantity::parse(&model.on_hand).map_err(damaged)?,
            reserved: Quantity::parse(&model.reserved).map_err(damaged)?,
        },
        negative: if model.negative_allowed { NegativeStock::Allowed } else { NegativeStock::Forbidden },
        weight: weight(model.weight.as_deref(), model.weight_unit.as_deref())?,
    };
    Ok(StoredPosition { row, recent: model.recent })
}

fn weight(amount: Option<&str>, unit: Option<&str>) -> Result<Option<Weight>, StoreFault> {
    let (Some(amount), Some(unit)) = (amount, unit) else { return Ok(None) };
    let (amount, unit) = (Quantity::parse(amount), WeightUnit::parse(unit));
    Ok(Some(Weight { amount: amount.map_err(damaged)?, unit: unit.map_err(damaged)? }))
}

pub(super) fn history_model(
    warehouse: &WarehouseCode,
    row: &HistoryRow,
) -> entity::position_history::ActiveModel {
    entity::position_history::ActiveModel {
        warehouse: Set(warehouse.to_string()),
        sku: Set(row.sku.to_string()),
        location: Set(row.location.to_string()),
        lot: Set(lot_text(&row.holding)),
        status: Set(row.holding.status.to_string()),
        owner: Set(row.holding.owner.to_string()),
        number: Set(row.number.into()),
        movements: Set(row.movements.clone()),
    }
}

pub(super) fn history(model: entity::position_history::Model) -> Result<HistoryRow, StoreFault> {
    Ok(HistoryRow {
        sku: Sku::parse(&model.sku).map_err(damaged)?,
        location: LocationCode::parse(&model.location).map_err(damaged)?,
        holding: holding(&model.lot, &model.status, &model.owner)?,
        number: u32::try_from(model.number).map_err(|_| damaged("a history row's number"))?,
        movements: model.movements,
    })
}

pub(super) fn lot_model(warehouse: &WarehouseCode, row: &LotRow) -> entity::lot::ActiveModel {
    entity::lot::ActiveModel {
        warehouse: Set(warehouse.to_string()),
        sku: Set(row.sku.to_string()),
        lot: Set(row.code.to_string()),
        received: Set(row.lot.received.get().cast_signed()),
        expiry: Set(row.lot.facts.expiry.map(|date| date.to_string())),
        facts: Set(encode_lot_facts(&row.lot.facts)),
    }
}

pub(super) fn lot(model: entity::lot::Model) -> Result<LotRow, StoreFault> {
    Ok(LotRow {
        sku: Sku::parse(&model.sku).map_err(damaged)?,
        code: LotCode::parse(&model.lot).map_err(damaged)?,
        lot: Lot {
            received: Sequence::new(model.received.cast_unsigned()),
            facts: decode_lot_facts(&model.facts).map_err(damaged)?,
        },
    })
}

pub(super) fn serial_model(warehouse: &WarehouseCode, row: &SerialRow) -> entity::serial::ActiveModel {
    entity::serial::ActiveModel {
        warehouse: Set(warehouse.to_string()),
        sku: Set(row.sku.to_string()),
        serial: Set(row.serial.to_string()),
        location: Set(row.location.to_string()),
        lot: Set(lot_text(&row.holding)),
        status: Set(row.holding.status.to_string()),
        owner: Set(row.holding.owner.to_string()),
    }
}

pub(super) fn serial(model: entity::serial::Model) -> Result<SerialRow, StoreFault> {
    Ok(SerialRow {
        sku: Sku::parse(&model.sku).map_err(damaged)?,
        serial: SerialNumber::parse(&model.serial).map_err(damaged)?,
        location: LocationCode::parse(&model.location).map_err(damaged)?,
        holding: holding(&model.lot, &model.status, &model.owner)?,
    })
}

pub(super) fn reversed_model(warehouse: &WarehouseCode, row: &Reversed) -> entity::reversed::ActiveModel {
    entity::reversed::ActiveModel {
        warehouse: Set(warehouse.to_string()),
        sequence: Set(row.movement.sequence.get().cast_signed()),
        line: Set(row.movement.line.into()),
        by_sequence: Set(row.by.sequence.get().cast_signed()),
        by_line: Set(row.by.line.into()),
    }
}

pub(super) fn reversed(model: entity::reversed::Model) -> Result<Reversed, StoreFault> {
    let movement = |sequence: i64, line: i64| {
        let line = u32::try_from(line).map_err(|_| damaged("a movement's line"))?;
        Ok::<_, StoreFault>(MovementRef { sequence: Sequence::new(sequence.cast_unsigned()), line })
    };
    Ok(Reversed {
        movement: movement(model.sequence, model.line)?,
        by: movement(model.by_sequence, model.by_line)?,
    })
}

pub(super) fn lot_text(holding: &Holding) -> String {
    holding.lot.as_ref().map_or_else(String::new, LotCode::to_string)
}

pub(super) fn holding(lot: &str, status: &str, owner: &str) -> Result<Holding, StoreFault> {
    Ok(Holding {
        lot: if lot.is_empty() { None } else { Some(LotCode::parse(lot).map_err(damaged)?) },
        status: StockStatus::parse(status).map_err(damaged)?,
        owner: Owner::parse(owner).map_err(damaged)?,
    })
}

pub(super) fn damaged(detail: impl ToString) -> StoreFault {
    StoreFault::Damaged { what: "checkpoint", detail: detail.to_string() }
}
