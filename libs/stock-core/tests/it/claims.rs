//! Rules and claims in the tests' language.

use stock_core::{Claim, PickRule, Priority, Rule};
use vocabulary::{ChannelCode, Date, LocationCode, PartyCode, Sku, StockStatus};
use work_core::{HazardClass, StoredAs, Stores, ZoneClass};

use crate::language::{quantity, time};

/// `quota SKU CHANNEL [N]`, `buffer SKU [N]`, `maximum SKU HOLDER|* [N]`, `life HOLDER [DAYS]`, `counts STATUS yes|no`, `periodic SKU yes|no`,
/// `stored SKU [fixed=A-01] [class=A] [hazard=acid]`, `stores LOCATION [class=A] [max=10]`.
pub(crate) fn rule(words: &[&str]) -> Rule {
    let amount = |n: &[&str]| n.first().map(|n| quantity(n));
    let sku = |text: &str| Sku::parse(text).unwrap();
    match words {
        ["quota", item, channel, n @ ..] => {
            let channel = ChannelCode::parse(channel).unwrap();
            Rule::ChannelQuota { sku: sku(item), channel, quantity: amount(n) }
        }
        ["least", item, n @ ..] => Rule::Minimum { sku: sku(item), quantity: amount(n) },
        ["buffer", item, n @ ..] => Rule::SafetyBuffer { sku: sku(item), quantity: amount(n) },
        ["maximum", item, holder, n @ ..] => Rule::CustomerMaximum {
            sku: sku(item),
            holder: PartyCode::parse(holder).ok(),
            quantity: amount(n),
        },
        ["life", holder, days @ ..] => {
            let days = days.first().map(|days| days.parse().unwrap());
            Rule::ShelfLife { holder: PartyCode::parse(holder).unwrap(), days }
        }
        ["counts", status, answer] => {
            Rule::StatusCounts { status: StockStatus::parse(status).unwrap(), counts: *answer == "yes" }
        }
        ["stored", item, words @ ..] => {
            let mut how = StoredAs::default();
            for (name, value) in words.iter().map(|word| word.split_once('=').unwrap()) {
                match name {
                    "fixed" => how.fixed = LocationCode::parse(value).ok(),
                    "class" => how.class = ZoneClass::parse(value),
                    _ => how.hazard = HazardClass::parse(value),
                }
            }
            Rule::StoredAs { sku: sku(item), how }
        }
        ["stores", location, words @ ..] => {
            let mut what = Stores::default();
            for (name, value) in words.iter().map(|word| word.split_once('=').unwrap()) {
                match name {
                    "class" => what.class = ZoneClass::parse(value),
                    _ => what.units_max = Some(quantity(value)),
                }
            }
            Rule::Stores { location: LocationCode::parse(location).unwrap(), what }
        }
        ["periodic", item, answer] => Rule::Periodic { sku: sku(item), is_periodic: *answer == "yes" },
        other => panic!("no such rule: {other:?}"),
    }
}

fn pick_rule(name: &str) -> PickRule {
    match name {
        "fefo" => PickRule::Fefo,
        "fifo" => PickRule::Fifo,
        "lifo" => PickRule::Lifo,
        "path" => PickRule::ShortestPath,
        "full" => PickRule::FullFirst,
        other => panic!("no such rule: {other}"),
    }
}

/// How goods are promised: `until=MICROS priority=5 holder=C-1 channel=WEB pick=fifo min=DATE needed=DATE may=partial`. False for a word
/// that says nothing of it.
pub(crate) fn claims(claim: &mut Claim, word: &str) -> bool {
    match word.split_once('=').unwrap() {
        ("until", micros) => claim.terms.expires_at = Some(time(micros)),
        ("priority", number) => claim.terms.priority = Priority::try_new(number.parse().unwrap()).unwrap(),
        ("holder", party) => claim.terms.holder = PartyCode::parse(party).ok(),
        ("channel", code) => claim.terms.channel = ChannelCode::parse(code).ok(),
        ("pick", rule) => claim.rule = pick_rule(rule),
        ("min", date) => claim.min_expiry = Date::parse(date).ok(),
        ("needed", date) => claim.needed_on = Date::parse(date).ok(),
        ("may", "buffer") => claim.use_buffer = true,
        ("may", "partial") => claim.allow_partial = true,
        ("may", "reallocate") => claim.reallocate = true,
        _ => return false,
    }
    true
}
