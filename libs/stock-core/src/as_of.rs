//! Reading what a warehouse held at a time, as it was known at a time.

use laws::NegativeStock;
use sha2::{Digest, Sha256};
use vocabulary::{Quantity, QuantityOverflow, Sequence, Sku, Timestamp};

use crate::amount::quantity;
use crate::history::{History, Stamp};
use crate::item::{HeldBalance, PLAIN};
use crate::{Balance, ChainHash, Holding, PositionRow, State};

/// An instant, and how much of it is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AsOf {
    /// Everything that happened up to here, this instant included.
    pub effective_at: Timestamp,
    /// As far as entries up to this one tell it.
    pub sequence: Sequence,
}

impl State {
    /// What was on hand of some goods at a place; `None` when nothing had ever been there. Looks at one number for every thousand
    /// movements of the position.
    ///
    /// # Errors
    /// [`QuantityOverflow`] when it would have been more than 10^18: only a journal from before late movements were checked can
    /// say so.
    pub fn on_hand_as_of(
        &self,
        (sku, location, holding): (&str, &str, &Holding),
        as_of: AsOf,
    ) -> Result<Option<Quantity>, QuantityOverflow> {
        let history = self.history(sku, location, holding);
        history.and_then(|history| history.as_of(as_of.into())).map(quantity).transpose()
    }

    /// What was on hand of an item then, position by position, in no order. Copies nothing.
    pub fn balances_as_of<'a>(
        &'a self,
        sku: &str,
        as_of: AsOf,
    ) -> impl Iterator<Item = (&'a Holding, Result<Quantity, QuantityOverflow>)> + use<'a> {
        let balances = self.held(sku).into_iter().flat_map(|held| &held.balances);
        balances.filter_map(move |at| {
            let on_hand = quantity(at.history.as_of(as_of.into())?);
            Some((self.holdings.name(at.holding)?, on_hand))
        })
    }

    /// The positions of an item at one location, by goods, with what was on hand then. Looks at no others. Nothing is said of promises.
    ///
    /// # Errors
    /// As [`State::on_hand_as_of`].
    pub fn positions_at_as_of(
        &self,
        (sku, location): (&Sku, &str),
        as_of: AsOf,
    ) -> Result<Vec<PositionRow>, QuantityOverflow> {
        let Some((held, here)) = self.held_at(sku, location) else { return Ok(Vec::new()) };
        let row = |at: &HeldBalance| {
            let on_hand = quantity(at.history.as_of(as_of.into())?);
            let (location, holding) =
                (self.locations.name(at.location)?.clone(), self.holdings.name(at.holding)?.clone());
            let negative = held.negative;
            Some(on_hand.map(|on_hand| PositionRow {
                sku: sku.clone(),
                location,
                holding,
                balance: Balance { on_hand, reserved: Quantity::ZERO },
                negative,
                weight: None,
            }))
        };
        let mut rows = here.iter().filter_map(row).collect::<Result<Vec<_>, _>>()?;
        rows.sort_unstable_by(|a, b| a.holding.cmp(&b.holding));
        Ok(rows)
    }

    /// SHA-256 over every movement of every position, in order of time, and the policy that goes with it: equal for states that
    /// remember the same.
    pub fn history_digest(&self) -> ChainHash {
        let mut digest = Sha256::new();
        for sku in self.skus_after(None) {
            for row in self.positions_of(sku) {
                let history = self.history(sku.as_str(), row.location.as_str(), &row.holding);
                let (location, holding) = (&row.location, &row.holding);
                digest.update(format!("{sku}\t{location}\t{holding:?}\n"));
                history.into_iter().for_each(|history| history.write(&mut |line| digest.update(line)));
            }
        }
        ChainHash::from_bytes(digest.finalize().into())
    }

    /// Whether a position that must never hold less than nothing holds that much at every instant.
    pub fn is_never_negative(&self, sku: &Sku) -> bool {
        let negative = self.negative(sku.as_str());
        let positions = self.held(sku.as_str()).map(|held| held.balances.as_slice()).unwrap_or_default();
        positions.iter().all(|at| {
            let instants = at.history.instants().map(|on_hand| quantity(on_hand).unwrap_or_default());
            laws::never_negative(
                instants,
                if at.holding == PLAIN { negative } else { NegativeStock::Forbidden },
            )
        })
    }

    pub(crate) fn history(&self, sku: &str, location: &str, holding: &Holding) -> Option<&History> {
        let holding = if holding.is_plain() { PLAIN } else { self.holdings.get::<Holding>(holding)? };
        let at = self.held(sku)?.at(self.locations.get(location)?, holding)?;
        Some(&at.history)
    }
}

impl From<AsOf> for Stamp {
    fn from(as_of: AsOf) -> Self {
        Self { effective_at: as_of.effective_at, sequence: as_of.sequence }
    }
}
