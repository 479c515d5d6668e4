//! The server's layers and the client, over real connections.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test helper that fails fails the test")]

mod journal;
mod layers;
mod shutdown;
mod test_server;
