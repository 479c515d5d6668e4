//! Papers: numbered business documents, from a goods receipt note to the certificate of a lot's trace.
//!
//! A [`Paper`] says what stands on one, in words and values that know no layout. [`templates`] compose it from what happened, one file a
//! kind; [`Paper::to_json`], [`Paper::to_html`] and [`Paper::to_pdf`] show it in its [`Language`]. The same paper gives the same bytes: times
//! stand on it, and none is asked for.
//!
//! | module | what it does |
//! |---|---|
//! | `paper` | what stands on a paper |
//! | `templates` | one file a kind: what it needs, and how it is composed |
//! | `words` | every word of every paper, in every language |
//! | `html`, `pdf` | how it looks |
//!
//! Pure: no I/O, no clock, no floats. Geometry is in hundredths of a point.

#![deny(clippy::float_arithmetic, clippy::arithmetic_side_effects)]

mod barcode;
mod fault;
mod html;
mod json;
mod kind;
mod language;
mod number;
mod paper;
mod pdf;
mod show;
pub mod templates;
mod words;

pub use barcode::Barcode;
pub use fault::PaperFault;
pub use kind::Kind;
pub use language::Language;
pub use number::Number;
pub use paper::{
    Align, AsOf, Cell, Column, Correction, Fact, Head, Issued, Issuer, Paper, Party, Place, TEMPLATE, Table,
};
pub use words::Word;
