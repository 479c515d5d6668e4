use super::linter::{Broken, demand};
use crate::error::Rule;

/// A hyphen: the value before it is below zero.
pub(super) fn hyphen(part: &str) -> Result<(), Broken> {
    demand(!part.is_empty() && part.bytes().all(|byte| byte == b'-'), Rule::NotHyphen)
}

/// One letter, digit, `-` or `_`.
pub(super) fn importer_index(part: &str) -> Result<(), Broken> {
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    demand(part.bytes().all(allowed), Rule::BadImporterIndex)
}

pub(super) fn non_digit(part: &str) -> Result<(), Broken> {
    demand(part.bytes().any(|byte| !byte.is_ascii_digit()), Rule::OnlyDigits)
}

/// Two hexadecimal digits follow every `%`.
pub(super) fn percent_encoding(part: &str) -> Result<(), Broken> {
    let bytes = part.as_bytes();
    let mut at = 0_usize;
    while let Some(found) = bytes.iter().skip(at).position(|byte| *byte == b'%') {
        let percent = at.saturating_add(found);
        at = percent.saturating_add(3);
        let digits = bytes.get(percent.saturating_add(1)..at);
        if !digits.is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit)) {
            return Err(Broken::at(percent, Rule::BadPercentSequence));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::Linter;
    use super::super::linter::tests::check;

    #[test]
    fn single_characters() {
        check(Linter::Hyphen, "- | ok");
        check(Linter::Hyphen, "+ | NOT_HYPHEN 0");
        check(Linter::ImporterIndex, "- | ok");
        check(Linter::ImporterIndex, "z | ok");
        check(Linter::ImporterIndex, "= | INVALID_IMPORT_IDX_CHARACTER 0");
        check(Linter::NonDigit, "12A | ok");
        check(Linter::NonDigit, "123 | REQUIRES_NON_DIGIT_CHARACTER 0");
    }

    #[test]
    fn percent_sequences() {
        check(Linter::PercentEncoding, "A%20b%c3%BC | ok");
        check(Linter::PercentEncoding, "plain | ok");
        check(Linter::PercentEncoding, "A%2 | INVALID_PERCENT_SEQUENCE 1");
        check(Linter::PercentEncoding, "% | INVALID_PERCENT_SEQUENCE 0");
        check(Linter::PercentEncoding, "%20%0g | INVALID_PERCENT_SEQUENCE 3");
        check(Linter::PercentEncoding, "%%20 | INVALID_PERCENT_SEQUENCE 0");
    }
}
