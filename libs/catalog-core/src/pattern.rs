use proto::catalog::v1::CheckDigitScheme;

use crate::check_digit;

/// The longest pattern, in symbols: as long as a SKU can be.
const SYMBOLS_MAX: usize = 64;

/// What one character of a SKU must be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Symbol {
    Letter,
    Digit,
    LetterOrDigit,
    CheckDigit,
    Literal(char),
}

/// A coding rule's pattern: `A` a capital letter, `9` a digit, `X` either, `C` the check digit, anything else (or a character
/// after `\`) itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pattern {
    symbols: Vec<Symbol>,
    scheme: CheckDigitScheme,
}

/// Where a SKU breaks a pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Broken {
    /// What is wrong, for example `character 3 must be a digit`.
    pub words: String,
}

impl Pattern {
    /// Reads a pattern.
    ///
    /// # Errors
    /// What is wrong with it, in words.
    pub fn parse(text: &str, scheme: CheckDigitScheme) -> Result<Self, &'static str> {
        let mut symbols = Vec::new();
        let mut characters = text.chars();
        while let Some(character) = characters.next() {
            symbols.push(match character {
                'A' => Symbol::Letter,
                '9' => Symbol::Digit,
                'X' => Symbol::LetterOrDigit,
                'C' => Symbol::CheckDigit,
                '\\' => Symbol::Literal(characters.next().ok_or("a '\\' must stand before a character")?),
                literal => Symbol::Literal(literal),
            });
        }
        check_symbols(&symbols, scheme)?;
        Ok(Self { symbols, scheme })
    }

    /// Checks a SKU.
    ///
    /// # Errors
    /// [`Broken`] says where and how.
    pub fn check(&self, sku: &str) -> Result<(), Broken> {
        let length = sku.chars().count();
        if length != self.symbols.len() {
            return Err(Broken {
                words: format!("it must have {} characters, not {length}", self.symbols.len()),
            });
        }
        let mut digits = String::new();
        for (position, (symbol, character)) in self.symbols.iter().zip(sku.chars()).enumerate() {
            if let Err(expected) = self.check_symbol(*symbol, character, &digits) {
                let words = format!("character {} must be {expected}", position.saturating_add(1));
                return Err(Broken { words });
            }
            if character.is_ascii_digit() {
                digits.push(character);
            }
        }
        Ok(())
    }

    fn check_symbol(&self, symbol: Symbol, character: char, digits_before: &str) -> Result<(), String> {
        let fits = match symbol {
            Symbol::Letter => character.is_ascii_uppercase(),
            Symbol::Digit => character.is_ascii_digit(),
            Symbol::LetterOrDigit => character.is_ascii_uppercase() || character.is_ascii_digit(),
            Symbol::CheckDigit => check_digit::check_digit(self.scheme, digits_before) == Some(character),
            Symbol::Literal(literal) => character == literal,
        };
        if fits { Ok(()) } else { Err(self.expected(symbol, digits_before)) }
    }

    fn expected(&self, symbol: Symbol, digits_before: &str) -> String {
        match symbol {
            Symbol::Letter => "a letter A-Z".into(),
            Symbol::Digit => "a digit".into(),
            Symbol::LetterOrDigit => "a letter A-Z or a digit".into(),
            Symbol::CheckDigit => check_digit::check_digit(self.scheme, digits_before).map_or_else(
                || "a check digit, and there is no digit before it".into(),
                |digit| format!("the check digit {digit} ({})", check_digit::words(self.scheme)),
            ),
            Symbol::Literal(literal) => format!("'{literal}'"),
        }
    }
}

fn check_symbols(symbols: &[Symbol], scheme: CheckDigitScheme) -> Result<(), &'static str> {
    if symbols.is_empty() || symbols.len() > SYMBOLS_MAX {
        return Err("it must have 1 to 64 symbols");
    }
    if symbols.iter().any(|symbol| matches!(symbol, Symbol::Literal(c) if c.is_control())) {
        return Err("it must not contain control characters");
    }
    let spaces = |symbol: Option<&Symbol>| matches!(symbol, Some(Symbol::Literal(c)) if c.is_whitespace());
    if spaces(symbols.first()) || spaces(symbols.last()) {
        return Err("no SKU starts or ends with a space");
    }
    let check_digits = symbols.iter().filter(|symbol| **symbol == Symbol::CheckDigit).count();
    match (scheme, check_digits) {
        (CheckDigitScheme::Unspecified, 0) => Ok(()),
        (CheckDigitScheme::Unspecified, _) => {
            Err("a 'C' needs a check digit scheme; write '\\C' for the letter")
        }
        (CheckDigitScheme::Gs1Mod10 | CheckDigitScheme::Luhn, 1) => check_digit_follows_a_digit(symbols),
        (CheckDigitScheme::Gs1Mod10 | CheckDigitScheme::Luhn, _) => {
            Err("with a check digit scheme it must have exactly one 'C'")
        }
    }
}

