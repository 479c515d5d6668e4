//! Rules of a warehouse: lines that set them, what they keep back and from whom in the model, and which statuses count as available.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use proto::common::v1::Decimal;
use proto::stock::v1::set_rule::Rule as Sent;
use proto::stock::v1::stock_service_client::StockServiceClient;
use proto::stock::v1::{
    ChannelQuota, CustomerMaximum, ListRulesRequest, SafetyBuffer, SetRule, StatusCounts,
};
use stock_core::Rule as Recorded;
use tonic::transport::Channel;
use vocabulary::Quantity;

use super::author::Author;
use super::boxes::STATUSES;
use super::model::Model;
use super::paper::{AVAILABLE, Claim, Goods, Step, decimal};
use super::random::Random;
use crate::site::{LOCATIONS, SKUS};

/// Statuses that a line says count, or do not; of the last ones it cannot be said.
const SAID: [&str; 6] = ["inspection", "quality_hold", "damaged", "returned", AVAILABLE, "recalled"];

/// An item that there is nothing of at first.
pub(super) const SCARCE: &str = SKUS[5];

/// What is set; a quantity of `None` ends it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Rule {
    Quota { sku: &'static str, channel: &'static str, quantity: Option<i64> },
    Buffer { sku: &'static str, quantity: Option<i64> },
    Maximum { sku: &'static str, holder: &'static str, quantity: Option<i64> },
    Status { status: &'static str, counts: bool },
}

/// What is kept back of an item.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Kept {
    /// For a channel, and what it has used of it.
    pub(super) quotas: BTreeMap<&'static str, (i64, i64)>,
    pub(super) buffer: Option<i64>,
    /// For everybody else under the empty code.
    pub(super) maxima: BTreeMap<&'static str, i64>,
}

impl Rule {
    /// About a status, often one that there are goods of.
    pub(super) fn of_status(random: &mut Random) -> Self {
        let wrong = random.once_in(12);
        let status = if wrong { random.one_of(&SAID) } else { random.one_of(&SAID[..4]) };
        Self::Status { status, counts: random.once_in(2) }
    }

    /// Of some statuses nobody may say whether they count.
    pub(super) fn fault(&self) -> Option<&'static str> {
        let Self::Status { status, .. } = self else { return None };
        (!SAID[..4].contains(status)).then_some("BAD_STATUS")
    }

    pub(super) fn message(&self) -> SetRule {
        let rule = match *self {
            Self::Quota { sku, channel, quantity } => {
                let (sku, channel, quantity) = (sku.to_owned(), channel.to_owned(), quantity.map(decimal));
                Sent::ChannelQuota(ChannelQuota { sku, channel, quantity })
            }
            Self::Buffer { sku, quantity } => {
                let (sku, quantity) = (sku.to_owned(), quantity.map(decimal));
                Sent::SafetyBuffer(SafetyBuffer { sku, quantity })
            }
            Self::Maximum { sku, holder, quantity } => {
                let (sku, holder, quantity) = (sku.to_owned(), holder.to_owned(), quantity.map(decimal));
                Sent::CustomerMaximum(CustomerMaximum { sku, holder, quantity })
            }
            Self::Status { status, counts } => {
                Sent::StatusCounts(StatusCounts { status: status.to_owned(), counts })
            }
        };
        SetRule { rule: Some(rule) }
    }
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Quota { sku, channel, quantity } => write!(f, "quota {sku} {channel} {quantity:?}"),
            Self::Buffer { sku, quantity } => write!(f, "buffer {sku} {quantity:?}"),
            Self::Maximum { sku, holder, quantity } => write!(f, "maximum {sku} {holder} {quantity:?}"),
            Self::Status { status, counts } => write!(f, "counts {status} {counts}"),
        }
    }
}

