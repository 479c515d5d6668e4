use laws::NegativeStock;
use vocabulary::{
    ChannelCode, CountryCode, Date, Invalid, LocationCode, LotCode, Owner, PartyCode, Quantity, RequestId,
    ReservationId, Sequence, SerialNumber, Sku, Sscc, StockStatus, Timestamp, WarehouseCode,
};

use super::reader::{Field, Reader};
use super::{CodecError, carried, expectation, handling_unit, kind, promise, time, weight, work};
use crate::entry::{LotRecorded, Moved, Released, Reserved, RuleSet};
use crate::goods::{Goods, Standing};
use crate::{
    DocumentLimit, Entry, ExpectationFact, Fact, LotFacts, Outcome, Place, Refusal, Rejection, RequestDigest,
    Tracking, UnitFact,
};

/// The entry in `bytes`.
///
/// # Errors
/// [`CodecError`] when they hold none.
pub fn decode_entry(bytes: &[u8]) -> Result<Entry, CodecError> {
    Decoder::default().decode(bytes)
}

/// Decodes entries of one journal: the codes that come again and again are checked and allocated once.
#[derive(Debug, Default)]
pub struct Decoder {
    warehouse: Option<WarehouseCode>,
    locations: [Option<LocationCode>; LOCATIONS_KEPT],
}

/// Where goods come from and go to in most entries that stand together.
const LOCATIONS_KEPT: usize = 4;

impl Decoder {
    /// The entry in `bytes`: the message `JournalEntry` of `journal_entry.proto`, its fields by their numbers there.
    ///
    /// # Errors
    /// [`CodecError`] when they hold none.
    pub fn decode(&mut self, bytes: &[u8]) -> Result<Entry, CodecError> {
        entry(self, bytes)
    }

    fn warehouse(&mut self, text: &str) -> Result<WarehouseCode, CodecError> {
        if let Some(known) = self.warehouse.as_ref().filter(|known| known.as_str() == text) {
            return Ok(known.clone());
        }
        let code = WarehouseCode::parse(text)?;
        self.warehouse = Some(code.clone());
        Ok(code)
    }

    pub(super) fn location(&mut self, text: &str) -> Result<LocationCode, CodecError> {
        if let Some(known) = self.locations.iter().flatten().find(|known| known.as_str() == text) {
            return Ok(known.clone());
        }
        let code = LocationCode::parse(text)?;
        self.locations.rotate_right(1);
        if let Some(oldest) = self.locations.first_mut() {
            *oldest = Some(code.clone());
        }
        Ok(code)
    }
}

fn entry(decoder: &mut Decoder, bytes: &[u8]) -> Result<Entry, CodecError> {
    let (mut sequence, mut warehouse, mut request_id, mut digest) = (0, "", &[][..], &[][..]);
    let (mut effective_at, mut recorded_at, mut reference, mut outcome) = (0, 0, "", None);
    let mut reader = Reader::new(bytes);
    while let Some((number, field)) = reader.next()? {
        match number {
            1 => sequence = field.number(),
            2 => warehouse = field.text()?,
            3 => request_id = field.bytes(),
            4 => digest = field.bytes(),
            5 => effective_at = field.number().cast_signed(),
            6 => recorded_at = field.number().cast_signed(),
            7 => reference = field.text()?,
            8 => outcome = Some(Outcome::Posted(facts(decoder, field.message())?)),
            9 => outcome = Some(Outcome::Rejected(rejected(field.message())?)),
            _ => {}
        }
    }
    Ok(Entry {
        sequence: Sequence::new(sequence),
        warehouse: decoder.warehouse(warehouse)?,
        request_id: RequestId::from_bytes(sixteen(request_id, "request id of 16 bytes")?),
        digest: RequestDigest::from_bytes(sixteen(digest, "request digest of 16 bytes")?),
        effective_at: Timestamp::from_micros(effective_at)?,
        recorded_at: Timestamp::from_micros(recorded_at)?,
        reference: reference.to_owned(),
        outcome: outcome.ok_or(CodecError::Missing("outcome"))?,
    })
}

fn facts(decoder: &mut Decoder, mut posted: Reader<'_>) -> Result<Vec<Fact>, CodecError> {
    let mut facts = Vec::with_capacity(1);
    while let Some((number, field)) = posted.next()? {
        if number == 1 {
            facts.push(fact(decoder, field.message())?);
        }
    }
    Ok(facts)
}

