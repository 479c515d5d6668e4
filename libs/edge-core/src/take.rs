//! Which grants a take uses.

use vocabulary::{PartyCode, Quantity, SerialNumber, Timestamp};

use crate::{Declined, Grant, Number, Spot};

/// Serial numbers of one take.
const SERIALS_MAX: usize = 1000;

/// Goods that should be taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    /// Which.
    pub spot: Spot,
    /// How much, in the base unit.
    pub quantity: Quantity,
    /// Of an item tracked by serial number, one a unit; else empty.
    pub serials: Vec<SerialNumber>,
    /// The customer who gets them; `None` if not known.
    pub partner: Option<PartyCode>,
    /// What they weigh together, of an item of catch weight: then they are of one grant.
    pub weight: Option<Quantity>,
}

/// What is taken from one grant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Part {
    pub(crate) grant: Number,
    pub(crate) quantity: Quantity,
    pub(crate) serials: Vec<SerialNumber>,
}

/// Takes from the grants that end first, as much from each as is left of it. A grant is of exactly the goods that it names: goods
/// of a lot are never taken from a grant without one, nor the other way round.
pub(crate) fn plan<'a>(
    grants: impl Iterator<Item = &'a Grant>,
    wanted: &Wanted,
    now: Timestamp,
) -> Result<Vec<Part>, Declined> {
    check(wanted)?;
    let of_spot = grants.filter(|grant| grant.spot == wanted.spot && grant.left().is_positive());
    let (expired, mut live): (Vec<_>, Vec<_>) = of_spot.partition(|grant| grant.is_expired(now));
    live.sort_by_key(|grant| (grant.expires_at, grant.number));
    let mut serials = wanted.serials.iter().cloned();
    let (mut missing, mut parts) = (wanted.quantity, Vec::new());
    for grant in &live {
        let quantity = grant.left().min(missing);
        if !quantity.is_positive() {
            break;
        }
        missing = missing.checked_sub(quantity).unwrap_or_default();
        let serials = serials.by_ref().take(units(quantity)).collect();
        parts.push(Part { grant: grant.number, quantity, serials });
    }
    if !missing.is_zero() {
        return Err(too_little(wanted, &live, &expired));
    }
    // What each part weighs, nobody says.
    if wanted.weight.is_some() && parts.len() > 1 {
        return Err(Declined::WeightOfSeveral {
            first: parts.first().map_or(wanted.quantity, |part| part.quantity),
        });
    }
    Ok(parts)
}

fn check(wanted: &Wanted) -> Result<(), Declined> {
    if !wanted.quantity.is_positive() {
        return Err(Declined::NotPositive { field: "quantity" });
    }
    if wanted.weight.is_some_and(|weight| !weight.is_positive()) {
        return Err(Declined::NotPositive { field: "weight" });
    }
    let given = wanted.serials.len();
    if given > SERIALS_MAX {
        return Err(Declined::TooLarge);
    }
    let count = u32::try_from(given).map(Quantity::from);
    if given == 0 || count == Ok(wanted.quantity) {
        return Ok(());
    }
    Err(Declined::SerialCount { quantity: wanted.quantity, given })
}

/// Whole units of a quantity; more than any document may name when it is larger than that.
fn units(quantity: Quantity) -> usize {
    let whole = quantity.to_string();
    let whole = whole.split('.').next().unwrap_or_default();
    whole.parse().unwrap_or(usize::MAX)
}

fn too_little(wanted: &Wanted, live: &[&Grant], expired: &[&Grant]) -> Declined {
    let (spot, requested, left) = (wanted.spot.clone(), wanted.quantity, sum(live));
    let with_expired = left.checked_add(sum(expired)).unwrap_or(left);
    match expired.iter().map(|grant| grant.expires_at).max() {
        Some(expired_at) if with_expired >= requested => {
            Declined::EscrowExpired { spot, requested, left, expired_at }
        }
        Some(_) | None => Declined::QuotaExceeded { spot, requested, left },
    }
}

fn sum(grants: &[&Grant]) -> Quantity {
    let add = |sum: Quantity, grant: &&Grant| sum.checked_add(grant.left()).unwrap_or(sum);
    grants.iter().fold(Quantity::ZERO, add)
}
