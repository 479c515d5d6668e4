//! GS1 DataMatrix of a message.

use datamatrix::errorcode::encode_error;
use datamatrix::placement::MatrixMap;
use datamatrix::{DataMatrixBuilder, EncodationType, SymbolList, SymbolSize};

use crate::LabelFault;

/// Rows of modules, dark where true.
pub type Matrix = Vec<Vec<bool>>;

/// Codewords of ISO/IEC 16022, table 2: function code 1, the separator as a control character (ASCII 29), and the end of the content.
const FUNCTION_1: u8 = 232;
const CONTROL_29: u8 = 30;
const PAD: u8 = 129;

/// The square symbol of a message of GS1 (ISO/IEC 16022, ECC 200; FNC1 first, and as separator).
///
/// # Errors
/// [`LabelFault::Symbol`] when it is longer than the largest symbol.
pub fn matrix(message: &str) -> Result<Matrix, LabelFault> {
    let (mut codewords, size) = codewords(message)?;
    codewords.extend(encode_error(&codewords, size));
    let drawn = MatrixMap::new_with_codewords(&codewords, size).bitmap();
    let mut rows = vec![vec![false; drawn.width()]; drawn.height()];
    for (x, y) in drawn.pixels() {
        if let Some(module) = rows.get_mut(y).and_then(|row| row.get_mut(x)) {
            *module = true;
        }
    }
    Ok(rows)
}

/// Its data, in ASCII encodation alone: no other one has function code 1, and every codeword can be counted by hand.
fn codewords(message: &str) -> Result<(Vec<u8>, SymbolSize), LabelFault> {
    let builder = DataMatrixBuilder::new()
        .with_encodation_types(EncodationType::Ascii)
        .with_macros(false)
        .with_fnc1_start(true)
        .with_symbol_list(SymbolList::default().enforce_square());
    let symbol = builder.encode(message.as_bytes());
    let symbol = symbol.map_err(|error| LabelFault::Symbol(format!("{error:?}")))?;
    let mut codewords = symbol.data_codewords().to_vec();
    // The encoder writes separators as control characters. GS1 allows that, and prefers function code 1.
    let content = codewords.iter_mut().take_while(|codeword| **codeword != PAD);
    content.filter(|codeword| **codeword == CONTROL_29).for_each(|codeword| *codeword = FUNCTION_1);
    Ok((codewords, symbol.size))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codewords_are_those_counted_by_hand() {
        // Pairs of digits are 130 more, characters 1 more than ASCII; the second pad at position 8 is 129 + (149*8 mod 253) + 1 - 254 = 56.
        for (message, expected) in [
            ("10A\u{1d}21B", [232, 140, 66, 232, 151, 67, 129, 56]),
            ("10aaA:0%", [232, 140, 98, 98, 66, 59, 49, 38]),
        ] {
            assert_eq!(codewords(message).unwrap(), (expected.to_vec(), SymbolSize::Square14), "{message:?}");
        }
    }

    #[test]
    fn what_is_longer_than_the_largest_symbol_is_refused() {
        assert_eq!(matrix(&"A".repeat(1500)).unwrap().len(), 144);
        assert!(matches!(matrix(&"A".repeat(1600)), Err(LabelFault::Symbol(_))));
    }
}
