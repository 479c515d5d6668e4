//! Replays a journal and checks the laws that it must keep, entry by entry.

use laws::{Law, NegativeStock};
use rustc_hash::FxHashSet;
use sha2::{Digest, Sha256};
use thiserror::Error;
use vocabulary::{LocationCode, RequestId, Sequence, Sku, Timestamp, WarehouseCode};

use crate::entry::Moved;
use crate::{
    ChainHash, Entry, Expectation, Fact, Holding, MovementKind, Outcome, Place, Reservation, ReservedPart,
    State, Terms, Tracking, decode_entry, encode_entry,
};

/// Checks a journal from its first entry on. Memory: the state, plus 16 bytes a request.
#[derive(Debug)]
pub struct Verifier {
    state: State,
    hash: ChainHash,
    content: ChainHash,
    requests: FxHashSet<RequestId>,
}

/// The first thing that is wrong.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("entry {sequence} breaks {law}: {detail}")]
pub struct VerifyFault {
    /// Where.
    pub sequence: Sequence,
    /// Which law.
    pub law: Law,
    /// How.
    pub detail: String,
}

/// A sound journal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verified {
    /// Its newest entry.
    pub sequence: Sequence,
    /// Its hash.
    pub hash: ChainHash,
    /// The same chain with `recorded_at` left out: equal for two journals that differ only in when they were written.
    pub content_digest: ChainHash,
    /// SHA-256 over every position and reservation, in order.
    pub state_digest: ChainHash,
    /// Number of positions.
    pub positions: usize,
    /// Number of open reservations.
    pub reservations: usize,
}

impl Verifier {
    /// For an empty journal.
    pub fn new(warehouse: WarehouseCode) -> Self {
        Self {
            state: State::new(warehouse),
            hash: ChainHash::START,
            content: ChainHash::START,
            requests: FxHashSet::default(),
        }
    }

    /// Checks the next entry, given as its stored bytes and hash.
    ///
    /// # Errors
    /// The [`VerifyFault`]; the verifier must not be used any further.
    pub fn push(&mut self, bytes: &[u8], stored: &[u8]) -> Result<(), VerifyFault> {
        let expected = self.state.sequence().next();
        let fault = |law, detail: String| VerifyFault { sequence: expected, law, detail };
        let entry = decode_entry(bytes).map_err(|e| fault(Law::OneHistory, e.to_string()))?;
        let computed = self.hash.next(bytes);
        let stored: [u8; 32] = stored
            .try_into()
            .map_err(|_| fault(Law::OneHistory, "the hash does not have 32 bytes".to_owned()))?;
        if !laws::one_history(self.state.sequence(), entry.sequence, &stored, computed.as_bytes()) {
            let detail = format!(
                "sequence {} with hash {}, computed {computed}",
                entry.sequence,
                ChainHash::from_bytes(stored)
            );
            return Err(fault(Law::OneHistory, detail));
        }
        if !laws::exactly_once(if self.requests.insert(entry.request_id) { 1 } else { 2 }) {
            return Err(fault(Law::ExactlyOnce, format!("request {} has an entry before", entry.request_id)));
        }
        self.state.evolve(&entry).map_err(|e| fault(Law::OneHistory, e.to_string()))?;
        check_positions(&self.state, &entry).map_err(|(law, detail)| fault(law, detail))?;
        self.hash = computed;
        self.content = self.content.next(&without_recorded_at(&entry));
        Ok(())
    }

    /// The state so far.
    pub const fn state(&self) -> &State {
        &self.state
    }

    /// What was verified.
    pub fn finish(self) -> Verified {
        Verified {
            sequence: self.state.sequence(),
            hash: self.hash,
            content_digest: self.content,
            state_digest: state_digest(&self.state),
            positions: self.state.size().1,
            reservations: self.state.reservations().len(),
        }
    }
}

/// SHA-256 over every position, lot, single piece, reservation, handling unit and expectation of a state, in order, one a line. Plain goods are
/// written as the first version wrote them.
pub fn state_digest(state: &State) -> ChainHash {
    let mut digest = Sha256::new();
    for sku in state.skus_after(None) {
        for row in state.positions_of(sku) {
            let balance = row.balance;
            let policy = if row.negative == NegativeStock::Allowed { "\tnegative allowed" } else { "" };
            let (location, on_hand, reserved) = (&row.location, balance.on_hand, balance.reserved);
            let goods = in_words(&row.holding);
            let weight = row.weight.map_or_else(String::new, |weight| format!("\t{weight}"));
            digest.update(format!("{sku}\t{location}\t{on_hand}\t{reserved}{policy}{goods}{weight}\n"));
        }
        for (code, lot) in state.lots_of(sku.as_str()) {
            digest.update(format!("{sku}\tlot {code}\t{}\t{:?}\n", lot.received, lot.facts));
        }
        if let Some(rules) = state.rules_of(sku.as_str()) {
            digest.update(format!("{sku}\t{}\n", rules.in_words()));
        }
        for unit in state.serials_of(sku) {
            let (serial, location, goods) = (&unit.serial, &unit.location, in_words(&unit.holding));
            digest.update(format!("{sku}\tserial {serial}\t{location}{goods}\n"));
        }
    }
    for held in state.reservations() {
        digest.update(promise_in_words(&held));
    }
    state.shelf_lives().for_each(|(holder, days)| digest.update(format!("{holder}\t{days} days\n")));
    state.rules.of_places().for_each(|row| digest.update(format!("{:?}\n", row.rule)));
    state.available_statuses().others().for_each(|status| digest.update(format!("{status} counts\n")));
    state.reversed().for_each(|row| digest.update(format!("reversed {}\t{}\n", row.movement, row.by)));
    if let Some(until) = state.locked_until() {
        digest.update(format!("locked {until}\n"));
    }
    state.units_in_words().for_each(|words| digest.update(words));
    state.expectations_in_words().for_each(|words| digest.update(words));
    state.deliveries_in_words().for_each(|words| digest.update(words));
    state.counts_in_words().for_each(|words| digest.update(words));
    state.orders_in_words().for_each(|words| digest.update(words));
    state.tasks_in_words().for_each(|words| digest.update(words));
    state.production_orders_in_words().for_each(|words| digest.update(words));
    ChainHash::from_bytes(digest.finalize().into())
}

