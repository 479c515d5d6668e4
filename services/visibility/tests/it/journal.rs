//! Journals written as text, one entry a line, for tests:
//!
//! ```text
//! 1 SUPPLIER>A pen 10; A>B pen 2
//! 2 reserve pen 4
//! 3 release 2-0 1; A>CUSTOMER pen 1
//! 4 rejected
//! 5 A>A#damaged pen 1; A#@ACME>A pen 1
//! 6 SUPPLIER>A lot:L1 5 =ACME; SUPPLIER>A unit*7,8 2
//! 7 quota pen~WEB 5; buffer pen none; reserve lot:L1~WEB 2
//! 8 release 7-2:L1 2 & A>CUSTOMER lot:L1~WEB 2
//! 9 expect pen purchase 2030-03-01 5; expect pen demand 2030-03-02 3 was demand 2030-03-01 2
//! 10 met pen purchase 2030-03-01 4; reopened pen purchase 2030-03-01 1
//! 9 least pen 5; record lot:L1 2030-06-30; reserve pen!1700000060 1; A>CUSTOMER nail+ 3
//! ```
//!
//! After `#` stands the status of the goods there, or `@` and a supplier who owns them; after `:` the lot, after `*` the serial
//! numbers, after `~` the channel, after `!` the second at which a promise ends, after `=` the partner; `+` allows to go below zero. What kind of movement it is follows from its places; what stands behind `&` is
//! of the same line, and goods that move there fulfil a promise. What is expected of a kind on a day: how much is open now and was before,
//! or how much was met or opened again.

use proto::common::v1::Decimal;
use proto::events::v1::fact::Fact as Kind;
use proto::events::v1::journal_entry::Outcome;
use proto::events::v1::rule_set::Rule;
use proto::events::v1::{
    ChannelQuota, Expectation, ExpectationBefore, ExpectationKind, ExpectationMet, ExpectationReopened,
    ExpectationSet, Fact, JournalEntry, LotFacts, LotRecorded, Minimum, Moved, MovementKind, Posted,
    Rejected, Released, Reserved, RuleSet, SafetyBuffer,
};

const VIRTUAL: [&str; 6] = ["SUPPLIER", "CUSTOMER", "PRODUCTION", "ADJUSTMENT", "TRANSIT", "SCRAP"];

/// Recorded one second apart, from 2023-11-14.
pub(crate) const EPOCH_MICROS: i64 = 1_700_000_000_000_000;

/// The entries written in `text`, of one warehouse.
pub(crate) fn journal(warehouse: &str, text: &str) -> Vec<JournalEntry> {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).map(|line| entry(warehouse, line)).collect()
}

/// One entry: `SEQUENCE fact; fact; …`, a document's line each.
pub(crate) fn entry(warehouse: &str, text: &str) -> JournalEntry {
    let (sequence, facts) = text.trim().split_once(' ').expect("a sequence, then facts");
    let sequence: u64 = sequence.parse().expect("a sequence");
    let outcome = if facts.trim() == "rejected" {
        Outcome::Rejected(Rejected::default())
    } else {
        let facts = facts.split(';').enumerate().flat_map(|(line, text)| {
            let line = u32::try_from(line).unwrap();
            text.split('&').enumerate().map(move |(part, text)| {
                let mut fact = fact(line, text.trim());
                if let (1.., Some(Kind::Moved(moved))) = (part, &mut fact.fact) {
                    moved.kind = MovementKind::Fulfilment.into();
                }
                fact
            })
        });
        Outcome::Posted(Posted { facts: facts.collect() })
    };
    JournalEntry {
        sequence,
        warehouse: warehouse.into(),
        request_id: vec![7; 16],
        request_digest: vec![9; 16],
        effective_at_micros: EPOCH_MICROS,
        recorded_at_micros: EPOCH_MICROS + i64::try_from(sequence).unwrap() * 1_000_000,
        reference: String::new(),
        outcome: Some(outcome),
    }
}

