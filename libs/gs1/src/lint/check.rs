use super::linter::{Broken, demand};
use crate::charset::cset82_value;
use crate::error::Rule;

/// The weights of the check pair, from its left neighbour on: the first prime numbers, enough for the longest value.
const PRIMES: [u32; 23] =
    [2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71, 73, 79, 83];

/// The characters that a check pair is written with, by their value.
const PAIR_CHARACTERS: &[u8; 32] = b"23456789ABCDEFGHJKLMNPQRSTUVWXYZ";

/// The shortest GS1 company prefix.
const PREFIX_DIGITS_MIN: usize = 4;

/// The last digit fits those before it (GS1 General Specifications 7.9, check digit).
pub(super) fn check_digit(part: &str) -> Result<(), Broken> {
    let last = part.len().saturating_sub(1);
    let fits = part.split_at_checked(last).is_some_and(|(body, digit)| {
        let right = vocabulary::check_digit(body).map(|right| right.saturating_add(b'0'));
        right.is_some() && right == digit.bytes().next()
    });
    if fits { Ok(()) } else { Err(Broken::at(last, Rule::BadCheckDigit)) }
}

/// The last two characters fit those before them (GS1 General Specifications 7.9, check character pair): the values of the
/// characters, weighted by prime numbers from the right, modulo 1021.
pub(super) fn check_pair(part: &str) -> Result<(), Broken> {
    let body_length = part.len().checked_sub(2).ok_or(Broken::at(0, Rule::TooShortForCheckPair))?;
    let broken = Broken::at(body_length, Rule::BadCheckPair);
    let (body, pair) = part.split_at_checked(body_length).ok_or(broken)?;
    let values = body.bytes().rev().map(cset82_value);
    let sum = values
        .zip(PRIMES)
        .try_fold(0_u32, |sum, (value, prime)| Some(sum.saturating_add(value?.saturating_mul(prime))));
    let right = sum.map(|sum| sum.rem_euclid(1021)).and_then(pair_of).ok_or(broken)?;
    if pair.as_bytes() == right && body_length <= PRIMES.len() { Ok(()) } else { Err(broken) }
}

/// Five bits in each character.
fn pair_of(sum: u32) -> Option<[u8; 2]> {
    let character = |value: u32| PAIR_CHARACTERS.get(usize::try_from(value).ok()?).copied();
    Some([character(sum.div_euclid(32))?, character(sum.rem_euclid(32))?])
}

/// A GS1 company prefix stands first.
pub(super) fn prefix(part: &str) -> Result<(), Broken> {
    let Some(prefix) = part.as_bytes().get(..PREFIX_DIGITS_MIN) else {
        return Err(Broken::at(0, Rule::TooShortForPrefix));
    };
    match prefix.iter().position(|byte| !byte.is_ascii_digit()) {
        Some(at) => Err(Broken::at(at, Rule::BadPrefix)),
        None => Ok(()),
    }
}

/// A GS1 company prefix stands after the first character.
pub(super) fn prefix_after_first(part: &str) -> Result<(), Broken> {
    let rest = part.get(1..);
    demand(rest.is_some(), Rule::TooShortForPrefix)?;
    prefix(rest.unwrap_or_default()).map_err(|broken| broken.after(1))
}

#[cfg(test)]
mod tests {
    use super::super::Linter;
    use super::super::linter::tests::check;

    #[test]
    fn check_digits() {
        check(Linter::CheckDigit, "12345678901231 | ok");
        check(Linter::CheckDigit, "12345678901234 | INCORRECT_CHECK_DIGIT 13");
        check(Linter::CheckDigit, "952012345678912345 | ok");
        check(Linter::CheckDigit, "9520123456788 | ok");
        check(Linter::CheckDigit, "0 | INCORRECT_CHECK_DIGIT 0");
    }

    #[test]
    fn check_pairs() {
        // The example of the GS1 General Specifications for the GMN.
        check(Linter::CheckPair, "1987654Ad4X4bL5ttr2310c2K | ok");
        check(Linter::CheckPair, "1987654Ad4X4bL5ttr2310c2L | INCORRECT_CHECK_PAIR 23");
        check(Linter::CheckPair, "22 | ok");
        check(Linter::CheckPair, "23 | INCORRECT_CHECK_PAIR 0");
        check(Linter::CheckPair, "2 | TOO_SHORT_FOR_CHECK_PAIR 0");
        check(Linter::CheckPair, "1987654Ad4X4bL5ttr2310cXX2K | INCORRECT_CHECK_PAIR 25");
    }

    #[test]
    fn company_prefixes() {
        check(Linter::PrefixFirst, "1234 | ok");
        check(Linter::PrefixFirst, "1234A | ok");
        check(Linter::PrefixFirst, "123 | TOO_SHORT_FOR_GCP 0");
        check(Linter::PrefixFirst, "12A4 | INVALID_GCP_PREFIX 2");
        check(Linter::PrefixSecond, "X1234 | ok");
        check(Linter::PrefixSecond, "X123 | TOO_SHORT_FOR_GCP 1");
        check(Linter::PrefixSecond, "X123A | INVALID_GCP_PREFIX 4");
    }
}