/// A promise without terms, of goods at one place, is written as the first version wrote it.
fn promise_in_words(held: &Reservation) -> String {
    let location = held.location().map_or("", LocationCode::as_str);
    let mut text = format!("{}\t{}\t{location}\t{}", held.id, held.sku, held.quantity);
    for part in &held.parts {
        let ReservedPart { location: at, lot, status, quantity, serials } = part;
        let lot = lot.as_ref().map_or("", |lot| lot.as_str());
        let elsewhere = if at.as_str() == location { String::new() } else { format!(" at {at}") };
        if !lot.is_empty() || held.is_spread() {
            text.push_str(&format!("\t{lot} {quantity}{elsewhere}"));
        }
        if !status.is_available() {
            text.push_str(&format!("\t{status} {quantity}"));
        }
        serials.iter().for_each(|serial| text.push_str(&format!("\tserial {serial}")));
    }
    if held.terms != Terms::default() {
        text.push_str(&format!("\t{:?}", held.terms));
    }
    text.push('\n');
    text
}

pub(crate) fn in_words(holding: &Holding) -> String {
    if holding.is_plain() {
        return String::new();
    }
    let lot = holding.lot.as_ref().map_or("", |lot| lot.as_str());
    format!("\t{lot}\t{}\t{}", holding.status, holding.owner)
}

/// L1 and L2 for what an entry touched.
fn check_positions(state: &State, entry: &Entry) -> Result<(), (Law, String)> {
    let Outcome::Posted(facts) = &entry.outcome else { return Ok(()) };
    check_quotas(state, facts)?;
    for fact in facts {
        match fact {
            Fact::Moved(moved) => {
                if !moved.quantity.is_positive() {
                    return Err((Law::Conservation, format!("line {} moves {}", moved.line, moved.quantity)));
                }
                check_packed(state, moved)?;
                // Repacking takes nothing away.
                if let Place::Real(from) = &moved.from
                    && !moved.is_repacking()
                {
                    check_oversell(state, (&moved.sku, from, &moved.from_holding()), policy(state, moved))?;
                }
                check_conservation(state, &moved.sku)?;
                check_weight(state, moved)?;
            }
            Fact::Reserved(reserved) => {
                let negative = state.negative(reserved.sku.as_str());
                let holding = Holding::own(reserved.lot.clone(), reserved.status);
                check_oversell(state, (&reserved.sku, &reserved.location, &holding), negative)?;
            }
            Fact::PromiseMoved(moved) => {
                let negative = state.negative(moved.sku.as_str());
                let holding = Holding::own(moved.lot.clone(), moved.status);
                check_oversell(state, (&moved.sku, &moved.to, &holding), negative)?;
            }
            Fact::Released(_) | Fact::LotRecorded(_) | Fact::RuleSet(_) | Fact::HandlingUnit(_) => {}
            Fact::Locked(_) | Fact::LockPassed(_) | Fact::Delivery(_) | Fact::Count(_) => {}
            Fact::Order(_) | Fact::Task(_) | Fact::Production(_) => {}
            Fact::Expectation(fact) => check_expectation(fact.change.after())?,
        }
    }
    Ok(())
}

/// What is met and what is open are what was expected.
fn check_expectation(after: &Expectation) -> Result<(), (Law, String)> {
    let Expectation { code, expected, met, open, .. } = after;
    if laws::expectation_adds_up(*expected, *met, *open) {
        return Ok(());
    }
    Err((Law::Conservation, format!("{code}: {met} met and {open} open of {expected}")))
}

/// What holds for the position that a movement took from: its own policy, or that of a line after it. Goods that leave a unit are there,
/// and say nothing of the loose ones beside them.
fn policy(state: &State, moved: &Moved) -> NegativeStock {
    if moved.from_holding().is_plain() && state.negative(moved.sku.as_str()) == NegativeStock::Allowed {
        return NegativeStock::Allowed;
    }
    moved.negative
}

