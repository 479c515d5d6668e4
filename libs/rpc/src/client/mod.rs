//! Calling other servers: channels, what a failed call means, and whether to try again.

mod connect;
mod remote_error;

pub use connect::{ClientFault, connect, connect_lazy};
pub use remote_error::{RemoteError, is_retryable};

/// The largest message to accept from a server: set it on every generated client with `max_decoding_message_size`. Answers of
/// a thousand documents or ten thousand journal records fit.
pub const MESSAGE_BYTES_MAX: usize = 64 * 1024 * 1024;
