//! What an entry does to slices, and to what is kept for channels.

use proto::events::v1::rule_set::Rule;
use proto::events::v1::{Fact, Moved, MovementKind, Released, Reserved, RuleSet};
use vocabulary::{ChannelCode, Quantity, Sku, StockStatus};

use super::{Draft, Kind, Malformed, quantity};
use crate::core::{Detail, OpenTerms, Slice, Total, TotalOverflow, Value};

/// What is added to a slice.
type Change = fn(Value, Total) -> Result<Value, TotalOverflow>;

const ARRIVES: Change =
    |value, quantity| Ok(Value { on_hand: value.on_hand.checked_add(quantity)?, ..value });
const LEAVES: Change = |value, quantity| Ok(Value { on_hand: value.on_hand.checked_sub(quantity)?, ..value });
const PROMISED: Change =
    |value, quantity| Ok(Value { reserved: value.reserved.checked_add(quantity)?, ..value });
const FREED: Change =
    |value, quantity| Ok(Value { reserved: value.reserved.checked_sub(quantity)?, ..value });

impl Draft<'_> {
    /// Goods leave one slice and come into another, and a channel takes them, or gives them back.
    pub(super) fn slices_moved(&mut self, moved: &Moved) -> Result<(), Malformed> {
        let [from, to] = Slice::moved(moved)?;
        if let Some(from) = from {
            let quantity = quantity(moved.quantity.as_ref())?;
            self.change(&from, quantity, LEAVES)?;
            self.lot_moved(&from, |there| there.checked_sub(quantity))?;
        }
        if let Some(to) = to {
            let quantity = quantity(moved.quantity.as_ref())?;
            self.change(&to, quantity, ARRIVES)?;
            self.lot_moved(&to, |there| there.checked_add(quantity))?;
        }
        if self.has_quota(&moved.sku, &moved.channel) {
            let amount = amount(moved.quantity.as_ref())?;
            if self.takes_available(moved)? {
                self.detail(&moved.sku)?.take(&moved.channel, amount);
            } else if self.gives_back(moved)? {
                self.detail(&moved.sku)?.give_back(&moved.channel, amount);
            }
        }
        Ok(())
    }

    pub(super) fn slice_reserved(&mut self, reserved: &Reserved) -> Result<(), Malformed> {
        if !(reserved.lot.is_empty() && reserved.status.is_empty()) {
            let slice = Slice::own(Sku::parse(&reserved.sku)?, &reserved.lot, &reserved.status)?;
            self.change(&slice, quantity(reserved.quantity.as_ref())?, PROMISED)?;
        }
        if self.has_quota(&reserved.sku, &reserved.channel) {
            let amount = amount(reserved.quantity.as_ref())?;
            self.detail(&reserved.sku)?.take(&reserved.channel, amount);
        }
        Ok(())
    }

    /// The fact that follows tells whether the goods leave, or are free again.
    pub(super) fn slice_released(
        &mut self,
        (sku, terms): (&Sku, Option<&OpenTerms>),
        (line, released): (u32, &Released),
        next: Option<&Fact>,
    ) -> Result<(), Malformed> {
        if !(released.lot.is_empty() && released.status.is_empty()) {
            let slice = Slice::own(sku.clone(), &released.lot, &released.status)?;
            self.change(&slice, quantity(released.quantity.as_ref())?, FREED)?;
        }
        let channel = terms.and_then(|terms| terms.channel.as_ref()).map_or("", ChannelCode::as_str);
        if self.has_quota(sku.as_str(), channel) && !is_fulfilled(line, next) {
            let amount = amount(released.quantity.as_ref())?;
            self.detail(sku.as_str())?.give_back(channel, amount);
        }
        Ok(())
    }

    pub(super) fn rule_set(&mut self, line: u32, set: &RuleSet) -> Result<(), Malformed> {
        let rule = set.rule.as_ref().ok_or(Malformed::UnknownFact { line })?;
        if let Rule::StatusCounts(rule) = rule {
            self.effect.head.statuses.set(StockStatus::parse(&rule.status)?, rule.counts);
        }
        if let Some(sku) = rule_sku(rule) {
            self.detail(sku)?.set(rule)?;
        }
        Ok(())
    }

    fn change(&mut self, slice: &Slice, quantity: Total, change: Change) -> Result<(), Malformed> {
        if slice.is_plain() {
            return Ok(());
        }
        let key = slice.to_string();
        let before = self.effect.slices.get(&key).copied().unwrap_or_else(|| self.book.slice(&key));
        let after = change(before.unwrap_or_default(), quantity)?;
        self.effect.slices.insert(key, (!after.is_zero()).then_some(after));
        if self.effect.head.statuses.count(slice.status, &slice.owner) {
            let detail = self.detail(slice.sku.as_str())?;
            detail.apart = change(detail.apart, quantity)?;
        }
        Ok(())
    }

    /// Whether goods are taken that somebody else could have been promised: not as a promise kept, which took them before.
    fn takes_available(&self, moved: &Moved) -> Result<bool, Malformed> {
        let takes = matches!(moved.kind(), MovementKind::Issue | MovementKind::Consumption);
        Ok(takes && !moved.from_virtual && self.counts(&moved.from_status, &moved.from_owner)?)
    }

    /// Whether goods that were taken through a channel are here again.
    fn gives_back(&self, moved: &Moved) -> Result<bool, Malformed> {
        let is_back = moved.reverses_sequence > 0 && !moved.to_virtual;
        Ok(is_back && self.counts(&moved.to_status, &moved.to_owner)?)
    }

    fn has_quota(&self, sku: &str, channel: &str) -> bool {
        !channel.is_empty() && self.known_detail(sku).is_some_and(|detail| detail.has_quota(channel))
    }

    pub(super) fn known_detail(&self, sku: &str) -> Option<&Detail> {
        self.effect.details.get(sku).or_else(|| self.book.detail(sku))
    }

    /// The item's detail as this entry has left it so far, to be changed.
    pub(super) fn detail(&mut self, sku: &str) -> Result<&mut Detail, Malformed> {
        let known = self.book.detail(sku);
        // Copied once an entry: it may be large.
        Ok(self.effect.details.entry(Sku::parse(sku)?).or_insert_with(|| known.cloned().unwrap_or_default()))
    }
}

/// The item that a rule is of.
pub(super) fn rule_sku(rule: &Rule) -> Option<&str> {
    match rule {
        Rule::ChannelQuota(rule) => Some(&rule.sku),
        Rule::SafetyBuffer(rule) => Some(&rule.sku),
        Rule::Minimum(rule) => Some(&rule.sku),
        // Nothing is kept back by these, and nobody is told; or they are of no item.
        Rule::CustomerMaximum(_) | Rule::ShelfLife(_) | Rule::StatusCounts(_) => None,
        Rule::PeriodicItem(_) | Rule::StoredAs(_) | Rule::Stores(_) => None,
    }
}

fn is_fulfilled(line: u32, next: Option<&Fact>) -> bool {
    let Some(next) = next.filter(|next| next.line == line) else { return false };
    matches!(&next.fact, Some(Kind::Moved(moved)) if moved.kind() == MovementKind::Fulfilment)
}

fn amount(decimal: Option<&proto::common::v1::Decimal>) -> Result<Quantity, Malformed> {
    Ok(Quantity::parse(decimal.map_or("", |d| d.value.as_str()))?)
}
