use super::linter::{Broken, demand};
use crate::error::Rule;

/// Two numbers of as many digits: which piece, of how many.
pub(super) fn piece_of_total(part: &str) -> Result<(), Broken> {
    let half = part.len().div_euclid(2);
    let (piece, total) = part.split_at_checked(half).unwrap_or((part, ""));
    let is_zero = |number: &str| number.bytes().all(|digit| digit == b'0');
    demand(!is_zero(piece), Rule::PieceZero)?;
    demand(!is_zero(total), Rule::TotalZero).map_err(|broken| broken.after(half))?;
    // Of as many digits, the order of the texts is the order of the numbers.
    demand(piece <= total, Rule::PieceAboveTotal)
}

/// `position/end`, both without leading zeros.
pub(super) fn position_in_sequence(part: &str) -> Result<(), Broken> {
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let numbers = part.split_once('/').filter(|(position, end)| is_number(position) && is_number(end));
    let (position, end) = numbers.ok_or(Broken::at(0, Rule::BadPosition))?;
    demand(!position.starts_with('0'), Rule::ZeroPrefix)?;
    let after = position.len().saturating_add(1);
    demand(!end.starts_with('0'), Rule::ZeroPrefix).map_err(|broken| broken.after(after))?;
    demand((position.len(), position) <= (end.len(), end), Rule::PositionAboveEnd)
}

#[cfg(test)]
mod tests {
    use super::super::Linter;
    use super::super::linter::tests::check;

    #[test]
    fn pieces() {
        check(Linter::PieceOfTotal, "0110 | ok");
        check(Linter::PieceOfTotal, "1010 | ok");
        check(Linter::PieceOfTotal, "0010 | ZERO_PIECE_NUMBER 0");
        check(Linter::PieceOfTotal, "0100 | ZERO_TOTAL_PIECES 2");
        check(Linter::PieceOfTotal, "0000 | ZERO_PIECE_NUMBER 0");
        check(Linter::PieceOfTotal, "1110 | PIECE_NUMBER_EXCEEDS_TOTAL 0");
    }

    #[test]
    fn positions() {
        check(Linter::PositionInSequence, "1/2 | ok");
        check(Linter::PositionInSequence, "2/2 | ok");
        check(Linter::PositionInSequence, "9/10 | ok");
        check(Linter::PositionInSequence, "3/2 | POSITION_EXCEEDS_END 0");
        check(Linter::PositionInSequence, "10/9 | POSITION_EXCEEDS_END 0");
        check(Linter::PositionInSequence, "111 | POSITION_IN_SEQUENCE_MALFORMED 0");
        check(Linter::PositionInSequence, "1/ | POSITION_IN_SEQUENCE_MALFORMED 0");
        check(Linter::PositionInSequence, "/11 | POSITION_IN_SEQUENCE_MALFORMED 0");
        check(Linter::PositionInSequence, "1/A | POSITION_IN_SEQUENCE_MALFORMED 0");
        check(Linter::PositionInSequence, "1// | POSITION_IN_SEQUENCE_MALFORMED 0");
        check(Linter::PositionInSequence, "0/3 | ILLEGAL_ZERO_PREFIX 0");
        check(Linter::PositionInSequence, "1/0 | ILLEGAL_ZERO_PREFIX 2");
    }
}
