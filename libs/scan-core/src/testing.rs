//! Master data of a small warehouse, for tests.

use proto::catalog::v1::Tracking;
use rust_decimal::Decimal;
use vocabulary::{Gln, Gtin, LocationCode, Quantity, Sku, UnitCode, WarehouseCode, WeightUnit};

use crate::{Directory, KnownItem, KnownLocation};

/// Called from warehouse BER. Items: A-1 (GTIN 09520123456788; a CASE of 12 19520123456785, a PALLET of 40 cases 29520123456782), L by lot (09521141123454), S by serial number (4006381333931),
/// HAM weighed in kg with 3 decimals (UPC-A 036000291452), LOX in pounds (90036000291455), BRIE of catch weight in kg (90614141000084), STILTON in lb (90614141000091), OLD retired (96385074), U (UPC-E 01234505), and SKU 12345670, which is an EAN-8 as well.
/// BER (GLN 6291041500213) has A-01 and, virtual, SUPPLIER; MUC has B-02.
#[derive(Debug)]
pub(crate) struct Site;

impl Directory for Site {
    fn item(&self, sku: &str) -> Option<KnownItem> {
        let (base, tracking, active) = match sku {
            "A-1" | "U" | "12345670" => ("EA", Tracking::None, true),
            "HAM" => ("KG", Tracking::None, true),
            "BRIE" | "STILTON" => ("EA", Tracking::None, true),
            "LOX" => ("LB", Tracking::None, true),
            "L" => ("EA", Tracking::Lot, true),
            "S" => ("EA", Tracking::Serial, true),
            "OLD" => ("EA", Tracking::None, false),
            _ => return None,
        };
        let unit = |code| UnitCode::parse(code).unwrap();
        Some(KnownItem {
            sku: Sku::parse(sku).unwrap(),
            unit: unit(base),
            base_unit: unit(base),
            kilogram: (base == "KG").then(|| unit("KG")),
            pound: (base == "LB").then(|| unit("LB")),
            weighed: match sku {
                "BRIE" => Some(WeightUnit::Kilogram),
                "STILTON" => Some(WeightUnit::Pound),
                _ => None,
            },
            tracking,
            active,
        })
    }

    fn item_of_gtin(&self, gtin: &Gtin) -> Option<KnownItem> {
        let (sku, packed) = match gtin.as_str() {
            "09520123456788" => ("A-1", None),
            "19520123456785" => ("A-1", Some("CASE")),
            "29520123456782" => ("A-1", Some("PALLET")),
            "09521141123454" => ("L", None),
            "04006381333931" => ("S", None),
            "00036000291452" => ("HAM", None),
            "90036000291455" => ("LOX", None),
            "90614141000084" => ("BRIE", None),
            "90614141000091" => ("STILTON", None),
            "00000096385074" => ("OLD", None),
            "00012000003455" => ("U", None),
            _ => return None,
        };
        let item = self.item(sku)?;
        let unit = packed.map_or_else(|| item.unit.clone(), |code| UnitCode::parse(code).unwrap());
        Some(KnownItem { unit, ..item })
    }

    fn in_base(&self, _sku: &Sku, quantity: Quantity, unit: &UnitCode) -> Option<Quantity> {
        let factor = match unit.as_str() {
            "CASE" => 12,
            "PALLET" => 480,
            _ => 1,
        };
        let base = quantity.decimal().checked_mul(Decimal::from(factor))?;
        Quantity::try_new(base).ok().filter(|base| base.decimals() <= 3)
    }

    fn location_here(&self, code: &str) -> Option<KnownLocation> {
        self.location("BER", code)
    }

    fn location(&self, warehouse: &str, code: &str) -> Option<KnownLocation> {
        let usable = match (warehouse, code) {
            ("BER", "A-01") => true,
            ("BER", "SUPPLIER") | ("MUC", "B-02") => false,
            _ => return None,
        };
        let (warehouse, code) =
            (WarehouseCode::parse(warehouse).unwrap(), LocationCode::parse(code).unwrap());
        Some(KnownLocation { warehouse, code, usable })
    }

    fn warehouse_of_gln(&self, gln: &Gln) -> Option<WarehouseCode> {
        (gln.as_str() == "6291041500213").then(|| WarehouseCode::parse("BER").unwrap())
    }
}
