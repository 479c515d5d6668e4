//! How a paper looks on A4, or, if it is a label, on A6. Laid out as marks on pages first, since only then is known how many there are.

mod barcodes;
mod file;
mod flow;
mod font;
mod label;
mod length;
mod sheet;
mod table;
mod top;
mod write;
