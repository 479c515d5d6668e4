//! Handling units: boxes, pallets and whatever else goods are packed into, each with its SSCC. They are an overlay: the goods stay
//! in their positions, and a unit says which of them are in it. So of every position at most what is on hand is packed, and what is
//! not packed is loose; a line that takes goods and names no unit takes loose ones only.

mod draft;
mod evolve;
mod fact;
mod judge;
mod line;
mod numbers;
mod overlay;
mod promised;
mod read;
mod rejection;
mod rows;
mod unit;

pub use fact::{NumberSource, UnitChange, UnitEnd, UnitFact};
pub use line::{PackedGoods, Shipment, UnitLine, UnitName};
pub use numbers::{NumberRange, NumberSeries};
pub use rejection::UnitRejection;
pub use rows::{SeriesRow, TouchedUnits, UnitContent, UnitHead, UnitRow, UnitSnapshot};
pub use unit::{NestingFault, UnitLimit};

pub(crate) use draft::UnitDraft;
pub(crate) use evolve::{PackedItem, Units};
pub(crate) use judge::judge;
pub(crate) use overlay::{held, loose, parts, shift};
pub(crate) use unit::UnitTree;
