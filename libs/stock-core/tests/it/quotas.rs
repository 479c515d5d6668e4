//! What is kept for a channel, a customer's maximum and priorities, with random documents.

use std::collections::BTreeMap;

use proptest::prelude::*;
use stock_core::{AsOf, Entry, Fact, Holding, MovementKind, Outcome, Rule, State, decode_entry};
use vocabulary::{ChannelCode, Quantity, ReservationId, Sequence};

use crate::language::{Warehouse, time};

fn any_line() -> impl Strategy<Value = String> {
    let item = || prop::sample::select(vec!["A", "L"]);
    let place = || prop::sample::select(vec!["MAIN", "PICK"]);
    let anywhere = prop::sample::select(vec!["MAIN", "PICK", "*"]);
    let by = |item: &str| if item == "L" { " by=lot" } else { "" };
    let channel = || prop::sample::select(vec!["", " channel=WEB", " channel=SHOP"]);
    let holder = prop::sample::select(vec!["", " holder=C-1", " holder=C-2"]);
    let may = prop::sample::select(vec!["", "", " may=partial", " may=reallocate", " may=buffer"]);
    let rule = prop::sample::select(vec!["pick=fefo", "pick=fifo", "pick=lifo", "pick=path", "pick=full"]);
    let claim =
        (channel(), holder, 0_u32..4, may, rule).prop_map(|(channel, holder, priority, may, rule)| {
            format!("{rule} priority={priority}{channel}{holder}{may}")
        });
    let lot = prop::sample::select(vec!["X", "Y", "Z"]);
    let amount = prop_oneof![Just(String::new()), (0_u32..9).prop_map(|n| n.to_string())];
    let set = (
        item(),
        prop::sample::select(vec![
            "quota A WEB",
            "quota A SHOP",
            "buffer A",
            "maximum A *",
            "maximum A C-1",
            "least A",
        ]),
        amount,
    );
    let ended = (1_u32..60, 0_u32..3, 1_u32..5);
    prop_oneof![
        4 => (place(), 1_u32..9).prop_map(|(at, n)| format!("receive A {at} {n}")),
        4 => (place(), 1_u32..9, lot).prop_map(|(at, n, lot)| format!("receive L {at} {n} @ lot={lot}")),
        3 => set.prop_map(|(item, rule, n)| format!("rule {} {n}", rule.replace(" A", &format!(" {item}")))),
        8 => (item(), anywhere, 1_u32..9, claim).prop_map(move |(item, at, n, claim)| format!("reserve {item} {at} {n} @ {claim}{}", by(item))),
        3 => (item(), place(), 1_u32..5, channel()).prop_map(move |(item, at, n, channel)| format!("issue {item} {at} {n} @ pick=fefo{}{channel}", by(item))),
        2 => (place(), 1_u32..5).prop_map(|(at, n)| format!("issue A {at} {n}")),
        2 => (place(), 1_u32..5).prop_map(|(at, n)| format!("adjust A {at} -{n} lost")),
        1 => any::<bool>().prop_map(|yes| format!("rule counts returned {}", if yes { "yes" } else { "no" })),
        2 => (place(), 1_u32..5).prop_map(|(at, n)| format!("receive A {at} {n} @ status=returned")),
        2 => (place(), 1_u32..5).prop_map(|(at, n)| format!("receive L {at} {n} @ lot=Y status=returned")),
        1 => (place(), 1_u32..9).prop_map(|(at, n)| format!("issue A {at} {n} @ status=returned")),
        2 => (place(), 1_u32..5, channel()).prop_map(|(at, n, channel)| format!("reserve A {at} {n} @ status=returned{channel}")),
        1 => (place(), 1_u32..5).prop_map(|(at, n)| format!("move A MAIN {at} {n}")),
        3 => ended.clone().prop_map(|(s, l, n)| format!("release {s}-{l} {n}")),
        2 => ended.clone().prop_map(|(s, l, _)| format!("reverse {s}-{l}")),
        3 => ended.prop_map(|(s, l, n)| format!("fulfil {s}-{l} {n}")),
    ]
}

