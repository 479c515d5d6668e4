//! Out of the journal and into the event log.

mod relay;

pub(crate) use relay::{JOURNAL_TOPIC, Relay};
