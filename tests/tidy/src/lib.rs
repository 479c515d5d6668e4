//! Tests: the architecture's rules, checked over the files of this repository. What can be read is here; the rules are in
//! `tests/it`, one file a rule. Reads files below the repository's root and does no other I/O.

mod finding;
mod links;
mod manifest;
mod protos;
mod repository;
mod rust;

pub use finding::{Exception, Findings};
pub use links::{Link, anchors, links};
pub use manifest::{Manifest, Tier};
pub use protos::{Rpc, rpcs};
pub use repository::{File, Repository};
pub use rust::{Line, Source, snake_case};
