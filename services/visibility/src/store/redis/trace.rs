//! Edges in Redis: their keys in a sorted set for ranges, their sums in the view's hash with the head. Which warehouses a lot or
//! a unit was ever in stands in one sorted set for all, written before the view: it may name a warehouse too many, never one
//! too few.

use std::collections::BTreeSet;

use redis::pipe;
use vocabulary::WarehouseCode;

use super::{RedisCache, keys, text};
use crate::core::{Edge, Node};
use crate::store::{Cache, CacheFault, Duplicate, EdgePage, EdgeWant, trace};

/// Units that are judged at once.
const SUSPECTS_A_PAGE: usize = 1000;

impl RedisCache {
    /// Two round trips for any number of wants: the keys, then the sums with the head. An edge that goes away in between is left
    /// out, as it should be.
    pub(in crate::store) async fn edges(&self, wants: &[EdgeWant]) -> Result<Vec<EdgePage>, CacheFault> {
        if wants.is_empty() {
            return Ok(Vec::new());
        }
        let mut ranges = pipe();
        for want in wants {
            let from =
                if want.after.is_empty() { format!("[{}", want.prefix) } else { format!("({}", want.after) };
            let range = ranges.cmd("ZRANGEBYLEX").arg(self.live(&want.warehouse).edges).arg(from);
            range.arg(end_of(&want.prefix)).arg("LIMIT").arg(0).arg(want.limit.saturating_add(1));
        }
        let found: Vec<Vec<String>> = self.connection.query(&ranges).await?;
        let mut sums = pipe();
        for (want, keys) in wants.iter().zip(&found) {
            let fields: Vec<String> = keys.iter().map(|key| keys::edge(key)).collect();
            sums.cmd("HMGET").arg(self.live(&want.warehouse).view).arg(keys::HEAD).arg(fields);
        }
        let stored: Vec<Vec<Option<String>>> = self.connection.query(&sums).await?;
        let pages = wants.iter().zip(found).zip(stored);
        pages.map(|((want, keys), fields)| page(want, keys, fields)).collect()
    }

    pub(in crate::store) async fn places(&self, nodes: &[Node]) -> Result<Vec<Vec<String>>, CacheFault> {
        if nodes.is_empty() {
            return Ok(Vec::new());
        }
        let mut ranges = pipe();
        for node in nodes {
            let prefix = node.to_string();
            let range = ranges.cmd("ZRANGEBYLEX").arg(keys::places(&self.prefix));
            range.arg(format!("[{prefix}")).arg(end_of(&prefix));
        }
        let found: Vec<Vec<String>> = self.connection.query(&ranges).await?;
        let code = |place: String| place.rsplit('\0').next().unwrap_or_default().to_owned();
        Ok(found.into_iter().map(|places| places.into_iter().map(code).collect()).collect())
    }

    pub(in crate::store) async fn suspects(
        &self,
        after: &str,
        limit: usize,
    ) -> Result<Vec<String>, CacheFault> {
        let mut range = pipe();
        let from = if after.is_empty() { "-".to_owned() } else { format!("({after}") };
        let page = range.cmd("ZRANGEBYLEX").arg(keys::suspects(&self.prefix)).arg(from).arg("+");
        page.arg("LIMIT").arg(0).arg(limit);
        let (found,) = self.connection.query(&range).await?;
        Ok(found)
    }

    /// Notes lots and units that come to a warehouse, before they are in its view, and says which of the units were anywhere else.
    ///
    /// Of two replicas that bring a unit to two warehouses at the same time, at least one sees both places, because each
    /// writes its own before it reads. A unit under suspicion stays so until it is known, after a write, to be in one place; and
    /// [`RedisCache::clear`] looks again after it. So none is missed, whoever is killed in between.
    pub(super) async fn note_arrived(
        &self,
        warehouse: &WarehouseCode,
        arrived: &BTreeSet<Node>,
    ) -> Result<Vec<Node>, CacheFault> {
        if arrived.is_empty() {
            return Ok(Vec::new());
        }
        let mut note = pipe();
        for node in arrived {
            note.cmd("ZADD")
                .arg(keys::places(&self.prefix))
                .arg(0)
                .arg(format!("{node}{warehouse}"))
                .ignore();
        }
        self.connection.query::<()>(&note).await?;
        let units: Vec<Node> =
            arrived.iter().filter(|node| matches!(node, Node::Unit(..))).cloned().collect();
        let places = self.places(&units).await?;
        let several = units.into_iter().zip(places).filter(|(_, places)| places.len() > 1);
        let suspects: Vec<Node> = several.map(|(unit, _)| unit).collect();
        self.set_suspects("ZADD", &suspects).await?;
        Ok(suspects)
    }

