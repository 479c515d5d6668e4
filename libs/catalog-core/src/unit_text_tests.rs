use proptest::prelude::*;

use super::*;

fn resolved(texts: &str) -> Result<Vec<UnitConversion>, UnitTextError> {
    let units: Vec<UnitText> = texts.split_whitespace().map(UnitText::parse).collect::<Result<_, _>>()?;
    resolve_units(&units, "EA")
}

/// `units as written | units in terms of the base unit EA`, or the error.
fn check(row: &str) {
    let (input, expected) = row.split_once(" | ").unwrap();
    let got = match resolved(input) {
        Ok(units) => units.iter().map(unit_text).collect::<Vec<_>>().join(" "),
        Err(UnitTextError::NotReadable(text)) => format!("not_readable {text}"),
        Err(UnitTextError::UnknownUnit { unit, of }) => format!("unknown_unit {unit} {of}"),
        Err(UnitTextError::Cycle(unit)) => format!("cycle {unit}"),
        Err(UnitTextError::FactorTooLarge(unit)) => format!("factor_too_large {unit}"),
    };
    assert_eq!(got, expected, "{row}");
}

#[test]
fn units_in_terms_of_the_base_unit() {
    check("CASE=12 | CASE=12");
    check("CASE=12/1:0 | CASE=12");
    check("BOX=5/2:3 | BOX=5/2:3");
    check("BOX=10/4 | BOX=10/4");
    check("LB=0.45359237:3 | LB=45359237/100000000:3");
    check("KG=0.453592 | KG=56699/125000");
    check("M=2.50 | M=5/2");
    check("M=0.5/3 | M=1/6");
    check("CASE=12@16291041500210 | CASE=12@16291041500210");
    check("CASE=12:1@1+2 | CASE=12:1@1+2");
}

#[test]
fn units_of_units() {
    check("CASE=12xEA | CASE=12");
    check("PALLET=40xCASE CASE=12 | PALLET=480 CASE=12");
    check("CASE=12 LAYER=8xCASE PALLET=5xLAYER | CASE=12 LAYER=96 PALLET=480");
    check("PALLET=40xCASE:1@3 CASE=5/2 | PALLET=100:1@3 CASE=5/2");
    check("PACK=0.5xPAIR PAIR=1/3 | PACK=1/6 PAIR=1/3");
    check("MEGA=1000000000000xDOZEN DOZEN=1/12 | MEGA=250000000000/3 DOZEN=1/12");
}

#[test]
fn units_that_mean_none() {
    check("PALLET=40xCASE | unknown_unit PALLET CASE");
    check("CASE=12xCASE | cycle CASE");
    check("A=2xB B=2xA | cycle A");
    check("CASE=12 C=2xD D=2xE E=2xC | cycle C");
    check("OUT=2xA A=2xB B=2xA | cycle OUT");
    check("MEGA=1000000000000xTWO TWO=2 | factor_too_large MEGA");
    check("SMALL=1/1000000000000xHALF HALF=1/2 | factor_too_large SMALL");
    for text in [
        "CASE",
        "CASE=",
        "CASE=a",
        "CASE=-1",
        "CASE=1/x",
        "CASE=1:x",
        "CASE=.5",
        "CASE=5.",
        "CASE=1.2.3",
        "CASE=+1.5",
        "CASE=12x",
        "CASE=12x:1",
        "CASE=1.5/0.5",
        "CASE=1:-1",
        "CASE=99999999999999999999",
        "CASE=0.0000000000000000000000000000000000000000001",
    ] {
        check(&format!("{text} | not_readable {text}"));
    }
}

proptest! {
    /// Whatever a file holds, it is answered.
    #[test]
    fn every_text_is_answered(text in "[A-Z0-9=x/.:@+ -]{0,40}") {
        let _ = UnitText::parse(&text).and_then(|unit| resolve_units(&[unit], "EA"));
    }

    /// A chain of units is the product of its factors, whatever the order they are written in.
    #[test]
    fn chains_multiply(factors in proptest::collection::vec((1_u64..50, 1_u64..50), 1..6), reversed: bool) {
        let name = |n: usize| if n == 0 { "EA".to_owned() } else { format!("U{n}") };
        let text = |(n, (above, below)): (usize, &(u64, u64))| format!("{}={above}/{below}x{}", name(n + 1), name(n));
        let mut units: Vec<UnitText> =
            factors.iter().enumerate().map(|unit| UnitText::parse(&text(unit)).unwrap()).collect();
        if reversed {
            units.reverse();
        }
        let (mut above, mut below) = (1_i128, 1_i128);
        let all = resolve_units(&units, "EA").unwrap();
        for (n, factor) in factors.iter().enumerate() {
            (above, below) = (above * i128::from(factor.0), below * i128::from(factor.1));
            let unit = all.iter().find(|unit| unit.unit == name(n + 1)).unwrap();
            prop_assert_eq!(i128::from(unit.numerator) * below, i128::from(unit.denominator) * above);
        }
    }

    #[test]
    fn what_is_written_reads_back(
        (numerator, denominator, decimals) in (1_u64..=1_000_000_000_000, 1_u64..=1_000_000_000_000, 0_u32..=9),
        gtins in proptest::collection::vec("[0-9]{8,14}", 0..3),
    ) {
        let unit = UnitConversion { unit: "CASE".into(), numerator, denominator, decimals, gtins };
        let read = UnitText::parse(&unit_text(&unit)).unwrap();
        prop_assert_eq!(resolve_units(&[read], "EA").unwrap(), [unit]);
    }
}