fn fact(decoder: &mut Decoder, mut reader: Reader<'_>) -> Result<Fact, CodecError> {
    let (mut line, mut content) = (0, None);
    while let Some((number, field)) = reader.next()? {
        match number {
            1 => line = field.small()?,
            2..=8 => content = Some((number, field.message())),
            other if handling_unit::is_fact(other) || expectation::is_fact(other) => {
                content = Some((other, field.message()))
            }
            other if other == carried::FACT || work::is_fact(other) => {
                content = Some((other, field.message()))
            }
            _ => {}
        }
    }
    match content.ok_or(CodecError::Missing("fact"))? {
        (2, moved) => read_moved(decoder, line, moved).map(Fact::Moved),
        (3, reserved) => {
            let [sku, location, amount, lot, a, b, c, d, _serials, status, e, f] = fields(reserved)?;
            Ok(Fact::Reserved(Reserved {
                line,
                sku: Sku::parse(text(sku)?)?,
                location: decoder.location(text(location)?)?,
                quantity: quantity(amount)?,
                lot: given(lot, LotCode::parse)?,
                status: StockStatus::parse(text(status)?)?,
                serials: promise::serials(reserved, 9)?,
                terms: promise::read_terms([a, b, c, d, e, f])?,
            }))
        }
        (4, released) => {
            let [sequence, of, amount, lot, cause, location, _serials, status] = fields(released)?;
            Ok(Fact::Released(Released {
                line,
                reservation: reservation(sequence, of)?,
                quantity: quantity(amount)?,
                lot: given(lot, LotCode::parse)?,
                status: StockStatus::parse(text(status)?)?,
                cause: promise::cause(cause)?,
                location: given(location, LocationCode::parse)?,
                serials: promise::serials(released, 7)?,
            }))
        }
        (8, set) => Ok(Fact::RuleSet(Box::new(RuleSet { line, rule: promise::read_rule(set)? }))),
        (6, lock) => time::read_lock(line, lock).map(Fact::Locked),
        (7, lock) => time::read_lock(line, lock).map(Fact::LockPassed),
        (number, fact) if handling_unit::is_fact(number) => {
            let change = handling_unit::read_change(decoder, (number, fact))?;
            Ok(Fact::HandlingUnit(Box::new(UnitFact { line, change })))
        }
        (number, fact) if expectation::is_fact(number) => {
            let change = expectation::read_change(number, fact)?;
            Ok(Fact::Expectation(Box::new(ExpectationFact { line, change })))
        }
        (carried::FACT, moved) => {
            Ok(Fact::PromiseMoved(Box::new(carried::read_moved(decoder, line, moved)?)))
        }
        (other, changed) if work::is_fact(other) => work::read_fact(other, line, changed),
        (_, recorded) => {
            let [sku, lot, facts] = fields(recorded)?;
            let facts = facts.map_or_else(|| Ok(LotFacts::default()), |facts| lot_facts(facts.message()))?;
            let (sku, lot) = (Sku::parse(text(sku)?)?, LotCode::parse(text(lot)?)?);
            Ok(Fact::LotRecorded(Box::new(LotRecorded { line, sku, lot, facts })))
        }
    }
}

/// A lot's facts, from the bytes of the message `LotFacts`.
///
/// # Errors
/// [`CodecError`] when they hold none.
pub fn decode_lot_facts(bytes: &[u8]) -> Result<LotFacts, CodecError> {
    lot_facts(Reader::new(bytes))
}

fn lot_facts(facts: Reader<'_>) -> Result<LotFacts, CodecError> {
    let [supplier_lot, made, best_before, expiry, origin] = fields(facts)?;
    let mut read = LotFacts {
        supplier_lot: given(supplier_lot, LotCode::parse)?,
        made: given(made, Date::parse)?,
        best_before: given(best_before, Date::parse)?,
        expiry: given(expiry, Date::parse)?,
        origin: given(origin, CountryCode::parse)?,
        ..LotFacts::default()
    };
    for field in repeated(facts, 6) {
        let [name, value] = fields(field?.message())?;
        read.attributes.insert(text(name)?.to_owned(), text(value)?.to_owned());
    }
    Ok(read)
}

