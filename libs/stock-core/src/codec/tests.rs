//! What is written by hand is what the generated code reads and writes.

use laws::NegativeStock;
use proptest::prelude::*;
use prost::Message;
use proto::events::v1::JournalEntry;
use vocabulary::{LocationCode, Quantity, RequestId, ReservationId, Sequence, Sku, Timestamp, WarehouseCode};

use super::{Decoder, decode_entry, encode_entry};
use crate::entry::{Moved, Released, Reserved};
use crate::{Entry, Fact, MovementKind, Outcome, Place, Refusal, Rejection, RequestDigest};

fn sku() -> impl Strategy<Value = Sku> {
    prop_oneof![Just("A"), Just("Größe 7/8"), Just("SKU-000001")].prop_map(|text| Sku::parse(text).unwrap())
}

fn location() -> impl Strategy<Value = LocationCode> {
    prop_oneof![Just("MAIN".to_owned()), Just("A-1/2.3".to_owned()), "[A-Z]{1,3}"]
        .prop_map(|text: String| LocationCode::parse(&text).unwrap())
}

fn place() -> impl Strategy<Value = Place> {
    (location(), any::<bool>())
        .prop_map(|(code, real)| if real { Place::Real(code) } else { Place::Virtual(code) })
}

fn quantity() -> impl Strategy<Value = Quantity> {
    prop_oneof![Just("0"), Just("1"), Just("-3.5"), Just("999999999999999999.999999999")]
        .prop_map(|text| Quantity::parse(text).unwrap())
}

fn reservation() -> impl Strategy<Value = ReservationId> {
    (any::<u64>(), any::<u32>()).prop_map(|(n, line)| ReservationId { sequence: Sequence::new(n), line })
}

fn kind() -> impl Strategy<Value = MovementKind> {
    prop_oneof![
        Just(MovementKind::Receipt),
        Just(MovementKind::Issue),
        Just(MovementKind::Move),
        Just(MovementKind::Adjustment),
        Just(MovementKind::Return),
        Just(MovementKind::Fulfilment),
    ]
}

fn fact() -> impl Strategy<Value = Fact> {
    let negative = prop_oneof![Just(NegativeStock::Allowed), Just(NegativeStock::Forbidden)];
    let moved = (0_u32..1000, kind(), sku(), negative, place(), place(), quantity(), ".{0,200}");
    prop_oneof![
        moved.prop_map(|(line, kind, sku, negative, from, to, quantity, reason)| {
            Fact::Moved(Moved { line, kind, sku, negative, from, to, quantity, reason })
        }),
        (0_u32..1000, sku(), location(), quantity()).prop_map(|(line, sku, location, quantity)| {
            Fact::Reserved(Reserved { line, sku, location, quantity })
        }),
        (0_u32..1000, reservation(), quantity()).prop_map(|(line, reservation, quantity)| {
            Fact::Released(Released { line, reservation, quantity })
        }),
    ]
}

fn rejection() -> impl Strategy<Value = Rejection> {
    prop_oneof![
        (sku(), location(), quantity(), quantity()).prop_map(|(sku, location, requested, available)| {
            Rejection::InsufficientAvailable { sku, location, requested, available }
        }),
        reservation().prop_map(|reservation| Rejection::ReservationNotFound { reservation }),
        (reservation(), quantity(), quantity()).prop_map(|(reservation, requested, reserved)| {
            Rejection::ReservationExceeded { reservation, requested, reserved }
        }),
        (sku(), location()).prop_map(|(sku, location)| Rejection::QuantityOverflow { sku, location }),
    ]
}

fn outcome() -> impl Strategy<Value = Outcome> {
    prop_oneof![
        8 => prop::collection::vec(fact(), 0..5).prop_map(Outcome::Posted),
        1 => prop::collection::vec(fact(), 200..300).prop_map(Outcome::Posted),
        4 => (any::<u32>(), rejection())
            .prop_map(|(line, rejection)| Outcome::Rejected(Refusal { line, rejection })),
    ]
}

prop_compose! {
    fn entry()(
        sequence in any::<u64>(), id in any::<[u8; 16]>(), digest in any::<[u8; 16]>(),
        effective_at in 0..253_402_300_799_999_999_i64, recorded_at in 0..253_402_300_799_999_999_i64,
        reference in ".{0,128}", outcome in outcome(),
    ) -> Entry {
        Entry {
            sequence: Sequence::new(sequence),
            warehouse: WarehouseCode::parse("BER").unwrap(),
            request_id: RequestId::from_bytes(id),
            digest: RequestDigest::from_bytes(digest),
            effective_at: Timestamp::from_micros(effective_at).unwrap(),
            recorded_at: Timestamp::from_micros(recorded_at).unwrap(),
            reference,
            outcome,
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, ..ProptestConfig::default() })]

    #[test]
    fn bytes_are_those_of_the_generated_code(entry in entry()) {
        let bytes = encode_entry(&entry);
        let message = JournalEntry::decode(&*bytes).unwrap();
        prop_assert_eq!(&message.encode_to_vec(), &bytes);
        prop_assert_eq!(message.sequence, entry.sequence.get());
        prop_assert_eq!(decode_entry(&bytes).unwrap(), entry);
    }

    #[test]
    fn a_decoder_of_many_entries_reads_each_as_it_is(entries in prop::collection::vec(entry(), 1..4)) {
        let mut decoder = Decoder::default();
        for entry in entries {
            prop_assert_eq!(decoder.decode(&encode_entry(&entry)).unwrap(), entry);
        }
    }

    #[test]
    fn damaged_bytes_are_an_error_or_another_entry(entry in entry(), at in any::<prop::sample::Index>(), byte in any::<u8>()) {
        let mut bytes = encode_entry(&entry);
        let at = at.index(bytes.len());
        bytes[at] = byte;
        bytes.truncate(at.saturating_add(usize::from(byte)));
        // Neither panics nor answers what was not there.
        if let Ok(other) = decode_entry(&bytes) {
            prop_assert_eq!(decode_entry(&encode_entry(&other)).unwrap(), other);
        }
    }
}
