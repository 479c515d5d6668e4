use std::fmt;

use vocabulary::{Gln, Gtin, Invalid, Sscc, check_digit};

/// A GS1 company prefix: the 4 to 12 digits with which a company's keys begin.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CompanyPrefix(String);

impl CompanyPrefix {
    /// Reads 4 to 12 digits.
    ///
    /// # Errors
    /// [`Invalid`] for anything else.
    pub fn parse(digits: &str) -> Result<Self, Invalid> {
        if (4..=12).contains(&digits.len()) && digits.bytes().all(|digit| digit.is_ascii_digit()) {
            Ok(Self(digits.to_owned()))
        } else {
            Err(Invalid::new("company prefix", digits, "4 to 12 digits"))
        }
    }

    /// The digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The GTIN of an item: a GTIN-13, filled up.
    ///
    /// # Errors
    /// [`Invalid`] when the reference has more digits than the prefix leaves room for.
    pub fn gtin(&self, item_reference: u64) -> Result<Gtin, Invalid> {
        self.gtin_of_pack(0, item_reference)
    }

    /// The GTIN-14 of a pack of items: an indicator of 1 to 8, or 9 when the quantity varies; 0 for the item itself.
    ///
    /// # Errors
    /// [`Invalid`] when the indicator is no digit, or the reference has more digits than the prefix leaves room for.
    pub fn gtin_of_pack(&self, indicator: u8, item_reference: u64) -> Result<Gtin, Invalid> {
        let body = format!("{}{}{}", digit(indicator)?, self.0, self.reference(12, item_reference)?);
        Gtin::parse(&with_check_digit(body))
    }

    /// The GLN of a party or place.
    ///
    /// # Errors
    /// [`Invalid`] when the reference has more digits than the prefix leaves room for.
    pub fn gln(&self, location_reference: u64) -> Result<Gln, Invalid> {
        Gln::parse(&with_check_digit(format!("{}{}", self.0, self.reference(12, location_reference)?)))
    }

    /// The SSCC of a logistic unit. The extension digit, 0 to 9, only makes more numbers.
    ///
    /// # Errors
    /// [`Invalid`] when the extension is no digit, or the reference has more digits than the prefix leaves room for.
    pub fn sscc(&self, extension: u8, serial_reference: u64) -> Result<Sscc, Invalid> {
        let body = format!("{}{}{}", digit(extension)?, self.0, self.reference(16, serial_reference)?);
        Sscc::parse(&with_check_digit(body))
    }

    /// How many SSCCs there are with one extension digit: 10 to the power of the digits that the prefix leaves room for.
    pub fn sscc_capacity(&self) -> u64 {
        let digits = 16_usize.saturating_sub(self.0.len());
        10_u64.saturating_pow(u32::try_from(digits).unwrap_or_default())
    }

    /// The serial reference of an SSCC that this prefix and extension digit make; nothing of any other.
    pub fn sscc_reference(&self, extension: u8, sscc: &Sscc) -> Option<u64> {
        let rest = sscc.as_str().strip_prefix(digit(extension).ok()?)?.strip_prefix(self.as_str())?;
        rest.get(..rest.len().checked_sub(1)?)?.parse().ok()
    }

    /// A reference with as many digits as are left of `length`; none when there is no room, and it is 0.
    fn reference(&self, length: usize, reference: u64) -> Result<String, Invalid> {
        let width = length.saturating_sub(self.0.len());
        let digits = if reference == 0 { String::new() } else { reference.to_string() };
        if digits.len() <= width {
            Ok(format!("{digits:0>width$}"))
        } else {
            Err(Invalid::new("reference", &digits, "as many digits as the company prefix leaves room for"))
        }
    }
}

impl fmt::Display for CompanyPrefix {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A body of digits, and the check digit that it makes.
pub(crate) fn with_check_digit(mut body: String) -> String {
    body.extend(check_digit(&body).and_then(|digit| char::from_digit(digit.into(), 10)));
    body
}

fn digit(value: u8) -> Result<char, Invalid> {
    char::from_digit(value.into(), 10).ok_or_else(|| Invalid::new("digit", &value.to_string(), "0 to 9"))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `prefix kind digit reference | key`
    fn check(row: &str) {
        let (input, expected) = row.split_once(" | ").unwrap();
        let words: Vec<&str> = input.split_whitespace().collect();
        let [prefix, kind, digit, reference] = words[..] else { panic!("{row}") };
        let prefix = CompanyPrefix::parse(prefix).unwrap();
        let (digit, reference) = (digit.parse().unwrap(), reference.parse().unwrap());
        let got = match kind {
            "gtin" => prefix.gtin(reference).map(|key| key.to_string()),
            "pack" => prefix.gtin_of_pack(digit, reference).map(|key| key.to_string()),
            "gln" => prefix.gln(reference).map(|key| key.to_string()),
            _ => prefix.sscc(digit, reference).map(|key| key.to_string()),
        };
        assert_eq!(got.unwrap_or_else(|invalid| format!("bad {}", invalid.what)), expected, "{row}");
    }

    #[test]
    fn keys_are_built_from_their_parts() {
        check("0614141 sscc 1 234567890 | 106141412345678908");
        check("0614141 sscc 0 0 | 006141410000000005");
        check("952011234567 sscc 9 1234 | 995201123456712344");
        check("9521141 gtin 0 12345 | 09521141123454");
        check("9521141 pack 1 12345 | 19521141123451");
        check("9521141 gln 0 11111 | 9521141111116");
        check("952114111111 gln 0 0 | 9521141111116");
        check("1234 gtin 0 5 | 01234000000053");
    }

    #[test]
    fn a_reference_is_found_in_its_sscc_and_in_no_other() {
        let prefix = CompanyPrefix::parse("0614141").unwrap();
        assert_eq!(prefix.sscc_capacity(), 1_000_000_000);
        for (extension, reference) in [(1, 234_567_890), (0, 0), (9, 999_999_999)] {
            let sscc = prefix.sscc(extension, reference).unwrap();
            assert_eq!(prefix.sscc_reference(extension, &sscc), Some(reference));
            assert_eq!(prefix.sscc_reference(extension ^ 1, &sscc), None);
            assert_eq!(CompanyPrefix::parse("0614142").unwrap().sscc_reference(extension, &sscc), None);
        }
        assert!(prefix.sscc(0, prefix.sscc_capacity()).is_err());
    }

    #[test]
    fn what_has_no_room_is_refused() {
        check("9521141 gtin 0 123456 | bad reference");
        check("952114111111 gln 0 1 | bad reference");
        check("0614141 sscc 1 12345678901 | bad reference");
        check("0614141 sscc 10 1 | bad digit");
        for prefix in ["123", "1234567890123", "12345X", ""] {
            assert!(CompanyPrefix::parse(prefix).is_err(), "{prefix}");
        }
    }
}
