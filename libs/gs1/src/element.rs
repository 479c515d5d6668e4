use std::borrow::Cow;
use std::fmt;

use crate::error::{Error, Flaw, Reason};
use crate::{Ai, Rules, value};

/// An AI with its value, checked when it was made. Equal elements say the same, wherever they stand.
#[derive(Debug, Clone)]
pub struct Element<'a> {
    ai: Ai,
    value: Cow<'a, str>,
    position: usize,
}

impl<'a> Element<'a> {
    /// Checks a value by itself: what must stand with it is a matter of the whole label.
    ///
    /// # Errors
    /// [`Error`] with the byte of the value where it is wrong.
    pub fn parse(ai: &str, value: &'a str, rules: &Rules) -> Result<Self, Error> {
        let ai = Ai::parse(ai).ok_or(Error::at(0, Reason::UnknownAi))?;
        Self::check(ai, Cow::Borrowed(value), 0, rules).map_err(|flaw| Error::of_ai(flaw.at, ai, flaw.reason))
    }

    /// Checks a value that was found at a byte of a text.
    pub(crate) fn check(ai: Ai, value: Cow<'a, str>, position: usize, rules: &Rules) -> Result<Self, Flaw> {
        value::check(ai, &value, rules)?;
        Ok(Self { ai, value, position })
    }

    /// Its AI.
    pub const fn ai(&self) -> Ai {
        self.ai
    }

    /// Its value, without separators and escapes.
    pub fn value(&self) -> &str {
        &self.value
    }

    /// Where its value stands in the text that it was read from: bytes from its start.
    pub const fn position(&self) -> usize {
        self.position
    }

    /// Keeps the value beyond the text that it was read from.
    pub fn into_owned(self) -> Element<'static> {
        Element { ai: self.ai, value: Cow::Owned(self.value.into_owned()), position: self.position }
    }
}

impl PartialEq for Element<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.ai == other.ai && self.value == other.value
    }
}

impl Eq for Element<'_> {}

/// In brackets, for people: `(10)LOT-7`.
impl fmt::Display for Element<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "({}){}", self.ai, self.value.replace('(', "\\("))
    }
}