impl Author {
    /// A line about an item that there is little of, often of a status that counts somewhere.
    pub(super) fn of_status(&mut self) -> Step {
        let goods = Goods { sku: SCARCE, ..self.goods(6) };
        let apart = Goods { status: self.random.one_of(&["inspection", "damaged"]), ..goods };
        match self.random.below(9) {
            0..3 => Step::Receive { goods: apart, expiry: "" },
            3 => Step::Issue { goods: apart, claim: self.issue_claim() },
            4 => Step::Move { goods: Goods { at: LOCATIONS[1], ..apart }, to: LOCATIONS[0] },
            5 => {
                let takes_promised = self.random.once_in(2);
                Step::Adjust(Goods { quantity: -apart.quantity, takes_promised, ..apart })
            }
            6 => Step::Reserve { goods: apart, claim: self.unit_claim() },
            _ => {
                let names_status = self.random.once_in(3);
                let goods = Goods { at: "", quantity: self.random.quantity(12), names_status, ..goods };
                let (allow_partial, reallocate) = (self.random.once_in(3), self.random.once_in(3));
                Step::Reserve { goods, claim: Claim { allow_partial, reallocate, ..self.unit_claim() } }
            }
        }
    }
}

/// A rule of the journal, in the model's words.
pub(super) fn told(rule: &Recorded) -> String {
    let units = |quantity: &Option<Quantity>| quantity.map(|n| n.to_string().parse::<i64>().unwrap());
    match rule {
        Recorded::ChannelQuota { sku, channel, quantity } => {
            format!("quota {sku} {channel} {:?}", units(quantity))
        }
        Recorded::SafetyBuffer { sku, quantity } => format!("buffer {sku} {:?}", units(quantity)),
        Recorded::CustomerMaximum { sku, holder, quantity } => {
            let holder = holder.as_ref().map(ToString::to_string).unwrap_or_default();
            format!("maximum {sku} {holder} {:?}", units(quantity))
        }
        Recorded::StatusCounts { status, counts } => format!("counts {status} {counts}"),
        Recorded::Minimum { .. }
        | Recorded::ShelfLife { .. }
        | Recorded::Periodic { .. }
        | Recorded::StoredAs { .. }
        | Recorded::Stores { .. } => {
            panic!("nobody sets {rule:?}")
        }
    }
}

impl Model {
    pub(super) fn set_rule(&mut self, rule: Rule) -> Result<Vec<String>, &'static str> {
        match rule {
            Rule::Quota { sku, channel, quantity } => {
                let quotas = &mut self.kept.entry(sku).or_default().quotas;
                set(quotas, channel, quantity.map(|quantity| (quantity, 0)));
            }
            Rule::Buffer { sku, quantity } => self.kept.entry(sku).or_default().buffer = quantity,
            Rule::Maximum { sku, holder, quantity } => {
                set(&mut self.kept.entry(sku).or_default().maxima, holder, quantity);
            }
            Rule::Status { status, counts } => self.let_count(status, counts)?,
        }
        Ok(vec![format!("rule {rule}")])
    }

    /// Only while there are no goods of the status.
    fn let_count(&mut self, status: &'static str, counts: bool) -> Result<(), &'static str> {
        if self.counts(status) == counts {
            return Ok(());
        }
        if self.places.iter().any(|(place, held)| place.3 == status && held.on_hand != 0) {
            return Err("STATUS_IN_USE");
        }
        if counts {
            self.counting.insert(status)
        } else {
            self.counting.remove(status)
        };
        Ok(())
    }

    /// Whether goods of a status are available.
    pub(super) fn counts(&self, status: &str) -> bool {
        status == AVAILABLE || self.counting.contains(status)
    }

    /// The statuses that a promise may be of, in order: the one that is named, or all that count.
    pub(super) fn statuses_for(&self, goods: Goods) -> Vec<&'static str> {
        if goods.status != AVAILABLE || goods.names_status {
            return vec![goods.status];
        }
        STATUSES.into_iter().filter(|status| self.counts(status)).collect()
    }

    /// What is kept for others, as a buffer, and from the customer. Of goods that do not count, nothing is kept.
    pub(super) fn check_rules(&self, goods: Goods, claim: Claim) -> Result<(), &'static str> {
        if !self.counts(goods.status) {
            return Ok(());
        }
        if self.room_of(goods.sku, claim).is_some_and(|room| goods.quantity > room) {
            return Err("CUSTOMER_MAXIMUM");
        }
        let (others, buffer) = self.kept_from(goods.sku, claim);
        match self.free(goods.sku) - goods.quantity {
            left if others > 0 && left < others => Err("QUOTA_EXCEEDED"),
            left if others + buffer > 0 && left < others + buffer => Err("BUFFER_KEPT"),
            _ => Ok(()),
        }
    }

    pub(super) fn free(&self, sku: &str) -> i64 {
        let total = self.total(sku, |place| self.counts(place.3));
        total.on_hand - total.reserved
    }

    /// What is kept for other channels, and as a buffer.
    pub(super) fn kept_from(&self, sku: &str, claim: Claim) -> (i64, i64) {
        let Some(kept) = self.kept.get(sku) else { return (0, 0) };
        let others = kept.quotas.iter().filter(|(channel, _)| **channel != claim.channel);
        let others = others.map(|(_, (kept, used))| (kept - used).max(0)).sum();
        (others, kept.buffer.filter(|_| !claim.use_buffer).unwrap_or_default())
    }

    /// What the customer may still be promised, if there is a maximum.
    pub(super) fn room_of(&self, sku: &str, claim: Claim) -> Option<i64> {
        if claim.holder.is_empty() {
            return None;
        }
        let maxima = &self.kept.get(sku)?.maxima;
        let maximum = maxima.get(claim.holder).or_else(|| maxima.get(""))?;
        let its = self.promises.values();
        let its = its.filter(|open| open.goods.sku == sku && open.claim.holder == claim.holder);
        Some(maximum - its.map(|open| open.goods.quantity).sum::<i64>())
    }

    /// A channel takes goods, or with a negative quantity gives them back.
    pub(super) fn use_quota(&mut self, sku: &str, channel: &str, quantity: i64) {
        if let Some((_, used)) = self.kept.get_mut(sku).and_then(|kept| kept.quotas.get_mut(channel)) {
            *used = (*used + quantity).max(0);
        }
    }
}

