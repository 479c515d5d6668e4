//! What goes wrong, as an error of the API. The one place of that mapping.

use std::time::Duration;

use catalog_core::{Key, Kind, Refusal, Rule};
use database::DatabaseFault;
use rpc::{ApiError, Reason};

use crate::store::StoreError;

/// When it is worth asking again after the database failed.
const RETRY_AFTER: Duration = Duration::from_secs(1);

impl From<StoreError> for ApiError {
    fn from(error: StoreError) -> Self {
        let message = error.to_string();
        match error {
            StoreError::Refused(refusal) => refused(refusal),
            StoreError::NotFound { key, within: "" } => not_found(&key, message),
            StoreError::NotFound { key, within } => not_found(&key, message).in_field(within),
            StoreError::StaleEtag { field, key } => {
                Self::invalid(Reason::StaleEtag, field, message).with("key", key)
            }
            StoreError::RequestIdReused => Self::invalid(Reason::RequestIdReused, "request_id", message),
            StoreError::Database(fault) => failed(&fault),
            StoreError::Damaged(what) => {
                tracing::error!(what, "the catalog's database holds what cannot be read");
                Self::internal(message)
            }
            StoreError::Stopping => Self::unavailable(Reason::ShuttingDown, message, RETRY_AFTER),
        }
    }
}

fn refused(refusal: Refusal) -> ApiError {
    ApiError::invalid(reason(refusal.rule), refusal.field, refusal.message)
}

fn reason(rule: Rule) -> Reason {
    match rule {
        Rule::BadCode => Reason::BadCode,
        Rule::BadField => Reason::BadField,
        Rule::TextTooLong => Reason::TextTooLong,
        Rule::BadPattern => Reason::BadPattern,
        Rule::AlreadyExists => Reason::AlreadyExists,
        Rule::GtinTaken => Reason::GtinTaken,
        Rule::UnknownItem => Reason::UnknownItem,
        Rule::ItemRetired => Reason::ItemRetired,
        Rule::TooManyDecimals => Reason::TooManyDecimals,
        Rule::QuantityNotPositive => Reason::QuantityNotPositive,
        Rule::QuantityOverflow => Reason::QuantityOverflow,
        Rule::BomCycle => Reason::BomCycle,
        Rule::BomOverlap => Reason::BomOverlap,
        Rule::BomTooLarge => Reason::BomTooLarge,
        Rule::NoBom => Reason::NoBom,
        Rule::LotNotTracked => Reason::LotNotTracked,
        Rule::UnknownItemClass => Reason::UnknownItemClass,
        Rule::UnknownCodingRule => Reason::UnknownCodingRule,
        Rule::UnknownWarehouse => Reason::UnknownWarehouse,
        Rule::ItemClassRetired => Reason::ItemClassRetired,
        Rule::CodingRuleRetired => Reason::CodingRuleRetired,
        Rule::WarehouseRetired => Reason::WarehouseRetired,
        Rule::CodingRuleBroken => Reason::CodingRuleBroken,
        Rule::BadParent => Reason::BadParent,
        Rule::VirtualLocation => Reason::LocationVirtual,
        Rule::UpdateMask => Reason::BadFieldMask,
    }
}

fn not_found(key: &Key, message: String) -> ApiError {
    let (reason, field) = match key.kind {
        Kind::Item => (Reason::UnknownItem, "sku"),
        Kind::ItemClass => (Reason::UnknownItemClass, "code"),
        Kind::CodingRule => (Reason::UnknownCodingRule, "code"),
        Kind::Warehouse => (Reason::UnknownWarehouse, "code"),
        Kind::Location => (Reason::UnknownLocation, "code"),
        Kind::Recall => (Reason::UnknownRecall, "lot"),
        Kind::Bom => (Reason::UnknownBom, "version"),
    };
    ApiError::invalid(reason, field, message).with("key", key)
}

fn failed(fault: &DatabaseFault) -> ApiError {
    if fault.is_retryable() {
        tracing::warn!(%fault, "the catalog's database is not available");
        let message = "the catalog's database is not available: repeat with the same request id";
        return ApiError::unavailable(Reason::DatabaseUnavailable, message, RETRY_AFTER);
    }
    tracing::error!(%fault, "the catalog's database refused a statement");
    ApiError::internal("the catalog's database refused a statement: look into the service's log")
}
