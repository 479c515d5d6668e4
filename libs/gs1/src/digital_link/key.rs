use crate::{Ai, Elements};

/// Whether these qualify a key: one of its alternatives has them, in this order.
pub(super) fn are_qualifiers(key: Ai, qualifiers: &[Ai]) -> bool {
    key.row().qualifiers.iter().any(|alternative| is_in_order(qualifiers, alternative))
}

/// Whether an AI could stand among the qualifiers that a key has.
pub(super) fn would_qualify(key: Ai, qualifiers: &[Ai], ai: Ai) -> bool {
    let mut alternatives = key.row().qualifiers.iter();
    alternatives.any(|alternative| alternative.contains(&ai.as_str()) && is_in_order(qualifiers, alternative))
}

/// The alternative of a key's qualifiers that has the most of these elements; of several, the first.
pub(super) fn best_alternative(key: Ai, elements: &Elements<'_>) -> &'static [&'static str] {
    let count = |alternative: &[&str]| alternative.iter().filter(|ai| elements.get(ai).is_some()).count();
    let alternatives = key.row().qualifiers.iter().copied();
    alternatives.rev().max_by_key(|alternative| count(alternative)).unwrap_or_default()
}

fn is_in_order(ais: &[Ai], alternative: &[&str]) -> bool {
    let mut rest = alternative.iter();
    ais.iter().all(|ai| rest.any(|other| *other == ai.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ais(text: &str) -> Vec<Ai> {
        text.split_whitespace().map(|ai| Ai::parse(ai).unwrap()).collect()
    }

    /// `key qualifiers… | whether they are`
    fn check(row: &str) {
        let (sequence, expected) = row.split_once(" | ").unwrap();
        let sequence = ais(sequence);
        let (key, qualifiers) = sequence.split_first().unwrap();
        assert_eq!(are_qualifiers(*key, qualifiers).to_string(), expected, "{row}");
    }

    #[test]
    fn sequences() {
        check("01 | true");
        check("01 22 10 21 | true");
        check("01 22 21 | true");
        check("01 10 | true");
        check("01 235 | true");
        check("01 10 22 | false");
        check("01 22 10 235 | false");
        check("01 10 10 | false");
        check("01 99 | false");
        check("00 | true");
        check("00 10 | false");
        check("414 254 | true");
        check("414 7040 | true");
        check("414 254 7040 | false");
        check("415 8020 | true");
        check("417 7040 | true");
        check("8004 7040 | true");
        check("8006 22 10 21 | true");
        check("8006 235 | false");
        check("8010 8011 | true");
        check("8017 8019 | true");
        check("8018 8019 | true");
        check("253 | true");
        check("10 | false");
    }

    #[test]
    fn what_would_qualify() {
        for (key, qualifiers, ai, expected) in [
            ("01", "", "10", true),
            ("01", "22", "10", true),
            ("01", "21", "10", true),
            ("01", "235", "10", false),
            ("01", "10", "235", false),
            ("01", "", "99", false),
            ("00", "", "10", false),
        ] {
            let ai = Ai::parse(ai).unwrap();
            assert_eq!(
                would_qualify(Ai::parse(key).unwrap(), &ais(qualifiers), ai),
                expected,
                "{key} {qualifiers} {ai}"
            );
        }
    }
}
