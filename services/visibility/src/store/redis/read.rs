use redis::pipe;
use vocabulary::{Invalid, Sku};

use super::{RedisCache, keys, text};
use crate::core::{Detail, Head, Value};
use crate::store::{CacheFault, Snapshot, Want};

type Fields = Vec<Option<String>>;

impl RedisCache {
    pub(in crate::store) async fn heads(&self, warehouses: &[&str]) -> Result<Vec<Head>, CacheFault> {
        let wants: Vec<_> =
            warehouses.iter().map(|warehouse| Want { warehouse, ..Want::default() }).collect();
        Ok(self.read(&wants).await?.into_iter().map(|snapshot| snapshot.head).collect())
    }

    /// One `HMGET` a warehouse, all in one round trip. Redis runs each of them alone, so the values go with the head.
    pub(in crate::store) async fn read(&self, wants: &[Want<'_>]) -> Result<Vec<Snapshot>, CacheFault> {
        if wants.is_empty() {
            return Ok(Vec::new());
        }
        let mut commands = pipe();
        for want in wants {
            let details: Vec<String> =
                want.skus.iter().take(want.details()).map(|sku| keys::detail(sku)).collect();
            let get = commands.cmd("HMGET").arg(self.live(want.warehouse).view).arg(keys::HEAD);
            get.arg(&want.skus).arg(details);
        }
        let stored: Vec<Fields> = self.connection.query(&commands).await?;
        wants.iter().zip(stored).map(|(want, fields)| snapshot(want, &fields)).collect()
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
        let skus_wanted = skus.iter().map(String::as_str).collect();
        let want = Want { warehouse, skus: skus_wanted, ..Want::default() };
        let snapshot = self.read(&[want]).await?.pop();
        let Some(snapshot) = snapshot else { return Ok((Head::default(), Vec::new())) };
        let held = skus.iter().zip(snapshot.values).filter_map(|(sku, value)| Some((sku, value?)));
        let values: Result<_, Invalid> = held.map(|(sku, value)| Ok((Sku::parse(sku)?, value))).collect();
        Ok((snapshot.head, values.map_err(|invalid| CacheFault::damaged(warehouse, invalid))?))
    }
}

fn snapshot(want: &Want<'_>, fields: &[Option<String>]) -> Result<Snapshot, CacheFault> {
    let damaged = |invalid: Invalid| CacheFault::damaged(want.warehouse, invalid);
    let (head, fields) = fields.split_first().unwrap_or((&None, &[]));
    let head = head.as_deref().map(text::read_head).transpose().map_err(damaged)?.unwrap_or_default();
    let (values, details) = fields.split_at_checked(want.skus.len()).unwrap_or((fields, &[]));
    let values = values.iter().map(|field| field.as_deref().map(text::read_value).transpose());
    let values = values.collect::<Result<_, _>>().map_err(damaged)?;
    let detail = |field: &Option<String>| field.as_deref().map(Detail::parse).transpose();
    let details = details.iter().map(|field| detail(field).map(Option::unwrap_or_default));
    Ok(Snapshot { head, values, details: details.collect::<Result<_, _>>().map_err(damaged)? })
}
