//! Goods that a step of a production order moves, checked against the catalog.

use laws::NegativeStock;
use proto::common::v1::Decimal;
use proto::stock::v1 as wire;
use rpc::{ApiError, Reason};
use stock_core::{Action, Line, ProductionGoods};
use vocabulary::Quantity;

use super::amount::{in_base, positive, quantity};
use super::goods::{self, Naming};
use super::line::LineParser;
use super::weight::Weighing;

/// What a line says of goods.
#[derive(Debug, Clone, Copy)]
pub(super) struct Said<'a> {
    pub(super) sku: &'a str,
    pub(super) quantity: Option<&'a Decimal>,
    pub(super) unit: &'a str,
    pub(super) goods: Option<&'a wire::Goods>,
    /// Empty for where the order says.
    pub(super) location: &'a str,
    pub(super) sign: Sign,
    pub(super) lot_facts: Option<&'a wire::LotFacts>,
}

/// Which quantities a line may say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sign {
    /// One that is greater than zero, and always one.
    Positive,
    /// Zero, too, or none for what the plan says.
    NotNegative,
}

impl<'a> Said<'a> {
    /// At the place that the order says.
    pub(super) const fn new(
        sku: &'a str,
        quantity: Option<&'a Decimal>,
        unit: &'a str,
        goods: Option<&'a wire::Goods>,
    ) -> Self {
        Self { sku, quantity, unit, goods, location: "", sign: Sign::Positive, lot_facts: None }
    }
}

impl LineParser<'_> {
    pub(super) fn production_goods(
        &self,
        said: Said<'_>,
        how: (Naming, Weighing),
    ) -> Result<ProductionGoods, ApiError> {
        let item = self.item(said.sku)?;
        let given = self.quantity_of(said)?;
        let in_base = |given| in_base(&item, "quantity", given, said.unit);
        let amount = given.map(in_base).transpose()?;
        // Of what is not used nothing has to be named.
        let is_none = amount.is_none_or(Quantity::is_zero);
        let goods = if is_none && said.goods.is_none() {
            None
        } else {
            goods::parse(&item, said.goods, how, amount.unwrap_or_default())?
        };
        let negative = if item.negative_allowed { NegativeStock::Allowed } else { NegativeStock::Forbidden };
        let at = (!said.location.is_empty()).then(|| self.location("location", said.location)).transpose()?;
        Ok(ProductionGoods { sku: item.sku.clone(), negative, quantity: amount, goods, at })
    }

    /// Goods that come: what is known of their lot, and whether it is called back.
    pub(super) fn arriving_goods(&self, said: Said<'_>) -> Result<ProductionGoods, ApiError> {
        let goods = self.production_goods(said, (Naming::All, Weighing::Always))?;
        let (quantity, at) = (goods.quantity, goods.at);
        let nowhere = self.production.clone();
        let line = Line::Item {
            sku: goods.sku,
            negative: goods.negative,
            quantity: quantity.unwrap_or_default(),
            goods: goods.goods,
            action: Action::Produce { from: nowhere.clone(), to: nowhere },
        };
        let line = self.with_facts(line, said.lot_facts).map(|line| self.held(line))?;
        let Line::Item { sku, negative, goods, .. } = line else {
            return Err(ApiError::internal("a line about goods is about goods"));
        };
        Ok(ProductionGoods { sku, negative, quantity, goods, at })
    }

    fn quantity_of(&self, said: Said<'_>) -> Result<Option<Quantity>, ApiError> {
        match (said.sign, said.quantity) {
            (Sign::Positive, given) => positive("quantity", given).map(Some),
            (Sign::NotNegative, None) => Ok(None),
            (Sign::NotNegative, given) => {
                let amount = quantity("quantity", given)?;
                if !amount.is_negative() {
                    return Ok(Some(amount));
                }
                let message = format!("the quantity {amount} is less than nothing: give 0 for none");
                Err(ApiError::invalid(Reason::QuantityNotPositive, "quantity", message))
            }
        }
    }
}
