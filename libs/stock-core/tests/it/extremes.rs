//! Quantities and weights at the ends of their range: what is decided can be applied, and what is stored can be read again.

use proptest::prelude::*;

use crate::language::Warehouse;
use crate::rules::check;

#[test]
fn a_weight_that_nobody_believes_is_taken_back_or_refused() {
    check(
        "receive C MAIN 1 @ kg=1                               | ok
         issue C MAIN 1 @ kg=1000000000000000000               | ok
         receive C MAIN 1 @ kg=5                               | ok
         reverse 2-0                                           | ok
         stock C MAIN                                          | 2 on hand, 0 reserved, 6 kg
         receive C PICK 1 @ kg=1000000000000000000             | line 0: overflow
         receive C PICK 1 @ kg=999999999999999994              | ok
         move C MAIN PICK 2 @ kg=7                             | line 0: overflow
         move C MAIN PICK 2 @ kg=6                             | ok
         issue C PICK 3 @ kg=0.000000001                       | ok
         stock C PICK                                          | 0 on hand, 0 reserved",
    );
}

#[test]
fn a_sum_may_leave_the_range_on_the_way() {
    check(
        "issue N PICK 1                                        | ok
         receive N ZONE 999999999999999999.999999999           | ok
         receive N MAIN 1                                      | ok
         receive N MAIN 0.000000001                            | ok
         receive N MAIN 0.000000001                            | line 0: overflow",
    );
}

#[test]
fn shares_of_next_to_nothing_come_back() {
    check(
        "range 7610425 3 0 99; open PALLET MAIN; open BOX MAIN; nest line:2 line:1 | ok #0 #1
         receive C MAIN 2 @ kg=0.000000001                     | ok
         pack #0 C 1 @ by=kg; pack #1 C 1 @ by=kg              | ok
         shift #0 PICK                                         | ok
         stock C PICK                                          | 2 on hand, 0 reserved, 0.000000002 kg
         receive C MAIN 1 @ kg=5; issue C MAIN 1 @ kg=5        | ok
         issue C PICK 1 @ kg=0.000000001 unit=#1               | ok
         shift #0 MAIN                                         | ok
         stock C MAIN                                          | 1 on hand, 0 reserved, 0.000000001 kg
         issue C MAIN 1 @ kg=1 unit=#0                         | ok
         receive C MAIN 3 @ lot=A kg=0.000000001 expiry=2027-01-01 | ok
         open BOX MAIN; pack line:0 C 1 @ lot=A by=kg          | ok #2
         outdate C A                                           | ok
         stock C MAIN @ lot=A status=expired                   | 3 on hand, 0 reserved, 0.000000002 kg
         receive C PICK 1 @ lot=A kg=1 expiry=2027-01-01        | ok
         reverse 11-0                                          | ok
         stock C MAIN @ lot=A                                  | 3 on hand, 0 reserved, 0.000000002 kg",
    );
}

