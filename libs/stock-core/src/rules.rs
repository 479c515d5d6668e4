//! What a warehouse keeps back, and for whom.

use std::collections::BTreeMap;

use vocabulary::{AvailableStatuses, ChannelCode, LocationCode, PartyCode, Quantity, Sku, StockStatus};
use work_core::{StoredAs, Stores};

use crate::amount::{Amount, amount, clamped};
use crate::{Moved, Terms};

/// The most rules that may hold in a warehouse: all of them are written with every checkpoint.
pub const RULES_MAX: usize = 100_000;

/// A rule as it is set. Without a value it is taken away.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rule {
    /// A quantity of an item is kept for a channel. What the channel promises and issues from now on uses it up; what it releases
    /// is kept again. Setting it again starts anew.
    ChannelQuota {
        /// The item.
        sku: Sku,
        /// For whom.
        channel: ChannelCode,
        /// How much.
        quantity: Option<Quantity>,
    },
    /// A quantity of an item that nobody is promised and nobody gets who does not say so.
    SafetyBuffer {
        /// The item.
        sku: Sku,
        /// How much.
        quantity: Option<Quantity>,
    },
    /// The most of an item that a customer may hold in open promises at once; an issue counts while it is judged.
    CustomerMaximum {
        /// The item.
        sku: Sku,
        /// Who; `None` for everybody without a maximum of their own.
        holder: Option<PartyCode>,
        /// How much.
        quantity: Option<Quantity>,
    },
    /// The least of an item that should be available. Nothing is refused because of it; who watches the warehouse is told.
    Minimum {
        /// The item.
        sku: Sku,
        /// How much.
        quantity: Option<Quantity>,
    },
    /// How long lots must still last for a customer, counted from the day on which they are needed.
    ShelfLife {
        /// Who.
        holder: PartyCode,
        /// Days.
        days: Option<u32>,
    },
    /// Whether usage of an item is found by counts only: then nothing of it is issued, used up or promised in between.
    Periodic {
        /// The item.
        sku: Sku,
        /// Whether it is.
        is_periodic: bool,
    },
    /// Whether goods of a status count as available in the warehouse. Set while there are none of them.
    StatusCounts {
        /// The status.
        status: StockStatus,
        /// Whether they do.
        counts: bool,
    },
    /// How an item is stored. Nothing is refused because of it; where goods are best put follows it.
    StoredAs {
        /// The item.
        sku: Sku,
        /// How; taken away when it says nothing.
        how: StoredAs,
    },
    /// What a location takes. Nothing is refused because of it, as for [`Rule::StoredAs`].
    Stores {
        /// The location.
        location: LocationCode,
        /// What; taken away when it says nothing.
        what: Stores,
    },
}

/// A rule that holds, and what was used of it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct RuleRow {
    /// The rule, with a value.
    pub rule: Rule,
    /// Of a channel's quota; zero for others.
    pub used: Quantity,
}

/// The rules of one item, and what they count.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct ItemRules {
    quotas: BTreeMap<ChannelCode, Quota>,
    pub(crate) buffer: Option<Quantity>,
    maxima: BTreeMap<Option<PartyCode>, Quantity>,
    minimum: Option<Quantity>,
    /// Its usage is found by counts only.
    pub(crate) is_periodic: bool,
    /// Available and own, and not promised: over all positions.
    free: Amount,
    /// Whether something was used of a quota, or given back, since that was last asked: only then has a stored rule changed.
    is_used: bool,
    /// Promised, by holder; in a draft over a state only what the document changes of it.
    open: BTreeMap<PartyCode, Amount>,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Quota {
    kept: Quantity,
    used: Quantity,
}

impl Rule {
    /// The item whose goods it counts.
    pub const fn sku(&self) -> Option<&Sku> {
        match self {
            Self::ChannelQuota { sku, .. }
            | Self::SafetyBuffer { sku, .. }
            | Self::CustomerMaximum { sku, .. }
            | Self::Minimum { sku, .. }
            | Self::Periodic { sku, .. } => Some(sku),
            Self::ShelfLife { .. } | Self::StatusCounts { .. } => None,
            Self::StoredAs { .. } | Self::Stores { .. } => None,
        }
    }

    /// The item that it names.
    pub const fn named(&self) -> Option<&Sku> {
        if let Self::StoredAs { sku, .. } = self { Some(sku) } else { self.sku() }
    }

    /// Whether it has a value, and is not taken away.
    pub(crate) const fn has_value(&self) -> bool {
        match self {
            Self::ChannelQuota { quantity, .. }
            | Self::SafetyBuffer { quantity, .. }
            | Self::CustomerMaximum { quantity, .. }
            | Self::Minimum { quantity, .. } => quantity.is_some(),
            Self::ShelfLife { days, .. } => days.is_some(),
            Self::StatusCounts { counts, .. } => *counts,
            Self::Periodic { is_periodic, .. } => *is_periodic,
            Self::StoredAs { how, .. } => !how.is_empty(),
            Self::Stores { what, .. } => !what.is_empty(),
        }
    }

