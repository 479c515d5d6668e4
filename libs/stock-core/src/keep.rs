//! The rules in the state: set by facts, and counted as goods come and go.

use std::collections::BTreeMap;
use std::ops::Bound;

use laws::quota_kept;
use vocabulary::{AvailableStatuses, ChannelCode, LocationCode, PartyCode, Quantity, Sku};
use work_core::{StoredAs, Stores};

use crate::amount::{Amount, amount};
use crate::item::HeldBalance;
use crate::quota::{self, Taker};
use crate::rules::{ItemRules, Rule, RuleRow};
use crate::{EvolveError, State};

/// Rules that are about no item, and whether there are others.
#[derive(Debug, Clone, Default)]
pub(crate) struct Rules {
    /// Days, by customer.
    pub(crate) shelf_life: BTreeMap<PartyCode, u32>,
    /// How items are stored.
    pub(crate) stored_as: BTreeMap<Sku, StoredAs>,
    /// What locations take.
    pub(crate) stores: BTreeMap<LocationCode, Stores>,
    /// How many rules there are, those of items too.
    pub(crate) count: usize,
    /// Which goods can be promised.
    pub(crate) available: AvailableStatuses,
    /// Whether any item has, or had, rules.
    pub(crate) of_items: bool,
    /// Whether they changed since they were last taken.
    pub(crate) is_marked: bool,
}

impl Rules {
    /// How items are stored, then what locations take, in order.
    pub(crate) fn of_places(&self) -> impl Iterator<Item = RuleRow> {
        let items = self.stored_as.iter();
        let items = items.map(|(sku, how)| Rule::StoredAs { sku: sku.clone(), how: how.clone() });
        let stores = self.stores.iter();
        let stores =
            stores.map(|(location, what)| Rule::Stores { location: location.clone(), what: what.clone() });
        items.chain(stores).map(|rule| RuleRow { rule, used: Quantity::ZERO })
    }
}

impl State {
    pub(crate) fn rule_set(&mut self, rule: &Rule, used: Quantity) -> Result<(), EvolveError> {
        self.rules.is_marked = true;
        let is_set = self.is_rule_set(rule);
        match rule.has_value() {
            true if !is_set => self.rules.count = self.rules.count.saturating_add(1),
            false if is_set => self.rules.count = self.rules.count.saturating_sub(1),
            true | false => {}
        }
        let Some(sku) = rule.sku() else {
            self.warehouse_rule_set(rule);
            return Ok(());
        };
        self.rules.of_items = true;
        let item = self.item(sku);
        if self.item_mut(item)?.rules.is_none() {
            let counted = self.counted(item);
            self.item_mut(item)?.rules = Some(Box::new(counted));
        }
        let held = self.item_mut(item)?;
        if let Some(rules) = &mut held.rules {
            rules.set(rule, used);
            if rules.is_empty() {
                held.rules = None;
            }
        }
        Ok(())
    }

    /// A rule that is about no item.
    fn warehouse_rule_set(&mut self, rule: &Rule) {
        match rule {
            Rule::ShelfLife { holder, days: Some(days) } => {
                self.rules.shelf_life.insert(holder.clone(), *days);
            }
            Rule::ShelfLife { holder, days: None } => drop(self.rules.shelf_life.remove(holder)),
            Rule::StatusCounts { status, counts } => self.rules.available.set(*status, *counts),
            Rule::StoredAs { sku, how } if how.is_empty() => drop(self.rules.stored_as.remove(sku)),
            Rule::StoredAs { sku, how } => drop(self.rules.stored_as.insert(sku.clone(), how.clone())),
            Rule::Stores { location, what } if what.is_empty() => {
                self.rules.stores.remove(location);
            }
            Rule::Stores { location, what } => {
                self.rules.stores.insert(location.clone(), what.clone());
            }
            Rule::ChannelQuota { .. } | Rule::SafetyBuffer { .. } => {}
            Rule::CustomerMaximum { .. } | Rule::Minimum { .. } | Rule::Periodic { .. } => {}
        }
    }

    /// Puts the rules of a checkpoint back, when everything else is: they count what there is, in one pass over the promises.
    pub(crate) fn restore_rules(&mut self, rows: Vec<RuleRow>) -> Result<(), EvolveError> {
        // Which goods count comes first.
        let (of_items, of_warehouse): (Vec<_>, Vec<_>) =
            rows.into_iter().partition(|row| row.rule.sku().is_some());
        for RuleRow { rule, used } in of_warehouse.into_iter().chain(of_items) {
            if let Some(sku) = rule.sku() {
                let item = self.item(sku);
                // Its first rule counts what there is; the others find it counted.
                if self.item_mut(item)?.rules.is_none() {
                    let free = self.free(item);
                    self.item_mut(item)?.rules = Some(Box::new(ItemRules::counting(free)));
                }
            }
            self.rule_set(&rule, used)?;
        }
        for held in self.reservations.values() {
            let item = usize::try_from(held.item).ok().and_then(|n| self.items.get_mut(n));
            if let Some(rules) = item.and_then(|item| item.rules.as_mut()) {
                rules.open(held.holder(), held.quantity);
            }
        }
        self.rules.is_marked = false;
        Ok(())
    }

    /// No rules yet, and what they would have counted so far.
    fn counted(&self, item: u32) -> ItemRules {
        let mut rules = ItemRules::counting(self.free(item));
        let of_item = self.promised_at.of_item(item);
        for held in of_item.iter().filter_map(|id| self.reservations.get(id)) {
            rules.open(held.holder(), held.quantity);
        }
        rules
    }

