//! Lines about production orders, checked against the catalog.

use proto::stock::v1 as wire;
use proto::stock::v1::document_line::Action;
use rpc::{ApiError, Reason};
use stock_core::{ComponentPromise, Line, ProductionGoods, ProductionLine, ProductionReport};
use work_core::PRODUCTION_LINES_MAX;

use super::goods::Naming;
use super::line::LineParser;
use super::order_line::{code, text};
use super::production_goods::{Said, Sign};
use super::weight::Weighing;

const NOTE_CHARS_MAX: usize = 500;

impl LineParser<'_> {
    /// A line about a production order; nothing is done by one that is about something else.
    pub(super) fn production(&self, action: &Action) -> Result<Line, ApiError> {
        #[expect(clippy::wildcard_enum_match_arm, reason = "every other action is about something else")]
        let (field, parsed) = match action {
            Action::PlanProduction(l) => {
                ("plan_production", self.plan_production(l).map(|plan| ProductionLine::Plan(Box::new(plan))))
            }
            Action::ReleaseProduction(l) => ("release_production", release(l)),
            Action::IssueComponent(l) => ("issue_component", self.issue_component(l)),
            Action::ReturnComponent(l) => ("return_component", self.return_component(l)),
            Action::ConsumeComponent(l) => ("consume_component", self.consume_component(l)),
            Action::ReportProduction(l) => {
                ("report_production", self.report(l).map(|made| ProductionLine::Report(Box::new(made))))
            }
            Action::FinishProduction(l) => ("finish_production", finish(l)),
            Action::CloseProduction(l) => ("close_production", close(l)),
            Action::CancelProduction(l) => ("cancel_production", cancel(l)),
            _ => return Err(ApiError::internal("the line is not about a production order")),
        };
        Ok(Line::Production(Box::new(parsed.map_err(|error| error.in_field(field))?)))
    }

    fn issue_component(&self, line: &wire::IssueComponent) -> Result<ProductionLine, ApiError> {
        let said = Said::new(&line.sku, line.quantity.as_ref(), &line.unit, line.goods.as_ref());
        let mut goods = self.production_goods(said, (Naming::All, Weighing::Parts))?;
        goods.at = Some(self.location("from_location", &line.from_location)?);
        Ok(ProductionLine::Issue { order: code("order", &line.order)?, goods })
    }

    fn return_component(&self, line: &wire::ReturnComponent) -> Result<ProductionLine, ApiError> {
        let said = Said::new(&line.sku, line.quantity.as_ref(), &line.unit, line.goods.as_ref());
        let mut goods = self.production_goods(said, (Naming::All, Weighing::Parts))?;
        goods.at = Some(self.location("to_location", &line.to_location)?);
        Ok(ProductionLine::Return { order: code("order", &line.order)?, goods })
    }

    fn consume_component(&self, line: &wire::ConsumeComponent) -> Result<ProductionLine, ApiError> {
        let said = Said::new(&line.sku, line.quantity.as_ref(), &line.unit, line.goods.as_ref());
        let said = Said { location: &line.location, ..said };
        let goods = self.production_goods(said, (Naming::Units, Weighing::Always))?;
        Ok(ProductionLine::Consume { order: code("order", &line.order)?, goods, to: self.production.clone() })
    }

    fn report(&self, line: &wire::ReportProduction) -> Result<ProductionReport, ApiError> {
        let said = Said::new(&line.sku, line.quantity.as_ref(), &line.unit, line.goods.as_ref());
        let said = Said { lot_facts: line.lot_facts.as_ref(), ..said };
        let mut made = self.arriving_goods(said)?;
        made.at = Some(self.location("location", &line.location)?);
        check_count("used", line.used.len())?;
        check_count("besides", line.besides.len())?;
        let used = |(n, used): (usize, &wire::UsedComponent)| {
            let said = Said::new(&used.sku, used.quantity.as_ref(), &used.unit, used.goods.as_ref());
            let said = Said { location: &used.location, sign: Sign::NotNegative, ..said };
            let parsed = self.production_goods(said, (Naming::Units, Weighing::Always));
            parsed.map_err(|error| error.in_field(format_args!("used[{n}]")))
        };
        let came = |(n, came): (usize, &wire::CameBesides)| {
            let said = Said::new(&came.sku, came.quantity.as_ref(), &came.unit, came.goods.as_ref());
            let lot_facts = came.lot_facts.as_ref();
            let said = Said { location: &came.location, sign: Sign::NotNegative, lot_facts, ..said };
            let parsed = self.arriving_goods(said);
            parsed.map_err(|error| error.in_field(format_args!("besides[{n}]")))
        };
        Ok(ProductionReport {
            order: code("order", &line.order)?,
            made,
            used: line.used.iter().enumerate().map(used).collect::<Result<Vec<ProductionGoods>, _>>()?,
            besides: line
                .besides
                .iter()
                .enumerate()
                .map(came)
                .collect::<Result<Vec<ProductionGoods>, _>>()?,
            production: self.production.clone(),
        })
    }
}

pub(super) fn check_count(field: &'static str, count: usize) -> Result<(), ApiError> {
    if count <= PRODUCTION_LINES_MAX {
        return Ok(());
    }
    let message = format!("{count} items: give at most {PRODUCTION_LINES_MAX}");
    Err(ApiError::invalid(Reason::TooManyLines, field, message))
}

fn release(line: &wire::ReleaseProduction) -> Result<ProductionLine, ApiError> {
    let promise = match line.promise() {
        wire::ComponentPromise::Unspecified => ComponentPromise::None,
        wire::ComponentPromise::Partial => ComponentPromise::Partial,
        wire::ComponentPromise::All => ComponentPromise::All,
    };
    Ok(ProductionLine::Release { order: code("order", &line.order)?, promise })
}

fn finish(line: &wire::FinishProduction) -> Result<ProductionLine, ApiError> {
    let note = text("note", &line.note, NOTE_CHARS_MAX)?;
    Ok(ProductionLine::Finish { order: code("order", &line.order)?, is_short: line.short, note })
}

fn close(line: &wire::CloseProduction) -> Result<ProductionLine, ApiError> {
    Ok(ProductionLine::Close { order: code("order", &line.order)?, without_rest: line.without_rest })
}

fn cancel(line: &wire::CancelProduction) -> Result<ProductionLine, ApiError> {
    Ok(ProductionLine::Cancel { order: code("order", &line.order)? })
}
