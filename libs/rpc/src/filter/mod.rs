//! Filters of list requests, a small part of AIP-160: comparisons joined by `AND`.
//!
//! `sku = "A-1" AND on_hand >= 2.5 AND name : "red*" AND state != RETIRED`
//!
//! | on | operators | values |
//! |---|---|---|
//! | text | `=` `!=` `<` `<=` `>` `>=` compare exactly, by code point | `"quoted"` with `\"` and `\\`, or a bare word |
//! | text | `:` contains; `"red*"` starts with, `"*red"` ends with, `"*"` is not empty | the same |
//! | decimal | `=` `!=` `<` `<=` `>` `>=` compare numbers: `2.50 = 2.5` | plain decimals, quoted or not |

mod lexer;
mod parser;

use vocabulary::Quantity;

use crate::ApiError;

/// The longest filter, in bytes.
pub const LENGTH_MAX: usize = 2048;
/// The most comparisons in a filter.
pub const TERMS_MAX: usize = 16;

/// A field that a list can be filtered by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FieldSpec {
    /// As written in filters.
    pub name: &'static str,
    /// What it holds.
    pub kind: FieldKind,
}

impl FieldSpec {
    /// A field that holds text, a code or the name of an enum value.
    pub const fn text(name: &'static str) -> Self {
        Self { name, kind: FieldKind::Text }
    }

    /// A field that holds a number.
    pub const fn decimal(name: &'static str) -> Self {
        Self { name, kind: FieldKind::Decimal }
    }
}

/// What a field holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldKind {
    /// Text.
    Text,
    /// An exact number.
    Decimal,
}

/// The value of a record's field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Value<'a> {
    /// Text.
    Text(&'a str),
    /// An exact number.
    Decimal(Quantity),
}

/// How a field is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Operator {
    /// `=`
    Equal,
    /// `!=`
    NotEqual,
    /// `<`
    Less,
    /// `<=`
    LessOrEqual,
    /// `>`
    Greater,
    /// `>=`
    GreaterOrEqual,
}

/// What one comparison asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Test {
    /// Compares text, exactly, by code point.
    Text(Operator, String),
    /// Compares numbers.
    Decimal(Operator, Quantity),
    /// Text that contains this.
    Contains(String),
    /// Text that starts with this.
    StartsWith(String),
    /// Text that ends with this.
    EndsWith(String),
}

/// One comparison of a filter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    /// The field, one of the list's [`FieldSpec`]s.
    pub field: &'static str,
    /// What it is tested for.
    pub test: Test,
}

/// A filter that was read. An empty one matches everything.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Filter {
    terms: Vec<Term>,
}

impl Filter {
    /// Reads `text` against the list's fields. Empty text is an empty filter.
    ///
    /// # Errors
    /// `BAD_FILTER`, naming the position (characters, from 1) and what is allowed there.
    pub fn parse(text: &str, fields: &[FieldSpec]) -> Result<Self, ApiError> {
        parser::parse(text, fields).map(|terms| Self { terms })
    }

    /// The comparisons; all of them must hold. For stores that can put them into a query.
    pub fn terms(&self) -> &[Term] {
        &self.terms
    }

    /// The value that `field` must equal, when a comparison says so: an index can be used for it.
    pub fn equal_to(&self, field: &str) -> Option<&str> {
        self.terms.iter().find_map(|term| match &term.test {
            Test::Text(Operator::Equal, value) if term.field == field => Some(value.as_str()),
            Test::Text(..)
            | Test::Decimal(..)
            | Test::Contains(_)
            | Test::StartsWith(_)
            | Test::EndsWith(_) => None,
        })
    }

    /// Whether every comparison holds for a record whose fields `value` reads. A value of the wrong kind never matches.
    pub fn matches<'a>(&self, value: impl Fn(&'static str) -> Value<'a>) -> bool {
        self.terms.iter().all(|term| term.test.holds(value(term.field)))
    }
}

impl Test {
    fn holds(&self, value: Value<'_>) -> bool {
        match (self, value) {
            (Self::Text(operator, expected), Value::Text(text)) => {
                operator.holds(text.cmp(expected.as_str()))
            }
            (Self::Decimal(operator, expected), Value::Decimal(number)) => {
                operator.holds(number.cmp(expected))
            }
            (Self::Contains(part), Value::Text(text)) => text.contains(part.as_str()),
            (Self::StartsWith(part), Value::Text(text)) => text.starts_with(part.as_str()),
            (Self::EndsWith(part), Value::Text(text)) => text.ends_with(part.as_str()),
            (Self::Decimal(..), Value::Text(_))
            | (
                Self::Text(..) | Self::Contains(_) | Self::StartsWith(_) | Self::EndsWith(_),
                Value::Decimal(_),
            ) => false,
        }
    }
}

impl Operator {
    fn holds(self, ordering: std::cmp::Ordering) -> bool {
        match self {
            Self::Equal => ordering.is_eq(),
            Self::NotEqual => ordering.is_ne(),
            Self::Less => ordering.is_lt(),
            Self::LessOrEqual => ordering.is_le(),
            Self::Greater => ordering.is_gt(),
            Self::GreaterOrEqual => ordering.is_ge(),
        }
    }
}

#[cfg(test)]
mod tests;
