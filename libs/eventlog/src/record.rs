use bytes::Bytes;

use crate::header::Header;

/// A topic as the system needs it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TopicSpec {
    /// Its name, without the configured prefix.
    pub name: &'static str,
    /// How many partitions; fixed for ever, for the partition of a key depends on it.
    pub partitions: u32,
    /// `true`: only the newest record of a key is kept for sure; `false`: every record is kept for ever.
    pub compacted: bool,
}

/// One fact to publish.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Record {
    /// Decides the partition; records of one key keep their order.
    pub key: Bytes,
    /// The fact; may be empty, which is not a deletion.
    pub value: Bytes,
    /// In the order given; a name may come twice.
    pub headers: Vec<Header>,
}

impl Record {
    /// The value of the first header with this name.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&Bytes> {
        self.headers.iter().find(|(header, _)| header == name).map(|(_, value)| value)
    }

    /// Bytes of key, value and headers together.
    pub(crate) fn size(&self) -> usize {
        let headers: usize = self.headers.iter().map(|(name, value)| name.len() + value.len()).sum();
        self.key.len() + self.value.len() + headers
    }
}

/// A record as it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delivered {
    /// Partition of the topic, from 0.
    pub partition: i32,
    /// Position in the partition, from 0; it grows, and may skip numbers.
    pub offset: i64,
    /// What was published.
    pub record: Record,
}

/// What one call of [`crate::Reader::next_batch`] found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Batch {
    /// In order within a partition; partitions may come in any order.
    pub records: Vec<Delivered>,
    /// Nothing newer existed when this was read. With Kafka that is as of the newest answer of every partition's leader,
    /// which may be half a second old; the first `true` of a reader means that everything published before the reader
    /// was opened has been returned.
    pub caught_up: bool,
}
