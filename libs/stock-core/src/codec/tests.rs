//! What is written by hand is what the generated code reads and writes.

use laws::NegativeStock;
use proptest::prelude::*;
use prost::Message;
use proto::events::v1::JournalEntry;
use vocabulary::{
    ChannelCode, CountryCode, Date, LocationCode, LotCode, Owner, PartyCode, Quantity, RequestId,
    ReservationId, Sequence, SerialNumber, Sku, StockStatus, Timestamp, WarehouseCode,
};

use super::{
    Decoder, carried_tests, count_tests, decode_entry, delivery_tests, encode_entry, expectation_tests,
    handling_unit_tests, order_tests, production_tests, put_away_tests, task_tests, weight_tests,
};
use crate::entry::{LotRecorded, Moved, Released, Reserved, RuleSet};
use crate::goods::{Goods, Standing};
use crate::{
    DocumentLimit, Entry, ExpectationFact, Fact, LotFacts, MovementKind, MovementRef, Outcome, Place,
    Refusal, Rejection, ReleaseCause, RequestDigest, Rule, StockLock, Tracking, UnitFact,
};

pub(super) fn sku() -> impl Strategy<Value = Sku> {
    prop_oneof![Just("A"), Just("Größe 7/8"), Just("SKU-000001")].prop_map(|text| Sku::parse(text).unwrap())
}

pub(super) fn location() -> impl Strategy<Value = LocationCode> {
    prop_oneof![Just("MAIN".to_owned()), Just("A-1/2.3".to_owned()), "[A-Z]{1,3}"]
        .prop_map(|text: String| LocationCode::parse(&text).unwrap())
}

fn place() -> impl Strategy<Value = Place> {
    (location(), any::<bool>())
        .prop_map(|(code, real)| if real { Place::Real(code) } else { Place::Virtual(code) })
}

pub(super) fn quantity() -> impl Strategy<Value = Quantity> {
    prop_oneof![Just("0"), Just("1"), Just("-3.5"), Just("999999999999999999.999999999")]
        .prop_map(|text| Quantity::parse(text).unwrap())
}

pub(super) fn reservation() -> impl Strategy<Value = ReservationId> {
    (any::<u64>(), any::<u32>()).prop_map(|(n, line)| ReservationId { sequence: Sequence::new(n), line })
}

fn kind() -> impl Strategy<Value = MovementKind> {
    use MovementKind as K;
    let bought_and_sold = [K::Receipt, K::Issue, K::Return, K::Fulfilment, K::Usage];
    let inside = [K::Move, K::Adjustment, K::StatusChange, K::OwnerChange, K::Reversal, K::Repack];
    let made = [K::Consumption, K::Production];
    prop::sample::select([&bought_and_sold[..], &inside[..], &made[..]].concat())
}

pub(super) fn lot() -> impl Strategy<Value = Option<LotCode>> {
    prop_oneof![Just(None), Just(LotCode::parse("L-1").ok()), Just(LotCode::parse("a%&").ok())]
}

fn standing() -> impl Strategy<Value = Standing> {
    let owner = prop::sample::select(vec!["own", "consignment:ACME", "customer:C-1"]);
    (status(), owner).prop_map(|(status, owner)| Standing { status, owner: Owner::parse(owner).unwrap() })
}

pub(super) fn status() -> impl Strategy<Value = StockStatus> {
    prop::sample::select(StockStatus::ALL.to_vec())
}

pub(super) fn serials() -> impl Strategy<Value = Vec<SerialNumber>> {
    prop::collection::vec("[A-Z0-9]{1,20}", 0..4)
        .prop_map(|all| all.iter().map(|text| SerialNumber::parse(text).unwrap()).collect())
}

fn goods() -> BoxedStrategy<Option<Box<Goods>>> {
    let unit = || prop::option::of(handling_unit_tests::sscc());
    let some = (lot(), serials(), standing(), standing(), unit(), unit(), weight_tests::weight());
    prop_oneof![
        Just(None),
        some.prop_map(|(lot, serials, from, to, from_unit, to_unit, weight)| {
            Goods { lot, serials, from, to, from_unit, to_unit, weight }.boxed()
        })
    ]
    .boxed()
}

