//! Counts by chance: how many places, which, and what they say of the rest. Whole numbers only: parts are in hundredths of a percent.

use std::collections::BTreeSet;

/// All of it, in hundredths of a percent.
pub const WHOLE: u32 = 10_000;

/// How a sample was drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SamplePlan {
    /// What the draw began with: the same seed draws the same places of the same list.
    pub seed: u64,
    /// How many places there were to draw from.
    pub population: u32,
    /// How sure the answer is.
    pub confidence: Confidence,
    /// How far from the estimate the truth may be, in hundredths of a percent.
    pub margin: u32,
}

/// How often an interval holds the truth.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Confidence {
    /// 9 times of 10.
    Ninety,
    /// 19 times of 20.
    NinetyFive,
    /// 99 times of 100.
    NinetyNine,
}

/// What a sample says of all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Estimate {
    /// The part that is right, in hundredths of a percent, rounded down.
    pub right: u32,
    /// Not less than this, with the confidence.
    pub least: u32,
    /// Not more than this.
    pub most: u32,
}

impl Confidence {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Ninety, Self::NinetyFive, Self::NinetyNine];

    /// In percent.
    pub const fn percent(self) -> u32 {
        match self {
            Self::Ninety => 90,
            Self::NinetyFive => 95,
            Self::NinetyNine => 99,
        }
    }

    /// Back from [`Confidence::percent`].
    pub fn parse(percent: u32) -> Option<Self> {
        Self::ALL.into_iter().find(|confidence| confidence.percent() == percent)
    }

    /// The two-sided quantile of the normal distribution, in millionths.
    const fn quantile(self) -> u128 {
        match self {
            Self::Ninety => 1_644_854,
            Self::NinetyFive => 1_959_964,
            Self::NinetyNine => 2_575_829,
        }
    }
}

/// How many places of a population to count, so that the part that is right is known to a margin (in hundredths of a percent) whatever it
/// is. Cochran, Sampling Techniques, 3rd edition, 4.4: n0 = z²/4 : e², n = n0 : (1 + (n0 - 1) : N), rounded up.
pub fn sample_size(population: u32, confidence: Confidence, margin: u32) -> u32 {
    let (all, z, margin) = (u128::from(population), confidence.quantile(), u128::from(margin.max(1)));
    // n0 = z² · WHOLE² : (4 · 10^12 · margin²), kept as a fraction over `below`.
    let below = 4_000_000_000_000_u128.saturating_mul(margin.saturating_mul(margin));
    let above = z.saturating_mul(z).saturating_mul(u128::from(WHOLE).saturating_mul(u128::from(WHOLE)));
    // n = N · n0 : (N + n0 - 1).
    let over = all.saturating_sub(1).saturating_mul(below).saturating_add(above);
    let size = all.saturating_mul(above).div_ceil(over.max(1));
    u32::try_from(size).unwrap_or(u32::MAX).min(population)
}

/// Numbers from 0 of a population, each drawn with the same chance (Floyd, in Bentley, Programming Pearls, CACM 30/9), by a generator that
/// the seed starts (SplitMix64).
pub fn draw(seed: u64, population: u32, size: u32) -> BTreeSet<u32> {
    let mut random = SplitMix(seed);
    let mut drawn = BTreeSet::new();
    for last in population.saturating_sub(size)..population {
        let number = random.below(last.saturating_add(1));
        let number = if drawn.contains(&number) { last } else { number };
        drawn.insert(number);
    }
    drawn
}