fn check_oversell(
    state: &State,
    (sku, at, holding): (&Sku, &LocationCode, &Holding),
    negative: NegativeStock,
) -> Result<(), (Law, String)> {
    let balance = state.balance_of(sku.as_str(), at.as_str(), holding);
    if laws::no_oversell(balance.on_hand, balance.reserved, negative) {
        return Ok(());
    }
    Err((
        Law::NoOversell,
        format!("{sku} at {at}: {} on hand, {} reserved", balance.on_hand, balance.reserved),
    ))
}

/// Where goods left or arrived, no more is in handling units than is there.
fn check_packed(state: &State, moved: &Moved) -> Result<(), (Law, String)> {
    let sku = moved.sku.as_str();
    for (place, holding) in [(&moved.from, moved.from_holding()), (&moved.to, moved.to_holding())] {
        let Some(at) = place.real() else { continue };
        let packed = state.packed(sku, at.as_str(), &holding);
        let on_hand = state.balance_of(sku, at.as_str(), &holding).on_hand;
        if !laws::packed_is_there(packed, on_hand) {
            return Err((Law::Conservation, format!("{sku} at {at}: {packed} packed, {on_hand} on hand")));
        }
    }
    Ok(())
}

/// L1 for catch weight: nothing is lost but what the movement says, and goods that are there weigh something.
fn check_weight(state: &State, moved: &Moved) -> Result<(), (Law, String)> {
    let sku = &moved.sku;
    if state.weight_inside(sku.as_str()).is_none() {
        return Ok(());
    }
    if !state.keeps_weight(sku.as_str()) {
        return Err((
            Law::Conservation,
            format!("{sku}: the weights of the places do not add up to nothing"),
        ));
    }
    for (place, holding) in [(&moved.from, moved.from_holding()), (&moved.to, moved.to_holding())] {
        let Some(at) = place.real() else { continue };
        if !state.weighs_what_is_there(sku, at.as_str(), &holding) {
            return Err((Law::Conservation, format!("{sku} at {at}: its weight is not that of goods there")));
        }
    }
    Ok(())
}

/// L2 between channels, for an entry in which nothing is lost, held back or taken back: that may well take what is kept.
fn check_quotas(state: &State, facts: &[Fact]) -> Result<(), (Law, String)> {
    let takes = |fact: &Fact| match fact {
        Fact::Moved(moved) => !matches!(
            moved.kind,
            MovementKind::Adjustment
                | MovementKind::Usage
                | MovementKind::StatusChange
                | MovementKind::OwnerChange
                | MovementKind::Reversal
        ),
        Fact::Reserved(_) | Fact::Released(_) | Fact::LotRecorded(_) => true,
        Fact::Locked(_) | Fact::LockPassed(_) | Fact::HandlingUnit(_) | Fact::Expectation(_) => true,
        Fact::Delivery(_) | Fact::PromiseMoved(_) => true,
        Fact::Count(_) | Fact::Order(_) | Fact::Task(_) | Fact::Production(_) => true,
        Fact::RuleSet(_) => false,
    };
    if !state.has_rules() || !facts.iter().all(takes) {
        return Ok(());
    }
    let taken = facts.iter().filter_map(|fact| match fact {
        Fact::Reserved(reserved) => {
            Some((&reserved.sku, reserved.terms.as_ref().and_then(|terms| terms.channel.as_ref())))
        }
        Fact::Moved(moved) if moved.takes_available(state.available_statuses()) => {
            Some((&moved.sku, moved.channel.as_ref()))
        }
        Fact::Moved(_) | Fact::Released(_) | Fact::LotRecorded(_) | Fact::RuleSet(_) => None,
        Fact::Locked(_) | Fact::LockPassed(_) | Fact::HandlingUnit(_) | Fact::Expectation(_) => None,
        Fact::Delivery(_) | Fact::PromiseMoved(_) => None,
        Fact::Count(_) | Fact::Order(_) | Fact::Task(_) | Fact::Production(_) => None,
    });
    for (sku, channel) in taken {
        if !state.keeps_quotas(sku, channel) {
            return Err((Law::NoOversell, format!("{sku}: what is kept for other channels was taken")));
        }
    }
    Ok(())
}

fn check_conservation(state: &State, sku: &Sku) -> Result<(), (Law, String)> {
    let outside = state.outside(sku.as_str());
    if !laws::conservation(state.inside(sku.as_str()), outside) {
        let detail = format!("{sku}: the places do not add up to nothing, {outside} outside");
        return Err((Law::Conservation, detail));
    }
    let serials = state.serial_count(sku.as_str());
    let is_by_serial = state.tracking(sku.as_str()) == Tracking::Serial;
    if is_by_serial && !laws::serials_match(serials, outside.negated()) {
        let detail = format!("{sku}: {serials} serials for {} units", outside.negated());
        return Err((Law::Conservation, detail));
    }
    Ok(())
}

fn without_recorded_at(entry: &Entry) -> Vec<u8> {
    encode_entry(&Entry { recorded_at: Timestamp::default(), ..entry.clone() })
}
