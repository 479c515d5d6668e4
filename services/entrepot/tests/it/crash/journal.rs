//! The journal against what was sent, what was answered and what the model says.

use std::collections::BTreeMap;
use std::time::Duration;

use proto::stock::v1::journal_service_client::JournalServiceClient;
use proto::stock::v1::stock_service_client::StockServiceClient;
use proto::stock::v1::{
    GetJournalHeadRequest, JournalRecord, ListReservationsRequest, ReadJournalRequest, TailJournalRequest,
};
use rpc::client::MESSAGE_BYTES_MAX;
use stock_core::verify::{Verified, Verifier};
use stock_core::{
    Entry, Fact, Goods, MovementKind, Outcome, Place, Refusal, Rejection, Released, Reserved, Terms,
    UnitChange, UnitRejection, WeightRejection, decode_entry,
};
use tokio::time::timeout;
use tonic::transport::Channel;
use vocabulary::{SerialNumber, WarehouseCode};

use super::auditor::{Answer, Book, Sent, Verdict};
use super::holds::Holds;
use super::merges::{self, Merged};
use super::model::{Model, Ruling};
use super::rules;
use super::taking_back;
use super::weighed;
use super::{counted, delivered, expected, ordered, produced, tasked};

/// How long a promise may take to end by itself, when nobody posts any more.
const PROMISE_MAX: Duration = Duration::from_secs(60);

/// A warehouse's journal, found right.
#[derive(Debug)]
pub(super) struct Audited {
    pub(super) records: Vec<JournalRecord>,
    pub(super) model: Model,
    pub(super) verified: Verified,
    pub(super) refused: usize,
    /// Promises whose time was over, by the server's own documents.
    pub(super) ended: usize,
    /// Documents that held lots.
    pub(super) held: usize,
    /// All of the server's own documents, with those of promises that had ended before.
    pub(super) own: usize,
}

/// Reads and checks a whole journal. Every document found is taken out of the book.
pub(super) async fn audit(channel: &Channel, warehouse: &'static str, book: &mut Book) -> Audited {
    let records = read(channel, warehouse).await;
    let mut verifier = Verifier::new(WarehouseCode::parse(warehouse).unwrap());
    let (mut model, mut holds) = (Model::default(), Holds::default());
    let (mut refused, mut ended, mut held, mut own) = (0, 0, 0, 0);
    for record in &records {
        verifier.push(&record.entry, &record.hash).unwrap();
        let entry = decode_entry(&record.entry).unwrap();
        let is_sent = book.papers.contains_key(&entry.request_id.uuid());
        own += usize::from(!is_sent);
        match (is_sent, entry.reference.as_str()) {
            (false, "expired") => ended += check_end(&entry, &mut model),
            (false, "hold recalled" | "hold expired") => {
                held += 1;
                holds.check(warehouse, &entry, &posted(&entry), (&mut model, &book.news));
            }
            _ => {
                refused += usize::from(matches!(entry.outcome, Outcome::Rejected(_)));
                check(warehouse, &entry, &mut model, book);
            }
        }
        holds.note(&model);
    }
    holds.finish(warehouse, &model, &book.news);
    Audited { records, model, verified: verifier.finish(), refused, ended, held, own }
}

/// The facts of one of the server's own documents that is never refused.
fn posted(entry: &Entry) -> Vec<String> {
    ruling(&entry.outcome).unwrap_or_else(|refusal| panic!("{refusal:?}: {entry:?}"))
}

/// A promise ends when its time is over and not before, once; or somebody was faster. How many ended.
fn check_end(entry: &Entry, model: &mut Model) -> usize {
    let facts = match &entry.outcome {
        Outcome::Posted(facts) => facts,
        Outcome::Rejected(Refusal { rejection: Rejection::ReservationNotFound { reservation }, .. }) => {
            assert!(!model.promises.contains_key(reservation), "{entry:?}");
            return 0;
        }
        Outcome::Rejected(refusal) => panic!("{refusal:?}"),
    };
    let Some(Fact::Released(first)) = facts.first() else { panic!("{facts:?}") };
    let ended = model.expire(first.reservation, entry.recorded_at.micros());
    assert_eq!(facts.iter().map(told).collect::<Vec<_>>(), ended);
    1
}

