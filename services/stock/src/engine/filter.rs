//! A set of request ids that never forgets one and now and then takes a new one for known: a blocked Bloom filter
//! (Putze, Sanders, Singler 2007) in layers, each twice as large as the one before. 2 bytes an id; about 1 in 400 new ids
//! costs a needless look into the store.

use vocabulary::RequestId;

/// Ids of the first layer.
const FIRST_LAYER: usize = 1 << 16;
/// Bits set in a block of 512 for one id.
const PROBES: u32 = 6;
/// Ids a block of 64 bytes is made for.
const IDS_A_BLOCK: usize = 32;

/// Layers of blocks; only the last one takes new ids.
#[derive(Debug, Default)]
pub(super) struct Filter {
    layers: Vec<Layer>,
}

#[derive(Debug)]
struct Layer {
    blocks: Vec<[u64; 8]>,
    ids: usize,
}

impl Filter {
    pub(super) fn insert(&mut self, id: RequestId) {
        if self.layers.last().is_none_or(Layer::is_full) {
            let ids = self.layers.last().map_or(FIRST_LAYER, |layer| layer.blocks.len() * IDS_A_BLOCK * 2);
            self.layers.push(Layer { blocks: vec![[0; 8]; ids / IDS_A_BLOCK], ids: 0 });
        }
        if let Some(layer) = self.layers.last_mut() {
            layer.insert(mixed(id));
        }
    }

    /// False only if the id was never inserted.
    pub(super) fn may_contain(&self, id: RequestId) -> bool {
        let hash = mixed(id);
        self.layers.iter().rev().any(|layer| layer.may_contain(hash))
    }
}

impl Layer {
    fn is_full(&self) -> bool {
        self.ids >= self.blocks.len() * IDS_A_BLOCK
    }

    fn insert(&mut self, (block, probes): (u64, u64)) {
        let at = self.block(block);
        self.ids += 1;
        if let Some(block) = self.blocks.get_mut(at) {
            for (word, bit) in bits(probes) {
                if let Some(word) = block.get_mut(word) {
                    *word |= bit;
                }
            }
        }
    }

    fn may_contain(&self, (block, probes): (u64, u64)) -> bool {
        let block = self.blocks.get(self.block(block));
        block.is_some_and(|block| {
            bits(probes).all(|(word, bit)| block.get(word).is_some_and(|word| word & bit != 0))
        })
    }

    fn block(&self, hash: u64) -> usize {
        let scaled = (u128::from(hash) * self.blocks.len() as u128) >> 64;
        usize::try_from(scaled).unwrap_or(0)
    }
}

/// Six positions of nine bits each: three for the word, six for the bit.
fn bits(probes: u64) -> impl Iterator<Item = (usize, u64)> {
    (0..PROBES).map(move |n| {
        let nine = (probes >> (n * 9)) & 0x1ff;
        (usize::try_from(nine >> 6).unwrap_or(0), 1 << (nine & 0x3f))
    })
}

/// Callers choose ids as they like, so both halves are mixed (splitmix64's finaliser) before they are used.
fn mixed(id: RequestId) -> (u64, u64) {
    let (high, low) = id.uuid().as_u64_pair();
    let mix = |mut x: u64| {
        x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        x ^ (x >> 31)
    };
    let first = mix(high ^ mix(low));
    (first, mix(first ^ low))
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn id(n: u128) -> RequestId {
        RequestId::from_uuid(Uuid::from_u128(n))
    }

    #[test]
    fn known_ids_are_always_known_and_new_ones_rarely_taken_for_known() {
        let mut filter = Filter::default();
        for n in 0..300_000_u128 {
            filter.insert(id(n * 7));
        }
        assert!((0..300_000_u128).all(|n| filter.may_contain(id(n * 7))));
        let wrong = (0..100_000_u128).filter(|n| filter.may_contain(id(n * 7 + 3))).count();
        assert!(wrong < 1000, "{wrong} of 100,000 new ids taken for known");
    }
}
