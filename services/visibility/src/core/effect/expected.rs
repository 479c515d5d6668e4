//! What an entry does to what is expected.

use proto::events::v1::{Expectation, ExpectationBefore, ExpectationKind};
use vocabulary::{Date, Sku};

use super::{Draft, Kind, Malformed, quantity};
use crate::core::{Expected, Total};

/// What is added to what is expected on a day.
type Change = (Date, Expected);

impl Draft<'_> {
    /// The facts say what was open before and what is open now, so that single expectations need not be known.
    pub(super) fn expectation(&mut self, line: u32, fact: &Kind) -> Result<(), Malformed> {
        let Some(expectation) = expectation(fact) else { return Err(Malformed::UnknownFact { line }) };
        for (day, change) in changes(line, fact, expectation)? {
            let on_day = self.detail(&expectation.sku)?.plan.add(day, change)?;
            let value = self.value(&expectation.sku)?;
            value.expected = value.expected.and(change)?;
            if on_day.is_negative() {
                return Err(Malformed::NotExpected { line, sku: Sku::parse(&expectation.sku)? });
            }
        }
        Ok(())
    }
}

/// The item that is expected.
pub(super) fn sku(fact: &Kind) -> Option<&str> {
    expectation(fact).map(|expectation| expectation.sku.as_str())
}

#[expect(clippy::wildcard_enum_match_arm, reason = "other facts say nothing of what is expected")]
fn expectation(fact: &Kind) -> Option<&Expectation> {
    match fact {
        Kind::ExpectationSet(set) => set.expectation.as_ref(),
        Kind::ExpectationMet(met) => met.expectation.as_ref(),
        Kind::ExpectationReopened(reopened) => reopened.expectation.as_ref(),
        _ => None,
    }
}

#[expect(clippy::wildcard_enum_match_arm, reason = "other facts say nothing of what is expected")]
fn changes(line: u32, fact: &Kind, now: &Expectation) -> Result<Vec<Change>, Malformed> {
    let day = Date::parse(&now.day)?;
    let of = |kind, total| of_kind(line, kind, total);
    Ok(match fact {
        Kind::ExpectationSet(set) => {
            let after = (day, of(now.kind(), quantity(now.open.as_ref())?)?);
            // What comes first, so that nothing is less than nothing in between.
            std::iter::once(Ok(after))
                .chain(set.before.as_ref().map(|before| taken(line, before)))
                .collect::<Result<_, _>>()?
        }
        Kind::ExpectationMet(met) => {
            vec![(day, of(now.kind(), quantity(met.quantity.as_ref())?.negated())?)]
        }
        Kind::ExpectationReopened(reopened) => {
            vec![(day, of(now.kind(), quantity(reopened.quantity.as_ref())?)?)]
        }
        _ => Vec::new(),
    })
}

/// What was open is not any more.
fn taken(line: u32, before: &ExpectationBefore) -> Result<Change, Malformed> {
    let open = quantity(before.open.as_ref())?.negated();
    Ok((Date::parse(&before.day)?, of_kind(line, before.kind(), open)?))
}

fn of_kind(line: u32, kind: ExpectationKind, total: Total) -> Result<Expected, Malformed> {
    Ok(match kind {
        ExpectationKind::Unspecified => return Err(Malformed::UnknownFact { line }),
        ExpectationKind::TransferDispatched => Expected { in_transit: total, ..Expected::ZERO },
        ExpectationKind::Demand => Expected { demand: total, ..Expected::ZERO },
        ExpectationKind::Purchase
        | ExpectationKind::Transfer
        | ExpectationKind::Production
        | ExpectationKind::Return => Expected { inbound: total, ..Expected::ZERO },
    })
}
