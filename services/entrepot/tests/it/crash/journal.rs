//! The journal against what was sent, what was answered and what the model says.

use proto::stock::v1::journal_service_client::JournalServiceClient;
use proto::stock::v1::{GetJournalHeadRequest, JournalRecord, ReadJournalRequest};
use rpc::client::MESSAGE_BYTES_MAX;
use stock_core::verify::{Verified, Verifier};
use stock_core::{
    Entry, Fact, Goods, MovementKind, Outcome, Place, Rejection, Released, Reserved, decode_entry,
};
use tonic::transport::Channel;
use vocabulary::{SerialNumber, WarehouseCode};

use super::auditor::{Answer, Book, Verdict};
use super::model::{Model, Ruling};

/// A warehouse's journal, found right.
#[derive(Debug)]
pub(super) struct Audited {
    pub(super) records: Vec<JournalRecord>,
    pub(super) model: Model,
    pub(super) verified: Verified,
    pub(super) refused: usize,
}

/// Reads and checks a whole journal. Every document found is taken out of the book.
pub(super) async fn audit(channel: &Channel, warehouse: &'static str, book: &mut Book) -> Audited {
    let records = read(channel, warehouse).await;
    let mut verifier = Verifier::new(WarehouseCode::parse(warehouse).unwrap());
    let (mut model, mut refused) = (Model::default(), 0);
    for record in &records {
        verifier.push(&record.entry, &record.hash).unwrap();
        let entry = decode_entry(&record.entry).unwrap();
        refused += usize::from(matches!(entry.outcome, Outcome::Rejected(_)));
        check(warehouse, &entry, &mut model, book);
    }
    Audited { records, model, verified: verifier.finish(), refused }
}

/// The entry is a document that was sent, whole, judged as the model judges it, and answered so.
fn check(warehouse: &str, entry: &Entry, model: &mut Model, book: &mut Book) {
    let Some(sent) = book.papers.remove(&entry.request_id.uuid()) else {
        panic!("entry {warehouse}/{} is there twice, or was never sent", entry.sequence);
    };
    let (paper, at) = (&*sent.paper, format!("{warehouse}/{}, {:?}", entry.sequence, sent.paper));
    assert_eq!((paper.warehouse, &paper.reference), (warehouse, &entry.reference), "{at}");
    let effective_at =
        paper.effective_at.map_or_else(|| entry.recorded_at.micros(), |seconds| seconds * 1_000_000);
    assert_eq!(entry.effective_at.micros(), effective_at, "{at}");
    assert_eq!(ruling(&entry.outcome), model.post(paper, entry.sequence, effective_at), "{at}");
    assert!(
        entry.sequence.get() > sent.after,
        "stands before {}, which was answered earlier: {at}",
        sent.after
    );
    if let Some(answer) = &sent.answer {
        assert_eq!(answer, &answer_of(entry), "{at}");
    }
}

/// What is left of the book are documents without an entry; nobody may have been told of one.
pub(super) fn check_rest(book: &Book) {
    let lost = book.papers.values().filter(|sent| sent.answer.is_some()).collect::<Vec<_>>();
    assert!(lost.is_empty(), "{} answered documents are not in a journal, as {:?}", lost.len(), lost.first());
}

async fn read(channel: &Channel, warehouse: &str) -> Vec<JournalRecord> {
    let warehouse = warehouse.to_owned();
    let mut journal = JournalServiceClient::new(channel.clone()).max_decoding_message_size(MESSAGE_BYTES_MAX);
    let mut records: Vec<JournalRecord> = Vec::new();
    loop {
        let after_sequence = records.last().map_or(0, |record| record.sequence);
        let ask = ReadJournalRequest { warehouse: warehouse.clone(), after_sequence, page_size: 5_000 };
        let page = journal.read_journal(ask).await.unwrap().into_inner().records;
        if page.is_empty() {
            break;
        }
        records.extend(page);
    }
    let head = journal.get_journal_head(GetJournalHeadRequest { warehouse }).await.unwrap().into_inner();
    let last = records.last().map(|record| (record.sequence, record.hash.clone()));
    assert_eq!(last, Some((head.sequence, head.hash.into())), "the journal ends at its head");
    records
}

fn answer_of(entry: &Entry) -> Answer {
    let verdict = match &entry.outcome {
        Outcome::Posted(_) => Verdict::Accepted {
            reservations: entry.reservation_ids().iter().map(ToString::to_string).collect(),
            recorded_at: entry.recorded_at.parts(),
            effective_at: entry.effective_at.parts(),
        },
        Outcome::Rejected(refusal) => {
            Verdict::Refused { reason: reason(&refusal.rejection).to_owned(), line: refusal.line }
        }
    };
    Answer { sequence: entry.sequence.get(), verdict }
}

