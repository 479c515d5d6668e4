//! What papers are composed from comes from the services that know it.

mod sources;

pub(crate) use sources::Sources;
