use rpc::ApiError;
use vocabulary::{Sequence, Sku, WarehouseCode};

use super::read::check_sku;
use super::{Engine, Fresh, Until};
use crate::core::Value;
use crate::store::Want;

/// Warehouses asked in one round trip.
const WAREHOUSES_A_READ: usize = 256;

/// One row of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Row {
    pub(crate) sku: String,
    pub(crate) warehouse: String,
    pub(crate) value: Value,
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
    /// The items of a warehouse after `after`, by SKU.
    pub(crate) async fn list_items(
        &self,
        warehouse: &str,
        after: &str,
        limit: usize,
        until: Until,
    ) -> Result<Page, ApiError> {
        let seen = self.seen(warehouse);
        let listed = self.cache.list(warehouse, after, limit.saturating_add(1)).await;
        let (head, mut values) = listed.map_err(|fault| self.failed(&fault))?;
        self.check_head(warehouse, seen, head.sequence)?;
        if head.sequence == Sequence::START {
            self.known_warehouse(warehouse, || "warehouse".into(), until).await?;
        }
        let has_more = values.len() > limit;
        values.truncate(limit);
        let next = values.last().filter(|_| has_more).map(|(sku, _)| sku.to_string());
        let row =
            |(sku, value): (Sku, Value)| Row { sku: sku.to_string(), warehouse: warehouse.to_owned(), value };
        let rows = values.into_iter().map(row).collect();
        Ok(Page { rows, fresh: vec![self.fresh(warehouse, head)], next })
    }

    /// The warehouses after `after` that have the item, by code. Every warehouse is asked: an index of them could be lost
    /// without a sign, their heads cannot.
    pub(crate) async fn list_warehouses(
        &self,
        sku: &str,
        after: &str,
        limit: usize,
        until: Until,
    ) -> Result<Page, ApiError> {
        check_sku(sku, || "sku".into())?;
        let codes = self.board.warehouses();
        let codes: Vec<&str> = codes.iter().map(WarehouseCode::as_str).filter(|code| *code > after).collect();
        let mut page = Page::default();
        for asked in codes.chunks(WAREHOUSES_A_READ) {
            self.add_holders(&mut page, sku, asked).await?;
            if page.rows.len() > limit {
                break;
            }
        }
        if page.rows.is_empty() && after.is_empty() {
            self.known_item(sku, || "sku".into(), until).await?;
        }
        if page.rows.len() > limit {
            page.rows.truncate(limit);
            page.fresh.truncate(limit);
            page.next = page.rows.last().map(|row| row.warehouse.clone());
        }
        Ok(page)
    }

    async fn add_holders(&self, page: &mut Page, sku: &str, warehouses: &[&str]) -> Result<(), ApiError> {
        let wants: Vec<Want<'_>> =
            warehouses.iter().map(|warehouse| Want { warehouse, skus: vec![sku] }).collect();
        for (code, snapshot) in warehouses.iter().zip(self.snapshots(&wants).await?) {
            if let Some(Some(value)) = snapshot.values.first() {
                page.rows.push(Row { sku: sku.to_owned(), warehouse: (*code).to_owned(), value: *value });
                page.fresh.push(self.fresh(code, snapshot.head));
            }
        }
        Ok(())
    }
}
