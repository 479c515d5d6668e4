//! What the list RPCs share.

use std::time::Duration;

use proto::common::v1::Decimal;
use rpc::filter::Value;
use rpc::{ApiError, PageToken, Reason};
use stock_core::Balance;
use vocabulary::Quantity;

use crate::store::StoreFault;

/// Items looked at for one page: a filter that matches little gives short pages, not a long stop of the owner.
pub(super) const ITEMS_A_PAGE: usize = 20_000;

/// Rows looked at for one page, for the same reason: positions, parts of promises, goods in handling units.
pub(super) const ROWS_A_PAGE: usize = 20_000;

const SIZE_MAX: i32 = 1000;
const SIZE_DEFAULT: usize = 100;

/// The number of rows of a page.
pub(super) fn size(page_size: i32) -> Result<usize, ApiError> {
    match usize::try_from(page_size) {
        Ok(0) => Ok(SIZE_DEFAULT),
        Ok(size) if page_size <= SIZE_MAX => Ok(size),
        Ok(_) | Err(_) => {
            let message = format!("the page size {page_size} is out of range: give 0 to {SIZE_MAX}");
            Err(ApiError::invalid(Reason::BadPageSize, "page_size", message))
        }
    }
}

/// The key that a page starts after.
pub(super) fn start(token: &str, scope: &str) -> Result<Option<Vec<String>>, ApiError> {
    if token.is_empty() { Ok(None) } else { PageToken::decode(token, scope).map(Some) }
}

pub(super) fn decimal(quantity: Quantity) -> Option<Decimal> {
    Some(Decimal { value: quantity.to_string() })
}

/// Two balances together.
pub(super) fn sum(a: Balance, b: Balance) -> Balance {
    Balance {
        on_hand: a.on_hand.checked_add(b.on_hand).unwrap_or(a.on_hand),
        reserved: a.reserved.checked_add(b.reserved).unwrap_or(a.reserved),
    }
}

/// A quantity by its field's name, for a filter.
pub(super) fn field(name: &str, balance: &Balance, available: Quantity) -> Option<Value<'static>> {
    let quantity = match name {
        "on_hand" => balance.on_hand,
        "reserved" => balance.reserved,
        "available" => available,
        _ => return None,
    };
    Some(Value::Decimal(quantity))
}

/// What a reader is told when the store fails.
pub(super) fn store_error(fault: &StoreFault) -> ApiError {
    match fault {
        StoreFault::Database(_) | StoreFault::Held(_) | StoreFault::Fenced => {
            let message = "the database cannot be reached: try again";
            ApiError::unavailable(Reason::DatabaseUnavailable, message, Duration::from_millis(500))
        }
        StoreFault::Damaged { .. } => {
            tracing::error!(%fault, "a read found the journal damaged");
            ApiError::new(
                Reason::JournalDamaged,
                "the journal does not verify: run `entrepot journal verify`",
            )
        }
    }
}
