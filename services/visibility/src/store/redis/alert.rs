//! Alerts in Redis: their keys in a sorted set for ranges, what they are about in the view's hash with the head.

use std::collections::BTreeMap;

use futures::future::try_join_all;
use redis::pipe;
use vocabulary::{Invalid, Sequence};

use super::slice::{RANGES, Stored};
use super::{RedisCache, keys, text};
use crate::core::{Alert, AlertKey, AlertKind, Head, Total};
use crate::store::{AlertPage, AlertState, AlertWant, CacheFault, alert};

impl RedisCache {
    /// All of them at the same time, over one connection.
    pub(in crate::store) async fn alerts(&self, wants: &[AlertWant]) -> Result<Vec<AlertPage>, CacheFault> {
        try_join_all(wants.iter().map(|want| self.alert_page(want))).await
    }

    async fn alert_page(&self, want: &AlertWant) -> Result<AlertPage, CacheFault> {
        let view = self.live(&want.warehouse);
        let (first, behind) = &want.range;
        let from = if want.after.is_empty() { format!("[{first}") } else { format!("({}", want.after) };
        let mut call = RANGES.key(&view.view);
        call.key(&view.skus).key(&view.alerts).arg(keys::HEAD);
        // No items.
        call.arg("+").arg("-").arg(from).arg(format!("({behind}")).arg(want.limit.saturating_add(1));
        call.arg(keys::detail("")).arg(keys::alert(""));
        let stored: Stored = self.connection.invoke(&call).await?;
        let read = read(stored).map_err(|invalid| CacheFault::damaged(&want.warehouse, invalid));
        read.map(|(head, found)| alert::page(want, head, found))
    }

    pub(in crate::store) async fn alert_states(
        &self,
        warehouses: &[&str],
    ) -> Result<Vec<AlertState>, CacheFault> {
        if warehouses.is_empty() {
            return Ok(Vec::new());
        }
        let mut states = pipe();
        for warehouse in warehouses {
            states.cmd("HMGET").arg(self.live(warehouse).view).arg(keys::HEAD);
            for kind in AlertKind::KEPT {
                states.arg(keys::differed(kind));
            }
        }
        let stored: Vec<Vec<Option<String>>> = self.connection.query(&states).await?;
        let state = |(warehouse, fields): (&&str, Vec<Option<String>>)| {
            state(&fields).map_err(|invalid| CacheFault::damaged(warehouse, invalid))
        };
        warehouses.iter().zip(stored).map(state).collect()
    }
}

fn state(fields: &[Option<String>]) -> Result<AlertState, Invalid> {
    let mut fields = fields.iter().map(Option::as_deref);
    let head = fields.next().flatten().map(text::read_head).transpose()?.unwrap_or_default();
    let mut differed = BTreeMap::new();
    for (kind, field) in AlertKind::KEPT.into_iter().zip(fields) {
        differed.extend(field.map(text::number).transpose()?.map(|number| (kind, Sequence::new(number))));
    }
    Ok(AlertState { head, differed })
}

fn read((_, keys, fields): Stored) -> Result<(Head, Vec<Alert>), Invalid> {
    let mut fields = fields.into_iter();
    let head = fields.next().flatten().map(|text| text::read_head(&text)).transpose()?.unwrap_or_default();
    let mut found = Vec::with_capacity(keys.len());
    for (key, field) in keys.iter().zip(fields) {
        if let Some(field) = field {
            found.push(Alert { key: AlertKey::parse(key)?, quantity: Total::parse(&field)? });
        }
    }
    Ok((head, found))
}
