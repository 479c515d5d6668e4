use std::fmt;

use super::{Reason, Rule};
use crate::Ai;

/// Why a text is refused: the reason, the AI it concerns, and the byte where it shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Error {
    reason: Reason,
    ai: Option<Ai>,
    position: usize,
}

/// Why a value is refused, and at which of its bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Flaw {
    pub(crate) reason: Reason,
    pub(crate) at: usize,
}

impl Error {
    pub(crate) const fn at(position: usize, reason: Reason) -> Self {
        Self { reason, ai: None, position }
    }

    pub(crate) const fn of_ai(position: usize, ai: Ai, reason: Reason) -> Self {
        Self { reason, ai: Some(ai), position }
    }

    /// The same, when what was read began at a byte of a longer text.
    #[must_use]
    pub(crate) const fn after(self, bytes: usize) -> Self {
        Self { position: self.position.saturating_add(bytes), ..self }
    }

    /// The same, for a caller whose text is not the one that was read: where it shows in his.
    #[must_use]
    pub const fn standing_at(self, position: usize) -> Self {
        Self { position, ..self }
    }

    /// Why.
    pub const fn reason(&self) -> Reason {
        self.reason
    }

    /// The AI it concerns, where there is one.
    pub const fn ai(&self) -> Option<Ai> {
        self.ai
    }

    /// Where it shows: bytes from the start of the text that was given.
    pub const fn position(&self) -> usize {
        self.position
    }

    /// The rule that a value breaks, where it is one of its characters or of its content.
    pub const fn rule(&self) -> Option<Rule> {
        if let Reason::Rule(rule) = self.reason { Some(rule) } else { None }
    }
}

impl std::error::Error for Error {}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "at byte {}", self.position)?;
        if let Some(ai) = self.ai {
            write!(f, ", AI ({ai})")?;
        }
        f.write_str(": ")?;
        if let Reason::MissingRequired(alternatives) = self.reason {
            write_required(f, alternatives)
        } else if let Reason::InvalidPair(other) = self.reason {
            write!(f, "it must not stand with ({other}): take one of them away")
        } else if let (Reason::BadLength, Some(ai)) = (self.reason, self.ai) {
            write_length(f, ai)
        } else {
            f.write_str(self.reason.advice())
        }
    }
}

fn write_length(f: &mut fmt::Formatter<'_>, ai: Ai) -> fmt::Result {
    let (min, max) = (ai.length_min(), ai.length_max());
    if min == max {
        return write!(f, "the value must have {max} characters");
    }
    write!(f, "the value must have {min} to {max} characters and hold whole parts; ")?;
    f.write_str("a separator (FNC1) must stand before the next AI")
}

fn write_required(f: &mut fmt::Formatter<'_>, alternatives: &[&str]) -> fmt::Result {
    f.write_str("it needs on the same item ")?;
    for (number, group) in alternatives.iter().enumerate() {
        let separator = if number == 0 { "" } else { " or " };
        write!(f, "{separator}({})", group.replace('+', ")+("))?;
    }
    f.write_str(": read the other barcodes of the label too")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{ELEMENTS_MAX, TEXT_BYTES_MAX};

    fn check(reason: Reason, message: &str) {
        let ai = Ai::parse("10").unwrap();
        assert_eq!(Error::of_ai(3, ai, reason).to_string(), format!("at byte 3, AI (10): {message}"));
    }

    #[test]
    fn messages_say_where_and_what_to_do() {
        check(Reason::Rule(Rule::BadMonth), "the month must be 01 to 12");
        check(Reason::EmptyValue, "give the AI a value");
        check(
            Reason::MissingRequired(&["00", "01+21"]),
            "it needs on the same item (00) or (01)+(21): read the other barcodes of the label too",
        );
        check(
            Reason::InvalidPair(Ai::parse("3102").unwrap()),
            "it must not stand with (3102): take one of them away",
        );
        assert_eq!(
            Error::of_ai(2, Ai::parse("01").unwrap(), Reason::BadLength).to_string(),
            "at byte 2, AI (01): the value must have 14 characters"
        );
        assert!(Error::at(0, Reason::TooLong).to_string().contains(&TEXT_BYTES_MAX.to_string()));
        assert!(Error::at(0, Reason::TooManyElements).to_string().contains(&ELEMENTS_MAX.to_string()));
        assert_eq!(
            Error::at(0, Reason::Empty).to_string(),
            "at byte 0: there is nothing to read: give at least one AI with its value"
        );
    }

    #[test]
    fn rules_count_as_a_coarser_reason() {
        for (rule, name) in [
            (Rule::NotCset82, "bad_character"),
            (Rule::BadCheckPair, "bad_check_digit"),
            (Rule::BadDay, "bad_date"),
            (Rule::NotCurrency, "bad_value"),
        ] {
            assert_eq!(Reason::Rule(rule).name(), name);
        }
    }
}
