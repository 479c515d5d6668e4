use thiserror::Error;
use vocabulary::Invalid;

/// Which rule of the catalog a request broke.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rule {
    /// A key or code that is not written as its kind requires.
    BadCode,
    /// A value that its field does not allow.
    BadField,
    /// A text longer than its field allows.
    TextTooLong,
    /// A coding rule's pattern that cannot be read.
    BadPattern,
    /// A record with this key exists, or comes twice in the request.
    AlreadyExists,
    /// Another item has this GTIN.
    GtinTaken,
    /// No item has this SKU.
    UnknownItem,
    /// The item is retired.
    ItemRetired,
    /// A quantity with more decimals than the item can be divided into.
    TooManyDecimals,
    /// A quantity of nothing or less.
    QuantityNotPositive,
    /// A quantity beyond every limit.
    QuantityOverflow,
    /// A thing would be made of itself.
    BomCycle,
    /// Two versions of a bill would hold on one day.
    BomOverlap,
    /// A bill has more below it than is followed.
    BomTooLarge,
    /// No version of a bill holds on the day.
    NoBom,
    /// The item is not tracked by lot.
    LotNotTracked,
    /// No item class has this code.
    UnknownItemClass,
    /// No coding rule has this code.
    UnknownCodingRule,
    /// No warehouse has this code.
    UnknownWarehouse,
    /// The item class is retired.
    ItemClassRetired,
    /// The coding rule is retired.
    CodingRuleRetired,
    /// The warehouse is retired.
    WarehouseRetired,
    /// A SKU breaks the coding rule of its class.
    CodingRuleBroken,
    /// A parent that does not exist, is retired or virtual, lies below, or is too deep in the tree.
    BadParent,
    /// Virtual locations belong to the system.
    VirtualLocation,
    /// An update mask that is empty or names a field that is unknown or never changes.
    UpdateMask,
}

/// A request that the rules refuse: nothing changes.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{message}")]
pub struct Refusal {
    /// The rule.
    pub rule: Rule,
    /// Path of the field, for example `items[3].gtins[0]`.
    pub field: String,
    /// What is wrong and what to do, for people.
    pub message: String,
}

impl Refusal {
    /// Refuses the value of `field`.
    pub fn new(rule: Rule, field: impl Into<String>, message: impl Into<String>) -> Self {
        Self { rule, field: field.into(), message: message.into() }
    }

    /// Refuses a code that its type does not allow.
    pub fn bad_code(field: impl Into<String>, invalid: &Invalid) -> Self {
        Self::new(Rule::BadCode, field, invalid.to_string())
    }

    /// The same refusal, seen from the message around it.
    #[must_use]
    pub fn within(mut self, outer: &str) -> Self {
        self.field = if self.field.is_empty() { outer.into() } else { format!("{outer}.{}", self.field) };
        self
    }
}

/// Adds the name of a field to a failed parse.
pub(crate) trait InField<T> {
    /// Turns the failure into a refusal of `field`.
    fn in_field(self, field: &str) -> Result<T, Refusal>;
}

impl<T> InField<T> for Result<T, Invalid> {
    fn in_field(self, field: &str) -> Result<T, Refusal> {
        self.map_err(|invalid| Refusal::bad_code(field, &invalid))
    }
}