fn read_moved(decoder: &mut Decoder, line: u32, moved: Reader<'_>) -> Result<Moved, CodecError> {
    let [why, sku, from, to, amount, reason, negative, from_virtual, to_virtual, rest @ ..]: [_; 22] =
        fields(moved)?;
    let [lot, serials, from_status, to_status, from_owner, to_owner, rest @ ..] = rest;
    let [of, of_line, from_unit, to_unit, partner, weighed, channel] = rest;
    let goods = [lot, serials, from_status, to_status, from_owner, to_owner, from_unit, to_unit, weighed];
    let mut place = |code: Option<Field<'_>>, is_virtual: Option<Field<'_>>| {
        let code = decoder.location(text(code)?)?;
        Ok::<_, CodecError>(if is_set(is_virtual) { Place::Virtual(code) } else { Place::Real(code) })
    };
    Ok(Moved {
        line,
        kind: kind::from_wire(number(why))?,
        sku: Sku::parse(text(sku)?)?,
        negative: if is_set(negative) { NegativeStock::Allowed } else { NegativeStock::Forbidden },
        from: place(from, from_virtual)?,
        to: place(to, to_virtual)?,
        quantity: quantity(amount)?,
        reason: text(reason)?.to_owned(),
        goods: if goods.iter().any(Option::is_some) { read_goods(moved, goods)?.boxed() } else { None },
        channel: given(channel, ChannelCode::parse)?,
        partner: given(partner, PartyCode::parse)?,
        reverses: of.map(|of| time::movement(Some(of), of_line).map(Box::new)).transpose()?,
    })
}

fn read_goods(moved: Reader<'_>, goods: [Option<Field<'_>>; 9]) -> Result<Goods, CodecError> {
    let [lot, _, from_status, to_status, from_owner, to_owner, from_unit, to_unit, weighed] = goods;
    let standing = |status, owner| {
        let (status, owner) = (StockStatus::parse(text(status)?)?, Owner::parse(text(owner)?)?);
        Ok::<_, CodecError>(Standing { status, owner })
    };
    let serial = |field: Result<Field<'_>, CodecError>| Ok(SerialNumber::parse(field?.text()?)?);
    Ok(Goods {
        lot: given(lot, LotCode::parse)?,
        serials: repeated(moved, 11).map(serial).collect::<Result<_, CodecError>>()?,
        from: standing(from_status, from_owner)?,
        to: standing(to_status, to_owner)?,
        from_unit: given(from_unit, Sscc::parse)?,
        to_unit: given(to_unit, Sscc::parse)?,
        weight: weight::read_moved(weighed)?,
    })
}

fn rejected(mut reader: Reader<'_>) -> Result<Refusal, CodecError> {
    let (mut line, mut content) = (0, None);
    while let Some((number, field)) = reader.next()? {
        match number {
            1 => line = field.small()?,
            2..=17 | 20..=29 | 65..=66 => content = Some((number, field.message())),
            other if handling_unit::is_rejection(other) || weight::is_rejection(other) => {
                content = Some((other, field.message()));
            }
            other if expectation::is_rejection(other) => content = Some((other, field.message())),
            other if other == carried::REJECTION || work::is_rejection(other) => {
                content = Some((other, field.message()));
            }
            _ => {}
        }
    }
    let (number, rejection) = content.ok_or(CodecError::Missing("rejection"))?;
    let rejection = match number {
        n if handling_unit::is_rejection(n) => handling_unit::read_rejection(n, rejection)?.into(),
        n if expectation::is_rejection(n) => expectation::read_rejection(n, rejection)?.into(),
        n if weight::is_rejection(n) => weight::read_rejection(n, rejection)?.into(),
        n if work::is_rejection(n) => work::read_rejection(n, rejection)?,
        carried::REJECTION => carried::read_rejection(rejection)?,
        _ => of_stock(number, rejection)?,
    };
    Ok(Refusal { line, rejection })
}

fn of_stock(number: u64, rejection: Reader<'_>) -> Result<Rejection, CodecError> {
    let [first, second, third, fourth] = fields(rejection)?;
    Ok(match number {
        2 => Rejection::InsufficientAvailable {
            sku: Sku::parse(text(first)?)?,
            location: LocationCode::parse(text(second)?)?,
            requested: quantity(third)?,
            available: quantity(fourth)?,
        },
        3 => Rejection::ReservationNotFound { reservation: reservation(first, second)? },
        4 => Rejection::ReservationExceeded {
            reservation: reservation(first, second)?,
            requested: quantity(third)?,
            reserved: quantity(fourth)?,
        },
        5 => Rejection::QuantityOverflow {
            sku: Sku::parse(text(first)?)?,
            location: LocationCode::parse(text(second)?)?,
        },
        13..=17 => time::read_rejection(number, [first, second, third, fourth])?,
        20..=29 => promise::read_rejection(number, rejection)?,
        66 => Rejection::TooManyRules { max: self::number(first) },
        65 => Rejection::DocumentTooLarge { limit: document_limit(first)?, max: self::number(second) },
        other => of_goods(other, Sku::parse(text(first)?)?, (second, third))?,
    })
}

