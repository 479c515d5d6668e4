use proto::stock::v1::{
    Expectation as Message, ExpectationDirection, ListExpectationsRequest, ListExpectationsResponse,
    SupplyKind,
};
use rpc::filter::{FieldSpec, Filter, Value};
use rpc::{ApiError, PageToken};
use stock_core::{Direction, Expectation, ExpectedKind, State};
use vocabulary::{ChannelCode, ExpectationCode, PartyCode, Sequence};

use super::as_of::{Asked, View};
use super::page::decimal;
use super::{StockRpc, page};

const FIELDS: [FieldSpec; 7] = [
    FieldSpec::text("expectation"),
    FieldSpec::text("sku"),
    FieldSpec::text("direction"),
    FieldSpec::text("supply_kind"),
    FieldSpec::text("day"),
    FieldSpec::text("partner"),
    FieldSpec::text("channel"),
];

/// What is expected, by key.
pub(super) async fn handle(
    service: &StockRpc,
    request: ListExpectationsRequest,
) -> Result<ListExpectationsResponse, ApiError> {
    let partition = service.partition(&request.warehouse)?;
    let size = page::size(request.page_size)?;
    let filter = Filter::parse(&request.filter, &FIELDS)?;
    let ListExpectationsRequest { warehouse, as_of_sequence, filter: text, .. } = request;
    let scope = format!("expectations/{warehouse}/{as_of_sequence}/{text}");
    let start = page::start(&request.page_token, &scope)?;
    let start = start.and_then(|key| ExpectationCode::parse(key.first()?).ok());
    let asked = Asked { sequence: as_of_sequence, effective: None, recorded: None };
    let as_of = service.history.as_of(&partition, asked).await?;
    let look = move |view: View<'_>| Ok(select(view.state, &filter, start.as_ref(), size));
    let found = as_of.look(&partition, look).await?;
    Ok(ListExpectationsResponse {
        expectations: found.rows.iter().map(message).collect(),
        next_page_token: found
            .next
            .map_or_else(String::new, |code| PageToken::encode(&[code.as_str()], &scope)),
        as_of_sequence: found.sequence.get(),
    })
}

struct Found {
    rows: Vec<Expectation>,
    /// The expectation to go on after.
    next: Option<ExpectationCode>,
    sequence: Sequence,
}

fn select(state: &State, filter: &Filter, start: Option<&ExpectationCode>, size: usize) -> Found {
    let mut found = Found { rows: Vec::new(), next: None, sequence: state.sequence() };
    let mut last: Option<&ExpectationCode> = None;
    for (looked_at, open) in state.expectations_after(start).enumerate() {
        if found.rows.len() == size || looked_at == page::ITEMS_A_PAGE {
            found.next = last.cloned();
            return found;
        }
        last = Some(&open.code);
        if matches(filter, open) {
            found.rows.push(open.clone());
        }
    }
    found
}

fn matches(filter: &Filter, open: &Expectation) -> bool {
    let day = open.day.to_string();
    filter.matches(|name| {
        Value::Text(match name {
            "expectation" => open.code.as_str(),
            "sku" => open.sku.as_str(),
            "direction" => open.kind.direction().as_str(),
            "supply_kind" => supply_kind(open.kind).0,
            "day" => &day,
            "partner" => open.partner.as_ref().map_or("", PartyCode::as_str),
            "channel" => open.channel.as_ref().map_or("", ChannelCode::as_str),
            _ => "",
        })
    })
}

/// By its name, and on the wire.
const fn supply_kind(kind: ExpectedKind) -> (&'static str, SupplyKind) {
    match kind {
        ExpectedKind::Demand => ("", SupplyKind::Unspecified),
        ExpectedKind::Purchase => ("purchase", SupplyKind::Purchase),
        ExpectedKind::Transfer | ExpectedKind::DispatchedTransfer => ("transfer", SupplyKind::Transfer),
        ExpectedKind::Production => ("production", SupplyKind::Production),
        ExpectedKind::Return => ("return", SupplyKind::Return),
    }
}

fn message(open: &Expectation) -> Message {
    let direction = match open.kind.direction() {
        Direction::Supply => ExpectationDirection::Supply,
        Direction::Demand => ExpectationDirection::Demand,
    };
    Message {
        expectation: open.code.to_string(),
        direction: direction.into(),
        supply_kind: supply_kind(open.kind).1.into(),
        dispatched: open.kind == ExpectedKind::DispatchedTransfer,
        sku: open.sku.to_string(),
        day: open.day.to_string(),
        expected: decimal(open.expected),
        met: decimal(open.met),
        open: decimal(open.open),
        partner: open.partner.as_ref().map_or_else(String::new, ToString::to_string),
        channel: open.channel.as_ref().map_or_else(String::new, ToString::to_string),
    }
}
