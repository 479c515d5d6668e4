//! The view against the warehouse itself: random documents are judged by the core, what it answered goes through its bytes into the
//! view, and both must say the same of every slice and every channel.

use std::collections::BTreeMap;

use laws::NegativeStock;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use prost::Message;
use proto::events::v1::JournalEntry;
use stock_core::{
    Action, Claim, Document, Entry, Holding, Line, LineGoods, Moved, MovementRef, Outcome, Place,
    RequestDigest, Rule, State, Terms, Tracking, decide, decode_entry, encode_entry,
};
use visibility::core::{Book, Offer, Slice, Total, Value};
use vocabulary::{
    ChannelCode, LocationCode, LotCode, Owner, PartyCode, Quantity, RequestId, ReservationId, Sequence, Sku,
    StockStatus, Timestamp, WarehouseCode,
};

/// `P` is plain, `L` is tracked by lot.
const SKUS: [&str; 2] = ["P", "L"];
const CHANNELS: [&str; 3] = ["WEB", "POS", "ERP"];

/// A line in numbers: what, then whatever it needs.
#[derive(Debug, Clone, Copy)]
struct Wish {
    verb: u8,
    sku: usize,
    lot: u8,
    status: usize,
    channel: usize,
    number: u32,
}

fn wish() -> impl Strategy<Value = Wish> {
    (0_u8..14, 0_usize..2, 0_u8..2, 0_usize..3, 0_usize..4, 0_u32..12).prop_map(
        |(verb, sku, lot, status, channel, number)| Wish { verb, sku, lot, status, channel, number },
    )
}

/// The warehouse with its journal, and the view that follows it.
struct Pair {
    state: State,
    journal: Vec<Vec<u8>>,
    book: Book,
}

impl Pair {
    fn new() -> Self {
        let state = State::new(WarehouseCode::parse("BER").unwrap());
        Self { state, journal: Vec::new(), book: Book::default() }
    }

    fn post(&mut self, wishes: &[Wish]) {
        let lines = wishes.iter().map(|wish| self.line(*wish)).collect();
        let sequence = self.state.sequence().next();
        let recorded_at = Timestamp::from_micros(i64::try_from(sequence.get()).unwrap()).unwrap();
        let document = Document {
            request_id: RequestId::from_bytes([7; 16]),
            digest: RequestDigest::from_bytes([9; 16]),
            effective_at: None,
            reference: String::new(),
            lines,
            pass_lock: false,
            time_may_move: false,
            today: None,
        };
        let decision = decide(&self.state, &document, recorded_at);
        let entry = Entry {
            sequence,
            warehouse: self.state.warehouse().clone(),
            request_id: document.request_id,
            digest: document.digest,
            effective_at: decision.effective_at,
            recorded_at,
            reference: String::new(),
            outcome: decision.outcome,
        };
        self.state.evolve(&entry).unwrap();
        let bytes = encode_entry(&entry);
        let told = self.book.offer(&JournalEntry::decode(bytes.as_slice()).unwrap());
        assert!(matches!(told, Ok(Offer::Applied(_))), "{told:?}");
        self.journal.push(bytes);
    }

