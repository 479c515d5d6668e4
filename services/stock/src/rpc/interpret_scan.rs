use gs1::ReferenceYear;
use proto::common::v1::Decimal;
use proto::stock::v1::{
    HandlingUnit, InterpretScanRequest, InterpretScanResponse, ScanAction, ScanContext, ScanInterpretation,
    ScanNeed, ScanNextAction,
};
use rpc::{ApiError, Reason};
use scan_core::{Action, Context, Interpretation, KnownUnit, Need, NextAction, Problem, Setting, interpret};
use vocabulary::{Sscc, WarehouseCode};

use super::scan_directory::ScanDirectory;
use super::{ScanRpc, catalog, get_handling_unit, weight};

/// What a scan means; judged by the catalog's read model, and of a logistic unit by what is in the caller's warehouse.
pub(super) async fn handle(
    service: &ScanRpc,
    request: &InterpretScanRequest,
) -> Result<InterpretScanResponse, ApiError> {
    catalog::check_read(&service.catalog)?;
    check_warehouse(service, &request.warehouse)?;
    let setting = Setting {
        separators: &service.separators,
        reference_year: this_year()?,
        context: context(request.context)?,
    };
    let directory = ScanDirectory { catalog: &service.catalog, warehouse: &request.warehouse };
    let mut found = interpret(&request.text, &setting, &directory).map_err(|problem| refused(&problem))?;
    let unit = match found.facts.sscc {
        Some(sscc) => unit_here(service, &request.warehouse, sscc).await,
        None => UnitHere::No,
    };
    let unit_here_unknown = matches!(unit, UnitHere::Unknown);
    let unit_here = match unit {
        UnitHere::Yes(known, unit) => {
            found = found.of_unit(known, setting.context);
            Some(*unit)
        }
        UnitHere::No | UnitHere::Unknown => None,
    };
    Ok(InterpretScanResponse {
        next_actions: found.next.iter().map(next_action).collect(),
        interpretation: Some(ScanInterpretation { unit_here, unit_here_unknown, ..interpretation(found) }),
    })
}

/// Whether a logistic unit is in the caller's warehouse.
enum UnitHere {
    Yes(KnownUnit, Box<HandlingUnit>),
    No,
    /// The warehouse does not answer now; the label was read all the same.
    Unknown,
}

/// `No` also when the warehouse is another server's.
async fn unit_here(service: &ScanRpc, warehouse: &str, sscc: Sscc) -> UnitHere {
    let Ok(code) = WarehouseCode::parse(warehouse) else { return UnitHere::No };
    let seen = match service.partitions.find(&code) {
        Ok(partition) => partition.look(move |state| state.handling_unit(&sscc)).await,
        Err(error) => Err(error),
    };
    match seen {
        Ok(Some(row)) => {
            let unit = Box::new(get_handling_unit::whole(&code, &row));
            UnitHere::Yes(KnownUnit { location: row.location }, unit)
        }
        Ok(None) => UnitHere::No,
        Err(error) if error.reason == Reason::WarehouseNotServed => UnitHere::No,
        Err(_) => UnitHere::Unknown,
    }
}

fn check_warehouse(service: &ScanRpc, code: &str) -> Result<(), ApiError> {
    if code.is_empty() {
        return Ok(());
    }
    WarehouseCode::parse(code).map_err(|e| ApiError::invalid(Reason::BadCode, "warehouse", e.to_string()))?;
    if service.catalog.warehouse(code).is_some() {
        return Ok(());
    }
    let message = format!("no warehouse has the code {code:?}: create it first");
    Err(ApiError::invalid(Reason::UnknownWarehouse, "warehouse", message))
}

/// The year by the clock at this edge, in UTC.
fn this_year() -> Result<ReferenceYear, ApiError> {
    let now = rpc::clock::rfc3339(rpc::clock::now());
    let year = now.get(..4).and_then(|year| year.parse().ok());
    let reference = year.and_then(|year| ReferenceYear::parse(year).ok());
    reference.ok_or_else(|| ApiError::internal("the server's clock shows no usable year"))
}

