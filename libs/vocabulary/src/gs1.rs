use std::fmt;

use crate::Invalid;

/// The GS1 check digit (GS1 General Specifications 7.9.1: modulo 10, weights 3 and 1 from the right) of a key without it.
///
/// Returns `None` when `digits` is empty or holds anything but digits.
pub fn check_digit(digits: &str) -> Option<u8> {
    if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let weighted = |(position, b): (usize, u8)| {
        let weight = if position.is_multiple_of(2) { 3_u32 } else { 1 };
        u32::from(b.saturating_sub(b'0')).saturating_mul(weight)
    };
    let sum = digits.bytes().rev().enumerate().map(weighted).fold(0_u32, u32::saturating_add);
    let rest = sum.rem_euclid(10);
    u8::try_from(10_u32.saturating_sub(rest).rem_euclid(10)).ok()
}

/// A global trade item number, kept as 14 digits.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Gtin(String);

impl Gtin {
    /// Reads 8, 12, 13 or 14 digits with a valid check digit.
    ///
    /// # Errors
    /// [`Invalid`] for anything else.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        if [8, 12, 13, 14].contains(&text.len()) && ends_in_check_digit(text) {
            Ok(Self(format!("{text:0>14}")))
        } else {
            Err(Invalid::new("gtin", text, "8, 12, 13 or 14 digits with a valid check digit"))
        }
    }

    /// The 14 digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Gtin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A global location number, 13 digits.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Gln(String);

impl Gln {
    /// Reads 13 digits with a valid check digit.
    ///
    /// # Errors
    /// [`Invalid`] for anything else.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        if text.len() == 13 && ends_in_check_digit(text) {
            Ok(Self(text.into()))
        } else {
            Err(Invalid::new("gln", text, "13 digits with a valid check digit"))
        }
    }

    /// The 13 digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Gln {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

pub(crate) fn ends_in_check_digit(text: &str) -> bool {
    let Some((body, last)) = text.split_at_checked(text.len().saturating_sub(1)) else { return false };
    check_digit(body).is_some_and(|digit| last == digit.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Sscc;

    #[test]
    fn check_digits_of_known_keys() {
        // GS1 General Specifications, figures of section 7.9 and public examples.
        for (body, digit) in
            [("629104150021", 3), ("03600029145", 2), ("9638507", 4), ("37610425002123456", 9)]
        {
            assert_eq!(check_digit(body), Some(digit), "{body}");
        }
        assert_eq!(check_digit(""), None);
        assert_eq!(check_digit("12a"), None);
    }

    #[test]
    fn gtins_are_kept_as_14_digits() {
        assert_eq!(Gtin::parse("96385074").unwrap().as_str(), "00000096385074");
        assert!(Gtin::parse("96385075").is_err());
        assert!(Gtin::parse("123").is_err());
        assert!(Gtin::parse("").is_err());
        assert!(Gln::parse("6291041500213").is_ok());
    }

    #[test]
    fn keys_have_their_length_and_check_digit() {
        assert_eq!(Sscc::parse("376104250021234569").unwrap().to_string(), "376104250021234569");
        assert!(Sscc::parse("376104250021234568").is_err());
        assert!(Sscc::parse("76104250021234569").is_err());
        assert!(Gln::parse("6291041500214").is_err());
    }
}
