//! Which goods a line is about, in the tests' language: see [`crate::language`].

use stock_core::{Claim, LineGoods, LineWeight, PromisedStatus, Tracking};
use vocabulary::{
    CountryCode, Date, LotCode, Owner, PartyCode, Quantity, SerialNumber, StockStatus, Weight, WeightUnit,
};

use crate::claims::claims;
use crate::handling_units;
use crate::language::{quantity, reservation};

/// Named goods; the tracking follows from what is named.
pub(crate) fn goods_of(text: &str) -> LineGoods {
    let (mut goods, mut claim) = (LineGoods::default(), Claim::default());
    for word in text.split_whitespace() {
        if claims(&mut claim, word) {
            continue;
        }
        match word.split_once('=').unwrap() {
            ("by", "lot") => goods.tracking = Tracking::Lot,
            ("by", "serial") => goods.tracking = Tracking::Serial,
            ("lot", lot) => (goods.tracking, goods.lot) = (Tracking::Lot, LotCode::parse(lot).ok()),
            ("serials", serials) => {
                goods.tracking = Tracking::Serial;
                goods.serials = serials.split(',').map(|text| SerialNumber::parse(text).unwrap()).collect();
            }
            ("status", status) => {
                goods.status = StockStatus::parse(status).unwrap();
                claim.status = if status == "available" { PromisedStatus::AsNamed } else { claim.status };
            }
            ("owner", owner) => goods.owner = Owner::parse(owner).unwrap(),
            ("expiry", date) => goods.facts.expiry = Date::parse(date).ok(),
            ("partner", party) => goods.partner = PartyCode::parse(party).ok(),
            ("by", "kg") => goods.weight = Some(LineWeight::Unknown(WeightUnit::Kilogram)),
            (unit @ ("kg" | "lb"), text) => {
                let (unit, amount) = (WeightUnit::parse(unit).unwrap(), quantity(text));
                goods.weight = Some(LineWeight::Measured(Weight { amount, unit }));
            }
            ("take", "promised") => goods.takes_promised = true,
            ("of", id) => goods.carries = Some(reservation(id)),
            ("unit", unit) => goods.unit = Some(handling_units::name(unit)),
            ("origin", country) => goods.facts.origin = CountryCode::parse(country).ok(),
            other => panic!("no such goods: {other:?}"),
        }
    }
    goods.claim = claim.boxed();
    goods
}

pub(crate) fn measured(weight: LineWeight) -> Option<Quantity> {
    match weight {
        LineWeight::Measured(weight) => Some(weight.amount),
        LineWeight::Unknown(_) | LineWeight::Estimated(_) => None,
    }
}
