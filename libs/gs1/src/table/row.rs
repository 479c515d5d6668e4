use super::measure::{Measurand, Measure};
use super::part::{Part, n};
use super::relation::{Alternatives, Pattern};

/// What an AI is, or a family of them that differ only in the last digit.
#[derive(Debug)]
pub(crate) struct Row {
    pub(crate) ais: &'static [&'static str],
    /// GS1's short title.
    pub(crate) title: &'static str,
    pub(crate) parts: &'static [Part],
    /// Whether its length is fixed by its first two digits, so that no separator follows.
    pub(crate) is_predefined: bool,
    /// Whether it may stand in the query of a Digital Link.
    pub(crate) is_attribute: bool,
    /// Each must be met; the second is often empty.
    pub(crate) requires: [Alternatives; 2],
    /// What must not stand on the same item. An AI does not exclude itself.
    pub(crate) excludes: &'static [Pattern],
    /// Alternatives of what may qualify it as a Digital Link's key, in their order. Empty when it is no key.
    pub(crate) qualifiers: &'static [&'static [&'static str]],
    pub(crate) measure: Option<Measure>,
}

/// The six AIs of a measure, with 0 to 5 decimals.
macro_rules! six {
    ($family:literal) => {
        &[
            concat!($family, "0"),
            concat!($family, "1"),
            concat!($family, "2"),
            concat!($family, "3"),
            concat!($family, "4"),
            concat!($family, "5"),
        ]
    };
}

/// The four AIs of a percentage, with 0 to 3 decimals.
macro_rules! four {
    ($family:literal) => {
        &[concat!($family, "0"), concat!($family, "1"), concat!($family, "2"), concat!($family, "3")]
    };
}

/// The ten AIs of an amount, with 0 to 9 decimals.
macro_rules! ten {
    ($family:literal) => {
        &[
            concat!($family, "0"),
            concat!($family, "1"),
            concat!($family, "2"),
            concat!($family, "3"),
            concat!($family, "4"),
            concat!($family, "5"),
            concat!($family, "6"),
            concat!($family, "7"),
            concat!($family, "8"),
            concat!($family, "9"),
        ]
    };
}

pub(super) use {four, six, ten};

/// One AI.
macro_rules! ai {
    ($ai:literal, $title:literal, $parts:expr) => {
        $crate::table::row::family(&[$ai], $title, $parts)
    };
}

pub(super) use ai;

/// AIs that differ only in the last digit.
pub(super) const fn family(ais: &'static [&'static str], title: &'static str, parts: &'static [Part]) -> Row {
    Row {
        ais,
        title,
        parts,
        is_predefined: false,
        is_attribute: false,
        requires: [&[], &[]],
        excludes: &[],
        qualifiers: &[],
        measure: None,
    }
}

/// A measure of six digits, the last `n` of them decimals.
pub(super) const fn measure(
    ais: &'static [&'static str],
    title: &'static str,
    requires: Alternatives,
) -> Row {
    family(ais, title, &[SIX_DIGITS]).predefined().attribute().requires(requires)
}

const SIX_DIGITS: Part = n(6);

impl Row {
    pub(super) const fn predefined(self) -> Self {
        Self { is_predefined: true, ..self }
    }

    pub(super) const fn attribute(self) -> Self {
        Self { is_attribute: true, ..self }
    }

    pub(super) const fn requires(self, alternatives: Alternatives) -> Self {
        Self { requires: [alternatives, &[]], ..self }
    }

    pub(super) const fn also_requires(self, alternatives: Alternatives) -> Self {
        let [first, _] = self.requires;
        Self { requires: [first, alternatives], ..self }
    }

    pub(super) const fn excludes(self, excludes: &'static [Pattern]) -> Self {
        Self { excludes, ..self }
    }

    pub(super) const fn key(self, qualifiers: &'static [&'static [&'static str]]) -> Self {
        Self { qualifiers, ..self }
    }

    pub(super) const fn measures(self, measurand: Measurand, unit: &'static str) -> Self {
        Self { measure: Some(Measure { measurand, unit }), ..self }
    }
}
