//! The view in Redis, shared by every replica. A warehouse is one hash (values, reservations, head) with a sorted set of its
//! items beside it, and changes only by one Lua script, in chunks that end at an entry's end:
//!
//! 1. A replica reads the head and what a chunk touches (`HMGET`), and computes what the chunk leaves, exactly, in Rust.
//! 2. `apply.lua` writes it if the head is still the one that was read. What is stored at a head is a pure function of
//!    the journal up to it, so an equal head means that nothing was read that is not so any more.
//! 3. If not, another replica was faster: the chunk is read again, and what is in already is left out.
//!
//! A rebuild writes into a draft of its own and takes the place of the view by `RENAME`, in one script: readers see the old
//! one or the new one, never parts of both. Flushing Redis takes the head away with the values; whoever has seen the
//! head before knows (see `engine::Track`).

mod chunk;
mod config;
mod connection;
mod keys;
mod load;
mod read;
mod text;
mod write;

use std::collections::BTreeSet;

use ::redis::pipe;
use vocabulary::WarehouseCode;

pub use self::config::RedisConfig;
use self::connection::Connection;
use self::keys::Keys;
pub use self::write::RedisDraft;
use super::{CacheFault, Resume};

/// See the module.
#[derive(Clone, Debug)]
pub struct RedisCache {
    connection: Connection,
    prefix: String,
    changes_kept: u32,
}

impl RedisCache {
    /// Connects when it is first used: Redis may come later.
    ///
    /// # Errors
    /// `Rejected` for a URL that cannot be read.
    pub fn open(config: &RedisConfig) -> Result<Self, CacheFault> {
        let connection = Connection::open(config)?;
        Ok(Self { connection, prefix: config.prefix.clone(), changes_kept: config.changes_kept.max(1) })
    }

    pub(super) async fn prepare(&self) -> Result<(), CacheFault> {
        let mut info = pipe();
        info.cmd("INFO").arg("memory");
        let (info,): (String,) = self.connection.query(&info).await?;
        let policy =
            info.lines().find_map(|line| line.strip_prefix("maxmemory_policy:")).unwrap_or("noeviction");
        if policy.trim().starts_with("allkeys") {
            return Err(CacheFault::Rejected {
                reason: format!(
                    "Redis evicts keys at will (maxmemory-policy {}): set it to noeviction, or a view could miss items without a sign",
                    policy.trim()
                ),
            });
        }
        Ok(())
    }

    pub(super) async fn register(&self, warehouses: &BTreeSet<WarehouseCode>) -> Result<(), CacheFault> {
        if warehouses.is_empty() {
            return Ok(());
        }
        let codes: Vec<&str> = warehouses.iter().map(WarehouseCode::as_str).collect();
        let mut add = pipe();
        add.sadd(keys::warehouses(&self.prefix), codes).ignore();
        self.connection.query::<()>(&add).await
    }

    pub(super) async fn resume(&self) -> Result<Vec<Resume>, CacheFault> {
        let mut members = pipe();
        members.smembers(keys::warehouses(&self.prefix));
        let (codes,): (BTreeSet<String>,) = self.connection.query(&members).await?;
        let mut heads = pipe();
        for code in &codes {
            heads.cmd("HMGET").arg(self.live(code).view).arg(&[keys::HEAD, keys::NEXT]);
        }
        let stored: Vec<Vec<Option<String>>> = match codes.len() {
            0 => Vec::new(),
            _ => self.connection.query(&heads).await?,
        };
        Ok(codes.iter().zip(stored).filter_map(|(code, fields)| resume(code, &fields)).collect())
    }

    fn live(&self, warehouse: &str) -> Keys {
        Keys::live(&self.prefix, warehouse)
    }
}

/// What cannot be read counts as not there: the log is read from its start then, and the view built again.
fn resume(code: &str, fields: &[Option<String>]) -> Option<Resume> {
    let field = |at: usize| fields.get(at).and_then(Option::as_deref);
    Some(Resume {
        warehouse: WarehouseCode::parse(code).ok()?,
        head: field(0).and_then(|text| text::read_head(text).ok()).unwrap_or_default(),
        next: field(1).and_then(|text| text::read_next(text).ok()),
    })
}
