//! Pure: the rules of master data. No I/O, no clock, no floats.
//!
//! A record comes in as its protobuf message, [`Record::normalised`] checks it by itself, and an `admit` function checks it
//! against what is already there. Both answer a [`Refusal`] that names the field and says what to do.

#![deny(clippy::float_arithmetic, clippy::arithmetic_side_effects)]

mod bom;
mod catch_weight;
mod catch_weight_text;
mod check_digit;
mod coding_rule;
mod item;
mod item_class;
pub mod item_csv;
mod key;
mod location;
mod packaging;
mod pattern;
mod recall;
mod record;
mod refusal;
mod text;
mod time_zone;
mod tree;
mod unit;
mod unit_text;
mod update_mask;
mod warehouse;

pub use bom::{
    Bills, Depth, Explosion, LEVELS_MAX, LINES_FOLLOWED_MAX, Requirement, Wanted, admit_bom,
    admit_bom_update, explode,
};
pub use catch_weight::{CatchWeight, WeightError};
pub use catch_weight_text::{CATCH_WEIGHT_TEXT, catch_weight_text, read_catch_weight};
pub use coding_rule::check_sku;
pub use item::{ItemContext, admit_items, admit_items_update};
pub use item_class::admit_item_class;
pub use key::{Key, Kind};
pub use location::{is_virtual_kind, virtual_locations};
pub use packaging::packaging_gtins;
pub use pattern::{Broken, Pattern};
pub use recall::admit_recalls;
pub use record::Record;
pub use refusal::{Refusal, Rule};
pub use tree::{DEPTH_MAX, Node, Tree, admit_location_update, admit_locations};
pub use unit::{Conversion, UnitError, to_base};
pub use unit_text::{UnitText, UnitTextError, resolve_units, unit_text};
pub use update_mask::merge;