    /// Takes the suspicion from those that are in one place only, and puts it back where another replica has written a second place
    /// in the meantime: of two that write, the later one to look sees both.
    pub(super) async fn clear(&self, suspects: Vec<Node>) -> Result<(), CacheFault> {
        let (innocent, guilty) = self.judged(suspects).await?;
        self.set_suspects("ZREM", &innocent).await?;
        let (_, caught) = self.judged(innocent).await?;
        self.set_suspects("ZADD", &guilty).await?;
        self.set_suspects("ZADD", &caught).await
    }

    /// Those of these units that are under suspicion.
    pub(super) async fn suspected(&self, units: Vec<Node>) -> Result<Vec<Node>, CacheFault> {
        if units.is_empty() {
            return Ok(units);
        }
        let mut scores = pipe();
        for unit in &units {
            scores.cmd("ZSCORE").arg(keys::suspects(&self.prefix)).arg(unit.to_string());
        }
        let found: Vec<Option<f64>> = self.connection.query(&scores).await?;
        Ok(units.into_iter().zip(found).filter_map(|(unit, score)| score.map(|_| unit)).collect())
    }

    /// Clears all that are under suspicion: a view that was built anew has brought every unit a second time.
    pub(super) async fn clear_all(&self) -> Result<(), CacheFault> {
        let mut after = String::new();
        loop {
            let page = self.suspects(&after, SUSPECTS_A_PAGE).await?;
            let Some(last) = page.last().cloned() else { return Ok(()) };
            self.clear(page.iter().filter_map(|text| Node::parse(text)).collect()).await?;
            after = last;
        }
    }

    /// Those in one place or none, and those in several.
    async fn judged(&self, units: Vec<Node>) -> Result<(Vec<Node>, Vec<Node>), CacheFault> {
        if units.is_empty() {
            return Ok((units, Vec::new()));
        }
        let found = Cache::Redis(self.clone()).held_where(&units).await?;
        let (innocent, guilty): (Vec<_>, Vec<_>) = found.into_iter().partition(|unit| unit.holders.len() < 2);
        let units = |found: Vec<Duplicate>| found.into_iter().map(|unit| unit.unit).collect();
        Ok((units(innocent), units(guilty)))
    }

    async fn set_suspects(&self, command: &str, units: &[Node]) -> Result<(), CacheFault> {
        if units.is_empty() {
            return Ok(());
        }
        let mut change = pipe();
        for unit in units {
            let change = change.cmd(command).arg(keys::suspects(&self.prefix));
            let change = if command == "ZADD" { change.arg(0) } else { change };
            change.arg(unit.to_string()).ignore();
        }
        self.connection.query::<()>(&change).await
    }
}

/// The end of the range of what begins with `prefix`: no key goes on with a byte that text never has.
pub(super) fn end_of(prefix: &str) -> Vec<u8> {
    let mut end = vec![b'('];
    end.extend_from_slice(prefix.as_bytes());
    end.push(0xff);
    end
}

fn page(want: &EdgeWant, keys: Vec<String>, fields: Vec<Option<String>>) -> Result<EdgePage, CacheFault> {
    let damaged = |invalid: vocabulary::Invalid| CacheFault::damaged(&want.warehouse, invalid);
    let mut fields = fields.into_iter();
    let head = fields.next().flatten().map(|text| text::read_head(&text)).transpose().map_err(damaged)?;
    let (more, mut edges) = (keys.len() > want.limit, Vec::with_capacity(keys.len()));
    for (key, field) in keys.into_iter().zip(fields).take(want.limit) {
        if let Some(field) = field {
            edges.push((key, Edge::parse(&field).map_err(damaged)?));
        }
    }
    Ok(trace::page(head.unwrap_or_default(), edges, more))
}
