//! Master data of a small warehouse, for tests.

use proto::catalog::v1::Tracking;
use vocabulary::{Gln, Gtin, LocationCode, Sku, UnitCode, WarehouseCode};

use crate::{Directory, KnownItem, KnownLocation};

/// Called from warehouse BER. Items: A-1 (GTIN 09520123456788), L by lot (09521141123454), S by serial number (4006381333931),
/// HAM weighed (UPC-A 036000291452), OLD retired (96385074), U (UPC-E 01234505), and SKU 12345670, which is an EAN-8 as well.
/// BER (GLN 6291041500213) has A-01 and, virtual, SUPPLIER; MUC has B-02.
#[derive(Debug)]
pub(crate) struct Site;

impl Directory for Site {
    fn item(&self, sku: &str) -> Option<KnownItem> {
        let (tracking, active) = match sku {
            "A-1" | "HAM" | "U" | "12345670" => (Tracking::None, true),
            "L" => (Tracking::Lot, true),
            "S" => (Tracking::Serial, true),
            "OLD" => (Tracking::None, false),
            _ => return None,
        };
        let unit = |code| UnitCode::parse(code).unwrap();
        let base = if sku == "HAM" { unit("KG") } else { unit("EA") };
        let kilogram = (sku == "HAM").then(|| unit("KG"));
        Some(KnownItem { sku: Sku::parse(sku).unwrap(), unit: base, kilogram, tracking, active })
    }

    fn item_of_gtin(&self, gtin: &Gtin) -> Option<KnownItem> {
        self.item(match gtin.as_str() {
            "09520123456788" => "A-1",
            "09521141123454" => "L",
            "04006381333931" => "S",
            "00036000291452" => "HAM",
            "00000096385074" => "OLD",
            "00012000003455" => "U",
            _ => return None,
        })
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
