//! Which partition a key belongs to: the murmur2 hash of Kafka's own clients, so that embedded and Kafka, and consumers
//! written in other languages, agree.

const SEED: u32 = 0x9747_b28c;
const MIX: u32 = 0x5bd1_e995;

/// The partition of `key` in a topic of `partitions` partitions (0 counts as 1).
#[must_use]
pub fn partition_of(key: &[u8], partitions: u32) -> u32 {
    (murmur2(key) & 0x7fff_ffff) % partitions.max(1)
}

/// MurmurHash2, 32 bits, as in `org.apache.kafka.common.utils.Utils.murmur2`: the length is mixed into the seed, blocks
/// are little endian.
fn murmur2(data: &[u8]) -> u32 {
    let length = u32::try_from(data.len()).unwrap_or(u32::MAX);
    let (blocks, tail) = data.as_chunks::<4>();
    let mut hash = SEED ^ length;
    for block in blocks {
        let mut word = u32::from_le_bytes(*block).wrapping_mul(MIX);
        word ^= word >> 24;
        hash = hash.wrapping_mul(MIX) ^ word.wrapping_mul(MIX);
    }
    if !tail.is_empty() {
        for (index, byte) in tail.iter().enumerate() {
            hash ^= u32::from(*byte) << (8 * index);
        }
        hash = hash.wrapping_mul(MIX);
    }
    hash ^= hash >> 13;
    hash = hash.wrapping_mul(MIX);
    hash ^ (hash >> 15)
}

#[cfg(test)]
mod tests {
    use super::{murmur2, partition_of};

    /// The values of Apache Kafka's own test of its hash (`UtilsTest.testMurmur2`).
    #[test]
    fn agrees_with_the_hash_of_kafka() {
        let cases: [(&str, i32); 7] = [
            ("21", -973_932_308),
            ("foobar", -790_332_482),
            ("a-little-bit-long-string", -985_981_536),
            ("a-little-bit-longer-string", -1_486_304_829),
            ("lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8", -58_897_971),
            ("abc", 479_470_107),
            ("", 275_646_681),
        ];
        for (key, expected) in cases {
            assert_eq!(murmur2(key.as_bytes()).cast_signed(), expected, "{key}");
        }
    }

    #[test]
    fn stays_below_the_number_of_partitions() {
        for number in 0..1000_u32 {
            assert!(partition_of(&number.to_be_bytes(), 12) < 12);
            assert_eq!(partition_of(&number.to_be_bytes(), 1), 0);
        }
    }
}
