//! Clients that send documents as fast as they are answered.

mod latencies;
mod stream;
mod unary;

pub(super) use latencies::Latencies;
pub(super) use stream::{Streams, accepted};
pub(super) use unary::Unary;

/// Which items the documents name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Items {
    /// Each of them as often as any other.
    Uniform,
    /// Always the same.
    One,
}

impl Items {
    pub(super) fn pick(self, random: &mut super::random::Random) -> String {
        super::world::sku(match self {
            Self::Uniform => random.below(super::world::ITEMS),
            Self::One => 0,
        })
    }
}