fn any_line() -> impl Strategy<Value = String> {
    let n = || {
        prop::sample::select(vec![
            "0.000000001",
            "1",
            "2",
            "3",
            "5",
            "500000000000000000",
            "999999999999999999.999999999",
            "1000000000000000000",
        ])
    };
    let place = || prop::sample::select(vec!["MAIN", "PICK", "ZONE"]);
    let item = || prop::sample::select(vec!["A", "N", "L", "C", "NC"]);
    let goods = |item: &str, weight: &str| match item {
        "C" | "NC" => format!("kg={weight}"),
        "L" => "lot=X".to_owned(),
        _ => String::new(),
    };
    let in_unit = |unit: u32| if unit < 3 { format!(" unit=#{unit}") } else { String::new() };
    let ended = || (1_u32..60, 0_u32..3).prop_map(|(sequence, line)| format!("{sequence}-{line}"));
    let way = prop::sample::select(vec!["receive", "issue", "return", "consume", "produce"]);
    let claim = prop::sample::select(vec![
        "",
        " channel=WEB",
        " holder=C-1",
        " may=partial",
        " priority=9 may=reallocate",
    ]);
    let promised =
        (prop::sample::select(vec!["A", "N", "L by=lot", "C by=kg", "NC", "NC by=kg"]), place(), n(), claim);
    let rule =
        prop::sample::select(vec!["quota A WEB", "buffer A", "maximum A *", "maximum A C-1", "least N"]);
    prop_oneof![
        9 => (way, item(), place(), n(), n(), 0_u32..9).prop_map(move |(way, item, at, n, weight, unit)| {
            format!("{way} {item} {at} {n} @ {}{}", goods(item, weight), in_unit(unit))
        }),
        3 => (item(), place(), place(), n(), n()).prop_map(move |(item, from, to, n, weight)| format!("move {item} {from} {to} {n} @ {}", goods(item, weight))),
        1 => (place(), place(), n()).prop_map(|(from, to, n)| format!("move C {from} {to} {n} @ by=kg")),
        2 => (item(), place(), any::<bool>(), n(), n()).prop_map(move |(item, at, less, n, weight)| {
            format!("adjust {item} {at} {}{n} found @ {}", if less { "-" } else { "" }, goods(item, weight))
        }),
        2 => (place(), n(), n()).prop_map(|(at, n, weight)| format!("status C {at} {n} damaged @ kg={weight}")),
        1 => (place(), n(), n()).prop_map(|(at, n, weight)| format!("receive C {at} {n} @ lb={weight}")),
        1 => (place(), n()).prop_map(|(at, n)| format!("receive NC {at} {n}")),
        1 => (place(), n()).prop_map(|(at, n)| format!("issue NC {at} {n}")),
        3 => promised.prop_map(|(item, at, n, claim)| {
            let (sku, by) = item.split_once(' ').unwrap_or((item, ""));
            format!("reserve {sku} {at} {n} @ {by}{claim}")
        }),
        2 => (ended(), n(), n()).prop_map(|(id, n, weight)| format!("fulfil {id} {n} @ kg={weight}")),
        2 => (ended(), n()).prop_map(|(id, weight)| format!("fulfil {id} @ kg={weight}")),
        2 => ended().prop_map(|id| format!("fulfil {id}")),
        1 => (ended(), n()).prop_map(|(id, n)| format!("release {id} {n}")),
        6 => ended().prop_map(|id| format!("reverse {id}")),
        2 => (rule, n()).prop_map(|(rule, n)| format!("rule {rule} {n}")),
        2 => n().prop_map(|n| format!("expect E-1 purchase A {n} 2027-01-01")),
        2 => (place(), n()).prop_map(|(at, n)| format!("for E-1 receive A {at} {n}")),
        1 => n().prop_map(|n| format!("expect E-2 demand A {n} 2027-01-01")),
        1 => (place(), n()).prop_map(|(at, n)| format!("for E-2 issue A {at} {n}")),
        1 => Just("cancel E-1".to_owned()),
        1 => prop::sample::select(vec!["outdate L X", "recall L X"]).prop_map(str::to_owned),
        2 => (0_u32..3, prop::sample::select(vec!["A", "C by=kg", "L lot=X"]), n()).prop_map(|(unit, item, n)| {
            let (sku, by) = item.split_once(' ').unwrap_or((item, ""));
            format!("pack #{unit} {sku} {n} @ {by}")
        }),
        1 => (0_u32..3, place()).prop_map(|(unit, to)| format!("shift #{unit} {to}")),
        1 => (0_u32..3).prop_map(|unit| format!("ship #{unit}")),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    /// Whatever is accepted follows from the state that it was judged against, and the laws hold after it; else one document would take
    /// the warehouse down, and again whenever it is repeated.
    #[test]
    fn what_is_decided_can_be_applied(
        documents in prop::collection::vec((prop::collection::vec(any_line(), 1..4), 0_u32..12), 1..60)
    ) {
        let mut warehouse = Warehouse::new();
        warehouse.post("range 7610425 3 0 9; open BOX MAIN; open BOX MAIN; open BOX PICK; nest line:2 line:1");
        for (lines, at) in &documents {
            let at = if *at < 4 { format!("at {at} ") } else { String::new() };
            warehouse.post(&format!("{at}{}", lines.join(";")));
        }
        warehouse.assert_sound();
    }
}
