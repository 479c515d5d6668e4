//! GS1 Digital Link: elements as the path and the query of a web address (GS1 Digital Link standard, URI syntax). The short
//! names that early editions allowed instead of AIs (`/gtin/…`) and the compressed form are not read.

mod build;
mod escape;
mod key;
mod link;
#[cfg(test)]
mod link_tests;
mod stem;
mod uri;

pub use build::build_digital_link;
pub(crate) use escape::{Place, position_as_written, unescaped};
pub use link::DigitalLink;
pub use stem::Stem;
pub(crate) use uri::begins_uri;