/// What has been used of each quota, counted anew from the facts.
#[derive(Debug, Default)]
struct Model {
    used: BTreeMap<(String, ChannelCode), Quantity>,
    channels: BTreeMap<ReservationId, (String, Option<ChannelCode>)>,
}

impl Model {
    fn add(&mut self, sku: &str, channel: Option<&ChannelCode>, n: Quantity) {
        if let Some(channel) = channel {
            let used = self.used.entry((sku.to_owned(), channel.clone())).or_default();
            *used = used.checked_add(n).unwrap().max(Quantity::ZERO);
        }
    }

    fn take(&mut self, entry: &Entry) {
        let Outcome::Posted(facts) = &entry.outcome else { return };
        for (fact, next) in facts.iter().zip(facts.iter().skip(1).map(Some).chain([None])) {
            match fact {
                Fact::RuleSet(set) => {
                    if let Rule::ChannelQuota { sku, channel, .. } = &set.rule {
                        self.used.remove(&(sku.to_string(), channel.clone()));
                    }
                }
                Fact::Reserved(made) => {
                    let channel = made.terms.as_ref().and_then(|terms| terms.channel.clone());
                    self.add(made.sku.as_str(), channel.as_ref(), made.quantity);
                    let id = ReservationId { sequence: entry.sequence, line: made.line };
                    self.channels.insert(id, (made.sku.to_string(), channel));
                }
                Fact::Released(end) => {
                    let leaves =
                        matches!(next, Some(Fact::Moved(moved)) if moved.kind == MovementKind::Fulfilment);
                    let (sku, channel) = self.channels[&end.reservation].clone();
                    if !leaves {
                        self.add(&sku, channel.as_ref(), end.quantity.negated());
                    }
                }
                Fact::Moved(moved) if moved.kind == MovementKind::Issue => {
                    self.add(moved.sku.as_str(), moved.channel.as_ref(), moved.quantity);
                }
                Fact::Moved(moved) if moved.kind == MovementKind::Reversal => {
                    self.add(moved.sku.as_str(), moved.channel.as_ref(), moved.quantity.negated());
                }
                Fact::Moved(_) | Fact::LotRecorded(_) | Fact::HandlingUnit(_) | Fact::PromiseMoved(_) => {}
                Fact::Locked(_) | Fact::LockPassed(_) | Fact::Expectation(_) | Fact::Delivery(_) => {}
                Fact::Count(_) | Fact::Order(_) | Fact::Task(_) | Fact::Production(_) => {}
            }
        }
    }

    /// What others than `channel` may still take of their quotas.
    fn kept(&self, state: &State, sku: &str, channel: Option<&ChannelCode>) -> Quantity {
        state.rules().iter().fold(Quantity::ZERO, |sum, row| match &row.rule {
            Rule::ChannelQuota { sku: item, channel: other, quantity }
                if item.as_str() == sku && Some(other) != channel =>
            {
                let used = self.used.get(&(sku.to_owned(), other.clone())).copied().unwrap_or_default();
                let left = quantity.unwrap().checked_sub(used).unwrap().max(Quantity::ZERO);
                sum.checked_add(left).unwrap()
            }
            Rule::ChannelQuota { .. } | Rule::SafetyBuffer { .. } | Rule::Minimum { .. } => sum,
            Rule::CustomerMaximum { .. } | Rule::ShelfLife { .. } | Rule::StatusCounts { .. } => sum,
            Rule::Periodic { .. } | Rule::StoredAs { .. } | Rule::Stores { .. } => sum,
        })
    }
}

fn free(state: &State, sku: &str) -> Quantity {
    let sku = vocabulary::Sku::parse(sku).unwrap();
    let (rows, statuses) = (state.positions_of(&sku), state.available_statuses());
    rows.iter().fold(Quantity::ZERO, |sum, row| sum.checked_add(row.available(statuses)).unwrap())
}

