use laws::NegativeStock;
use vocabulary::{ChannelCode, LotCode, PartyCode, ReservationId, Sscc};

use super::time;
use super::writer::Writer;
use super::{carried, expectation, handling_unit, kind, promise, weight, work};
use crate::entry::Moved;
use crate::goods::{Goods, Standing};
use crate::{Entry, Fact, LotFacts, Outcome, Refusal, Rejection, Tracking};

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
                lot(writer, 4, reserved.lot.as_ref());
                promise::write_terms(writer, reserved);
            });
        }
        Fact::Released(released) => {
            writer.number(1, released.line);
            writer.message(4, |writer| {
                reservation(writer, released.reservation);
                writer.decimal(3, released.quantity);
                lot(writer, 4, released.lot.as_ref());
                promise::write_end(writer, released);
            });
        }
        Fact::LotRecorded(recorded) => {
            writer.number(1, recorded.line);
            writer.message(5, |writer| {
                writer.text(1, recorded.sku.as_str());
                writer.text(2, recorded.lot.as_str());
                writer.message(3, |writer| lot_facts(writer, &recorded.facts));
            });
        }
        Fact::RuleSet(set) => {
            writer.number(1, set.line);
            writer.message(8, |writer| promise::write_rule(writer, &set.rule));
        }
        Fact::Locked(lock) => time::write_lock(writer, 6, lock),
        Fact::LockPassed(lock) => time::write_lock(writer, 7, lock),
        Fact::HandlingUnit(fact) => {
            writer.number(1, fact.line);
            handling_unit::write_change(writer, &fact.change);
        }
        Fact::Expectation(fact) => {
            writer.number(1, fact.line);
            expectation::write_change(writer, &fact.change);
        }
        Fact::PromiseMoved(moved) => {
            writer.number(1, moved.line);
            carried::write_moved(writer, moved);
        }
        Fact::Delivery(_) | Fact::Order(_) | Fact::Task(_) | Fact::Production(_) | Fact::Count(_) => {
            work::write_fact(writer, fact);
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
    if let Some(goods) = &moved.goods {
        write_goods(writer, goods);
    }
    if let Some(reverses) = &moved.reverses {
        writer.number(16, reverses.sequence.get());
        writer.number(17, reverses.line);
    }
    for (field, unit) in [(18, moved.from_unit()), (19, moved.to_unit())] {
        writer.text(field, unit.as_ref().map_or("", Sscc::as_str));
    }
    writer.text(20, moved.partner.as_ref().map_or("", PartyCode::as_str));
    if let Some(weighed) = moved.weight() {
        weight::write_moved(writer, &weighed);
    }
    writer.text(22, moved.channel.as_ref().map_or("", ChannelCode::as_str));
}

/// Defaults are left out: available, and own.
fn write_goods(writer: &mut Writer, goods: &Goods) {
    lot(writer, 10, goods.lot.as_ref());
    goods.serials.iter().for_each(|serial| writer.text(11, serial.as_str()));
    let plain = Standing::default();
    for (field, standing) in [(12, &goods.from), (13, &goods.to)] {
        if standing.status != plain.status {
            writer.text(field, standing.status.as_str());
        }
    }
    for (field, standing) in [(14, &goods.from), (15, &goods.to)] {
        if standing.owner != plain.owner {
            writer.text(field, &standing.owner.to_string());
        }
    }
}

/// A lot's facts as bytes: the message `LotFacts` of `journal_entry.proto`.
pub fn encode_lot_facts(facts: &LotFacts) -> Vec<u8> {
    let mut writer = Writer::default();
    lot_facts(&mut writer, facts);
    writer.finish()
}

fn lot_facts(writer: &mut Writer, facts: &LotFacts) {
    lot(writer, 1, facts.supplier_lot.as_ref());
    for (field, date) in [(2, facts.made), (3, facts.best_before), (4, facts.expiry)] {
        if let Some(date) = date {
            writer.text(field, &date.to_string());
        }
    }
    writer.text(5, facts.origin.as_ref().map_or("", |country| country.as_str()));
    for (name, value) in &facts.attributes {
        writer.message(6, |writer| {
            writer.text(1, name);
            writer.text(2, value);
        });
    }
}