fn set<V>(map: &mut BTreeMap<&'static str, V>, key: &'static str, value: Option<V>) {
    match value {
        Some(value) => drop(map.insert(key, value)),
        None => drop(map.remove(key)),
    }
}

/// The warehouse lists the rules of the model: those of items, then those of statuses.
pub(super) async fn check(channel: &Channel, warehouse: &str, model: &Model) {
    let mut stock = StockServiceClient::new(channel.clone());
    let ask = ListRulesRequest { warehouse: warehouse.to_owned(), page_size: 1000, ..Default::default() };
    let rules = stock.list_rules(ask).await.unwrap().into_inner().rules;
    let units = |decimal: &Option<Decimal>| decimal.as_ref().unwrap().value.clone();
    let shown = rules.iter().map(|row| match row.rule.as_ref().unwrap().rule.as_ref().unwrap() {
        Sent::ChannelQuota(rule) => {
            let (kept, used) = (units(&rule.quantity), units(&row.used));
            format!("quota {} {} {kept} {used}", rule.sku, rule.channel)
        }
        Sent::SafetyBuffer(rule) => format!("buffer {} {}", rule.sku, units(&rule.quantity)),
        Sent::CustomerMaximum(rule) => {
            format!("maximum {} {} {}", rule.sku, rule.holder, units(&rule.quantity))
        }
        Sent::StatusCounts(rule) => format!("counts {} {}", rule.status, rule.counts),
        Sent::Minimum(_)
        | Sent::ShelfLife(_)
        | Sent::PeriodicItem(_)
        | Sent::StoredAs(_)
        | Sent::Stores(_) => panic!("nobody set {row:?}"),
    });
    let kept = model.kept.iter().flat_map(|(sku, kept)| {
        let quotas =
            kept.quotas.iter().map(move |(channel, (n, used))| format!("quota {sku} {channel} {n} {used}"));
        let buffer = kept.buffer.iter().map(move |n| format!("buffer {sku} {n}"));
        let maxima = kept.maxima.iter().map(move |(holder, n)| format!("maximum {sku} {holder} {n}"));
        quotas.chain(buffer).chain(maxima)
    });
    let counting: BTreeSet<_> = model.counting.iter().map(|status| format!("counts {status} true")).collect();
    let (counts, of_items): (Vec<_>, Vec<_>) = shown.partition(|rule| rule.starts_with("counts"));
    assert_eq!(of_items, kept.collect::<Vec<_>>(), "rules of {warehouse}");
    assert_eq!(counts.len(), counting.len(), "rules of {warehouse}: {counts:?}");
    assert_eq!(counts.into_iter().collect::<BTreeSet<_>>(), counting, "rules of {warehouse}");
}
