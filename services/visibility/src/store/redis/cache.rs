use std::collections::BTreeSet;

use redis::pipe;
use vocabulary::WarehouseCode;

use super::config::RedisConfig;
use super::connection::Connection;
use super::keys::Keys;
use super::{keys, text};
use crate::store::{CacheFault, Resume};

/// The view in Redis; its module tells how it stays whole.
#[derive(Clone, Debug)]
pub struct RedisCache {
    pub(super) connection: Connection,
    pub(super) prefix: String,
    pub(super) changes_kept: u32,
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

    pub(in crate::store) async fn prepare(&self) -> Result<(), CacheFault> {
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

    pub(in crate::store) async fn register(
        &self,
        warehouses: &BTreeSet<WarehouseCode>,
    ) -> Result<(), CacheFault> {
        if warehouses.is_empty() {
            return Ok(());
        }
        let codes: Vec<&str> = warehouses.iter().map(WarehouseCode::as_str).collect();
        let mut add = pipe();
        add.sadd(keys::warehouses(&self.prefix), codes).ignore();
        self.connection.query::<()>(&add).await
    }

    pub(in crate::store) async fn resume(&self) -> Result<Vec<Resume>, CacheFault> {
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

    pub(super) fn live(&self, warehouse: &str) -> Keys {
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
