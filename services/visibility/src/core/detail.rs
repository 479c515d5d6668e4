use std::collections::BTreeMap;
use std::fmt;

use proto::common::v1::Decimal;
use proto::events::v1::rule_set::Rule;
use vocabulary::{ChannelCode, Invalid, Quantity};

use super::total::TotalOverflow;
use super::{Plan, Total, Value};

/// What is known of an item in a warehouse beyond its value. Most items have none.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Detail {
    /// What of its value is told apart by slices: of lots, or of a status that counts as available. The rest is plain.
    pub apart: Value,
    /// What is expected, by day.
    pub plan: Plan,
    quotas: BTreeMap<ChannelCode, Quota>,
    buffer: Option<Quantity>,
    /// The least that should be available.
    pub minimum: Option<Quantity>,
    /// What was plain when its positions began to be watched; `None` while they are not.
    pub watched: Option<Total>,
}

/// What is kept for a channel, and what it took of that.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Quota {
    kept: Quantity,
    used: Quantity,
}

const SHAPE: &str = "what this version writes: build the view again";

impl Detail {
    /// Nothing is known: it need not be kept.
    pub fn is_empty(&self) -> bool {
        self == &Self::default()
    }

    /// A rule of the item is set, or taken away; setting a quota again starts anew. Rules that keep nothing back change nothing.
    ///
    /// # Errors
    /// [`Invalid`] for a code or a quantity that its type does not allow.
    pub fn set(&mut self, rule: &Rule) -> Result<(), Invalid> {
        match rule {
            Rule::ChannelQuota(quota) => {
                let channel = ChannelCode::parse(&quota.channel)?;
                self.quotas.remove(&channel);
                let kept = given(quota.quantity.as_ref())?;
                self.quotas.extend(kept.map(|kept| (channel, Quota { kept, used: Quantity::ZERO })));
            }
            Rule::SafetyBuffer(buffer) => self.buffer = given(buffer.quantity.as_ref())?,
            Rule::Minimum(minimum) => self.minimum = given(minimum.quantity.as_ref())?,
            Rule::CustomerMaximum(_) | Rule::ShelfLife(_) | Rule::StatusCounts(_) => {}
            Rule::PeriodicItem(_) | Rule::StoredAs(_) | Rule::Stores(_) => {}
        }
        Ok(())
    }

    /// Whether something is kept for a channel.
    pub fn has_quota(&self, channel: &str) -> bool {
        self.quotas.contains_key(channel)
    }

    /// A channel takes something, which uses its quota up.
    pub fn take(&mut self, channel: &str, quantity: Quantity) {
        if let Some(quota) = self.quotas.get_mut(channel) {
            quota.used = plus(quota.used, quantity);
        }
    }

    /// A channel has not used something after all: that is kept for it again.
    pub fn give_back(&mut self, channel: &str, quantity: Quantity) {
        if let Some(quota) = self.quotas.get_mut(channel) {
            quota.used = minus(quota.used, quantity);
        }
    }

    /// What a channel may take of an item with this value: what is available less what is kept for others and for nobody, and not
    /// less than nothing. The same as its warehouse answers.
    ///
    /// # Errors
    /// [`TotalOverflow`] when a difference leaves the exact range.
    pub fn open_to(&self, channel: &ChannelCode, value: Value) -> Result<Total, TotalOverflow> {
        Ok(self.free_for(channel, value)?.max(Total::ZERO))
    }

    /// The same, and less than nothing where more is kept for others than is there.
    ///
    /// # Errors
    /// [`TotalOverflow`] when a difference leaves the exact range.
    pub fn free_for(&self, channel: &ChannelCode, value: Value) -> Result<Total, TotalOverflow> {
        let others = self.quotas.iter().filter(|(code, _)| *code != channel);
        let kept = others.fold(Quantity::ZERO, |sum, (_, quota)| plus(sum, minus(quota.kept, quota.used)));
        let kept = plus(kept, self.buffer.unwrap_or_default());
        value.available()?.checked_sub(Total::of(kept))
    }

