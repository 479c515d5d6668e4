//! Count sheets: what of a count is still to be counted.

use paper_core::templates::{CountLine, CountSheet, Goods};
use paper_core::{AsOf, Head, Paper};
use proto::stock::v1::{CountSheetGoods, CountSheetPlace, GetCountSheetRequest};
use rpc::ApiError;

use super::Engine;
use super::compose::{empty, only_now};
use super::issue::Wish;
use super::names::Names;

impl Engine {
    pub(super) async fn count_sheet(
        &self,
        wish: &Wish,
        count: &str,
        mut head: Head,
    ) -> Result<Paper, ApiError> {
        only_now(wish.as_of_sequence, "a sheet has what is still to be counted")?;
        let warehouse = wish.warehouse.clone();
        let request = GetCountSheetRequest { warehouse: warehouse.clone(), count: count.to_owned() };
        let sheet = self.sources.count_sheet(request).await?;
        if sheet.places.is_empty() {
            return Err(empty("count", "no place of the count is still to be counted"));
        }
        head.as_of = vec![AsOf { warehouse, sequence: sheet.as_of_sequence }];
        let names = self.names(sheet.places.iter().flat_map(skus).collect()).await?;
        let mut lines = Vec::new();
        for place in &sheet.places {
            lines.extend(of_place(place, &names)?);
        }
        Ok(CountSheet { plan: count.to_owned(), lines }.compose(head))
    }
}

/// The items that a place names.
fn skus(place: &CountSheetPlace) -> impl Iterator<Item = String> {
    let of_place = place.place.as_ref().map(|place| place.sku.clone()).filter(|sku| !sku.is_empty());
    place.goods.iter().map(|goods| goods.sku.clone()).chain(of_place)
}

/// What should be there, or a line to write on.
fn of_place(place: &CountSheetPlace, names: &Names) -> Result<Vec<CountLine>, ApiError> {
    let there = place.place.clone().unwrap_or_default();
    let line = |goods: Goods, expected| CountLine { location: there.location.clone(), goods, expected };
    if place.goods.is_empty() {
        return Ok(vec![line(names.goods(&there.sku, ""), None)]);
    }
    let goods = |goods: &CountSheetGoods| {
        let expected = names.amount(&goods.sku, goods.quantity.as_ref())?;
        Ok(line(names.goods(&goods.sku, &goods.lot), Some(expected)))
    };
    place.goods.iter().map(goods).collect()
}
