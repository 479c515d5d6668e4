use rpc::ApiError;
use vocabulary::{LotCode, Owner, Sequence, StockStatus, WarehouseCode};

use super::freshness::note_oldest;
use super::read::check_sku;
use super::{Engine, Fresh, Until};
use crate::core::{Slice, Value};
use crate::store::{SlicePage, SliceWant};

/// Warehouses asked in one round trip, for one item.
const WAREHOUSES_A_READ: usize = 64;
const SLICES_A_READ: usize = 1000;
/// Of one item in each warehouse: few items have more slices.
const SLICES_OF_ITEM_A_READ: usize = 250;

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
    /// A filter that nothing passes must not read all there is: then the page ends, and the next one goes on.
    looks_left: usize,
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
        let page = SlicesPage::default();
        let mut filling = Filling { wish, limit, page, looks_left: self.looks_max };
        for codes in codes.chunks(at_once) {
            let start = |code: &&WarehouseCode| if code.as_str() == after.0 { after.1 } else { "" };
            let wants: Vec<_> = codes.iter().map(|code| want(wish, code, start(code))).collect();
            for (code, first) in codes.iter().zip(self.slice_pages(&wants).await?) {
                // Nothing of this one was taken yet.
                if filling.looks_left == 0 {
                    filling.page.next = Some((code.to_string(), start(code).to_owned()));
                    return Ok(filling.page);
                }
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
        let (before, mut of_code) = (filling.page.rows.len(), Vec::new());
        let is_full = self.read_on(filling, (code, first), &mut of_code).await?;
        if filling.page.rows.len() > before || !filling.wish.warehouse.is_empty() {
            filling.page.fresh.append(&mut of_code);
        }
        Ok(is_full)
    }

    async fn read_on(
        &self,
        filling: &mut Filling<'_>,
        (code, first): (&WarehouseCode, SlicePage),
        of_code: &mut Vec<Fresh>,
    ) -> Result<bool, ApiError> {
        let mut read = first;
        loop {
            note_oldest(of_code, self.fresh(code.as_str(), read.head));
            // What is empty was looked at, too.
            filling.look(if read.next.is_some() { filling.wish.a_read() } else { read.slices.len() });
            if filling.take(code, read.slices) {
                return Ok(true);
            }
            let Some(next) = read.next else { return Ok(false) };
            if filling.looks_left == 0 {
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
    /// Looks at so many slices. To ask is work, too, where nothing is.
    fn look(&mut self, slices: usize) {
        self.looks_left = self.looks_left.saturating_sub(slices.saturating_add(1));
    }

    /// Whether there is one more than fits: then the page goes on after the last that does.
    fn take(&mut self, code: &WarehouseCode, slices: Vec<(Slice, Value)>) -> bool {
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
    const fn a_read(&self) -> usize {
        if self.sku.is_empty() { SLICES_A_READ } else { SLICES_OF_ITEM_A_READ }
    }

    fn takes(&self, slice: &Slice) -> bool {
        self.lot.as_ref().is_none_or(|lot| slice.lot.as_ref() == Some(lot))
            && self.status.is_none_or(|status| slice.status == status)
            && self.owner.as_ref().is_none_or(|owner| slice.owner == *owner)
    }
}

fn want(wish: &SliceWish, code: &WarehouseCode, after: &str) -> SliceWant {
    let sku = (!wish.sku.is_empty()).then(|| wish.sku.clone());
    SliceWant { warehouse: code.to_string(), sku, after: after.to_owned(), limit: wish.a_read() }
}
