//! GS1-128 of a message. The code sets are chosen here, once for images and printers.

use barcoders::sym::code128::Code128;
use gs1::FNC1;

use crate::LabelFault;

/// A row of modules: a bar where it is true.
pub type Bars = Vec<bool>;

/// Fewer digits than this are not worth two changes of the code set (ISO/IEC 15417, annex E).
const DIGITS_MIN: usize = 4;

/// What follows in a symbol. The first step is the code set that it starts with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Step<'a> {
    /// The code set of ASCII from blank to delete.
    SetB,
    /// The code set of pairs of digits.
    SetC,
    /// Function code 1: the mark of GS1 behind the start, elsewhere the separator.
    Fnc1,
    /// One character in code set B, two digits in code set C.
    Text(&'a str),
}

/// Its symbol characters from the start to the last one before the check character (ISO/IEC 15417; FNC1 first, and as separator).
pub(crate) fn steps(message: &str) -> Vec<Step<'_>> {
    let mut in_c = leading_digits(message) >= DIGITS_MIN;
    let mut steps = vec![set(in_c), Step::Fnc1];
    let mut rest = message;
    while let Some(c) = rest.chars().next() {
        let digits = leading_digits(rest);
        let (step, take) = if c == FNC1 {
            (Step::Fnc1, c.len_utf8())
        } else if in_c && digits >= 2 {
            (Step::Text(rest.get(..2).unwrap_or_default()), 2)
        } else if in_c || (digits >= DIGITS_MIN && digits.is_multiple_of(2)) {
            in_c = !in_c;
            (set(in_c), 0)
        } else {
            (Step::Text(rest.get(..c.len_utf8()).unwrap_or_default()), c.len_utf8())
        };
        steps.push(step);
        rest = rest.get(take..).unwrap_or_default();
    }
    steps
}

/// The bars of a message of GS1, with start, check character and stop: for those who draw it elsewhere than on a label.
///
/// # Errors
/// [`LabelFault::Symbol`] for characters that Code 128 does not have.
pub fn bars(message: &str) -> Result<Bars, LabelFault> {
    // How the encoder is told the code sets and FNC1.
    let written = |step| match step {
        Step::SetB => "\u{181}",
        Step::SetC => "\u{106}",
        Step::Fnc1 => "\u{179}",
        Step::Text(text) => text,
    };
    let text: String = steps(message).into_iter().map(written).collect();
    let symbol = Code128::new(text).map_err(|error| LabelFault::Symbol(error.to_string()))?;
    Ok(symbol.encode().into_iter().map(|module| module == 1).collect())
}

const fn set(in_c: bool) -> Step<'static> {
    if in_c { Step::SetC } else { Step::SetB }
}

fn leading_digits(text: &str) -> usize {
    text.bytes().take_while(u8::is_ascii_digit).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_sets_change_where_it_pays() {
        for (message, written) in [
            ("0109520123456788", "C# 01 09 52 01 23 45 67 88"),
            ("10LOT-7", "B# 1 0 L O T - 7"),
            ("10A123456B", "B# 1 0 A C 12 34 56 B B"),
            ("10A12345B", "B# 1 0 A 1 C 23 45 B B"),
            ("37012^10A>B", "C# 37 01 B 2 # 1 0 A > B"),
            ("3712^1012", "C# 37 12 # 10 12"),
        ] {
            let message = message.replace('^', "\u{1d}");
            let shown = |step: &Step<'_>| match step {
                Step::SetB => " B".to_owned(),
                Step::SetC => " C".to_owned(),
                Step::Fnc1 => " #".to_owned(),
                Step::Text(text) => format!(" {text}"),
            };
            let all: String = steps(&message).iter().map(shown).collect();
            assert_eq!(all.trim_start().replacen(" #", "#", 1), written);
        }
    }

    /// Symbol characters as the widths of their bars and spaces (ISO/IEC 15417, table 1), and those of the bars that are drawn.
    fn check(message: &str, characters: &[&str]) {
        let drawn = bars(message).unwrap();
        let widths: String = drawn.chunk_by(|a, b| a == b).map(|run| run.len().to_string()).collect();
        assert_eq!(widths, characters.concat(), "{message}");
    }

    #[test]
    fn symbol_characters_are_those_counted_by_hand() {
        // Start B (104), FNC1 (102), "1" (17), "0" (16), "A" (33): 104 + 102 + 2*17 + 3*16 + 4*33 = 420 = 4*103 + 8.
        check("10A", &["211214", "411131", "123221", "123122", "111323", "132212", "2331112"]);
        // Start C (105), FNC1, 01 (1), 10 (10), code B (100), "A": 105 + 102 + 2*1 + 3*10 + 4*100 + 5*33 = 804 = 7*103 + 83.
        let letter = ["114131", "111323", "114212", "2331112"];
        check("0110A", &[["211232", "411131", "222122", "221312"], letter].concat());
    }
}