/// Waits until every promise has ended that does so by itself.
pub(super) async fn settle(channel: &Channel, warehouse: &str) {
    let mut stock = StockServiceClient::new(channel.clone());
    let mut journal = JournalServiceClient::new(channel.clone());
    loop {
        let (warehouse, filter) = (warehouse.to_owned(), "kind = \"soft\"".to_owned());
        let ask = ListReservationsRequest { warehouse: warehouse.clone(), filter, ..Default::default() };
        let soft = stock.list_reservations(ask).await.unwrap().into_inner();
        if soft.reservations.is_empty() {
            return;
        }
        let ask = TailJournalRequest { warehouse, after_sequence: soft.as_of_sequence };
        let mut tail = journal.tail_journal(ask).await.unwrap().into_inner();
        timeout(PROMISE_MAX, tail.message()).await.expect("soft promises end").unwrap().unwrap();
    }
}

/// The entry is a document that was sent, whole, judged as the model judges it, and answered so.
fn check(warehouse: &str, entry: &Entry, model: &mut Model, book: &mut Book) {
    let Some(sent) = book.papers.remove(&entry.request_id.uuid()) else {
        panic!("entry {warehouse}/{} is there twice, or was never sent", entry.sequence);
    };
    let (paper, at) = (&*sent.paper, format!("{warehouse}/{}, {:?}", entry.sequence, sent.paper));
    assert_eq!((paper.warehouse, &paper.reference), (warehouse, &entry.reference), "{at}");
    let own_time = entry.recorded_at.micros();
    let said = paper.effective_at.map_or(own_time, |seconds| seconds * 1_000_000);
    // What a device did happened when the warehouse learns of it, if it cannot have happened when the device says.
    let may_move =
        sent.merged.is_some() && model.clone().post(paper, entry.sequence, said).is_err_and(is_too_early);
    let effective_at = if may_move { own_time } else { said };
    assert_eq!(entry.effective_at.micros(), effective_at, "{at}");
    assert!(!sent.is_over && weighed::fault(paper).is_none(), "posted after all: {at}");
    let (ruled, known) = (ruling(&entry.outcome), sent.known..=book.news.knowable(warehouse, entry.sequence));
    let times = (effective_at, entry.recorded_at.micros());
    let judged = book.news.judge(model, (paper, entry.sequence, times), known, &ruled);
    assert_eq!(ruled, judged, "{at}");
    assert!(
        entry.sequence.get() > sent.after,
        "stands before {}, which was answered earlier: {at}",
        sent.after
    );
    if let Some(answer) = &sent.answer {
        assert_eq!(answer, &answer_of(entry), "{at}");
    }
    if let Some(merged) = &sent.merged {
        merges::check(merged, entry, &mut book.shifts);
    }
}

