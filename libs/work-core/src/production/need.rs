//! What a part of an order takes, exactly.

use rust_decimal::Decimal;
use vocabulary::Quantity;

/// Which way a part that is finer than the base unit goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Rounded {
    /// A component is begun whole.
    Up,
    /// What is not whole did not come out.
    Down,
}

/// The part of `total` that goes with `made` of `planned`: `total × made / planned`, rounded to `decimals`. All of them are at most
/// [`PRODUCTION_QUANTITY_MAX`](super::PRODUCTION_QUANTITY_MAX), so that the product is below 10^36 billionths of billionths, and exact.
pub(super) fn part(
    total: Quantity,
    (made, planned): (Quantity, Quantity),
    (decimals, rounded): (u32, Rounded),
) -> Quantity {
    let product = total.billionths().saturating_mul(made.billionths());
    let step = 10_i128.saturating_pow(Quantity::DECIMALS_MAX.saturating_sub(decimals));
    let by = planned.billionths().saturating_mul(step);
    let (Some(whole), Some(rest)) = (product.checked_div_euclid(by), product.checked_rem_euclid(by)) else {
        return Quantity::ZERO;
    };
    let is_more = rest > 0 && rounded == Rounded::Up;
    let steps = whole.saturating_add(i128::from(is_more));
    let scale = decimals.min(Quantity::DECIMALS_MAX);
    let exact = Decimal::try_from_i128_with_scale(steps, scale).ok();
    exact.and_then(|exact| Quantity::try_new(exact).ok()).unwrap_or(Quantity::MAX)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn parts_are_rounded_once() {
        let quantity = |text: &str| Quantity::parse(text).unwrap();
        for (total, made, planned, decimals, up, down) in [
            ("2.5", "9", "20", 1, "1.2", "1.1"),
            ("2.5", "20", "20", 1, "2.5", "2.5"),
            ("2.5", "22", "20", 1, "2.8", "2.7"),
            ("0.625", "3", "4", 3, "0.469", "0.468"),
            ("5", "9", "20", 0, "3", "2"),
            ("7", "0", "20", 0, "0", "0"),
            ("1", "1", "3", 9, "0.333333334", "0.333333333"),
            ("1000000000", "1000000000", "0.000000001", 0, "1000000000000000000", "1000000000000000000"),
        ] {
            let part =
                |rounded| part(quantity(total), (quantity(made), quantity(planned)), (decimals, rounded));
            assert_eq!(
                (part(Rounded::Up), part(Rounded::Down)),
                (quantity(up), quantity(down)),
                "{total} {made}"
            );
        }
    }

    proptest! {
        /// The whole is what was planned, and no part is less than an earlier one.
        #[test]
        fn parts_grow_up_to_the_whole(total in 1_u32..1_000_000_000, planned in 1_u32..1_000_000_000, made in any::<u32>(), decimals in 0_u32..4) {
            let made = Quantity::from(made.checked_rem(planned).unwrap());
            let (total, planned) = (Quantity::from(total), Quantity::from(planned));
            let of = |made| part(total, (made, planned), (decimals, Rounded::Up));
            prop_assert_eq!(of(planned), total);
            prop_assert!(of(made) <= total);
            prop_assert!(of(made) <= of(made.checked_add(Quantity::from(1)).unwrap()));
        }
    }
}
