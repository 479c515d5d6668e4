//! Where a record is: topic, partition and offset packed into the 63 bits of a SQLite rowid, so that the table needs no
//! index beside itself, a partition is a contiguous range of it, and large values stay out of the inner pages.

use std::ops::RangeInclusive;

const OFFSET_BITS: u32 = 40;
const PARTITION_BITS: u32 = 12;

/// Offsets of a partition, 10^12.
pub(crate) const OFFSET_MAX: i64 = (1 << OFFSET_BITS) - 1;

/// Topics of a file: what the remaining bits can tell apart.
pub(crate) const TOPIC_ID_MAX: i64 = (1 << (63 - OFFSET_BITS - PARTITION_BITS)) - 1;

/// A partition of a topic, and the first of its rowids: the other ones follow it without a gap.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Lane(i64);

impl Lane {
    /// `partition` is below `PARTITIONS_MAX`, `topic_id` at most `TOPIC_ID_MAX`.
    pub(crate) fn new(topic_id: i64, partition: u32) -> Self {
        Self(((topic_id << PARTITION_BITS) | i64::from(partition)) << OFFSET_BITS)
    }

    pub(crate) fn position(self, offset: i64) -> i64 {
        self.0 | offset.clamp(0, OFFSET_MAX)
    }

    pub(crate) fn range(self) -> RangeInclusive<i64> {
        self.0..=self.0 | OFFSET_MAX
    }
}

/// Partition and offset of a rowid.
pub(crate) fn unpack(position: i64) -> (i32, i64) {
    let partition = (position >> OFFSET_BITS) & ((1 << PARTITION_BITS) - 1);
    (i32::try_from(partition).unwrap_or(i32::MAX), position & OFFSET_MAX)
}

#[cfg(test)]
mod tests {
    use super::{Lane, OFFSET_MAX, TOPIC_ID_MAX, unpack};
    use crate::limits::PARTITIONS_MAX;

    #[test]
    fn every_lane_is_a_range_of_its_own_and_unpacks_to_itself() {
        let mut last = -1;
        for topic in [0, 1, TOPIC_ID_MAX] {
            for partition in [0, 1, PARTITIONS_MAX - 1] {
                let lane = Lane::new(topic, partition);
                assert!(*lane.range().start() > last);
                last = *lane.range().end();
                for offset in [0, 1, OFFSET_MAX] {
                    assert!(lane.range().contains(&lane.position(offset)));
                    assert_eq!(unpack(lane.position(offset)), (partition.cast_signed(), offset));
                }
            }
        }
    }
}
