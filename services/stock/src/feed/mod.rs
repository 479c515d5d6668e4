//! Out of the journal and into the event log; and what the network knows back.

mod network;
mod relay;

pub(crate) use network::Network;
pub(crate) use relay::{JOURNAL_TOPIC, Relay};
