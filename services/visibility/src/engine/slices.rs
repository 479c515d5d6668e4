use rpc::ApiError;
use vocabulary::{LotCode, Owner, Sequence, StockStatus, WarehouseCode};

use super::read::check_sku;
use super::{Engine, Fresh, Until};
use crate::core::{Slice, Value};
use crate::store::{SlicePage, SliceWant};

/// Warehouses asked in one round trip, for one item.
const WAREHOUSES_A_READ: usize = 64;
/// Slices looked at for one answer: a filter that nothing passes must not read all of a warehouse.
const LOOKS_MAX: usize = 20_000;
const SLICES_A_READ: usize = 1000;

/// Which slices are wanted.
#[derive(Debug, Clone, Default)]
pub(crate) struct SliceWish {
    /// "" is every item.
    pub(crate) sku: String,
    /// "" is every warehouse.
    pub(crate) warehouse: String,
    pub(crate) lot: Option<LotCode>,
    pub(crate) status: Option<StockStatus>,
    pub(crate) owner: Option<Owner>,
}

/// A page of slices.
#[derive(Debug, Default)]
pub(crate) struct SlicesPage {
    pub(crate) rows: Vec<(WarehouseCode, Slice, Value)>,
    pub(crate) fresh: Vec<Fresh>,
    /// Warehouse and key to go on after; `None` on the last page.
    pub(crate) next: Option<(String, String)>,
}

/// A page that is being filled.
struct Filling<'a> {
    wish: &'a SliceWish,
    limit: usize,
    page: SlicesPage,
    looked_at: usize,
}

impl Engine {
    /// Slices after `after` (a warehouse and a key), by warehouse and key.
    pub(crate) async fn slices(
        &self,
        wish: &SliceWish,
        after: (&str, &str),
        limit: usize,
        until: Until,
    ) -> Result<SlicesPage, ApiError> {
        let codes = self.holders(wish, until).await?;
        let codes: Vec<&WarehouseCode> = codes.iter().filter(|code| code.as_str() >= after.0).collect();
        let at_once = if wish.sku.is_empty() { 1 } else { WAREHOUSES_A_READ };
        let mut filling = Filling { wish, limit, page: SlicesPage::default(), looked_at: 0 };
        for codes in codes.chunks(at_once) {
            let start = |code: &&WarehouseCode| if code.as_str() == after.0 { after.1 } else { "" };
            let wants: Vec<_> = codes.iter().map(|code| want(wish, code, start(code))).collect();
            for (code, first) in codes.iter().zip(self.slice_pages(&wants).await?) {
                if self.fill(&mut filling, code, first).await? {
                    return Ok(filling.page);
                }
            }
        }
        if filling.page.rows.is_empty() && after.0.is_empty() && !wish.sku.is_empty() {
            self.known_item(&wish.sku, || "sku".into(), until).await?;
        }
        Ok(filling.page)
    }

    /// The warehouses that are asked.
    async fn holders(&self, wish: &SliceWish, until: Until) -> Result<Vec<WarehouseCode>, ApiError> {
        if !wish.sku.is_empty() {
            check_sku(&wish.sku, || "sku".into())?;
        }
        if wish.warehouse.is_empty() {
            return Ok(self.board.warehouses().into_iter().collect());
        }
        Ok(vec![self.known_warehouse(&wish.warehouse, || "warehouse".into(), until).await?])
    }

    /// Takes over what there is of a warehouse; whether the page is full.
    async fn fill(
        &self,
        filling: &mut Filling<'_>,
        code: &WarehouseCode,
        first: SlicePage,
    ) -> Result<bool, ApiError> {
        let (mut read, mut has_rows) = (first, false);
        loop {
            let before = filling.page.rows.len();
            let is_full = filling.take(code, read.slices);
            if !has_rows && (filling.page.rows.len() > before || !filling.wish.warehouse.is_empty()) {
                has_rows = true;
                filling.page.fresh.push(self.fresh(code.as_str(), read.head));
            }
            if is_full {
                return Ok(true);
            }
            let Some(next) = read.next else { return Ok(false) };
            if filling.looked_at >= LOOKS_MAX {
                filling.page.next = Some((code.to_string(), next));
                return Ok(true);
            }
            let wants = [want(filling.wish, code, &next)];
            read = self.slice_pages(&wants).await?.pop().unwrap_or_default();
        }
    }

    /// Reads, and makes sure that nothing older comes back than what was seen before.
    async fn slice_pages(&self, wants: &[SliceWant]) -> Result<Vec<SlicePage>, ApiError> {
        let seen: Vec<Sequence> = wants.iter().map(|want| self.seen(&want.warehouse)).collect();
        let pages = self.cache.slices(wants).await.map_err(|fault| self.failed(&fault))?;
        for ((want, seen), page) in wants.iter().zip(seen).zip(&pages) {
            self.check_head(&want.warehouse, seen, page.head.sequence)?;
        }
        Ok(pages)
    }
}

impl Filling<'_> {
    /// Whether there is one more than fits: then the page goes on after the last that does.
    fn take(&mut self, code: &WarehouseCode, slices: Vec<(Slice, Value)>) -> bool {
        self.looked_at = self.looked_at.saturating_add(SLICES_A_READ);
        for (slice, value) in slices.into_iter().filter(|(slice, _)| self.wish.takes(slice)) {
            if self.page.rows.len() == self.limit {
                let last = self.page.rows.last();
                self.page.next = last.map(|(code, slice, _)| (code.to_string(), slice.to_string()));
                return true;
            }
            self.page.rows.push((code.clone(), slice, value));
        }
        false
    }
}

impl SliceWish {
    fn takes(&self, slice: &Slice) -> bool {
        self.lot.as_ref().is_none_or(|lot| slice.lot.as_ref() == Some(lot))
            && self.status.is_none_or(|status| slice.status == status)
            && self.owner.as_ref().is_none_or(|owner| slice.owner == *owner)
    }
}

fn want(wish: &SliceWish, code: &WarehouseCode, after: &str) -> SliceWant {
    let sku = (!wish.sku.is_empty()).then(|| wish.sku.clone());
    SliceWant { warehouse: code.to_string(), sku, after: after.to_owned(), limit: SLICES_A_READ }
}
