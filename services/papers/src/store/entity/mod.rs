//! One module a table. The models never leave `store`.

pub(super) mod paper;
pub(super) mod request;
pub(super) mod series;
