use std::collections::BTreeMap;

use vocabulary::{
    DocumentCode, LotCode, Owner, PartyCode, Quantity, Sequence, SerialNumber, Sku, StockStatus, Timestamp,
};

use super::{CountPlace, CountPlan, Exact};
use crate::Document;

/// A count as the warehouse knows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Count {
    /// What is counted, and how.
    pub plan: CountPlan,
    /// The journal's entry that planned it: what was corrected since then is known.
    pub planned_by: Sequence,
    /// How far it is.
    pub state: CountState,
    /// What became of its places; nothing of those of which nothing is known.
    pub progress: BTreeMap<CountPlace, PlaceProgress>,
    /// Who approved what differs.
    pub approved_by: Option<PartyCode>,
    /// When its differences were posted.
    pub posted_at: Option<Timestamp>,
    /// The journal's entry that posted or cancelled it.
    pub ended_by: Option<Sequence>,
}

/// How far a count is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum CountState {
    /// Nothing was counted yet.
    Planned,
    /// Some places are to be counted, or counted again.
    Counting,
    /// All places were counted: what differs waits for an approval, or to be posted.
    Counted,
    /// What differed was posted.
    Posted,
    /// It was given up, and nothing was posted.
    Cancelled,
}

/// What became of a place.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PlaceProgress {
    /// What was counted there last.
    pub reading: Option<Reading>,
    /// Who counted it before that, the first first.
    pub before: Vec<PartyCode>,
    /// The newest entry that corrected what should be there after it was read: it is to be counted again.
    pub corrected_by: Option<Sequence>,
}

/// What somebody saw at a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// Who.
    pub by: PartyCode,
    /// The newest entry of the journal that the shelf already showed.
    pub sequence: Sequence,
    /// When the shelf was read; what was told later and had happened by then was seen, too. `None` where nobody said.
    pub at: Option<Timestamp>,
    /// What was there, and what should have been, by goods.
    pub lines: Vec<CountedLine>,
}

/// Goods that were counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CountedLine {
    /// Which.
    pub goods: CountedGoods,
    /// How much was there, in the base unit.
    pub counted: Quantity,
    /// How much should have been.
    pub expected: Quantity,
    /// Units that should have been there and were not.
    pub missing: Vec<SerialNumber>,
    /// Units that were there and should not have been.
    pub found: Vec<SerialNumber>,
    /// What is missing was used up since the last count: nothing else tells the usage of the item.
    pub is_usage: bool,
}

/// What tells goods at a place apart.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct CountedGoods {
    /// The item.
    pub sku: Sku,
    /// The lot; `None` for goods without lots.
    pub lot: Option<LotCode>,
    /// Their state.
    pub status: StockStatus,
    /// Whose they are.
    pub owner: Owner,
}

impl CountState {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Planned, Self::Counting, Self::Counted, Self::Posted, Self::Cancelled];

    /// Its name, as documents and the command line write it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Planned => "planned",
            Self::Counting => "counting",
            Self::Counted => "counted",
            Self::Posted => "posted",
            Self::Cancelled => "cancelled",
        }
    }

    /// Back from [`CountState::as_str`].
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == text)
    }

    /// Whether something can still be counted.
    pub const fn is_open(self) -> bool {
        match self {
            Self::Planned | Self::Counting | Self::Counted => true,
            Self::Posted | Self::Cancelled => false,
        }
    }
}

impl CountedLine {
    /// How much more was there than should have been; less than nothing when less was.
    pub fn variance(&self) -> Quantity {
        // Both are at most 10^18, and nobody counts less than nothing: a journal that says so is refused when it is read.
        self.counted.checked_sub(self.expected).unwrap_or_default()
    }

    /// Whether nothing differs, no unit either.
    pub fn is_exact(&self) -> bool {
        self.variance().is_zero() && self.missing.is_empty() && self.found.is_empty()
    }

    /// How much it holds.
    pub(super) fn weight(&self) -> usize {
        [1, self.missing.len(), self.found.len()].into_iter().fold(0, usize::saturating_add)
    }
}