fn ruling(outcome: &Outcome) -> Ruling {
    match outcome {
        Outcome::Posted(facts) => Ok(facts.iter().map(told).collect()),
        Outcome::Rejected(refusal) => Err((refusal.line, reason(&refusal.rejection))),
    }
}

/// A fact in the model's words.
fn told(fact: &Fact) -> String {
    match fact {
        Fact::Moved(moved) => {
            let (from, to) = (place(&moved.from), place(&moved.to));
            let kind = kind(moved.kind);
            let which = moved.goods.as_ref().map_or_else(String::new, |goods| which(goods));
            format!(
                "{} {kind} {} {from} {to} {} {}{which}",
                moved.line, moved.sku, moved.quantity, moved.reason
            )
        }
        Fact::Reserved(reserved) => {
            let Reserved { line, sku, location, quantity, lot, .. } = reserved;
            format!("{line} reserved {sku} {location} {quantity} {}", text(lot))
        }
        Fact::Released(released) => {
            let Released { line, reservation, quantity, lot, .. } = released;
            format!("{line} released {reservation} {quantity} {}", text(lot))
        }
        Fact::LotRecorded(recorded) => {
            let expiry = text(&recorded.facts.expiry);
            format!("{} lot {} {} {expiry}", recorded.line, recorded.sku, recorded.lot)
        }
        Fact::Locked(lock) => format!("{} locked {}", lock.line, lock.until),
        Fact::LockPassed(lock) => format!("{} lock passed {}", lock.line, lock.until),
    }
}

/// Lot, statuses and numbers, in the model's words.
fn which(goods: &Goods) -> String {
    let serials: Vec<_> = goods.serials.iter().map(SerialNumber::as_str).collect();
    format!(" [{} {}>{} {}]", text(&goods.lot), goods.from.status, goods.to.status, serials.join(","))
}

fn text(given: &Option<impl ToString>) -> String {
    given.as_ref().map(ToString::to_string).unwrap_or_default()
}

const fn kind(kind: MovementKind) -> &'static str {
    match kind {
        MovementKind::Receipt => "receipt",
        MovementKind::Issue => "issue",
        MovementKind::Move => "move",
        MovementKind::Adjustment => "adjustment",
        MovementKind::Return => "return",
        MovementKind::Fulfilment => "fulfilment",
        MovementKind::StatusChange => "status_change",
        MovementKind::OwnerChange => "owner_change",
        MovementKind::Consumption => "consumption",
        MovementKind::Production => "production",
        MovementKind::Reversal => "reversal",
    }
}

fn place(place: &Place) -> String {
    match place {
        Place::Real(code) => code.to_string(),
        Place::Virtual(code) => format!("~{code}"),
    }
}

const fn reason(rejection: &Rejection) -> &'static str {
    match rejection {
        Rejection::InsufficientAvailable { .. } => "INSUFFICIENT_AVAILABLE",
        Rejection::ReservationNotFound { .. } => "RESERVATION_NOT_FOUND",
        Rejection::ReservationExceeded { .. } => "RESERVATION_EXCEEDED",
        Rejection::QuantityOverflow { .. } => "QUANTITY_OVERFLOW",
        Rejection::DuplicateSerial { .. } => "DUPLICATE_SERIAL",
        Rejection::UnknownSerial { .. } => "UNKNOWN_SERIAL",
        Rejection::NotExpired { .. } => "RESERVATION_NOT_EXPIRED",
        Rejection::SerialElsewhere { .. } => "SERIAL_ELSEWHERE",
        Rejection::SerialsExpected { .. } => "SERIAL_COUNT",
        Rejection::UnknownLot { .. } => "UNKNOWN_LOT",
        Rejection::LotDiffers { .. } => "LOT_DIFFERS",
        Rejection::TrackingChanged { .. } => "TRACKING_CHANGED",
        Rejection::WouldBreakLater { .. } => "WOULD_BREAK_LATER",
        Rejection::AlreadyReversed { .. } => "ALREADY_REVERSED",
        Rejection::ReversalOfReversal { .. } => "REVERSAL_OF_REVERSAL",
        Rejection::MovementNotFound { .. } => "MOVEMENT_NOT_FOUND",
        Rejection::StockLocked { .. } => "STOCK_LOCKED",
    }
}