fn is_too_early((_, reason): (u32, &'static str)) -> bool {
    reason == "WOULD_BREAK_LATER"
}

/// What is left of the book are documents without an entry; nobody may have been told of one.
pub(super) fn check_rest(book: &Book, journals: &BTreeMap<&'static str, Audited>) {
    for sent in book.papers.values() {
        if let Some(recalled) = sent.recalled.clone() {
            let model = &journals[sent.paper.warehouse].model;
            taking_back::check_recalled(sent, recalled, (&book.news, model));
        }
    }
    let is_lost = |sent: &&Sent| sent.answer.is_some() || sent.merged.as_ref().is_some_and(Merged::is_there);
    let lost = book.papers.values().filter(is_lost).collect::<Vec<_>>();
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
            boxes: entry.opened_units().iter().map(ToString::to_string).collect(),
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
                "{} {kind} {} {from} {to} {} {}{which}{}",
                moved.line,
                moved.sku,
                moved.quantity,
                moved.reason,
                text(&moved.channel)
            )
        }
        Fact::Reserved(reserved) => {
            let Reserved { line, sku, location, quantity, lot, status, serials, terms } = reserved;
            let (lot, serials, terms) = (text(lot), numbers(serials), terms.as_deref().cloned());
            let Terms { expires_at, priority, holder, channel, .. } = terms.unwrap_or_default();
            let expires_at = expires_at.map(|time| time.parts().0);
            let terms = format!("{expires_at:?} {} {} {}", priority.get(), text(&holder), text(&channel));
            format!("{line} reserved {sku} {location} {quantity} {lot} {status} {serials} {terms}")
        }
        Fact::Released(released) => {
            let Released { line, reservation, quantity, lot, status, cause, location, serials } = released;
            let (lot, at, serials) = (text(lot), text(location), numbers(serials));
            format!("{line} released {reservation} {quantity} {lot} {status} {at} {serials} {cause:?}")
        }
        Fact::PromiseMoved(moved) => {
            let (lot, serials) = (text(&moved.lot), numbers(&moved.serials));
            let (from, to, status) = (&moved.from, &moved.to, moved.status);
            let what =
                format!("{} {} {} {lot} {status} {serials}", moved.reservation, moved.sku, moved.quantity);
            format!("{} carried {what} {from} {to}", moved.line)
        }
        Fact::LotRecorded(recorded) => {
            let expiry = text(&recorded.facts.expiry);
            format!("{} lot {} {} {expiry}", recorded.line, recorded.sku, recorded.lot)
        }
        Fact::RuleSet(set) => format!("{} rule {}", set.line, rules::told(&set.rule)),
        Fact::Locked(lock) => format!("{} locked {}", lock.line, lock.until),
        Fact::LockPassed(lock) => format!("{} lock passed {}", lock.line, lock.until),
        Fact::HandlingUnit(fact) => format!("{} {}", fact.line, changed(&fact.change)),
        Fact::Expectation(fact) => expected::told(fact),
        Fact::Delivery(fact) => delivered::told(fact),
        Fact::Order(fact) => ordered::told(fact),
        Fact::Task(fact) => tasked::told(fact),
        Fact::Production(fact) => produced::told(fact),
        Fact::Count(fact) => counted::told(fact),
    }
}

/// What happened to a handling unit, in the model's words.
fn changed(change: &UnitChange) -> String {
    match change {
        UnitChange::NumbersSet(range) => {
            format!("numbers {} {} {}", range.series.extension_digit, range.next, range.last)
        }
        UnitChange::Opened { unit, kind, location, number } => {
            format!("opened {unit} {kind} {location} {}", format!("{number:?}").to_lowercase())
        }
        UnitChange::Nested { unit, parent } => format!("nested {unit} {}", text(parent)),
        UnitChange::Moved { unit, from, to } => format!("stands {unit} {from} {to}"),
        UnitChange::Closed { unit, end } => format!("closed {unit} {end:?}"),
    }
}

/// Lot, statuses, numbers and handling units, in the model's words.
fn which(goods: &Goods) -> String {
    let (from, to, serials) = (goods.from.status, goods.to.status, numbers(&goods.serials));
    let (out_of, into) = (text(&goods.from_unit), text(&goods.to_unit));
    let weight = goods.weight.as_ref().map_or_else(String::new, weighed::told);
    format!(" [{} {from}>{to} {serials} {out_of}>{into}]{weight}", text(&goods.lot))
}

fn numbers(serials: &[SerialNumber]) -> String {
    serials.iter().map(SerialNumber::as_str).collect::<Vec<_>>().join(",")
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
        MovementKind::Repack => "repack",
        MovementKind::Usage => "usage",
    }
}

fn place(place: &Place) -> String {
    match place {
        Place::Real(code) => code.to_string(),
        Place::Virtual(code) => format!("~{code}"),
    }
}

