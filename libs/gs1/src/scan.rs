use std::borrow::Cow;

use vocabulary::Gtin;

use crate::digital_link::{DigitalLink, begins_uri};
use crate::element_string::read;
use crate::elements::check_size;
use crate::error::{Error, Reason, Rule};
use crate::symbology::{COMPOSITE, Carries, IDENTIFIER_BYTES, Symbology, split_identifier};
use crate::{Ai, Element, Elements, Rules};

/// What a scanner sent: the symbology, told by its AIM identifier, and what the symbol says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scan<'a> {
    /// The kind of symbol.
    pub symbology: Symbology,
    /// What it says.
    pub content: Content<'a>,
}

/// What a symbol says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content<'a> {
    /// Something that is not of GS1.
    Text(&'a str),
    /// Elements.
    Elements(Elements<'a>),
    /// A GS1 Digital Link.
    DigitalLink(DigitalLink<'a>),
    /// The GTIN of a retail symbol. The elements begin with it, as AI 01; those of a composite component follow.
    Article { gtin: Gtin, elements: Elements<'a> },
}

impl Content<'_> {
    /// The elements, whatever form they have.
    pub const fn elements(&self) -> Option<&Elements<'_>> {
        match self {
            Self::Text(_) => None,
            Self::Elements(elements) | Self::Article { elements, .. } => Some(elements),
            Self::DigitalLink(link) => Some(link.elements()),
        }
    }
}

/// Reads what a scanner sent, the symbology identifier first. FNC1 comes as the character group separator.
///
/// # Errors
/// [`Error`] names the AI, where there is one, and the byte where it goes wrong.
pub fn parse_scan<'a>(scan: &'a str, rules: &Rules) -> Result<Scan<'a>, Error> {
    check_size(scan)?;
    let (symbology, carries, message) = split_identifier(scan)?;
    let content = match carries {
        Carries::Elements => Content::Elements(read(message, IDENTIFIER_BYTES, Elements::new(), rules)?),
        Carries::Text if begins_uri(message) => Content::DigitalLink(
            DigitalLink::parse(message, rules).map_err(|error| error.after(IDENTIFIER_BYTES))?,
        ),
        Carries::Text => Content::Text(message),
        Carries::Gtin(digits) => article(message, digits, rules)?,
    };
    Ok(Scan { symbology, content })
}

/// A GTIN of so many digits, and perhaps a composite component.
fn article<'a>(message: &'a str, digits: usize, rules: &Rules) -> Result<Content<'a>, Error> {
    let ai = Ai::parse("01").ok_or(Error::at(0, Reason::UnknownAi))?;
    let wrong = |at: usize, reason| Error::of_ai(IDENTIFIER_BYTES.saturating_add(at), ai, reason);
    let (number, rest) = message.split_at_checked(digits).ok_or_else(|| wrong(0, Reason::BadLength))?;
    if let Some(at) = number.bytes().position(|byte| !byte.is_ascii_digit()) {
        return Err(wrong(at, Rule::NonDigit.into()));
    }
    let component = rest.strip_prefix(COMPOSITE);
    if component.is_none() && !rest.is_empty() {
        return Err(wrong(digits, Reason::BadLength));
    }
    let last = digits.saturating_sub(1);
    let gtin = Gtin::parse(number).map_err(|_| wrong(last, Rule::BadCheckDigit.into()))?;
    let mut elements = Elements::new();
    let padded = Cow::Owned(gtin.as_str().to_owned());
    let element =
        Element::check(ai, padded, IDENTIFIER_BYTES, rules).map_err(|flaw| wrong(0, flaw.reason))?;
    elements.push(element)?;
    let begins = IDENTIFIER_BYTES.saturating_add(digits).saturating_add(COMPOSITE.len());
    let elements = match component {
        Some(component) => read(component, begins, elements, rules)?,
        None => elements.associated(rules)?,
    };
    Ok(Content::Article { gtin, elements })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{content, shown_error};

    /// `scan | symbology and content, or reason, AI and byte`; `^` stands for FNC1.
    fn check(row: &str) {
        let (scan, expected) = row.split_once(" | ").unwrap();
        let scan = scan.replace('^', "\u{1d}");
        let got = match parse_scan(&scan, &content()) {
            Err(error) => shown_error(&error),
            Ok(Scan { symbology, content }) => match content {
                Content::Text(text) => format!("{symbology} text {text}"),
                Content::Elements(elements) => format!("{symbology} {elements}"),
                Content::DigitalLink(link) => format!("{symbology} {} {}", link.uri(), link.elements()),
                Content::Article { gtin, elements } => format!("{symbology} {gtin} {elements}"),
            },
        };
        assert_eq!(got, expected, "{row}");
    }

    #[test]
    fn elements() {
        check("]C10112312312312333235XYZ^10ABC | GS1-128 (01)12312312312333(235)XYZ(10)ABC");
        check(
            "]e0011231231231233310A^11991225 | GS1-DataBar-family-or-composite (01)12312312312333(10)A(11)991225",
        );
        check("]d299A | DataMatrix (99)A");
        check("]Q399A | QR (99)A");
        check("]J199A | DotCode (99)A");
        check("]d2 | empty at 3");
        check("]C1^0112312312312333 | unknown_ai at 3");
        check("]C1011231231231233310AB C | bad_character (10) at 23");
        check("]C10112312312312333|]e099A | unknown_ai at 19");
    }

    #[test]
    fn texts() {
        check("]Q1 | QR text ");
        check("]Q1TESTING | QR text TESTING");
        check("]d1Grüße | DataMatrix text Grüße");
        check("]J0http:/x | DotCode text http:/x");
        check("]Q1HtTp://a/01/12312312312333 | QR text HtTp://a/01/12312312312333");
    }

    #[test]
    fn digital_links() {
        check(
            "]Q1https://a/01/12312312312333?99=A | QR https://a/01/12312312312333?99=A (01)12312312312333(99)A",
        );
        check("]d1HTTP://a/01/12312312312333 | DataMatrix HTTP://a/01/12312312312333 (01)12312312312333");
        check("]Q1https://a/NOPRIMARYAI | no_key_in_path at 12");
        check("]J0https://a/01/12312312312334 | bad_check_digit (01) at 29");
    }

    #[test]
    fn retail_symbols() {
        check("]E02112345678900 | EAN-13 02112345678900 (01)02112345678900");
        check("]E402345673 | EAN-8 00000002345673 (01)00000002345673");
        check("]E02112345678900|]e099A^98B | EAN-13 02112345678900 (01)02112345678900(99)A(98)B");
        check("]E402345673|]e010A | EAN-8 00000002345673 (01)00000002345673(10)A");
        check("]E0211234567890 | bad_length (01) at 3");
        check("]E021123456789001 | bad_length (01) at 16");
        check("]E02112345678901 | bad_check_digit (01) at 15");
        check("]E0211234567890A | bad_character (01) at 15");
        check("]E021123456789é | bad_character (01) at 14");
        check("]E0211234567890é | bad_length (01) at 3");
        check("]E02112345678900| | bad_length (01) at 16");
        check("]E02112345678900|]e0 | empty at 20");
        check("]E02112345678900|]C199A | bad_length (01) at 16");
        check("]E4023456732 | bad_length (01) at 11");
    }

    #[test]
    fn identifiers() {
        check("ABC | missing_symbology at 0");
        check("] | missing_symbology at 0");
        check("]E | missing_symbology at 0");
        check("]é | unsupported_symbology at 0");
        check("]XX | unsupported_symbology at 0");
        check("]C0123 | unsupported_symbology at 0");
        check("]Q2123 | unsupported_symbology at 0");
    }
}