pub(super) fn channel() -> impl Strategy<Value = Option<ChannelCode>> {
    prop_oneof![Just(None), Just(ChannelCode::parse("WEB").ok())]
}

fn rule() -> impl Strategy<Value = Rule> {
    let amount = || prop_oneof![Just(None), quantity().prop_map(Some)];
    let party = || PartyCode::parse("C-1").unwrap();
    prop_oneof![
        (sku(), amount()).prop_map(|(sku, quantity)| Rule::ChannelQuota {
            sku,
            channel: ChannelCode::parse("WEB").unwrap(),
            quantity
        }),
        (sku(), amount()).prop_map(|(sku, quantity)| Rule::SafetyBuffer { sku, quantity }),
        (sku(), amount()).prop_map(|(sku, quantity)| Rule::Minimum { sku, quantity }),
        (sku(), any::<bool>(), amount()).prop_map(move |(sku, is_one, quantity)| Rule::CustomerMaximum {
            sku,
            holder: is_one.then(party),
            quantity
        }),
        (0_u32..400).prop_map(move |days| Rule::ShelfLife {
            holder: party(),
            days: Some(days).filter(|days| *days > 0)
        }),
        (status(), any::<bool>()).prop_map(|(status, counts)| Rule::StatusCounts { status, counts }),
        (sku(), any::<bool>()).prop_map(|(sku, is_periodic)| Rule::Periodic { sku, is_periodic }),
        put_away_tests::rule(),
    ]
}

fn of_promises() -> impl Strategy<Value = Rejection> {
    let serial = || "[A-Z0-9]{1,20}".prop_map(|text| SerialNumber::parse(&text).unwrap());
    let four = || (quantity(), quantity(), quantity(), quantity());
    let day = |text| Date::parse(text).unwrap();
    prop_oneof![
        carried_tests::rejection(),
        reservation().prop_map(|reservation| Rejection::NotExpired { reservation }),
        (sku(), location(), status()).prop_map(|(sku, location, status)| Rejection::StatusInUse {
            status,
            sku,
            location
        }),
        (sku(), status()).prop_map(|(sku, status)| Rejection::StatusNotAvailable { sku, status }),
        (sku(), serial(), reservation()).prop_map(|(sku, serial, reservation)| Rejection::SerialReserved {
            sku,
            serial,
            reservation
        }),
        (serial(), reservation())
            .prop_map(|(serial, reservation)| Rejection::SerialNotReserved { reservation, serial }),
        (sku(), channel(), four()).prop_map(|(sku, channel, (requested, free, kept, _))| {
            Rejection::QuotaExceeded { sku, channel, requested, free, kept }
        }),
        (sku(), four()).prop_map(|(sku, (requested, free, kept, buffer))| Rejection::BufferKept {
            sku,
            requested,
            free,
            kept,
            buffer
        }),
        (sku(), four()).prop_map(|(sku, (requested, open, maximum, _))| {
            let holder = PartyCode::parse("C-1").unwrap();
            Rejection::CustomerMaximum { sku, holder, requested, open, maximum }
        }),
        sku().prop_map(move |sku| {
            let (lot, expiry) = (LotCode::parse("L").unwrap(), day("2027-01-31"));
            Rejection::ExpiresTooEarly { sku, lot, expiry, min_expiry: day("2027-02-01") }
        }),
        (sku(), four()).prop_map(|(sku, (requested, available, _, _))| Rejection::InsufficientInWarehouse {
            sku,
            requested,
            available
        }),
    ]
}

fn end() -> impl Strategy<Value = (ReleaseCause, Option<LocationCode>, Vec<SerialNumber>)> {
    use ReleaseCause::{Asked, Expired, LotExpired, Reallocated, Recalled, Taken};
    let causes = vec![Asked, Expired, Reallocated, Recalled, LotExpired, Taken];
    (prop::sample::select(causes), prop_oneof![Just(None), location().prop_map(Some)], serials())
}