/// What a sample says of the part that is right: the interval of Wilson (1927), which holds for few places and for parts near all, too;
/// rounded outwards.
pub fn estimate(right: u32, counted: u32, confidence: Confidence) -> Estimate {
    let (whole, z) = (u128::from(WHOLE), confidence.quantile());
    let (right, n) = (u128::from(right.min(counted)), u128::from(counted));
    if n == 0 {
        return Estimate { right: 0, least: 0, most: WHOLE };
    }
    const MILLION: u128 = 1_000_000;
    let squared = z.saturating_mul(z).checked_div(MILLION).unwrap_or(0);
    // (right + z²/2 ± z·√(right·wrong/n + z²/4)) : (n + z²), all in millionths.
    let middle = right.saturating_mul(MILLION).saturating_add(squared.div_ceil(2));
    let wrong = n.saturating_sub(right);
    let product = right.saturating_mul(wrong).saturating_mul(MILLION).div_ceil(n);
    let root = product.saturating_add(squared.div_ceil(4)).saturating_mul(MILLION).isqrt().saturating_add(1);
    let half = z.saturating_mul(root).div_ceil(MILLION);
    let below = n.saturating_mul(MILLION).saturating_add(squared);
    let part = |above: u128| above.saturating_mul(whole).checked_div(below).unwrap_or(0);
    let least = part(middle.saturating_sub(half));
    let most = part(middle.saturating_add(half)).saturating_add(1).min(whole);
    let right = right.saturating_mul(whole).checked_div(n).unwrap_or(0);
    let narrow = |part: u128| u32::try_from(part).unwrap_or(WHOLE);
    Estimate { right: narrow(right), least: narrow(least), most: narrow(most) }
}

/// Steele, Lea and Flood, Fast splittable pseudorandom number generators (2014).
struct SplitMix(u64);

impl SplitMix {
    const fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// Less than a bound, each number with the same chance: what is beyond the last whole multiple is drawn again.
    fn below(&mut self, bound: u32) -> u32 {
        let bound = u64::from(bound.max(1));
        let fair = u64::MAX.saturating_sub(u64::MAX.checked_rem(bound).unwrap_or(0));
        loop {
            let drawn = self.next();
            if drawn < fair {
                return u32::try_from(drawn.checked_rem(bound).unwrap_or(0)).unwrap_or(0);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn sizes_of_the_books() {
        // Cochran's n0 for 95 % and 5 % is 384.15; of 10,000 places 369.98, of 1,000 277.7, of 100 79.5.
        for (population, margin, size) in [
            (1_000_000, 500, 384),
            (10_000, 500, 370),
            (1_000, 500, 278),
            (100, 500, 80),
            (1, 500, 1),
            (0, 500, 0),
        ] {
            assert_eq!(
                sample_size(population, Confidence::NinetyFive, margin),
                size,
                "{population} {margin}"
            );
        }
        assert_eq!(sample_size(10_000, Confidence::NinetyNine, 100), 6_240);
        assert_eq!(sample_size(10_000, Confidence::Ninety, 500), 264);
    }

    #[test]
    fn intervals_of_the_books() {
        // Newcombe (1998), table I: 81 of 263 is 30.80 %, 25.53 % to 36.62 %; 15 of 148 is 10.14 %, 6.24 % to 16.05 %.
        let of = |right, counted| estimate(right, counted, Confidence::NinetyFive);
        assert_eq!(of(81, 263), Estimate { right: 3079, least: 2552, most: 3663 });
        assert_eq!(of(15, 148), Estimate { right: 1013, least: 623, most: 1605 });
        assert_eq!(of(0, 20), Estimate { right: 0, least: 0, most: 1612 });
        assert_eq!(of(20, 20).most, WHOLE);
        assert_eq!(of(0, 0), Estimate { right: 0, least: 0, most: WHOLE });
    }

    proptest! {
        #[test]
        fn a_draw_is_of_the_population(seed: u64, population in 0_u32..5000, wanted in 0_u32..5000) {
            let size = wanted.min(population);
            let drawn = draw(seed, population, size);
            prop_assert_eq!(drawn.len(), usize::try_from(size).unwrap());
            prop_assert!(drawn.iter().all(|number| *number < population));
            prop_assert_eq!(draw(seed, population, size), drawn);
        }

        #[test]
        fn an_interval_holds_its_estimate(right in 0_u32..100_000, wrong in 0_u32..100_000) {
            let counted = right.saturating_add(wrong);
            prop_assume!(counted > 0);
            for confidence in Confidence::ALL {
                let Estimate { right, least, most } = estimate(right, counted, confidence);
                prop_assert!(least <= right && right <= most && most <= WHOLE);
            }
        }
    }
}
