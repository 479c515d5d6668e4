use std::fmt;

use vocabulary::{Gln, Gtin, Sku, WeightUnit};

/// Why a scan means nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Problem {
    /// It is broken, or of a kind that is not read. The position is that of the text as it was given.
    NotReadable(gs1::Error),
    /// It is no message of GS1, and no item and no location is called so.
    UnknownCode(String),
    /// It names an item by a GTIN that no item has.
    UnknownGtin(Gtin),
    /// It names an item by a code that no item has.
    UnknownSku(String),
    /// It names a place by a GLN that no warehouse has.
    UnknownGln(Gln),
    /// It names a location that does not exist.
    UnknownLocation { warehouse: String, location: String },
    /// It says the weight of an item of catch weight in another unit than the item is weighed in.
    OtherWeightUnit { sku: Sku, weighed: WeightUnit, given: WeightUnit },
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotReadable(error) => error.fmt(f),
            Self::UnknownCode(text) => {
                write!(
                    f,
                    "{text:?} is no label of GS1, no SKU and no location here: scan another barcode of it"
                )
            }
            Self::UnknownGtin(gtin) => write!(f, "no item has the GTIN {gtin}: give it to its item first"),
            Self::UnknownSku(sku) => write!(f, "no item has the SKU {sku:?}: create it first"),
            Self::UnknownGln(gln) => {
                write!(f, "no warehouse has the GLN {gln}: give it to its warehouse first")
            }
            Self::UnknownLocation { warehouse, location } => {
                write!(f, "warehouse {warehouse:?} has no location {location:?}: create it first")
            }
            Self::OtherWeightUnit { sku, weighed, given } => write!(
                f,
                "the label gives the weight in {given}, and {sku} is weighed in {weighed}: weigh the goods yourself"
            ),
        }
    }
}

impl std::error::Error for Problem {}

impl From<gs1::Error> for Problem {
    fn from(error: gs1::Error) -> Self {
        Self::NotReadable(error)
    }
}
