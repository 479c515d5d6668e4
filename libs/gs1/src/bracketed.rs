use std::borrow::Cow;

use crate::elements::check_size;
use crate::error::{Error, Reason};
use crate::{Ai, Element, Elements, Rules};

/// An opening bracket of a value is written like this.
const ESCAPED: &str = "\\(";

/// Reads the form for people: every AI in brackets, its value behind it, as in `(01)09520123456788(10)LOT-7`. An opening bracket
/// inside a value is written `\(`.
///
/// # Errors
/// [`Error`] names the AI and the byte where it goes wrong.
pub fn parse_bracketed<'a>(text: &'a str, rules: &Rules) -> Result<Elements<'a>, Error> {
    check_size(text)?;
    let mut elements = Elements::new();
    let mut rest = text;
    while !rest.is_empty() {
        let at = text.len().saturating_sub(rest.len());
        let (ai, behind) = split_ai(rest, at)?;
        let position = text.len().saturating_sub(behind.len());
        let (written, after) = behind.split_at(end_of_value(behind));
        let value = unescaped(written);
        let element = Element::check(ai, value, position, rules).map_err(|flaw| {
            let inside = position_as_written(written, flaw.at);
            Error::of_ai(position.saturating_add(inside), ai, flaw.reason)
        })?;
        elements.push(element)?;
        rest = after;
    }
    elements.associated(rules)
}

/// `(AI)`, and what stands behind it.
fn split_ai(text: &str, at: usize) -> Result<(Ai, &str), Error> {
    let opened =
        text.strip_prefix('(').ok_or_else(|| Error::at(at, Reason::Malformed("begin with ( and an AI")))?;
    let closed = opened.split_once(')');
    let (ai, behind) = closed.ok_or_else(|| Error::at(at, Reason::Malformed("close the AI with )")))?;
    let ai = Ai::parse(ai).ok_or_else(|| Error::at(at.saturating_add(1), Reason::UnknownAi))?;
    Ok((ai, behind))
}

/// Where the next AI begins, or the text ends.
fn end_of_value(text: &str) -> usize {
    let mut brackets = text.match_indices('(');
    let next = brackets.find(|(at, _)| !text.get(..*at).is_some_and(|before| before.ends_with('\\')));
    next.map_or(text.len(), |(at, _)| at)
}

fn unescaped(written: &str) -> Cow<'_, str> {
    if written.contains(ESCAPED) { Cow::Owned(written.replace(ESCAPED, "(")) } else { Cow::Borrowed(written) }
}

/// Where a byte of a value stands as it is written: every escape before it takes one more.
fn position_as_written(written: &str, at: usize) -> usize {
    let before = written.match_indices(ESCAPED).map(|(escape, _)| escape);
    before
        .enumerate()
        .take_while(|(count, escape)| escape.saturating_sub(*count) < at)
        .count()
        .saturating_add(at)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{all, content, shown};

    /// `text | element string, or reason, AI and byte`; `^` stands for FNC1.
    fn check(row: &str) {
        let (text, expected) = row.split_once(" | ").unwrap();
        let got = match parse_bracketed(text, &content()) {
            Ok(elements) => elements.to_element_string().replace('\u{1d}', "^"),
            Err(error) => shown(Err(error)),
        };
        assert_eq!(got, expected, "{row}");
    }

    #[test]
    fn separators_stand_only_where_they_are_needed() {
        check("(01)12345678901231 | ^0112345678901231");
        check("(10)12345(11)991225 | ^1012345^11991225");
        check("(01)12345678901231(235)XYZ | ^0112345678901231235XYZ");
        check("(11)991225(10)12345 | ^119912251012345");
        check("(3100)123456(8111)1234(410)9521141111116(99)A | ^310012345681111234^410952114111111699A");
    }

    #[test]
    fn brackets_of_values_are_escaped() {
        check(r"(10)A\(1)B(99)C | ^10A(1)B^99C");
        check(r"(10)\( | ^10(");
        check(r"(10)A\((99)C | ^10A(^99C");
        check(r"(10)A)B | ^10A)B");
        check(r"(10)A\B | bad_character (10) at 5");
        check(r"(10)A\(B\(c d | bad_character (10) at 11");
        check(r"(10)A\\(B | bad_character (10) at 5");
        let text = r"(10)A\(1)B\((99)C";
        assert_eq!(parse_bracketed(text, &content()).unwrap().to_string(), text);
    }

    #[test]
    fn what_is_wrong_is_named_with_ai_and_byte() {
        for text in ["1(12345", "(15", "(1", "(", "01)123", "(10)A(11"] {
            assert!(shown(parse_bracketed(text, &content())).starts_with("malformed at "), "{text}");
        }
        check("()12345 | unknown_ai at 1");
        check("(1A)12345 | unknown_ai at 1");
        check("(010)12345 | unknown_ai at 1");
        check("(10)12345(11) | empty_value (11) at 13");
        check("(10)(11)991225 | empty_value (10) at 4");
        check("(17)9(90)217 | bad_length (17) at 4");
        check("(10)é | bad_character (10) at 4");
        check("(10)A\u{1d}B | bad_character (10) at 5");
        assert_eq!(shown(parse_bracketed("", &content())), "empty at 0");
    }

    #[test]
    fn associations_are_checked_if_asked_for() {
        assert_eq!(shown(parse_bracketed("(10)A", &content())), "(10)A");
        assert_eq!(shown(parse_bracketed("(10)A", &all())), "missing_required (10) at 4");
    }
}
