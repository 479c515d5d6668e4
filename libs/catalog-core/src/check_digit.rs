use proto::catalog::v1::CheckDigitScheme;

/// The check digit of `digits`, or `None` when there is no digit to compute it from.
pub(crate) fn check_digit(scheme: CheckDigitScheme, digits: &str) -> Option<char> {
    let digit = match scheme {
        CheckDigitScheme::Unspecified => None,
        CheckDigitScheme::Gs1Mod10 => vocabulary::check_digit(digits).map(u32::from),
        CheckDigitScheme::Luhn => luhn(digits),
    };
    digit.and_then(|digit| char::from_digit(digit, 10))
}

/// The scheme in words.
pub(crate) fn words(scheme: CheckDigitScheme) -> &'static str {
    match scheme {
        CheckDigitScheme::Unspecified => "no check digit",
        CheckDigitScheme::Gs1Mod10 => "GS1 modulo 10",
        CheckDigitScheme::Luhn => "Luhn",
    }
}

/// ISO/IEC 7812-1 annex B: from the right, every other digit counts double, its digits summed.
fn luhn(digits: &str) -> Option<u32> {
    if digits.is_empty() {
        return None;
    }
    let mut sum = 0_u32;
    for (position, symbol) in digits.chars().rev().enumerate() {
        let digit = symbol.to_digit(10)?;
        let counted = if position.is_multiple_of(2) { digit.saturating_mul(2) } else { digit };
        sum = sum.saturating_add(if counted > 9 { counted.saturating_sub(9) } else { counted });
    }
    Some(10_u32.saturating_sub(sum.rem_euclid(10)).rem_euclid(10))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn check_digits_of_known_numbers() {
        // Luhn: the example of ISO/IEC 7812-1 and public test card numbers. GS1: an EAN-13.
        for (scheme, digits, expected) in [
            (CheckDigitScheme::Luhn, "7992739871", Some('3')),
            (CheckDigitScheme::Luhn, "411111111111111", Some('1')),
            (CheckDigitScheme::Luhn, "0", Some('0')),
            (CheckDigitScheme::Luhn, "", None),
            (CheckDigitScheme::Luhn, "1a", None),
            (CheckDigitScheme::Gs1Mod10, "629104150021", Some('3')),
            (CheckDigitScheme::Unspecified, "1", None),
        ] {
            assert_eq!(check_digit(scheme, digits), expected, "{scheme:?} {digits:?}");
        }
    }
}
