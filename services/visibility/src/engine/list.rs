use rpc::ApiError;
use vocabulary::{ChannelCode, Sequence, Sku, WarehouseCode};

use super::freshness::note_oldest;
use super::read::{check_sku, depth, seen};
use super::{Engine, Fresh, Seen, Until};
use crate::core::{Head, Value};
use crate::store::Want;

/// Warehouses asked in one round trip.
const WAREHOUSES_A_READ: usize = 256;

/// One row of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Row {
    pub(crate) sku: String,
    pub(crate) warehouse: String,
    pub(crate) seen: Seen,
}

/// Which page of a list, and for whom.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Turn<'a> {
    pub(crate) channel: Option<&'a ChannelCode>,
    /// "" is the beginning.
    pub(crate) after: &'a str,
    pub(crate) limit: usize,
}

/// A page of a list.
#[derive(Debug, Default)]
pub(crate) struct Page {
    pub(crate) rows: Vec<Row>,
    pub(crate) fresh: Vec<Fresh>,
    /// Where the next page begins after; `None` on the last page.
    pub(crate) next: Option<String>,
}

impl Engine {
    /// The items of a warehouse, by SKU.
    pub(crate) async fn list_items(
        &self,
        warehouse: &str,
        turn: Turn<'_>,
        until: Until,
    ) -> Result<Page, ApiError> {
        let known = self.seen(warehouse);
        let listed = self.cache.list(warehouse, turn.after, turn.limit.saturating_add(1)).await;
        let (head, mut values) = listed.map_err(|fault| self.failed(&fault))?;
        self.check_head(warehouse, known, head.sequence)?;
        if head.sequence == Sequence::START {
            self.known_warehouse(warehouse, || "warehouse".into(), until).await?;
        }
        let has_more = values.len() > turn.limit;
        values.truncate(turn.limit);
        let next = values.last().filter(|_| has_more).map(|(sku, _)| sku.to_string());
        let mut fresh = vec![self.fresh(warehouse, head)];
        let rows = if turn.channel.is_some() {
            let skus: Vec<_> = values.into_iter().map(|(sku, _)| sku).collect();
            let (rows, head) = self.rows_for(warehouse, &skus, turn).await?;
            note_oldest(&mut fresh, self.fresh(warehouse, head));
            rows
        } else {
            let row = |(sku, value): (Sku, Value)| {
                Ok(Row { sku: sku.to_string(), warehouse: warehouse.to_owned(), seen: Seen::of(value)? })
            };
            values.into_iter().map(row).collect::<Result<_, ApiError>>()?
        };
        Ok(Page { rows, fresh, next })
    }

    /// These items as a channel sees them: read again, because their values and details must be of one head.
    async fn rows_for(
        &self,
        warehouse: &str,
        skus: &[Sku],
        turn: Turn<'_>,
    ) -> Result<(Vec<Row>, Head), ApiError> {
        let skus: Vec<&str> = skus.iter().map(Sku::as_str).collect();
        let wants = [Want { warehouse, skus, depth: depth(turn.channel) }];
        let Some(snapshot) = self.snapshots(&wants).await?.pop() else { return Ok(Default::default()) };
        let mut rows = Vec::with_capacity(wants[0].skus.len());
        for (at, sku) in wants[0].skus.iter().enumerate() {
            if let Some(seen) = seen(&snapshot, at, turn.channel)? {
                rows.push(Row { sku: (*sku).to_owned(), warehouse: warehouse.to_owned(), seen });
            }
        }
        Ok((rows, snapshot.head))
    }

    /// The warehouses that have the item, by code. Every warehouse is asked: an index of them could be lost without a sign,
    /// their heads cannot.
    pub(crate) async fn list_warehouses(
        &self,
        sku: &str,
        turn: Turn<'_>,
        until: Until,
    ) -> Result<Page, ApiError> {
        check_sku(sku, || "sku".into())?;
        let codes = self.board.warehouses();
        let codes: Vec<&str> =
            codes.iter().map(WarehouseCode::as_str).filter(|code| *code > turn.after).collect();
        let mut page = Page::default();
        for asked in codes.chunks(WAREHOUSES_A_READ) {
            self.add_holders(&mut page, sku, asked, turn.channel).await?;
            if page.rows.len() > turn.limit {
                break;
            }
        }
        if page.rows.is_empty() && turn.after.is_empty() {
            self.known_item(sku, || "sku".into(), until).await?;
        }
        if page.rows.len() > turn.limit {
            page.rows.truncate(turn.limit);
            page.fresh.truncate(turn.limit);
            page.next = page.rows.last().map(|row| row.warehouse.clone());
        }
        Ok(page)
    }

    async fn add_holders(
        &self,
        page: &mut Page,
        sku: &str,
        warehouses: &[&str],
        channel: Option<&ChannelCode>,
    ) -> Result<(), ApiError> {
        let wants: Vec<Want<'_>> = warehouses
            .iter()
            .map(|warehouse| Want { warehouse, skus: vec![sku], depth: depth(channel) })
            .collect();
        for (code, snapshot) in warehouses.iter().zip(self.snapshots(&wants).await?) {
            if let Some(seen) = seen(&snapshot, 0, channel)? {
                page.rows.push(Row { sku: sku.to_owned(), warehouse: (*code).to_owned(), seen });
                page.fresh.push(self.fresh(code, snapshot.head));
            }
        }
        Ok(())
    }
}
