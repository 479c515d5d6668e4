use proto::visibility::v1::AtLeast;

use crate::output::Failure;

/// Reads `WAREHOUSE=SEQUENCE`, or just `SEQUENCE` when there is one warehouse that it can be meant for.
pub(in crate::cli) fn at_least(given: &[String], warehouses: &[String]) -> Result<Vec<AtLeast>, Failure> {
    given.iter().map(|text| one(text, warehouses)).collect()
}

fn one(text: &str, warehouses: &[String]) -> Result<AtLeast, Failure> {
    let explain = || {
        Failure::usage(format!(
            "\"{text}\" is not WAREHOUSE=SEQUENCE (or SEQUENCE, with one --warehouse), for example BER=42"
        ))
    };
    let (warehouse, sequence) = match (text.split_once('='), warehouses) {
        (Some((warehouse, sequence)), _) => (warehouse.to_owned(), sequence),
        (None, [only]) => (only.clone(), text),
        (None, _) => return Err(explain()),
    };
    let sequence = sequence.parse().map_err(|_| explain())?;
    Ok(AtLeast { warehouse, sequence })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sequences_belong_to_a_warehouse() {
        for (text, warehouses, expected) in [
            ("BER=7", &[][..], Some(("BER", 7))),
            ("7", &["BER"][..], Some(("BER", 7))),
            ("7", &[][..], None),
            ("7", &["BER", "HAM"][..], None),
            ("BER=x", &[][..], None),
        ] {
            let warehouses: Vec<String> = warehouses.iter().map(|code| (*code).to_owned()).collect();
            let read = at_least(&[text.to_owned()], &warehouses).ok();
            let got = read.and_then(|list| list.first().map(|a| (a.warehouse.clone(), a.sequence)));
            assert_eq!(got, expected.map(|(code, sequence)| (code.to_owned(), sequence)), "{text}");
        }
    }
}
