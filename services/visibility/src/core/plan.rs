use std::collections::BTreeMap;
use std::fmt::{self, Write};
use std::sync::Arc;

use vocabulary::{Date, Invalid};

use super::Total;
use super::total::TotalOverflow;

/// What is expected of an item: how much of each kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Expected {
    /// Supply that is not on its way from another warehouse.
    pub inbound: Total,
    /// Supply that is on its way from another warehouse.
    pub in_transit: Total,
    /// What somebody will want.
    pub demand: Total,
}

/// What is expected of an item in a warehouse, by the day on which it is. Days of which nothing is expected any more are not kept.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Plan {
    /// By the day's number since 1970-01-01. Shared with whoever reads it: a plan may have many days.
    days: Arc<BTreeMap<i32, Expected>>,
}

const SHAPE: &str = "what this version writes: build the view again";

impl Expected {
    /// Nothing.
    pub const ZERO: Self = Self { inbound: Total::ZERO, in_transit: Total::ZERO, demand: Total::ZERO };

    /// Nothing of any kind.
    pub const fn is_zero(self) -> bool {
        self.inbound.is_zero() && self.in_transit.is_zero() && self.demand.is_zero()
    }

    /// Less than nothing of some kind.
    pub const fn is_negative(self) -> bool {
        self.inbound.is_negative() || self.in_transit.is_negative() || self.demand.is_negative()
    }

    /// Both together.
    ///
    /// # Errors
    /// [`TotalOverflow`] when a sum leaves the exact range.
    pub fn and(self, other: Self) -> Result<Self, TotalOverflow> {
        Ok(Self {
            inbound: self.inbound.checked_add(other.inbound)?,
            in_transit: self.in_transit.checked_add(other.in_transit)?,
            demand: self.demand.checked_add(other.demand)?,
        })
    }

    /// What comes, of both kinds.
    ///
    /// # Errors
    /// [`TotalOverflow`] when the sum leaves the exact range.
    pub fn supply(self) -> Result<Total, TotalOverflow> {
        self.inbound.checked_add(self.in_transit)
    }

    /// What comes less what goes.
    ///
    /// # Errors
    /// [`TotalOverflow`] when it leaves the exact range.
    pub fn net(self) -> Result<Total, TotalOverflow> {
        self.supply()?.checked_sub(self.demand)
    }

    /// Reads what `Display` writes.
    ///
    /// # Errors
    /// [`Invalid`] for anything else.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        let mut parts = text.splitn(3, ':');
        let mut total = || match parts.next() {
            None => Err(Invalid::new("stored expectation", text, SHAPE)),
            Some("") => Ok(Total::ZERO),
            Some(number) => Total::parse(number),
        };
        Ok(Self { inbound: total()?, in_transit: total()?, demand: total()? })
    }
}

impl fmt::Display for Expected {
    /// `INBOUND:IN_TRANSIT:DEMAND`, with nothing for zero.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (separator, total) in [("", self.inbound), (":", self.in_transit), (":", self.demand)] {
            f.write_str(separator)?;
            if !total.is_zero() {
                write!(f, "{total}")?;
            }
        }
        Ok(())
    }
}

impl Plan {
    /// Nothing is expected.
    pub fn is_empty(&self) -> bool {
        self.days.is_empty()
    }

    /// Adds to what is expected on a day; takes from it what is negative.
    ///
    /// # Errors
    /// [`TotalOverflow`] when a sum leaves the exact range.
    pub fn add(&mut self, day: Date, expected: Expected) -> Result<Expected, TotalOverflow> {
        let on_day = self.days.get(&day.days()).copied().unwrap_or_default().and(expected)?;
        let days = Arc::make_mut(&mut self.days);
        if on_day.is_zero() {
            days.remove(&day.days());
        } else {
            days.insert(day.days(), on_day);
        }
        Ok(on_day)
    }

    /// What is expected before a day.
    ///
    /// # Errors
    /// [`TotalOverflow`] when a sum leaves the exact range.
    pub fn before(&self, day: Date) -> Result<Expected, TotalOverflow> {
        sum(self.days.range(..day.days()).map(|(_, expected)| *expected))
    }

    /// What is expected from a day on and before another one.
    ///
    /// # Errors
    /// [`TotalOverflow`] when a sum leaves the exact range.
    pub fn between(&self, from: Date, before: Date) -> Result<Expected, TotalOverflow> {
        if before <= from {
            return Ok(Expected::ZERO);
        }
        sum(self.days.range(from.days()..before.days()).map(|(_, expected)| *expected))
    }

    /// What is expected from a day on, each with the day's number since 1970-01-01, in order.
    pub fn from(&self, day: Date) -> impl DoubleEndedIterator<Item = (i32, Expected)> {
        self.days.range(day.days()..).map(|(day, expected)| (*day, *expected))
    }

    /// Puts in a day as `Display` wrote it.
    ///
    /// # Errors
    /// [`Invalid`] for anything else.
    pub fn read_day(&mut self, text: &str) -> Result<(), Invalid> {
        let invalid = || Invalid::new("stored day", text, SHAPE);
        let (day, expected) = text.split_once(':').ok_or_else(invalid)?;
        let day: i32 = day.parse().map_err(|_| invalid())?;
        Arc::make_mut(&mut self.days).insert(day, Expected::parse(expected)?);
        Ok(())
    }
}

impl fmt::Display for Plan {
    /// ` day:NUMBER:INBOUND:IN_TRANSIT:DEMAND`, a word a day with a space before each.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (day, expected) in &*self.days {
            f.write_char(' ')?;
            write!(f, "day:{day}:{expected}")?;
        }
        Ok(())
    }
}

fn sum(mut all: impl Iterator<Item = Expected>) -> Result<Expected, TotalOverflow> {
    all.try_fold(Expected::ZERO, Expected::and)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn expected(text: &str) -> Expected {
        Expected::parse(text).unwrap()
    }

    fn day(text: &str) -> Date {
        Date::parse(text).unwrap()
    }

    #[test]
    fn what_is_written_reads_back() {
        for text in ["::", "5::", ":0.5:", "::3", "1:2:-3"] {
            assert_eq!(expected(text).to_string(), text);
        }
        for text in ["", "5", "5:", "a::", "1:2:3:4"] {
            assert!(Expected::parse(text).is_err(), "{text:?}");
        }
        let mut plan = Plan::default();
        plan.add(day("2026-03-02"), expected("5::")).unwrap();
        plan.add(day("1969-12-31"), expected("::2")).unwrap();
        assert_eq!(plan.to_string(), " day:-1:::2 day:20514:5::");
        let mut again = Plan::default();
        plan.to_string()
            .split_whitespace()
            .for_each(|word| again.read_day(word.strip_prefix("day:").unwrap()).unwrap());
        assert_eq!(again, plan);
        assert!(Plan::default().read_day("x:1::").is_err() && Plan::default().read_day("1").is_err());
    }

    #[test]
    fn a_day_of_which_nothing_is_left_is_forgotten() {
        let mut plan = Plan::default();
        plan.add(day("2026-03-02"), expected("5::1")).unwrap();
        assert_eq!(plan.add(day("2026-03-02"), expected("-2::")).unwrap(), expected("3::1"));
        assert_eq!(plan.before(day("2026-03-02")).unwrap(), Expected::ZERO);
        assert_eq!(plan.before(day("2026-03-03")).unwrap(), expected("3::1"));
        assert_eq!(plan.between(day("2026-03-02"), day("2026-03-02")).unwrap(), Expected::ZERO);
        plan.add(day("2026-03-02"), expected("-3::-1")).unwrap();
        assert!(plan.is_empty());
    }
}