fn date() -> impl Strategy<Value = Option<Date>> {
    prop_oneof![Just(None), Just(Date::parse("2027-01-31").ok()), Just(Date::parse("0999-12-01").ok())]
}

pub(super) fn lot_facts() -> impl Strategy<Value = LotFacts> {
    let attributes = prop::collection::btree_map("[a-z]{1,9}", ".{0,9}", 0..4);
    (lot(), date(), date(), date(), any::<bool>(), attributes).prop_map(
        |(supplier_lot, made, best_before, expiry, has_origin, attributes)| {
            let origin = has_origin.then(|| CountryCode::parse("DE").unwrap());
            LotFacts { supplier_lot, made, best_before, expiry, origin, attributes }
        },
    )
}

fn fact() -> BoxedStrategy<Fact> {
    let negative = prop_oneof![Just(NegativeStock::Allowed), Just(NegativeStock::Forbidden)];
    let partner = prop_oneof![Just(None), "[A-Z0-9_-]{1,32}".prop_map(|text| PartyCode::parse(&text).ok())];
    let whence = (place(), place(), channel());
    let (why, whose) = ((kind(), ".{0,200}", prop::option::of(movement())), (goods(), partner));
    let moved = (0_u32..1000, why, sku(), negative, whence, quantity(), whose);
    prop_oneof![
        moved.prop_map(|(line, why, sku, negative, (from, to, channel), quantity, (goods, partner))| {
            let (kind, reason, reverses) = why;
            let reverses = reverses.map(Box::new);
            Fact::Moved(Moved {
                line,
                kind,
                sku,
                negative,
                from,
                to,
                quantity,
                reason,
                goods,
                channel,
                partner,
                reverses,
            })
        }),
        (0_u32..1000, rule().boxed())
            .prop_map(|(line, rule)| Fact::RuleSet(Box::new(RuleSet { line, rule }))),
        (0_u32..1000, time()).prop_map(|(line, until)| Fact::Locked(StockLock { line, until })),
        (0_u32..1000, time()).prop_map(|(line, until)| Fact::LockPassed(StockLock { line, until })),
        (0_u32..1000, sku(), location(), quantity(), lot(), status(), serials(), order_tests::terms())
            .prop_map(|(line, sku, location, quantity, lot, status, serials, terms)| {
                Fact::Reserved(Reserved { line, sku, location, quantity, lot, status, serials, terms })
            }),
        (0_u32..1000, reservation(), quantity(), lot(), status(), end()).prop_map(
            |(line, reservation, quantity, lot, status, (cause, location, serials))| {
                let released =
                    Released { line, reservation, quantity, lot, status, cause, location, serials };
                Fact::Released(released)
            }
        ),
        carried_tests::moved(),
        (0_u32..1000, sku(), lot_facts()).prop_map(|(line, sku, facts)| {
            let lot = LotCode::parse("L/2").unwrap();
            Fact::LotRecorded(Box::new(LotRecorded { line, sku, lot, facts }))
        }),
        (0_u32..1000, handling_unit_tests::change())
            .prop_map(|(line, change)| Fact::HandlingUnit(Box::new(UnitFact { line, change }))),
        (0_u32..1000, expectation_tests::change())
            .prop_map(|(line, change)| Fact::Expectation(Box::new(ExpectationFact { line, change }))),
        count_tests::fact(),
        order_tests::fact(),
        task_tests::fact(),
        production_tests::fact(),
        delivery_tests::fact(),
    ]
    .boxed()
}