fn buffer(state: &State, sku: &str) -> Quantity {
    let of_item = |rule: &Rule| match rule {
        Rule::SafetyBuffer { sku: item, quantity } if item.as_str() == sku => *quantity,
        Rule::SafetyBuffer { .. } | Rule::ChannelQuota { .. } | Rule::Minimum { .. } => None,
        Rule::CustomerMaximum { .. } | Rule::ShelfLife { .. } | Rule::StatusCounts { .. } => None,
        Rule::Periodic { .. } | Rule::StoredAs { .. } | Rule::Stores { .. } => None,
    };
    state.rules().iter().find_map(|row| of_item(&row.rule)).unwrap_or_default()
}

/// What is read of one location, and of all, is what the list of positions has.
fn assert_read(state: &State) {
    let as_of = AsOf { effective_at: time("9"), sequence: Sequence::new(9) };
    for sku in state.skus_after(None) {
        let rows = state.positions_of(sku);
        for place in ["MAIN", "PICK", "ZONE"] {
            let mut here = rows.clone();
            here.retain(|row| row.location.as_str() == place);
            assert_eq!(state.positions_at(sku, place), here);
            let then = here.iter().filter_map(|row| {
                let place = (sku.as_str(), place, &row.holding);
                Some((row.holding.clone(), state.on_hand_as_of(place, as_of).unwrap()?))
            });
            let found = state.positions_at_as_of((sku, place), as_of).unwrap().into_iter();
            assert!(found.map(|row| (row.holding, row.balance.on_hand)).eq(then));
        }
        let sums = |all: Vec<(Holding, Quantity)>| {
            all.into_iter().fold(BTreeMap::new(), |mut sums: BTreeMap<_, Quantity>, (holding, n)| {
                let sum = sums.entry(holding).or_default();
                *sum = sum.checked_add(n).unwrap();
                sums
            })
        };
        let all = rows.into_iter().map(|row| (row.holding, row.balance.on_hand)).collect();
        let found =
            state.balances_of(sku.as_str()).map(|(holding, balance, _)| (holding.clone(), balance.on_hand));
        assert_eq!(sums(found.collect()), sums(all));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    /// Whoever takes goods leaves what is kept for other channels, and the buffer unless they may use it.
    #[test]
    fn what_is_kept_for_others_stays(lines in prop::collection::vec(any_line(), 1..80)) {
        let (mut warehouse, mut model) = (Warehouse::new(), Model::default());
        for text in &lines {
            let answer = warehouse.post(text);
            model.take(&decode_entry(&warehouse.journal.last().unwrap().0).unwrap());
            // Goods that do not count may go whatever is kept.
            let counts = !text.starts_with("issue") || !text.contains("status=returned");
            if !answer.starts_with("ok") || !counts || !(text.starts_with("reserve") || text.starts_with("issue")) {
                continue;
            }
            let (state, sku) = (&warehouse.state, text.split(' ').nth(1).unwrap());
            let channel = text.split("channel=").nth(1).and_then(|rest| ChannelCode::parse(rest.split(' ').next()?).ok());
            let kept = model.kept(state, sku, channel.as_ref());
            prop_assert!(laws::quota_kept(free(state, sku), kept), "{text}: {} free, {kept} kept", free(state, sku));
            let with_buffer = kept.checked_add(buffer(state, sku)).unwrap();
            prop_assert!(text.contains("may=buffer") || laws::quota_kept(free(state, sku), with_buffer), "{text}");
        }
        warehouse.assert_sound();
    }

    /// The laws hold, and what is counted is what a checkpoint counts anew, with documents of several lines.
    #[test]
    fn what_is_counted_is_what_is_there(documents in prop::collection::vec(prop::collection::vec(any_line(), 1..4), 1..40)) {
        let mut warehouse = Warehouse::new();
        for lines in &documents {
            warehouse.post(&lines.join(";"));
        }
        warehouse.assert_sound();
        assert_read(&warehouse.state);
        for held in warehouse.state.reservations() {
            let parts = held.parts.iter().try_fold(Quantity::ZERO, |sum, part| sum.checked_add(part.quantity));
            prop_assert_eq!(parts.unwrap(), held.quantity);
        }
    }
}
