//! Every kind of label, drawn and read again: what comes out is what went in.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a step of a test that fails fails the test")]

mod image;
mod round_trips;
mod zpl;

use gs1::ReferenceYear;
use labels::{Item, Label, Location, LogisticUnit, Lot};
use vocabulary::{Gln, Gtin, LocationCode, Sku, Sscc, WarehouseCode};

fn year() -> ReferenceYear {
    ReferenceYear::parse(2026).unwrap()
}

fn item(sku: &str, name: &str, gtin: Option<&str>) -> Label {
    let gtin = gtin.map(|gtin| Gtin::parse(gtin).unwrap());
    Label::of_item(&Item { sku: &Sku::parse(sku).unwrap(), name, gtin: gtin.as_ref() }, year()).unwrap()
}

fn location(code: &str, gln: Option<&str>) -> Label {
    let gln = gln.map(|gln| Gln::parse(gln).unwrap());
    let (warehouse, code) = (WarehouseCode::parse("BER").unwrap(), LocationCode::parse(code).unwrap());
    Label::of_location(&Location { warehouse: &warehouse, code: &code, gln: gln.as_ref() }, year()).unwrap()
}

fn lot(lot: &str, expires_on: Option<&str>) -> Label {
    let (sku, gtin) = (Sku::parse("A-1").unwrap(), Gtin::parse("09520123456788").unwrap());
    let item = Item { sku: &sku, name: "Oak", gtin: Some(&gtin) };
    Label::of_lot(&Lot { item, lot, expires_on }, year()).unwrap()
}

fn pallet(content: Option<(&str, u64, &str)>) -> Label {
    let sscc = Sscc::parse("376104250021234569").unwrap();
    let gtin = content.map(|(gtin, _, _)| Gtin::parse(gtin).unwrap());
    let (count, lot) = (content.map(|(_, count, _)| count), content.map(|(_, _, lot)| lot));
    Label::of_logistic_unit(&LogisticUnit { sscc: &sscc, gtin: gtin.as_ref(), count, lot }, year()).unwrap()
}
