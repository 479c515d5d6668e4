/// Names an AI, or a family of them: `n` stands for any digit, as in `310n`.
pub(crate) type Pattern = &'static str;

/// Alternatives of what must stand on the same item. `01+21` means both.
pub(super) type Alternatives = &'static [Pattern];

pub(super) const ITEM: Alternatives = &["01"];
pub(super) const UNIT: Alternatives = &["00"];
pub(super) const UNIT_OR_ITEM: Alternatives = &["00", "01"];
pub(super) const ITEM_OR_CONTENT: Alternatives = &["01", "02"];
pub(super) const ITEM_OR_PIECE: Alternatives = &["01", "8006"];
pub(super) const ITEM_CONTENT_OR_PIECE: Alternatives = &["01", "02", "8006", "8026"];
pub(super) const ANY_ITEM: Alternatives = &["01", "02", "03", "8006", "8026"];
pub(super) const COUNT_OR_MEASURE: Alternatives = &["30", "31nn", "32nn", "35nn", "36nn"];
pub(super) const SERVICE_RELATION: Alternatives = &["8017", "8018"];
pub(super) const RECIPIENT: Alternatives = &["8018"];
pub(super) const DEVICE: Alternatives = &["01+21+8040"];

/// A Digital Link key that no qualifier follows.
pub(super) const ALONE: &[&[&str]] = &[&[]];

/// A GTIN's qualifiers: variant, lot and serial number, or a serial number of a third party.
pub(super) const ITEM_QUALIFIERS: &[&[&str]] = &[&["22", "10", "21"], &["235"]];
