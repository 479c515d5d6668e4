use gs1::ReferenceYear;
use proptest::prelude::*;

use vocabulary::LocationCode;

use crate::testing::Site;
use crate::{Context, Interpretation, KnownUnit, NextAction, Problem, Separators, Setting, interpret};

fn scan(text: &str, context: Context) -> Result<Interpretation, Problem> {
    let reference_year = ReferenceYear::parse(2026).unwrap();
    interpret(text, &Setting { separators: &Separators::default(), reference_year, context }, &Site)
}

/// What was found, as `sku quantity unit =base quantity lot=… serial=… …`; the base quantity only where it is another number, `=?` where
/// it is not exact.
fn shown(found: &Interpretation) -> String {
    let facts = &found.facts;
    let named = |name: &str, value: Option<String>| value.map(|value| format!("{name}={value}"));
    let parts = [
        found.item.as_ref().map(|item| item.sku.to_string()),
        found.quantity.as_ref().map(|(quantity, unit)| format!("{quantity} {unit}")),
        in_base(found),
        named("lot", facts.lot.clone()),
        named("serial", facts.serial.clone()),
        named("expires", facts.expires_on.map(|date| date.to_string())),
        named("best", facts.best_before_on.map(|date| date.to_string())),
        named("made", facts.made_on.map(|date| date.to_string())),
        named("kg", facts.net_weight_kg.map(|weight| weight.to_string())),
        named("weighs", found.weight.map(|weight| weight.to_string())),
        named("lb", facts.net_weight_lb.map(|weight| weight.to_string())),
        named("unit", facts.sscc.as_ref().map(ToString::to_string)),
        named("at", found.location.as_ref().map(|place| format!("{}/{}", place.warehouse, place.code))),
        named("in", found.warehouse.as_ref().filter(|_| found.location.is_none()).map(ToString::to_string)),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
}

fn in_base(found: &Interpretation) -> Option<String> {
    match (&found.quantity, found.base_quantity) {
        (Some((quantity, _)), Some(base)) => (base != *quantity).then(|| format!("={base}")),
        (Some(_), None) => Some("=?".into()),
        (None, base) => base.map(|base| format!("={base}")),
    }
}

fn problem(problem: &Problem) -> String {
    match problem {
        Problem::NotReadable(error) => {
            let ai = error.ai().map(|ai| format!(" ({ai})")).unwrap_or_default();
            format!("{}{ai} at {}", error.reason().name(), error.position())
        }
        Problem::UnknownCode(text) => format!("unknown code {text}"),
        Problem::UnknownGtin(gtin) => format!("unknown gtin {gtin}"),
        Problem::UnknownSku(sku) => format!("unknown sku {sku}"),
        Problem::UnknownGln(gln) => format!("unknown gln {gln}"),
        Problem::UnknownLocation { warehouse, location } => {
            format!("unknown location {warehouse} {location}")
        }
        Problem::OtherWeightUnit { weighed, given, .. } => format!("{given} for {weighed}"),
    }
}

/// `text => what it means`; `#` stands for FNC1.
fn check(row: &str) {
    let (text, expected) = row.split_once(" => ").unwrap();
    let got = scan(&text.replace('#', "\u{1d}"), Context::None);
    assert_eq!(got.map_or_else(|error| problem(&error), |found| shown(&found)), expected, "{row}");
}

#[test]
fn labels_in_every_form() {
    for text in [
        "]d20109520123456788172703311010A#21B",
        "]C10109520123456788172703311010A#21B",
        "#0109520123456788172703311010A#21B",
        "0109520123456788172703311010A#21B",
        "0109520123456788172703311010A~21B",
        "0109520123456788172703311010A|21B",
        "0109520123456788172703311010A<GS>21B",
        "<GS>0109520123456788172703311010A<GS>21B\r\n",
        "]d20109520123456788172703311010A^]21B",
        "(01)09520123456788(17)270331(10)10A(21)B",
        "https://id.gs1.org/01/09520123456788/10/10A/21/B?17=270331",
        "]Q1https://example.com/x/01/09520123456788/10/10A/21/B?17=270331",
    ] {
        check(&format!("{text} => A-1 1 EA lot=10A serial=B expires=2027-03-31"));
    }
}

#[test]
fn digits_of_retail_symbols_and_cartons() {
    check("9520123456788 => A-1");
    check("]E09520123456788 => A-1");
    check("09520123456788 => A-1");
    check("036000291452 => HAM");
    check("0036000291452 => HAM");
    check("96385074 => OLD");
    check("]E496385074 => OLD");
    check("01234505 => U");
    check("]I109520123456788 => A-1");
    check("9521141111116 => unknown gtin 09521141111116");
    check("9520123456789 => unknown code 9520123456789");
    check("376104250021234569 => unit=376104250021234569");
    check("6291041500213 => in=BER");
}

#[test]
fn quantities_and_dates() {
    check("(02)09520123456788(37)48(00)376104250021234569 => A-1 48 EA unit=376104250021234569");
    check("(01)09521141123454(30)7(10)X => L 7 EA lot=X");
    check("(01)00036000291452(3103)001250 => HAM 1.25 KG kg=1.250");
    check("(01)09520123456788(3103)001250 => A-1 kg=1.250");
    check(
        "(01)09521141123454(15)270200(11)991231(7003)2701011530 => L expires=2027-01-01 best=2027-02-28 made=1999-12-31",
    );
    check("(01)09521141123454(17)760101 => L expires=2076-01-01");
    check("(01)09521141123454(17)770101 => L expires=1977-01-01");
}

#[test]
fn packaging_levels() {
    check("19520123456785 => A-1 1 CASE =12");
    check("]I129520123456782 => A-1 1 PALLET =480");
    check("(01)19520123456785(10)X => A-1 1 CASE =12 lot=X");
    check("(01)19520123456785(30)7 => A-1 7 CASE =84");
    check("(02)19520123456785(37)40(00)376104250021234569 => A-1 40 CASE =480 unit=376104250021234569");
    check("(02)09520123456788(37)48(00)376104250021234569 => A-1 48 EA unit=376104250021234569");
    check("(01)09520123456788 => A-1");
}

#[test]
fn weights() {
    check("(01)00036000291452(3103)001250(30)2 => HAM 2 KG kg=1.250");
    check("(01)00036000291452(3105)123456 => HAM 1.23456 KG =? kg=1.23456");
    check("(01)00036000291452(3203)001250 => HAM lb=1.250");
    check("(01)90036000291455(3202)000325 => LOX 3.25 LB lb=3.25");
    check("(01)90036000291455(3102)000325 => LOX kg=3.25");
    check("(01)90614141000084(3103)004975 => BRIE 1 EA kg=4.975 weighs=4.975 kg");
    check("(01)90614141000084(3103)009950(30)2 => BRIE 2 EA kg=9.950 weighs=9.95 kg");
    check("(01)90614141000084 => BRIE");
    check("(01)90614141000091(3202)001055 => STILTON 1 EA weighs=10.55 lb lb=10.55");
    check("(01)90614141000091(3103)004975 => kg for lb");
}

#[test]
fn places_and_codes_of_our_own() {
    check("A-01 => at=BER/A-01");
    check("]A0A-01 => at=BER/A-01");
    check("]C0A-1 => A-1");
    check("A-1 => A-1");
    check(" A-1\t => A-1");
    check("12345670 => 12345670");
    check("(414)6291041500213(254)A-01 => at=BER/A-01");
    check("(414)6291041500213 => in=BER");
    check("(92)MUC/B-02 => at=MUC/B-02");
    check("(91)A-1 => A-1");
    check("(91)HAM(01)09520123456788 => A-1");
    check("]C110LOT-7 => lot=LOT-7");
    check("(414)9521141111116(01)09520123456788 => A-1");
}

#[test]
fn what_cannot_be_read_is_named_with_position_and_ai() {
    check("0109520123456789 => bad_check_digit (01) at 15");
    check("  0109520123456789 => bad_check_digit (01) at 17");
    check("(01)09520123456788(17)271301 => bad_date (17) at 24");
    check("0109520123456788<GS>10A<GS>17271301 => bad_date (17) at 31");
    check("0109520123456788~10A~17271301 => bad_date (17) at 25");
    check("]C110A#11271301 => bad_date (11) at 11");
    check("]J0(10) => empty_value (10) at 7");
    check("(01)09520123456788(10)A(10)B => conflicting_repeat (10) at 22");
    check("(01)09520123456788(02)09520123456788(37)1 => invalid_pair (01) at 4");
    check("https://example.com/shop => no_key_in_path at 19");
    check(" => empty at 0");
    check("~ => empty at 1");
    check("]C1 => empty at 3");
}

#[test]
fn what_does_not_exist_is_named() {
    check("]d20109521141111116 => unknown gtin 09521141111116");
    check("NO-SUCH => unknown code NO-SUCH");
    check("10LOT-7 => unknown code 10LOT-7");
    check("(91)NO-SUCH => unknown sku NO-SUCH");
    check("(414)9521141111116 => unknown gln 9521141111116");
    check("(414)6291041500213(254)Z => unknown location BER Z");
    check("(92)BER/Z => unknown location BER Z");
    check("(92)Z => unknown code Z");
}

fn next(text: &str, context: Context) -> String {
    in_words(&scan(text, context).unwrap().next)
}

fn in_words(next: &[NextAction]) -> String {
    let action = |next: &NextAction| {
        let missing: Vec<_> = next.missing.iter().map(|need| format!("{need:?}")).collect();
        format!("{:?}({})", next.action, missing.join(" "))
    };
    next.iter().map(action).collect::<Vec<_>>().join(" ")
}

#[test]
fn what_is_next_says_what_is_missing() {
    for (context, text, expected) in [
        (Context::Receiving, "9521141123454", "Receive(Quantity Lot Location)"),
        (Context::Receiving, "(01)09521141123454(10)X(30)7", "Receive(Location)"),
        (Context::Receiving, "(00)376104250021234569", "Receive(Item Quantity Location)"),
        (Context::Receiving, "(02)09521141123454(37)4(10)X(00)376104250021234569", "Receive(Location)"),
        (Context::Picking, "(01)04006381333931(21)7", "Issue(Location)"),
        (Context::Picking, "4006381333931", "Issue(Quantity Serial Location)"),
        (Context::Picking, "376104250021234569", "Issue()"),
        (Context::Receiving, "19520123456785", "Receive(Location)"),
        (Context::Counting, "A-01", "Count(Item Quantity)"),
        (Context::Counting, "376104250021234569", "Count(Location)"),
        (Context::Moving, "A-1", "Move(Quantity Location ToLocation)"),
        (Context::Moving, "376104250021234569", "Move(ToLocation)"),
        (Context::Moving, "(10)X", "Move(Item Quantity Location ToLocation)"),
        (Context::Receiving, "OLD", "LookUp()"),
        (Context::Receiving, "SUPPLIER", "LookUp()"),
        (Context::Moving, "(92)MUC/B-02", "LookUp()"),
        (Context::Picking, "(8200)https://example.com/x", ""),
        (
            Context::None,
            "A-1",
            "LookUp() Receive(Quantity Location) Issue(Quantity Location) Move(Quantity Location ToLocation) Count(Quantity Location)",
        ),
    ] {
        assert_eq!(next(text, context), expected, "{context:?} {text}");
    }
}

#[test]
fn a_unit_that_is_here_can_be_moved_shipped_and_unpacked() {
    for (context, text, expected) in [
        (Context::None, "376104250021234569", "LookUp() Move(ToLocation) Issue() Unpack() Count()"),
        (Context::Receiving, "376104250021234569", "LookUp()"),
        (Context::Receiving, "(02)09521141123454(37)4(10)X(00)376104250021234569", "LookUp()"),
        (Context::Picking, "376104250021234569", "Issue() Unpack()"),
        (Context::Moving, "(02)09521141123454(37)4(00)376104250021234569", "Move(ToLocation)"),
        (Context::Counting, "376104250021234569", "Count()"),
    ] {
        let unit = KnownUnit { location: LocationCode::parse("A-01").unwrap() };
        let found = scan(text, context).unwrap().of_unit(unit, context);
        assert_eq!(in_words(&found.next), expected, "{context:?} {text}");
    }
}

proptest! {
    /// Whatever is scanned, it is answered, and where it is wrong lies in the text.
    #[test]
    fn every_text_is_answered(text in "[\\PC\u{1d}]{0,60}|[0-9A-C()~|\u{1d}/]{0,40}|01[0-9]{14}[0-9A-C~<GS>]{0,30}") {
        if let Err(Problem::NotReadable(error)) = scan(&text, Context::None) {
            prop_assert!(error.position() <= text.len(), "{} in {text:?}", error.position());
        }
    }

    /// However FNC1 is written, the label says the same.
    #[test]
    fn substitutes_change_nothing(lot in "[A-Z0-9-]{1,20}", serial in "[A-Z0-9/]{1,20}", way in 0_usize..6) {
        let separator = ["~", "|", "<GS>", "{GS}", "^]", "\\x1d"][way];
        let text = |fnc1: &str| format!("010952012345678810{lot}{fnc1}21{serial}");
        prop_assert_eq!(scan(&text(separator), Context::Moving), scan(&text("\u{1d}"), Context::Moving));
    }
}
