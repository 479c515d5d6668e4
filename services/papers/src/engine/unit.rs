//! Packing lists and labels: of a handling unit.

use std::collections::VecDeque;

use paper_core::templates::{PackedGoods, PackingList, SsccLabel};
use paper_core::{AsOf, Head, Paper};
use proto::stock::v1::{GetHandlingUnitRequest, HandlingUnit, HandlingUnitContent};
use rpc::{ApiError, Reason};
use vocabulary::Sscc;

use super::Engine;
use super::compose::empty;
use super::issue::Wish;

/// Handling units in one another on a packing list.
const UNITS_MAX: usize = 1_000;

impl Engine {
    pub(super) async fn packing_list(
        &self,
        wish: &Wish,
        sscc: &Sscc,
        mut head: Head,
    ) -> Result<Paper, ApiError> {
        let (outer, as_of) = self.unit(wish, sscc.as_str(), wish.as_of_sequence).await?;
        let mut inner: VecDeque<String> = outer.nested.iter().cloned().collect();
        let mut units = vec![outer];
        while let Some(sscc) = inner.pop_front() {
            if units.len() >= UNITS_MAX {
                return Err(too_many());
            }
            let (unit, _) = self.unit(wish, &sscc, as_of).await?;
            inner.extend(unit.nested.iter().cloned());
            units.push(unit);
        }
        let contents =
            || units.iter().flat_map(|unit| unit.contents.iter().map(move |content| (unit, content)));
        if contents().next().is_none() {
            return Err(empty("handling_unit", "the handling unit is empty"));
        }
        let names = self.names(contents().map(|(_, content)| content.sku.clone()).collect()).await?;
        let packed = |(unit, content): (&HandlingUnit, &HandlingUnitContent)| {
            Ok::<_, ApiError>(PackedGoods {
                unit: unit.handling_unit.clone(),
                goods: names.goods(&content.sku, &content.lot),
                serials: content.serials.clone(),
                amount: names.amount(&content.sku, content.quantity.as_ref())?,
            })
        };
        let goods = contents().map(packed).collect::<Result<_, _>>()?;
        head.as_of = vec![AsOf { warehouse: wish.warehouse.clone(), sequence: as_of }];
        let outer = units.into_iter().next().unwrap_or_default();
        let HandlingUnit { kind, location, parent, .. } = outer;
        Ok(PackingList { sscc: *sscc, kind, location, parent, goods }.compose(head))
    }

    pub(super) async fn label(&self, wish: &Wish, sscc: &Sscc, mut head: Head) -> Result<Paper, ApiError> {
        let (unit, as_of) = self.unit(wish, sscc.as_str(), wish.as_of_sequence).await?;
        head.as_of = vec![AsOf { warehouse: wish.warehouse.clone(), sequence: as_of }];
        let names = self.names(unit.contents.iter().map(|content| content.sku.clone()).collect()).await?;
        let content = match unit.contents.as_slice() {
            [only] if unit.nested.is_empty() => {
                let amount = names.amount(&only.sku, only.quantity.as_ref())?;
                Some((names.goods(&only.sku, &only.lot), names.gtin(&only.sku), amount))
            }
            _ => None,
        };
        Ok(SsccLabel { sscc: *sscc, kind: unit.kind, content }.compose(head))
    }

    /// A handling unit, and the sequence that it is true for.
    async fn unit(
        &self,
        wish: &Wish,
        sscc: &str,
        as_of_sequence: u64,
    ) -> Result<(HandlingUnit, u64), ApiError> {
        let request = GetHandlingUnitRequest {
            warehouse: wish.warehouse.clone(),
            handling_unit: sscc.to_owned(),
            as_of_sequence,
        };
        let answer = self.sources.handling_unit(request).await?;
        Ok((answer.handling_unit.unwrap_or_default(), answer.as_of_sequence))
    }
}

fn too_many() -> ApiError {
    let message =
        format!("more than {UNITS_MAX} handling units are in it: issue packing lists of what stands in it");
    ApiError::invalid(Reason::PaperTooLarge, "handling_unit", message).with("units_max", UNITS_MAX)
}
