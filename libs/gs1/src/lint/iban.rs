use super::country::is_country;
use super::linter::{Broken, demand};
use crate::error::Rule;

/// An IBAN is longer than this: country, check digits, and an account at a bank.
const LENGTH_ABOVE: usize = 10;

/// ISO 13616: two letters of a country, two check digits, the account. With the first four characters put last and letters
/// counted as 10 to 35, the number leaves a remainder of 1 when divided by 97.
pub(super) fn iban(part: &str) -> Result<(), Broken> {
    let (head, account) = part.split_at_checked(4).ok_or(Broken::at(0, Rule::IbanTooShort))?;
    demand(head.get(..2).is_some_and(is_country), Rule::BadIbanCountry)?;
    demand(part.len() > LENGTH_ABOVE, Rule::IbanTooShort)?;
    let remainder = remainder(account, 0).map_err(|broken| broken.after(4))?;
    if self::remainder(head, remainder)? == 1 { Ok(()) } else { Err(Broken::at(2, Rule::BadIbanChecksum)) }
}

/// The remainder of 97 of a number that goes on with these characters.
fn remainder(characters: &str, before: u32) -> Result<u32, Broken> {
    characters.char_indices().try_fold(before, |remainder, (at, character)| {
        let value = if character.is_ascii_lowercase() { None } else { character.to_digit(36) };
        let value = value.ok_or_else(|| Broken::at(at, Rule::BadIbanCharacter))?;
        let shifted = remainder.saturating_mul(if value < 10 { 10 } else { 100 });
        Ok(shifted.saturating_add(value).rem_euclid(97))
    })
}

#[cfg(test)]
mod tests {
    use super::super::Linter;
    use super::super::linter::tests::check;

    #[test]
    fn ibans() {
        // Examples of the IBAN registry.
        check(Linter::Iban, "GB29NWBK60161331926819 | ok");
        check(Linter::Iban, "DE89370400440532013000 | ok");
        check(Linter::Iban, "NO9386011117947 | ok");
        check(Linter::Iban, "DE88370400440532013000 | INCORRECT_IBAN_CHECKSUM 2");
        check(Linter::Iban, "AB12345678901234 | ILLEGAL_IBAN_COUNTRY_CODE 0");
        check(Linter::Iban, "DE8937040044a532013000 | INVALID_IBAN_CHARACTER 12");
        check(Linter::Iban, "DE-937040044 | INVALID_IBAN_CHARACTER 2");
        check(Linter::Iban, "DE8 | IBAN_TOO_SHORT 0");
        check(Linter::Iban, "DE89370400 | IBAN_TOO_SHORT 0");
        check(Linter::Iban, "de89370400440532013000 | ILLEGAL_IBAN_COUNTRY_CODE 0");
    }
}