fn lot(writer: &mut Writer, field: u32, lot: Option<&LotCode>) {
    writer.text(field, lot.map_or("", LotCode::as_str));
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
        Rejection::ReservationNotFound { reservation: of } => writer.message(3, |w| reservation(w, *of)),
        Rejection::ReservationExceeded { reservation: id, requested, reserved } => {
            writer.message(4, |writer| {
                reservation(writer, *id);
                writer.decimal(3, requested);
                writer.decimal(4, reserved);
            });
        }
        Rejection::QuantityOverflow { sku, location } => {
            texts(writer, 5, &[sku.as_str(), location.as_str()]);
        }
        Rejection::DuplicateSerial { sku, serial, location } => {
            texts(writer, 6, &[sku.as_str(), serial.as_str(), location.as_str()]);
        }
        Rejection::UnknownSerial { sku, serial } => texts(writer, 7, &[sku.as_str(), serial.as_str()]),
        Rejection::SerialElsewhere { sku, serial, location } => {
            texts(writer, 8, &[sku.as_str(), serial.as_str(), location.as_str()]);
        }
        Rejection::SerialsExpected { sku, expected, given } => writer.message(9, |writer| {
            writer.text(1, sku.as_str());
            writer.decimal(2, expected);
            writer.decimal(3, given);
        }),
        Rejection::UnknownLot { sku, lot } => texts(writer, 10, &[sku.as_str(), lot.as_str()]),
        Rejection::LotDiffers { sku, lot, field } => {
            texts(writer, 11, &[sku.as_str(), lot.as_str(), field]);
        }
        Rejection::TrackingChanged { sku, held, tracking } => {
            texts(writer, 12, &[sku.as_str(), tracking_word(*held), tracking_word(*tracking)]);
        }
        Rejection::WouldBreakLater { .. }
        | Rejection::AlreadyReversed { .. }
        | Rejection::ReversalOfReversal { .. }
        | Rejection::MovementNotFound { .. }
        | Rejection::StockLocked { .. } => time::write_rejection(writer, &refusal.rejection),
        Rejection::DocumentTooLarge { limit, max } => writer.message(65, |writer| {
            writer.text(1, limit.as_str());
            writer.number(2, *max);
        }),
        Rejection::NotExpired { .. }
        | Rejection::SerialReserved { .. }
        | Rejection::SerialNotReserved { .. }
        | Rejection::QuotaExceeded { .. }
        | Rejection::BufferKept { .. }
        | Rejection::CustomerMaximum { .. }
        | Rejection::ExpiresTooEarly { .. }
        | Rejection::InsufficientInWarehouse { .. }
        | Rejection::StatusInUse { .. }
        | Rejection::StatusNotAvailable { .. } => promise::write_rejection(writer, &refusal.rejection),
        Rejection::PromisedElsewhere { .. } => carried::write_rejection(writer, &refusal.rejection),
        Rejection::TooManyRules { max } => writer.message(66, |writer| writer.number(1, *max)),
        Rejection::HandlingUnit(rejection) => handling_unit::write_rejection(writer, rejection),
        Rejection::Expectation(rejection) => expectation::write_rejection(writer, rejection),
        Rejection::Weight(rejection) => weight::write_rejection(writer, rejection),
        Rejection::Delivery(_)
        | Rejection::Order(_)
        | Rejection::Task(_)
        | Rejection::Production(_)
        | Rejection::Count(_) => work::write_rejection(writer, &refusal.rejection),
    }
}

const fn tracking_word(tracking: Tracking) -> &'static str {
    match tracking {
        Tracking::None => "",
        Tracking::Lot | Tracking::Serial => tracking.as_str(),
    }
}

/// A message of texts, from its first field on.
pub(super) fn texts(writer: &mut Writer, field: u32, texts: &[&str]) {
    writer.message(field, |writer| {
        (1..).zip(texts).for_each(|(field, text)| writer.text(field, text));
    });
}

pub(super) fn reservation(writer: &mut Writer, id: ReservationId) {
    writer.number(1, id.sequence.get());
    writer.number(2, id.line);
}
