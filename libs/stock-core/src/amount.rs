//! Sums of quantities that are exact in any order: a quantity itself has limits that a sum may leave on the way.

use vocabulary::{Quantity, QuantityOverflow};

/// A sum of quantities in units of 10^-9. A quantity has at most 28 digits, so that ten thousand million of them are exact in
/// an `i128`, whatever the order they are added in.
pub(crate) type Amount = i128;

/// In units of 10^-9, exact.
pub(crate) fn amount(quantity: Quantity) -> Amount {
    quantity.billionths()
}

/// Back from [`amount`].
pub(crate) fn quantity(amount: Amount) -> Result<Quantity, QuantityOverflow> {
    let decimal = rust_decimal::Decimal::try_from_i128_with_scale(amount, Quantity::DECIMALS_MAX);
    decimal.map_err(|_| QuantityOverflow).and_then(Quantity::try_new)
}

/// Back from [`amount`]; what no quantity can say is the largest one, or its negative.
pub(crate) fn clamped(amount: Amount) -> Quantity {
    let limit = if amount < 0 { Quantity::MAX.negated() } else { Quantity::MAX };
    quantity(amount).unwrap_or(limit)
}
