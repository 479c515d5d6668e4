//! How long one core takes to say what a scan means: `cargo run --release -p scan-core --example speed`. Every item of 10,000 is
//! looked up in a map, as a service does in its read model.

use std::collections::HashMap;
use std::error::Error;
use std::hint::black_box;
use std::io::{self, Write};
use std::time::Duration;

use gs1::{CompanyPrefix, ReferenceYear};
use proto::catalog::v1::Tracking;
use scan_core::{Context, Directory, KnownItem, KnownLocation, Separators, Setting, interpret};
use vocabulary::{Gln, Gtin, Quantity, Sku, UnitCode, WarehouseCode};

const ITEMS: u64 = 10_000;
const MEASURED: Duration = Duration::from_secs(1);

struct Items {
    by_sku: HashMap<String, KnownItem>,
    by_gtin: HashMap<Gtin, KnownItem>,
}

impl Directory for Items {
    fn item(&self, sku: &str) -> Option<KnownItem> {
        self.by_sku.get(sku).cloned()
    }

    fn item_of_gtin(&self, gtin: &Gtin) -> Option<KnownItem> {
        self.by_gtin.get(gtin).cloned()
    }

    fn in_base(&self, _sku: &Sku, quantity: Quantity, _unit: &UnitCode) -> Option<Quantity> {
        Some(quantity)
    }

    fn location_here(&self, _code: &str) -> Option<KnownLocation> {
        None
    }

    fn location(&self, _warehouse: &str, _code: &str) -> Option<KnownLocation> {
        None
    }

    fn warehouse_of_gln(&self, _gln: &Gln) -> Option<WarehouseCode> {
        None
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let prefix = CompanyPrefix::parse("9521141")?;
    let mut items = Items { by_sku: HashMap::new(), by_gtin: HashMap::new() };
    let mut gtins = Vec::new();
    for number in 0..ITEMS {
        let (sku, gtin) = (format!("SKU-{number}"), prefix.gtin(number)?);
        let (unit, tracking) = (UnitCode::parse("EA")?, Tracking::Lot);
        let (sku_code, base_unit) = (Sku::parse(&sku)?, unit.clone());
        let item = KnownItem {
            sku: sku_code,
            unit,
            base_unit,
            kilogram: None,
            pound: None,
            weighed: None,
            tracking,
            active: true,
        };
        items.by_sku.insert(sku, item.clone());
        items.by_gtin.insert(gtin.clone(), item);
        gtins.push(gtin);
    }
    let label = |separator: &str| {
        gtins.iter().map(|gtin| format!("01{gtin}1727033110LOT-7{separator}21SN-00012345")).collect()
    };
    let with = |before: &str, of: Vec<String>| of.into_iter().map(|text| format!("{before}{text}")).collect();
    let link = |gtin: &Gtin| format!("https://id.gs1.org/01/{gtin}/10/LOT-7/21/SN-00012345?17=270331");
    measure("element string", &with("]d2", label("\u{1d}")), &items)?;
    measure("keyboard wedge", &label("~"), &items)?;
    measure("Digital Link", &gtins.iter().map(link).collect(), &items)?;
    measure(
        "EAN-13",
        &gtins.iter().filter_map(|gtin| gtin.as_str().get(1..).map(str::to_owned)).collect(),
        &items,
    )?;
    measure("SKU", &(0..ITEMS).map(|number| format!("SKU-{number}")).collect(), &items)
}

fn measure(what: &str, scans: &Vec<String>, items: &Items) -> Result<(), Box<dyn Error>> {
    let (separators, reference_year) = (Separators::default(), ReferenceYear::parse(2026)?);
    let setting = Setting { separators: &separators, reference_year, context: Context::Receiving };
    let started = now();
    let (mut done, mut slowest) = (0_u32, Duration::ZERO);
    while started.elapsed() < MEASURED {
        for scan in scans {
            let before = now();
            black_box(interpret(black_box(scan), &setting, items))?;
            slowest = slowest.max(before.elapsed());
            done += 1;
        }
    }
    let each = started.elapsed() / done;
    writeln!(io::stdout(), "{what:15} {done:8} scans: {each:?} each, the slowest {slowest:?}")?;
    Ok(())
}

#[expect(clippy::disallowed_methods, reason = "a program that measures needs a clock")]
fn now() -> std::time::Instant {
    std::time::Instant::now()
}
