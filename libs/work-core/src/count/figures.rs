use vocabulary::Quantity;

use super::{Count, CountState, CountedLine, Exact};

/// How right the stock was where it was counted, and what was missing. Only of what was posted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct CountFigures {
    /// Goods at places that were counted.
    pub lines: u64,
    /// Of these, how many did not differ.
    pub exact: u64,
    /// How many differed by no more than they may, those that did not differ included.
    pub within: u64,
    /// How much more was there, in base units.
    pub found: Exact,
    /// How much was missing, in base units.
    pub missing: Exact,
    /// What was found is worth, of what has a value.
    pub found_value: Exact,
    /// What was missing is worth, of what has a value: the shrinkage.
    pub missing_value: Exact,
    /// Lines that differ and of which nobody said what they are worth, or that are too many to add up.
    pub unvalued: u64,
    /// How much was used up, of items whose usage is found by counts only, in base units; these lines are in no other figure.
    pub used: Exact,
}

impl CountFigures {
    /// Adds what a count says of some of its lines. One that was not posted says nothing.
    pub fn add(&mut self, count: &Count, is_wanted: impl Fn(&CountedLine) -> bool) {
        if count.state != CountState::Posted {
            return;
        }
        for (_, line) in count.lines().filter(|(_, line)| is_wanted(line)) {
            if line.is_usage {
                self.add_usage(line.variance());
                continue;
            }
            self.lines = self.lines.saturating_add(1);
            self.exact = self.exact.saturating_add(u64::from(line.is_exact()));
            self.within = self.within.saturating_add(u64::from(count.is_within(line)));
            if self.add_variance(line.variance(), count.value(line)).is_none() {
                self.unvalued = self.unvalued.saturating_add(1);
            }
        }
    }

    fn add_usage(&mut self, variance: Quantity) {
        let used = Exact::of(variance.negated(), Quantity::from(1)).and_then(|used| self.used.plus(used));
        self.used = used.unwrap_or(self.used);
    }

    fn add_variance(&mut self, variance: Quantity, value: Option<Exact>) -> Option<()> {
        let amount = Exact::of(variance, Quantity::from(1)).map(Exact::abs);
        let (sum, worth) = if variance.is_negative() {
            (&mut self.missing, &mut self.missing_value)
        } else {
            (&mut self.found, &mut self.found_value)
        };
        *sum = sum.plus(amount?)?;
        *worth = worth.plus(value?.abs())?;
        Some(())
    }

    /// What was found less what was missing, in base units.
    pub fn net(&self) -> Option<Exact> {
        self.found.plus(self.missing.negated())
    }

    /// What was found and what was missing together, in base units.
    pub fn absolute(&self) -> Option<Exact> {
        self.found.plus(self.missing)
    }

    /// What the net difference is worth.
    pub fn net_value(&self) -> Option<Exact> {
        self.found_value.plus(self.missing_value.negated())
    }

    /// What all differences together are worth.
    pub fn absolute_value(&self) -> Option<Exact> {
        self.found_value.plus(self.missing_value)
    }
}
