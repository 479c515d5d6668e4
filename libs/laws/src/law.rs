use std::fmt;

/// A law that holds at every instant, through any crash, retry, reorder or partition.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Law {
    /// L1: the sum of an item over all places, the outside world included, is zero.
    Conservation,
    /// L2: `reserved <= on_hand` and `on_hand >= 0` per position, unless the item's policy allows negative stock by name.
    NoOversell,
    /// L3: a request id has one effect.
    ExactlyOnce,
    /// L4: no answer leaves before everything it was judged against is durable.
    DurableAnswers,
    /// L5: a warehouse's journal is gap-free and hash-chained.
    OneHistory,
    /// L8: a view says as of which sequence, and how old that is.
    BoundedStaleness,
}

impl Law {
    /// Every law that the system checks today.
    pub const ALL: [Self; 6] = [
        Self::Conservation,
        Self::NoOversell,
        Self::ExactlyOnce,
        Self::DurableAnswers,
        Self::OneHistory,
        Self::BoundedStaleness,
    ];

    /// Number and name, as in the documentation and the metrics.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Conservation => "L1 conservation",
            Self::NoOversell => "L2 no oversell",
            Self::ExactlyOnce => "L3 exactly once",
            Self::DurableAnswers => "L4 durable answers",
            Self::OneHistory => "L5 one history",
            Self::BoundedStaleness => "L8 bounded staleness",
        }
    }
}

impl fmt::Display for Law {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
