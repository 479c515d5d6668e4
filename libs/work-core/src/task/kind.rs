/// What is to be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TaskKind {
    /// Goods that came in are put where they are kept.
    PutAway,
    /// Goods are taken for an order.
    Pick,
    /// A pick face is filled from reserve.
    Replenish,
    /// A place is counted.
    Count,
    /// Goods are inspected.
    Inspect,
    /// Goods are packed into handling units.
    Pack,
    /// A vehicle is loaded.
    Load,
}

/// How far a task is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum TaskState {
    /// Nobody has it.
    Open,
    /// Somebody has it, and has not begun.
    Claimed,
    /// Somebody is at it.
    Started,
    /// It is done.
    Done,
    /// It could not be done.
    Failed,
    /// It need not be done any more.
    Cancelled,
}

impl TaskKind {
    /// All of them.
    pub const ALL: [Self; 7] =
        [Self::PutAway, Self::Pick, Self::Replenish, Self::Count, Self::Inspect, Self::Pack, Self::Load];

    /// Its name, as documents and the command line write it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::PutAway => "put_away",
            Self::Pick => "pick",
            Self::Replenish => "replenish",
            Self::Count => "count",
            Self::Inspect => "inspect",
            Self::Pack => "pack",
            Self::Load => "load",
        }
    }

    /// Back from [`TaskKind::as_str`].
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text)
    }
}

impl TaskState {
    /// All of them.
    pub const ALL: [Self; 6] =
        [Self::Open, Self::Claimed, Self::Started, Self::Done, Self::Failed, Self::Cancelled];

    /// Its name, as documents and the command line write it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Claimed => "claimed",
            Self::Started => "started",
            Self::Done => "done",
            Self::Failed => "failed",
            Self::Cancelled => "cancelled",
        }
    }

    /// Back from [`TaskState::as_str`].
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == text)
    }

    /// Whether it may still be done.
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Open | Self::Claimed | Self::Started)
    }
}
