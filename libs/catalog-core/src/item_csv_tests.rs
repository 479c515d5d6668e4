use proptest::prelude::*;

use super::*;
use crate::Record;

fn read(header: &str, row: &str) -> Result<Item, CsvError> {
    let header: Vec<&str> = header.split(',').collect();
    let row: Vec<&str> = row.split(',').collect();
    Columns::parse(&header)?.read(&row)
}

#[test]
fn a_full_row() {
    let item = read(
        "sku,name,base_unit,base_unit_decimals,unit_conversions,gtins,tracking,item_class,negative_stock_policy",
        "A-1,A thing,EA,2,CASE=12/1:0;PALLET=40xCASE@09520123456788,00000096385074;06291041500213,lot,TOYS,allow",
    )
    .unwrap();
    assert_eq!((item.sku.as_str(), item.base_unit_decimals, item.gtins.len()), ("A-1", 2, 2));
    assert_eq!((item.tracking(), item.negative_stock_policy()), (Tracking::Lot, NegativeStockPolicy::Allow));
    let gtins = vec!["09520123456788".into()];
    let pallet = UnitConversion { unit: "PALLET".into(), numerator: 480, denominator: 1, decimals: 0, gtins };
    assert_eq!(item.unit_conversions[1], pallet);
}

#[test]
fn columns_in_another_order_and_defaults() {
    let item = read("\u{feff}name,sku,base_unit", "A thing,A-1,EA").unwrap();
    assert_eq!((item.sku.as_str(), item.name.as_str()), ("A-1", "A thing"));
    assert_eq!(
        (item.tracking(), item.negative_stock_policy()),
        (Tracking::None, NegativeStockPolicy::Forbid)
    );
    assert!(item.normalised().is_ok());
}

#[test]
fn what_cannot_be_read() {
    for (header, row, expected) in [
        ("sku,name,base_unit,colour", "A,B,EA,red", "column \"colour\" is not known: the columns are sku, "),
        ("sku,name,base_unit,sku", "A,B,EA,C", "column \"sku\" is there twice: keep one"),
        ("sku,name", "A,B", "column \"base_unit\" is missing: add it"),
        ("sku,name,base_unit", "A,B", "the row has 2 cells and the header 3"),
        ("sku,name,base_unit,base_unit_decimals", "A,B,EA,two", "base_unit_decimals \"two\" cannot be read"),
        (
            "sku,name,base_unit,unit_conversions",
            "A,B,EA,CASE:12",
            "unit_conversions cannot be read: \"CASE:12\" is not UNIT=FACTOR",
        ),
        (
            "sku,name,base_unit,unit_conversions",
            "A,B,EA,A=2xB;B=2xA",
            "unit_conversions cannot be read: unit \"A\" counts itself",
        ),
        (
            "sku,name,base_unit,tracking",
            "A,B,EA,batch",
            "tracking \"batch\" cannot be read: none, lot or serial",
        ),
        ("sku,name,base_unit,catch_weight", "A,B,EA,kg:x", "catch_weight \"kg:x\" cannot be read: UNIT"),
        (
            "sku,name,base_unit,negative_stock_policy",
            "A,B,EA,yes",
            "negative_stock_policy \"yes\" cannot be read",
        ),
    ] {
        let message = read(header, row).unwrap_err().to_string();
        assert!(message.starts_with(expected), "{header} {row}: {message}");
    }
}

#[test]
fn formulas_are_disarmed_and_come_back() {
    for (cell, written) in [
        ("=1+1", "'=1+1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("-5", "'-5"),
        ("+49", "'+49"),
        ("\tx", "'\tx"),
        ("'=x", "''=x"),
        ("'quoted'", "'quoted'"),
        ("plain", "plain"),
        ("", ""),
    ] {
        assert_eq!(armed(cell), written);
        assert_eq!(disarmed(written), cell);
    }
}

fn any_gtins() -> impl Strategy<Value = Vec<String>> {
    proptest::collection::vec("[0-9]{14}", 0..3)
}

prop_compose! {
    fn any_item()(
        (sku, name) in ("[-=+@'A-Z0-9][A-Za-z0-9 ;/=-]{0,20}[A-Z0-9]", "[-=+@'A-Za-z][ -~äß]{0,40}"),
        (decimals, tracking, policy) in (0_u32..=9, 1_i32..=3, 1_i32..=2),
        units in proptest::collection::btree_map("[A-Z][A-Z0-9]{2,8}", (1_u64..1_000_000, 1_u64..1_000, 0_u32..=9, any_gtins()), 0..5),
        class in "[A-Z0-9-]{0,8}", weighed in prop::sample::select(vec!["none", "kg:3", "lb:0@..11", "kg:6@4.5..5"]),
    ) -> Item {
        let conversion = |(unit, (numerator, denominator, decimals, gtins))| {
            UnitConversion { unit, numerator, denominator, decimals, gtins }
        };
        Item {
            sku, name, base_unit: "EA".into(), base_unit_decimals: decimals, tracking, negative_stock_policy: policy,
            unit_conversions: units.into_iter().map(conversion).collect(), item_class: class,
            gtins: vec!["00000096385074".into()], catch_weight: read_catch_weight(weighed).unwrap(), ..Default::default()
        }
    }
}

proptest! {
    #[test]
    fn what_is_written_reads_back(item in any_item()) {
        let cells = write(&item);
        let row: Vec<&str> = cells.iter().map(String::as_str).collect();
        for cell in &row {
            prop_assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r']));
        }
        prop_assert_eq!(Columns::parse(&COLUMNS).unwrap().read(&row).unwrap(), item);
    }

    #[test]
    fn every_cell_comes_back(cell in "['=+@\t\ra-z-]{0,6}") {
        let written = armed(&cell);
        prop_assert_eq!(disarmed(&written), cell);
    }
}
