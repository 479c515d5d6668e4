use std::collections::BTreeSet;

/// What is dangerous about an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum HazardClass {
    /// Burns.
    Flammable,
    /// Makes others burn.
    Oxidizing,
    /// Corrosive, and acid.
    Acid,
    /// Corrosive, and alkaline.
    Alkaline,
    /// Poisonous.
    Toxic,
    /// A gas under pressure.
    Gas,
    /// Must stay dry.
    WaterReactive,
}

/// Which goods may not lie beside which: a table of pairs, without an order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Segregation {
    apart: BTreeSet<(HazardClass, HazardClass)>,
}

use HazardClass::{Acid, Alkaline, Flammable, Gas, Oxidizing, Toxic, WaterReactive};

/// What nobody stores together, whatever the law of the place says besides.
const APART: [(HazardClass, HazardClass); 9] = [
    (Flammable, Oxidizing),
    (Flammable, Gas),
    (Flammable, WaterReactive),
    (Oxidizing, Gas),
    (Oxidizing, Acid),
    (Oxidizing, Toxic),
    (Acid, Alkaline),
    (Acid, WaterReactive),
    (Alkaline, WaterReactive),
];

impl HazardClass {
    /// All of them.
    pub const ALL: [Self; 7] = [Flammable, Oxidizing, Acid, Alkaline, Toxic, Gas, WaterReactive];

    /// Its name, as rules and the command line write it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Flammable => "flammable",
            Oxidizing => "oxidizing",
            Acid => "acid",
            Alkaline => "alkaline",
            Toxic => "toxic",
            Gas => "gas",
            WaterReactive => "water_reactive",
        }
    }

    /// Back from [`HazardClass::as_str`].
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|class| class.as_str() == text)
    }
}

impl Default for Segregation {
    fn default() -> Self {
        Self::new(APART)
    }
}

impl Segregation {
    /// A table of these pairs.
    pub fn new(pairs: impl IntoIterator<Item = (HazardClass, HazardClass)>) -> Self {
        let both = pairs.into_iter().flat_map(|(a, b)| [(a, b), (b, a)]);
        Self { apart: both.collect() }
    }

    /// Whether one may not lie beside another.
    pub fn keeps_apart(&self, a: HazardClass, b: HazardClass) -> bool {
        self.apart.contains(&(a, b))
    }

    /// Its pairs, each once.
    pub fn pairs(&self) -> impl Iterator<Item = (HazardClass, HazardClass)> {
        self.apart.iter().copied().filter(|(a, b)| a <= b)
    }
}
