/// Who answers for goods that are missing, too many, or not right.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Answerable {
    /// Who sent them.
    Supplier,
    /// Who carried them.
    Carrier,
    /// The warehouse that takes them in.
    Warehouse,
}

impl Answerable {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Supplier, Self::Carrier, Self::Warehouse];

    /// Its name, as documents and the command line write it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Supplier => "supplier",
            Self::Carrier => "carrier",
            Self::Warehouse => "warehouse",
        }
    }

    /// Back from [`Answerable::as_str`].
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|party| party.as_str() == text)
    }
}