fn check_digit_follows_a_digit(symbols: &[Symbol]) -> Result<(), &'static str> {
    let digit = |symbol: &Symbol| match symbol {
        Symbol::Digit | Symbol::LetterOrDigit => true,
        Symbol::Literal(literal) => literal.is_ascii_digit(),
        Symbol::Letter | Symbol::CheckDigit => false,
    };
    if symbols.iter().take_while(|symbol| **symbol != Symbol::CheckDigit).any(digit) {
        Ok(())
    } else {
        Err("a '9' or 'X' must stand before the 'C'")
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn scheme(name: &str) -> CheckDigitScheme {
        match name {
            "gs1" => CheckDigitScheme::Gs1Mod10,
            "luhn" => CheckDigitScheme::Luhn,
            _ => CheckDigitScheme::Unspecified,
        }
    }

    /// `pattern scheme sku | ok or what is wrong`
    fn check(row: &str) {
        let (input, expected) = row.split_once(" | ").unwrap();
        let words: Vec<&str> = input.split_whitespace().collect();
        let [pattern, name, sku] = words[..] else { panic!("{row}") };
        let got = match Pattern::parse(pattern, scheme(name)) {
            Ok(pattern) => pattern.check(sku).map_or_else(|broken| broken.words, |()| "ok".into()),
            Err(words) => format!("bad pattern: {words}"),
        };
        assert_eq!(got, expected, "{row}");
    }

    #[test]
    fn skus_against_patterns() {
        check("AA-9999 none TY-0815 | ok");
        check("AA-9999 none T1-0815 | character 2 must be a letter A-Z");
        check("AA-9999 none ty-0815 | character 1 must be a letter A-Z");
        check("AA-9999 none TY_0815 | character 3 must be '-'");
        check("AA-9999 none TY-081O | character 7 must be a digit");
        check("AA-9999 none TY-081 | it must have 7 characters, not 6");
        check("XXX none A1Z | ok");
        check("XXX none A-Z | character 2 must be a letter A-Z or a digit");
        check(r"\A\9\X\C\\ none A9XC\ | ok");
        check(r"\A9 none B1 | character 1 must be 'A'");
        check("äü9 none äü1 | ok");
        check("99 none ١١ | character 1 must be a digit");
    }

    #[test]
    fn check_digits() {
        check("AA-9999C luhn TY-7992 | it must have 8 characters, not 7");
        check("999999999999C gs1 6291041500213 | ok");
        check("999999999999C gs1 6291041500214 | character 13 must be the check digit 3 (GS1 modulo 10)");
        check("AA-9999999999C luhn TY-79927398713 | ok");
        check("XC luhn A0 | character 2 must be a check digit, and there is no digit before it");
        check("C9-99 luhn 1 | bad pattern: a '9' or 'X' must stand before the 'C'");
    }

    #[test]
    fn bad_patterns() {
        check(r"99\ none 1 | bad pattern: a '\' must stand before a character");
        check("9C none 1 | bad pattern: a 'C' needs a check digit scheme; write '\\C' for the letter");
        check("9C9C luhn 1 | bad pattern: with a check digit scheme it must have exactly one 'C'");
        check("99 gs1 1 | bad pattern: with a check digit scheme it must have exactly one 'C'");
        assert!(Pattern::parse("", CheckDigitScheme::Unspecified).is_err());
        assert!(Pattern::parse(&"9".repeat(65), CheckDigitScheme::Unspecified).is_err());
        assert!(Pattern::parse("9\u{7}", CheckDigitScheme::Unspecified).is_err());
        assert!(Pattern::parse(" 9", CheckDigitScheme::Unspecified).is_err());
    }

    proptest! {
        /// Whatever the digits, exactly one of the ten last digits is accepted.
        #[test]
        fn one_check_digit_of_ten(body in "[0-9]{7}", luhn in any::<bool>()) {
            let scheme = if luhn { CheckDigitScheme::Luhn } else { CheckDigitScheme::Gs1Mod10 };
            let pattern = Pattern::parse("9999999C", scheme).unwrap();
            let accepted = (0..10).filter(|last| pattern.check(&format!("{body}{last}")).is_ok()).count();
            prop_assert_eq!(accepted, 1);
        }

        /// A pattern with every character escaped accepts exactly itself.
        #[test]
        fn literals_accept_themselves(text in "[A-Z0-9][A-Za-z0-9 /._-]{0,20}[A-Z0-9]") {
            let escaped: String = text.chars().flat_map(|c| ['\\', c]).collect();
            let pattern = Pattern::parse(&escaped, CheckDigitScheme::Unspecified).unwrap();
            prop_assert!(pattern.check(&text).is_ok());
        }
    }
}
