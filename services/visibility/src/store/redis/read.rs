use redis::pipe;
use vocabulary::{Invalid, Sku};

use super::{RedisCache, keys, text};
use crate::core::{Head, Value};
use crate::store::{CacheFault, Snapshot, Want};

type Fields = Vec<Option<String>>;

impl RedisCache {
    pub(in crate::store) async fn heads(&self, warehouses: &[&str]) -> Result<Vec<Head>, CacheFault> {
        let wants: Vec<_> = warehouses.iter().map(|warehouse| Want { warehouse, skus: Vec::new() }).collect();
        Ok(self.read(&wants).await?.into_iter().map(|snapshot| snapshot.head).collect())
    }

    /// One `HMGET` a warehouse, all in one round trip. Redis runs each of them alone, so the values go with the head.
    pub(in crate::store) async fn read(&self, wants: &[Want<'_>]) -> Result<Vec<Snapshot>, CacheFault> {
        if wants.is_empty() {
            return Ok(Vec::new());
        }
        let mut commands = pipe();
        for want in wants {
            commands.cmd("HMGET").arg(self.live(want.warehouse).view).arg(keys::HEAD).arg(&want.skus);
        }
        let stored: Vec<Fields> = self.connection.query(&commands).await?;
        wants.iter().zip(stored).map(|(want, fields)| snapshot(want.warehouse, &fields)).collect()
    }

    pub(in crate::store) async fn list(
        &self,
        warehouse: &str,
        after: &str,
        limit: usize,
    ) -> Result<(Head, Vec<(Sku, Value)>), CacheFault> {
        let from = if after.is_empty() { "-".to_owned() } else { format!("({after}") };
        let mut page = pipe();
        let range = page.cmd("ZRANGEBYLEX").arg(self.live(warehouse).skus).arg(from).arg("+");
        range.arg("LIMIT").arg(0).arg(limit);
        let (skus,): (Vec<String>,) = self.connection.query(&page).await?;
        let want = Want { warehouse, skus: skus.iter().map(String::as_str).collect() };
        let snapshot = self.read(&[want]).await?.pop();
        let Some(snapshot) = snapshot else { return Ok((Head::default(), Vec::new())) };
        let held = skus.iter().zip(snapshot.values).filter_map(|(sku, value)| Some((sku, value?)));
        let values: Result<_, Invalid> = held.map(|(sku, value)| Ok((Sku::parse(sku)?, value))).collect();
        Ok((snapshot.head, values.map_err(|invalid| CacheFault::damaged(warehouse, invalid))?))
    }
}

fn snapshot(warehouse: &str, fields: &[Option<String>]) -> Result<Snapshot, CacheFault> {
    let damaged = |invalid: Invalid| CacheFault::damaged(warehouse, invalid);
    let (head, values) = fields.split_first().unwrap_or((&None, &[]));
    let head = head.as_deref().map(text::read_head).transpose().map_err(damaged)?.unwrap_or_default();
    let values = values.iter().map(|field| field.as_deref().map(text::read_value).transpose());
    Ok(Snapshot { head, values: values.collect::<Result<_, _>>().map_err(damaged)? })
}
