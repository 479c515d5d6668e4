use std::fmt;

use crate::association;
use crate::error::{Error, Reason};
use crate::{Element, FNC1, Rules};

/// The most elements of one text.
pub const ELEMENTS_MAX: usize = 64;

/// The longest text, in bytes: more than any barcode holds.
pub const TEXT_BYTES_MAX: usize = 8_191;

/// The elements of a label, in the order in which they stand.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Elements<'a>(Vec<Element<'a>>);

impl<'a> Elements<'a> {
    pub(crate) fn new() -> Self {
        Self(Vec::with_capacity(8))
    }

    /// Adds one, unless there are too many.
    pub(crate) fn push(&mut self, element: Element<'a>) -> Result<(), Error> {
        if self.0.len() >= ELEMENTS_MAX {
            return Err(Error::of_ai(element.position(), element.ai(), Reason::TooManyElements));
        }
        self.0.push(element);
        Ok(())
    }

    /// What stands together, if the rules ask for it.
    pub(crate) fn associated(self, rules: &Rules) -> Result<Self, Error> {
        if rules.checks.association() {
            association::check(&self)?;
        }
        Ok(self)
    }

    /// One after the other.
    pub fn iter(&self) -> impl Iterator<Item = &Element<'a>> + Clone {
        self.0.iter()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The first one with this AI, for example `elements.get("10")`.
    pub fn get(&self, ai: &str) -> Option<&Element<'a>> {
        self.0.iter().find(|element| element.ai().as_str() == ai)
    }

    /// All barcodes of one item taken together: what must and must not stand together is a matter of the item.
    ///
    /// # Errors
    /// [`Error`] when there are too many, or they do not go together.
    pub fn joined(carriers: impl IntoIterator<Item = Self>) -> Result<Self, Error> {
        let mut joined = Self::new();
        for element in carriers.into_iter().flat_map(|elements| elements.0) {
            joined.push(element)?;
        }
        association::check(&joined)?;
        Ok(joined)
    }

    /// The same, without repetitions, and those of predefined length first, which saves separators. Nothing else moves.
    #[must_use]
    pub fn canonical(&self) -> Self {
        let mut canonical = Self::new();
        for predefined in [true, false] {
            for element in self.0.iter().filter(|element| element.ai().is_predefined_length() == predefined) {
                if !canonical.0.contains(element) {
                    canonical.0.push(element.clone());
                }
            }
        }
        canonical
    }

    /// As a barcode holds them: FNC1 first, and after every value whose length its AI does not settle, except at the end.
    pub fn to_element_string(&self) -> String {
        format!("{FNC1}{}", self.to_message())
    }

    /// As a scanner sends them after the symbology identifier, which stands for the first FNC1.
    pub fn to_message(&self) -> String {
        let mut message = String::new();
        let mut separated = true;
        for element in &self.0 {
            if !separated {
                message.push(FNC1);
            }
            message.push_str(element.ai().as_str());
            message.push_str(element.value());
            separated = element.ai().is_predefined_length();
        }
        message
    }

    /// Keeps the values beyond the text that they were read from.
    pub fn into_owned(self) -> Elements<'static> {
        Elements(self.0.into_iter().map(Element::into_owned).collect())
    }
}

/// A text that is empty or too long is refused before it is read.
pub(crate) const fn check_size(text: &str) -> Result<(), Error> {
    match text.len() {
        0 => Err(Error::at(0, Reason::Empty)),
        1..=TEXT_BYTES_MAX => Ok(()),
        _ => Err(Error::at(TEXT_BYTES_MAX, Reason::TooLong)),
    }
}

/// In brackets, for people: `(01)09520123456788(10)LOT-7`.
impl fmt::Display for Elements<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|element| write!(f, "{element}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{content, shown};
    use crate::{parse_bracketed, parse_scan};

    #[test]
    fn canonical_elements_stand_once_and_the_predefined_ones_first() {
        for (text, canonical) in [
            ("(10)A(01)12345678901231(99)B(17)261231", "(01)12345678901231(17)261231(10)A(99)B"),
            ("(400)A(400)A(90)B(400)A", "(400)A(90)B"),
            ("(01)12345678901231", "(01)12345678901231"),
        ] {
            assert_eq!(parse_bracketed(text, &content()).unwrap().canonical().to_string(), canonical);
        }
    }

    #[test]
    fn barcodes_of_one_item_are_judged_together() {
        let read = |text| parse_bracketed(text, &content()).unwrap();
        let joined = |texts: [&'static str; 2]| shown(Elements::joined(texts.map(read)));
        assert_eq!(joined(["(01)12345678901231", "(10)A"]), "(01)12345678901231(10)A");
        assert_eq!(joined(["(10)A", "(90)B"]), "missing_required (10) at 4");
        assert_eq!(
            joined(["(01)12345678901231(10)A", "(01)12345678901231(10)B"]),
            "conflicting_repeat (10) at 22"
        );
    }

    #[test]
    fn messages_follow_a_symbology_identifier() {
        let elements = parse_bracketed("(10)A(01)12345678901231(99)B", &content()).unwrap();
        assert_eq!(elements.to_message(), "10A\u{1d}011234567890123199B");
        let scan = format!("]d2{}", elements.to_message());
        assert_eq!(parse_scan(&scan, &content()).unwrap().content.elements(), Some(&elements));
        assert_eq!(elements.get("01").map(Element::value), Some("12345678901231"));
        assert_eq!(elements.get("02"), None);
    }
}
