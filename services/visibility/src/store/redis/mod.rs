//! The view in Redis, shared by every replica. A warehouse is one hash (values, slices, reservations, head) with sorted sets of
//! its keys beside it, and changes only by one Lua script, in chunks that end at an entry's end:
//!
//! 1. A replica reads the head and what a chunk touches (`HMGET`), and computes what the chunk leaves, exactly, in Rust.
//! 2. `apply.lua` writes it if the head is still the one that was read. What is stored at a head is a pure function of
//!    the journal up to it, so an equal head means that nothing was read that is not so any more.
//! 3. If not, another replica was faster: the chunk is read again, and what is in already is left out.
//!
//! A rebuild writes into a draft of its own and takes the place of the view by `RENAME`, in one script: readers see the old
//! one or the new one, never parts of both. Flushing Redis takes the head away with the values; whoever has seen the
//! head before knows (see `engine::Track`).

mod alert;
mod cache;
mod chunk;
mod config;
mod connection;
mod keys;
mod load;
mod read;
mod slice;
mod text;
mod trace;
mod write;

pub use self::cache::RedisCache;
pub use self::config::RedisConfig;
pub use self::write::RedisDraft;
