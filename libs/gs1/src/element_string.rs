use std::borrow::Cow;

use crate::elements::check_size;
use crate::error::{Error, Reason};
use crate::{Ai, Element, Elements, Rules};

/// The separator between elements, and the sign at the start that a barcode holds elements of GS1: function code 1, which
/// scanners send as the ASCII character group separator.
pub const FNC1: char = '\u{1d}';

/// Reads an element string that begins with FNC1, as a barcode holds it.
///
/// # Errors
/// [`Error`] names the AI and the byte where it goes wrong.
pub fn parse_element_string<'a>(text: &'a str, rules: &Rules) -> Result<Elements<'a>, Error> {
    check_size(text)?;
    let message = text.strip_prefix(FNC1).ok_or(Error::at(0, Reason::Malformed("begin with FNC1")))?;
    read(message, 1, Elements::new(), rules)
}

/// Reads an element string without FNC1 at its start, as it follows a symbology identifier.
///
/// # Errors
/// [`Error`] names the AI and the byte where it goes wrong.
pub fn parse_message<'a>(text: &'a str, rules: &Rules) -> Result<Elements<'a>, Error> {
    check_size(text)?;
    read(text, 0, Elements::new(), rules)
}

/// Reads a message that begins at a byte of a text, after elements that are known already.
pub(crate) fn read<'a>(
    message: &'a str,
    begins: usize,
    known: Elements<'a>,
    rules: &Rules,
) -> Result<Elements<'a>, Error> {
    if message.is_empty() {
        return Err(Error::at(begins, Reason::Empty));
    }
    let mut elements = known;
    let mut rest = message;
    while !rest.is_empty() {
        let at = begins.saturating_add(message.len().saturating_sub(rest.len()));
        let ai = Ai::at_start(rest).ok_or_else(|| Error::at(at, Reason::UnknownAi))?;
        let position = at.saturating_add(ai.as_str().len());
        let (value, after) = split_value(ai, rest.get(ai.as_str().len()..).unwrap_or_default());
        let element = Element::check(ai, Cow::Borrowed(value), position, rules)
            .map_err(|flaw| Error::of_ai(position.saturating_add(flaw.at), ai, flaw.reason))?;
        elements.push(element)?;
        // After a value of predefined length a separator is superfluous, and tolerated.
        rest = after.strip_prefix(FNC1).unwrap_or(after);
    }
    elements.associated(rules)
}

/// The value ends at a separator, at the end, or where its AI settles the length.
fn split_value(ai: Ai, text: &str) -> (&str, &str) {
    let length = if ai.is_predefined_length() { ai.length_max() } else { text.len() };
    let (value, _) = text.split_at_checked(length).unwrap_or((text, ""));
    text.split_at(value.find(FNC1).unwrap_or(value.len()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{content, shown};

    /// `element string | elements in brackets, or reason, AI and byte`; `^` stands for FNC1.
    fn check(row: &str) {
        let (text, expected) = row.split_once(" | ").unwrap();
        let text = text.replace('^', "\u{1d}");
        assert_eq!(shown(parse_element_string(&text, &content())), expected, "{row}");
    }

    #[test]
    fn elements_follow_each_other() {
        check("^0112345678901231 | (01)12345678901231");
        check("^0112345678901231991234 | (01)12345678901231(99)1234");
        check("^10ABC^11991225 | (10)ABC(11)991225");
        check("^81111234^10ABC123 | (8111)1234(10)ABC123");
        check("^423528528528528 | (423)528528528528");
    }

    #[test]
    fn superfluous_separators_are_tolerated() {
        check("^0112345678901231^991234 | (01)12345678901231(99)1234");
        check("^0112345678901231^ | (01)12345678901231");
        check("^99A^ | (99)A");
        check("^99A^^98B | unknown_ai at 5");
        check("^99A^^ | unknown_ai at 5");
        check("^^99A | unknown_ai at 1");
    }

    #[test]
    fn what_is_wrong_is_named_with_ai_and_byte() {
        check("^ | empty at 1");
        check("0112345678901231 | malformed at 0");
        check("^01123456789012312 | unknown_ai at 17");
        check("^0112345678901234 | bad_check_digit (01) at 16");
        check("^01A2345678901231 | bad_character (01) at 3");
        check("^011234567890123 | bad_length (01) at 3");
        check("^0112345^99A | bad_length (01) at 3");
        check("^01 | empty_value (01) at 3");
        check("^2421234567 | bad_length (242) at 4");
        check("^8111123 | bad_length (8111) at 5");
        check("^4235285285 | bad_length (423) at 4");
        check("^70072112252112 | bad_length (7007) at 5");
        check("^10ABCé | bad_character (10) at 6");
        check("^0112345678901é31 | bad_character (01) at 14");
        check("^10ABC^17261301 | bad_date (17) at 11");
    }

    #[test]
    fn the_end_of_a_predefined_length_is_not_looked_for_inside_a_character() {
        check("^01123456789012é | bad_character (01) at 15");
    }

    #[test]
    fn limits_hold() {
        let text = |count: usize| format!("\u{1d}{}", "11260101".repeat(count));
        assert_eq!(parse_element_string(&text(64), &content()).map(|elements| elements.len()), Ok(64));
        assert_eq!(shown(parse_element_string(&text(65), &content())), "too_many_elements (11) at 515");
        assert_eq!(shown(parse_element_string(&"1".repeat(8192), &content())), "too_long at 8191");
    }

    #[test]
    fn without_the_first_fnc1() {
        assert_eq!(shown(parse_message("10A\u{1d}99B", &content())), "(10)A(99)B");
        assert_eq!(shown(parse_message("", &content())), "empty at 0");
    }
}
