use thiserror::Error;
use vocabulary::{DocumentCode, Quantity, Sku, Sscc};

use super::{DELIVERY_LINES_MAX, DeliveryState, Disposition, OPEN_DELIVERIES_MAX, Source};

/// A business fact about a delivery that stands against a step.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum DeliveryRejection {
    /// No delivery has this code.
    #[error("no delivery {code} is announced: announce it first")]
    NotFound {
        /// The code.
        code: DocumentCode,
    },
    /// It is closed or cancelled.
    #[error("delivery {code} is {}: announce what still comes under another code", .state.as_str())]
    Ended {
        /// The code.
        code: DocumentCode,
        /// What it is.
        state: DeliveryState,
    },
    /// It has no such line.
    #[error("delivery {code} has no line {line}")]
    LineNotFound {
        /// The code.
        code: DocumentCode,
        /// The line.
        line: u32,
    },
    /// The line is of another item.
    #[error(
        "line {line} of delivery {code} is of {sku}, not of {given}: name the line that it is of, or none"
    )]
    OtherItem {
        /// The code.
        code: DocumentCode,
        /// The line.
        line: u32,
        /// Its item.
        sku: Sku,
        /// The item that was named.
        given: Sku,
    },
    /// The delivery does not announce the item.
    #[error("delivery {code} announces no {sku}: receive it without the delivery, or announce it")]
    NotAnnounced {
        /// The code.
        code: DocumentCode,
        /// The item.
        sku: Sku,
    },
    /// More would come than may.
    #[error(
        "{asked} arrive on line {line} of delivery {code}, {left} may still come: receive that, and the rest without the delivery"
    )]
    OverTolerance {
        /// The code.
        code: DocumentCode,
        /// The line.
        line: u32,
        /// How much comes.
        asked: Quantity,
        /// How much may.
        left: Quantity,
    },
    /// The handling unit is not announced.
    #[error("delivery {code} announces no handling unit {sscc}: receive its goods line by line")]
    UnitNotAnnounced {
        /// The code.
        code: DocumentCode,
        /// The unit.
        sscc: Sscc,
    },
    /// The handling unit came before.
    #[error("handling unit {sscc} of delivery {code} is here already: it was scanned twice")]
    UnitArrived {
        /// The code.
        code: DocumentCode,
        /// The unit.
        sscc: Sscc,
    },
    /// What came of a line cannot be announced away.
    #[error("{received} came on line {line} of delivery {code}: it stays a line of the same item")]
    LineArrived {
        /// The code.
        code: DocumentCode,
        /// The line.
        line: u32,
        /// How much came.
        received: Quantity,
    },
    /// A delivery of which something came is not cancelled.
    #[error("goods of delivery {code} came: close it")]
    Arrived {
        /// The code.
        code: DocumentCode,
    },
    /// Something is missing, or too much, and nobody answers for it.
    #[error(
        "line {line} of delivery {code} announced {expected} and {received} came: say who answers for the difference"
    )]
    NobodyAnswers {
        /// The code.
        code: DocumentCode,
        /// The first such line.
        line: u32,
        /// What was announced.
        expected: Quantity,
        /// What came.
        received: Quantity,
    },
    /// Goods wait for an inspection.
    #[error("{left} of line {line} of delivery {code} are not inspected: inspect them first")]
    NotInspected {
        /// The code.
        code: DocumentCode,
        /// The line.
        line: u32,
        /// How much.
        left: Quantity,
    },
    /// Less came, or waits for an inspection, than the step is about.
    #[error("{asked} of line {line} of delivery {code} named, {there} there: name at most that")]
    MoreThanThere {
        /// The code.
        code: DocumentCode,
        /// The line.
        line: u32,
        /// How much the step is about.
        asked: Quantity,
        /// How much there is.
        there: Quantity,
    },
    /// Too few were looked at.
    #[error("{given} looked at of line {line} of delivery {code}, the plan asks for {sample}: look at more")]
    SampleTooSmall {
        /// The code.
        code: DocumentCode,
        /// The line.
        line: u32,
        /// How many were.
        given: u32,
        /// How many have to be.
        sample: u32,
    },
    /// Too many were not right for the goods to become available.
    #[error(
        "{defective} of the sample of line {line} of delivery {code} are not right, {accept} may be: they cannot become available"
    )]
    InspectionFailed {
        /// The code.
        code: DocumentCode,
        /// The line.
        line: u32,
        /// How many are not.
        defective: u32,
        /// How many may.
        accept: u32,
    },
    /// It has as many lines, or as many discrepancies, as may be.
    #[error(
        "delivery {code} has {DELIVERY_LINES_MAX} lines or discrepancies: close it, and announce another"
    )]
    TooManyLines {
        /// The code.
        code: DocumentCode,
    },
    /// What its line expects is the delivery's own.
    #[error(
        "line {line} of delivery {code} is expected as the delivery says: announce it otherwise, or close it"
    )]
    ExpectationKept {
        /// The code.
        code: DocumentCode,
        /// The line.
        line: u32,
    },
    /// What comes from there does not become that.
    #[error(
        "delivery {code} comes from {}: its goods are not for {}; a return is restocked, refurbished or scrapped, a purchase returned to \
         its supplier or scrapped", .from.as_str(), .disposition.as_str()
    )]
    OtherDisposition {
        /// The code.
        code: DocumentCode,
        /// Where it comes from.
        from: Source,
        /// What should have become of its goods.
        disposition: Disposition,
    },
    /// As many are open as may be.
    #[error(
        "{OPEN_DELIVERIES_MAX} deliveries are open in the warehouse: close or cancel those that are over"
    )]
    TooMany,
}