    fn line(&self, wish: Wish) -> Line {
        let sku = Sku::parse(SKUS[wish.sku]).unwrap();
        let quantity = Quantity::from(wish.number.max(1));
        let real = || Place::Real(LocationCode::parse(["A", "B"][wish.status % 2]).unwrap());
        let outside = |code: &str| Place::Virtual(LocationCode::parse(code).unwrap());
        let item = |goods: LineGoods, action| {
            let (sku, goods, negative) = (sku.clone(), goods.boxed(), NegativeStock::Forbidden);
            Line::Item { sku, negative, quantity, goods, action }
        };
        let reservation = ReservationId { sequence: Sequence::new(u64::from(wish.number) * 2 + 1), line: 0 };
        match wish.verb {
            0..=2 => {
                let (from, to) = (outside("SUPPLIER"), real());
                item(wish.goods(), Action::Receive { from, to })
            }
            3 => item(wish.claimed(), Action::Issue { from: real(), to: outside("CUSTOMER") }),
            4 => item(wish.claimed(), Action::Reserve { at: None }),
            5 => item(wish.claimed(), Action::Reserve { at: real().real().cloned() }),
            6 => Line::Release { reservation, quantity: wish.number.is_multiple_of(2).then_some(quantity) },
            7 => Line::Fulfil {
                reservation,
                quantity: wish.number.is_multiple_of(2).then_some(quantity),
                serials: Vec::new(),
                unit: None,
                weight: None,
                to: outside("CUSTOMER"),
                partner: None,
            },
            8 => {
                let to =
                    [StockStatus::Available, StockStatus::Damaged, StockStatus::Inspection][wish.channel % 3];
                item(wish.goods(), Action::ChangeStatus { at: real(), to, reason: "x".into() })
            }
            9 => item(wish.goods(), Action::TakeOwnership { at: real() }),
            10 => {
                let quantity = (wish.number > 2).then_some(quantity);
                Line::SetRule(match wish.channel() {
                    Some(channel) => Rule::ChannelQuota { sku, channel, quantity },
                    None => Rule::SafetyBuffer { sku, quantity },
                })
            }
            11 => self.reversal(wish),
            12 => Line::SetRule(Rule::StatusCounts {
                status: StockStatus::Damaged,
                counts: !wish.number.is_multiple_of(3),
            }),
            _ => item(wish.claimed(), Action::Consume { from: real(), to: outside("PRODUCTION") }),
        }
    }

    fn reversal(&self, wish: Wish) -> Line {
        let at = usize::try_from(wish.number).unwrap() * 3 % self.journal.len().max(1);
        let entry = self.journal.get(at).map(|bytes| decode_entry(bytes).unwrap());
        let moved: Vec<Moved> = entry.iter().flat_map(|entry| entry.moved_by(0)).cloned().collect();
        let movement = MovementRef { sequence: Sequence::new(u64::try_from(at).unwrap() + 1), line: 0 };
        Line::Reverse {
            movement,
            moved: moved.into(),
            met: None,
            arrived: Vec::new(),
            progressed: None,
            reason: "x".into(),
        }
    }

    fn compare(&self) {
        for sku in SKUS.map(|sku| Sku::parse(sku).unwrap()) {
            let mut owned: BTreeMap<Holding, (Quantity, Quantity)> = BTreeMap::new();
            let mut available = Total::ZERO;
            for row in self.state.positions_of(&sku) {
                let free = row.available(self.state.available_statuses());
                available = available.checked_add(Total::of(free)).unwrap();
                let sum = owned.entry(row.holding).or_default();
                sum.0 = sum.0.checked_add(row.balance.on_hand).unwrap();
                sum.1 = sum.1.checked_add(row.balance.reserved).unwrap();
            }
            owned.retain(|_, (on_hand, reserved)| !on_hand.is_zero() || !reserved.is_zero());
            let owned: Vec<String> =
                owned.iter().map(|(h, (on_hand, reserved))| format!("{h:?} {on_hand} {reserved}")).collect();
            assert_eq!(self.seen(&sku), owned, "slices of {sku}");
            let value = self.book.value(sku.as_str()).unwrap_or_default();
            assert_eq!(value.available().unwrap(), available, "{sku}");
            let detail = self.book.detail(sku.as_str()).cloned().unwrap_or_default();
            for channel in CHANNELS.map(|code| ChannelCode::parse(code).unwrap()) {
                let seen = detail.open_to(&channel, value).unwrap().to_text();
                // As balances are answered to a channel: not less than nothing.
                let owned = self.state.open_to(&sku, &channel).map_or_else(
                    || value.available().unwrap().max(Total::ZERO),
                    |open| Total::of(open.max(Quantity::ZERO)),
                );
                let owned = owned.to_text();
                assert_eq!(seen, owned, "{channel} of {sku}: {detail}");
            }
        }
    }

