use thiserror::Error;
use vocabulary::{DocumentCode, PartyCode, Sequence, SerialNumber, Sku};

use super::{COUNT_LINES_MAX, CountPlace, CountState, OPEN_COUNTS_MAX};

/// A business fact about a count that stands against a step.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum CountRejection {
    /// No count has this code.
    #[error("no count {code} is planned: plan it first")]
    NotFound {
        /// The code.
        code: DocumentCode,
    },
    /// The code is taken.
    #[error("count {code} is known already: plan under another code")]
    Exists {
        /// The code.
        code: DocumentCode,
    },
    /// It is posted or cancelled.
    #[error("count {code} is {}: plan another", .state.as_str())]
    Ended {
        /// The code.
        code: DocumentCode,
        /// What it is.
        state: CountState,
    },
    /// It does not count there.
    #[error("count {code} does not count {place}: plan a count of it")]
    NotPlanned {
        /// The code.
        code: DocumentCode,
        /// The place.
        place: CountPlace,
    },
    /// The goods are not of the place.
    #[error("count {code} counts {place}, not {sku}: plan a count of it")]
    OtherItem {
        /// The code.
        code: DocumentCode,
        /// The place.
        place: CountPlace,
        /// The item that was named.
        sku: Sku,
    },
    /// The shelf was read before the count was planned, or before something about it was corrected, or after the newest entry.
    #[error("{place} of count {code} was read at {given}: read it again, at {least} to {most}")]
    ReadOutOfTime {
        /// The code.
        code: DocumentCode,
        /// The place.
        place: CountPlace,
        /// When it was read.
        given: Sequence,
        /// The oldest that will do.
        least: Sequence,
        /// The newest entry.
        most: Sequence,
    },
    /// Units moved since the shelf was read: nobody knows any more which should have been there.
    #[error("units of {sku} at {place} of count {code} moved since it was read: read it again")]
    UnitsMoved {
        /// The code.
        code: DocumentCode,
        /// The place.
        place: CountPlace,
        /// The item.
        sku: Sku,
    },
    /// A unit is named twice.
    #[error("unit {serial} of {sku} at {place} of count {code} is named twice: name it once")]
    UnitTwice {
        /// The code.
        code: DocumentCode,
        /// The place.
        place: CountPlace,
        /// The item.
        sku: Sku,
        /// The unit.
        serial: SerialNumber,
    },
    /// Goods of catch weight.
    #[error("{sku} is weighed: count {code} cannot count it, weigh what is there and adjust it")]
    Weighed {
        /// The code.
        code: DocumentCode,
        /// The item.
        sku: Sku,
    },
    /// Who counted last counts again.
    #[error("{by} counted {place} of count {code} before: somebody else counts it again")]
    SamePerson {
        /// The code.
        code: DocumentCode,
        /// The place.
        place: CountPlace,
        /// Who.
        by: PartyCode,
    },
    /// Places are left.
    #[error("{place} of count {code} is not counted")]
    NotCounted {
        /// The code.
        code: DocumentCode,
        /// The first of them.
        place: CountPlace,
    },
    /// What differs by more than it may was counted once only.
    #[error("{place} of count {code} differs by more than it may: somebody else counts it again")]
    RecountNeeded {
        /// The code.
        code: DocumentCode,
        /// The first such place.
        place: CountPlace,
    },
    /// What should be there was corrected after the shelf was read.
    #[error("what should be at {place} of count {code} was corrected by {corrected_by}: count it again")]
    Stale {
        /// The code.
        code: DocumentCode,
        /// The first such place.
        place: CountPlace,
        /// The entry.
        corrected_by: Sequence,
    },
    /// What differs is worth more than may be posted without an approval.
    #[error("what count {code} found differs by {value}: somebody who did not count it approves it")]
    ApprovalNeeded {
        /// The code.
        code: DocumentCode,
        /// What it is worth together; empty when nobody knows.
        value: String,
    },
    /// Who counted approves.
    #[error("{by} counted for count {code}: somebody else approves what differs")]
    OwnVariance {
        /// The code.
        code: DocumentCode,
        /// Who.
        by: PartyCode,
    },
    /// It has as many counted goods as may be.
    #[error("count {code} has {COUNT_LINES_MAX} lines: count the rest of its places under another code")]
    TooManyLines {
        /// The code.
        code: DocumentCode,
    },
    /// The item's usage is found by counts.
    #[error("the usage of {sku} is found by counts: nothing of it is issued, used up or promised in between")]
    Periodic {
        /// The item.
        sku: Sku,
    },
    /// As many are open as may be.
    #[error("{OPEN_COUNTS_MAX} counts are open in the warehouse: post or cancel those that are over")]
    TooMany,
}
