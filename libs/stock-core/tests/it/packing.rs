//! Handling units, as text tables in the words of [`crate::handling_units`].

use crate::language::Warehouse;
use crate::rules::check;

#[test]
fn numbers_are_given_in_order_and_never_again() {
    check(
        "open BOX MAIN                                 | line 0: no number after None
         range 7610425 3 5 7                           | ok
         open BOX MAIN; open PALLET MAIN               | ok #5 #6
         open BOX MAIN; issue A MAIN 1                 | line 1: insufficient 1 of 0
         open BOX MAIN                                 | ok #7
         open BOX MAIN                                 | line 0: no number after Some(\"#7\")
         close #6                                      | ok
         open BOX MAIN #6                              | line 0: #6 was used
         open BOX MAIN #3                              | line 0: #3 was used
         range 7610425 3 7 9                           | line 0: given up to Some(8)
         range 7610425 3 8 9; open BOX MAIN            | ok #8
         range 76104 3 0 9                             | line 0: given up to None
         range 76104250 3 0 9                          | line 0: given up to None
         range 4012345 0 0 9; open BOX PICK            | ok 040123450000000009
         range 7610425 3 0 9                           | line 0: given up to Some(9)
         range 7610425 3 9 12; open BOX MAIN           | ok #9
         open BOX MAIN 040123450000000009              | line 0: 040123450000000009 was used
         open BOX MAIN 040123450000000016              | ok 040123450000000016
         open BOX MAIN #11; close #11                  | ok #11
         open BOX MAIN                                 | ok #10
         open BOX MAIN                                 | ok #12
         open BOX MAIN #11                             | line 0: #11 was used",
    );
}

#[test]
fn a_suppliers_number_is_used_once() {
    check(
        "open PALLET MAIN 106141412345678908           | ok 106141412345678908
         open PALLET MAIN 106141412345678908           | line 0: 106141412345678908 was used
         close 106141412345678908                      | ok
         unit 106141412345678908                       | none
         open PALLET MAIN 106141412345678908           | line 0: 106141412345678908 was used
         open BOX MAIN 006141410000000005; close line:0; open BOX MAIN 006141410000000005 | line 2: 006141410000000005 was used",
    );
}

#[test]
fn goods_are_packed_and_unpacked() {
    check(
        "range 7610425 3 0 99                          | ok
         open PALLET MAIN; receive A MAIN 10; pack line:0 A 6 | ok #0
         unit #0                                       | PALLET at MAIN: 6 A
         stock A MAIN                                  | 10 on hand, 0 reserved
         issue A MAIN 5                                | line 0: 4 loose, 6 packed
         move A MAIN PICK 5                            | line 0: 4 loose, 6 packed
         adjust A MAIN -5 lost                         | line 0: 4 loose, 6 packed
         status A MAIN 5 damaged                       | line 0: 4 loose, 6 packed
         issue A MAIN 11                               | line 0: insufficient 11 of 10
         issue A MAIN 4                                | ok
         pack #0 A 1                                   | line 0: 0 loose, 6 packed
         pack #0 B 1                                   | line 0: insufficient 1 of 0
         unpack #0 A 7                                 | line 0: 7 of 6 in #0
         unpack #0 A 2; issue A MAIN 2                 | ok
         unpack #0                                     | ok
         unit #0                                       | PALLET at MAIN: 
         unpack #0                                     | line 0: 0 of 0 in #0
         pack #1 A 1                                   | line 0: no unit #1
         pack line:3 A 1                               | line 0: no unit line:3",
    );
}

#[test]
fn goods_are_named_by_their_unit() {
    check(
        "range 7610425 3 0 99; open BOX MAIN; open BOX MAIN; open BOX PICK | ok #0 #1 #2
         receive A MAIN 10 @ unit=line:0; receive A MAIN 1 | line 0: no unit line:0
         receive A MAIN 10 @ unit=#0   | ok
         unit #0                                       | BOX at MAIN: 10 A
         issue A MAIN 1 @ unit=#0      | ok
         return A MAIN 1 @ unit=#0     | ok
         adjust A MAIN -2 lost @ unit=#0 | ok
         adjust A MAIN 1 found @ unit=#0 | ok
         move A MAIN PICK 2 @ unit=#0  | ok
         status A MAIN 3 damaged @ unit=#0 | ok
         unit #0                                       | BOX at MAIN: 4 A, 3 A damaged own
         receive A MAIN 1; issue A MAIN 5 @ unit=#0 | line 1: 5 of 4 in #0
         issue A PICK 1 @ unit=#0      | line 0: #0 is at MAIN
         pack #1 A 4 @ unit=#0         | ok
         unit #1                                       | BOX at MAIN: 4 A
         pack #2 A 1 @ unit=#1         | line 0: #1 is at MAIN
         receive A MAIN 1 @ owner=consignment:ACME unit=#1 | ok
         own A MAIN 1 @ owner=consignment:ACME unit=#1 | ok
         unit #1                                       | BOX at MAIN: 5 A",
    );
}

#[test]
fn a_whole_unit_moves_and_ships_in_one_line() {
    check(
        "range 7610425 3 0 99                          | ok
         open PALLET MAIN; open BOX MAIN; nest line:1 line:0 | ok #0 #1
         receive A MAIN 10; pack #0 A 3; pack #1 A 2; receive L MAIN 5 @ lot=X; pack #1 L 5 @ lot=X | ok
         unit #0                                       | PALLET at MAIN with #1: 3 A
         unit #1                                       | BOX at MAIN in #0: 2 A, 5 L X
         shift #0 PICK                                 | ok
         unit #1                                       | BOX at PICK in #0: 2 A, 5 L X
         stock A PICK                                  | 5 on hand, 0 reserved
         stock L PICK @ lot=X                          | 5 on hand, 0 reserved
         shift #1 MAIN                                 | ok
         unit #0                                       | PALLET at PICK: 3 A
         stock A MAIN                                  | 7 on hand, 0 reserved
         shift #1 MAIN                                 | ok
         nest #1 #0                                    | line 0: #1 is at MAIN
         shift #1 PICK; nest #1 #0; ship #0            | ok
         stock A PICK                                  | 0 on hand, 0 reserved
         stock L PICK @ lot=X                          | 0 on hand, 0 reserved
         unit #1                                       | none
         close #0                                      | line 0: no unit #0",
    );
}

#[test]
fn promised_goods_do_not_leave_for_others() {
    check(
        "range 7610425 3 0 99; open PALLET MAIN; receive A MAIN 5; pack line:1 A 5; reserve A MAIN 2 | ok 1-4 #0
         shift #0 PICK                                 | ok
         stock A PICK                                  | 5 on hand, 2 reserved
         shift #0 MAIN                                 | ok
         fulfil 1-4                                    | line 0: 0 loose, 5 packed
         unpack #0 A 1; pack #0 A 1                    | ok
         receive A MAIN 2                              | ok
         fulfil 1-4 1                                  | ok
         release 1-4; ship #0                          | ok
         stock A MAIN                                  | 1 on hand, 0 reserved",
    );
}

#[test]
fn promised_goods_leave_out_of_their_unit() {
    check(
        "range 7610425 3 0 99; open PALLET MAIN; open BOX PICK; receive A MAIN 9 @ unit=line:1 | ok #0 #1
         reserve A MAIN 4                              | ok 2-0
         fulfil 2-0 1                                  | line 0: 0 loose, 9 packed
         fulfil 2-0 1 @ unit=#1                        | line 0: #1 is at PICK
         fulfil 2-0 1 @ unit=#7                        | line 0: no unit #7
         fulfil 2-0 3 @ unit=#0                        | ok
         unit #0                                       | PALLET at MAIN: 6 A
         reverse 6-0                                   | ok
         unit #0                                       | PALLET at MAIN: 9 A
         receive S MAIN 2 @ serials=1,2; reserve S MAIN 1 @ serials=1 | ok 8-1
         pack #0 S 2 @ serials=1,2                     | ok
         shift #0 PICK                                 | ok
         stock A PICK                                  | 9 on hand, 1 reserved
         stock S PICK                                  | 2 on hand, 1 reserved
         release 2-0; ship #0                          | line 1: 1 is of 8-1
         fulfil 8-1                                    | line 0: 0 loose, 2 packed in #0
         fulfil 8-1 @ unit=#0; release 2-0; ship #0    | ok",
    );
}

#[test]
fn a_unit_ships_under_the_rules_of_its_goods() {
    check(
        "range 7610425 3 0 99; open PALLET MAIN; receive A MAIN 10 @ unit=line:1 | ok #0
         rule quota A WEB 4; rule buffer A 2           | ok
         ship #0                                       | line 0: 10 of 10 with 4 for others
         ship #0 @ channel=WEB                         | line 0: 10 of 10 with 0 for others and 2 buffer
         ship #0 @ channel=WEB may=buffer              | ok
         open BOX MAIN; receive L MAIN 2 @ lot=A expiry=2027-01-01 unit=line:0; rule life C-1 30 | ok #1
         ship #1 @ holder=C-1 needed=2026-12-15        | line 0: A until 2027-01-01, not 2027-01-14
         shift #1 PICK; pack #1 L 1 @ lot=A unit=#1    | ok
         ship #1 @ holder=C-1 needed=2026-12-01        | ok",
    );
}

#[test]
fn what_is_held_back_does_not_ship_by_itself() {
    check(
        "range 7610425 3 0 99; open PALLET MAIN        | ok #0
         receive A MAIN 2 @ unit=#0; receive A MAIN 3 @ owner=consignment:ACME unit=#0 | ok
         status A MAIN 1 quarantine @ unit=#0 | ok
         ship #0                                       | line 0: insufficient 1 of 0
         shift #0 PICK                                 | ok
         stock A PICK @ status=quarantine              | 1 on hand, 0 reserved
         issue A PICK 1 @ status=quarantine unit=#0; ship #0 | ok
         stock A PICK @ owner=consignment:ACME         | 0 on hand, 0 reserved",
    );
}

#[test]
fn packing_is_taken_back_while_the_unit_is_where_it_was() {
    check(
        "range 7610425 3 0 99; open BOX MAIN; receive A MAIN 5; pack #0 A 3 | ok #0
         reserve A MAIN 5; reverse 1-3                 | ok 2-0
         unit #0                                       | BOX at MAIN:
         release 2-0; pack #0 A 3; issue A MAIN 1 @ unit=#0 | ok
         unit #0                                       | BOX at MAIN: 2 A
         reverse 3-2                                   | ok
         unit #0                                       | BOX at MAIN: 3 A
         shift #0 PICK                                 | ok
         reverse 5-0                                   | line 0: #0 is at PICK
         reverse 3-1                                   | line 0: #0 is at PICK
         ship #0                                       | ok
         reverse 3-1                                   | line 0: no unit #0",
    );
}

#[test]
fn what_was_shipped_comes_back_loose() {
    check(
        "range 7610425 3 0 99; open PALLET MAIN; open BOX MAIN; nest line:2 line:1 | ok #0 #1
         receive A MAIN 2 @ unit=#0; receive A MAIN 3 @ owner=consignment:ACME unit=#1 | ok
         receive S MAIN 2 @ serials=1,2 unit=#1        | ok
         ship #0                                       | ok
         reverse 4-0                                   | ok
         unit #0                                       | none
         stock A MAIN                                  | 2 on hand, 0 reserved
         stock A MAIN @ owner=consignment:ACME         | 3 on hand, 0 reserved
         issue S MAIN 1 @ serials=2; issue A MAIN 2    | ok
         reverse 4-0                                   | line 0: 4-0 reversed by 5-0
         ship #0                                       | line 0: no unit #0
         open PALLET MAIN #0                           | line 0: #0 was used",
    );
}

#[test]
fn what_a_closed_unit_held_is_taken_back_among_loose_goods() {
    check(
        "range 7610425 3 0 99; open BOX MAIN; receive A MAIN 3 @ unit=line:1 | ok #0
         unpack #0; close #0                           | ok
         reverse 2-0                                   | line 0: no unit #0
         reverse 1-2                                   | ok
         stock A MAIN                                  | 0 on hand, 0 reserved",
    );
}

#[test]
fn units_have_their_times_and_the_lock() {
    check(
        "at 10 range 7610425 3 0 99; open PALLET MAIN; receive A MAIN 5 @ unit=line:1 | ok #0
         at 30 shift #0 PICK                           | ok
         at 20 issue A PICK 1 @ unit=#0                | line 0: -1 at 20
         at 20 ship #0                                 | line 0: -5 at 20
         at 40 lock 35                                 | ok
         at 20 open BOX MAIN                           | line 0: locked until 35
         at 34 shift #0 MAIN                           | line 0: locked until 35
         pass at 34 shift #0 MAIN                      | ok
         unit #0                                       | PALLET at MAIN: 5 A
         at 35 ship #0                                 | ok
         stock A MAIN at 34                            | 5 on hand
         stock A MAIN at 35                            | 0 on hand",
    );
}

#[test]
fn a_unit_with_goods_of_several_owners_ships_them_all() {
    check(
        "range 7610425 3 0 99; open PALLET MAIN; receive A MAIN 1 @ unit=line:1 | ok #0
         receive A MAIN 2 @ owner=consignment:ACME unit=#0; receive A MAIN 4 @ owner=customer:BIKES unit=#0 | ok
         issue A MAIN 2 @ unit=#0                      | line 0: insufficient 2 of 1
         issue A MAIN 2 @ owner=consignment:ACME       | line 0: 0 loose, 2 packed
         ship #0                                       | ok
         stock A MAIN @ owner=customer:BIKES           | 0 on hand, 0 reserved
         ship #0                                       | line 0: no unit #0",
    );
}

#[test]
fn a_lot_is_held_in_its_units_too() {
    check(
        "range 7610425 3 0 99; open BOX MAIN           | ok #0
         receive L MAIN 6 @ lot=A expiry=2026-01-31; pack #0 L 4 @ lot=A; reserve L MAIN 1 @ lot=A | ok 2-2
         outdate L A                                   | ok
         unit #0                                       | BOX at MAIN: 4 L A expired own
         stock L MAIN @ lot=A                          | 0 on hand, 0 reserved
         stock L MAIN @ lot=A status=expired           | 6 on hand, 0 reserved
         ship #0                                       | line 0: insufficient 4 of 0
         fulfil 2-2                                    | line 0: no reservation 2-2
         recall L A                                    | ok
         unit #0                                       | BOX at MAIN: 4 L A recalled own
         stock L MAIN @ lot=A status=recalled          | 6 on hand, 0 reserved",
    );
}

#[test]
fn units_stand_in_each_other() {
    check(
        "range 7610425 3 0 99                          | ok
         open P MAIN; open B MAIN; open B MAIN; open B MAIN; open B MAIN; open B MAIN | ok #0 #1 #2 #3 #4 #5
         nest #0 #0                                    | line 0: #0 in #0: Cycle
         nest #1 #0; nest #2 #1; nest #0 #2            | line 2: #0 in #2: Cycle
         nest #1 #0; nest #2 #1; nest #4 #3; nest #3 #2 | ok
         nest #5 #4                                    | line 0: #5 in #4: TooDeep
         nest #0 #5                                    | line 0: #0 in #5: TooDeep
         unit #3                                       | B at MAIN in #2 with #4: 
         close #2                                      | line 0: #2 is not empty
         nest #3 #5                                    | ok
         unit #2                                       | B at MAIN in #1: 
         close #2; unnest #1; shift #0 PICK            | ok
         unit #1                                       | B at MAIN: 
         unnest #1; nest #1 #5; shift #5 DOCK          | ok
         unit #4                                       | B at DOCK in #3: 
         nest #1 #9                                    | line 0: no unit #9",
    );
}

#[test]
fn pieces_are_in_the_unit_they_were_packed_into() {
    check(
        "range 7610425 3 0 99; open BOX MAIN; open BOX MAIN | ok #0 #1
         receive S MAIN 4 @ serials=1,2,3,4            | ok
         pack #0 S 2 @ serials=1,2                     | ok
         pack #0 S 1 @ serials=1                       | line 0: 2 loose, 2 packed in #0
         pack #0 S 1 @ serials=9                       | line 0: no serial 9
         pack #0 S 1                                   | line 0: by quantity only, here by serial
         pack #0 S 1 @ serials=3 status=damaged        | line 0: 3 elsewhere, at MAIN
         issue S MAIN 1 @ serials=2                    | line 0: 2 loose, 2 packed in #0
         issue S MAIN 1 @ serials=3                    | ok
         issue S MAIN 1 @ serials=4 unit=#0 | line 0: 4 elsewhere, at MAIN
         pack #1 S 1 @ serials=2 unit=#0 | ok
         shift #1 PICK                                 | ok
         issue S PICK 1 @ serials=2                    | line 0: 0 loose, 1 packed in #1
         issue S PICK 1 @ serials=2 unit=#1 | ok
         unpack #0 S 1 @ serials=1; issue S MAIN 2 @ serials=1,4 | ok
         receive S MAIN 1 @ serials=5; receive S PICK 1 @ serials=6 unit=#1 | ok
         issue S MAIN 1 @ serials=6                    | line 0: 6 elsewhere, at PICK
         issue S PICK 1 @ serials=9 unit=#1            | line 0: no serial 9
         issue S PICK 1 @ serials=5 unit=#1            | line 0: 5 elsewhere, at MAIN",
    );
}

#[test]
fn lots_are_chosen_among_loose_goods_or_in_the_unit() {
    check(
        "range 7610425 3 0 99; open BOX MAIN           | ok #0
         receive L MAIN 5 @ lot=A expiry=2027-01-01; receive L MAIN 5 @ lot=B expiry=2027-06-01 | ok
         pack #0 L 5 @ lot=A; pack #0 L 1 @ lot=B      | ok
         issue L MAIN 3 @ by=lot                       | ok
         stock L MAIN @ lot=B                          | 2 on hand, 0 reserved
         issue L MAIN 2 @ by=lot                       | line 0: 1 loose, 6 packed
         issue L MAIN 8 @ by=lot                       | line 0: insufficient 8 of 7
         issue L MAIN 7 @ by=lot unit=#0 | line 0: 7 of 6 in #0
         issue L MAIN 6 @ by=lot unit=#0 | ok
         unit #0                                       | BOX at MAIN: 
         issue L MAIN 1 @ by=lot                       | ok",
    );
}

#[test]
fn goods_are_chosen_by_rule_among_loose_ones_or_in_the_unit() {
    check(
        "range 7610425 3 0 99; open BOX MAIN           | ok #0
         receive L MAIN 5 @ lot=A; receive L MAIN 5 @ lot=B | ok
         pack #0 L 4 @ lot=A                           | ok
         issue L MAIN 6 @ by=lot pick=full             | ok
         issue L MAIN 1 @ by=lot pick=fifo             | line 0: 0 loose, 4 packed
         issue L MAIN 5 @ by=lot pick=fifo             | line 0: insufficient 5 of 4
         issue L MAIN 2 @ by=lot pick=fifo unit=#0     | ok
         issue L MAIN 3 @ by=lot pick=lifo unit=#0     | line 0: 3 of 2 in #0
         reserve L * 2 @ by=lot                        | ok 9-0
         fulfil 9-0 @ unit=#0                          | ok",
    );
}

#[test]
fn packed_goods_are_there_even_where_stock_may_go_negative() {
    check(
        "range 7610425 3 0 99; open BOX MAIN           | ok #0
         receive N MAIN 5; pack #0 N 3                 | ok
         issue N MAIN 4                                | line 0: 2 loose, 3 packed
         issue N MAIN 2; unpack #0; issue N MAIN 5     | ok
         stock N MAIN                                  | -2 on hand, 0 reserved
         receive N MAIN 1 @ unit=#0    | line 0: insufficient 1 of -1",
    );
}

#[test]
fn what_is_in_a_unit_has_limits() {
    let mut warehouse = Warehouse::new();
    assert_eq!(warehouse.post("range 7610425 3 0 99; open PALLET MAIN"), "ok #0");
    let pieces = |from: usize| {
        let serials: Vec<_> = (from..from + 1000).map(|n| n.to_string()).collect();
        format!("receive S MAIN 1000 @ unit=#0 serials={}", serials.join(","))
    };
    for n in 0..5 {
        assert_eq!(warehouse.post(&pieces(n * 1000)), "ok");
    }
    assert_eq!(warehouse.post(&pieces(9000)), "line 0: #0: too many serials");
    assert_eq!(warehouse.post("shift #0 PICK"), "ok");
    assert_eq!(warehouse.post("shift #0 MAIN; shift #0 PICK"), "line 1: #0: too many document");
    let lots = |from: usize, to: usize| (from..to).map(|n| format!("receive L PICK 1 @ lot={n} unit=#0"));
    assert_eq!(warehouse.post(&lots(0, 999).collect::<Vec<_>>().join(";")), "ok");
    assert_eq!(
        warehouse.post(&lots(999, 1000).collect::<Vec<_>>().join(";")),
        "line 0: #0: too many contents"
    );
    assert_eq!(warehouse.post("receive L PICK 1 @ lot=7 unit=#0"), "ok");
    assert_eq!(warehouse.post("status L PICK 1 damaged @ lot=7 unit=#0"), "ok", "what is held back stays");
    assert_eq!(warehouse.post("receive L PICK 1 @ lot=7 unit=#0"), "line 0: #0: too many contents");
    warehouse.assert_sound();
}
