use uuid::Uuid;

/// Makes the demo's request ids different from everybody else's.
const DEMO: Uuid = Uuid::from_u128(0x51b4_1d0e_77c2_4a63_8f0d_3c9a_e6b2_1f58);

/// Things that a warehouse of a bicycle maker might hold.
const NAMES: [&str; 12] = [
    "bell, brass",
    "brake pad, organic",
    "chain, 11 speed",
    "crank arm, left",
    "fork, steel",
    "grip, cork",
    "inner tube, 28 inch",
    "mudguard, rear",
    "pedal, platform",
    "rim, 36 holes",
    "saddle, leather",
    "spoke, 262 mm",
];

/// The items of a story and its luck.
#[derive(Debug)]
pub(super) struct Cast {
    seed: u64,
    state: u64,
}

/// An item of the story.
#[derive(Debug, Clone)]
pub(super) struct Player {
    pub(super) sku: String,
    pub(super) name: &'static str,
}

impl Cast {
    pub(super) const fn new(seed: u64) -> Self {
        Self { seed, state: seed }
    }

    /// `count` different items. Their SKUs carry the seed, so that stories do not meet.
    pub(super) fn players(&mut self, count: usize) -> Vec<Player> {
        let mut names = NAMES.to_vec();
        (1..=count)
            .map_while(|number| {
                let left = u32::try_from(names.len()).ok().filter(|left| *left > 0)?;
                let place = usize::try_from(self.between(0, left - 1)).ok()?;
                Some(Player { sku: format!("DEMO-{}-{number:02}", self.seed), name: names.remove(place) })
            })
            .collect()
    }

    /// The item that has lots.
    pub(super) fn with_lots(&self) -> Player {
        Player { sku: format!("DEMO-{}-LOTS", self.seed), name: "chain oil, 50 ml" }
    }

    /// A number from `least` to `most`.
    pub(super) fn between(&mut self, least: u32, most: u32) -> u32 {
        let width = u64::from(most.saturating_sub(least)) + 1;
        least + u32::try_from(self.next() % width).unwrap_or(0)
    }

    /// The request id of a step: the same for the same seed.
    pub(super) fn request_id(&self, step: &str) -> String {
        Uuid::new_v5(&DEMO, format!("{}/{step}", self.seed).as_bytes()).to_string()
    }

    /// SplitMix64 (Steele, Lea and Flood, 2014).
    fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draw(seed: u64) -> (Vec<String>, Vec<u32>, String) {
        let mut cast = Cast::new(seed);
        let players = cast.players(4).into_iter().map(|p| format!("{} {}", p.sku, p.name)).collect();
        (players, (0..20).map(|_| cast.between(3, 9)).collect(), cast.request_id("a"))
    }

    #[test]
    fn the_same_seed_has_the_same_luck() {
        assert_eq!(draw(7), draw(7));
        assert_ne!(draw(7), draw(8));
        let (players, numbers, _) = draw(7);
        assert_eq!(players.len(), 4);
        assert!(numbers.iter().all(|n| (3..=9).contains(n)));
        assert_eq!(Cast::new(1).players(99).len(), NAMES.len());
    }
}
