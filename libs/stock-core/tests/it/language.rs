//! A small language of documents, for tests. After `@` stand the goods where they are not plain: `@ lot=L1 serials=S1,S2
//! status=damaged owner=consignment:ACME expiry=2027-01-31 partner=ACME`, or `@ by=lot` for an item whose lots are chosen. The lines: `receive SKU LOCATION QUANTITY`, `issue …`, `move SKU FROM TO QUANTITY` (`@ of=ID` moves what is promised),
//! `adjust SKU LOCATION DELTA REASON`, `return …`, `reserve …`, `release ID [QUANTITY]`, `fulfil ID [QUANTITY]`,
//! `status SKU LOCATION QUANTITY TO`, `own SKU LOCATION QUANTITY`, `consume …`, `produce …`,
//! `expire SKU LOT`, `recall SKU LOT`; and
//! `stock SKU LOCATION`, which asks. Lines about handling units: see [`crate::handling_units`]. Items whose code starts with `N` may go
//! negative, and others while their policy allows it: `issue A+ MAIN 3`. Before a document may stand when it happened, in
//! microseconds: `at 5 issue A MAIN 3`. `about 5 …` moves to now where it cannot have
//! happened then, `pass at 5 …` passes the lock, and `on 2026-01-31 …` is judged on that day. `stock A MAIN` may end in a time, and a
//! sequence: `stock A MAIN at 5 known 3`. `reverse 3-0` takes back, and `lock 5` locks.
//! Lines about what is expected, and `for CODE LINE`: see [`crate::expectations`]. Those about deliveries: see [`crate::deliveries`]; about
//! counts: see [`crate::counts`]; about outbound orders: see [`crate::orders`]; about tasks: see [`crate::tasks`]; about production orders: see
//! [`crate::making`].

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::{
    counts, deliveries, expectations, handling_units, holds, lacking, making, orders, statuses, tasks,
};
use laws::NegativeStock;
use stock_core::verify::{Verified, Verifier, state_digest};
use stock_core::{
    Action, AsOf, ChainHash, Decision, Document, Entry, HistoryRow, HoldCause, HoldLot, Holding, Line,
    LineGoods, LotRow, MovementRef, Place, PositionRow, RequestDigest, Reservation, Reversed, RuleRow,
    SerialRow, Snapshot, State, StoredPosition, Touched, decide, decode_entry, encode_entry,
};
use vocabulary::{
    Date, LocationCode, LotCode, Quantity, RequestId, ReservationId, Sequence, SerialNumber, Sku,
    StockStatus, Timestamp, WarehouseCode,
};

use crate::claims::rule;
use crate::naming::{goods_of, measured};
use crate::refusals::answer;

/// A warehouse with its journal.
#[derive(Debug)]
pub(crate) struct Warehouse {
    pub(crate) state: State,
    pub(crate) journal: Vec<(Vec<u8>, ChainHash)>,
    hash: ChainHash,
    checkpoint: Checkpoint,
}

/// What a document says of its time.
#[derive(Debug, Default)]
struct Told {
    effective_at: Option<Timestamp>,
    pass_lock: bool,
    time_may_move: bool,
    today: Option<Date>,
}

/// What is stored of a warehouse, as changes come.
#[derive(Debug, Default)]
struct Checkpoint {
    positions: BTreeMap<(Sku, LocationCode, Holding), StoredPosition>,
    reservations: BTreeMap<ReservationId, Reservation>,
    lots: Vec<LotRow>,
    serials: BTreeMap<(Sku, SerialNumber), SerialRow>,
    rules: Vec<RuleRow>,
    histories: Vec<HistoryRow>,
    reversed: Vec<Reversed>,
    locked_until: Option<Timestamp>,
    units: handling_units::Stored,
    expectations: expectations::Stored,
    deliveries: deliveries::Stored,
    counts: counts::Stored,
    orders: orders::Stored,
    tasks: tasks::Stored,
    production: making::Stored,
}

impl Checkpoint {
    fn take(&mut self, touched: Touched) {
        let positions = touched.positions.into_iter();
        let key = |row: &PositionRow| (row.sku.clone(), row.location.clone(), row.holding.clone());
        self.positions.extend(positions.map(|stored| (key(&stored.row), stored)));
        self.histories.extend(touched.histories);
        self.reversed.extend(touched.reversed);
        self.locked_until = touched.locked_until.or(self.locked_until);
        self.lots.extend(touched.lots);
        self.rules = touched.rules.unwrap_or_else(|| std::mem::take(&mut self.rules));
        self.serials
            .extend(touched.serials.into_iter().map(|row| ((row.sku.clone(), row.serial.clone()), row)));
        self.serials.retain(|key, _| !touched.gone_serials.contains(key));
        self.reservations.extend(touched.reservations.into_iter().map(|held| (held.id, held)));
        self.reservations.retain(|id, _| !touched.ended_reservations.contains(id));
        self.units.take(touched.handling_units);
        self.expectations.take(touched.expectations);
        self.deliveries.take(touched.deliveries);
        self.counts.take(touched.counts);
        self.orders.take(touched.orders);
        self.tasks.take(touched.tasks);
        self.production.take(touched.production_orders);
    }
}

