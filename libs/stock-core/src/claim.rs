use crate::Terms;

/// How goods are promised, where the usual way does not do.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Claim {
    /// On what terms.
    pub terms: Terms,
}

impl Claim {
    /// `None` for the usual way.
    pub fn boxed(self) -> Option<Box<Self>> {
        (self != Self::default()).then(|| Box::new(self))
    }
}
