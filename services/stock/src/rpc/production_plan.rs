//! What is to be made of what, checked against the catalog.

use std::collections::{BTreeMap, BTreeSet};

use proto::common::v1::Decimal;
use proto::stock::v1 as wire;
use rpc::{ApiError, Reason, given};
use vocabulary::{Date, DocumentCode, Invalid, LocationCode, Quantity, Sku};
use work_core::{ByProduct, Component, ComponentMethod, ProductionPlan, Wanted};

use super::amount::{in_base, positive};
use super::announced::tolerance;
use super::line::LineParser;
use super::order_line::{code, text};
use super::production_line::check_count;

const BILL_CHARS_MAX: usize = 64;
/// The largest number that a component may be given.
const NUMBER_MAX: u32 = 1_000_000;

impl LineParser<'_> {
    pub(super) fn plan_production(&self, line: &wire::PlanProduction) -> Result<ProductionPlan, ApiError> {
        let item = self.item(&line.sku)?;
        let wanted = positive("quantity", line.quantity.as_ref())?;
        let quantity = in_base(&item, "quantity", wanted, &line.unit)?;
        let bad = |e: Invalid| ApiError::invalid(Reason::BadField, "due", e.to_string());
        let due = Date::parse(&line.due).map_err(bad)?;
        self.is_near("due", due)?;
        let order = given("wanted_order", &line.wanted_order, DocumentCode::parse)?;
        Ok(ProductionPlan {
            code: code("order", &line.order)?,
            sku: item.sku.clone(),
            quantity,
            over_max: tolerance(&item, ("over", line.over.as_ref()), (quantity, &line.unit))?,
            under_max: tolerance(&item, ("under", line.under.as_ref()), (quantity, &line.unit))?,
            due,
            place: self.location("location", &line.location)?,
            is_inspected: line.inspected,
            bill: text("bill", &line.bill, BILL_CHARS_MAX)?,
            wanted: order.map(|order| Wanted { order, line: line.wanted_line }),
            components: self.components(&line.components)?,
            by_products: self.by_products(&line.by_products, &item.sku)?,
        })
    }

    fn components(&self, lines: &[wire::PlannedComponent]) -> Result<BTreeMap<u32, Component>, ApiError> {
        check_count("components", lines.len())?;
        let (mut planned, mut known) = (BTreeMap::new(), BTreeSet::new());
        for (n, line) in lines.iter().enumerate() {
            let in_line = |error: ApiError| error.in_field(format_args!("components[{n}]"));
            let amount = self.planned(&line.sku, line.quantity.as_ref(), &line.unit).map_err(in_line)?;
            let (sku, quantity, decimals) = amount;
            let from = (!line.backflush_location.is_empty())
                .then(|| self.location("backflush_location", &line.backflush_location))
                .transpose()
                .map_err(in_line)?;
            let method =
                from.map_or(ComponentMethod::Pick, |from: LocationCode| ComponentMethod::Backflush { from });
            let is_new = known.insert(sku.clone());
            let component = Component { sku, quantity, decimals, method };
            let is_numbered = is_number(line.number) && planned.insert(line.number, component).is_none();
            check(is_numbered, is_new).map_err(in_line)?;
        }
        Ok(planned)
    }

    fn by_products(
        &self,
        lines: &[wire::PlannedByProduct],
        product: &Sku,
    ) -> Result<BTreeMap<u32, ByProduct>, ApiError> {
        check_count("by_products", lines.len())?;
        let (mut planned, mut known) = (BTreeMap::new(), BTreeSet::from([product.clone()]));
        for (n, line) in lines.iter().enumerate() {
            let in_line = |error: ApiError| error.in_field(format_args!("by_products[{n}]"));
            let amount = self.planned(&line.sku, line.quantity.as_ref(), &line.unit).map_err(in_line)?;
            let (sku, quantity, decimals) = amount;
            let is_new = known.insert(sku.clone());
            let by_product = ByProduct { sku, quantity, decimals };
            let is_numbered = is_number(line.number) && planned.insert(line.number, by_product).is_none();
            check(is_numbered, is_new).map_err(in_line)?;
        }
        Ok(planned)
    }

    fn planned(
        &self,
        sku: &str,
        given: Option<&Decimal>,
        unit: &str,
    ) -> Result<(Sku, Quantity, u32), ApiError> {
        let item = self.item(sku)?;
        let quantity = in_base(&item, "quantity", positive("quantity", given)?, unit)?;
        Ok((item.sku.clone(), quantity, item.decimals))
    }
}

fn is_number(number: u32) -> bool {
    (1..=NUMBER_MAX).contains(&number)
}

fn check(is_numbered: bool, is_new: bool) -> Result<(), ApiError> {
    if !is_numbered {
        let message = format!("each has a number of its own: count from 1 to {NUMBER_MAX}");
        return Err(ApiError::invalid(Reason::BadField, "number", message));
    }
    if !is_new {
        let message = "each is of an item of its own: add them up";
        return Err(ApiError::invalid(Reason::BadField, "sku", message));
    }
    Ok(())
}
