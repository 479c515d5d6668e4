use std::fmt;

use vocabulary::{ChannelCode, DocumentCode, PartyCode, Timestamp};

/// On what terms goods are promised. The default: until they are asked for, to nobody in particular.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Terms {
    /// When the promise ends by itself; `None` for a hard one, which does not.
    pub expires_at: Option<Timestamp>,
    /// What it weighs when goods are short.
    pub priority: Priority,
    /// Whose it is.
    pub holder: Option<PartyCode>,
    /// Through which channel it was made.
    pub channel: Option<ChannelCode>,
    /// For which line of an outbound order.
    pub order: Option<OrderRef>,
}

/// A line of an outbound order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrderRef {
    /// The order.
    pub code: DocumentCode,
    /// Its line.
    pub line: u32,
}

/// The digest of a state has it: terms of no order are written as before there were orders.
impl fmt::Debug for Terms {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut fields = f.debug_struct("Terms");
        fields.field("expires_at", &self.expires_at).field("priority", &self.priority);
        fields.field("holder", &self.holder).field("channel", &self.channel);
        if let Some(order) = &self.order {
            fields.field("order", order);
        }
        fields.finish()
    }
}

impl Terms {
    /// `None` for the usual terms, which most promises have.
    pub fn boxed(self) -> Option<Box<Self>> {
        (self != Self::default()).then(|| Box::new(self))
    }
}

/// What a promise weighs when goods are short: 0 to 9, and the higher wins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Priority(u8);

impl Priority {
    /// The highest.
    pub const MAX: u8 = 9;

    /// Checks the range.
    pub fn try_new(priority: u64) -> Option<Self> {
        u8::try_from(priority).ok().filter(|priority| *priority <= Self::MAX).map(Self)
    }

    /// As a number.
    pub const fn get(self) -> u8 {
        self.0
    }
}