fn context(number: i32) -> Result<Context, ApiError> {
    match ScanContext::try_from(number) {
        Ok(ScanContext::Unspecified) => Ok(Context::None),
        Ok(ScanContext::Receiving) => Ok(Context::Receiving),
        Ok(ScanContext::Picking) => Ok(Context::Picking),
        Ok(ScanContext::Counting) => Ok(Context::Counting),
        Ok(ScanContext::Moving) => Ok(Context::Moving),
        Err(_) => {
            let message = format!("context {number} is not valid: use one of the named values");
            Err(ApiError::invalid(Reason::BadField, "context", message))
        }
    }
}

fn refused(problem: &Problem) -> ApiError {
    let error = |reason| ApiError::invalid(reason, "text", problem.to_string());
    match problem {
        Problem::NotReadable(unread) => {
            let error = error(Reason::ScanNotReadable)
                .with("position", unread.position())
                .with("problem", unread.reason().name());
            match unread.ai() {
                Some(ai) => error.with("ai", ai),
                None => error,
            }
        }
        Problem::UnknownCode(code) => error(Reason::ScanUnknownCode).with("code", code),
        Problem::UnknownGtin(gtin) => error(Reason::ScanUnknownItem).with("gtin", gtin),
        Problem::UnknownSku(sku) => error(Reason::ScanUnknownItem).with("sku", sku),
        Problem::UnknownGln(gln) => error(Reason::ScanUnknownLocation).with("gln", gln),
        Problem::OtherWeightUnit { sku, weighed, given } => {
            error(Reason::ScanWeightUnit).with("sku", sku).with("weighed", weighed).with("given", given)
        }
        Problem::UnknownLocation { warehouse, location } => {
            error(Reason::ScanUnknownLocation).with("warehouse", warehouse).with("location", location)
        }
    }
}

fn interpretation(found: Interpretation) -> ScanInterpretation {
    let text = |value: Option<String>| value.unwrap_or_default();
    let decimal = |value: String| Decimal { value };
    let facts = found.facts;
    let (quantity, unit) = found.quantity.unzip();
    let (weight, weight_unit) = weight::wire(found.weight);
    let (sku, base_unit) = found.item.map(|item| (item.sku.to_string(), item.base_unit.to_string())).unzip();
    ScanInterpretation {
        weight,
        weight_unit,
        sku: text(sku),
        gtin: text(facts.gtin.map(|gtin| gtin.to_string())),
        lot: text(facts.lot),
        serial: text(facts.serial),
        expires_on: text(facts.expires_on.map(|date| date.to_string())),
        best_before_on: text(facts.best_before_on.map(|date| date.to_string())),
        made_on: text(facts.made_on.map(|date| date.to_string())),
        quantity: quantity.map(|quantity| decimal(quantity.to_string())),
        unit: text(unit.map(|unit| unit.to_string())),
        net_weight_kg: facts.net_weight_kg.map(|weight| decimal(weight.normalize().to_string())),
        handling_unit: text(facts.sscc.map(|sscc| sscc.to_string())),
        warehouse: text(found.warehouse.map(|warehouse| warehouse.to_string())),
        location: text(found.location.map(|location| location.code.to_string())),
        elements: facts.bracketed,
        base_quantity: found.base_quantity.map(|quantity| decimal(quantity.to_string())),
        base_unit: text(base_unit),
        net_weight_lb: facts.net_weight_lb.map(|weight| decimal(weight.normalize().to_string())),
        unit_here: None,
        unit_here_unknown: false,
    }
}

fn next_action(next: &NextAction) -> ScanNextAction {
    let action = match next.action {
        Action::LookUp => ScanAction::LookUp,
        Action::Receive => ScanAction::Receive,
        Action::Issue => ScanAction::Issue,
        Action::Move => ScanAction::Move,
        Action::Count => ScanAction::Count,
        Action::Unpack => ScanAction::Unpack,
    };
    let need = |need: &Need| match need {
        Need::Item => ScanNeed::Item.into(),
        Need::Quantity => ScanNeed::Quantity.into(),
        Need::Lot => ScanNeed::Lot.into(),
        Need::Serial => ScanNeed::Serial.into(),
        Need::Location => ScanNeed::Location.into(),
        Need::ToLocation => ScanNeed::ToLocation.into(),
    };
    ScanNextAction { action: action.into(), missing: next.missing.iter().map(need).collect() }
}