/// A refusal about lots, units or tracking.
fn of_goods(
    number: u64,
    sku: Sku,
    (second, third): (Option<Field<'_>>, Option<Field<'_>>),
) -> Result<Rejection, CodecError> {
    let serial = || Ok::<_, CodecError>(SerialNumber::parse(text(second)?)?);
    let location = || Ok::<_, CodecError>(LocationCode::parse(text(third)?)?);
    let lot = || Ok::<_, CodecError>(LotCode::parse(text(second)?)?);
    Ok(match number {
        6 => Rejection::DuplicateSerial { sku, serial: serial()?, location: location()? },
        7 => Rejection::UnknownSerial { sku, serial: serial()? },
        8 => Rejection::SerialElsewhere { sku, serial: serial()?, location: location()? },
        9 => Rejection::SerialsExpected { sku, expected: quantity(second)?, given: quantity(third)? },
        10 => Rejection::UnknownLot { sku, lot: lot()? },
        11 => Rejection::LotDiffers { sku, lot: lot()?, field: text(third)?.to_owned() },
        _ => Rejection::TrackingChanged { sku, held: tracking(second)?, tracking: tracking(third)? },
    })
}

fn document_limit(field: Option<Field<'_>>) -> Result<DocumentLimit, CodecError> {
    DocumentLimit::parse(text(field)?).ok_or(CodecError::Missing("limit"))
}

fn tracking(field: Option<Field<'_>>) -> Result<Tracking, CodecError> {
    match text(field)? {
        "" => Ok(Tracking::None),
        "lot" => Ok(Tracking::Lot),
        "serial" => Ok(Tracking::Serial),
        other => Err(CodecError::Protobuf(format!("no tracking is called {other:?}"))),
    }
}

/// A text that may be absent.
pub(super) fn given<T>(
    field: Option<Field<'_>>,
    parse: impl FnOnce(&str) -> Result<T, Invalid>,
) -> Result<Option<T>, CodecError> {
    match text(field)? {
        "" => Ok(None),
        text => Ok(Some(parse(text)?)),
    }
}

/// Every field of this number, in order.
pub(super) fn repeated(
    mut reader: Reader<'_>,
    wanted: u64,
) -> impl Iterator<Item = Result<Field<'_>, CodecError>> {
    std::iter::from_fn(move || reader.next().transpose())
        .filter(move |found| found.as_ref().map_or(true, |(number, _)| *number == wanted))
        .map(|found| found.map(|(_, field)| field))
}

/// The fields 1 to `N`, each as it stands last.
pub(super) fn fields<'a, const N: usize>(
    mut reader: Reader<'a>,
) -> Result<[Option<Field<'a>>; N], CodecError> {
    let mut found = [None; N];
    while let Some((number, field)) = reader.next()? {
        let place = usize::try_from(number).ok().and_then(|number| number.checked_sub(1));
        if let Some(slot) = place.and_then(|place| found.get_mut(place)) {
            *slot = Some(field);
        }
    }
    Ok(found)
}

pub(super) fn text(field: Option<Field<'_>>) -> Result<&str, CodecError> {
    field.map_or(Ok(""), Field::text)
}

pub(super) fn number(field: Option<Field<'_>>) -> u64 {
    field.map_or(0, Field::number)
}

pub(super) fn is_set(field: Option<Field<'_>>) -> bool {
    number(field) != 0
}

pub(super) fn quantity(decimal: Option<Field<'_>>) -> Result<Quantity, CodecError> {
    let [value] = fields(decimal.ok_or(CodecError::Missing("quantity"))?.message())?;
    Ok(Quantity::parse(text(value)?)?)
}

pub(super) fn reservation(
    sequence: Option<Field<'_>>,
    line: Option<Field<'_>>,
) -> Result<ReservationId, CodecError> {
    let line = line.map_or(Ok(0), Field::small)?;
    Ok(ReservationId { sequence: Sequence::new(number(sequence)), line })
}

fn sixteen(bytes: &[u8], what: &'static str) -> Result<[u8; 16], CodecError> {
    bytes.try_into().map_err(|_| CodecError::Missing(what))
}
