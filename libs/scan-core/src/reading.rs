use gs1::{
    Association, Content, DigitalLink, Elements, Error, FNC1, Reason, Rules, parse_bracketed,
    parse_element_string, parse_message, parse_scan,
};
use vocabulary::{Gtin, check_digit};

/// A symbology identifier: `]`, a letter, a digit (ISO/IEC 15424).
const IDENTIFIER_BYTES: usize = 3;

/// The keys that an element string without any mark must have, so that it is not mistaken for somebody's own code.
const KEYS: [&str; 4] = ["00", "01", "02", "414"];

/// What a text is.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Reading<'a> {
    /// A message of GS1.
    Elements(Elements<'a>),
    /// The digits of a retail symbol, a carton, a logistic unit or a place.
    Digits(&'a str),
    /// Something of our own, perhaps.
    Other(&'a str),
}

/// A text without the identifier of its symbology.
pub(crate) fn without_identifier(text: &str) -> &str {
    if text.starts_with(']') { text.get(IDENTIFIER_BYTES..).unwrap_or(text) } else { text }
}

/// Reads a text whose separators have been put back.
pub(crate) fn read<'a>(text: &'a str, rules: &Rules) -> Result<Reading<'a>, Error> {
    if !text.starts_with(']') {
        return read_bare(text, rules);
    }
    match parse_scan(text, rules) {
        Ok(scan) => match scan.content {
            Content::Text(bare) => read_bare(bare, rules).map_err(after_identifier),
            Content::Elements(elements) | Content::Article { elements, .. } => together(elements),
            Content::DigitalLink(link) => together(link.elements().clone()),
        },
        // Code 39, ITF, plain Code 128 and so on hold nothing of GS1, but perhaps a code of our own.
        Err(error) if error.reason() == Reason::UnsupportedSymbology => {
            let bare = text.get(IDENTIFIER_BYTES..).filter(|bare| !bare.is_empty()).ok_or(error)?;
            read_bare(bare, rules).map_err(after_identifier)
        }
        Err(error) => Err(error),
    }
}

fn after_identifier(error: Error) -> Error {
    error.standing_at(error.position().saturating_add(IDENTIFIER_BYTES))
}

fn read_bare<'a>(text: &'a str, rules: &Rules) -> Result<Reading<'a>, Error> {
    if begins_uri(text) {
        together(DigitalLink::parse(text, rules)?.elements().clone())
    } else if text.starts_with('(') {
        together(parse_bracketed(text, rules)?)
    } else if text.starts_with(FNC1) {
        together(parse_element_string(text, rules)?)
    } else if is_number(text) {
        Ok(Reading::Digits(text))
    } else {
        read_unmarked(text, rules)
    }
}

/// Without FNC1, brackets and identifier only a key tells an element string from somebody's own code.
fn read_unmarked<'a>(text: &'a str, rules: &Rules) -> Result<Reading<'a>, Error> {
    match parse_message(text, rules) {
        Ok(elements) if text.contains(FNC1) || KEYS.iter().any(|key| elements.get(key).is_some()) => {
            together(elements)
        }
        Err(error) if text.contains(FNC1) || begins_with_key(text) || text.is_empty() => Err(error),
        Ok(_) | Err(_) => Ok(Reading::Other(text)),
    }
}

/// What must stand together may be spread over several barcodes of a label; what contradicts itself is refused.
fn together(elements: Elements<'_>) -> Result<Reading<'_>, Error> {
    Association::Exclusive.check(&elements)?;
    Association::Repeats.check(&elements)?;
    Ok(Reading::Elements(elements))
}

fn begins_uri(text: &str) -> bool {
    let begins =
        |scheme: &str| text.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme));
    begins("https://") || begins("http://")
}

fn is_number(text: &str) -> bool {
    matches!(text.len(), 8 | 12 | 13 | 14 | 18) && is_digits(text)
}

fn is_digits(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}

/// A GTIN or an SSCC behind its AI, whatever is wrong with it.
fn begins_with_key(text: &str) -> bool {
    [("01", 16), ("02", 16), ("00", 20)]
        .iter()
        .any(|(ai, length)| text.starts_with(ai) && text.get(..*length).is_some_and(is_digits))
}

/// The GTINs that digits can mean: of EAN-8, UPC-A, EAN-13 and ITF-14, and what UPC-E leaves out put back.
pub(crate) fn gtins(digits: &str) -> impl Iterator<Item = Gtin> {
    [Gtin::parse(digits).ok(), upc_e(digits)].into_iter().flatten()
}

/// Puts back the zeros that UPC-E leaves out (GS1 General Specifications 5.2.3.4): the last of its six digits says where they were.
fn upc_e(digits: &str) -> Option<Gtin> {
    if digits.len() != 8 || !digits.starts_with(['0', '1']) {
        return None;
    }
    let (system, six, check) = (digits.get(..1)?, digits.get(1..7)?, digits.get(7..)?);
    let (first, last) = (six.get(..5)?, six.get(5..)?);
    let body = match last {
        "0" | "1" | "2" => format!("{system}{}{last}0000{}", first.get(..2)?, first.get(2..)?),
        "3" => format!("{system}{}00000{}", first.get(..3)?, first.get(3..)?),
        "4" => format!("{system}{}00000{}", first.get(..4)?, first.get(4..)?),
        _ => format!("{system}{first}0000{last}"),
    };
    let expected = check_digit(&body)?;
    Gtin::parse(&format!("{body}{check}")).ok().filter(|_| check == expected.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn upc_e_is_written_out() {
        // GS1 General Specifications, figure 5.2.3.4: each way of leaving zeros out.
        for (short, full) in [
            ("01234505", "00012000003455"),
            ("01234531", "00012300000451"),
            ("01234543", "00012340000053"),
            ("01234558", "00012345000058"),
        ] {
            assert_eq!(upc_e(short).map(|gtin| gtin.to_string()).as_deref(), Some(full), "{short}");
        }
        for other in ["01234506", "21234505", "0123450", "0123450A"] {
            assert_eq!(upc_e(other), None, "{other}");
        }
    }
}