impl Count {
    /// One of which nothing was counted yet.
    pub fn new(plan: CountPlan, planned_by: Sequence) -> Self {
        Self {
            plan,
            planned_by,
            state: CountState::Planned,
            progress: BTreeMap::new(),
            approved_by: None,
            posted_at: None,
            ended_by: None,
        }
    }

    /// What was counted at a place last.
    pub fn reading(&self, place: &CountPlace) -> Option<&Reading> {
        self.progress.get(place)?.reading.as_ref()
    }

    /// Everything that was counted, place by place.
    pub fn lines(&self) -> impl Iterator<Item = (&CountPlace, &CountedLine)> {
        let readings =
            self.progress.iter().filter_map(|(place, known)| Some((place, known.reading.as_ref()?)));
        readings.flat_map(|(place, reading)| reading.lines.iter().map(move |line| (place, line)))
    }

    /// What the difference of a line is worth; `None` when nobody said what its item is worth. Usage is no difference.
    pub fn value(&self, line: &CountedLine) -> Option<Exact> {
        let variance = line.variance();
        if variance.is_zero() || line.is_usage {
            return Some(Exact::ZERO);
        }
        Exact::of(variance, *self.plan.costs.get(&line.goods.sku)?)
    }

    /// Whether a line differs by no more than it may; usage always does. A unit that is another one is a difference of one unit.
    pub fn is_within(&self, line: &CountedLine) -> bool {
        let is_other_unit = !line.missing.is_empty() || !line.found.is_empty();
        let is_within = self.plan.tolerance.allows(line.expected, line.variance(), self.value(line));
        line.is_usage || is_within && (!line.variance().is_zero() || !is_other_unit)
    }

    /// Whether a place was counted once only, and differs by more than it may.
    pub fn waits_for_recount(&self, place: &CountPlace) -> bool {
        let Some(PlaceProgress { reading: Some(reading), before, .. }) = self.progress.get(place) else {
            return false;
        };
        before.is_empty() && !reading.lines.iter().all(|line| self.is_within(line))
    }

    /// Whether what should be at a place was corrected after it was read.
    pub fn is_stale(&self, place: &CountPlace) -> bool {
        self.progress.get(place).is_some_and(|known| known.reading.is_some() && known.corrected_by.is_some())
    }

    /// Whether a place is still to be counted, for the first time or again.
    pub fn is_to_count(&self, place: &CountPlace) -> bool {
        self.reading(place).is_none() || self.is_stale(place) || self.waits_for_recount(place)
    }

    /// The value of all differences together, without their signs; `None` when nobody knows that of one of them.
    pub fn variance_value(&self) -> Option<Exact> {
        let values = self.lines().map(|(_, line)| self.value(line));
        values.into_iter().try_fold(Exact::ZERO, |sum, value| sum.plus(value?.abs()))
    }

    /// Whether somebody has to approve what differs: it is worth more than may be posted without that, or nobody knows what it is worth.
    pub fn needs_approval(&self) -> bool {
        let Some(limit) = self.plan.approval_above else { return false };
        self.variance_value().is_none_or(|value| value.is_above(limit))
    }

    /// Everybody who counted a place of it.
    pub fn counters(&self) -> impl Iterator<Item = &PartyCode> {
        let progress = self.progress.values();
        progress
            .flat_map(|known| known.before.iter().chain(known.reading.as_ref().map(|reading| &reading.by)))
    }
}

impl Document for Count {
    const ENDED_WEIGHT_KEPT: usize = 200_000;

    fn code(&self) -> &DocumentCode {
        &self.plan.code
    }

    fn ended_by(&self) -> Option<Sequence> {
        self.ended_by
    }

    /// How much it holds: its places, and what was counted; one at least.
    fn weight(&self) -> usize {
        let lines = self.lines().map(|(_, line)| line.weight());
        let rest = [self.plan.places.len(), self.plan.costs.len(), 1];
        lines.chain(rest).fold(0, usize::saturating_add)
    }
}
