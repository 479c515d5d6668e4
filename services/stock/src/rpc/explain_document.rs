use proto::stock::v1::{
    ChosenGoods, DocumentError, ExplainDocumentRequest, ExplainDocumentResponse, KeptGoods, LineExplanation,
    MadeRoom, PassedOverGoods, PassedOverReason, PickRule,
};
use rpc::{ApiError, Reason, clock};
use stock_core::{Chosen, Explained, Explanation, Holding, PassedOver, Refusal, State, Why, explain};
use tonic::Request;
use vocabulary::LotCode;

use super::answer::{refused, timestamp};
use super::document::DocumentParser;
use super::found::Found;
use super::page::decimal;
use super::{StockRpc, catalog};

/// How a document would be judged, line by line.
pub(super) async fn handle(
    service: &StockRpc,
    request: Request<ExplainDocumentRequest>,
) -> Result<ExplainDocumentResponse, ApiError> {
    let deadline = rpc::deadline(&request);
    let message = request.into_inner();
    catalog::reached(&service.catalog, message.catalog_revision, deadline).await?;
    let partition = service.partition(&message.warehouse)?;
    let document = message.document.ok_or_else(|| {
        ApiError::invalid(Reason::BadField, "document", "the request has no document: give one")
    })?;
    let found = Found::of(&partition, &service.catalog, std::slice::from_ref(&document)).await?;
    let parser = DocumentParser::new(service, &partition.warehouse, found);
    let in_document = |error: ApiError| error.in_field("document");
    let parsed = parser.parse(&document).map_err(in_document)?.document.map_err(in_document)?;
    let look = move |state: &State| (explain(state, &parsed, clock::now()), state.sequence());
    let (Explained { effective_at, lines }, sequence) = partition.look(look).await?;
    Ok(ExplainDocumentResponse {
        effective_at: Some(timestamp(effective_at)),
        lines: lines.into_iter().map(explanation).collect(),
        as_of_sequence: sequence.get(),
    })
}

fn explanation(explained: Explanation) -> LineExplanation {
    let Explanation { line, refusal, rule, chosen, passed_over, kept, made_room } = explained;
    let refusal = refusal
        .map(|rejection| DocumentError::from(refused(&Refusal { line, rejection }).in_field("document")));
    LineExplanation {
        line,
        refusal,
        pick: rule.map_or(PickRule::Unspecified, pick_rule).into(),
        chosen: (1..).zip(chosen).map(|(rank, chosen)| taken(rank, &chosen)).collect(),
        passed_over: passed_over.iter().map(passed).collect(),
        kept: kept.map(|kept| KeptGoods {
            free: decimal(kept.free),
            for_others: decimal(kept.for_others),
            buffer: decimal(kept.buffer),
        }),
        made_room: made_room
            .into_iter()
            .map(|(id, quantity)| MadeRoom { reservation_id: id.to_string(), quantity: decimal(quantity) })
            .collect(),
    }
}

fn taken(rank: u32, chosen: &Chosen) -> ChosenGoods {
    ChosenGoods {
        rank,
        location: chosen.location.to_string(),
        lot: lot(&chosen.holding),
        quantity: decimal(chosen.quantity),
        expiry: chosen.expiry.map_or_else(String::new, |expiry| expiry.to_string()),
        handling_units: chosen.units.iter().map(ToString::to_string).collect(),
    }
}

fn passed(over: &PassedOver) -> PassedOverGoods {
    PassedOverGoods {
        location: over.location.to_string(),
        lot: lot(&over.holding),
        status: over.holding.status.to_string(),
        owner: over.holding.owner.to_string(),
        on_hand: decimal(over.balance.on_hand),
        reserved: decimal(over.balance.reserved),
        reason: reason(over.why).into(),
    }
}

fn lot(holding: &Holding) -> String {
    holding.lot.as_ref().map_or("", LotCode::as_str).to_owned()
}

const fn reason(why: Why) -> PassedOverReason {
    match why {
        Why::Status => PassedOverReason::Status,
        Why::Owner => PassedOverReason::Owner,
        Why::Lot => PassedOverReason::Lot,
        Why::ExpiresEarly => PassedOverReason::ExpiresEarly,
        Why::Expired => PassedOverReason::Expired,
        Why::Promised => PassedOverReason::Promised,
        Why::Kept => PassedOverReason::Kept,
        Why::Packed => PassedOverReason::Packed,
        Why::NotNeeded => PassedOverReason::NotNeeded,
        Why::NotEnough => PassedOverReason::NotEnough,
    }
}

const fn pick_rule(rule: stock_core::PickRule) -> PickRule {
    match rule {
        stock_core::PickRule::Fefo => PickRule::Fefo,
        stock_core::PickRule::Fifo => PickRule::Fifo,
        stock_core::PickRule::Lifo => PickRule::Lifo,
        stock_core::PickRule::ShortestPath => PickRule::ShortestPath,
        stock_core::PickRule::FullFirst => PickRule::FullFirst,
    }
}
