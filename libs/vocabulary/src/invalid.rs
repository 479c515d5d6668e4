use thiserror::Error;

/// A value that its type does not allow: what it was meant to be, what was given, and what is allowed.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{what} {given:?} is not valid: {allowed}")]
pub struct Invalid {
    /// What the value was meant to be, for example "sku".
    pub what: &'static str,
    /// The value as given, shortened to 80 characters.
    pub given: String,
    /// What would have been accepted, for people.
    pub allowed: &'static str,
}

impl Invalid {
    /// Describes `given`, shortened so that an error never carries a whole message.
    pub fn new(what: &'static str, given: &str, allowed: &'static str) -> Self {
        Self { what, given: given.chars().take(80).collect(), allowed }
    }
}