    fn free(&self, item: u32) -> Amount {
        let held = usize::try_from(item).ok().and_then(|n| self.items.get(n));
        let counts = |at: &&HeldBalance| self.holding_counts(at.holding);
        let positions = held.into_iter().flat_map(|held| &held.balances).filter(counts);
        positions.map(|at| amount(at.balance.available())).fold(0, Amount::saturating_add)
    }

    fn holding_counts(&self, holding: u32) -> bool {
        self.holdings.name(holding).is_some_and(|holding| holding.counts(self.rules.available))
    }

    /// Which goods can be promised.
    pub const fn available_statuses(&self) -> AvailableStatuses {
        self.rules.available
    }

    /// A position that counts has more, or less.
    pub(crate) fn count_free(&mut self, item: u32, holding: u32, change: Amount) -> Result<(), EvolveError> {
        let counts = self.holding_counts(holding);
        if let Some(rules) = self.item_mut(item)?.rules.as_mut().filter(|_| counts) {
            rules.add_free(change);
        }
        Ok(())
    }

    /// Changes what the rules of an item count, if it has any.
    pub(crate) fn count(&mut self, item: u32, count: impl FnOnce(&mut ItemRules)) -> Result<(), EvolveError> {
        if self.rules.of_items
            && let Some(rules) = &mut self.item_mut(item)?.rules
        {
            count(rules);
            self.rules.is_marked |= rules.take_is_used();
        }
        Ok(())
    }

    /// See [`ItemRules`].
    pub(crate) fn counted_of(&self, sku: &Sku) -> ItemRules {
        self.skus.get(sku.as_str()).map(|item| self.counted(item)).unwrap_or_default()
    }

    pub(crate) fn shelf_life(&self, holder: &PartyCode) -> Option<u32> {
        self.rules.shelf_life.get(holder).copied()
    }

    /// The rules of shelf life, in order.
    pub(crate) fn shelf_lives(&self) -> impl Iterator<Item = (&PartyCode, u32)> {
        self.rules.shelf_life.iter().map(|(holder, days)| (holder, *days))
    }

    /// Whether such a rule holds.
    pub(crate) fn is_rule_set(&self, rule: &Rule) -> bool {
        match rule {
            Rule::ShelfLife { holder, .. } => self.rules.shelf_life.contains_key(holder),
            Rule::StatusCounts { status, .. } => self.rules.available.others().any(|other| other == *status),
            Rule::StoredAs { sku, .. } => self.rules.stored_as.contains_key(sku),
            Rule::Stores { location, .. } => self.rules.stores.contains_key(location),
            Rule::ChannelQuota { sku, .. }
            | Rule::SafetyBuffer { sku, .. }
            | Rule::CustomerMaximum { sku, .. }
            | Rule::Minimum { sku, .. }
            | Rule::Periodic { sku, .. } => self.rules_of(sku.as_str()).is_some_and(|rules| rules.has(rule)),
        }
    }

    /// How many rules hold.
    pub const fn rule_count(&self) -> usize {
        self.rules.count
    }

    /// The rules after one, in order.
    pub fn rules_after<'a>(&'a self, after: Option<&'a Rule>) -> impl Iterator<Item = RuleRow> + use<'a> {
        let (sku, is_of_warehouse) = after.map_or((None, false), |rule| (rule.sku(), rule.sku().is_none()));
        let from = sku.map_or(Bound::Unbounded, Bound::Included);
        let items = self.sorted.range::<Sku, _>((from, Bound::Unbounded)).filter(move |_| !is_of_warehouse);
        let items = items.filter_map(|(sku, item)| {
            Some((sku, self.items.get(usize::try_from(*item).ok()?)?.rules.as_ref()?))
        });
        let from = match after {
            Some(Rule::ShelfLife { holder, .. }) => Bound::Excluded(holder),
            Some(_) | None => Bound::Unbounded,
        };
        let shelf_life = self.rules.shelf_life.range::<PartyCode, _>((from, Bound::Unbounded));
        let shelf_life = shelf_life.map(|(holder, days)| RuleRow {
            rule: Rule::ShelfLife { holder: holder.clone(), days: Some(*days) },
            used: Quantity::ZERO,
        });
        let others = self.rules.available.others().map(|status| RuleRow {
            rule: Rule::StatusCounts { status, counts: true },
            used: Quantity::ZERO,
        });
        let is_later = move |row: &RuleRow| {
            after.is_none_or(|after| row.rule.sku() != after.sku() || row.rule.is_after(after))
        };
        let of_items = items.flat_map(|(sku, rules)| rules.rows(sku));
        of_items.chain(shelf_life).chain(others).chain(self.rules.of_places()).filter(is_later)
    }

    /// Every rule, in order.
    pub fn rules(&self) -> Vec<RuleRow> {
        self.rules_after(None).collect()
    }

    /// What a channel may take of an item by its rules, without its safety buffer; `None` while it has none.
    pub fn open_to(&self, sku: &Sku, channel: &ChannelCode) -> Option<Quantity> {
        let rules = self.rules_of(sku.as_str())?;
        let taker = Taker { channel: Some(channel), ..Taker::default() };
        Some(rules.free().checked_sub(quota::kept(rules, taker)).unwrap_or_default())
    }

    pub(crate) fn rules_of(&self, sku: &str) -> Option<&ItemRules> {
        self.items.get(usize::try_from(self.skus.get(sku)?).ok()?)?.rules.as_deref()
    }

    pub(crate) const fn has_rules(&self) -> bool {
        self.rules.of_items
    }

    /// Whether what is free of an item covers what is kept for all channels but one.
    pub(crate) fn keeps_quotas(&self, sku: &Sku, channel: Option<&ChannelCode>) -> bool {
        self.rules_of(sku.as_str())
            .is_none_or(|rules| quota_kept(rules.free(), rules.kept_for_others(channel)))
    }
}
