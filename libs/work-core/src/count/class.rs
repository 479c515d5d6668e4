use std::cmp::Reverse;

use super::Exact;

/// How much of all usage an item stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum UsageClass {
    /// The few that most of the value goes through.
    A,
    /// Those after them.
    B,
    /// The many with little.
    C,
}

/// Up to which part of all usage value, in percent, an item is of class A, and of class A or B.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ClassLimits {
    /// Class A.
    pub a: u32,
    /// Classes A and B together.
    pub b: u32,
}

impl Default for ClassLimits {
    /// Usual for cycle counts.
    fn default() -> Self {
        Self { a: 80, b: 95 }
    }
}

/// The class of each item, by the value of what was used of it: the largest first, an item is of the class that what stands before it has
/// not filled. Items of which nothing was used are of class C. Equal values stand in the order of the items.
pub fn classes<T: Ord + Clone>(usage: &[(T, Exact)], limits: ClassLimits) -> Vec<(T, UsageClass)> {
    let mut sorted: Vec<_> = usage.iter().collect();
    sorted.sort_by_key(|(item, value)| (Reverse(*value), item.clone()));
    let all = sorted.iter().fold(0_i128, |sum, (_, value)| sum.saturating_add(value.units().max(0)));
    let mut before = 0_i128;
    let class = |(item, value): &(T, Exact)| {
        let is_before = |percent: u32| {
            before.saturating_mul(100) < all.saturating_mul(i128::from(percent)) && value.units() > 0
        };
        let class = match (is_before(limits.a), is_before(limits.b)) {
            (true, _) => UsageClass::A,
            (false, true) => UsageClass::B,
            (false, false) => UsageClass::C,
        };
        before = before.saturating_add(value.units().max(0));
        (item.clone(), class)
    };
    sorted.into_iter().map(class).collect()
}

#[cfg(test)]
mod tests {
    use vocabulary::Quantity;

    use super::*;

    #[test]
    fn the_few_are_a() {
        for (usage, expected) in [
            ("80 15 5 0", "ABCC"),
            ("800 100 60 40", "ABBC"),
            ("100", "A"),
            ("0 0", "CC"),
            ("50 50", "AA"),
            ("10 20 70", "AAB"),
        ] {
            let of = |(item, value): (usize, &str)| {
                let value = Exact::of(Quantity::parse(value).unwrap(), Quantity::from(1)).unwrap();
                (item, value)
            };
            let usage: Vec<_> = usage.split(' ').enumerate().map(of).collect();
            let found = classes(&usage, ClassLimits::default());
            let letters = found.iter().map(|(_, class)| format!("{class:?}")).collect::<String>();
            assert_eq!(letters, expected);
        }
    }
}
