//! What the content of a value's parts must be: one function a rule, called by the name that the table uses.

mod check;
mod country;
mod coupon;
mod coupon_fields;
mod coupon_offer;
mod date;
mod iban;
mod linter;
mod number;
mod package;
mod sequence;
mod text;

pub use country::is_country;
pub(crate) use date::{days_of_month, two_digits};
pub(crate) use linter::Linter;
