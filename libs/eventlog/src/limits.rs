//! The limits of the log, each with a name. They are the same for both implementations.

use crate::fault::LogFault;
use crate::record::{Record, TopicSpec};

/// Bytes of a record's value; more is `Rejected`. A journal entry of 1,000 lines has about 150 kB.
pub const RECORD_VALUE_BYTES_MAX: usize = 1024 * 1024;

/// Bytes of a record's key and headers together; more is `Rejected`.
pub(crate) const RECORD_ENVELOPE_BYTES_MAX: usize = 64 * 1024;

/// Records of one publish call; more is `Rejected`.
pub const RECORDS_PER_PUBLISH_MAX: usize = 10_000;

/// Bytes after which a reader returns its batch although more is there.
pub const BATCH_BYTES_MAX: usize = 8 * 1024 * 1024;

/// Partitions of a topic; more is `Rejected`.
pub const PARTITIONS_MAX: u32 = 1024;

pub(crate) fn check_records(records: &[Record]) -> Result<(), LogFault> {
    let count = records.len();
    if count > RECORDS_PER_PUBLISH_MAX {
        return Err(LogFault::rejected(format!(
            "{count} records in one call, at most {RECORDS_PER_PUBLISH_MAX}: publish them in parts"
        )));
    }
    records.iter().try_for_each(check_record)
}

fn check_record(record: &Record) -> Result<(), LogFault> {
    let value = record.value.len();
    if value > RECORD_VALUE_BYTES_MAX {
        return Err(LogFault::rejected(format!(
            "a record value of {value} bytes, at most {RECORD_VALUE_BYTES_MAX}: split what it says"
        )));
    }
    let envelope = record.size() - value;
    if envelope > RECORD_ENVELOPE_BYTES_MAX {
        return Err(LogFault::rejected(format!(
            "a record with {envelope} bytes of key and headers, at most {RECORD_ENVELOPE_BYTES_MAX}: shorten them"
        )));
    }
    if record.headers.iter().any(|(name, _)| name.is_empty() || name.contains('\0')) {
        return Err(LogFault::rejected("a header without a name, or with a NUL in its name: name it"));
    }
    Ok(())
}

pub(crate) fn check_topic(spec: &TopicSpec) -> Result<(), LogFault> {
    if spec.partitions == 0 || spec.partitions > PARTITIONS_MAX {
        return Err(LogFault::rejected(format!(
            "topic {} with {} partitions: take 1 to {PARTITIONS_MAX}",
            spec.name, spec.partitions
        )));
    }
    Ok(())
}
