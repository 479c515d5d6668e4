//! One port: bind it first, then serve routes behind the layers that every call passes (see [`mod@stack`] for the chain).

mod admission;
mod config;
mod health;
mod listen;
mod measure;
mod methods;
mod recover;
mod stack;
mod timely;
mod trace;

pub use config::ServerConfig;
pub use health::Health;
pub use listen::{Bound, ServerFault, bind};
pub use recover::reading_failed;

/// The largest message a server takes: set it on every generated service with `max_decoding_message_size`. A larger one is answered
/// with `MESSAGE_TOO_LARGE`.
pub const MESSAGE_BYTES_MAX: usize = 4 * 1024 * 1024;