impl Warehouse {
    pub(crate) fn new() -> Self {
        Self {
            state: State::new(code()),
            journal: Vec::new(),
            hash: ChainHash::START,
            checkpoint: Checkpoint::default(),
        }
    }

    /// Posts a document and answers in words.
    pub(crate) fn post(&mut self, text: &str) -> String {
        if let Some(shown) = asked(&self.state, text) {
            return shown;
        }
        if let Some(position) = text.strip_prefix("stock ") {
            return self.stock(position);
        }
        let (pass_lock, text) = text.strip_prefix("pass ").map_or((false, text), |text| (true, text));
        let (today, text) = after_word("on", text);
        let today = today.map(|day| Date::parse(day).unwrap());
        let (about, text) = after_word("about", text);
        let (at, text) = after_word("at", text);
        let lines = text.split(';').map(|text| self.line(text)).collect();
        let effective_at = about.or(at).map(time);
        let told = Told { effective_at, pass_lock, time_may_move: about.is_some(), today };
        self.post_as(told, lines)
    }

    /// A line that may take back what the journal has.
    fn line(&self, text: &str) -> Line {
        let Some(id) = text.trim().strip_prefix("reverse ") else { return line(text) };
        let ReservationId { sequence, line } = reservation(id);
        let at = usize::try_from(sequence.get()).unwrap().checked_sub(1);
        let entry = at.and_then(|at| self.journal.get(at)).map(|(bytes, _)| decode_entry(bytes).unwrap());
        let moved = entry.iter().flat_map(|entry| entry.moved_by(line)).cloned().collect();
        let met = entry.as_ref().and_then(|entry| entry.met_by(line)).cloned().map(Arc::new);
        let arrived = entry.as_ref().map(|entry| entry.arrived_by(line)).unwrap_or_default();
        let progressed = entry.as_ref().and_then(|entry| entry.progressed_by(line)).cloned().map(Arc::new);
        let (movement, reason) = (MovementRef { sequence, line }, "test".to_owned());
        Line::Reverse { movement, moved, met, arrived, progressed, reason }
    }

    fn stock(&self, text: &str) -> String {
        let (text, goods) = text.split_once(" @ ").unwrap_or((text, ""));
        let (position, times) = text.split_once(" at ").unwrap_or((text, ""));
        let (sku, location) = position.split_once(' ').unwrap();
        let holding = goods_of(goods).holding();
        if times.is_empty() {
            let balance = self.state.balance_of(sku, location, &holding);
            let weight = self.state.weight_of(sku, location, &holding);
            let weight = weight.map_or_else(String::new, |weight| format!(", {weight}"));
            return format!("{} on hand, {} reserved{weight}", balance.on_hand, balance.reserved);
        }
        let (at, known) = times.split_once(" known ").unwrap_or((times, "99999"));
        let (effective_at, sequence) = (time(at), Sequence::new(known.parse().unwrap()));
        let there = self.state.on_hand_as_of((sku, location, &holding), AsOf { effective_at, sequence });
        there.unwrap().map_or_else(|| "never".to_owned(), |there| format!("{there} on hand"))
    }

    pub(crate) fn post_lines(&mut self, lines: Vec<Line>) -> String {
        self.post_document(None, lines)
    }

    pub(crate) fn post_document(&mut self, effective_at: Option<Timestamp>, lines: Vec<Line>) -> String {
        self.post_as(Told { effective_at, ..Told::default() }, lines)
    }

