use std::fmt;

use crate::Invalid;
use crate::gs1::ends_in_check_digit;

/// Digits of a code.
const LENGTH: usize = 18;

/// A serial shipping container code: the number of one logistic unit (GS1 General Specifications 3.3.1), 18 digits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Sscc([u8; LENGTH]);

impl Sscc {
    /// Reads 18 digits with a valid check digit.
    ///
    /// # Errors
    /// [`Invalid`] for anything else.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        let digits = text.as_bytes().try_into().ok().filter(|_| ends_in_check_digit(text));
        digits.map(Self).ok_or_else(|| Invalid::new("sscc", text, "18 digits with a valid check digit"))
    }

    /// The 18 digits.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }
}

impl fmt::Display for Sscc {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for Sscc {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_has_eighteen_digits_of_which_the_last_checks_the_others() {
        for (text, ok) in [
            ("376104250021234569", true),
            ("376104250021234568", false),
            ("37610425002123456", false),
            ("3761042500212345690", false),
            ("37610425002123456\u{e9}", false),
            ("", false),
        ] {
            assert_eq!(Sscc::parse(text).is_ok_and(|sscc| sscc.to_string() == text), ok, "{text:?}");
        }
    }
}
