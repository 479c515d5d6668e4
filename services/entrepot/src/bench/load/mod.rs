//! Clients that send documents as fast as they are answered.

mod latencies;
mod stream;
mod unary;

use proto::stock::v1::Document;

pub(super) use latencies::Latencies;
pub(super) use stream::{Streams, accepted};
pub(super) use unary::Unary;

use super::random::Random;
use super::world;

/// Which items the documents name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Items {
    /// Each of them as often as any other.
    Uniform,
    /// Always the same.
    One,
    /// Each of those that are tracked by lot: the lot that expires first is taken.
    Lots,
    /// A third of [`Items::Lots`], a third of promises of these, and a third of units with serial numbers that come in.
    Tracked,
}

impl Items {
    /// A document of one line.
    pub(super) fn document(self, random: &mut Random) -> Document {
        let item = random.below(world::ITEMS);
        match self {
            Self::Uniform => world::issue(random, world::sku(item)),
            Self::One => world::issue(random, world::sku(0)),
            Self::Lots => world::issue(random, world::lot_sku(item)),
            Self::Tracked => match random.below(3) {
                0 => world::issue(random, world::lot_sku(item)),
                1 => world::reserve(random, world::lot_sku(item)),
                _ => world::receive_unit(random, item),
            },
        }
    }
}
