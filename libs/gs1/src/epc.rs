use crate::digital_link::{Place, Stem, position_as_written, unescaped};
use crate::elements::check_size;
use crate::error::{Error, Reason, Rule};
use crate::keys::with_check_digit;
use crate::{Ai, CompanyPrefix, Element, Rules};

/// An EPC in the pure identity form of the EPC Tag Data Standard, as elements: a key, and perhaps what tells one thing of its
/// kind from the others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Epc<'a> {
    company_prefix: CompanyPrefix,
    key: Element<'static>,
    qualifier: Option<Qualifier<'a>>,
}

/// What qualifies the key, and how the URN writes it: with the escapes of a URI.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Qualifier<'a> {
    element: Element<'a>,
    written: &'a str,
}

/// One kind of URN.
struct Scheme {
    name: &'static str,
    key: &'static str,
    /// Digits of company prefix and reference together: the key without its check digit.
    digits: usize,
    /// Whether the first digit of the reference stands before the company prefix in the key.
    turns: bool,
    last: Last,
}

/// What follows the reference.
#[derive(Debug, Clone, Copy)]
enum Last {
    Nothing,
    /// Anything: `*`.
    Any,
    /// The value of an AI.
    Value(&'static str),
    /// The value of an AI; `0` says that there is none.
    ValueOrZero(&'static str),
}

const SCHEMES: &[Scheme] = &[
    Scheme { name: "urn:epc:id:sgtin:", key: "01", digits: 13, turns: true, last: Last::Value("21") },
    Scheme { name: "urn:epc:id:sscc:", key: "00", digits: 17, turns: true, last: Last::Nothing },
    Scheme { name: "urn:epc:id:sgln:", key: "414", digits: 12, turns: false, last: Last::ValueOrZero("254") },
    Scheme { name: "urn:epc:class:lgtin:", key: "01", digits: 13, turns: true, last: Last::Value("10") },
    Scheme { name: "urn:epc:idpat:sgtin:", key: "01", digits: 13, turns: true, last: Last::Any },
];

const COMPANY_PREFIX_DIGITS_MIN: usize = 6;

impl<'a> Epc<'a> {
    /// Reads a URN: `sgtin`, `sscc` and `sgln` of single things, `lgtin` of a lot, and the pattern of all of a GTIN.
    ///
    /// # Errors
    /// [`Error`] names the byte where it goes wrong.
    pub fn parse(urn: &'a str, rules: &Rules) -> Result<Self, Error> {
        check_size(urn)?;
        let scheme = SCHEMES.iter().find(|scheme| urn.starts_with(scheme.name));
        let scheme = scheme.ok_or(Error::at(0, Reason::Malformed(KNOWN_SCHEMES)))?;
        let at = scheme.name.len();
        let (prefix, rest) =
            urn.get(at..).unwrap_or_default().split_once('.').ok_or_else(|| Error::at(at, NO_REFERENCE))?;
        let (reference, last) =
            rest.split_once('.').map_or((rest, None), |(reference, last)| (reference, Some(last)));
        let company_prefix = scheme.company_prefix(prefix, at)?;
        let reference_at = at.saturating_add(prefix.len()).saturating_add(1);
        let key = scheme.key(prefix, reference, rules).map_err(|error| error.after(reference_at))?;
        let last_at = urn.len().saturating_sub(last.map_or(0, str::len));
        let qualifier = scheme.qualifier(last, rules).map_err(|error| error.after(last_at))?;
        Ok(Self { company_prefix, key, qualifier })
    }

    /// The company prefix: the URN says how long it is, which a barcode does not.
    pub const fn company_prefix(&self) -> &CompanyPrefix {
        &self.company_prefix
    }

    /// The key: AI 01, 00 or 414.
    pub const fn key(&self) -> &Element<'static> {
        &self.key
    }

    /// What qualifies it: AI 21, 10 or 254.
    pub fn qualifier(&self) -> Option<&Element<'a>> {
        self.qualifier.as_ref().map(|qualifier| &qualifier.element)
    }