fn fact(line: u32, text: &str) -> Fact {
    if let Some(fact) = expectation(text) {
        return Fact { line, fact: Some(fact) };
    }
    let (text, partner) = text.split_once(" =").unwrap_or((text, ""));
    let words: Vec<&str> = text.split(' ').collect();
    let [what, key, number] = words[..] else { panic!("{text:?} is not three words") };
    let quantity = (number != "none").then(|| Decimal { value: number.into() });
    let (key, holder) = key.split_once('^').unwrap_or((key, ""));
    let (key, channel) = key.split_once('~').unwrap_or((key, ""));
    let (key, until) = key.split_once('!').unwrap_or((key, "0"));
    let (key, negative_allowed) = key.strip_suffix('+').map_or((key, false), |key| (key, true));
    let (key, serials) = key.split_once('*').unwrap_or((key, ""));
    let (key, lot) = key.split_once(':').unwrap_or((key, ""));
    let kind = match what {
        "reserve" => Kind::Reserved(Reserved {
            sku: key.into(),
            location: "A".into(),
            quantity,
            lot: lot.into(),
            channel: channel.into(),
            holder: holder.into(),
            expires_at_micros: until.parse::<i64>().expect("seconds") * 1_000_000,
            ..Reserved::default()
        }),
        "release" => released(key, lot, quantity),
        "quota" => {
            rule(Rule::ChannelQuota(ChannelQuota { sku: key.into(), channel: channel.into(), quantity }))
        }
        "least" => rule(Rule::Minimum(Minimum { sku: key.into(), quantity })),
        "record" => Kind::LotRecorded(LotRecorded {
            sku: key.into(),
            lot: lot.into(),
            facts: Some(LotFacts { expiry: number.into(), ..LotFacts::default() }),
        }),
        "buffer" => rule(Rule::SafetyBuffer(SafetyBuffer { sku: key.into(), quantity })),
        places => {
            let (from, to) = places.split_once('>').expect("FROM>TO");
            let ((from, was), (to, is)) = (standing(from), standing(to));
            let status = |text: &str| if text.starts_with('@') { String::new() } else { text.to_owned() };
            let owner = |text: &str| {
                text.strip_prefix('@').map_or_else(String::new, |party| format!("consignment:{party}"))
            };
            Kind::Moved(Moved {
                kind: kind(from, to, was != is).into(),
                sku: key.into(),
                lot: lot.into(),
                serials: serials.split(',').filter(|serial| !serial.is_empty()).map(Into::into).collect(),
                partner: partner.into(),
                negative_allowed,
                channel: channel.into(),
                from_location: from.into(),
                to_location: to.into(),
                quantity,
                from_virtual: VIRTUAL.contains(&from),
                to_virtual: VIRTUAL.contains(&to),
                from_status: status(was),
                to_status: status(is),
                from_owner: owner(was),
                to_owner: owner(is),
                ..Moved::default()
            })
        }
    };
    Fact { line, fact: Some(kind) }
}

fn released(key: &str, lot: &str, quantity: Option<Decimal>) -> Kind {
    let (sequence, reservation_line) = key.split_once('-').expect("SEQUENCE-LINE");
    Kind::Released(Released {
        reservation_sequence: sequence.parse().expect("a sequence"),
        reservation_line: reservation_line.parse().expect("a line"),
        quantity,
        lot: lot.into(),
        ..Released::default()
    })
}

fn expectation(text: &str) -> Option<Kind> {
    let words: Vec<&str> = text.split(' ').collect();
    let number = |text: &str| Some(Decimal { value: text.into() });
    let now = |sku: &str, kind: &str, day: &str, open: &str| {
        let (expectation, kind) = ("PO-1".to_owned(), kind_of(kind).into());
        let (sku, day, open) = (sku.to_owned(), day.to_owned(), number(open));
        Some(Expectation { expectation, kind, sku, day, open, ..Expectation::default() })
    };
    Some(match words[..] {
        ["expect", sku, kind, day, open] => {
            Kind::ExpectationSet(ExpectationSet { expectation: now(sku, kind, day, open), before: None })
        }
        ["expect", sku, kind, day, open, "was", was, on, before] => {
            let before =
                ExpectationBefore { kind: kind_of(was).into(), day: on.into(), open: number(before) };
            let expectation = now(sku, kind, day, open);
            Kind::ExpectationSet(ExpectationSet { expectation, before: Some(before) })
        }
        ["met", sku, kind, day, met] => Kind::ExpectationMet(ExpectationMet {
            expectation: now(sku, kind, day, "0"),
            quantity: number(met),
        }),
        ["reopened", sku, kind, day, open] => Kind::ExpectationReopened(ExpectationReopened {
            expectation: now(sku, kind, day, open),
            quantity: number(open),
        }),
        _ => return None,
    })
}

fn kind_of(text: &str) -> ExpectationKind {
    let name = format!("EXPECTATION_KIND_{}", text.to_uppercase());
    ExpectationKind::from_str_name(&name).expect("a kind of expectation")
}

fn rule(rule: Rule) -> Kind {
    Kind::RuleSet(RuleSet { rule: Some(rule) })
}

fn kind(from: &str, to: &str, changes: bool) -> MovementKind {
    match (from, to) {
        ("SUPPLIER", _) => MovementKind::Receipt,
        (_, "CUSTOMER") => MovementKind::Issue,
        ("CUSTOMER", _) => MovementKind::Return,
        (_, "PRODUCTION") => MovementKind::Consumption,
        ("PRODUCTION", _) => MovementKind::Production,
        ("ADJUSTMENT", _) | (_, "ADJUSTMENT") => MovementKind::Adjustment,
        (from, to) if from == to && changes => MovementKind::StatusChange,
        (_, _) => MovementKind::Move,
    }
}

fn standing(place: &str) -> (&str, &str) {
    place.split_once('#').unwrap_or((place, ""))
}
