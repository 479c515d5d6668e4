use laws::NegativeStock;
use vocabulary::ReservationId;

use super::kind;
use super::writer::Writer;
use crate::entry::Moved;
use crate::{Entry, Fact, Outcome, Refusal, Rejection};

/// An entry of one line takes about this much.
const BYTES_A_LINE: usize = 96;
const BYTES_AN_ENTRY: usize = 96;

/// The entry's bytes: the message `JournalEntry` of `journal_entry.proto`, its fields by their numbers there.
pub fn encode_entry(entry: &Entry) -> Vec<u8> {
    let lines = match &entry.outcome {
        Outcome::Posted(facts) => facts.len(),
        Outcome::Rejected(_) => 1,
    };
    let capacity = lines.saturating_mul(BYTES_A_LINE).saturating_add(BYTES_AN_ENTRY);
    let mut writer = Writer::with_capacity(capacity);
    writer.number(1, entry.sequence.get());
    writer.text(2, entry.warehouse.as_str());
    writer.bytes(3, entry.request_id.as_bytes());
    writer.bytes(4, entry.digest.as_bytes());
    writer.signed(5, entry.effective_at.micros());
    writer.signed(6, entry.recorded_at.micros());
    writer.text(7, &entry.reference);
    match &entry.outcome {
        Outcome::Posted(facts) => writer.message(8, |posted| {
            facts.iter().for_each(|each| posted.message(1, |writer| fact(writer, each)));
        }),
        Outcome::Rejected(refusal) => writer.message(9, |writer| rejected(writer, refusal)),
    }
    writer.finish()
}

fn fact(writer: &mut Writer, fact: &Fact) {
    match fact {
        Fact::Moved(moved) => {
            writer.number(1, moved.line);
            writer.message(2, |writer| write_moved(writer, moved));
        }
        Fact::Reserved(reserved) => {
            writer.number(1, reserved.line);
            writer.message(3, |writer| {
                writer.text(1, reserved.sku.as_str());
                writer.text(2, reserved.location.as_str());
                writer.decimal(3, reserved.quantity);
            });
        }
        Fact::Released(released) => {
            writer.number(1, released.line);
            writer.message(4, |writer| {
                reservation(writer, released.reservation);
                writer.decimal(3, released.quantity);
            });
        }
    }
}

fn write_moved(writer: &mut Writer, moved: &Moved) {
    writer.number(1, kind::to_wire(moved.kind));
    writer.text(2, moved.sku.as_str());
    writer.text(3, moved.from.code().as_str());
    writer.text(4, moved.to.code().as_str());
    writer.decimal(5, moved.quantity);
    writer.text(6, &moved.reason);
    writer.number(7, moved.negative == NegativeStock::Allowed);
    writer.number(8, moved.from.real().is_none());
    writer.number(9, moved.to.real().is_none());
}

fn rejected(writer: &mut Writer, refusal: &Refusal) {
    writer.number(1, refusal.line);
    match &refusal.rejection {
        Rejection::InsufficientAvailable { sku, location, requested, available } => {
            writer.message(2, |writer| {
                writer.text(1, sku.as_str());
                writer.text(2, location.as_str());
                writer.decimal(3, requested);
                writer.decimal(4, available);
            });
        }
        Rejection::ReservationNotFound { reservation: id } => {
            writer.message(3, |writer| reservation(writer, *id));
        }
        Rejection::ReservationExceeded { reservation: id, requested, reserved } => {
            writer.message(4, |writer| {
                reservation(writer, *id);
                writer.decimal(3, requested);
                writer.decimal(4, reserved);
            });
        }
        Rejection::QuantityOverflow { sku, location } => writer.message(5, |writer| {
            writer.text(1, sku.as_str());
            writer.text(2, location.as_str());
        }),
    }
}

fn reservation(writer: &mut Writer, id: ReservationId) {
    writer.number(1, id.sequence.get());
    writer.number(2, id.line);
}
