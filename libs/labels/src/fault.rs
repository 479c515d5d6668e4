use thiserror::Error;

/// Why there is no label.
#[derive(Debug, Error)]
pub enum LabelFault {
    /// A value cannot stand on a label as GS1 has it.
    #[error("this cannot stand on a label: {0}")]
    Value(#[from] gs1::Error),
    /// A lot stands behind the GTIN of its item.
    #[error("a lot's label needs the GTIN of its item: give the item one")]
    LotWithoutGtin,
    /// What a logistic unit holds, and how many of it, go together.
    #[error("a logistic unit's content needs a GTIN and a count: give both, or neither")]
    ContentIncomplete,
    /// The symbol or the image could not be made.
    #[error("the symbol cannot be drawn: {0}")]
    Symbol(String),
}
