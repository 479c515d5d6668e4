//! What lines say of goods that arrive.

use proto::stock::v1 as wire;
use rpc::ApiError;
use stock_core::Line;
use vocabulary::StockStatus;

use super::goods;
use super::line::LineParser;

impl LineParser<'_> {
    /// Goods of a lot that is called back are recalled as they arrive, whatever the caller says of them.
    pub(super) fn held(&self, mut line: Line) -> Line {
        if let Line::Item { sku, goods: Some(goods), .. } = &mut line
            && let Some(lot) = &goods.lot
            && self.catalog.recall(sku.as_str(), lot.as_str()).is_some()
        {
            goods.status = StockStatus::Recalled;
        }
        line
    }

    /// What an arrival says of its lot.
    pub(super) fn with_facts(
        &self,
        mut parsed: Line,
        facts: Option<&wire::LotFacts>,
    ) -> Result<Line, ApiError> {
        if let (Line::Item { sku, goods, .. }, Some(_)) = (&mut parsed, facts) {
            let facts = goods::lot_facts(&*self.item(sku.as_str())?, facts)?;
            if let Some(goods) = goods {
                goods.facts = facts;
            }
        }
        Ok(parsed)
    }
}