pub(super) const fn reason(rejection: &Rejection) -> &'static str {
    match rejection {
        Rejection::InsufficientAvailable { .. } => "INSUFFICIENT_AVAILABLE",
        Rejection::ReservationNotFound { .. } => "RESERVATION_NOT_FOUND",
        Rejection::ReservationExceeded { .. } => "RESERVATION_EXCEEDED",
        Rejection::QuantityOverflow { .. } => "QUANTITY_OVERFLOW",
        Rejection::DuplicateSerial { .. } => "DUPLICATE_SERIAL",
        Rejection::UnknownSerial { .. } => "UNKNOWN_SERIAL",
        Rejection::PromisedElsewhere { .. } => "PROMISED_ELSEWHERE",
        Rejection::NotExpired { .. } => "RESERVATION_NOT_EXPIRED",
        Rejection::SerialReserved { .. } => "SERIAL_RESERVED",
        Rejection::SerialNotReserved { .. } => "SERIAL_NOT_RESERVED",
        Rejection::StatusInUse { .. } => "STATUS_IN_USE",
        Rejection::StatusNotAvailable { .. } => "STATUS_NOT_AVAILABLE",
        Rejection::QuotaExceeded { .. } => "QUOTA_EXCEEDED",
        Rejection::BufferKept { .. } => "BUFFER_KEPT",
        Rejection::CustomerMaximum { .. } => "CUSTOMER_MAXIMUM",
        Rejection::ExpiresTooEarly { .. } => "EXPIRES_TOO_EARLY",
        Rejection::InsufficientInWarehouse { .. } => "INSUFFICIENT_AVAILABLE",
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
        Rejection::TooManyRules { .. } => "TOO_MANY_RULES",
        Rejection::DocumentTooLarge { .. } => "DOCUMENT_TOO_LARGE",
        Rejection::HandlingUnit(rejection) => reason_of_unit(rejection),
        Rejection::Expectation(rejection) => expected::reason(rejection),
        Rejection::Delivery(rejection) => delivered::reason(rejection),
        Rejection::Task(rejection) => tasked::reason(rejection),
        Rejection::Order(rejection) => ordered::reason(rejection),
        Rejection::Production(rejection) => produced::reason(rejection),
        Rejection::Count(rejection) => counted::reason(rejection),
        Rejection::Weight(rejection) => reason_of_weight(rejection),
    }
}

const fn reason_of_weight(rejection: &WeightRejection) -> &'static str {
    match rejection {
        WeightRejection::Missing { .. } => "WEIGHT_MISSING",
        WeightRejection::Unexpected { .. } => "WEIGHT_UNEXPECTED",
        WeightRejection::Changed { .. } => "WEIGHING_CHANGED",
        WeightRejection::Insufficient { .. } => "INSUFFICIENT_WEIGHT",
        WeightRejection::OfSeveral { .. } => "WEIGHT_OF_SEVERAL",
    }
}

const fn reason_of_unit(rejection: &UnitRejection) -> &'static str {
    match rejection {
        UnitRejection::NotFound { .. } => "HANDLING_UNIT_NOT_FOUND",
        UnitRejection::SsccReused { .. } => "SSCC_REUSED",
        UnitRejection::NumbersExhausted { .. } => "NUMBER_RANGE_EXHAUSTED",
        UnitRejection::NumbersTaken { .. } => "NUMBER_RANGE_TAKEN",
        UnitRejection::PackedInUnit { .. } => "PACKED_IN_UNIT",
        UnitRejection::Insufficient { .. } => "INSUFFICIENT_IN_UNIT",
        UnitRejection::Elsewhere { .. } => "HANDLING_UNIT_ELSEWHERE",
        UnitRejection::NotEmpty { .. } => "HANDLING_UNIT_NOT_EMPTY",
        UnitRejection::BadNesting { .. } => "BAD_NESTING",
        UnitRejection::TooLarge { .. } => "HANDLING_UNIT_TOO_LARGE",
    }
}
