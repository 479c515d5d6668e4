use super::Rule;
use crate::Ai;

/// Why something is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// There is nothing to read.
    Empty,
    /// The text is longer than [`TEXT_BYTES_MAX`](crate::TEXT_BYTES_MAX).
    TooLong,
    /// There are more elements than [`ELEMENTS_MAX`](crate::ELEMENTS_MAX).
    TooManyElements,
    /// It is not written as its form demands; the words say what should stand there.
    Malformed(&'static str),
    /// No AI is written like this.
    UnknownAi,
    /// An AI without a value.
    EmptyValue,
    /// The value is too short or too long for its AI.
    BadLength,
    /// The value's characters or content break a rule.
    Rule(Rule),
    /// An AI needs others on the same item: one of these alternatives.
    MissingRequired(&'static [&'static str]),
    /// A key beside a digital signature (8030) needs its serial number.
    MissingSerial,
    /// An AI must not stand on the same item as this other one.
    InvalidPair(Ai),
    /// An AI stands twice, with different values.
    ConflictingRepeat,
    /// A scan without the identifier of its symbology.
    MissingSymbology,
    /// A symbology that carries nothing of GS1, or that is not known here.
    UnsupportedSymbology,
    /// Not an `http` or `https` URI.
    NotADigitalLink,
    /// The URI's path has no key of GS1.
    NoKeyInPath,
    /// An AI stands twice in a URI.
    DuplicateAi,
    /// An AI stands in a URI's query that belongs into its path.
    QualifierInQuery,
    /// An AI that may not stand in the query of a URI.
    NotAnAttribute,
    /// The AIs of a URI's path do not follow each other as they must.
    BadQualifierOrder,
    /// The elements cannot be written as a Digital Link.
    NoDigitalLinkForm,
}

impl Reason {
    /// Its stable name, for example `bad_check_digit`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::TooLong => "too_long",
            Self::TooManyElements => "too_many_elements",
            Self::Malformed(_) => "malformed",
            Self::UnknownAi => "unknown_ai",
            Self::EmptyValue => "empty_value",
            Self::BadLength => "bad_length",
            Self::Rule(rule) => rule.reason_name(),
            Self::MissingRequired(_) | Self::MissingSerial => "missing_required",
            Self::InvalidPair(_) => "invalid_pair",
            Self::ConflictingRepeat => "conflicting_repeat",
            Self::MissingSymbology => "missing_symbology",
            Self::UnsupportedSymbology => "unsupported_symbology",
            Self::NotADigitalLink => "not_a_digital_link",
            Self::NoKeyInPath => "no_key_in_path",
            Self::DuplicateAi => "duplicate_ai",
            Self::QualifierInQuery => "qualifier_in_query",
            Self::NotAnAttribute => "not_an_attribute",
            Self::BadQualifierOrder => "bad_qualifier_order",
            Self::NoDigitalLinkForm => "no_digital_link_form",
        }
    }

    /// What to do about it, where the reason alone says enough.
    pub(super) const fn advice(self) -> &'static str {
        match self {
            Self::Empty => "there is nothing to read: give at least one AI with its value",
            Self::TooLong => "the text is longer than any barcode's: give at most 8191 bytes",
            Self::TooManyElements => "give at most 64 elements",
            Self::Malformed(expected) => expected,
            Self::UnknownAi => "no AI is written like this: check it, and the length of the value before it",
            Self::EmptyValue => "give the AI a value",
            Self::BadLength => "the length does not fit",
            Self::Rule(rule) => rule.meaning(),
            Self::MissingRequired(_) => "it needs another AI on the same item",
            Self::MissingSerial => "give it its serial number: a digital signature stands with it",
            Self::InvalidPair(_) => "it must not stand with another AI of the same item",
            Self::ConflictingRepeat => "the AI stands twice with different values: keep one",
            Self::MissingSymbology => "let the scanner send symbology identifiers (AIM), for example ]C1",
            Self::UnsupportedSymbology => "scan one of ]C1, ]e0, ]d1, ]d2, ]Q1, ]Q3, ]J0, ]J1, ]E0 and ]E4",
            Self::NotADigitalLink => "begin with http:// or https://, a host and a path",
            Self::NoKeyInPath => "give the path a key with its value, for example /01/09520123456788",
            Self::DuplicateAi => "give every AI once",
            Self::QualifierInQuery => "move it from the query into the path, behind its key",
            Self::NotAnAttribute => "it may not stand in the query of a Digital Link: take it away",
            Self::BadQualifierOrder => {
                "let qualifiers follow their key in the order of GS1's table, each once"
            }
            Self::NoDigitalLinkForm => "give a key, and only what may stand in a Digital Link with it",
        }
    }
}
