use crate::error::{Error, Reason};
use crate::{Ai, Element, Elements};

/// A digital signature needs keys with a serial number: of these, the optional part.
const SIGNED_WITH_SERIAL: [&str; 3] = ["253", "255", "8003"];
const SIGNATURE: &str = "8030";

/// A rule about what stands together on one item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Association {
    /// What an AI needs beside it is there.
    Required,
    /// What an AI excludes is not there.
    Exclusive,
    /// An AI that stands twice has the same value.
    Repeats,
}

impl Association {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Exclusive, Self::Required, Self::Repeats];

    /// Checks the elements of one item: of all its barcodes together.
    ///
    /// # Errors
    /// [`Error`] names the AI that breaks the rule, and where its value stands.
    pub fn check(self, elements: &Elements<'_>) -> Result<(), Error> {
        let broken: fn(&Element<'_>, &Elements<'_>) -> Option<Reason> = match self {
            Self::Required => missing,
            Self::Exclusive => excluded,
            Self::Repeats => contradicted,
        };
        elements.iter().try_for_each(|element| match broken(element, elements) {
            Some(reason) => Err(Error::of_ai(element.position(), element.ai(), reason)),
            None => Ok(()),
        })
    }
}

/// Checks all the rules.
pub(crate) fn check(elements: &Elements<'_>) -> Result<(), Error> {
    Association::ALL.into_iter().try_for_each(|rule| rule.check(elements))
}

fn missing(element: &Element<'_>, elements: &Elements<'_>) -> Option<Reason> {
    let ai = element.ai();
    let is_there = |pattern: &str| other(ai, pattern, elements).is_some();
    let mut requirements = ai.row().requires.into_iter().filter(|alternatives| !alternatives.is_empty());
    let unmet = requirements
        .find(|alternatives| !alternatives.iter().any(|group| group.split('+').all(is_there)))
        .map(Reason::MissingRequired);
    unmet.or_else(|| lacks_serial(element, elements).then_some(Reason::MissingSerial))
}

/// Beside a digital signature, a key without its serial number names more than the one thing that was signed.
fn lacks_serial(element: &Element<'_>, elements: &Elements<'_>) -> bool {
    SIGNED_WITH_SERIAL.contains(&element.ai().as_str())
        && element.value().len() == element.ai().length_min()
        && elements.get(SIGNATURE).is_some()
}

fn excluded(element: &Element<'_>, elements: &Elements<'_>) -> Option<Reason> {
    let excludes = element.ai().row().excludes.iter();
    excludes.filter_map(|pattern| other(element.ai(), pattern, elements)).map(Reason::InvalidPair).next()
}

fn contradicted(element: &Element<'_>, elements: &Elements<'_>) -> Option<Reason> {
    let contradicts = |other: &Element<'_>| other.ai() == element.ai() && other.value() != element.value();
    elements.iter().any(contradicts).then_some(Reason::ConflictingRepeat)
}

/// Another AI that a pattern means.
fn other(ai: Ai, pattern: &str, elements: &Elements<'_>) -> Option<Ai> {
    elements.iter().map(Element::ai).find(|other| *other != ai && other.is_like(pattern))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse_bracketed;
    use crate::testing::{content, shown_error};

    /// `elements | ok, or reason, AI and byte`, by all the rules.
    fn check(row: &str) {
        let (text, expected) = row.split_once(" | ").unwrap();
        let elements = parse_bracketed(text, &content()).unwrap();
        let got = super::check(&elements).map_or_else(|error| shown_error(&error), |()| "ok".to_owned());
        assert_eq!(got, expected, "{row}");
    }

    const ITEM: &str = "(01)12345678901231";
    const UNIT: &str = "(00)123456789012345675";

    #[test]
    fn what_an_ai_needs() {
        check("(21)A | missing_required (21) at 4");
        check(&format!("(21)A{ITEM} | ok"));
        check(&format!("{ITEM}(250)A | missing_required (250) at 23"));
        check(&format!("{ITEM}(21)B(250)A | ok"));
        check(&format!("{ITEM}(3925)12599 | missing_required (3925) at 24"));
        check(&format!("{ITEM}(3925)12599(3105)654321 | ok"));
        check(&format!("{ITEM}(3925)12599(3600)654321 | ok"));
        check(&format!("{ITEM}(8040)123456789012345 | missing_required (8040) at 24"));
        check(&format!("{ITEM}(21)A(8040)123456789012345(8041)123456789012345 | ok"));
        check(&format!("{ITEM}(7004)12(10)A | ok"));
        check("(02)12345678901231(37)5 | missing_required (37) at 22");
        check(&format!("{UNIT}(02)12345678901231(37)5 | ok"));
        check(&format!("{UNIT}(37)5 | missing_required (37) at 26"));
        check("(415)9521141111116 | missing_required (415) at 5");
        check("(415)9521141111116(8020)A | ok");
        check("(7023)1234 | ok");
    }

    #[test]
    fn what_an_ai_excludes() {
        check(&format!("{ITEM}(02)12345678901231 | invalid_pair (02) at 22"));
        check(&format!("{ITEM}(37)5 | invalid_pair (01) at 4"));
        check(&format!("{ITEM}(3103)000001(3102)000001 | invalid_pair (3103) at 24"));
        check(&format!("{ITEM}(3103)000001(3103)000001 | ok"));
        check(&format!("{ITEM}(21)A(235)B | invalid_pair (21) at 22"));
        check(&format!("{UNIT}(420)A(421)276B | invalid_pair (420) at 27"));
    }

    #[test]
    fn what_stands_twice_says_the_same() {
        check("(400)A(99)B(400)A | ok");
        check("(400)A(400)B | conflicting_repeat (400) at 5");
        check("(400)A(400)AB | conflicting_repeat (400) at 5");
        check("(400)A(400)A(400)B | conflicting_repeat (400) at 5");
    }

    #[test]
    fn a_signature_needs_a_serial_number() {
        check("(253)1231231231232(8030)A | missing_required (253) at 5");
        check("(253)1231231231232X(8030)A | ok");
        check("(255)1231231231232(8030)A | missing_required (255) at 5");
        check("(8003)02112345678900(8030)A | missing_required (8003) at 6");
        check("(8003)02112345678900B(8030)A | ok");
        check("(253)1231231231232 | ok");
        check(&format!("{ITEM}(8030)A | missing_required (8030) at 24"));
        check(&format!("{ITEM}(21)B(8030)A | ok"));
    }

    #[test]
    fn every_pattern_of_the_table_means_an_ai() {
        for ai in Ai::all() {
            let required = ai.row().requires.into_iter().flatten().flat_map(|group| group.split('+'));
            let qualifiers = ai.row().qualifiers.iter().copied().flatten().copied();
            for pattern in required.chain(ai.row().excludes.iter().copied()).chain(qualifiers) {
                assert!(Ai::all().any(|other| other.is_like(pattern)), "{ai}: {pattern}");
            }
        }
    }
}