    fn post_as(&mut self, told: Told, lines: Vec<Line>) -> String {
        let Told { effective_at, pass_lock, time_may_move, today } = told;
        let number = u8::try_from(self.journal.len() % 251).unwrap();
        let mut id = [number; 16];
        id[..8].copy_from_slice(&(self.journal.len() as u64).to_be_bytes());
        let (request_id, digest) = (RequestId::from_bytes(id), RequestDigest::of(&id));
        let lines = document(lines);
        let document =
            Document { request_id, digest, effective_at, pass_lock, time_may_move, today, ..lines };
        let now = time("1");
        let Decision { effective_at, outcome } = decide(&self.state, &document, now);
        let entry = Entry {
            sequence: self.state.sequence().next(),
            warehouse: code(),
            request_id: document.request_id,
            digest: document.digest,
            effective_at,
            recorded_at: now,
            reference: document.reference,
            outcome,
        };
        let bytes = encode_entry(&entry);
        assert_eq!(decode_entry(&bytes).unwrap(), entry, "an entry is what its bytes say");
        self.state.evolve(&entry).unwrap();
        self.hash = self.hash.next(&bytes);
        self.journal.push((bytes, self.hash));
        // Now and then, so that a checkpoint holds what several entries changed.
        if self.journal.len().is_multiple_of(3) {
            self.checkpoint.take(self.state.take_touched());
        }
        answer(&entry)
    }

    /// The journal keeps every law, and replaying it gives the same state.
    pub(crate) fn assert_sound(&mut self) -> Verified {
        let mut verifier = Verifier::new(code());
        for (bytes, hash) in &self.journal {
            verifier.push(bytes, hash.as_bytes()).unwrap();
        }
        assert_eq!(state_digest(verifier.state()), state_digest(&self.state), "replay gives the same state");
        let history = self.state.history_digest();
        assert_eq!(verifier.state().history_digest(), history, "replay gives the same history");
        self.checkpoint.take(self.state.take_touched());
        assert_eq!(self.state.take_touched(), Touched::default(), "everything was taken");
        let snapshot = Snapshot {
            positions: self.checkpoint.positions.values().cloned().collect(),
            reservations: self.checkpoint.reservations.values().cloned().collect(),
            lots: self.checkpoint.lots.clone(),
            serials: self.checkpoint.serials.values().cloned().collect(),
            rules: self.checkpoint.rules.clone(),
            histories: self.checkpoint.histories.clone(),
            reversed: self.checkpoint.reversed.clone(),
            locked_until: self.checkpoint.locked_until,
            handling_units: self.checkpoint.units.snapshot(),
            expectations: self.checkpoint.expectations.snapshot(),
            deliveries: self.checkpoint.deliveries.snapshot(),
            counts: self.checkpoint.counts.snapshot(),
            orders: self.checkpoint.orders.snapshot(),
            tasks: self.checkpoint.tasks.snapshot(),
            production_orders: self.checkpoint.production.snapshot(),
        };
        let restored = State::restore(code(), self.state.sequence(), snapshot).unwrap();
        assert_eq!(state_digest(&restored), state_digest(&self.state), "a checkpoint gives the same state");
        assert_eq!(restored.next_expiry(), self.state.next_expiry());
        let due = |state: &State| -> Vec<_> {
            let all = state.lots_expired_before(Date::parse("9999-12-31").unwrap());
            let mut due: Vec<_> = all.map(|(sku, lot, date)| (date, sku.clone(), lot.clone())).collect();
            due.sort();
            due
        };
        assert_eq!(due(&restored), due(&self.state), "a checkpoint has the same lots that can expire");
        assert_eq!(restored.history_digest(), history, "a checkpoint gives the same history");
        for state in [&restored, &self.state] {
            handling_units::assert_packed(state);
            statuses::assert_known(state);
            orders::assert_orders(state);
            tasks::assert_alone(state);
            holds::assert_found(state);
            lacking::assert_within(state);
        }
        verifier.finish()
    }
}

/// What is asked for, if it is not the stock.
fn asked(state: &State, text: &str) -> Option<String> {
    let (what, name) = text.split_once(' ')?;
    let show = match what {
        "unit" => handling_units::show,
        "expected" => expectations::show,
        "who" => tasks::show,
        "order" => orders::show,
        "making" => making::show,
        "picks" => orders::picks,
        "delivery" => deliveries::show,
        "count" => counts::show,
        _ => return None,
    };
    Some(show(state, name))
}

/// A document with an id that nothing is posted under.
pub(crate) fn document(lines: Vec<Line>) -> Document {
    Document {
        request_id: RequestId::from_bytes([255; 16]),
        digest: RequestDigest::of(&[]),
        effective_at: None,
        reference: "test".to_owned(),
        lines,
        pass_lock: false,
        time_may_move: false,
        today: None,
    }
}

pub(crate) fn code() -> WarehouseCode {
    WarehouseCode::parse("BER").unwrap()
}