    /// Its place among the rules of its item, whatever its value is.
    fn place(&self) -> (u8, &str, StockStatus) {
        let any = StockStatus::default();
        match self {
            Self::ChannelQuota { channel, .. } => (0, channel.as_str(), any),
            Self::SafetyBuffer { .. } => (1, "", any),
            Self::CustomerMaximum { holder, .. } => (2, holder.as_ref().map_or("", PartyCode::as_str), any),
            Self::Minimum { .. } => (3, "", any),
            Self::ShelfLife { holder, .. } => (4, holder.as_str(), any),
            Self::StatusCounts { status, .. } => (5, "", *status),
            Self::Periodic { .. } => (6, "", any),
            Self::StoredAs { sku, .. } => (7, sku.as_str(), any),
            Self::Stores { location, .. } => (8, location.as_str(), any),
        }
    }

    /// Whether it comes after another one of the same item.
    pub(crate) fn is_after(&self, other: &Self) -> bool {
        self.place() > other.place()
    }
}

impl ItemRules {
    /// Whether such a rule is set.
    pub(crate) fn has(&self, rule: &Rule) -> bool {
        match rule {
            Rule::ChannelQuota { channel, .. } => self.quotas.contains_key(channel),
            Rule::SafetyBuffer { .. } => self.buffer.is_some(),
            Rule::CustomerMaximum { holder, .. } => self.maxima.contains_key(holder),
            Rule::Minimum { .. } => self.minimum.is_some(),
            Rule::Periodic { .. } => self.is_periodic,
            Rule::ShelfLife { .. } | Rule::StatusCounts { .. } => false,
            Rule::StoredAs { .. } | Rule::Stores { .. } => false,
        }
    }

    /// No rules yet.
    pub(crate) fn counting(free: Amount) -> Self {
        Self { free, ..Self::default() }
    }

    /// Sets a rule of the item; one of the warehouse is not one.
    pub(crate) fn set(&mut self, rule: &Rule, used: Quantity) {
        match rule {
            Rule::ChannelQuota { channel, quantity, .. } => {
                put(&mut self.quotas, channel.clone(), quantity.map(|kept| Quota { kept, used }));
            }
            Rule::SafetyBuffer { quantity, .. } => self.buffer = *quantity,
            Rule::Minimum { quantity, .. } => self.minimum = *quantity,
            Rule::Periodic { is_periodic, .. } => self.is_periodic = *is_periodic,
            Rule::CustomerMaximum { holder, quantity, .. } => {
                put(&mut self.maxima, holder.clone(), *quantity);
            }
            Rule::ShelfLife { .. } | Rule::StatusCounts { .. } => {}
            Rule::StoredAs { .. } | Rule::Stores { .. } => {}
        }
    }

    /// The rules, in order.
    pub(crate) fn rows(&self, sku: &Sku) -> impl Iterator<Item = RuleRow> {
        let quotas = self.quotas.iter().map(|(channel, quota)| RuleRow {
            rule: Rule::ChannelQuota {
                sku: sku.clone(),
                channel: channel.clone(),
                quantity: Some(quota.kept),
            },
            used: quota.used,
        });
        let unused = |rule| RuleRow { rule, used: Quantity::ZERO };
        let buffer = self
            .buffer
            .iter()
            .map(move |quantity| unused(Rule::SafetyBuffer { sku: sku.clone(), quantity: Some(*quantity) }));
        let maxima = self.maxima.iter().map(move |(holder, quantity)| {
            let (sku, holder) = (sku.clone(), holder.clone());
            unused(Rule::CustomerMaximum { sku, holder, quantity: Some(*quantity) })
        });
        let minimum = self
            .minimum
            .iter()
            .map(move |quantity| unused(Rule::Minimum { sku: sku.clone(), quantity: Some(*quantity) }));
        let periodic =
            self.is_periodic.then(|| unused(Rule::Periodic { sku: sku.clone(), is_periodic: true }));
        quotas.chain(buffer).chain(maxima).chain(minimum).chain(periodic)
    }

    /// All of it, for the digest of the state.
    pub(crate) fn in_words(&self) -> String {
        let mut words = format!("free {}", clamped(self.free));
        for (channel, quota) in &self.quotas {
            words.push_str(&format!("\tquota {channel} {} used {}", quota.kept, quota.used));
        }
        if let Some(buffer) = self.buffer {
            words.push_str(&format!("\tbuffer {buffer}"));
        }
        for (holder, maximum) in &self.maxima {
            let holder = holder.as_ref().map_or("*", PartyCode::as_str);
            words.push_str(&format!("\tmaximum {holder} {maximum}"));
        }
        if let Some(minimum) = self.minimum {
            words.push_str(&format!("\tat least {minimum}"));
        }
        if self.is_periodic {
            words.push_str("\tperiodic");
        }
        for (holder, open) in &self.open {
            words.push_str(&format!("\topen {holder} {}", clamped(*open)));
        }
        words
    }

