use std::collections::BTreeSet;

use proto::stock::v1::{GetCountFiguresRequest, GetCountFiguresResponse};
use rpc::{ApiError, Reason, given};
use stock_core::State;
use vocabulary::{Currency, Sku, Timestamp};
use work_core::{Count, CountFigures, CountedLine};

use super::StockRpc;
use super::answer::timestamp;
use super::as_of::{Asked, View};
use super::choose_count_places::skus;

const SKUS_MAX: usize = 10_000;

/// How right the stock was where it was counted, and what was missing.
pub(super) async fn handle(
    service: &StockRpc,
    request: GetCountFiguresRequest,
) -> Result<GetCountFiguresResponse, ApiError> {
    let partition = service.partition(&request.warehouse)?;
    if request.skus.len() > SKUS_MAX {
        let message = format!("{} items: give at most {SKUS_MAX}", request.skus.len());
        return Err(ApiError::invalid(Reason::TooManyLines, "skus", message));
    }
    let wanted = Wanted {
        from: request.from.as_ref().map(|from| time("from", from)).transpose()?,
        until: request.until.as_ref().map(|until| time("until", until)).transpose()?,
        skus: skus(&request.skus)?,
        currency: given("currency", &request.currency, Currency::parse)?,
    };
    let asked = Asked { sequence: 0, effective: None, recorded: None };
    let as_of = service.history.as_of(&partition, asked).await?;
    as_of.look(&partition, move |view: View<'_>| Ok(wanted.figures(view.state))).await
}

struct Wanted {
    from: Option<Timestamp>,
    until: Option<Timestamp>,
    skus: BTreeSet<Sku>,
    currency: Option<Currency>,
}

impl Wanted {
    fn figures(&self, state: &State) -> GetCountFiguresResponse {
        let (mut figures, mut counts) = (CountFigures::default(), 0_u32);
        for count in state.counts_after(None).filter(|count| self.is_wanted(count)) {
            counts = counts.saturating_add(1);
            figures
                .add(count, |line: &CountedLine| self.skus.is_empty() || self.skus.contains(&line.goods.sku));
        }
        let known_from = state.counts_after(None).filter_map(|count| count.posted_at).min();
        GetCountFiguresResponse {
            counts,
            lines: figures.lines,
            exact: figures.exact,
            within: figures.within,
            found: figures.found.to_string(),
            missing: figures.missing.to_string(),
            found_value: figures.found_value.to_string(),
            missing_value: figures.missing_value.to_string(),
            unvalued: figures.unvalued,
            used: figures.used.to_string(),
            known_from: known_from.map(timestamp),
            as_of_sequence: state.sequence().get(),
        }
    }

    fn is_wanted(&self, count: &Count) -> bool {
        let Some(at) = count.posted_at else { return false };
        let is_of_currency = self.currency.is_none() || count.plan.currency == self.currency;
        is_of_currency && self.from.is_none_or(|from| at >= from) && self.until.is_none_or(|until| at < until)
    }
}

fn time(field: &'static str, time: &prost_types::Timestamp) -> Result<Timestamp, ApiError> {
    let parsed = Timestamp::from_parts(time.seconds, time.nanos);
    parsed.map_err(|e| ApiError::invalid(Reason::BadTime, field, e.to_string()))
}