/// One line of the language.
pub(crate) fn line(text: &str) -> Line {
    let of_document = expectations::line(text).or_else(|| deliveries::line(text));
    if let Some(line) = of_document.or_else(|| counts::line(text)) {
        return line;
    }
    if let Some(line) = orders::line(text).or_else(|| tasks::line(text)).or_else(|| making::line(text)) {
        return line;
    }
    let (text, goods) = text.split_once('@').unwrap_or((text, ""));
    let named = goods_of(goods);
    let serials_named = named.serials.clone();
    let item = |sku: &str, n: &str, action| item(sku, n, named.clone(), action);
    let words: Vec<&str> = text.split_whitespace().collect();
    let virtual_place = |name: &str| Place::Virtual(location(name));
    let real = |name: &str| Place::Real(location(name));
    match words.as_slice() {
        ["receive", sku, at, n] => {
            item(sku, n, Action::Receive { from: virtual_place("SUPPLIER"), to: real(at) })
        }
        ["issue", sku, at, n] => {
            item(sku, n, Action::Issue { from: real(at), to: virtual_place("CUSTOMER") })
        }
        ["move", sku, from, to, n] => item(sku, n, Action::Move { from: real(from), to: real(to) }),
        ["return", sku, at, n] => {
            item(sku, n, Action::Return { from: virtual_place("CUSTOMER"), to: real(at) })
        }
        ["reserve", sku, at, n] => {
            let at = (*at != "*").then(|| location(at));
            item(sku, n, Action::Reserve { at })
        }
        ["rule", rest @ ..] => Line::SetRule(rule(rest)),
        ["adjust", sku, at, n, reason] => {
            let (here, there, reason) = (real(at), virtual_place("ADJUSTMENT"), (*reason).to_owned());
            match n.strip_prefix('-') {
                Some(n) => item(sku, n, Action::Adjust { from: here, to: there, reason }),
                None => item(sku, n, Action::Adjust { from: there, to: here, reason }),
            }
        }
        ["release", id, n @ ..] => {
            Line::Release { reservation: reservation(id), quantity: n.first().map(|n| quantity(n)) }
        }
        ["fulfil", id, n @ ..] => Line::Fulfil {
            reservation: reservation(id),
            quantity: n.first().map(|n| quantity(n)),
            serials: serials_named,
            unit: named.unit,
            weight: named.weight.and_then(measured).map(Box::new),
            to: virtual_place("CUSTOMER"),
            partner: named.partner.clone(),
        },
        ["consume", sku, at, n] => {
            item(sku, n, Action::Consume { from: real(at), to: virtual_place("PRODUCTION") })
        }
        ["produce", sku, at, n] => {
            item(sku, n, Action::Produce { from: virtual_place("PRODUCTION"), to: real(at) })
        }
        ["status", sku, at, n, to] => {
            let (at, to, reason) = (real(at), StockStatus::parse(to).unwrap(), "test".to_owned());
            item(sku, n, Action::ChangeStatus { at, to, reason })
        }
        [verb @ ("outdate" | "recall"), sku, lot] => Line::HoldLot(HoldLot {
            sku: Sku::parse(sku).unwrap(),
            lot: LotCode::parse(lot).unwrap(),
            cause: if *verb == "outdate" { HoldCause::Expiry } else { HoldCause::Recall },
            reason: "test".to_owned(),
        }),
        ["lock", until] => Line::LockStock { until: time(until) },
        ["own", sku, at, n] => item(sku, n, Action::TakeOwnership { at: real(at) }),
        ["expire", id, as_of] => Line::Expire { reservation: reservation(id), as_of: time(as_of) },
        other => handling_units::line(other, named),
    }
}

fn item(sku: &str, n: &str, goods: LineGoods, action: Action) -> Line {
    let (sku, is_allowed) =
        sku.strip_suffix('+').map_or_else(|| (sku, sku.starts_with('N')), |sku| (sku, true));
    let negative = if is_allowed { NegativeStock::Allowed } else { NegativeStock::Forbidden };
    Line::Item {
        sku: Sku::parse(sku).unwrap(),
        negative,
        quantity: quantity(n),
        goods: goods.boxed(),
        action,
    }
}

/// `at 5 rest` as 5 and the rest.
fn after_word<'a>(word: &str, text: &'a str) -> (Option<&'a str>, &'a str) {
    let found = text.strip_prefix(word).and_then(|text| text.trim_start().split_once(' '));
    found.map_or((None, text), |(at, text)| (Some(at), text))
}

pub(crate) fn time(micros: &str) -> Timestamp {
    Timestamp::from_micros(micros.parse().unwrap()).unwrap()
}

pub(crate) fn location(name: &str) -> LocationCode {
    LocationCode::parse(name).unwrap()
}

pub(crate) fn quantity(text: &str) -> Quantity {
    Quantity::parse(text).unwrap()
}

pub(crate) fn reservation(text: &str) -> ReservationId {
    ReservationId::parse(text).unwrap()
}
