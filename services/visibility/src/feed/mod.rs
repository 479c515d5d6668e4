//! From the event log into the view.
//!
//! Every replica reads all of the journal topic itself, without a consumer group: positions are kept with the view or not at
//! all, and what is applied already is recognised by its sequence. Nothing is acknowledged anywhere.
//!
//! What is wrong is found by its state, not by an event: after every batch, a warehouse of which the log has more than the
//! view is behind, whatever the cause, and is built again (see [`Rebuilder`]).

mod decode;
mod follow;
mod oversight;
mod rebuild;

use eventlog::TopicSpec;

pub(crate) use self::follow::{Feed, FeedParts};
pub(crate) use self::rebuild::{RebuildFault, RebuildRequest, Rebuilder};

/// Where the journals are published; the key is the warehouse.
pub(crate) const TOPIC: TopicSpec =
    TopicSpec { name: "entrepot.stock.journal.v1", partitions: 12, compacted: false };
