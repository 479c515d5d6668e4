use laws::NegativeStock;
use vocabulary::{LocationCode, Quantity, RequestId, ReservationId, Sequence, Sku, Timestamp, WarehouseCode};

use super::reader::{Field, Reader};
use super::{CodecError, kind};
use crate::entry::{Moved, Released, Reserved};
use crate::{Entry, Fact, Outcome, Place, Refusal, Rejection, RequestDigest};

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

    fn location(&mut self, text: &str) -> Result<LocationCode, CodecError> {
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
            2..=4 => content = Some((number, field.message())),
            _ => {}
        }
    }
    match content.ok_or(CodecError::Missing("fact"))? {
        (2, moved) => read_moved(decoder, line, moved).map(Fact::Moved),
        (3, reserved) => {
            let [sku, location, amount] = fields(reserved)?;
            Ok(Fact::Reserved(Reserved {
                line,
                sku: Sku::parse(text(sku)?)?,
                location: decoder.location(text(location)?)?,
                quantity: quantity(amount)?,
            }))
        }
        (_, released) => {
            let [sequence, of, amount] = fields(released)?;
            let (reservation, quantity) = (reservation(sequence, of)?, quantity(amount)?);
            Ok(Fact::Released(Released { line, reservation, quantity }))
        }
    }
}

fn read_moved(decoder: &mut Decoder, line: u32, moved: Reader<'_>) -> Result<Moved, CodecError> {
    let [why, sku, from, to, amount, reason, negative, from_virtual, to_virtual] = fields(moved)?;
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
    })
}

fn rejected(mut reader: Reader<'_>) -> Result<Refusal, CodecError> {
    let (mut line, mut content) = (0, None);
    while let Some((number, field)) = reader.next()? {
        match number {
            1 => line = field.small()?,
            2..=5 => content = Some((number, field.message())),
            _ => {}
        }
    }
    let (number, rejection) = content.ok_or(CodecError::Missing("rejection"))?;
    let [first, second, third, fourth] = fields(rejection)?;
    let rejection = match number {
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
        _ => Rejection::QuantityOverflow {
            sku: Sku::parse(text(first)?)?,
            location: LocationCode::parse(text(second)?)?,
        },
    };
    Ok(Refusal { line, rejection })
}

/// The fields 1 to `N`, each as it stands last.
fn fields<'a, const N: usize>(mut reader: Reader<'a>) -> Result<[Option<Field<'a>>; N], CodecError> {
    let mut found = [None; N];
    while let Some((number, field)) = reader.next()? {
        let place = usize::try_from(number).ok().and_then(|number| number.checked_sub(1));
        if let Some(slot) = place.and_then(|place| found.get_mut(place)) {
            *slot = Some(field);
        }
    }
    Ok(found)
}

fn text(field: Option<Field<'_>>) -> Result<&str, CodecError> {
    field.map_or(Ok(""), Field::text)
}

fn number(field: Option<Field<'_>>) -> u64 {
    field.map_or(0, Field::number)
}

fn is_set(field: Option<Field<'_>>) -> bool {
    number(field) != 0
}

fn quantity(decimal: Option<Field<'_>>) -> Result<Quantity, CodecError> {
    let [value] = fields(decimal.ok_or(CodecError::Missing("quantity"))?.message())?;
    Ok(Quantity::parse(text(value)?)?)
}

fn reservation(sequence: Option<Field<'_>>, line: Option<Field<'_>>) -> Result<ReservationId, CodecError> {
    let line = line.map_or(Ok(0), Field::small)?;
    Ok(ReservationId { sequence: Sequence::new(number(sequence)), line })
}

fn sixteen(bytes: &[u8], what: &'static str) -> Result<[u8; 16], CodecError> {
    bytes.try_into().map_err(|_| CodecError::Missing(what))
}
