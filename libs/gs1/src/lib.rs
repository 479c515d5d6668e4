//! GS1 identification: what a label, a scan or a web address says of goods, units and places, and whether it is right.
//!
//! The layers, from below:
//!
//! 1. The **table** of application identifiers ([`Ai`]): what each one is called, how its value is built, what it needs and
//!    excludes, and where it stands in a Digital Link. The facts are those of the GS1 syntax dictionary of
//!    [`DICTIONARY_RELEASE`].
//! 2. **Values** ([`Element`]): lengths and characters, then the content of each part: check digits, dates, codes. [`Rule`] names
//!    every rule that can be broken.
//! 3. **Forms** ([`Elements`]): element strings with FNC1 ([`parse_element_string`]), brackets for people ([`parse_bracketed`]),
//!    scans with their symbology identifier ([`parse_scan`]), web addresses ([`DigitalLink`]) and the URNs of EPCs ([`Epc`]). Each is
//!    read; all but the last are also written.
//! 4. **Associations** ([`Association`]): what must, and must not, stand together on one item.
//! 5. **Meanings** ([`Meaning`]): dates with their century, measures and amounts with their decimals, counts.
//! 6. **Keys** ([`CompanyPrefix`]): building GTINs, GLNs and SSCCs.
//!
//! [`Rules`] say which of these are checked. An [`Error`] names the AI, the byte where it shows, and what to do.
//!
//! Pure: no I/O, no clock, no floats. The year from which centuries are told comes in as an argument.

#![deny(clippy::float_arithmetic, clippy::arithmetic_side_effects)]

mod ai;
mod association;
mod bracketed;
mod charset;
mod digital_link;
mod element;
mod element_string;
mod elements;
mod epc;
mod error;
mod keys;
mod lint;
mod meaning;
#[cfg(test)]
mod properties_tests;
mod rules;
mod scan;
mod symbology;
mod table;
#[cfg(test)]
mod testing;
mod value;
#[cfg(test)]
mod value_tests;

pub use ai::Ai;
pub use association::Association;
pub use bracketed::parse_bracketed;
pub use digital_link::{DigitalLink, Stem, build_digital_link};
pub use element::Element;
pub use element_string::{FNC1, parse_element_string, parse_message};
pub use elements::{ELEMENTS_MAX, Elements, TEXT_BYTES_MAX};
pub use epc::Epc;
pub use error::{CouponField, Error, Reason, Rule};
pub use keys::CompanyPrefix;
pub use lint::is_country;
pub use meaning::{Date, Meaning, Time};
pub use rules::{Checks, ReferenceYear, Rules};
pub use scan::{Content, Scan, parse_scan};
pub use symbology::Symbology;
pub use table::{DICTIONARY_RELEASE, Measurand, Measure};