    /// The slices of an item in the view, the plain one as it follows.
    fn seen(&self, sku: &Sku) -> Vec<String> {
        let prefix = Slice::prefix(sku.as_str());
        let mut slices: BTreeMap<Holding, Value> = BTreeMap::new();
        for (key, value) in self.book.slices(&prefix, "") {
            let Slice { lot, status, owner, .. } = Slice::parse(key).unwrap();
            slices.insert(Holding { lot, status, owner }, value);
        }
        let apart = self.book.detail(sku.as_str()).map(|detail| detail.apart).unwrap_or_default();
        let plain = self.book.value(sku.as_str()).unwrap_or_default().without(apart).unwrap();
        if !plain.is_zero() {
            slices.insert(Holding::default(), plain);
        }
        slices.iter().map(|(h, value)| format!("{h:?} {} {}", value.on_hand, value.reserved)).collect()
    }
}

impl Wish {
    fn channel(self) -> Option<ChannelCode> {
        CHANNELS.get(self.channel).map(|code| ChannelCode::parse(code).unwrap())
    }

    /// Goods as they are told apart.
    fn goods(self) -> LineGoods {
        let is_lot = SKUS[self.sku] == "L";
        let acme = || Owner::Consignment(PartyCode::parse("ACME").unwrap());
        LineGoods {
            tracking: if is_lot { Tracking::Lot } else { Tracking::None },
            lot: is_lot.then(|| LotCode::parse(["L1", "L2"][usize::from(self.lot)]).unwrap()),
            status: [StockStatus::Available, StockStatus::Damaged, StockStatus::Available][self.status],
            owner: if self.status == 2 { acme() } else { Owner::Own },
            ..LineGoods::default()
        }
    }

    /// Available ones of our own, through a channel; a lot is left to be chosen half of the time.
    fn claimed(self) -> LineGoods {
        let terms = Terms { channel: self.channel(), ..Terms::default() };
        let claim = Claim { terms, use_buffer: self.number.is_multiple_of(3), ..Claim::default() };
        let goods = self.goods();
        let lot = goods.lot.filter(|_| self.number.is_multiple_of(2) || self.status == 1);
        let status = if self.status == 1 { goods.status } else { StockStatus::Available };
        LineGoods { tracking: goods.tracking, lot, status, claim: claim.boxed(), ..LineGoods::default() }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn the_view_says_what_the_warehouse_says(documents in prop::collection::vec(prop::collection::vec(wish(), 1..4), 1..80)) {
        let mut pair = Pair::new();
        for wishes in &documents {
            pair.post(wishes);
        }
        pair.compare();
    }
}

/// What is compared happens at all: documents are accepted, quotas are used, promises end.
#[test]
fn random_documents_reach_what_is_compared() {
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let (mut accepted, mut kept, mut slices, mut counted) = (0, 0, 0, 0);
    for _ in 0..50 {
        let documents = prop::collection::vec(wish(), 40..80);
        let wishes = documents.new_tree(&mut runner).unwrap().current();
        let mut pair = Pair::new();
        wishes.iter().for_each(|wish| pair.post(&[*wish]));
        pair.compare();
        let entries = pair.journal.iter().map(|bytes| decode_entry(bytes).unwrap());
        accepted += entries.filter(|entry| matches!(entry.outcome, Outcome::Posted(_))).count();
        counted += usize::from(pair.state.available_statuses().has_others());
        kept += pair.state.rules().iter().filter(|row| !row.used.is_zero()).count();
        slices += SKUS.map(|sku| pair.seen(&Sku::parse(sku).unwrap()).len()).iter().sum::<usize>();
    }
    let enough = accepted > 500 && kept > 5 && slices > 100 && counted > 5;
    assert!(enough, "{accepted} {kept} {slices} {counted}");
}