    /// As a Digital Link. What the URN escapes stays escaped as it is.
    pub fn to_digital_link(&self, stem: Stem<'_>) -> String {
        let mut uri = format!("{}/{}/{}", stem.as_str(), self.key.ai(), self.key.value());
        if let Some(Qualifier { element, written }) = &self.qualifier {
            uri.extend(["/", element.ai().as_str(), "/", written]);
        }
        uri
    }
}

const KNOWN_SCHEMES: &str =
    "begin with urn:epc:id:sgtin:, :sscc: or :sgln:, urn:epc:class:lgtin: or urn:epc:idpat:sgtin:";
const NO_REFERENCE: Reason = Reason::Malformed("part company prefix and reference with a dot");

impl Scheme {
    fn company_prefix(&self, digits: &str, at: usize) -> Result<CompanyPrefix, Error> {
        let expected = Reason::Malformed("the company prefix must be 6 to 12 digits");
        let prefix = CompanyPrefix::parse(digits).ok().filter(|_| digits.len() >= COMPANY_PREFIX_DIGITS_MIN);
        prefix.ok_or_else(|| Error::at(at, expected))
    }

    /// Company prefix and reference, in their order, and the check digit.
    fn key(&self, prefix: &str, reference: &str, rules: &Rules) -> Result<Element<'static>, Error> {
        let ai = Ai::parse(self.key).ok_or(Error::at(0, Reason::UnknownAi))?;
        if let Some(at) = reference.bytes().position(|byte| !byte.is_ascii_digit()) {
            return Err(Error::of_ai(at, ai, Rule::NonDigit.into()));
        }
        if prefix.len().saturating_add(reference.len()) != self.digits {
            return Err(Error::of_ai(0, ai, Reason::BadLength));
        }
        let (first, others) = reference.split_at_checked(usize::from(self.turns)).unwrap_or((reference, ""));
        let value = with_check_digit(format!("{first}{prefix}{others}"));
        Element::check(ai, value.into(), 0, rules).map_err(|flaw| Error::of_ai(0, ai, flaw.reason))
    }

    fn qualifier<'a>(&self, last: Option<&'a str>, rules: &Rules) -> Result<Option<Qualifier<'a>>, Error> {
        match (self.last, last) {
            (Last::Nothing, None) | (Last::Any, Some("*")) | (Last::ValueOrZero(_), Some("0")) => Ok(None),
            (Last::Nothing, Some(_)) => {
                Err(Error::at(0, Reason::Malformed("nothing may follow the reference")))
            }
            (Last::Any, _) => Err(Error::at(0, Reason::Malformed("end with .*"))),
            (Last::Value(_) | Last::ValueOrZero(_), None) => Err(Error::at(0, Reason::EmptyValue)),
            (Last::Value(ai) | Last::ValueOrZero(ai), Some(written)) => {
                let ai = Ai::parse(ai).ok_or(Error::at(0, Reason::UnknownAi))?;
                read_qualifier(ai, written, rules).map(Some)
            }
        }
    }
}

fn read_qualifier<'a>(ai: Ai, written: &'a str, rules: &Rules) -> Result<Qualifier<'a>, Error> {
    if let Some(at) = first_unescaped(written) {
        let expected = Reason::Malformed("write this character as % and two hexadecimal digits");
        return Err(Error::of_ai(at, ai, expected));
    }
    let value = unescaped(written, Place::Path).map_err(|at| Error::of_ai(at, ai, Rule::NotCset82.into()))?;
    let element = Element::check(ai, value, 0, rules)
        .map_err(|flaw| Error::of_ai(position_as_written(written, flaw.at), ai, flaw.reason))?;
    Ok(Qualifier { element, written })
}

