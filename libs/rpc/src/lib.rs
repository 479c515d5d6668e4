//! Shell: gRPC servers and clients, error details, deadlines, paging, filters, and the clock.
//!
//! | module | what it is for |
//! |---|---|
//! | [`server`] | one port: bind, then serve routes behind the layers every call passes |
//! | [`client`] | channels, what a failed call means, and whether to try again |
//! | [`Reason`], [`ApiError`] | every error of the system, and how one travels |
//! | [`Deadline`] | how long a handler may take |
//! | [`given()`] | fields that may be left out |
//! | [`PageToken`], [`filter`] | listing |
//! | [`Backoff`] | waiting between attempts |
//! | [`Readiness`] | whether a part of a process can do its work |
//! | [`clock`] | the only place that reads the wall clock |

mod api_error;
mod backoff;
pub mod client;
pub mod clock;
mod deadline;
pub mod filter;
mod given;
mod page_token;
mod readiness;
mod reason;
pub mod server;

pub use api_error::{ApiError, DOMAIN};
pub use backoff::Backoff;
pub use deadline::{Deadline, deadline};
pub use given::given;
pub use page_token::PageToken;
pub use readiness::Readiness;
pub use reason::Reason;
