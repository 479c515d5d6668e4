//! Labels of items, locations, lots and logistic units, for printers (ZPL), pages (SVG) and screens (PNG).
//!
//! [`Label`] says what stands on one: elements of GS1, and lines for people. [`Drawing`] lays that out in dots of a printer of 203 dpi,
//! with symbols made by [`barcoders`] and [`datamatrix`]; SVG and PNG are drawn from it. In ZPL the printer makes the symbols itself.
//!
//! Every label has a GS1 DataMatrix with all of its elements, and below it the same as GS1-128, in as many bars as the width needs;
//! an element that is too long for the width stands in the DataMatrix alone. Under every bar is its bracketed form.
//!
//! Pure: no I/O, no clock, no floats.

#![deny(clippy::float_arithmetic, clippy::arithmetic_side_effects)]

mod content;
mod drawing;
mod fault;
mod gs1_128;
mod gs1_datamatrix;
mod png_file;
mod svg;
mod symbol;
mod zpl;

pub use content::{Item, Label, Location, LogisticUnit, Lot};
pub use drawing::{Area, Drawing, Shape};
pub use fault::LabelFault;
pub use gs1_128::{Bars, bars};
pub use gs1_datamatrix::{Matrix, matrix};
