use vocabulary::Invalid;

use crate::{Refusal, Rule};

/// Checks a name for people: 1 to `chars_max` characters, at least one of them visible, no control character.
pub(crate) fn name(field: &str, text: &str, chars_max: usize) -> Result<(), Refusal> {
    if text.trim().is_empty() {
        return Err(Refusal::new(
            Rule::BadField,
            field,
            format!("{field} is empty: give 1 to {chars_max} characters"),
        ));
    }
    optional(field, text, chars_max)
}

/// Checks a name that may be empty.
pub(crate) fn optional(field: &str, text: &str, chars_max: usize) -> Result<(), Refusal> {
    let length = text.chars().count();
    if length > chars_max {
        let message = format!("{field} has {length} characters: at most {chars_max}");
        return Err(Refusal::new(Rule::TextTooLong, field, message));
    }
    if text.chars().any(char::is_control) {
        let given = Invalid::new("", text, "").given;
        return Err(Refusal::new(
            Rule::BadField,
            field,
            format!("{field} {given:?} has control characters: remove them"),
        ));
    }
    Ok(())
}
