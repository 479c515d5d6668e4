use thiserror::Error;
use vocabulary::{LocationCode, Quantity, Sku, Sscc, WeightUnit};

/// What stands against a line about goods of catch weight, or about their weight.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum WeightRejection {
    /// Nobody said what goods weigh that leave, or that are a part of what is there.
    #[error("{sku} is of catch weight: say what the goods weigh{}", line_by_line(unit.as_ref()))]
    Missing {
        /// The item.
        sku: Sku,
        /// The handling unit that they are in.
        unit: Option<Sscc>,
    },
    /// The item is only counted.
    #[error("{sku} is not of catch weight: leave the weight out")]
    Unexpected {
        /// The item.
        sku: Sku,
    },
    /// The item is weighed otherwise than the goods that are here.
    #[error(
        "{sku} is {}, and what is here is {}: bring its stock to nothing before that changes",
        in_words(*weighed),
        in_words(*held)
    )]
    Changed {
        /// The item.
        sku: Sku,
        /// How what is here is weighed.
        held: Option<WeightUnit>,
        /// What the catalog, or the movement that is taken back, says.
        weighed: Option<WeightUnit>,
    },
    /// A part of what is there would weigh as much as all of it, or more.
    #[error(
        "{requested} of {sku} at {location}, where all of it weighs {held} and something stays: check the weight, or weigh \
         what is there again (adjust all of it out, and in again; or, where some is promised, put an adjustment of as much \
         in before this line, with its weight, and behind it one of as much out, lighter than what is left)"
    )]
    Insufficient {
        /// The item.
        sku: Sku,
        /// Where.
        location: LocationCode,
        /// What the line says.
        requested: Quantity,
        /// What all of it weighs.
        held: Quantity,
    },
    /// One weight for goods that stay apart.
    #[error("the goods of {sku} are of several lots or places: give each a line of its own, with its weight")]
    OfSeveral {
        /// The item.
        sku: Sku,
    },
}

fn line_by_line(unit: Option<&Sscc>) -> String {
    let in_unit = |unit| format!(" (those in handling unit {unit} line by line, out of the unit)");
    unit.map_or_else(String::new, in_unit)
}

fn in_words(unit: Option<WeightUnit>) -> String {
    unit.map_or_else(|| "not weighed".to_owned(), |unit| format!("weighed in {unit}"))
}