    pub(crate) fn is_empty(&self) -> bool {
        let has_amounts = !self.quotas.is_empty() || self.buffer.is_some() || !self.maxima.is_empty();
        !has_amounts && self.minimum.is_none() && !self.is_periodic
    }

    /// What is kept for all channels but one.
    pub(crate) fn kept_for_others(&self, channel: Option<&ChannelCode>) -> Quantity {
        let others = self.quotas.iter().filter(|(code, _)| Some(*code) != channel);
        others.fold(Quantity::ZERO, |sum, (_, quota)| plus(sum, quota.left()))
    }

    /// Whether a quantity is kept for a channel.
    pub(crate) fn has_quota(&self, channel: &ChannelCode) -> bool {
        self.quotas.contains_key(channel)
    }

    /// The rules, to count on for a document: who has open promises is not copied, there may be many.
    pub(crate) fn drafted(&self) -> Self {
        let Self { quotas, buffer, maxima, minimum, is_periodic, free, is_used, open: _ } = self;
        let (quotas, maxima, open) = (quotas.clone(), maxima.clone(), BTreeMap::new());
        let (buffer, minimum, is_periodic, free, is_used) =
            (*buffer, *minimum, *is_periodic, *free, *is_used);
        Self { quotas, buffer, maxima, minimum, is_periodic, free, is_used, open }
    }

    /// Available and own, and not promised.
    pub(crate) fn free(&self) -> Quantity {
        clamped(self.free)
    }

    pub(crate) const fn add_free(&mut self, change: Amount) {
        self.free = self.free.saturating_add(change);
    }

    /// What a holder may have in open promises.
    pub(crate) fn maximum(&self, holder: &PartyCode) -> Option<Quantity> {
        self.maxima.get(&Some(holder.clone())).or_else(|| self.maxima.get(&None)).copied()
    }

    /// What a holder has in open promises.
    pub(crate) fn open_of(&self, holder: &PartyCode) -> Amount {
        self.open.get(holder).copied().unwrap_or_default()
    }

    /// A channel takes something.
    pub(crate) fn take(&mut self, channel: Option<&ChannelCode>, quantity: Quantity) {
        if let Some(quota) = channel.and_then(|channel| self.quotas.get_mut(channel)) {
            quota.used = plus(quota.used, quantity);
            self.is_used = true;
        }
    }

    /// Goods are taken through a channel, or that is taken back.
    pub(crate) fn moved(&mut self, moved: &Moved, available: AvailableStatuses) {
        if moved.takes_available(available) {
            self.take(moved.channel.as_ref(), moved.quantity);
        } else if moved.gives_back(available) {
            self.give_back(moved.channel.as_ref(), moved.quantity);
        }
    }

    /// What a channel has not used after all is kept for it again.
    fn give_back(&mut self, channel: Option<&ChannelCode>, quantity: Quantity) {
        if let Some(quota) = channel.and_then(|channel| self.quotas.get_mut(channel)) {
            quota.used = minus(quota.used, quantity);
            self.is_used = true;
        }
    }

    /// A promise ends, or a part of it: what was not used up is kept for its channel again.
    pub(crate) fn ended(&mut self, terms: &Terms, quantity: Quantity, is_used_up: bool) {
        if !is_used_up {
            self.give_back(terms.channel.as_ref(), quantity);
        }
        let Some(holder) = &terms.holder else { return };
        let left = self.open_of(holder).saturating_sub(amount(quantity));
        put(&mut self.open, holder.clone(), (left != 0).then_some(left));
    }

    /// Whether a stored rule has changed since this was last asked.
    pub(crate) const fn take_is_used(&mut self) -> bool {
        std::mem::replace(&mut self.is_used, false)
    }

    /// A holder is promised something.
    pub(crate) fn open(&mut self, holder: Option<&PartyCode>, quantity: Quantity) {
        if let Some(holder) = holder {
            let open = self.open_of(holder).saturating_add(amount(quantity));
            put(&mut self.open, holder.clone(), (open != 0).then_some(open));
        }
    }
}

impl Quota {
    fn left(&self) -> Quantity {
        minus(self.kept, self.used)
    }
}

fn put<K: Ord, V>(map: &mut BTreeMap<K, V>, key: K, value: Option<V>) {
    match value {
        Some(value) => drop(map.insert(key, value)),
        None => drop(map.remove(&key)),
    }
}

/// More than everything is everything: nothing that is kept is forgotten.
pub(crate) fn plus(a: Quantity, b: Quantity) -> Quantity {
    a.checked_add(b).unwrap_or(Quantity::MAX)
}

/// Not below nothing.
fn minus(a: Quantity, b: Quantity) -> Quantity {
    a.checked_sub(b).unwrap_or_default().max(Quantity::ZERO)
}
