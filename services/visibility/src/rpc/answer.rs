use proto::common::v1::Decimal;
use proto::visibility::v1::{Availability, Freshness};
use vocabulary::Sequence;

use crate::core::Total;
use crate::engine::{Fresh, Seen};

/// The item's values; its keys are moved in, so that a number is all that is allocated.
pub(super) fn availability(sku: String, warehouse: String, seen: Seen) -> Availability {
    let Seen { value, available } = seen;
    Availability {
        sku,
        warehouse,
        on_hand: decimal(value.on_hand),
        reserved: decimal(value.reserved),
        available: decimal(available),
    }
}

pub(super) fn freshness(fresh: Fresh) -> Freshness {
    let has_entries = fresh.head.sequence > Sequence::START;
    let recorded_at = has_entries.then(|| {
        let (seconds, nanos) = fresh.head.recorded_at.parts();
        prost_types::Timestamp { seconds, nanos }
    });
    Freshness {
        warehouse: fresh.warehouse,
        as_of_sequence: fresh.head.sequence.get(),
        recorded_at,
        age_ms: i64::try_from(fresh.age.as_millis()).unwrap_or(i64::MAX),
    }
}

pub(super) fn decimal(total: Total) -> Option<Decimal> {
    Some(Decimal { value: total.to_text() })
}
