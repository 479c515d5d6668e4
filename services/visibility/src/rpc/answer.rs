use proto::common::v1::Decimal;
use proto::visibility::v1::{Alert as WireAlert, AlertKind as WireKind, Availability, Freshness};
use vocabulary::Sequence;

use crate::core::{AlertKey, AlertKind, Total};
use crate::engine::{Fresh, Seen, Sounded};

use super::trace_answer::time;

/// The item's values; its keys are moved in, so that a number is all that is allocated.
pub(super) fn availability(sku: String, warehouse: String, seen: Seen) -> Availability {
    let Seen { value, available } = seen;
    Availability {
        sku,
        warehouse,
        on_hand: decimal(value.on_hand),
        reserved: decimal(value.reserved),
        available: decimal(available),
        inbound: decimal(value.expected.inbound),
        in_transit: decimal(value.expected.in_transit),
        expected_demand: decimal(value.expected.demand),
    }
}

/// An alert; what it is about depends on its kind.
pub(super) fn alert(of: Sounded) -> WireAlert {
    let Sounded { warehouse, alert, holders } = of;
    let mut told = WireAlert {
        kind: wire_kind(alert.key.kind()).into(),
        warehouse: warehouse.to_string(),
        sku: alert.key.sku().to_string(),
        quantity: decimal(alert.quantity),
        holders,
        ..WireAlert::default()
    };
    match alert.key {
        AlertKey::BelowMinimum { minimum, .. } => told.minimum = decimal(minimum),
        AlertKey::Expiring { expiry, lot, .. } => {
            (told.expiry, told.lot) = (expiry.to_string(), lot.to_string());
        }
        AlertKey::Negative { location, .. } => told.location = location.to_string(),
        AlertKey::ReservationExpiring { expires_at, reservation, holder, .. } => {
            told.holder = holder.map_or_else(String::new, |holder| holder.to_string());
            told.reservation_id = reservation.to_string();
            told.expires_at = Some(time(expires_at));
        }
        AlertKey::DuplicateSerial { serial, .. } => told.serial = serial.to_string(),
    }
    told
}

pub(super) const fn wire_kind(kind: AlertKind) -> WireKind {
    match kind {
        AlertKind::BelowMinimum => WireKind::BelowMinimum,
        AlertKind::Expiring => WireKind::Expiring,
        AlertKind::Negative => WireKind::Negative,
        AlertKind::ReservationExpiring => WireKind::ReservationExpiring,
        AlertKind::DuplicateSerial => WireKind::DuplicateSerial,
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
