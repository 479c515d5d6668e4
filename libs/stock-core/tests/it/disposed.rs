//! What becomes of goods of deliveries for good.

use crate::language::Warehouse;

fn check(table: &[(&str, &str)]) {
    let mut warehouse = Warehouse::new();
    for (number, (text, expected)) in table.iter().enumerate() {
        assert_eq!(warehouse.post(text), *expected, "{}: {text}", number + 1);
    }
    warehouse.assert_sound();
}

#[test]
fn a_purchase_goes_back_to_its_supplier_also_when_it_is_closed_and_never_more_than_came() {
    check(&[
        ("announce PO-1 purchase 2026-03-01 from=ACME 1=A*10 2=B*5", "ok"),
        ("dispose PO-1#1 return_to_supplier issue A DOCK 1", "line 0: insufficient 1 of 0"),
        ("receive A DOCK 20", "ok"),
        ("dispose PO-1#1 return_to_supplier issue A DOCK 1", "line 0: 1 of 0 of PO-1#1"),
        ("of PO-1 receive A DOCK 10 @ status=damaged", "ok"),
        ("dispose PO-1#1 return_to_supplier issue A DOCK 4 @ status=damaged", "ok"),
        ("delivery PO-1", "arriving: 1: 10 of 10 A (4 returned), 2: 0 of 5 B"),
        ("dispose PO-1#2 return_to_supplier issue A DOCK 1", "line 0: PO-1#2 is of B, not A"),
        ("dispose PO-1#3 return_to_supplier issue A DOCK 1", "line 0: no line PO-1#3"),
        ("finish PO-1 supplier", "ok"),
        ("dispose PO-1#1 return_to_supplier issue A DOCK 7", "line 0: 7 of 6 of PO-1#1"),
        ("dispose PO-1#1 scrap adjust A DOCK -2 broken @ status=damaged", "ok"),
        (
            "delivery PO-1",
            "closed: 1: 10 of 10 A (4 returned) (2 scrapped), 2: 0 of 5 B, 2: 5 short (supplier)",
        ),
        ("dispose PO-1#1 return_to_supplier issue A DOCK 4", "ok"),
        ("dispose PO-1#1 return_to_supplier issue A DOCK 1", "line 0: 1 of 0 of PO-1#1"),
        ("dispose PO-1#1 restock status A DOCK 1 quarantine", "line 0: PO-1 is a purchase, not for restock"),
        ("reverse 5-0", "line 0: insufficient 10 of 4"),
        (
            "delivery PO-1",
            "closed: 1: 10 of 10 A (8 returned) (2 scrapped), 2: 0 of 5 B, 2: 5 short (supplier)",
        ),
    ]);
}

#[test]
fn what_became_of_goods_is_taken_back_once() {
    check(&[
        ("announce PO-1 purchase 2026-03-01 1=A*10", "ok"),
        ("of PO-1 receive A DOCK 10", "ok"),
        ("dispose PO-1#1 return_to_supplier issue A DOCK 4", "ok"),
        // What has gone back did come.
        ("reverse 2-0", "line 0: insufficient 10 of 6"),
        ("reverse 3-0", "ok"),
        ("reverse 3-0", "line 0: 3-0 reversed by 5-0"),
        ("delivery PO-1", "arriving: 1: 10 of 10 A"),
        ("stock A DOCK", "10 on hand, 0 reserved"),
        ("reverse 2-0", "ok"),
        ("delivery PO-1", "announced: 1: 0 of 10 A"),
    ]);
}

#[test]
fn a_return_is_restocked_refurbished_or_scrapped() {
    check(&[
        ("announce RMA-1 return 2026-03-01 from=C-1 1=A*10", "ok"),
        ("of RMA-1 return A DOCK 6 @ status=returned", "ok"),
        ("dispose RMA-1#1 restock status A DOCK 2 available @ status=returned", "ok"),
        ("dispose RMA-1#1 refurbish status A DOCK 3 quality_hold @ status=returned", "ok"),
        ("dispose RMA-1#1 scrap adjust A DOCK -1 worn @ status=returned", "ok"),
        ("delivery RMA-1", "arriving: 1: 6 of 10 A (2 restocked) (3 refurbished) (1 scrapped)"),
        (
            "dispose RMA-1#1 return_to_supplier issue A DOCK 1",
            "line 0: RMA-1 is a return, not for return_to_supplier",
        ),
        ("dispose RMA-1#1 refurbish status A DOCK 1 inspection", "ok"),
        // What was refurbished becomes something for good afterwards.
        ("dispose RMA-1#1 restock status A DOCK 3 available @ status=quality_hold", "ok"),
        (
            "dispose RMA-1#1 restock status A DOCK 1 available @ status=inspection",
            "line 0: 1 of 0 of RMA-1#1",
        ),
        ("delivery RMA-1", "arriving: 1: 6 of 10 A (5 restocked) (4 refurbished) (1 scrapped)"),
        ("announce RMA-2 return 2026-03-01 1=A*1; call-off RMA-2", "ok"),
        ("dispose RMA-2#1 scrap adjust A DOCK -1 worn", "line 0: RMA-2 is cancelled"),
    ]);
}

#[test]
fn goods_that_wait_for_an_inspection_are_not_restocked_without_it() {
    check(&[
        ("announce RMA-1 return 2026-03-01 1=A*10!1.0", "ok"),
        ("of RMA-1 return A DOCK 10", "ok"),
        ("stock A DOCK @ status=inspection", "10 on hand, 0 reserved"),
        (
            "dispose RMA-1#1 restock status A DOCK 2 available @ status=inspection",
            "line 0: 10 of RMA-1#1 not inspected",
        ),
        ("dispose RMA-1#1 scrap adjust A DOCK -4 worn @ status=inspection", "ok"),
        ("delivery RMA-1", "arriving: 1: 10 of 10 A (4 seen) (4 scrapped)"),
        ("finish RMA-1", "line 0: 6 of RMA-1#1 not inspected"),
        ("reverse 4-0", "ok"),
        ("delivery RMA-1", "arriving: 1: 10 of 10 A (0 seen)"),
        ("dispose RMA-1#1 refurbish status A DOCK 10 quarantine @ status=inspection", "ok"),
        ("finish RMA-1", "ok"),
        ("dispose RMA-1#1 scrap adjust A DOCK -10 worn @ status=quarantine", "ok"),
        ("delivery RMA-1", "closed: 1: 10 of 10 A (10 seen) (10 refurbished) (10 scrapped)"),
    ]);
}
