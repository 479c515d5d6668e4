//! What every log promises.

pub(crate) mod publishing;
pub(crate) mod reading;
pub(crate) mod topics;