fn of_goods() -> impl Strategy<Value = Rejection> {
    let serial = || "[A-Z0-9]{1,20}".prop_map(|text| SerialNumber::parse(&text).unwrap());
    let code = || "[!-/A-Z0-9a-z]{1,20}".prop_filter_map("not of the set", |text| LotCode::parse(&text).ok());
    let tracking = || prop::sample::select(vec![Tracking::None, Tracking::Lot, Tracking::Serial]);
    prop_oneof![
        (sku(), serial(), location()).prop_map(|(sku, serial, location)| Rejection::DuplicateSerial {
            sku,
            serial,
            location
        }),
        (sku(), serial()).prop_map(|(sku, serial)| Rejection::UnknownSerial { sku, serial }),
        (sku(), serial(), location()).prop_map(|(sku, serial, location)| Rejection::SerialElsewhere {
            sku,
            serial,
            location
        }),
        (sku(), quantity(), quantity()).prop_map(|(sku, expected, given)| Rejection::SerialsExpected {
            sku,
            expected,
            given
        }),
        (sku(), code()).prop_map(|(sku, lot)| Rejection::UnknownLot { sku, lot }),
        (sku(), code(), "[a-z_]{0,9}").prop_map(|(sku, lot, field)| Rejection::LotDiffers {
            sku,
            lot,
            field
        }),
        (sku(), tracking(), tracking()).prop_map(|(sku, held, tracking)| Rejection::TrackingChanged {
            sku,
            held,
            tracking
        }),
    ]
}

fn of_time() -> impl Strategy<Value = Rejection> {
    prop_oneof![
        (sku(), location(), time(), quantity()).prop_map(|(sku, location, at, on_hand)| {
            Rejection::WouldBreakLater { sku, location, at, on_hand }
        }),
        (movement(), movement()).prop_map(|(movement, by)| Rejection::AlreadyReversed { movement, by }),
        (movement(), movement())
            .prop_map(|(movement, reverses)| Rejection::ReversalOfReversal { movement, reverses }),
        movement().prop_map(|movement| Rejection::MovementNotFound { movement }),
        time().prop_map(|until| Rejection::StockLocked { until }),
    ]
}

/// Boxed, as the facts are: a strategy is as large as all that it is made of, and a test's stack is not.
fn rejection() -> BoxedStrategy<Rejection> {
    prop_oneof![
        (sku(), location(), quantity(), quantity()).prop_map(|(sku, location, requested, available)| {
            Rejection::InsufficientAvailable { sku, location, requested, available }
        }),
        reservation().prop_map(|reservation| Rejection::ReservationNotFound { reservation }),
        (reservation(), quantity(), quantity()).prop_map(|(reservation, requested, reserved)| {
            Rejection::ReservationExceeded { reservation, requested, reserved }
        }),
        (sku(), location()).prop_map(|(sku, location)| Rejection::QuantityOverflow { sku, location }),
        of_promises().boxed(),
        of_time(),
        (any::<bool>(), any::<u64>()).prop_map(|(is_bytes, max)| {
            let limit = if is_bytes { DocumentLimit::Bytes } else { DocumentLimit::Facts };
            Rejection::DocumentTooLarge { limit, max }
        }),
        any::<u64>().prop_map(|max| Rejection::TooManyRules { max }),
        of_goods().boxed(),
        handling_unit_tests::rejection().prop_map(Rejection::HandlingUnit),
        expectation_tests::rejection().prop_map(Rejection::Expectation),
        delivery_tests::rejection().prop_map(Rejection::Delivery),
        count_tests::rejection().prop_map(Rejection::Count),
        order_tests::rejection().prop_map(Rejection::Order),
        task_tests::rejection().prop_map(Rejection::Task),
        production_tests::rejection().prop_map(Rejection::Production),
        weight_tests::rejection().prop_map(Rejection::Weight),
    ]
    .boxed()
}

/// Entries are numbered from 1.
fn movement() -> impl Strategy<Value = MovementRef> {
    (1..u64::MAX, any::<u32>()).prop_map(|(n, line)| MovementRef { sequence: Sequence::new(n), line })
}

fn time() -> impl Strategy<Value = Timestamp> {
    (0..253_402_300_799_999_999_i64).prop_map(|micros| Timestamp::from_micros(micros).unwrap())
}

fn outcome() -> BoxedStrategy<Outcome> {
    prop_oneof![
        8 => prop::collection::vec(fact().boxed(), 0..5).prop_map(Outcome::Posted),
        1 => prop::collection::vec(fact().boxed(), 200..300).prop_map(Outcome::Posted),
        4 => (any::<u32>(), rejection().boxed())
            .prop_map(|(line, rejection)| Outcome::Rejected(Refusal { line, rejection })),
    ]
    .boxed()
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
