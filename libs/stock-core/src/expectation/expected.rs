use std::fmt;

use vocabulary::{ChannelCode, Date, ExpectationCode, PartyCode, Quantity, Sku};

/// The most expectations that may be open in a warehouse at once.
pub const EXPECTATIONS_MAX: usize = 100_000;

/// What is expected under a code. `met` and `open` add up to `expected`, and neither is less than nothing; one of which nothing is open is
/// closed, and forgotten.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expectation {
    /// Its own key.
    pub code: ExpectationCode,
    /// Supply of which kind, or demand.
    pub kind: ExpectedKind,
    /// The item.
    pub sku: Sku,
    /// The day at the warehouse.
    pub day: Date,
    /// How much, in the base unit.
    pub expected: Quantity,
    /// What of it came, or went.
    pub met: Quantity,
    /// What of it is still to come, or to go.
    pub open: Quantity,
    /// The supplier or the customer, if somebody said.
    pub partner: Option<PartyCode>,
    /// Through which channel, if somebody said.
    pub channel: Option<ChannelCode>,
}

/// Whether goods come or go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Direction {
    /// They come.
    Supply,
    /// They go.
    Demand,
}

/// What is expected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ExpectedKind {
    /// Goods from a supplier.
    Purchase,
    /// Goods from another warehouse that have not left it.
    Transfer,
    /// Goods from another warehouse that are on their way.
    DispatchedTransfer,
    /// Goods from production.
    Production,
    /// Goods back from a customer.
    Return,
    /// Goods that somebody will want.
    Demand,
}

/// A line about an expectation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ExpectationLine {
    /// It is expected from now on, or otherwise than before.
    Set(SetExpectation),
    /// What is open of it is not expected any more.
    Cancel(ExpectationCode),
}

/// What is expected from now on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetExpectation {
    /// Its own key: of one that is open this says what it is now.
    pub code: ExpectationCode,
    /// Supply of which kind, or demand.
    pub kind: ExpectedKind,
    /// The item; never another than before.
    pub sku: Sku,
    /// The day at the warehouse.
    pub day: Date,
    /// How much in all, what is met included; not negative, and what is not more than that closes it.
    pub quantity: Quantity,
    /// The supplier or the customer, if somebody said.
    pub partner: Option<PartyCode>,
    /// Through which channel, if somebody said.
    pub channel: Option<ChannelCode>,
}

impl ExpectationLine {
    /// Its own key.
    pub(crate) const fn code(&self) -> &ExpectationCode {
        match self {
            Self::Set(set) => &set.code,
            Self::Cancel(code) => code,
        }
    }
}

impl Direction {
    /// Its name, as documents and errors write it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Supply => "supply",
            Self::Demand => "demand",
        }
    }
}

impl fmt::Display for Direction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl ExpectedKind {
    /// All of them.
    pub const ALL: [Self; 6] = [
        Self::Purchase,
        Self::Transfer,
        Self::DispatchedTransfer,
        Self::Production,
        Self::Return,
        Self::Demand,
    ];

    /// Its name, as it is stored.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Purchase => "purchase",
            Self::Transfer => "transfer",
            Self::DispatchedTransfer => "dispatched_transfer",
            Self::Production => "production",
            Self::Return => "return",
            Self::Demand => "demand",
        }
    }

    /// Back from [`ExpectedKind::as_str`].
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text)
    }

    /// Whether goods come or go.
    pub const fn direction(self) -> Direction {
        match self {
            Self::Demand => Direction::Demand,
            Self::Purchase | Self::Transfer | Self::DispatchedTransfer | Self::Production | Self::Return => {
                Direction::Supply
            }
        }
    }
}

impl Expectation {
    /// What it is after it was set, and what of it is met stays so.
    pub(super) fn set(set: &SetExpectation, met: Quantity) -> Self {
        let expected = set.quantity.max(met);
        Self {
            code: set.code.clone(),
            kind: set.kind,
            sku: set.sku.clone(),
            day: set.day,
            expected,
            met,
            open: expected.checked_sub(met).unwrap_or_default(),
            partner: set.partner.clone(),
            channel: set.channel.clone(),
        }
    }

    /// What it is when nothing more is expected.
    pub(super) fn cancelled(&self) -> Self {
        Self { expected: self.met, open: Quantity::ZERO, ..self.clone() }
    }

    /// What it is after some came or went, and how much of that was expected: what is more than is open was not.
    pub(super) fn meet(&self, quantity: Quantity) -> (Self, Quantity) {
        let taken = quantity.min(self.open);
        let met = self.met.checked_add(taken).unwrap_or(self.expected);
        let open = self.open.checked_sub(taken).unwrap_or_default();
        (Self { met, open, ..self.clone() }, taken)
    }

    /// What it is after what had met it was taken back: as much more is open. Where less than that is met (it was set anew in between),
    /// more is expected. `None` where that would leave the exact range.
    pub(super) fn reopen(&self, quantity: Quantity) -> Option<Self> {
        let back = quantity.min(self.met);
        let met = self.met.checked_sub(back).ok()?;
        let open = self.open.checked_add(quantity).ok()?;
        let expected = met.checked_add(open).ok()?;
        Some(Self { expected, met, open, ..self.clone() })
    }

    /// A closed one that is open again, for just this much.
    pub(super) fn anew(&self, quantity: Quantity) -> Self {
        Self { expected: quantity, met: Quantity::ZERO, open: quantity, ..self.clone() }
    }

    /// Whether anything of it is open.
    pub(super) fn is_open(&self) -> bool {
        self.open.is_positive()
    }
}
