use std::collections::BTreeMap;

use paper_core::templates::{Amount, Goods};
use proto::catalog::v1::Item;
use proto::common::v1::Decimal;
use rpc::ApiError;
use vocabulary::{Gtin, Quantity};

use super::Engine;

/// What the catalog calls items, and what they are counted in.
#[derive(Debug)]
pub(super) struct Names(BTreeMap<String, Item>);

impl Engine {
    /// The names of items, as the catalog has them now.
    pub(super) async fn names(&self, skus: Vec<String>) -> Result<Names, ApiError> {
        Ok(Names(self.sources.items(skus).await?))
    }
}

impl Names {
    /// Goods of a lot, or of none.
    pub(super) fn goods(&self, sku: &str, lot: &str) -> Goods {
        let name = self.0.get(sku).map_or("", |item| item.name.as_str());
        Goods { sku: sku.to_owned(), name: name.to_owned(), lot: lot.to_owned() }
    }

    /// A quantity in the base unit of its item; nothing is zero.
    pub(super) fn amount(&self, sku: &str, quantity: Option<&Decimal>) -> Result<Amount, ApiError> {
        let unit = self.0.get(sku).map_or("", |item| item.base_unit.as_str()).to_owned();
        let Some(quantity) = quantity else { return Ok(Amount { quantity: Quantity::from(0), unit }) };
        let quantity = Quantity::parse(&quantity.value);
        let quantity = quantity.map_err(|invalid| ApiError::internal(invalid.to_string()))?;
        Ok(Amount { quantity, unit })
    }

    /// The first GTIN of the base unit.
    pub(super) fn gtin(&self, sku: &str) -> Option<Gtin> {
        Gtin::parse(self.0.get(sku)?.gtins.first()?).ok()
    }
}