    /// Reads what `Display` writes.
    ///
    /// # Errors
    /// [`Invalid`] for anything else.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        let invalid = || Invalid::new("stored detail", text, SHAPE);
        let mut words = text.split(' ');
        let mut total = || words.next().ok_or_else(invalid).and_then(Total::parse);
        let apart = Value { on_hand: total()?, reserved: total()?, ..Value::ZERO };
        let mut detail = Self { apart, ..Self::default() };
        for word in words {
            if let Some(day) = word.strip_prefix("day:") {
                detail.plan.read_day(day)?;
                continue;
            }
            let parts: Vec<&str> = word.split(':').collect();
            match parts[..] {
                ["quota", channel, kept, used] => {
                    let quota = Quota { kept: Quantity::parse(kept)?, used: Quantity::parse(used)? };
                    detail.quotas.insert(ChannelCode::parse(channel)?, quota);
                }
                ["minimum", least] => detail.minimum = Some(Quantity::parse(least)?),
                ["watched", start] => detail.watched = Some(Total::parse(start)?),
                ["buffer", kept] => detail.buffer = Some(Quantity::parse(kept)?),
                _ => return Err(invalid()),
            }
        }
        Ok(detail)
    }
}

impl fmt::Display for Detail {
    /// `ON_HAND_APART RESERVED_APART`, then a word a rule, and one a day on which something is expected.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.apart.on_hand, self.apart.reserved)?;
        for (channel, quota) in &self.quotas {
            write!(f, " quota:{channel}:{}:{}", quota.kept, quota.used)?;
        }
        self.buffer.map_or(Ok(()), |buffer| write!(f, " buffer:{buffer}"))?;
        self.minimum.map_or(Ok(()), |minimum| write!(f, " minimum:{minimum}"))?;
        self.watched.map_or(Ok(()), |start| write!(f, " watched:{start}"))?;
        write!(f, "{}", self.plan)
    }
}

fn given(decimal: Option<&Decimal>) -> Result<Option<Quantity>, Invalid> {
    decimal.map(|decimal| Quantity::parse(&decimal.value)).transpose()
}

/// More than everything is everything, as in the warehouse.
fn plus(a: Quantity, b: Quantity) -> Quantity {
    a.checked_add(b).unwrap_or(Quantity::MAX)
}

/// Not below nothing.
fn minus(a: Quantity, b: Quantity) -> Quantity {
    a.checked_sub(b).unwrap_or_default().max(Quantity::ZERO)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_reads_back() {
        for text in [
            "0 0",
            "5.5 1",
            "0 0 buffer:3",
            "0 0 minimum:5 watched:0",
            "0 0 buffer:3 day:20513:5::1 day:20514::2:",
            "1 0 quota:POS:2:0 quota:WEB:10:3.5 buffer:0",
        ] {
            assert_eq!(Detail::parse(text).unwrap().to_string(), text);
        }
        for text in ["", "1", "1 0 quota:WEB:1", "1 0 other:1", "1 0 buffer:x", "1 0 ", "0 0 day:1"] {
            assert!(Detail::parse(text).is_err(), "{text:?}");
        }
    }

    #[test]
    fn what_is_kept_for_others_is_not_open() {
        let channel = |code| ChannelCode::parse(code).unwrap();
        let check = |detail: &str, on_hand: &str, expected: [&str; 3]| {
            let value =
                Value { on_hand: Total::parse(on_hand).unwrap(), reserved: Total::ONE, ..Value::ZERO };
            let detail = Detail::parse(detail).unwrap();
            let open = ["WEB", "POS", "ERP"].map(|code| detail.open_to(&channel(code), value).unwrap());
            assert_eq!(open.map(Total::to_text), expected, "{detail} of {on_hand}");
        };
        check("0 0", "11", ["10", "10", "10"]);
        check("0 0", "0", ["0", "0", "0"]);
        check("0 0 buffer:4", "11", ["6", "6", "6"]);
        check("0 0 quota:POS:3:1 quota:WEB:5:0 buffer:1", "11", ["7", "4", "2"]);
        check("0 0 quota:POS:3:9 quota:WEB:5:0", "4", ["3", "0", "0"]);
    }
}