/// Where the first character stands that a URN may not hold as itself (EPC Tag Data Standard, table of characters).
fn first_unescaped(written: &str) -> Option<usize> {
    let bytes = written.as_bytes();
    let is_escape = |at: usize| {
        let digits = bytes.get(at.saturating_add(1)..at.saturating_add(3));
        digits.is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit))
    };
    let mut places = bytes.iter().enumerate();
    let stranger = places.find(|(at, byte)| match byte {
        b'%' => !is_escape(*at),
        b'!' | b'\'' | b'(' | b')' | b'*' | b'+' | b',' | b'-' | b'.' | b':' | b';' | b'=' | b'_' => false,
        other => !other.is_ascii_alphanumeric(),
    });
    stranger.map(|(at, _)| at)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::digital_link::DigitalLink;
    use crate::testing::{content, shown_error};

    /// `urn | path of the Digital Link, or reason, AI and byte`
    fn check(row: &str) {
        let (urn, expected) = row.split_once(" | ").unwrap();
        let got = match Epc::parse(urn, &content()) {
            Ok(epc) => epc.to_digital_link(Stem::CANONICAL).replace("https://id.gs1.org", ""),
            Err(error) => shown_error(&error),
        };
        assert_eq!(got, expected, "{row}");
    }

    #[test]
    fn things_lots_and_patterns() {
        check("urn:epc:id:sgtin:9521141.012345.1001 | /01/09521141123454/21/1001");
        check("urn:epc:id:sgtin:952114112345.0.A.B-1 | /01/09521141123454/21/A.B-1");
        check("urn:epc:id:sgtin:9521141.012345.A%2Fb%3c | /01/09521141123454/21/A%2Fb%3c");
        check("urn:epc:id:sscc:0614141.1234567890 | /00/106141412345678908");
        check("urn:epc:id:sgln:9521141.11111.0 | /414/9521141111116");
        check("urn:epc:id:sgln:9521141.11111.BIN-A01 | /414/9521141111116/254/BIN-A01");
        check("urn:epc:id:sgln:952114111111..0 | /414/9521141111116");
        check("urn:epc:id:sgln:9521141.11111.00 | /414/9521141111116/254/00");
        check("urn:epc:class:lgtin:4012345.066666.B-17 | /01/04012345666663/10/B-17");
        check("urn:epc:idpat:sgtin:4012345.312345.* | /01/34012345123457");
    }

    #[test]
    fn what_is_wrong_is_named() {
        check("urn:epc:id:sscc:0614141.123456789 | bad_length (00) at 24");
        check("urn:epc:id:sgtin:0614141.107346 | empty_value at 31");
        check("urn:epc:id:sgtin:0614141.107346. | empty_value (21) at 32");
        check("urn:epc:id:sgtin:06141.10734600.1 | malformed at 17");
        check("urn:epc:id:sgtin:0614141123456..1 | malformed at 17");
        check("urn:epc:id:sgtin:061414112345..1 | bad_length (01) at 30");
        check("urn:epc:id:sgtin:0614141.10734A.1 | bad_character (01) at 30");
        check("urn:epc:id:sgtin:0614141.107346.A/B | malformed (21) at 33");
        check("urn:epc:id:sgtin:0614141.107346.A%2 | malformed (21) at 33");
        check("urn:epc:id:sgtin:0614141.107346.%20 | bad_character (21) at 32");
        check("urn:epc:id:sgtin:0614141.107346.%FF | bad_character (21) at 32");
        check("urn:epc:id:sgtin:0614141.107346.123456789012345678901 | bad_length (21) at 32");
        check("urn:epc:id:sscc:0614141.1234567890.1 | malformed at 35");
        check("urn:epc:idpat:sgtin:4012345.312345.1 | malformed at 35");
        check("urn:epc:id:sgtin:0614141 | malformed at 17");
        check("urn:epc:id:giai:0614141.1 | malformed at 0");
        check("https://id.gs1.org/01/09520123456788 | malformed at 0");
    }

    #[test]
    fn the_digital_link_says_the_same() {
        let epc = Epc::parse("urn:epc:id:sgtin:9521141.012345.A%2Fb!:%3c", &content()).unwrap();
        let uri = epc.to_digital_link(Stem::CANONICAL);
        let link = DigitalLink::parse(&uri, &content()).unwrap();
        assert_eq!(link.elements().to_string(), "(01)09521141123454(21)A/b!:<");
        assert_eq!(link.path().nth(1), epc.qualifier());
        assert_eq!(epc.company_prefix().as_str(), "9521141");
        assert_eq!(epc.key().value(), "09521141123454");
    }
}
