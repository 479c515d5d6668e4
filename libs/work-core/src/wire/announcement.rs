use std::collections::BTreeMap;

use proto::events::v1 as wire;
use vocabulary::{
    CountryCode, Date, DocumentCode, HandlingUnitKind, Invalid, LotCode, LotFacts, PartyCode, SerialNumber,
    Sku, Sscc,
};

use super::WireError;
use super::field::{decimal, given, quantity, sscc};
use crate::{AnnouncedLine, AnnouncedUnit, Announcement, Aql, Goods, Source, Unannounced, UnitGoods};

pub(super) fn to_wire(announcement: &Announcement) -> wire::DeliveryAnnounced {
    let Announcement { code, source, partner, carrier, due, unannounced, lines, units } = announcement;
    wire::DeliveryAnnounced {
        delivery: code.to_string(),
        source: source_to(*source).into(),
        partner: text(partner.as_ref()),
        carrier: text(carrier.as_ref()),
        due: due.to_string(),
        takes_unannounced: *unannounced == Unannounced::Taken,
        lines: lines.iter().map(|(number, line)| line_to(*number, line)).collect(),
        units: units.iter().map(|(sscc, unit)| unit_to(*sscc, unit)).collect(),
    }
}

pub(super) fn of_wire(message: &wire::DeliveryAnnounced) -> Result<Announcement, WireError> {
    let lines = message.lines.iter().map(|line| Ok((line.number, line_of(line)?)));
    let units = message.units.iter().map(|unit| Ok((sscc(&unit.handling_unit)?, unit_of(unit)?)));
    Ok(Announcement {
        code: DocumentCode::parse(&message.delivery)?,
        source: source_of(message.source())?,
        partner: given(&message.partner, PartyCode::parse)?,
        carrier: given(&message.carrier, PartyCode::parse)?,
        due: Date::parse(&message.due)?,
        unannounced: if message.takes_unannounced { Unannounced::Taken } else { Unannounced::Refused },
        lines: lines.collect::<Result<_, WireError>>()?,
        units: units.collect::<Result<_, WireError>>()?,
    })
}

fn line_to(number: u32, line: &AnnouncedLine) -> wire::AnnouncedLine {
    let AnnouncedLine { sku, expected, over_max, under_max, inspection } = line;
    wire::AnnouncedLine {
        number,
        sku: sku.to_string(),
        expected: decimal(*expected),
        over_max: decimal(*over_max),
        under_max: decimal(*under_max),
        aql: text(inspection.as_ref()),
    }
}

fn line_of(line: &wire::AnnouncedLine) -> Result<AnnouncedLine, WireError> {
    Ok(AnnouncedLine {
        sku: Sku::parse(&line.sku)?,
        expected: quantity(line.expected.as_ref())?,
        over_max: quantity(line.over_max.as_ref())?,
        under_max: quantity(line.under_max.as_ref())?,
        inspection: given(&line.aql, Aql::parse)?,
    })
}

fn unit_to(number: Sscc, unit: &AnnouncedUnit) -> wire::AnnouncedUnit {
    let goods = unit.goods.iter().map(goods_to).collect();
    wire::AnnouncedUnit { handling_unit: number.to_string(), kind: unit.kind.to_string(), goods }
}

fn unit_of(unit: &wire::AnnouncedUnit) -> Result<AnnouncedUnit, WireError> {
    let goods = unit.goods.iter().map(goods_of).collect::<Result<_, _>>()?;
    Ok(AnnouncedUnit { kind: HandlingUnitKind::parse(&unit.kind)?, goods })
}

fn goods_to(packed: &UnitGoods) -> wire::UnitGoods {
    let UnitGoods { line, quantity, goods: Goods { lot, facts, serials } } = packed;
    wire::UnitGoods {
        line: *line,
        quantity: decimal(*quantity),
        lot: text(lot.as_ref()),
        lot_facts: (*facts != LotFacts::default()).then(|| facts_to(facts)),
        serials: serials.iter().map(ToString::to_string).collect(),
    }
}

fn goods_of(packed: &wire::UnitGoods) -> Result<UnitGoods, WireError> {
    let serials = packed.serials.iter().map(|serial| SerialNumber::parse(serial));
    let goods = Goods {
        lot: given(&packed.lot, LotCode::parse)?,
        facts: packed.lot_facts.as_ref().map(facts_of).transpose()?.unwrap_or_default(),
        serials: serials.collect::<Result<_, Invalid>>()?,
    };
    Ok(UnitGoods { line: packed.line, quantity: quantity(packed.quantity.as_ref())?, goods })
}

fn facts_to(facts: &LotFacts) -> wire::LotFacts {
    let LotFacts { supplier_lot, made, best_before, expiry, origin, attributes } = facts;
    wire::LotFacts {
        supplier_lot: text(supplier_lot.as_ref()),
        made: text(made.as_ref()),
        best_before: text(best_before.as_ref()),
        expiry: text(expiry.as_ref()),
        origin: text(origin.as_ref()),
        attributes: attributes.clone(),
    }
}

fn facts_of(facts: &wire::LotFacts) -> Result<LotFacts, WireError> {
    let attributes: BTreeMap<_, _> = facts.attributes.clone();
    Ok(LotFacts {
        supplier_lot: given(&facts.supplier_lot, LotCode::parse)?,
        made: given(&facts.made, Date::parse)?,
        best_before: given(&facts.best_before, Date::parse)?,
        expiry: given(&facts.expiry, Date::parse)?,
        origin: given(&facts.origin, CountryCode::parse)?,
        attributes,
    })
}

pub(super) const fn source_to(source: Source) -> wire::DeliverySource {
    match source {
        Source::Purchase => wire::DeliverySource::Purchase,
        Source::Transfer => wire::DeliverySource::Transfer,
        Source::Production => wire::DeliverySource::Production,
        Source::Return => wire::DeliverySource::Return,
    }
}

pub(super) const fn source_of(source: wire::DeliverySource) -> Result<Source, WireError> {
    match source {
        wire::DeliverySource::Purchase => Ok(Source::Purchase),
        wire::DeliverySource::Transfer => Ok(Source::Transfer),
        wire::DeliverySource::Production => Ok(Source::Production),
        wire::DeliverySource::Return => Ok(Source::Return),
        wire::DeliverySource::Unspecified => Err(WireError::Missing("source of the delivery")),
    }
}

fn text(value: Option<&impl ToString>) -> String {
    value.map(ToString::to_string).unwrap_or_default()
}
